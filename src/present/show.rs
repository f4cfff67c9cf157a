//! One article, whole, for people: what is known of it and how, then its text with the matches marked.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use super::article_facts::date_for_people;
use super::paint::{Ink, isolated, linked, marker_columns, paint, paint_cells};
use super::wrap::{Spaces, Wrap, cells, wrap};
use super::{Style, sanitize};
use crate::article::{Article, Corrected, EntityKind, Place};

/// An article, and what is to be said and marked besides.
#[derive(Debug, Clone, Copy)]
pub struct WholeArticle<'a> {
    /// The article.
    pub article: &'a Article,
    /// The root it was indexed from, as it was given.
    pub root: &'a str,
    /// Where the file lies now, for a link to it.
    pub absolute_path: Option<&'a str>,
    /// SHA-256 of the file.
    pub file_sha256: Option<&'a str>,
    /// Words in its body.
    pub words: Option<u32>,
    /// Where the same text was found again.
    pub also: &'a [Place],
    /// What matches in the title; offsets count Unicode scalar values, here and below.
    pub title_highlights: &'a [Range<usize>],
    /// What matches in the deck.
    pub deck_highlights: &'a [Range<usize>],
    /// What matches in the body.
    pub body_highlights: &'a [Range<usize>],
}

/// Columns of text that are pleasant to read; wider terminals stay empty at the right.
const WIDEST: usize = 100;
/// Columns of the names of the facts.
const NAMES: usize = 15;

/// Writes the article.
pub fn show(out: &mut dyn Write, whole: &WholeArticle<'_>, style: Style) -> io::Result<()> {
    let style = Style { width: style.width.clamp(40, WIDEST), ..style };
    let article = whole.article;
    let mut head = String::new();
    let title = article.title.as_deref().unwrap_or("[no title]");
    push_text(&mut head, style, (Ink::Bold, ""), title, whole.title_highlights);
    if let Some(deck) = &article.deck {
        push_text(&mut head, style, (Ink::Plain, ""), deck, whole.deck_highlights);
    }
    head.push('\n');
    for fact in facts(whole, style) {
        push_fact(&mut head, style, &fact);
    }
    head.push('\n');
    out.write_all(head.as_bytes())?;
    write_body(out, &article.body, whole.body_highlights, style)?;
    if !article.other.trim().is_empty() {
        let mut other = "\n".to_owned();
        paint(&mut other, style, Ink::Dim, "lines that are not part of the article:");
        other.push('\n');
        for line in article.other.lines() {
            push_text(&mut other, style, (Ink::Dim, "    "), line, &[]);
        }
        out.write_all(other.as_bytes())?;
    }
    Ok(())
}

/// A fact: its name, its value, and where the value is from.
struct Fact<'a> {
    name: &'static str,
    value: String,
    from: Option<&'a str>,
    target: Option<&'a str>,
}

