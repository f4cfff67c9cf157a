//! The lines of a concordance: aligned for a terminal, as a table, as JSON.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::ops::ControlFlow;

use serde::Serialize;

use super::article_facts::{counted, short_id};
use super::json::{SearchHead, to_line};
use super::paint::{Ink, isolated, paint};
use super::wrap::{column_count, text_columns};
use super::{Style, sanitize};
use crate::search::{Head, Line, LineSink};

/// How a concordance is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KwicForm {
    /// Aligned, for people.
    Text,
    /// Tabs between, nothing quoted.
    Tsv,
    /// As a spreadsheet reads it.
    Csv,
    /// One object.
    Json,
    /// One line an object.
    JsonLines,
}

/// Columns of a table, in order.
const COLUMNS: [&str; 14] = [
    "line",
    "id",
    "published",
    "source",
    "authors",
    "field",
    "left",
    "node",
    "right",
    "start",
    "end",
    "root",
    "path",
    "record",
];

/// A line, as programs get it.
#[derive(Debug, Serialize)]
struct KwicLine<'a> {
    line: u64,
    id: &'a str,
    published: Option<&'a str>,
    source: Option<&'a str>,
    authors: &'a [String],
    field: &'a str,
    left: &'a str,
    node: &'a str,
    right: &'a str,
    start: usize,
    end: usize,
    root: &'a str,
    path: &'a str,
    inside: Option<&'a str>,
    record: u32,
}

/// Writes a concordance as its lines come.
pub struct Kwic<'w> {
    out: &'w mut dyn Write,
    head: Head,
    form: KwicForm,
    style: Style,
    /// Columns before the match and after it, when they are given.
    width: Option<usize>,
    lines: u64,
    articles: u64,
    printed: u64,
}

impl<'w> Kwic<'w> {
    /// Ready to write; `head` is what holds for the articles.
    pub fn new(
        out: &'w mut dyn Write,
        head: Head,
        form: KwicForm,
        style: Style,
        width: Option<usize>,
    ) -> Self {
        Self { out, head, form, style, width, lines: 0, articles: 0, printed: 0 }
    }

    /// Writes what stands after the last line.
    pub fn end(self) -> io::Result<()> {
        let printed = self.printed;
        match self.form {
            KwicForm::Text if printed > 0 && printed < self.lines => {
                writeln!(self.out, "\n{printed} of {}", counted(self.lines, "line", "lines"))
            }
            KwicForm::Json => writeln!(self.out, "{}]}}", if printed > 0 { "\n" } else { "" }),
            KwicForm::Text | KwicForm::Tsv | KwicForm::Csv | KwicForm::JsonLines => Ok(()),
        }
    }

    fn text(&mut self, line: &Line) -> io::Result<()> {
        let source_columns = if self.style.width >= 120 { 20 } else { 9 };
        let doubt = if line.inferred { "?" } else { "" };
        let date = line.published.as_deref().unwrap_or("undated");
        let date = format!("{}{doubt}", sanitize::line(date));
        let source = sanitize::line(line.source.as_deref().unwrap_or("-")).into_owned();
        let id = sanitize::line(short_id(&line.id)).into_owned();
        let about = format!("{id:<8} {date:<11} {}", fitting(&source, source_columns));
        // Where the context begins; a long id takes from it, so that the matches stay below each other.
        let begin = 22 + source_columns;
        let marks = if self.style.colour { 0 } else { 4 };
        let free = self.style.width.saturating_sub(begin + marks);
        let left_columns = self.width.unwrap_or(free * 45 / 100);
        let room = free.saturating_sub(left_columns);
        let node = sanitize::line(&line.node).into_owned();
        let node = if self.width.is_some() { node } else { fitting(&node, room) };
        let right_columns = self.width.unwrap_or(room.saturating_sub(text_columns(&node)));
        let over = text_columns(&about).saturating_sub(begin - 1);
        let before = last_columns(&sanitize::line(&line.left), left_columns.saturating_sub(over));
        let after = first_columns(&sanitize::line(&line.right), right_columns);
        let gap =
            (begin + left_columns).saturating_sub(text_columns(&about) + text_columns(&before));
        let mut row = String::new();
        paint(&mut row, self.style, Ink::Dim, &about);
        row.push_str(&" ".repeat(gap));
        row.push_str(&isolated(self.style, &before));
        let node = isolated(self.style, &node);
        if self.style.colour {
            paint(&mut row, self.style, Ink::Match, &node);
        } else {
            let _ = write!(row, "**{node}**");
        }
        row.push_str(&isolated(self.style, &after));
        writeln!(self.out, "{}", row.trim_end())
    }

    fn row(&self, line: &Line) -> [String; 14] {
        [
            self.printed.to_string(),
            line.id.clone(),
            line.published.clone().unwrap_or_default(),
            line.source.clone().unwrap_or_default(),
            line.authors.join("; "),
            line.field.to_string(),
            line.left.clone(),
            line.node.clone(),
            line.right.clone(),
            line.start.to_string(),
            line.end.to_string(),
            line.root.clone(),
            match &line.place.inside {
                Some(inside) => format!("{}!{inside}", line.place.path),
                None => line.place.path.clone(),
            },
            line.place.record.to_string(),
        ]
    }

