//! A zip archive -> its entries, in the order they lie in it.
//!
//! The archive is read as a stream, from the first entry on, and its list of contents, which lies at the end, is
//! compared with what was met. So an archive in an archive needs no memory, and entries that share their bytes, as in a
//! bomb, are never met.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::path::Path;

use flate2::Crc;
use rustc_hash::FxHashSet;

use super::super::{ReadError, Sink, Skip, SkipKind};
use super::budget::Unpacked;
use super::names::{self, Passing};
use super::source::Source;
use super::{Reading, compressed, entry_place, read_part, stream};
use crate::article::Place;

const LOCAL: &[u8] = b"PK\x03\x04";
const LISTED: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";
const END_64: &[u8] = b"PK\x06\x06";
const BEHIND: &[u8] = b"PK\x07\x08";

/// Whether a file begins like a zip archive; one without entries is but its end.
pub(super) fn begins(head: &[u8]) -> bool {
    // An archive in parts marks its first part.
    let head = head.strip_prefix(BEHIND).or(head.strip_prefix(b"PK00")).unwrap_or(head);
    head.starts_with(LOCAL) || head.starts_with(END) || head.starts_with(END_64)
}

/// Reads all entries.
pub(super) fn read(
    place: &Place,
    source: &mut Source<'_>,
    reading: &Reading<'_, '_>,
    sink: &mut dyn Sink,
) -> Result<(), ReadError> {
    let mut zip = Zip { place, reading, passing: Passing::default(), met: FxHashSet::default() };
    let reason = match zip.entries(source, sink) {
        Ok(()) => return Ok(()),
        Err(Stop::Read(error)) => return Err(error),
        Err(Stop::Broken(reason)) => reason,
    };
    if reading.budget.reason().is_none() {
        let _ = sink.skip(place.clone(), Skip::new(SkipKind::Broken, reason));
    }
    Ok(())
}

enum Stop {
    Read(ReadError),
    Broken(String),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::UnexpectedEof {
            Self::Broken("the archive is cut off; what came before is kept".to_owned())
        } else {
            Self::Read(ReadError::Read(error))
        }
    }
}

impl From<ReadError> for Stop {
    fn from(error: ReadError) -> Self {
        Self::Read(error)
    }
}

struct Zip<'a, 'b, 'c> {
    place: &'a Place,
    reading: &'a Reading<'b, 'c>,
    passing: Passing,
    /// Names of the entries that were met, by hash.
    met: FxHashSet<u64>,
}

/// What stands before an entry.
struct Header {
    is_encrypted: bool,
    /// Whether sizes and checksum stand behind the entry.
    sizes_behind: bool,
    method: u16,
    checksum: u32,
    packed: u64,
    size: u64,
    raw_name: Vec<u8>,
}

