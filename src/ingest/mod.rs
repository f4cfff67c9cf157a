//! Files -> [`RawArticle`]: which format a file is in, and what its source states about each article.
//!
//! # Adding a format
//!
//! 1. Write `src/ingest/<name>.rs` with a unit struct that implements [`Format`].
//! 2. Add it to [`FORMATS`], before the less choosy ones.
//! 3. Put a sample in `fixtures/formats/<name>/`.
//!
//! What is packed (`unpack`) is no format: what lies in it is read like a file, with a [`Place`] that says where.

mod claims;
mod csv;
mod decode;
mod detect;
mod download;
mod entities;
mod factiva;
mod file_name;
mod guard;
mod html;
mod json;
mod lines;
mod markdown;
mod nexis;
mod options;
mod original;
mod plain;
mod reuters;
mod sgml;
mod skip;
mod sniff;
mod transcode;
mod unpack;
mod trec;
pub mod walk;

use std::fs::{self, File};
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::Path;

use crate::article::{Place, RawArticle};
use unpack::{Budget, FromDisk, Reading, Watched};

pub use claims::{FIELDS_READ, Target, target_of};
pub use detect::{Detected, detect};
pub use file_name::{named, printable};
pub use guard::guarded;
pub use options::{Limits, ReadOptions};
pub use original::{copy_original, copy_record};
pub use skip::{ReadError, Skip, SkipKind};
pub use unpack::{PACKINGS, Packing};
pub use walk::{PassedOver, Walked, walk};

/// All formats, the choosiest first.
pub static FORMATS: &[&dyn Format] = &[
    &reuters::Reuters,
    &trec::Trec,
    &nexis::Nexis,
    &factiva::Factiva,
    &html::Html,
    &json::Json,
    &json::JsonLines,
    &csv::Csv,
    &markdown::Markdown,
    &plain::Plain,
];

/// How many bytes of a file its format is told by.
pub const HEAD_BYTES: usize = 16 << 10;

/// A way to store articles in a file.
///
/// Readers push: they drive, and hand each article to a [`Sink`]. A reader can so lend out buffers
/// and walk nested containers without keeping its state between calls, which an iterator would
/// force on it.
pub trait Format: Sync {
    /// Name of the format, and of its folder in `fixtures/formats`.
    fn name(&self) -> &'static str;

    /// One line for `morgue formats`.
    fn about(&self) -> &'static str;

    /// The endings of file names it goes by, in lower case, without the dot.
    fn extensions(&self) -> &'static [&'static str];

    /// Whether a file with this name, starting with these bytes (at most [`HEAD_BYTES`]; they are those of a text), is
    /// in this format.
    fn recognizes(&self, path: &Path, head: &[u8]) -> bool;

    /// Reads all articles of a file into `sink`.
    ///
    /// An error means that the file could not be read to its end. A record that cannot be
    /// understood is no error: the sink is told with [`Sink::skip`] and the rest goes on.
    fn read(
        &self,
        place: &Place,
        input: &mut dyn Read,
        options: &ReadOptions,
        sink: &mut dyn Sink,
    ) -> Result<(), ReadError>;
}

/// Takes what a [`Format`] reads. On `Break` the reader returns `Ok` at once.
pub trait Sink {
    /// Takes an article.
    fn article(&mut self, article: RawArticle) -> ControlFlow<()>;

    /// Takes note of a file or record that gave no article.
    fn skip(&mut self, place: Place, reason: Skip) -> ControlFlow<()>;

    /// The sink that this one adds something to; what it does not take itself goes there.
    fn beneath(&mut self) -> Option<&mut dyn Sink> {
        None
    }

    /// Whether it is to be told how each record lies in its file.
    fn wants_originals(&mut self) -> bool {
        self.beneath().is_some_and(Sink::wants_originals)
    }

    /// Takes a record as it lies in a file of many; the article that is made of it follows.
    fn original(&mut self, text: &str) {
        if let Some(sink) = self.beneath() {
            sink.original(text);
        }
    }

    /// Is told before a record of so many bytes is taken apart, and may wait until there is memory for it.
    fn make_room(&mut self, bytes: u64) {
        if let Some(sink) = self.beneath() {
            sink.make_room(bytes);
        }
    }
}

