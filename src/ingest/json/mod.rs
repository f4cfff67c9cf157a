//! JSON files -> articles: one object, an array of them, an object that holds such an array, or an
//! object a line.

mod holder;
mod names;
mod no_numbers;
mod record;

use std::io::{BufReader, Read};
use std::ops::ControlFlow;
use std::path::Path;

use serde_json::Value;

use super::detect::{begins_with, extension_of};
use super::lines::{Line, read_line};
use super::skip::megabytes;
use super::transcode::{Notes, Transcoder};
use super::{Format, ReadError, ReadOptions, Sink, Skip, SkipKind, claims};
use crate::article::Place;

pub(super) use record::{article as article_of, target_of_key};

/// One object, an array, or an object that holds an array.
pub(super) struct Json;

impl Format for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn about(&self) -> &'static str {
        "JSON: an article, a list of articles, or an object that holds such a list"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["json"]
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
        holder::read(place, input, options, sink)
    }
}

/// One object a line.
pub(super) struct JsonLines;

impl Format for JsonLines {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn about(&self) -> &'static str {
        "JSON Lines: an article a line"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["jsonl", "ndjson", "jl"]
    }

    fn recognizes(&self, path: &Path, head: &[u8]) -> bool {
        match extension_of(path) {
            Some(ending) => self.extensions().contains(&ending.as_str()),
            None => begins_with(head, b"{\""),
        }
    }

    fn read(
        &self,
        place: &Place,
        input: &mut dyn Read,
        options: &ReadOptions,
        sink: &mut dyn Sink,
    ) -> Result<(), ReadError> {
        let mut transcoder = Transcoder::new(input, None, options.encoding.as_deref())?;
        let notes = transcoder.notes();
        let limit = options.limits.record_bytes;
        let mut lines = BufReader::with_capacity(64 << 10, &mut transcoder);
        let mut buffer = Vec::new();
        let mut place = place.clone();
        for number in 1_u64.. {
            let flow = match read_line(&mut lines, &mut buffer, limit).map_err(ReadError::Read)? {
                Line::End => break,
                Line::Whole if buffer.trim_ascii().is_empty() => continue,
                Line::Whole => line(&place, number, &mut buffer, options, &notes, sink),
                Line::TooLong(length) => {
                    let reason = format!(
                        "line {number} is over {} long ({}): no record is read of that size",
                        megabytes(limit),
                        megabytes(length)
                    );
                    sink.skip(place.clone(), Skip::new(SkipKind::TooLarge, reason))
                }
            };
            if flow.is_break() {
                break;
            }
            place.record = place.record.saturating_add(1);
        }
        Ok(())
    }
}

/// A longer line is not held while its article is read.
const KEPT: usize = 1 << 20;

fn line(
    place: &Place,
    number: u64,
    buffer: &mut Vec<u8>,
    options: &ReadOptions,
    notes: &Notes,
    sink: &mut dyn Sink,
) -> ControlFlow<()> {
    sink.make_room(buffer.len() as u64);
    let bytes = buffer.trim_ascii();
    let parsed = serde_json::from_slice::<Value>(bytes).or_else(|error| {
        // Only where it is broken: most lines need not be looked through twice.
        serde_json::from_slice(&no_numbers::without(bytes)).map_err(|_| error)
    });
    if sink.wants_originals() {
        sink.original(&String::from_utf8_lossy(bytes));
    }
    if buffer.len() > KEPT {
        *buffer = Vec::new();
    }
    match parsed {
        Ok(value @ Value::Object(_)) => hand_over(place, value, options, notes, &[], sink),
        Ok(_) => {
            let reason = format!("line {number} is no JSON object");
            sink.skip(place.clone(), Skip::new(SkipKind::Broken, reason))
        }
        Err(error) => {
            let reason = format!("line {number} is broken JSON: {}", without_line(&error));
            sink.skip(place.clone(), Skip::new(SkipKind::Broken, reason))
        }
    }
}

/// Hands over one record, as an article or as skipped; with what was noticed about it already.
pub(super) fn hand_over(
    place: &Place,
    value: Value,
    options: &ReadOptions,
    notes: &Notes,
    problems: &[String],
    sink: &mut dyn Sink,
) -> ControlFlow<()> {
    let made = record::article(place, &value, options);
    // The text is in the article now: it need not be held twice.
    drop(value);
    match made {
        Ok(mut article) => {
            for problem in notes.so_far().iter().chain(problems) {
                claims::note(&mut article, problem);
            }
            if article.text.contains('\u{fffd}') {
                claims::note(&mut article, "the text holds replaced characters");
            }
            sink.article(article)
        }
        Err(skip) => sink.skip(place.clone(), skip),
    }
}

/// The parser counts lines of what it was given, which is one line: its column is what helps.
fn without_line(error: &serde_json::Error) -> String {
    let whole = error.to_string();
    match whole.rsplit_once(" at line ") {
        Some((message, _)) if error.column() > 0 => {
            format!("{message} (character {})", error.column())
        }
        Some((message, _)) => message.to_owned(),
        None => whole,
    }
}

#[cfg(test)]
mod tests;