impl Zip<'_, '_, '_> {
    fn entries(&mut self, source: &mut Source<'_>, sink: &mut dyn Sink) -> Result<(), Stop> {
        let mut lost = Lost::default();
        loop {
            let mark = source.peek(4)?;
            if mark == LOCAL {
                if !self.reading.budget.entry() {
                    return Ok(());
                }
                let header = local(source)?;
                self.entry(&header, source, sink)?;
                if self.reading.budget.is_over() {
                    return Ok(());
                }
            } else if mark == LISTED {
                let name = listed(source)?;
                if !self.met.contains(&names::hash(&name)) {
                    lost.add(name);
                }
            } else if mark == END || mark == END_64 {
                lost.say(self.place, sink);
                return Ok(());
            } else if mark.is_empty() {
                lost.say(self.place, sink);
                return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
            } else {
                // Some programs leave room between entries, and some archives begin with something else.
                find_mark(source)?;
            }
        }
    }

    fn entry(
        &mut self,
        header: &Header,
        source: &mut Source<'_>,
        sink: &mut dyn Sink,
    ) -> Result<(), Stop> {
        let named = names::entry(&header.raw_name, true);
        self.met.insert(names::hash(&named.name));
        let has_unknown_size = header.sizes_behind && header.packed == 0;
        let is_folder = header.raw_name.ends_with(b"/");
        let (place, name) = entry_place(self.place, &named.name);
        let refused = if header.is_encrypted {
            Some(Skip::new(SkipKind::Encrypted, "needs a password: not read"))
        } else if let Some(reason) = self.passing.over(&named.name) {
            Some(Skip::passed_over(reason))
        } else {
            method_not_read(header.method, has_unknown_size)
        };
        if is_folder || refused.is_some() {
            if let (Some(skip), false) = (refused, is_folder) {
                let _ = sink.skip(place, skip);
            }
            source.skip(header.packed)?;
            // Also where sizes stand behind: they hold no mark.
            return Ok(find_mark(source)?);
        }
        let mut noting = named.noting(sink);
        if has_unknown_size {
            // Its end is where the packed bytes say, so that nothing may be taken beyond.
            let taken = source.taken();
            let before = taken.get();
            let unpacked = Unpacked::new(compressed::deflate(source), self.reading.budget, taken);
            let is_whole = self.unpack(unpacked, &name, &place, &mut noting)?;
            if is_whole {
                behind(source, taken.get() - before)?;
            } else {
                find_mark(source)?;
            }
            return Ok(());
        }
        let taken = Cell::new(0);
        let mut limited = source.take(header.packed);
        {
            let mut packed = Source::new(&mut limited, &taken);
            let decoder = match header.method {
                8 => compressed::deflate(&mut packed),
                12 => compressed::bzip2(&mut packed),
                93 => compressed::zstd(&mut packed),
                95 => compressed::xz(&mut packed),
                _ => Box::new(&mut packed),
            };
            let checked = Checked {
                inner: decoder,
                sum: Crc::new(),
                stated: header.checksum,
                left: header.size,
            };
            let checked: Box<dyn Read + '_> =
                if header.sizes_behind { checked.inner } else { Box::new(checked) };
            let unpacked = Unpacked::new(checked, self.reading.budget, &taken);
            stream(&name, &place, unpacked, self.reading, &mut noting)?;
        }
        let left = limited.limit();
        if source.skip(left)? < left {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
        }
        if header.sizes_behind { Ok(behind(source, header.packed)?) } else { Ok(()) }
    }

    /// Reads an entry to its end; says whether it has one.
    fn unpack(
        &self,
        mut unpacked: Unpacked<'_, '_>,
        name: &Path,
        place: &Place,
        sink: &mut dyn Sink,
    ) -> Result<bool, Stop> {
        read_part(name, place, &mut unpacked, self.reading, sink)?;
        io::copy(&mut unpacked, &mut io::sink())?;
        let is_whole = unpacked.is_whole();
        if let Some(fault) = unpacked.fault {
            let _ = sink.skip(place.clone(), fault);
        }
        Ok(is_whole)
    }
}

/// Entries that the list of contents names and that were not met: several share their bytes, or some were lost.
#[derive(Default)]
struct Lost {
    count: u64,
    first: String,
}

impl Lost {
    fn add(&mut self, name: String) {
        self.count += 1;
        if self.count == 1 {
            self.first = name;
        }
    }

    fn say(&self, place: &Place, sink: &mut dyn Sink) {
        if self.count == 0 {
            return;
        }
        let reason = format!(
            "{} of its entries do not lie where they should and were not read, `{}` first",
            self.count, self.first
        );
        let _ = sink.skip(place.clone(), Skip::new(SkipKind::Broken, reason));
    }
}

/// Compares what comes out with the checksum that the archive states.
struct Checked<'a> {
    inner: Box<dyn Read + 'a>,
    sum: Crc,
    stated: u32,
    left: u64,
}

impl Read for Checked<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(into)?;
        self.sum.update(&into[..count]);
        self.left = self.left.wrapping_sub(count as u64);
        if count > 0 || into.is_empty() || (self.left == 0 && self.sum.sum() == self.stated) {
            return Ok(count);
        }
        Err(io::Error::other("its checksum does not fit"))
    }
}

/// The ways to pack an entry that are known and not read.
static METHODS: &[(u16, &str)] =
    &[(1, "Shrink"), (6, "Implode"), (9, "Deflate64"), (14, "LZMA"), (98, "PPMd"), (99, "AES")];

fn method_not_read(method: u16, has_unknown_size: bool) -> Option<Skip> {
    match method {
        8 => None,
        0 | 12 | 93 | 95 if !has_unknown_size => None,
        0 | 12 | 93 | 95 => Some(Skip::new(
            SkipKind::Broken,
            "written without its size: where it ends is not known",
        )),
        other => {
            let name = METHODS.iter().find(|row| row.0 == other).map_or("unknown", |row| row.1);
            let reason = format!("packed by method {other} ({name}): not read yet");
            Some(Skip::new(SkipKind::Unknown("packed entry"), reason))
        }
    }
}

