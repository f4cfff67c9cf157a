//! Results to a table: one row a hit, quoted as RFC 4180 says, safe to open in a spreadsheet.

use std::borrow::Cow;
use std::io::{self, Write};
use std::ops::ControlFlow;

use super::article_facts::{published_from, published_precision};
use super::{RenderContext, Renderer, ResultRenderer, Style, sanitize};
use crate::search::{Head, Hit, ResultSink};

/// A row a hit.
pub(super) struct Csv;

/// What a cell shows.
enum Value<'a> {
    /// From the archive: never a formula.
    Text(Cow<'a, str>),
    /// A number of ours.
    Number(String),
    /// Nothing.
    Empty,
}

/// A column: its name, and what a hit has there.
type Column = (&'static str, for<'a> fn(&'a Hit) -> Value<'a>);

/// All columns, in order.
static COLUMNS: &[Column] = &[
    ("rank", |hit| number(&hit.rank)),
    ("id", |hit| text(&hit.article.id)),
    ("source_id", |hit| optional(hit.article.source_id.as_deref())),
    ("score", |hit| number(&hit.score)),
    ("rung", |hit| optional(hit.rung.map(crate::search::Rung::name))),
    ("matches", |hit| number(&hit.matches)),
    ("title", |hit| optional(hit.article.title.as_deref())),
    ("deck", |hit| optional(hit.article.deck.as_deref())),
    ("authors", |hit| list(&hit.article.authors)),
    ("agency", |hit| optional(hit.article.agency.as_deref())),
    ("published", |hit| optional(hit.article.published.as_ref().map(|it| it.date.as_str()))),
    ("published_precision", |hit| optional(published_precision(&hit.article))),
    ("published_from", |hit| optional(published_from(&hit.article))),
    ("published_at", |hit| {
        optional(hit.article.published.as_ref().and_then(|it| it.at.as_deref()))
    }),
    ("published_partial", |hit| optional(hit.article.published_partial.as_deref())),
    ("updated", |hit| optional(hit.article.updated.as_deref())),
    ("source", |hit| optional(hit.article.source.as_deref())),
    ("section", |hit| optional(hit.article.section.as_deref())),
    ("language", |hit| optional(hit.article.language.as_deref())),
    ("url", |hit| optional(hit.article.url.as_deref())),
    ("root", |hit| text(&hit.root)),
    ("path", |hit| text(&hit.article.place.path)),
    ("inside", |hit| optional(hit.article.place.inside.as_deref())),
    ("record", |hit| number(&hit.article.place.record)),
    ("words", |hit| number(&hit.words)),
    ("people", |hit| list(&hit.article.people)),
    ("organizations", |hit| list(&hit.article.organizations)),
    ("places", |hit| list(&hit.article.places)),
    ("passage", |hit| optional(hit.passages.first().map(|passage| passage.text.as_str()))),
];

impl Renderer for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn about(&self) -> &'static str {
        "a table, one row a hit, for spreadsheets"
    }

    fn every_copy_is_a_hit(&self) -> bool {
        true
    }

    fn begin<'w>(
        &self,
        out: &'w mut dyn Write,
        style: Style,
        context: RenderContext,
    ) -> Box<dyn ResultRenderer + 'w> {
        let writer = ::csv::Writer::from_writer(out);
        Box::new(CsvResults { writer, style, context, is_fallback: false })
    }
}

struct CsvResults<'w> {
    writer: ::csv::Writer<&'w mut dyn Write>,
    style: Style,
    context: RenderContext,
    is_fallback: bool,
}

