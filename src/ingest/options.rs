//! What a reader is told: names of keys, values that hold for a folder, charset, limits.

use std::time::Duration;

use super::claims::{FIELDS_READ, Target, target_of};
use super::decode;
use super::skip::ReadError;

/// How files are to be read; remembered with the folder.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// `--map field=key`: under which key of a record a field is found (dots for nesting).
    pub map: Vec<(String, String)>,
    /// `--set field=value`: what holds for each article, where its source does not say.
    pub set: Vec<(String, String)>,
    /// `--encoding NAME`: the charset, whatever the file says.
    pub encoding: Option<String>,
    /// How much is read.
    pub limits: Limits,
    /// How long the program has been running; without a clock no file takes too long.
    pub clock: Option<fn() -> Duration>,
}

impl ReadOptions {
    /// Says which of the options cannot be followed.
    pub fn check(&self) -> Result<(), ReadError> {
        for (field, _) in self.map.iter().chain(&self.set) {
            if target_of(field).is_none() {
                return Err(unknown(field));
            }
        }
        decode::encoding_named(self.encoding.as_deref())?;
        Ok(())
    }
}

/// Says which field may have been meant, and which there are.
fn unknown(field: &str) -> ReadError {
    let meant = nearest_of(field, FIELDS_READ.iter().map(|row| row.0));
    let hint = meant.map_or_else(
        || {
            let mut names: Vec<(&str, Target)> = Vec::new();
            for row in FIELDS_READ {
                // The first name of each stands for the others.
                if names.iter().all(|known| known.1 != row.1) {
                    names.push(*row);
                }
            }
            let names: Vec<_> = names.iter().map(|row| row.0).collect();
            format!("there are {}", names.join(", "))
        },
        |it| format!("did you mean `{it}`?"),
    );
    ReadError::UnknownField { given: field.to_owned(), hint }
}

/// The name most like what was typed, if any is near enough to be meant.
fn nearest_of<'n>(typed: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let typed = typed.to_lowercase();
    let rated = names.map(|name| (letters_apart(&typed, name), name));
    rated
        .filter(|(apart, name)| *apart <= 2.min(name.len() / 2))
        .min_by_key(|row| row.0)
        .map(|row| row.1)
}

/// How many letters have to be added, dropped or changed to make one word of the other.
fn letters_apart(typed: &str, name: &str) -> usize {
    let typed: Vec<char> = typed.chars().take(64).collect();
    let mut row: Vec<usize> = (0..=typed.len()).collect();
    for (line, letter) in name.chars().enumerate() {
        let mut before = std::mem::replace(&mut row[0], line + 1);
        for (column, other) in typed.iter().enumerate() {
            let changed = before + usize::from(*other != letter);
            before = row[column + 1];
            row[column + 1] = changed.min(before + 1).min(row[column] + 1);
        }
    }
    row[typed.len()]
}

/// How much is read of a file or a record, so that no input can fill the memory.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of an HTML page.
    pub html_bytes: u64,
    /// Bytes of a plain text.
    pub plain_bytes: u64,
    /// Bytes of the text of one article, of whatever format.
    pub article_bytes: u64,
    /// Bytes of a page that holds a download of many articles.
    pub download_bytes: u64,
    /// Bytes of one record of a file that is streamed.
    pub record_bytes: u64,
    /// Open elements in an HTML page; deeper ones are flattened.
    pub html_depth: usize,
    /// Elements in an HTML page; the tags of further ones are dropped.
    pub html_elements: usize,
    /// Bytes of one block of JSON-LD.
    pub json_ld_bytes: usize,
    /// Bytes that one file may unpack to, over all that is packed in it.
    pub unpacked_bytes: u64,
    /// How many times its size something may unpack to, once it has given `ratio_free_bytes`.
    pub unpacked_ratio: u64,
    /// Bytes that may unpack from however little.
    pub ratio_free_bytes: u64,
    /// Entries of containers in one file.
    pub entries: u64,
    /// How often things may be packed in each other.
    pub container_depth: usize,
    /// How long a file may give neither an article nor a reason.
    pub patience: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            html_bytes: 20 << 20,
            plain_bytes: 8 << 20,
            article_bytes: 8 << 20,
            download_bytes: 50 << 20,
            record_bytes: 16 << 20,
            html_depth: 512,
            html_elements: 100_000,
            json_ld_bytes: 2 << 20,
            unpacked_bytes: 100 << 30,
            unpacked_ratio: 200,
            ratio_free_bytes: 64 << 20,
            entries: 2_000_000,
            container_depth: 8,
            patience: Duration::from_secs(120),
        }
    }
}