/// Reads what stands before an entry.
fn local(source: &mut Source<'_>) -> io::Result<Header> {
    let bytes = source.take_bytes(30)?;
    let flags = u16_at(&bytes, 6);
    let name = source.take_bytes(usize::from(u16_at(&bytes, 26)))?;
    let extra = source.take_bytes(usize::from(u16_at(&bytes, 28)))?;
    let (mut packed, mut size) = (u64::from(u32_at(&bytes, 18)), u64::from(u32_at(&bytes, 22)));
    if let Some(sizes) = extra_field(&extra, 1) {
        let mut sizes = sizes.chunks_exact(8).map(|it| u64_at(it, 0));
        for value in [&mut size, &mut packed] {
            if *value == u64::from(u32::MAX) {
                *value = sizes.next().unwrap_or(*value);
            }
        }
    }
    Ok(Header {
        is_encrypted: flags & 1 != 0,
        sizes_behind: flags & 8 != 0,
        method: u16_at(&bytes, 8),
        checksum: u32_at(&bytes, 14),
        packed,
        size,
        raw_name: unicode_name(&extra).unwrap_or(name),
    })
}

/// Reads a line of the list of contents; gives the name in it.
fn listed(source: &mut Source<'_>) -> io::Result<String> {
    let bytes = source.take_bytes(46)?;
    let name = source.take_bytes(usize::from(u16_at(&bytes, 28)))?;
    let extra = source.take_bytes(usize::from(u16_at(&bytes, 30)))?;
    source.skip(u64::from(u16_at(&bytes, 32)))?;
    Ok(names::entry(&unicode_name(&extra).unwrap_or(name), true).name)
}

/// Passes over sizes and checksum behind an entry, which come in four lengths.
fn behind(source: &mut Source<'_>, packed: u64) -> io::Result<()> {
    let bytes = source.peek(26)?;
    let marked = bytes.starts_with(BEHIND);
    let lengths: &[usize] = if marked { &[16, 24] } else { &[12, 20] };
    let fits = |length: &&usize| {
        let at = if marked { 8 } else { 4 };
        let found = if matches!(length, 16 | 12) {
            u64::from(u32_at(bytes, at))
        } else {
            u64_at(bytes, at)
        };
        let stated = if matches!(length, 16 | 12) { packed & u64::from(u32::MAX) } else { packed };
        found == stated && bytes.get(**length..**length + 2) == Some(b"PK")
    };
    match lengths.iter().find(fits) {
        Some(length) => source.skip(*length as u64).map(|_| ()),
        None => find_mark(source),
    }
}

/// Passes over everything before the next mark.
fn find_mark(source: &mut Source<'_>) -> io::Result<()> {
    loop {
        let bytes = source.peek(32 << 10)?;
        let at = bytes.windows(4).position(|it| [LOCAL, LISTED, END, END_64].contains(&it));
        // A mark may be cut in two where the look ahead ends.
        let (count, found) = match at {
            Some(at) => (at, true),
            None if bytes.len() < 4 => (bytes.len(), true),
            None => (bytes.len() - 3, false),
        };
        source.consume(count);
        if found {
            return Ok(());
        }
    }
}

/// The name in UTF-8 that some programs state besides.
fn unicode_name(extra: &[u8]) -> Option<Vec<u8>> {
    extra_field(extra, 0x7075).and_then(|it| it.get(5..)).map(<[u8]>::to_vec)
}

fn extra_field(mut extra: &[u8], id: u16) -> Option<&[u8]> {
    while extra.len() >= 4 {
        let length = usize::from(u16_at(extra, 2));
        let data = extra.get(4..4 + length)?;
        if u16_at(extra, 0) == id {
            return Some(data);
        }
        extra = &extra[4 + length..];
    }
    None
}

/// Numbers are little-endian; beyond the end stand zeros.
fn u64_at(bytes: &[u8], at: usize) -> u64 {
    (0..8).rev().fold(0, |sum, idx| sum << 8 | u64::from(bytes.get(at + idx).copied().unwrap_or(0)))
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    (0..4).rev().fold(0, |sum, idx| sum << 8 | u32::from(bytes.get(at + idx).copied().unwrap_or(0)))
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u32_at(bytes, at) as u16
}