impl ResultSink for CsvResults<'_> {
    fn head(&mut self, head: &Head) -> io::Result<()> {
        self.is_fallback = head.fallback;
        if !self.context.continued {
            let query = self.context.query_id.as_ref().map(|_| "query_id");
            let names = query.into_iter().chain(COLUMNS.iter().map(|&(name, _)| name));
            self.writer.write_record(names)?;
        }
        Ok(())
    }

    fn hit(&mut self, hit: &Hit) -> io::Result<ControlFlow<()>> {
        if self.is_fallback {
            // Rows are taken for what satisfies the query.
            return Ok(ControlFlow::Break(()));
        }
        let query = self.context.query_id.as_deref().map(text);
        for value in query.into_iter().chain(COLUMNS.iter().map(|(_, value)| value(hit))) {
            self.writer.write_field(cell(value, self.style).as_bytes())?;
        }
        // Ends the row.
        self.writer.write_record(None::<&[u8]>)?;
        Ok(ControlFlow::Continue(()))
    }
}

impl ResultRenderer for CsvResults<'_> {
    fn end(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// Text of an archive as a cell: never a formula, and on a terminal never an escape.
pub(super) fn safe(text: &str, style: Style) -> Cow<'_, str> {
    cell(Value::Text(Cow::Borrowed(text)), style)
}

fn cell(value: Value<'_>, style: Style) -> Cow<'_, str> {
    match value {
        Value::Number(number) => Cow::Owned(number),
        Value::Empty => Cow::Borrowed(""),
        Value::Text(text) => {
            let text =
                if style.terminal { Cow::Owned(sanitize::lines(&text).into_owned()) } else { text };
            if is_formula(&text) { Cow::Owned(format!("'{text}")) } else { text }
        }
    }
}

/// Spreadsheets compute a cell that begins with one of these, and some of them its full-width twin.
fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

fn number(number: &impl ToString) -> Value<'static> {
    Value::Number(number.to_string())
}

fn text(text: &str) -> Value<'_> {
    Value::Text(Cow::Borrowed(text))
}

fn optional(value: Option<&str>) -> Value<'_> {
    value.map_or(Value::Empty, text)
}

fn list(values: &[String]) -> Value<'_> {
    Value::Text(Cow::Owned(values.join("; ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::sample::{head, hits, rendered};

    fn read_back(text: &str) -> Vec<Vec<String>> {
        let mut reader =
            ::csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    #[test]
    fn rows_read_back() {
        let text = rendered("csv", Style::default(), RenderContext::default(), &head(), &hits());
        let rows = read_back(&text);
        let column = |name: &str| rows[0].iter().position(|it| it == name).unwrap();
        assert_eq!(rows.len(), 4);
        assert_eq!(rows[1][column("authors")], "Dmitry Sudakov; Ada \"Ace\" Lovelace");
        assert_eq!(rows[1][column("score")], "12.25");
        assert_eq!(rows[2][column("published_partial")], "'--09-14");
        assert_eq!(rows[3][column("title")], "");
        assert_eq!(rows[3][column("passage")], hits()[2].passages[0].text);
    }

    #[test]
    fn no_formula_reaches_a_spreadsheet() {
        for first in ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "＝1"] {
            let mut hit = hits().remove(0);
            hit.article.title = Some(first.to_owned());
            hit.article.authors = vec![first.to_owned()];
            let context =
                RenderContext { query_id: Some(first.to_owned()), ..RenderContext::default() };
            let text = rendered("csv", Style::default(), context, &head(), &[hit]);
            let row = read_back(&text).remove(1);
            assert_eq!(row.iter().filter(|it| **it == format!("'{first}")).count(), 3);
            assert!(row.iter().all(|it| !is_formula(it)), "{row:?}");
        }
        assert!(!is_formula("1-1") && !is_formula("'=1"));
    }

    #[test]
    fn a_terminal_gets_no_escapes_and_the_fallback_no_rows() {
        let style = Style { terminal: true, ..Style::default() };
        let text = rendered("csv", style, RenderContext::default(), &head(), &hits());
        assert!(!text.contains('\u{1b}') && text.contains('␛'));
        let fallback = Head { fallback: true, ..head() };
        let context = RenderContext { continued: true, ..RenderContext::default() };
        assert_eq!(rendered("csv", style, context, &fallback, &hits()), "");
    }
}
