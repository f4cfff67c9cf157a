//! How the fields of an article were chosen -> a page for people, and JSON.

use std::fmt::Write as _;

use serde::Serialize;

use super::json::{SCHEMA, to_line};
use super::paint::{Ink, isolated, paint};
use super::wrap::{Spaces, Wrap, cells, column_count, wrap};
use super::{Style, sanitize};
use crate::article::{Explained, ExplainedField};

/// Wider terminals stay empty at the right.
const WIDEST: usize = 100;
/// Columns of the names of the fields, and of the places where candidates stood.
const NAMES: usize = 12;
const PLACES: usize = 22;

/// The page for people: a field a paragraph, its candidates below it.
pub fn explained_text(explained: &Explained, style: Style) -> String {
    let width = style.width.clamp(40, WIDEST);
    let mut out = String::new();
    let place = explained.article.place.to_string();
    paint(&mut out, style, Ink::Bold, &sanitize::line(&place));
    out.push('\n');
    for field in &explained.fields {
        out.push('\n');
        push_field(&mut out, style, width, field);
    }
    for problem in &explained.article.problems {
        let _ = write!(out, "\n{:NAMES$}", "note");
        let _ = writeln!(out, "{}", sanitize::line(problem));
    }
    out
}

fn push_field(out: &mut String, style: Style, width: usize, field: &ExplainedField) {
    paint(out, style, Ink::Bold, &format!("{:NAMES$}", field.field));
    match &field.value {
        Some(value) => out.push_str(&one_row(style, value, width - NAMES)),
        None if field.from.is_some() => paint(out, style, Ink::Dim, "not known"),
        None => paint(out, style, Ink::Dim, "none was good enough"),
    }
    out.push('\n');
    if let Some(from) = &field.from {
        out.push_str(&" ".repeat(NAMES));
        paint(out, style, Ink::Dim, &format!("from {}", sanitize::line(from)));
        out.push('\n');
    }
    for line in folded(field.rule, width - NAMES) {
        out.push_str(&" ".repeat(NAMES));
        paint(out, style, Ink::Dim, &line);
        out.push('\n');
    }
    for candidate in &field.candidates {
        let mark = if candidate.agrees { "*" } else { " " };
        let from = sanitize::line(&candidate.from);
        let _ = write!(out, "  {mark} {from:<width$} ", width = PLACES - 5);
        out.push_str(&one_row(style, &candidate.value, width - PLACES.max(from.len() + 5)));
        out.push('\n');
    }
}

/// As much of a value as one row takes.
fn one_row(style: Style, value: &str, columns: usize) -> String {
    let clean = sanitize::line(value);
    let mut used = 0;
    let mut end = clean.len();
    for (at, c) in clean.char_indices() {
        used += column_count(c);
        if used > columns {
            end = at;
            break;
        }
    }
    if end == clean.len() {
        return isolated(style, &clean).into_owned();
    }
    let mut kept: String = clean[..end].to_owned();
    kept.pop();
    isolated(style, &format!("{}…", kept.trim_end())).into_owned()
}

fn folded(text: &str, width: usize) -> Vec<String> {
    let all = cells(text, &[], Spaces::Joined);
    let lines = wrap(&all, Wrap { width, marker: 0 });
    lines.into_iter().map(|line| all[line].iter().map(|cell| cell.ch).collect()).collect()
}

/// The JSON of how an article was chosen, on one line, without the line's end.
pub fn explained_line(explained: &Explained) -> String {
    let line = Line {
        schema: SCHEMA,
        path: &explained.article.place.path,
        inside: explained.article.place.inside.as_deref(),
        record: explained.article.place.record,
        id: &explained.article.id,
        fields: explained.fields.iter().map(Chosen::new).collect(),
        problems: &explained.article.problems,
    };
    to_line(&line).unwrap_or_default()
}

#[derive(Debug, Serialize)]
struct Line<'a> {
    schema: u32,
    path: &'a str,
    inside: Option<&'a str>,
    record: u32,
    id: &'a str,
    fields: Vec<Chosen<'a>>,
    problems: &'a [String],
}

#[derive(Debug, Serialize)]
struct Chosen<'a> {
    field: &'a str,
    value: Option<&'a str>,
    from: Option<&'a str>,
    rule: &'a str,
    candidates: Vec<Row<'a>>,
}

#[derive(Debug, Serialize)]
struct Row<'a> {
    value: &'a str,
    from: &'a str,
    agrees: bool,
}

impl<'a> Chosen<'a> {
    fn new(field: &'a ExplainedField) -> Self {
        let rows = field.candidates.iter();
        Self {
            field: field.field,
            value: field.value.as_deref(),
            from: field.from.as_deref(),
            rule: field.rule,
            candidates: rows
                .map(|it| Row { value: &it.value, from: &it.from, agrees: it.agrees })
                .collect(),
        }
    }
}