/// What a file turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// Read, in the format of this name.
    Read(&'static str),
    /// Of a kind that is not read (`PDF`, `image`, ...), or empty; the sink has been told.
    NotRead(&'static str),
}

/// Opens a file, tells its format and reads it: every outcome reaches `sink` or is the error.
pub fn read_file(
    path: &Path,
    place: &Place,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<FileKind, ReadError> {
    let kind = fs::metadata(path).map_err(ReadError::Open)?.file_type();
    if !kind.is_file() && !kind.is_dir() {
        // A pipe that nobody writes to would be waited for without end, and some devices have none.
        let _ = sink.skip(place.clone(), Skip::passed_over(PassedOver::Special));
        return Ok(FileKind::NotRead(PassedOver::Special.name()));
    }
    let mut file = File::open(path).map_err(ReadError::Open)?;
    read_stream(path, place, &mut file, options, sink)
}

/// Tells the format of `input` by `name` and first bytes, and reads it; what is packed is unpacked.
pub fn read_stream(
    name: &Path,
    place: &Place,
    input: &mut dyn Read,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<FileKind, ReadError> {
    options.check()?;
    let budget = Budget::new(options);
    let mut input = FromDisk { input, budget: &budget };
    let mut sink = Watched { sink, budget: &budget };
    let reading = Reading { options, budget: &budget, copying: None };
    let kind = read_within(name, place, &mut input, &reading, &mut sink)?;
    if let Some(reason) = budget.reason() {
        let _ = sink.skip(place.clone(), reason);
    }
    Ok(kind)
}

/// Reads a file, or what lies in one.
fn read_within(
    name: &Path,
    place: &Place,
    input: &mut dyn Read,
    reading: &Reading<'_, '_>,
    sink: &mut dyn Sink,
) -> Result<FileKind, ReadError> {
    let mut head = Vec::with_capacity(HEAD_BYTES);
    input.take(HEAD_BYTES as u64).read_to_end(&mut head).map_err(ReadError::Read)?;
    if head.is_empty() {
        let _ = sink.skip(place.clone(), Skip::new(SkipKind::Empty, "the file is empty"));
        return Ok(FileKind::NotRead("empty"));
    }
    let detected = detect(name, &head);
    let mut whole = io::Cursor::new(head).chain(input);
    if let (Some(copying), Detected::Format(_) | Detected::NotRead(_)) = (reading.copying, detected)
    {
        let mut copying = copying.borrow_mut();
        if !copying.done && copying.inside == place.inside.as_deref() {
            copying.done = true;
            io::copy(&mut whole, &mut copying.out).map_err(ReadError::Read)?;
        }
        return Ok(FileKind::NotRead("copied"));
    }
    match detected {
        Detected::NotRead(kind) => {
            let _ = sink.skip(place.clone(), Skip::not_read(kind));
            Ok(FileKind::NotRead(kind))
        }
        Detected::Packed(packing) => {
            unpack::read(packing, name, place, &mut whole, reading, sink)?;
            Ok(FileKind::Read(packing.name()))
        }
        Detected::Format(format) => {
            let options = reading.options;
            let mut completing = Completing { format: format.name(), options, sink };
            if let Some(read) = guarded(|| format.read(place, &mut whole, options, &mut completing))
            {
                read?;
            } else {
                let failed = "the parser failed on it; what came before is kept";
                let _ = sink.skip(place.clone(), Skip::new(SkipKind::Broken, failed));
            }
            Ok(FileKind::Read(format.name()))
        }
    }
}

/// Adds to each article what holds for all: the name of its format, and what `--set` says.
struct Completing<'a> {
    format: &'static str,
    options: &'a ReadOptions,
    sink: &'a mut dyn Sink,
}

impl Sink for Completing<'_> {
    fn article(&mut self, mut article: RawArticle) -> ControlFlow<()> {
        let most = self.options.limits.article_bytes;
        if article.text.len() as u64 > most {
            let reason = format!("an article with a text of over {}", skip::megabytes(most));
            return self.sink.skip(article.place, Skip::new(SkipKind::TooLarge, reason));
        }
        // What stands in a container has been completed by its own format already.
        if article.format.is_empty() {
            article.format = self.format.into();
            for (field, value) in &self.options.set {
                match target_of(field) {
                    Some(Target::Claim(topic)) => article.claim(topic, value.as_str(), "set"),
                    Some(Target::Text) | None => {}
                }
            }
        }
        self.sink.article(article)
    }

    fn skip(&mut self, place: Place, reason: Skip) -> ControlFlow<()> {
        self.sink.skip(place, reason)
    }

    fn beneath(&mut self) -> Option<&mut dyn Sink> {
        Some(&mut *self.sink)
    }
}

#[cfg(test)]
mod tests;