    fn json(&self, line: &Line) -> io::Result<String> {
        to_line(&KwicLine {
            line: self.printed,
            id: &line.id,
            published: line.published.as_deref(),
            source: line.source.as_deref(),
            authors: &line.authors,
            field: &line.field,
            left: &line.left,
            node: &line.node,
            right: &line.right,
            start: line.start,
            end: line.end,
            root: &line.root,
            path: &line.place.path,
            inside: line.place.inside.as_deref(),
            record: line.place.record,
        })
    }

    fn table(&mut self, cells: &[String]) -> io::Result<()> {
        let mut writer = ::csv::Writer::from_writer(&mut *self.out);
        writer
            .write_record(cells.iter().map(|it| super::csv::safe(it, self.style).into_owned()))?;
        writer.flush()
    }
}

impl LineSink for Kwic<'_> {
    fn lines(&mut self, lines: u64, articles: u64) -> io::Result<()> {
        (self.lines, self.articles) = (lines, articles);
        match self.form {
            KwicForm::Text => {
                let head = super::text::head_text(&self.head, self.style);
                self.out.write_all(head.as_bytes())?;
                if self.head.total > 0 {
                    let (all, within) =
                        (counted(lines, "line", "lines"), counted(articles, "article", "articles"));
                    if lines == 0 {
                        writeln!(
                            self.out,
                            "no lines: it is no word of title, deck or text that matches"
                        )?;
                    } else {
                        writeln!(self.out, "{all} in {within}\n")?;
                    }
                }
                Ok(())
            }
            KwicForm::Tsv => writeln!(self.out, "{}", COLUMNS.join("\t")),
            KwicForm::Csv => self.table(&COLUMNS.map(str::to_owned)),
            KwicForm::Json => {
                let head = to_line(&SearchHead::new(&self.head, None))?;
                let open = head.strip_suffix('}').unwrap_or(&head);
                write!(self.out, "{open},\"matches\":{lines},\"lines\":[")
            }
            KwicForm::JsonLines => Ok(()),
        }
    }

    fn line(&mut self, line: &Line) -> io::Result<ControlFlow<()>> {
        self.printed += 1;
        match self.form {
            KwicForm::Text => self.text(line)?,
            KwicForm::Csv => {
                let row = self.row(line);
                self.table(&row)?;
            }
            KwicForm::Tsv => {
                // Tabs and line ends become spaces: nothing is quoted.
                let cells = self.row(line).map(|it| sanitize::line(&it).into_owned());
                writeln!(self.out, "{}", cells.join("\t"))?;
            }
            KwicForm::Json => {
                let joint = if self.printed > 1 { ",\n" } else { "\n" };
                write!(self.out, "{joint}{}", self.json(line)?)?;
            }
            KwicForm::JsonLines => writeln!(self.out, "{}", self.json(line)?)?,
        }
        Ok(ControlFlow::Continue(()))
    }
}

/// Part of a word at the border is left out, unless it is as long as this.
const LONGEST_PIECE: usize = 15;

/// The beginning of a text in so many columns, with a sign that it goes on.
fn fitting(text: &str, columns: usize) -> String {
    if text_columns(text) <= columns {
        return text.to_owned();
    }
    let mut kept = beginning(text.chars(), columns.saturating_sub(1));
    kept.push('…');
    kept.into_iter().collect()
}

fn first_columns(text: &str, columns: usize) -> String {
    whole_words(beginning(text.chars(), columns), text.chars()).into_iter().collect()
}

fn last_columns(text: &str, columns: usize) -> String {
    let kept = whole_words(beginning(text.chars().rev(), columns), text.chars().rev());
    kept.into_iter().rev().collect()
}

fn beginning(text: impl Iterator<Item = char>, columns: usize) -> Vec<char> {
    let mut used = 0;
    let fits = |ch: &char| {
        used += column_count(*ch);
        used <= columns
    };
    text.take_while(fits).collect()
}

/// Without the piece of a word at the end of what was kept.
fn whole_words(mut kept: Vec<char>, mut text: impl Iterator<Item = char>) -> Vec<char> {
    let goes_on = text.nth(kept.len()).is_some_and(char::is_alphanumeric);
    if goes_on
        && let Some(space) = kept.iter().rposition(|it| *it == ' ')
        && kept.len() - space <= LONGEST_PIECE
    {
        kept.truncate(space);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Place;

    #[test]
    fn matches_stand_below_each_other() {
        let line = |left: &str, node: &str, right: &str, id: &str| Line {
            id: id.into(),
            published: Some("2020-09-14".into()),
            inferred: true,
            source: Some("The Morning Herald".into()),
            place: Place::default(),
            left: left.into(),
            node: node.into(),
            right: right.into(),
            ..Line::default()
        };
        let lines = [
            line("It began at noon. The ", "CSTO", " has obligations to all members", "3f9a2c1b77"),
            line("東京都の会議、東京都の会議 ", "CSTO", "\u{1b}[31m red", "3f9a2c1b77e0-12"),
            line("", "CSTO", "", "77"),
        ];
        let mut out = Vec::new();
        let style = Style::default();
        let mut kwic = Kwic::new(&mut out, Head::default(), KwicForm::Text, style, None);
        for it in &lines {
            assert!(kwic.line(it).unwrap().is_continue());
        }
        let text = String::from_utf8(out).unwrap();
        let columns: Vec<_> =
            text.lines().map(|it| text_columns(it.split("**").next().unwrap())).collect();
        assert_eq!(columns, [columns[0]; 3], "{text}");
        assert!(
            text.lines().all(|it| text_columns(it) <= 80) && !text.contains('\u{1b}'),
            "{text}"
        );
    }
}
