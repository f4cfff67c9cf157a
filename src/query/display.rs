//! A tree -> the plainest text that parses back to the same tree.

use super::ast::{Case, Near, Phrase, Query, Term, TermKind, Within};
use super::lexer::{self, TokenKind};
use super::problems::Problems;
use super::word::{self, Word};
use super::{names, tree};
use crate::date::Day;
use crate::field::{self, Kind};
use std::fmt;

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_query(f, self, &|_| false)
    }
}

/// How a query was read.
pub fn understood(query: &Query) -> String {
    understood_with(query, &|_| false)
}

/// The same, with the words in square brackets that the caller says weigh nothing, such as stop words. Brackets are
/// no signs of the language, so that this reads back to the same tree too.
pub fn understood_with(query: &Query, is_ignored: &dyn Fn(&Term) -> bool) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write_query(&mut text, query, is_ignored);
    text
}

/// Which words weigh nothing.
type IsIgnored<'a> = &'a dyn Fn(&Term) -> bool;

/// Where a part stands, which says whether it needs parentheses or a `+`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Spot {
    Whole,
    OfOr,
    OfWords,
    /// In a row with `AND`; true if nothing but a `+` can say that the part was typed with an operator.
    OfAnd(bool),
    OfNot,
    OfNear,
    OfField(&'static str),
    OfBoost,
}

/// What is still to be written; a stack of these stands in for recursion.
enum Job<'a> {
    Part(&'a Query, Spot),
    Text(&'static str),
    Own(String),
}

fn write_query(out: &mut dyn fmt::Write, query: &Query, is_ignored: IsIgnored<'_>) -> fmt::Result {
    let mut jobs = vec![Job::Part(query, Spot::Whole)];
    while let Some(job) = jobs.pop() {
        match job {
            Job::Text(text) => out.write_str(text)?,
            Job::Own(text) => out.write_str(&text)?,
            Job::Part(query, spot) => {
                let first = jobs.len();
                push_part(&mut jobs, query, spot, is_ignored);
                jobs[first..].reverse();
            }
        }
    }
    Ok(())
}

/// Pushes the pieces of one part, in reading order.
fn push_part<'a>(jobs: &mut Vec<Job<'a>>, query: &'a Query, spot: Spot, is_ignored: IsIgnored<'_>) {
    let by_itself = matches!(spot, Spot::Whole | Spot::OfOr | Spot::OfWords | Spot::OfAnd(true));
    let marked = tree::required(query) == Some(true) || spot == Spot::OfAnd(true);
    if by_itself && marked {
        jobs.push(Job::Text("+"));
    }
    // `a +5 b` would be a distance.
    let like_distance = by_itself
        && marked
        && matches!(query, Query::Term(it) if names::after_plus(&it.text).is_some());
    if like_distance {
        jobs.extend([Job::Text("("), Job::Part(query, Spot::OfNot), Job::Text(")")]);
        return;
    }
    if needs_parentheses(query, spot) {
        jobs.extend([Job::Text("("), Job::Part(query, Spot::Whole), Job::Text(")")]);
        return;
    }
    match query {
        Query::All => jobs.push(Job::Text("*")),
        Query::Term(term) => jobs.push(Job::Own(term_text(term, spot, is_ignored))),
        Query::Phrase(phrase) => jobs.push(Job::Own(phrase_text(phrase))),
        Query::Words(parts) => push_row(jobs, parts, " ", Spot::OfWords),
        Query::Or(parts) => push_row(jobs, parts, " OR ", Spot::OfOr),
        Query::And(parts) => push_and(jobs, parts),
        Query::Not(inner) => jobs.extend([Job::Text("NOT "), Job::Part(inner, Spot::OfNot)]),
        Query::Near(near) => jobs.extend([
            Job::Part(&near.left, Spot::OfNear),
            Job::Own(near_text(near)),
            Job::Part(&near.right, Spot::OfNear),
        ]),
        Query::AtLeast { count, inner } => jobs.extend([
            Job::Own(format!("atleast{count}(")),
            Job::Part(inner, Spot::Whole),
            Job::Text(")"),
        ]),
        Query::Field { field, inner } => {
            jobs.extend([Job::Own(format!("{field}:")), Job::Part(inner, Spot::OfField(field))]);
        }
        Query::Missing { field } => jobs.push(Job::Own(format!("{field}:none"))),
        Query::Length { min, max } => jobs.push(Job::Own(length_text(*min, *max))),
        Query::Dates { field, first, last } => {
            jobs.push(Job::Own(dates_text(tree::date_name(*field), *first, *last)));
        }
        Query::Boost { weight, inner } => {
            jobs.extend([Job::Part(inner, Spot::OfBoost), Job::Own(format!("^{weight}"))]);
        }
    }
}

