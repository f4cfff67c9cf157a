//! What a reader is told: names of keys, values that hold for a folder, charset, limits.

use std::time::Duration;

use super::claims::target_of;
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
                return Err(ReadError::UnknownField(field.clone()));
            }
        }
        decode::encoding_named(self.encoding.as_deref())?;
        Ok(())
    }
}

/// How much is read of a file or a record, so that no input can fill the memory.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of an HTML page.
    pub html_bytes: u64,
    /// Bytes of a plain text.
    pub plain_bytes: u64,
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
            plain_bytes: 50 << 20,
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
