//! How a query was read to an outline for people, and to the struct that programs get.

use std::fmt::Write as _;

use serde::Serialize;

use super::json::{Missing, ProblemSeen, SCHEMA, missing_seen, problems_seen};
use super::paint::{Ink, paint};
use super::problems::problem_lines;
use super::text::missing_in_words;
use super::wrap::text_columns;
use super::{Style, sanitize};
use crate::search::{Explanation, Part};

/// Of the forms of a word so many are shown to people.
const FORMS_SHOWN: usize = 6;
/// A part's own text is cut here.
const LONGEST_PART: usize = 48;
/// A query and its tree are cut here.
const LONGEST_QUERY: usize = 1_000;
const DOT: &str = " · ";

/// The explanation for people.
pub fn explanation_text(explanation: &Explanation, style: Style) -> String {
    let mut text = String::new();
    let mut line = |lead: &str, value: &str| {
        let value = shortened(&sanitize::line(value), LONGEST_QUERY);
        let _ = writeln!(text, "{lead:9}{}", value.trim());
    };
    line("typed:", &explanation.text);
    line("read as:", &explanation.understood);
    line("tree:", &explanation.tree);
    for problem in &explanation.problems {
        text.push_str(&problem_lines(&explanation.text, problem, style));
    }
    text.push('\n');
    let mut rows = Vec::new();
    for part in &explanation.parts {
        push_rows(&mut rows, part, 0);
    }
    let widest = rows.iter().map(|row| row.count.len()).max().unwrap_or(0).max("articles".len());
    let _ = writeln!(text, "{:>widest$}  each part alone, and the forms it stands for", "articles");
    for row in &rows {
        let indent = "  ".repeat(row.depth);
        let _ = write!(text, "{:>widest$}  {indent}", row.count);
        let mut columns = widest + 2 + indent.len() + text_columns(&row.text);
        paint(&mut text, style, Ink::Plain, &row.text);
        for (at, item) in row.items.iter().enumerate() {
            let joint = if at == 0 { "  " } else { DOT };
            let needed = text_columns(joint) + text_columns(item);
            if columns + needed > style.width {
                let _ = write!(text, "\n{}", " ".repeat(widest + 6 + indent.len()));
                columns = widest + 6 + indent.len() + text_columns(item);
                paint(&mut text, style, Ink::Dim, item);
            } else {
                columns += needed;
                paint(&mut text, style, Ink::Dim, &format!("{joint}{item}"));
            }
        }
        text.push('\n');
    }
    let at_least = if explanation.total_is_at_least { "at least " } else { "" };
    if explanation.parts.len() > 1 {
        let _ =
            writeln!(text, "{:>widest$}  all of it", format!("{at_least}{}", explanation.total));
    }
    if explanation.parts_left_out > 0 {
        let _ = writeln!(text, "{} more parts are not counted", explanation.parts_left_out);
    }
    for missing in &explanation.missing {
        let _ = writeln!(text, "{}", missing_in_words(missing));
    }
    for reading in &explanation.readings {
        let tree = shortened(&sanitize::line(&reading.tree), LONGEST_QUERY);
        let _ = writeln!(text, "other reading: {tree}: {}", reading.total);
    }
    text
}

/// A line of the outline.
struct Row {
    depth: usize,
    count: String,
    text: String,
    /// Forms, or what else is said of the part.
    items: Vec<String>,
}

fn push_rows(rows: &mut Vec<Row>, part: &Part, depth: usize) {
    let count = if part.at_least {
        format!("at least {}", part.articles)
    } else {
        part.articles.to_string()
    };
    let mut items = Vec::new();
    if part.ignored {
        items.push("weighs nothing here".to_owned());
    }
    // A word that stands for itself alone says so by its count.
    let is_itself =
        matches!(part.forms.as_slice(), [(form, _)] if *form == part.text.to_lowercase());
    if !is_itself {
        let shown = part.forms.iter().take(FORMS_SHOWN);
        items.extend(shown.map(|(form, count)| format!("{} {count}", sanitize::line(form))));
        let more = part.forms_in_all.saturating_sub(FORMS_SHOWN);
        if more > 0 {
            items.push(format!("{more} more"));
        }
    }
    let text = shortened(&sanitize::line(&part.text), LONGEST_PART);
    rows.push(Row { depth, count, text, items });
    for inner in &part.parts {
        push_rows(rows, inner, depth + 1);
    }
}

fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The explanation for programs.
#[derive(Debug, Serialize)]
pub struct ExplanationSeen<'a> {
    schema: u32,
    query: QueryExplained<'a>,
    total: u64,
    total_is: &'static str,
    missing: Vec<Missing<'a>>,
    tree: Vec<PartSeen<'a>>,
    parts_left_out: usize,
}

/// What was typed, and how it was read.
#[derive(Debug, Serialize)]
pub struct QueryExplained<'a> {
    text: &'a str,
    understood: &'a str,
    tree: &'a str,
    problems: Vec<ProblemSeen<'a>>,
    readings: Vec<ReadingSeen<'a>>,
}

/// Another way to read it.
#[derive(Debug, Serialize)]
pub struct ReadingSeen<'a> {
    understood: &'a str,
    tree: &'a str,
    total: u64,
}

/// A part of the tree.
#[derive(Debug, Serialize)]
pub struct PartSeen<'a> {
    kind: &'static str,
    text: &'a str,
    articles: u64,
    articles_is: &'static str,
    ignored: bool,
    forms: Vec<FormSeen<'a>>,
    forms_in_all: usize,
    parts: Vec<Self>,
}

/// A form of the index that a word or pattern stands for.
#[derive(Debug, Serialize)]
pub struct FormSeen<'a> {
    form: &'a str,
    articles: u64,
}

impl<'a> ExplanationSeen<'a> {
    /// The promised form of `explanation`.
    pub fn new(explanation: &'a Explanation) -> Self {
        let readings = explanation.readings.iter().map(|it| ReadingSeen {
            understood: &it.understood,
            tree: &it.tree,
            total: it.total,
        });
        Self {
            schema: SCHEMA,
            query: QueryExplained {
                text: &explanation.text,
                understood: &explanation.understood,
                tree: &explanation.tree,
                problems: problems_seen(&explanation.problems),
                readings: readings.collect(),
            },
            total: explanation.total,
            total_is: exactness(explanation.total_is_at_least),
            missing: missing_seen(&explanation.missing),
            tree: explanation.parts.iter().map(PartSeen::new).collect(),
            parts_left_out: explanation.parts_left_out,
        }
    }
}

impl<'a> PartSeen<'a> {
    fn new(part: &'a Part) -> Self {
        let forms =
            part.forms.iter().map(|(form, articles)| FormSeen { form, articles: *articles });
        Self {
            kind: part.kind,
            text: &part.text,
            articles: part.articles,
            articles_is: exactness(part.at_least),
            ignored: part.ignored,
            forms: forms.collect(),
            forms_in_all: part.forms_in_all,
            parts: part.parts.iter().map(PartSeen::new).collect(),
        }
    }
}

fn exactness(at_least: bool) -> &'static str {
    if at_least { "at least" } else { "exact" }
}