fn needs_parentheses(query: &Query, spot: Spot) -> bool {
    match query {
        Query::Words(_) | Query::And(_) | Query::Or(_) | Query::Near(_) => spot != Spot::Whole,
        Query::Not(_) => {
            !matches!(spot, Spot::Whole | Spot::OfOr | Spot::OfWords | Spot::OfAnd(false))
        }
        // A `+` inside a weight or a field belongs to the part around it.
        Query::Boost { .. } => matches!(spot, Spot::OfField(_) | Spot::OfBoost),
        Query::Field { .. } => matches!(spot, Spot::OfField(_)),
        Query::Length { .. } | Query::Dates { .. } | Query::Missing { .. } | Query::All => {
            spot == Spot::OfBoost || matches!(spot, Spot::OfField(_)) && *query != Query::All
        }
        Query::Term(_) | Query::Phrase(_) | Query::AtLeast { .. } => false,
    }
}

fn push_row<'a>(jobs: &mut Vec<Job<'a>>, parts: &'a [Query], between: &'static str, spot: Spot) {
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            jobs.push(Job::Text(between));
        }
        jobs.push(Job::Part(part, spot));
    }
}

/// `AND` marks the words on both its sides; a word that bears no mark stands side by side with its neighbours.
fn push_and<'a>(jobs: &mut Vec<Job<'a>>, parts: &'a [Query]) {
    let unmarked = |part: &Query| tree::required(part) == Some(false);
    let joins = |index: usize| {
        index > 0 && index < parts.len() && !unmarked(&parts[index - 1]) && !unmarked(&parts[index])
    };
    let no_marks = parts.iter().all(unmarked);
    let mut typed = no_marks || (1..parts.len()).any(joins);
    typed |= parts.iter().any(|part| tree::required(part) == Some(true));
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            jobs.push(Job::Text(if joins(index) || no_marks { " AND " } else { " " }));
        }
        let touched = joins(index) || joins(index + 1);
        let mut plus = tree::required(part) == Some(true) && !touched;
        // Some part has to show that this row is an AND.
        if !typed && !unmarked(part) {
            plus = true;
            typed = true;
        }
        jobs.push(Job::Part(part, Spot::OfAnd(plus)));
    }
}

pub(super) fn near_text(near: &Near) -> String {
    let name = if near.ordered { "pre" } else { "w" };
    let not = if near.negated { "not " } else { "" };
    match near.within {
        Within::Words(count) => format!(" {not}{name}/{count} "),
        Within::Sentence if near.ordered => format!(" {not}pre/s "),
        Within::Paragraph if near.ordered => format!(" {not}pre/p "),
        Within::Sentence => format!(" {not}/s "),
        Within::Paragraph => format!(" {not}/p "),
    }
}

fn length_text(min: Option<u32>, max: Option<u32>) -> String {
    match (min, max) {
        (Some(min), Some(max)) if min == max => format!("length:{min}"),
        (min, max) => {
            let side = |it: Option<u32>| it.map(|it| it.to_string()).unwrap_or_default();
            format!("length:{}..{}", side(min), side(max))
        }
    }
}

fn dates_text(name: &str, first: Option<Day>, last: Option<Day>) -> String {
    match (first, last) {
        (Some(first), Some(last)) if first == last => format!("{name}:{first}"),
        (first, last) => {
            let side = |it: Option<Day>| it.map(|it| it.to_string()).unwrap_or_default();
            format!("{name}:{}..{}", side(first), side(last))
        }
    }
}

fn term_text(term: &Term, spot: Spot, is_ignored: IsIgnored<'_>) -> String {
    // In brackets no word is an operator.
    if is_ignored(term) && term.case.is_none() && term.text.chars().all(char::is_alphanumeric) {
        return format!("[{}]", term.text);
    }
    let bare = Term { case: None, required: false, ..term.clone() };
    let is_none = term.text.eq_ignore_ascii_case("none")
        && matches!(spot, Spot::OfField(name) if field::find(name).is_some_and(|it| it.kind == Kind::Value || it.name == "url"));
    let mut text = match term.kind {
        TermKind::Regex => format!("/{}/", term.text),
        TermKind::Stem if is_none => "\\none".to_owned(),
        TermKind::Stem if is_simple(&term.text) => term.text.clone(),
        TermKind::Exact if is_simple(&term.text) => format!("={}", term.text),
        TermKind::Exact => {
            let plain = Term { kind: TermKind::Stem, ..bare };
            format!("={}", safe_text(&plain))
        }
        TermKind::Stem | TermKind::Wildcard | TermKind::Fuzzy(_) => safe_text(&bare),
    };
    if let Some(case) = term.case {
        text = format!("{}({text})", case_name(case));
    }
    if is_ignored(term) { format!("[{text}]") } else { text }
}

