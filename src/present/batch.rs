//! The articles of many queries, and their first and last date, to a table.

use std::io::{self, Write};

use serde::Serialize;

use super::json::{SCHEMA, to_line};
use super::{Style, sanitize};
use crate::search::Extent;

/// How the table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountsForm {
    /// Columns, for people.
    Text,
    /// For spreadsheets.
    Csv,
    /// One object.
    Json,
    /// One line an object.
    JsonLines,
}

impl CountsForm {
    /// The form of this name.
    pub fn find(name: &str) -> Option<Self> {
        match name {
            "text" => Some(Self::Text),
            "csv" => Some(Self::Csv),
            "json" => Some(Self::Json),
            "jsonl" => Some(Self::JsonLines),
            _ => None,
        }
    }
}

/// A query and its counts, as programs get them.
#[derive(Debug, Serialize)]
struct QueryCounts<'a> {
    id: &'a str,
    query: &'a str,
    articles: u64,
    articles_are: &'static str,
    first: Option<&'a str>,
    last: Option<&'a str>,
}

/// Writes a row a query, as they come.
#[derive(Debug)]
pub struct CountsTable {
    form: CountsForm,
    rows: u64,
}

impl CountsTable {
    /// Ready to write.
    pub fn new(form: CountsForm) -> Self {
        Self { form, rows: 0 }
    }

    /// Writes what stands before the rows.
    pub fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        match self.form {
            CountsForm::Text => writeln!(out, "articles  first       last        query"),
            CountsForm::Csv => writeln!(out, "id,query,articles,first,last"),
            CountsForm::Json => write!(out, "{{\"schema\":{SCHEMA},\"queries\":["),
            CountsForm::JsonLines => Ok(()),
        }
    }

    /// Writes a row.
    pub fn row(
        &mut self,
        id: &str,
        query: &str,
        extent: &Extent,
        style: Style,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        self.rows += 1;
        let (first, last) = (extent.first.as_deref(), extent.last.as_deref());
        let articles_are = if extent.at_least { "at least" } else { "exact" };
        let counts = QueryCounts { id, query, articles: extent.total, articles_are, first, last };
        match self.form {
            CountsForm::Text => writeln!(
                out,
                "{:>8}  {:<10}  {:<10}  {}: {}",
                extent.total,
                first.unwrap_or("-"),
                last.unwrap_or("-"),
                sanitize::line(id),
                sanitize::line(query)
            ),
            CountsForm::Csv => {
                let mut writer = ::csv::Writer::from_writer(out);
                let (id, query) = (super::csv::safe(id, style), super::csv::safe(query, style));
                let (first, last) = (first.unwrap_or(""), last.unwrap_or(""));
                writer.write_record([&*id, &*query, &extent.total.to_string(), first, last])?;
                writer.flush()
            }
            CountsForm::Json => {
                let joint = if self.rows > 1 { ",\n" } else { "\n" };
                write!(out, "{joint}{}", to_line(&counts)?)
            }
            CountsForm::JsonLines => writeln!(out, "{}", to_line(&counts)?),
        }
    }

    /// Writes what stands after the last row.
    pub fn end(self, out: &mut dyn Write) -> io::Result<()> {
        match self.form {
            CountsForm::Json => writeln!(out, "{}]}}", if self.rows > 0 { "\n" } else { "" }),
            CountsForm::Text | CountsForm::Csv | CountsForm::JsonLines => Ok(()),
        }
    }
}