fn facts<'a>(whole: &WholeArticle<'a>, style: Style) -> Vec<Fact<'a>> {
    let article = whole.article;
    let mut facts = Vec::new();
    let mut add = |name: &'static str, key: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
            let from = article.provenance.get(key).map(String::as_str);
            facts.push(Fact { name, value, from, target: None });
        }
    };
    add("authors", "authors", Some(article.authors.join(", ")));
    add("byline", "byline", article.byline.clone());
    add("agency", "agency", article.agency.clone());
    add("published", "published", Some(date_for_people(article)));
    add("published at", "", article.published.as_ref().and_then(|it| it.at.clone()));
    add("it may be", "", Some(article.published_candidates.join(", ")));
    add("updated", "updated", article.updated.clone());
    add("dateline", "dateline", article.dateline.clone());
    add("source", "source", article.source.clone());
    add("section", "section", article.section.clone());
    add("language", "language", article.language.clone());
    add("url", "url", article.url.clone());
    add("people", "people", Some(names(article, EntityKind::Person, &article.people)));
    let organizations = names(article, EntityKind::Organization, &article.organizations);
    add("organizations", "organizations", Some(organizations));
    add("places", "places", Some(names(article, EntityKind::Place, &article.places)));
    add("inferred", "", Some(inferred(article)));
    // Titles stand above; what is known of where they are from stands here.
    add("title from", "", article.provenance.get("title").cloned());
    add("deck from", "", article.provenance.get("deck").cloned());
    add("words", "", whole.words.map(|words| words.to_string()));
    add("id", "", Some(article.id.clone()));
    add("source's id", "", article.source_id.clone());
    add("format", "", Some(article.format.clone()));
    add("root", "", Some(whole.root.to_owned()));
    add("file", "", Some(article.place.to_string()));
    if style.links
        && let Some(file) = facts.last_mut()
    {
        file.target = whole.absolute_path;
    }
    let mut add = |name: &'static str, value: String| {
        facts.push(Fact { name, value, from: None, target: None });
    };
    if let Some(hash) = whole.file_sha256 {
        add("file's sha-256", hash.to_owned());
    }
    for place in whole.also {
        add("same text", place.to_string());
    }
    for corrected in &article.corrected {
        add("corrected", before(corrected));
    }
    for problem in &article.problems {
        add("note", problem.clone());
    }
    facts
}

/// A field that a person corrected, and what was found for it.
fn before(corrected: &Corrected) -> String {
    let cleared = if corrected.to.is_empty() { ", to not known" } else { "" };
    let found = match (&corrected.before, &corrected.before_from) {
        (None, _) => "nothing was found".to_owned(),
        (Some(found), None) => format!("before: {found}"),
        (Some(found), Some(from)) => format!("before: {found} ({from})"),
    };
    format!("{}{cleared}; {found}", corrected.field)
}

/// The names of a kind, with the forms that the article itself gives for them.
fn names(article: &Article, kind: EntityKind, values: &[String]) -> String {
    let with_forms = |value: &String| {
        let entity = article.entities.iter().find(|it| it.kind == kind && it.name == *value);
        let forms = entity.into_iter().flat_map(|it| &it.forms).filter(|it| !it.inferred);
        let forms: Vec<&str> = forms.map(|it| it.text.as_str()).collect();
        if forms.is_empty() { value.clone() } else { format!("{value} ({})", forms.join(", ")) }
    };
    values.iter().map(with_forms).collect::<Vec<_>>().join(", ")
}

/// The forms that were concluded to stand for a name.
fn inferred(article: &Article) -> String {
    let mut out = String::new();
    for entity in &article.entities {
        for form in entity.forms.iter().filter(|it| it.inferred) {
            let comma = if out.is_empty() { "" } else { ", " };
            let _ = write!(out, "{comma}{} for {}", form.text, entity.name);
        }
    }
    out
}

fn push_fact(text: &mut String, style: Style, fact: &Fact<'_>) {
    let padding = " ".repeat(NAMES.saturating_sub(fact.name.width()) + 1);
    paint(text, style, Ink::Dim, fact.name);
    let value = sanitize::line(&fact.value);
    let value = isolated(style, value.trim());
    let value = fact.target.map_or(value.clone(), |target| linked(target, &value).into());
    let _ = write!(text, "{padding}{value}");
    if let Some(from) = fact.from {
        paint(text, style, Ink::Dim, &format!(" ({})", sanitize::line(from)));
    }
    text.push('\n');
}