fn case_name(case: Case) -> &'static str {
    match case {
        Case::Some => "caps",
        Case::All => "allcaps",
        Case::None => "nocaps",
    }
}

fn is_simple(text: &str) -> bool {
    text.chars().all(char::is_alphanumeric) && !names::is_reserved(text)
}

/// The text of a term outside quotes, as typed if that reads back, else with backslashes.
fn safe_text(term: &Term) -> String {
    let text = match term.kind {
        TermKind::Fuzzy(1) => format!("{}~", term.text),
        TermKind::Fuzzy(count) => format!("{}~{count}", term.text),
        TermKind::Stem | TermKind::Exact | TermKind::Wildcard | TermKind::Regex => {
            term.text.clone()
        }
    };
    let typed: Vec<char> = text.chars().collect();
    let mut problems = Problems::default();
    let tokens = lexer::lex(&typed, Day(0), &mut problems).tokens;
    let same = matches!(&tokens[..], [token] if matches!(&token.kind, TokenKind::Leaf(Query::Term(read)) if read == term));
    // An address may end within a parenthesis, which would take in one of the query's.
    let balanced = text.matches('(').count() == text.matches(')').count();
    // Signs at either end could join with what stands beside them.
    let starts = |it: char| it.is_alphanumeric() || matches!(it, '$' | '.' | '#' | '@' | '*' | '?');
    let ends =
        |it: char| it.is_alphanumeric() || matches!(it, '.' | '+' | '#' | '~' | '*' | '?' | '%');
    if same
        && balanced
        && text.starts_with(starts)
        && text.ends_with(ends)
        && !names::is_reserved(&term.text)
        && problems.finish().is_empty()
    {
        return text;
    }
    escaped(term)
}

/// The text with a backslash before every sign that is not a pattern's.
fn escaped(term: &Term) -> String {
    let pattern = term.kind == TermKind::Wildcard;
    let mut text = String::new();
    if names::is_reserved(&term.text) && !term.text.contains(word::escapable) {
        text.push('\\');
    }
    for letter in term.text.chars() {
        if word::escapable(letter) && !(pattern && matches!(letter, '*' | '?')) {
            text.push('\\');
        }
        text.push(letter);
    }
    if let TermKind::Fuzzy(count) = term.kind {
        text.push('~');
        text.push_str(&count.to_string());
    }
    text
}

fn phrase_text(phrase: &Phrase) -> String {
    let exact = phrase.words.iter().all(|it| it.kind == TermKind::Exact);
    let words: Vec<String> = phrase.words.iter().map(|it| phrase_word(it, exact)).collect();
    let mut text = format!("{}\"{}\"", if exact { "=" } else { "" }, words.join(" "));
    if let Some(window) = phrase.window {
        text.push('~');
        text.push_str(&window.to_string());
    }
    match phrase.words.first().and_then(|it| it.case) {
        Some(case) => format!("{}({text})", case_name(case)),
        None => text,
    }
}

fn phrase_word(term: &Term, all_exact: bool) -> String {
    let text = match term.kind {
        TermKind::Regex => return format!("/{}/", term.text),
        TermKind::Fuzzy(1) => format!("{}~", term.text),
        TermKind::Fuzzy(count) => format!("{}~{count}", term.text),
        TermKind::Stem | TermKind::Exact | TermKind::Wildcard => term.text.clone(),
    };
    let sign = if term.kind == TermKind::Exact && !all_exact { "=" } else { "" };
    let typed: Vec<char> = text.chars().collect();
    let mut problems = Problems::default();
    let as_read = if term.kind == TermKind::Exact { TermKind::Stem } else { term.kind };
    let bare = Term { kind: as_read, case: None, required: false, ..term.clone() };
    let has_quote = text.ends_with('\\') || typed.iter().any(|it| word::is_quote(*it));
    let same = word::read_word(&typed, 0, true, &mut problems) == Word::Term(bare.clone());
    if same && !has_quote && problems.finish().is_empty() {
        return format!("{sign}{text}");
    }
    format!("{sign}{}", escaped(&bare))
}
