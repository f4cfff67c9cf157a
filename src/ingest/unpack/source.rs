//! A stream -> the same stream with a look ahead, which counts what is taken from it.

use std::cell::Cell;
use std::io::{self, BufRead, Read};

const ROOM: usize = 64 << 10;

/// A buffered stream.
pub(super) struct Source<'a> {
    input: &'a mut dyn Read,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    taken: &'a Cell<u64>,
}

impl<'a> Source<'a> {
    /// Over `input`; `taken` counts the bytes that were consumed.
    pub(super) fn new(input: &'a mut dyn Read, taken: &'a Cell<u64>) -> Self {
        Self { input, buffer: Vec::new(), start: 0, end: 0, taken }
    }

    /// What counts the bytes that were consumed.
    pub(super) fn taken(&self) -> &'a Cell<u64> {
        self.taken
    }

    /// The next bytes, without taking them; fewer than `count` only where the stream ends.
    pub(super) fn peek(&mut self, count: usize) -> io::Result<&[u8]> {
        if self.buffer.is_empty() {
            self.buffer.resize(ROOM, 0);
        }
        let count = count.min(ROOM);
        while self.end - self.start < count {
            if self.start > 0 {
                self.buffer.copy_within(self.start..self.end, 0);
                self.end -= self.start;
                self.start = 0;
            }
            match self.input.read(&mut self.buffer[self.end..]) {
                Ok(0) => break,
                Ok(read) => self.end += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(&self.buffer[self.start..self.end.min(self.start + count)])
    }

    /// The next bytes, taken; an error where the stream ends before.
    pub(super) fn take_bytes(&mut self, count: usize) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let got = self.take(count as u64).read_to_end(&mut bytes)?;
        if got < count { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(bytes) }
    }

    /// Passes over bytes; gives how many there were.
    pub(super) fn skip(&mut self, count: u64) -> io::Result<u64> {
        io::copy(&mut self.take(count), &mut io::sink())
    }
}

impl Read for Source<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let count = available.len().min(into.len());
        into[..count].copy_from_slice(&available[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Source<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.start == self.end {
            self.peek(1)?;
        }
        Ok(&self.buffer[self.start..self.end])
    }

    fn consume(&mut self, count: usize) {
        let count = count.min(self.end - self.start);
        self.start += count;
        self.taken.set(self.taken.get() + count as u64);
    }
}
