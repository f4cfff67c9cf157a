//! A table in text (CSV, TSV) -> articles: one a row, its columns told by the names in the first row.

mod rows;

use std::io::{BufReader, Read};
use std::ops::ControlFlow;
use std::path::Path;

use serde_json::{Map, Value};

use self::rows::{Row, Rows, split};
use super::claims::{Target, squeeze, target_of};
use super::detect::extension_of;
use super::json::{hand_over, target_of_key};
use super::skip::megabytes;
use super::transcode::{Notes, Transcoder};
use super::{Format, ReadError, ReadOptions, Sink, Skip, SkipKind};
use crate::article::{Place, Topic};

/// Tables with a row of names on top.
pub(super) struct Csv;

impl Format for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn about(&self) -> &'static str {
        "CSV, TSV: an article a row, the first row names the columns"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["csv", "tsv", "tab", "psv"]
    }

    fn recognizes(&self, path: &Path, _: &[u8]) -> bool {
        extension_of(path).is_some_and(|ending| self.extensions().contains(&ending.as_str()))
    }

    fn read(
        &self,
        place: &Place,
        input: &mut dyn Read,
        options: &ReadOptions,
        sink: &mut dyn Sink,
    ) -> Result<(), ReadError> {
        let transcoder = Transcoder::new(input, None, options.encoding.as_deref())?;
        let notes = transcoder.notes();
        let mut lines = BufReader::with_capacity(64 << 10, transcoder);
        let limit = options.limits.record_bytes;
        let mut rows = Rows::new(&mut lines, limit);
        let first = rows.first_line().map_err(ReadError::Read)?;
        rows.delimiter = delimiter(&first, options);
        let Some(Row::Whole { fields, .. }) = rows.next_row().map_err(ReadError::Read)? else {
            let _ = sink.skip(place.clone(), Skip::new(SkipKind::NoText, "a table without rows"));
            return Ok(());
        };
        let by_number = options.map.iter().any(|(_, key)| key.parse::<usize>().is_ok());
        let names: Vec<String> = if by_number {
            (1..=fields.len()).map(|number| number.to_string()).collect()
        } else {
            fields
                .iter()
                .map(|name| name.trim().trim_start_matches('\u{feff}').to_owned())
                .collect()
        };
        if let Some(reason) = no_columns(&names, options) {
            let _ = sink.skip(place.clone(), Skip::new(SkipKind::NoText, reason));
            return Ok(());
        }
        let mut table = Table { place: place.clone(), names, options, notes, sink };
        if by_number && table.row(1, fields).is_break() {
            return Ok(());
        }
        while let Some(row) = rows.next_row().map_err(ReadError::Read)? {
            let flow = match row {
                Row::Whole { line, fields } => table.row(line, fields),
                Row::TooLarge { line } => {
                    let reason = format!(
                        "the row that begins in line {line} is over {} long; a quote in it may \
                         never be closed",
                        megabytes(limit)
                    );
                    let flow =
                        table.sink.skip(table.place.clone(), Skip::new(SkipKind::TooLarge, reason));
                    table.place.record = table.place.record.saturating_add(1);
                    flow
                }
            };
            if flow.is_break() {
                break;
            }
        }
        Ok(())
    }
}

/// A table while its rows are read.
struct Table<'a> {
    place: Place,
    names: Vec<String>,
    options: &'a ReadOptions,
    notes: Notes,
    sink: &'a mut dyn Sink,
}

impl Table<'_> {
    fn row(&mut self, line: u64, mut fields: Vec<String>) -> ControlFlow<()> {
        if fields.iter().all(|field| field.trim().is_empty()) {
            return ControlFlow::Continue(());
        }
        let (wanted, found) = (self.names.len(), fields.len());
        let mut problems = Vec::new();
        if found != wanted {
            problems.push(format!("line {line} has {found} columns and the first row {wanted}"));
        }
        if found > wanted {
            // A delimiter that was not quoted cuts a text in two; where the text comes last it can
            // be put together again.
            let rest = fields.split_off(wanted);
            let last = self.names.last().is_some_and(|name| is_text(name, self.options));
            if let (true, Some(text)) = (last, fields.last_mut()) {
                for piece in rest {
                    text.push_str(", ");
                    text.push_str(piece.trim_start());
                }
            }
        }
        if self.sink.wants_originals() {
            self.sink.original(&table_of(&self.names, &fields));
        }
        let mut record = Map::new();
        for (name, value) in self.names.iter().zip(fields) {
            if !value.trim().is_empty() && !record.contains_key(name) {
                record.insert(name.clone(), Value::String(value));
            }
        }
        let value = Value::Object(record);
        let flow = hand_over(&self.place, value, self.options, &self.notes, &problems, self.sink);
        self.place.record = self.place.record.saturating_add(1);
        flow
    }
}

/// A table of one row; with the names of its columns, without which nobody can read it.
fn table_of(names: &[String], row: &[String]) -> String {
    let mut table = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for line in [names, row] {
        // Nothing can fail in memory.
        let _ = table.write_record(line);
    }
    let bytes = table.into_inner().unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Why no row can be an article: no column is a title or a text.
fn no_columns(names: &[String], options: &ReadOptions) -> Option<String> {
    let known = |name: &String| {
        is_text(name, options)
            || target_of_key(name) == Some(Target::Claim(Topic::Title))
            || is_mapped(name, options)
    };
    if names.iter().any(known) {
        return None;
    }
    let shown: Vec<String> =
        names.iter().take(12).map(|name| format!("`{}`", squeeze(name, 40).0)).collect();
    Some(format!(
        "no column is called title or text: {}; name one with --map text=COLUMN, or by its number",
        shown.join(", ")
    ))
}

fn is_text(name: &str, options: &ReadOptions) -> bool {
    let mapped = options.map.iter().find(|(_, key)| key == name);
    mapped.map_or(target_of_key(name), |(field, _)| target_of(field)) == Some(Target::Text)
}

fn is_mapped(name: &str, options: &ReadOptions) -> bool {
    options.map.iter().any(|(_, key)| key == name)
}

/// Which character parts the columns: the one that makes the most names that are known, else the
/// most columns.
fn delimiter(line: &str, options: &ReadOptions) -> char {
    let score = |delimiter: char| {
        let fields = split(line, delimiter);
        let known = fields
            .iter()
            .filter(|name| target_of_key(name).is_some() || is_mapped(name.trim(), options))
            .count();
        (known, fields.len())
    };
    // The first of equals is what the name of the format says.
    let mut best = (',', score(','));
    for delimiter in ['\t', ';', '|'] {
        let found = score(delimiter);
        if found > best.1 {
            best = (delimiter, found);
        }
    }
    best.0
}

#[cfg(test)]
mod tests;
