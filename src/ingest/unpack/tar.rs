//! A tar archive -> its entries, in the order they lie in it.

use std::cell::Cell;
use std::io::{self, Read};

use super::super::walk::PassedOver;
use super::super::{ReadError, Sink, Skip, SkipKind, read_within};
use super::names::{self, Passing};
use super::source::Source;
use super::{Reading, entry_place};
use crate::article::Place;

const BLOCK: usize = 512;

/// Bytes of a long name or of a list of attributes; more is no name.
const LONGEST_NAME: u64 = 1 << 20;

/// Whether a file begins like a tar archive: its header holds its own checksum.
pub(super) fn begins(head: &[u8]) -> bool {
    head.get(..BLOCK).is_some_and(|block| block[0] != 0 && stated_sum(block) == Some(sum(block)))
}

/// What the headers before an entry's own say of it.
#[derive(Default)]
struct Stated {
    name: Option<Vec<u8>>,
    size: Option<u64>,
}

/// Reads all entries.
pub(super) fn read(
    place: &Place,
    source: &mut Source<'_>,
    reading: &Reading<'_, '_>,
    sink: &mut dyn Sink,
) -> Result<(), ReadError> {
    let mut passing = Passing::default();
    let mut stated = Stated::default();
    loop {
        let block = source.peek(BLOCK).map_err(ReadError::Read)?;
        let Ok(block) = <[u8; BLOCK]>::try_from(block) else {
            let (ends, is_over) = (block.is_empty(), reading.budget.is_over());
            if !ends && !is_over {
                say_broken(place, "cut off; what came before is kept", sink);
            }
            return Ok(());
        };
        if block.iter().all(|&byte| byte == 0) {
            return Ok(());
        }
        if stated_sum(&block) != Some(sum(&block)) {
            say_broken(
                place,
                "damaged: no entry begins where one should; what came before is kept",
                sink,
            );
            return Ok(());
        }
        source.skip(BLOCK as u64).map_err(ReadError::Read)?;
        let own_size = number(&block[124..136]).unwrap_or(0);
        let kind = block[156];
        if matches!(kind, b'L' | b'x') && own_size <= LONGEST_NAME {
            let Ok(data) = source.take_bytes(own_size as usize) else {
                say_broken(place, "cut off; what came before is kept", sink);
                return Ok(());
            };
            pad(source, own_size).map_err(ReadError::Read)?;
            if kind == b'L' {
                stated.name = Some(until_zero(&data).to_vec());
            } else {
                attributes(&data, &mut stated);
            }
            continue;
        }
        let Stated { name, size } = std::mem::take(&mut stated);
        let size = size.unwrap_or(own_size);
        if !reading.budget.entry() {
            return Ok(());
        }
        let name = name.unwrap_or_else(|| own_name(&block));
        let entry = Entry { kind, size, name };
        if !entry.read(place, source, reading, &mut passing, sink)? {
            say_broken(place, "cut off; what came before is kept", sink);
            return Ok(());
        }
        if reading.budget.is_over() {
            return Ok(());
        }
    }
}

fn say_broken(place: &Place, reason: &str, sink: &mut dyn Sink) {
    let _ =
        sink.skip(place.clone(), Skip::new(SkipKind::Broken, format!("the archive is {reason}")));
}

struct Entry {
    kind: u8,
    size: u64,
    name: Vec<u8>,
}