/// Line by line, so that a body of any length is never held twice.
fn write_body(
    out: &mut dyn Write,
    body: &str,
    marks: &[Range<usize>],
    style: Style,
) -> io::Result<()> {
    let mut marks = marks.to_vec();
    marks.sort_by_key(|mark| (mark.start, mark.end));
    let mut first_mark = 0;
    let mut line_start = 0;
    for line in body.split('\n') {
        let line_end = line_start + line.chars().count();
        while marks.get(first_mark).is_some_and(|mark| mark.end <= line_start) {
            first_mark += 1;
        }
        let in_line: Vec<Range<usize>> = marks[first_mark..]
            .iter()
            .take_while(|mark| mark.start < line_end)
            .map(|mark| mark.start.saturating_sub(line_start)..mark.end.saturating_sub(line_start))
            .collect();
        let mut text = String::new();
        push_text(&mut text, style, (Ink::Plain, ""), line, &in_line);
        out.write_all(text.as_bytes())?;
        line_start = line_end + 1;
    }
    Ok(())
}

fn push_text(
    text: &mut String,
    style: Style,
    (ink, indent): (Ink, &str),
    line: &str,
    marks: &[Range<usize>],
) {
    let cells = cells(line, marks, Spaces::Kept);
    let width = style.width.saturating_sub(indent.len());
    let lines = wrap(&cells, Wrap { width, marker: marker_columns(style) });
    for line in &lines {
        text.push_str(indent);
        paint_cells(text, style, ink, &cells[line.clone()]);
        text.push('\n');
    }
    if lines.is_empty() {
        text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::sample::hits;

    fn shown(style: Style) -> String {
        let hit = hits().remove(0);
        let mut article = hit.article;
        article.body = "The CSTO met.\n\nIts obligations\u{1b}[2J stand.".to_owned();
        article.other = "Subscribe to us".to_owned();
        article.provenance.insert("authors".into(), "byline".into());
        let whole = WholeArticle {
            article: &article,
            root: "archive",
            absolute_path: Some("/a/archive/pravda/sochi.txt"),
            file_sha256: Some("00ff"),
            words: Some(6),
            also: &hit.also,
            title_highlights: &hit.title_highlights,
            deck_highlights: &[],
            body_highlights: &[19..30, 4..8],
        };
        let mut out = Vec::new();
        show(&mut out, &whole, style).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn an_article_whole() {
        insta::assert_snapshot!(shown(Style::default()), @r#"
        Presidents of the **CSTO** meet as best friends by the sea
        Twenty years of friendship

        authors         Dmitry Sudakov, Ada "Ace" Lovelace (byline)
        published       2020-09-14? (inferred)
        source          Pravda
        language        en
        words           6
        id              3f9a2c1b77e0
        format          plain
        root            archive
        file            pravda/sochi.txt
        file's sha-256  00ff
        same text       pravda/again.txt
        same text       copy.txt

        The **CSTO** met.

        Its **obligations**␛[2J stand.

        lines that are not part of the article:
            Subscribe to us
        "#);
        let style = Style { width: 80, colour: true, links: true, terminal: true };
        insta::assert_snapshot!(shown(style).replace('\u{1b}', "^"), @r#"
        ^[1mPresidents of the ^[0m^[1;31mCSTO^[0m^[1m meet as best friends by the sea^[0m
        Twenty years of friendship

        ^[2mauthors^[0m         Dmitry Sudakov, Ada "Ace" Lovelace^[2m (byline)^[0m
        ^[2mpublished^[0m       2020-09-14?^[2m (inferred)^[0m
        ^[2msource^[0m          Pravda
        ^[2mlanguage^[0m        en
        ^[2mwords^[0m           6
        ^[2mid^[0m              3f9a2c1b77e0
        ^[2mformat^[0m          plain
        ^[2mroot^[0m            archive
        ^[2mfile^[0m            ^]8;;file:///a/archive/pravda/sochi.txt^\pravda/sochi.txt^]8;;^\
        ^[2mfile's sha-256^[0m  00ff
        ^[2msame text^[0m       pravda/again.txt
        ^[2msame text^[0m       copy.txt

        The ^[1;31mCSTO^[0m met.

        Its ^[1;31mobligations^[0m␛[2J stand.

        ^[2mlines that are not part of the article:^[0m
            ^[2mSubscribe to us^[0m
        "#);
    }
}
