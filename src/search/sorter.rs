//! Records by their keys in bounded memory: what does not fit is written to a scratch file in sorted runs, and merged.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io::{self, SeekFrom};
use std::ops::ControlFlow;

use super::concordance::{MakeScratch, Scratch};

/// Bytes of keys and records that are held.
const HELD: usize = 2 << 20;
/// Bytes that a record costs besides.
const OVERHEAD: usize = 96;
/// Bytes that are read ahead of all runs together.
const AHEAD: usize = 1 << 20;

/// Takes records in any order; equal keys stay in the order they came.
pub(super) struct Sorter<'a> {
    make: MakeScratch<'a>,
    scratch: Option<Box<dyn Scratch>>,
    held: Vec<(Vec<u8>, Vec<u8>)>,
    bytes: usize,
    /// First byte and end of each run.
    runs: Vec<(u64, u64)>,
    most: usize,
}

impl<'a> Sorter<'a> {
    pub(super) fn new(make: MakeScratch<'a>) -> Self {
        Self { make, scratch: None, held: Vec::new(), bytes: 0, runs: Vec::new(), most: HELD }
    }

    pub(super) fn push(&mut self, key: Vec<u8>, record: Vec<u8>) -> io::Result<()> {
        self.bytes += key.len() + record.len() + OVERHEAD;
        self.held.push((key, record));
        if self.bytes > self.most { self.write_run() } else { Ok(()) }
    }

    fn write_run(&mut self) -> io::Result<()> {
        self.held.sort_by(|a, b| a.0.cmp(&b.0));
        let scratch = match &mut self.scratch {
            Some(scratch) => scratch,
            empty => empty.insert((self.make)()?),
        };
        let begin = scratch.seek(SeekFrom::End(0))?;
        let mut out = io::BufWriter::with_capacity(1 << 16, &mut **scratch);
        for (key, record) in self.held.drain(..) {
            for part in [&key, &record] {
                let length = u32::try_from(part.len()).map_err(io::Error::other)?;
                io::Write::write_all(&mut out, &length.to_le_bytes())?;
                io::Write::write_all(&mut out, part)?;
            }
        }
        io::Write::flush(&mut out)?;
        drop(out);
        let end = scratch.stream_position()?;
        self.runs.push((begin, end));
        self.bytes = 0;
        Ok(())
    }

    /// Gives the records in the order of their keys.
    pub(super) fn finish(
        mut self,
        each: &mut dyn FnMut(&[u8]) -> io::Result<ControlFlow<()>>,
    ) -> io::Result<()> {
        if self.runs.is_empty() {
            self.held.sort_by(|a, b| a.0.cmp(&b.0));
            for (_, record) in self.held {
                if each(&record)?.is_break() {
                    break;
                }
            }
            return Ok(());
        }
        self.write_run()?;
        let Some(mut scratch) = self.scratch.take() else { return Ok(()) };
        let ahead = (AHEAD / self.runs.len()).max(1 << 12);
        let mut runs: Vec<Run> =
            self.runs.iter().map(|(begin, end)| Run::new(*begin, *end, ahead)).collect();
        let mut heap = BinaryHeap::new();
        for (number, run) in runs.iter_mut().enumerate() {
            if let Some((key, record)) = run.next(&mut *scratch)? {
                heap.push(Reverse((key, number, record)));
            }
        }
        while let Some(Reverse((_, number, record))) = heap.pop() {
            if each(&record)?.is_break() {
                break;
            }
            if let Some((key, record)) = runs[number].next(&mut *scratch)? {
                heap.push(Reverse((key, number, record)));
            }
        }
        Ok(())
    }
}

/// A sorted run on the scratch file.
struct Run {
    at: u64,
    end: u64,
    ahead: usize,
    buffer: Vec<u8>,
    used: usize,
}

impl Run {
    fn new(at: u64, end: u64, ahead: usize) -> Self {
        Self { at, end, ahead, buffer: Vec::new(), used: 0 }
    }

    fn next(&mut self, file: &mut dyn Scratch) -> io::Result<Option<(Vec<u8>, Vec<u8>)>> {
        if self.used == self.buffer.len() && self.at == self.end {
            return Ok(None);
        }
        let key = self.part(file)?;
        Ok(Some((key, self.part(file)?)))
    }

    fn part(&mut self, file: &mut dyn Scratch) -> io::Result<Vec<u8>> {
        let length = self.take(4, file)?;
        let length = length.try_into().map_or(0, u32::from_le_bytes);
        self.take(length as usize, file)
    }

    fn take(&mut self, count: usize, file: &mut dyn Scratch) -> io::Result<Vec<u8>> {
        if self.buffer.len() - self.used < count {
            self.buffer.drain(..self.used);
            self.used = 0;
            let old = self.buffer.len();
            let left = usize::try_from(self.end - self.at).unwrap_or(usize::MAX);
            let more = self.ahead.max(count - old).min(left);
            self.buffer.resize(old + more, 0);
            file.seek(SeekFrom::Start(self.at))?;
            file.read_exact(&mut self.buffer[old..])?;
            self.at += more as u64;
        }
        let Some(part) = self.buffer.get(self.used..self.used + count) else {
            return Err(io::ErrorKind::UnexpectedEof.into());
        };
        self.used += count;
        Ok(part.to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_merged() {
        for most in [1, 300, 1 << 20] {
            let make: MakeScratch<'_> = &|| Ok(Box::new(io::Cursor::new(Vec::new())));
            let mut sorter = Sorter { most, ..Sorter::new(make) };
            for number in 0..200_u32 {
                let key = (number * 77 % 20).to_be_bytes().to_vec();
                sorter.push(key, number.to_be_bytes().repeat(30)).unwrap();
            }
            let mut got = Vec::new();
            let mut each = |record: &[u8]| {
                got.push(u32::from_be_bytes(record[..4].try_into().unwrap()));
                Ok(ControlFlow::Continue(()))
            };
            sorter.finish(&mut each).unwrap();
            let mut expected: Vec<u32> = (0..200).collect();
            expected.sort_by_key(|it| it * 77 % 20);
            assert_eq!(got, expected, "{most}");
        }
    }
}
