//! What is said before the hits of a list and after them: how the query was read, and how much was found.

use std::fmt::Write as _;

use super::super::article_facts::counted;
use super::super::facets::facet_text;
use super::super::paint::Ink;
use super::super::problems::problem_lines;
use super::super::{Style, sanitize};
use super::{DOT, LONGEST_QUERY, beginning, push_block, push_line};
use crate::search::{Added, Capped, Head, MissingWord, Rung};

/// What is said before the hits.
pub(in crate::present) fn head_text(head: &Head, style: Style) -> String {
    let mut text = String::new();
    let understood = if head.understood.is_empty() { &head.text } else { &head.understood };
    let understood = beginning(understood, &[], LONGEST_QUERY);
    let lead = "read as: ";
    push_block(&mut text, style, Ink::Plain, &understood, (lead, lead.len()));
    for problem in &head.problems {
        text.push_str(&problem_lines(&head.text, problem, style));
    }
    for (reading, count) in &head.readings {
        let reading = beginning(&format!("{reading}: {count}"), &[], LONGEST_QUERY);
        let lead = "other reading: ";
        push_block(&mut text, style, Ink::Plain, &reading, (lead, lead.len()));
    }
    if !head.ladder.is_empty() {
        let rungs = head.ladder.iter().map(|&(rung, count)| format!("{count} {}", in_words(rung)));
        push_line(&mut text, style, &rungs.collect::<Vec<_>>().join(DOT));
    }
    let added = head.added.unwrap_or_default();
    if head.ladder.is_empty() && head.total > 0
        || head.undated + head.imprecise + added.undated + added.imprecise > 0
        || head.total_is_at_least
    {
        push_line(&mut text, style, &format!("{}{}", total_in_words(head), undated_in_words(head)));
    }
    text.push_str(&facet_text(&head.facets, style));
    let mut last = Vec::new();
    if head.fallback {
        let understood: String = understood.iter().map(|cell| cell.ch).collect();
        last.push(format!("nothing has all of: {understood}"));
    } else if head.total == 0 {
        let within = counted(head.articles, "article", "articles");
        last.push(format!("nothing found in {within}"));
    }
    last.extend(head.missing.iter().map(missing_in_words));
    if !last.is_empty() {
        push_line(&mut text, style, &last.join("; "));
    }
    text
}

fn in_words(rung: Rung) -> &'static str {
    match rung {
        Rung::Phrase => "with the phrase",
        Rung::Near => "within 10 words",
        Rung::Paragraph => "in one paragraph",
        Rung::All => "with all words",
        Rung::Some => "with some of the words",
    }
}

fn total_in_words(head: &Head) -> String {
    let at_least = if head.total_is_at_least { "at least " } else { "" };
    let total = counted(head.total, "article", "articles");
    let forms = match head.capped.as_slice() {
        [] => String::new(),
        capped => format!(" ({})", capped_in_words(capped)),
    };
    format!("{at_least}{total}{}{}{forms}", copies_in_words(head), added_in_words(head))
}

/// How many of the forms of patterns are looked at: `50000 of 61234 forms of *a*`.
pub fn capped_in_words(capped: &[Capped]) -> String {
    let each = capped.iter().map(|it| {
        format!("{} of {} forms of {}", it.looked_at, it.forms, sanitize::line(&it.pattern))
    });
    each.collect::<Vec<_>>().join(", ")
}

/// What `--undated` added to the total.
fn added_in_words(head: &Head) -> String {
    let Added { undated, imprecise } = head.added.unwrap_or_default();
    match (undated, imprecise) {
        (0, 0) => String::new(),
        (0, _) => format!(", {imprecise} of them with only a month or year"),
        (_, 0) => format!(", {undated} of them without a date"),
        (_, _) => {
            format!(", {undated} of them without a date, {imprecise} with only a month or year")
        }
    }
}

/// What is counted but not shown: exact copies of an article that is.
fn copies_in_words(head: &Head) -> String {
    match head.total.saturating_sub(head.shown) {
        0 => String::new(),
        _ if head.fallback || head.shown == 0 => String::new(),
        1 => ", 1 of them a copy".to_owned(),
        copies => format!(", {copies} of them copies"),
    }
}

fn undated_in_words(head: &Head) -> String {
    let match_ = |count: u64| if count == 1 { "matches" } else { "match" };
    let (undated, imprecise) = (head.undated, head.imprecise);
    let have = |count: u64| if count == 1 { "has" } else { "have" };
    let mut text = match (undated, imprecise) {
        (0, 0) => return String::new(),
        (0, _) => format!(
            "{DOT}{imprecise} more {} the words but {} only a month or year",
            match_(imprecise),
            have(imprecise)
        ),
        (_, _) => format!(
            "{DOT}{undated} more {} the words but {} no date",
            match_(undated),
            have(undated)
        ),
    };
    if undated > 0 && imprecise > 0 {
        let _ = write!(text, ", {imprecise} only a month or year");
    }
    let them = if undated + imprecise == 1 { "it" } else { "them" };
    let _ = write!(text, " (--undated adds {them})");
    text
}

pub(in crate::present) fn missing_in_words(missing: &MissingWord) -> String {
    let mut text = format!("{} is in no article", sanitize::line(&missing.word));
    let nearest: Vec<String> = missing
        .nearest
        .iter()
        .map(|(form, count)| format!("{} {count}", sanitize::line(form)))
        .collect();
    if !nearest.is_empty() {
        let _ = write!(text, " (nearest: {})", nearest.join(", "));
    }
    text
}

/// `1-10 of 92 · next: --offset 10`.
pub(super) fn foot_text(head: &Head, printed: u64) -> Option<String> {
    let offset = head.offset as u64;
    let pages_over = if head.shown == 0 { head.total } else { head.shown };
    if printed == 0 {
        let is_beyond = offset > 0 && pages_over > 0 && head.limit != Some(0);
        return is_beyond
            .then(|| format!("nothing from {} on: there are {pages_over}", offset + 1));
    }
    let at_least = if head.total_is_at_least { "at least " } else { "" };
    let last = offset + printed;
    let mut text = format!("{}-{last} of {at_least}{pages_over}", offset + 1);
    if head.fallback {
        text.push_str(" with some of the words");
    } else if pages_over < head.total {
        let _ = write!(text, " and {}", counted(head.total - pages_over, "copy", "copies"));
    }
    if last < pages_over {
        let _ = write!(text, "{DOT}next: --offset {last}");
    }
    Some(text)
}
