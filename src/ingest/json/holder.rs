//! A JSON file -> its records, one after the other, in memory bounded by the largest record.

use std::cell::Cell;
use std::fmt;
use std::io::{self, BufReader, Read};

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::super::skip::megabytes;
use super::super::transcode::{Notes, Transcoder};
use super::super::{ReadError, ReadOptions, Sink, Skip, SkipKind};
use super::no_numbers::NoNumbers;
use super::{hand_over, record};
use crate::article::Place;

/// The keys under which a list of articles is held.
static HOLDERS: &[&str] = &[
    "articles",
    "items",
    "docs",
    "documents",
    "results",
    "data",
    "records",
    "response",
    "stories",
    "hits",
    "entries",
    "posts",
    "news",
    "value",
    "channel",
    "feed",
    "rows",
    "content",
];

/// How deep such keys are looked for (`response.docs`).
const DEEPEST: u8 = 4;

/// Reads one value, or several one after the other.
pub(super) fn read(
    place: &Place,
    input: &mut dyn Read,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<(), ReadError> {
    let transcoder = Transcoder::new(input, None, options.encoding.as_deref())?;
    let notes = transcoder.notes();
    let limit = options.limits.record_bytes;
    let left = Cell::new(limit);
    let input = NoNumbers::new(BufReader::with_capacity(64 << 10, transcoder));
    let metered = Metered { input, left: &left };
    let mut state =
        State { place: place.clone(), options, notes, sink, left: &left, stopped: false };
    let mut deserializer =
        serde_json::Deserializer::from_reader(BufReader::with_capacity(8 << 10, metered));
    loop {
        left.set(limit);
        let error = match (Holder { state: &mut state, depth: 0 }).deserialize(&mut deserializer) {
            Ok(found) => {
                if let Found::Value(value) = found {
                    state.record(value);
                }
                if state.stopped {
                    return Ok(());
                }
                match deserializer.end() {
                    Ok(()) => return Ok(()),
                    // Objects one after the other, without a list around them.
                    Err(error) if error.is_syntax() => continue,
                    Err(error) => error,
                }
            }
            Err(_) if state.stopped => return Ok(()),
            Err(error) => error,
        };
        let skip = match error.classify() {
            _ if left.get() == 0 => Skip::new(
                SkipKind::TooLarge,
                format!("a record of over {}: the rest of the file is not read", megabytes(limit)),
            ),
            serde_json::error::Category::Io => return Err(ReadError::Read(error.into())),
            serde_json::error::Category::Syntax
            | serde_json::error::Category::Data
            | serde_json::error::Category::Eof => {
                Skip::new(SkipKind::Broken, format!("broken JSON: {error}"))
            }
        };
        let _ = state.sink.skip(state.place.clone(), skip);
        return Ok(());
    }
}

struct State<'a> {
    place: Place,
    options: &'a ReadOptions,
    notes: Notes,
    sink: &'a mut dyn Sink,
    left: &'a Cell<u64>,
    stopped: bool,
}

impl State<'_> {
    fn record(&mut self, value: Value) {
        if self.sink.wants_originals() {
            // Only its value is known here, not how it was spaced.
            self.sink.original(&format!("{value:#}"));
        }
        self.stopped |=
            hand_over(&self.place, value, self.options, &self.notes, &[], self.sink).is_break();
        self.place.record = self.place.record.saturating_add(1);
        self.left.set(self.options.limits.record_bytes);
    }
}

/// Gives an error, and not more bytes, once a record is over its limit.
struct Metered<'a, R> {
    input: R,
    left: &'a Cell<u64>,
}

impl<R: Read> Read for Metered<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        if count > 0 {
            let left = self.left.get().saturating_sub(count as u64);
            self.left.set(left);
            if left == 0 {
                return Err(io::Error::other("a record is too large"));
            }
        }
        Ok(count)
    }
}

/// What a value turned out to be.
enum Found {
    /// Records, which have been handed over.
    Records,
    /// A value of its own.
    Value(Value),
}

/// Looks for a list of articles in a value.
struct Holder<'s, 'a> {
    state: &'s mut State<'a>,
    depth: u8,
}

impl<'de> DeserializeSeed<'de> for Holder<'_, '_> {
    type Value = Found;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Found, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Holder<'_, '_> {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Found, A::Error> {
        let mut kept = Vec::new();
        let mut first = true;
        let mut streaming = self.depth == 0;
        while let Some(value) = list.next_element::<Value>()? {
            // Within an object the first element tells whether this is a list of articles.
            if first && record::looks_like_article(&value, self.state.options) {
                streaming = true;
            }
            first = false;
            if streaming {
                self.state.record(value);
                if self.state.stopped {
                    return Err(A::Error::custom("stopped"));
                }
            } else {
                kept.push(value);
            }
        }
        Ok(if streaming { Found::Records } else { Found::Value(Value::Array(kept)) })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Found, A::Error> {
        let mut kept = Map::new();
        let mut records = false;
        while let Some(key) = map.next_key::<String>()? {
            let may_hold = self.depth < DEEPEST
                && HOLDERS.contains(&key.to_lowercase().as_str())
                && !record::has_text(&kept, self.state.options);
            if may_hold {
                let holder = Holder { state: &mut *self.state, depth: self.depth + 1 };
                match map.next_value_seed(holder)? {
                    Found::Records => records = true,
                    Found::Value(value) => drop(kept.insert(key, value)),
                }
            } else {
                kept.insert(key, map.next_value()?);
            }
        }
        Ok(if records { Found::Records } else { Found::Value(Value::Object(kept)) })
    }

    fn visit_bool<E>(self, value: bool) -> Result<Found, E> {
        Ok(Found::Value(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Found, E> {
        Ok(Found::Value(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Found, E> {
        Ok(Found::Value(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Found, E> {
        Ok(Found::Value(value.into()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Found, E> {
        Ok(Found::Value(value.into()))
    }

    fn visit_unit<E>(self) -> Result<Found, E> {
        Ok(Found::Value(Value::Null))
    }
}
