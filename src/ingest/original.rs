//! An article's place -> the file or the record it was read from, as it lies, out of what it is packed in.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::Path;

use super::unpack::{Budget, Copying, FromDisk, Reading};
use super::{ReadError, ReadOptions, Sink, Skip, printable, read_file, read_within};
use crate::article::{Place, RawArticle};

/// Copies a file to `out`, unpacked, or that which lies `inside` of it; false where it holds no such thing.
pub fn copy_original(path: &Path, inside: Option<&str>, out: &mut dyn Write) -> io::Result<bool> {
    struct Unheard;
    impl Sink for Unheard {
        fn article(&mut self, _: RawArticle) -> ControlFlow<()> {
            ControlFlow::Continue(())
        }
        fn skip(&mut self, _: Place, _: Skip) -> ControlFlow<()> {
            ControlFlow::Continue(())
        }
    }
    let options = ReadOptions::default();
    let budget = Budget::new(&options);
    let copying = RefCell::new(Copying { inside, out, done: false });
    let reading = Reading { options: &options, budget: &budget, copying: Some(&copying) };
    let mut file = File::open(path)?;
    let mut input = FromDisk { input: &mut file, budget: &budget };
    let place = Place { path: printable(path), inside: None, record: 0 };
    match read_within(path, &place, &mut input, &reading, &mut Unheard) {
        Ok(_) => Ok(copying.borrow().done),
        Err(ReadError::Open(error) | ReadError::Read(error)) => Err(error),
        Err(error @ (ReadError::UnknownEncoding(_) | ReadError::UnknownField { .. })) => {
            Err(io::Error::other(error))
        }
    }
}

/// Copies the record of an article to `out`; false where its file holds no other, and so is the record. `options` are
/// those the file was read with, since they may decide what is a record.
pub fn copy_record(
    path: &Path,
    place: &Place,
    options: &ReadOptions,
    out: &mut dyn Write,
) -> Result<bool, ReadError> {
    let mut wanted = Wanted { place, last: String::new(), found: None, others: false };
    let outer = Place { inside: None, record: 0, ..place.clone() };
    read_file(path, &outer, options, &mut wanted)?;
    match wanted.found.filter(|_| wanted.others) {
        Some(record) => {
            out.write_all(record.as_bytes()).map_err(ReadError::Read)?;
            if !record.ends_with('\n') {
                out.write_all(b"\n").map_err(ReadError::Read)?;
            }
            Ok(true)
        }
        None => Ok(false),
    }
}

/// Waits for a record.
struct Wanted<'a> {
    place: &'a Place,
    last: String,
    found: Option<String>,
    /// The file holds other records.
    others: bool,
}

impl Wanted<'_> {
    fn passes(&mut self, place: &Place) -> ControlFlow<()> {
        let text = std::mem::take(&mut self.last);
        if place.inside == self.place.inside {
            if place.record == self.place.record {
                self.found = Some(text).filter(|it| !it.is_empty());
            }
            self.others |= place.record > 0;
        }
        if self.found.is_some() && self.others {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}

impl Sink for Wanted<'_> {
    fn article(&mut self, article: RawArticle) -> ControlFlow<()> {
        self.passes(&article.place)
    }

    fn skip(&mut self, place: Place, _: Skip) -> ControlFlow<()> {
        self.passes(&place)
    }

    fn wants_originals(&mut self) -> bool {
        true
    }

    fn original(&mut self, text: &str) {
        text.clone_into(&mut self.last);
    }
}
