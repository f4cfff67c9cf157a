//! The names of the articles of a request: lists for people, an object and a table for programs.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde::Serialize;

use super::article_facts::counted;
use super::json::{SCHEMA, to_line};
use super::paint::{Ink, paint};
use super::wrap::text_columns;
use super::{Style, sanitize};
use crate::article::EntityKind;
use crate::query::understood;
use crate::search::{NameCount, Names, Request};

/// Names, and what was asked.
#[derive(Debug, Clone, Copy)]
pub struct Listed<'a> {
    /// The request.
    pub request: &'a Request,
    /// Names that the others stand with.
    pub with: &'a [String],
    /// What was found.
    pub names: &'a Names,
    /// The kinds asked for.
    pub kinds: &'a [EntityKind],
    /// Names a kind at most.
    pub limit: usize,
}

impl Listed<'_> {
    fn of(&self, kind: EntityKind) -> impl Iterator<Item = &NameCount> {
        self.names.names.iter().filter(move |it| it.kind == kind)
    }

    fn shown(&self) -> impl Iterator<Item = &NameCount> {
        self.kinds.iter().flat_map(|kind| self.of(*kind).take(self.limit))
    }
}

/// How a kind is called over its list.
fn plural(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "people",
        EntityKind::Organization => "organizations",
        EntityKind::Place => "places",
    }
}

/// A list a kind: name, articles, first and last date.
pub fn names_text(listed: &Listed<'_>, style: Style) -> String {
    let mut text = String::new();
    for problem in &listed.request.problems {
        let _ = writeln!(text, "note: {}", sanitize::line(&problem.message));
    }
    if listed.request.text.trim().is_empty() {
        let _ = writeln!(text, "{}", counted(listed.names.articles, "article", "articles"));
    } else {
        let read = understood(&listed.request.query);
        let articles = counted(listed.names.articles, "article", "articles");
        let _ = writeln!(text, "{articles} · {}", sanitize::line(&read));
    }
    for kind in listed.kinds {
        let all = listed.of(*kind).count();
        let mut title = plural(*kind).to_owned();
        if all > listed.limit {
            let _ = write!(title, ", {} of {all}", listed.limit);
        }
        text.push('\n');
        paint(&mut text, style, Ink::Bold, &title);
        text.push('\n');
        let rows: Vec<(String, &NameCount)> =
            listed.of(*kind).take(listed.limit).map(|it| (with_country(it), it)).collect();
        if rows.is_empty() {
            text.push_str("    none\n");
        }
        let widest = rows.iter().map(|it| text_columns(&it.0)).max().unwrap_or(0);
        let digits = rows.iter().map(|it| it.1.articles.to_string().len()).max().unwrap_or(0);
        for (name, row) in rows {
            let padding = " ".repeat(widest - text_columns(&name));
            let _ = write!(text, "    {name}{padding}  {:>digits$}", row.articles);
            match (&row.first, &row.last) {
                (Some(first), Some(last)) if first == last => {
                    let _ = write!(text, "  {first}");
                }
                (Some(first), Some(last)) => {
                    let _ = write!(text, "  {first} – {last}");
                }
                (_, _) => {}
            }
            text.push('\n');
            if !row.also.is_empty() {
                let also = row.also.iter().take(ALSO).map(|it| format!("{} {}", cut(&it.0), it.1));
                let mut also = also.collect::<Vec<_>>().join(" · ");
                if row.also.len() > ALSO {
                    let _ = write!(also, " · {} more", row.also.len() - ALSO);
                }
                paint(&mut text, style, Ink::Dim, &format!("        with {also}"));
                text.push('\n');
            }
        }
    }
    text
}

/// Merged names shown below a name.
const ALSO: usize = 3;

/// Columns of a name in a list; longer ones are cut.
const WIDEST: usize = 44;

/// `Minsk (BY)`.
fn with_country(count: &NameCount) -> String {
    match &count.country {
        Some(code) => format!("{} ({})", cut(&count.name), sanitize::line(code)),
        None => cut(&count.name),
    }
}

fn cut(name: &str) -> String {
    let name = sanitize::line(name).trim().to_owned();
    if text_columns(&name) <= WIDEST {
        return name;
    }
    let mut short = String::new();
    for letter in name.chars() {
        short.push(letter);
        if text_columns(&short) >= WIDEST {
            short.pop();
            break;
        }
    }
    format!("{}…", short.trim_end())
}

#[derive(Serialize)]
struct Object<'a> {
    schema: u32,
    query: Asked<'a>,
    total: u64,
    people: Option<usize>,
    organizations: Option<usize>,
    places: Option<usize>,
    entities: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Asked<'a> {
    text: &'a str,
    understood: String,
    with: &'a [String],
    problems: Vec<&'a str>,
}

#[derive(Serialize)]
struct Row<'a> {
    kind: EntityKind,
    name: &'a str,
    articles: u64,
    /// What is counted with it.
    also: Vec<Also<'a>>,
    first: Option<&'a str>,
    last: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<&'a str>,
}

/// One object: the query, how many names of each kind there are, and those asked for.
pub fn names_json(listed: &Listed<'_>, out: &mut dyn Write) -> io::Result<()> {
    let count = |kind| listed.kinds.contains(&kind).then(|| listed.of(kind).count());
    let object = Object {
        schema: SCHEMA,
        query: Asked {
            text: &listed.request.text,
            understood: understood(&listed.request.query),
            with: listed.with,
            problems: listed.request.problems.iter().map(|it| it.message.as_str()).collect(),
        },
        total: listed.names.articles,
        people: count(EntityKind::Person),
        organizations: count(EntityKind::Organization),
        places: count(EntityKind::Place),
        entities: listed.shown().map(Row::new).collect(),
    };
    writeln!(out, "{}", to_line(&object)?)
}

#[derive(Serialize)]
struct Also<'a> {
    name: &'a str,
    articles: u64,
}

impl<'a> Row<'a> {
    fn new(count: &'a NameCount) -> Self {
        Self {
            kind: count.kind,
            name: &count.name,
            articles: count.articles,
            also: count.also.iter().map(|it| Also { name: &it.0, articles: it.1 }).collect(),
            first: count.first.as_deref(),
            last: count.last.as_deref(),
            country: count.country.as_deref(),
        }
    }
}

/// A row a name: kind, name, articles, first, last, what is counted with it, country.
pub fn names_table(listed: &Listed<'_>, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = ::csv::Writer::from_writer(out);
    writer.write_record(["kind", "name", "articles", "first", "last", "also", "country"])?;
    for it in listed.shown() {
        let kind = match it.kind {
            EntityKind::Person => "person",
            EntityKind::Organization => "organization",
            EntityKind::Place => "place",
        };
        let also = it.also.iter().map(|it| it.0.as_str()).collect::<Vec<_>>().join("; ");
        writer.write_record([
            kind,
            &*super::csv::safe(&it.name, style),
            &it.articles.to_string(),
            it.first.as_deref().unwrap_or_default(),
            it.last.as_deref().unwrap_or_default(),
            &*super::csv::safe(&also, style),
            it.country.as_deref().unwrap_or_default(),
        ])?;
    }
    writer.flush()
}