impl Entry {
    /// Reads it and what fills up its last block; false when the archive ends before.
    fn read(
        &self,
        container: &Place,
        source: &mut Source<'_>,
        reading: &Reading<'_, '_>,
        passing: &mut Passing,
        sink: &mut dyn Sink,
    ) -> Result<bool, ReadError> {
        let named = names::entry(&self.name, false);
        let (place, name) = entry_place(container, &named.name);
        let is_file = matches!(self.kind, 0 | b'0' | b'7') && !self.name.ends_with(b"/");
        let refused = match self.kind {
            _ if is_file => passing.over(&named.name).map(Skip::passed_over),
            b'1' | b'2' => Some(Skip::passed_over(PassedOver::LinkInside)),
            b'3' | b'4' | b'6' => Some(Skip::passed_over(PassedOver::Special)),
            b'S' => Some(Skip::new(
                SkipKind::Unknown("sparse entry"),
                "an entry with holes: not read yet",
            )),
            // Folders, what holds for all entries, and what nobody knows.
            _ => None,
        };
        let mut left = self.size;
        let mut is_whole = true;
        if let Some(skip) = refused {
            let _ = sink.skip(place, skip);
        } else if is_file {
            let mut limited = source.take(self.size);
            let mut noting = named.noting(sink);
            let taken = Cell::new(0);
            let mut ending = Ending { input: &mut limited, ended: &taken };
            read_within(&name, &place, &mut ending, reading, &mut noting)?;
            left = limited.limit();
            is_whole = taken.get() == 0 || left == 0;
        }
        is_whole &= source.skip(left).map_err(ReadError::Read)? == left;
        pad(source, self.size).map_err(ReadError::Read)?;
        Ok(is_whole)
    }
}

/// Takes note of the end of a stream.
struct Ending<'a> {
    input: &'a mut dyn Read,
    ended: &'a Cell<u64>,
}

impl Read for Ending<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(into)?;
        self.ended.set(self.ended.get() + u64::from(count == 0));
        Ok(count)
    }
}

/// Passes over what fills up the last block of so many bytes.
fn pad(source: &mut Source<'_>, size: u64) -> io::Result<()> {
    let over = size % BLOCK as u64;
    if over > 0 {
        source.skip(BLOCK as u64 - over)?;
    }
    Ok(())
}

/// The name in the header: before it may stand the folders it lies in.
fn own_name(block: &[u8; BLOCK]) -> Vec<u8> {
    let name = until_zero(&block[..100]);
    let folders = until_zero(&block[345..500]);
    if block[257..263] != *b"ustar\0" || folders.is_empty() {
        return name.to_vec();
    }
    [folders, b"/", name].concat()
}

/// `25 path=a/b.txt\n`, one after the other.
fn attributes(mut data: &[u8], stated: &mut Stated) {
    while let Some(space) = data.iter().position(|&byte| byte == b' ') {
        let length =
            std::str::from_utf8(&data[..space]).ok().and_then(|it| it.parse::<usize>().ok());
        let Some(record) = length.and_then(|length| data.get(space + 1..length)) else { return };
        data = &data[space + 1 + record.len()..];
        let record = record.strip_suffix(b"\n").unwrap_or(record);
        if let Some(path) = record.strip_prefix(b"path=") {
            stated.name = Some(path.to_vec());
        } else if let Some(size) = record.strip_prefix(b"size=") {
            stated.size = std::str::from_utf8(size).ok().and_then(|it| it.parse().ok());
        }
    }
}

fn until_zero(bytes: &[u8]) -> &[u8] {
    bytes.split(|&byte| byte == 0).next().unwrap_or_default()
}

/// A number in octal digits, or, where its first bit is set, in bytes.
fn number(field: &[u8]) -> Option<u64> {
    let (first, rest) = field.split_first()?;
    if first & 0x80 != 0 {
        let start = u64::from(first & 0x7f);
        return rest
            .iter()
            .try_fold(start, |sum, &byte| sum.checked_mul(256)?.checked_add(u64::from(byte)));
    }
    let digits = std::str::from_utf8(until_zero(field)).ok()?.trim();
    u64::from_str_radix(digits, 8).ok()
}

fn stated_sum(block: &[u8]) -> Option<u64> {
    number(&block[148..156])
}

/// The sum of all bytes, with spaces where it stands itself.
fn sum(block: &[u8]) -> u64 {
    let byte =
        |(at, &byte): (usize, &u8)| if (148..156).contains(&at) { 32 } else { u64::from(byte) };
    block.iter().enumerate().map(byte).sum()
}
