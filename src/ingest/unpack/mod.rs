//! Compressed files and containers -> what lies in them, read like files, with a place that says where.
//!
//! Everything is unpacked as it streams by: nothing is written to a disk, and no more is held than a decoder's window.
//!
//! | what | file |
//! |---|---|
//! | how much may come out, and for how long | `budget` |
//! | compressed streams | `compressed`, `bzip2` |
//! | containers | `zip`, `tar` |
//! | what the names in them mean | `names` |

mod budget;
mod bzip2;
mod compressed;
mod names;
mod source;
mod tar;
#[cfg(test)]
mod tests;
mod zip;

use std::cell::{Cell, RefCell};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::{ReadError, ReadOptions, Sink, Skip, SkipKind, read_within};
use crate::article::Place;

use budget::Unpacked;
pub(super) use budget::{Budget, FromDisk, Watched};

/// A way to pack files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    /// A gzip stream.
    Gzip,
    /// A Zstandard stream.
    Zstd,
    /// An xz stream.
    Xz,
    /// A bzip2 stream.
    Bzip2,
    /// A zip archive.
    Zip,
    /// A tar archive.
    Tar,
}

/// What is unpacked, the endings it goes by, and a line about it.
pub static PACKINGS: &[(Packing, &[&str], &str)] = &[
    (Packing::Gzip, &["gz", "tgz"], "a compressed file, or a compressed tar archive"),
    (Packing::Zstd, &["zst", "tzst"], "the same"),
    (Packing::Xz, &["xz", "txz"], "the same"),
    (Packing::Bzip2, &["bz2", "tbz", "tbz2"], "the same"),
    (Packing::Zip, &["zip"], "an archive of files; in it files, and archives, of any kind"),
    (Packing::Tar, &["tar"], "the same"),
];

impl Packing {
    /// Its name, for the catalog and for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
            Self::Xz => "xz",
            Self::Bzip2 => "bzip2",
            Self::Zip => "zip",
            Self::Tar => "tar",
        }
    }

    /// That of a file that begins like this, whatever its name.
    pub(super) fn of(head: &[u8]) -> Option<Self> {
        let stream = || match *head {
            [b'B', b'Z', b'h', b'1'..=b'9', ref rest @ ..] => {
                rest.starts_with(b"1AY&SY") || rest.starts_with(b"\x17\x72\x45\x38\x50\x90")
            }
            _ => false,
        };
        if head.starts_with(b"\x1f\x8b") {
            Some(Self::Gzip)
        } else if head.starts_with(b"\x28\xb5\x2f\xfd") || is_skippable_zstd(head) {
            Some(Self::Zstd)
        } else if head.starts_with(b"\xfd7zXZ\0") {
            Some(Self::Xz)
        } else if stream() {
            Some(Self::Bzip2)
        } else if zip::begins(head) {
            Some(Self::Zip)
        } else if tar::begins(head) {
            Some(Self::Tar)
        } else {
            None
        }
    }

    /// That which an ending promises.
    pub(super) fn of_ending(ending: &str) -> Option<Self> {
        PACKINGS.iter().find(|row| row.1.contains(&ending)).map(|row| row.0)
    }
}

/// `zstd --long` and its seekable files begin with a frame that holds no data.
fn is_skippable_zstd(head: &[u8]) -> bool {
    matches!(*head, [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..])
}

/// What is being read, and how far it may go.
pub(super) struct Reading<'a, 'b> {
    pub(super) options: &'a ReadOptions,
    pub(super) budget: &'a Budget<'b>,
    /// Where one file is to be copied to, instead of reading any.
    pub(super) copying: Option<&'a RefCell<Copying<'a>>>,
}

/// One file that is to be copied as it is, unpacked.
pub(super) struct Copying<'a> {
    /// Its place in a container; none for the file on the disk.
    pub(super) inside: Option<&'a str>,
    pub(super) out: &'a mut dyn Write,
    /// Whether it was met.
    pub(super) done: bool,
}

/// Reads all that is packed in `input`.
pub(super) fn read(
    packing: Packing,
    name: &Path,
    place: &Place,
    input: &mut dyn Read,
    reading: &Reading<'_, '_>,
    sink: &mut dyn Sink,
) -> Result<(), ReadError> {
    let Some(_deeper) = reading.budget.enter() else {
        let depth = reading.options.limits.container_depth;
        let reason = format!("packed over {depth} times in each other: not opened");
        let _ = sink.skip(place.clone(), Skip::new(SkipKind::TooLarge, reason));
        return Ok(());
    };
    let taken = Cell::new(0);
    let mut source = source::Source::new(input, &taken);
    let decoder = match packing {
        Packing::Zip => return zip::read(place, &mut source, reading, sink),
        Packing::Tar => return tar::read(place, &mut source, reading, sink),
        Packing::Gzip => compressed::gzip(&mut source),
        Packing::Zstd => compressed::zstd(&mut source),
        Packing::Xz => compressed::xz(&mut source),
        Packing::Bzip2 => compressed::bzip2(&mut source),
    };
    let unpacked = Unpacked::new(decoder, reading.budget, &taken);
    stream(&names::unpacked(name), place, unpacked, reading, sink)
}

/// Reads what a decoder gives, and says why it ended before its end.
fn stream(
    name: &Path,
    place: &Place,
    mut unpacked: Unpacked<'_, '_>,
    reading: &Reading<'_, '_>,
    sink: &mut dyn Sink,
) -> Result<(), ReadError> {
    read_part(name, place, &mut unpacked, reading, sink)?;
    if let Some(fault) = unpacked.fault {
        let _ = sink.skip(place.clone(), fault);
    }
    Ok(())
}

/// Reads as much of what a decoder gives as its format wants.
fn read_part(
    name: &Path,
    place: &Place,
    unpacked: &mut Unpacked<'_, '_>,
    reading: &Reading<'_, '_>,
    sink: &mut dyn Sink,
) -> Result<(), ReadError> {
    let mut first = Vec::new();
    (&mut *unpacked).take(1).read_to_end(&mut first).map_err(ReadError::Read)?;
    // What is damaged from its first byte on is damaged, and not empty.
    if first.is_empty() && unpacked.fault.is_some() {
        return Ok(());
    }
    let mut whole = io::Cursor::new(first).chain(unpacked);
    read_within(name, place, &mut whole, reading, sink)?;
    Ok(())
}

/// The place of an entry of a container, and the name that its format is told by.
fn entry_place(container: &Place, name: &str) -> (Place, PathBuf) {
    let inside = match &container.inside {
        Some(outer) => format!("{outer}/{name}"),
        None => name.to_owned(),
    };
    let place = Place { path: container.path.clone(), inside: Some(inside), record: 0 };
    (place, PathBuf::from(name))
}
