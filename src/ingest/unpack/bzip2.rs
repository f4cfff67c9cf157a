//! bzip2 streams -> the bytes in them, a block at a time.
//!
//! Written here because it is small: the crates there are either bind to C, are left alone by their authors, or have a
//! licence of their own.

use std::io::{self, Read};

use super::source::Source;

/// Decodes streams that follow each other.
pub(super) struct Bzip2<'s, 'a> {
    bits: Bits<'s, 'a>,
    /// Bytes a block may have, in units of 100,000; 0 before the first stream.
    level: u32,
    /// The checksum over all blocks of the stream.
    combined: u32,
    /// The block: in the low eight bits a byte, above them the place of the next.
    block: Vec<u32>,
    left: usize,
    at: u32,
    run: Run,
    block_sum: u32,
    stated_sum: u32,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    StreamHeader,
    BlockHeader,
    InBlock,
    Ended,
}

/// Four equal bytes are followed by how many more there are.
#[derive(Default)]
struct Run {
    byte: u8,
    length: u8,
    repeat: u8,
}

const BLOCK: u64 = 0x3141_5926_5359;
const END: u64 = 0x1772_4538_5090;
/// Symbols of a group that one table decodes.
const GROUP: usize = 50;
const LONGEST_CODE: usize = 20;

impl<'s, 'a> Bzip2<'s, 'a> {
    pub(super) fn new(source: &'s mut Source<'a>) -> Self {
        Self {
            bits: Bits { source, held: 0, count: 0 },
            level: 0,
            combined: 0,
            block: Vec::new(),
            left: 0,
            at: 0,
            run: Run::default(),
            block_sum: 0,
            stated_sum: 0,
            state: State::StreamHeader,
        }
    }

    fn stream_header(&mut self) -> io::Result<()> {
        self.bits.align();
        if self.level > 0 && self.bits.at_end()? {
            self.state = State::Ended;
            return Ok(());
        }
        let head = self.bits.take(24)?;
        let level = self.bits.take(8)?.wrapping_sub(u32::from(b'0'));
        if head != 0x42_5a68 || !(1..=9).contains(&level) {
            return Err(wrong("no stream begins here"));
        }
        self.level = level;
        self.combined = 0;
        self.state = State::BlockHeader;
        Ok(())
    }

    fn block_header(&mut self) -> io::Result<()> {
        let mark = u64::from(self.bits.take(24)?) << 24 | u64::from(self.bits.take(24)?);
        self.stated_sum = self.bits.take(32)?;
        if mark == END {
            if self.stated_sum != self.combined {
                return Err(wrong("its checksum does not fit"));
            }
            self.state = State::StreamHeader;
            return Ok(());
        }
        if mark != BLOCK {
            return Err(wrong("no block begins here"));
        }
        self.read_block()?;
        self.block_sum = u32::MAX;
        self.run = Run::default();
        self.state = State::InBlock;
        Ok(())
    }

    fn read_block(&mut self) -> io::Result<()> {
        if self.bits.take(1)? == 1 {
            return Err(wrong("a block is randomised, which no program does since 1998"));
        }
        let origin = self.bits.take(24)?;
        let used = self.used_bytes()?;
        let tables = self.bits.take(3)? as usize;
        let selectors = self.bits.take(15)? as usize;
        if used.is_empty() || !(2..=6).contains(&tables) || selectors == 0 {
            return Err(wrong("a block has no codes"));
        }
        let selectors = self.selectors(tables, selectors)?;
        let symbols = used.len() + 2;
        let mut codes = Vec::with_capacity(tables);
        for _ in 0..tables {
            codes.push(self.code(symbols)?);
        }
        self.symbols(used, &selectors, &codes)?;
        self.untransform(origin)
    }

    /// The bytes that occur in the block.
    fn used_bytes(&mut self) -> io::Result<Vec<u8>> {
        let ranges = self.bits.take(16)?;
        let mut used = Vec::new();
        for range in 0..16_u8 {
            if ranges & 0x8000 >> range == 0 {
                continue;
            }
            let bytes = self.bits.take(16)?;
            used.extend((0..16).filter(|it| bytes & 0x8000 >> it != 0).map(|it| range * 16 + it));
        }
        Ok(used)
    }

    /// Which table decodes each group.
    fn selectors(&mut self, tables: usize, count: usize) -> io::Result<Vec<u8>> {
        let mut order: Vec<u8> = (0..6).collect();
        let mut selectors = Vec::with_capacity(count);
        for _ in 0..count {
            let mut place = 0;
            while self.bits.take(1)? == 1 {
                place += 1;
                if place >= tables {
                    return Err(wrong("a table is named that there is not"));
                }
            }
            order[..=place].rotate_right(1);
            selectors.push(order[0]);
        }
        Ok(selectors)
    }

    fn code(&mut self, symbols: usize) -> io::Result<Code> {
        let mut lengths = Vec::with_capacity(symbols);
        let mut length = self.bits.take(5)?;
        for _ in 0..symbols {
            loop {
                if !(1..=LONGEST_CODE as u32).contains(&length) {
                    return Err(wrong("a code has no length"));
                }
                if self.bits.take(1)? == 0 {
                    break;
                }
                length = if self.bits.take(1)? == 0 { length + 1 } else { length.wrapping_sub(1) };
            }
            lengths.push(length as u8);
        }
        Ok(Code::new(&lengths))
    }

    /// Undoes the codes, the runs of the first byte and the moving to the front.
    fn symbols(&mut self, mut order: Vec<u8>, selectors: &[u8], codes: &[Code]) -> io::Result<()> {
        let most = self.level as usize * 100_000;
        let end = order.len() as u16 + 1;
        self.block.clear();
        let (mut run, mut weight) = (0_usize, 1_usize);
        for selector in selectors {
            let code = codes.get(usize::from(*selector)).ok_or_else(|| wrong("no such table"))?;
            for _ in 0..GROUP {
                let symbol = code.read(&mut self.bits)?;
                if symbol <= 1 {
                    run += weight << symbol;
                    weight <<= 1;
                    if self.block.len() + run > most {
                        return Err(wrong("a block is too long"));
                    }
                    continue;
                }
                if run > 0 {
                    let byte = u32::from(order[0]);
                    self.block.extend(std::iter::repeat_n(byte, run));
                    (run, weight) = (0, 1);
                }
                if symbol == end {
                    return Ok(());
                }
                let place = usize::from(symbol - 1);
                if place >= order.len() || self.block.len() >= most {
                    return Err(wrong("a block is too long"));
                }
                order[..=place].rotate_right(1);
                self.block.push(u32::from(order[0]));
            }
        }
        Err(wrong("a block has no end"))
    }

    /// Undoes the sorting: links each byte to the one that follows it.
    fn untransform(&mut self, origin: u32) -> io::Result<()> {
        let mut starts = [0_u32; 256];
        for entry in &self.block {
            starts[(entry & 0xff) as usize] += 1;
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += std::mem::replace(start, sum);
        }
        for at in 0..self.block.len() {
            let start = &mut starts[(self.block[at] & 0xff) as usize];
            self.block[*start as usize] |= (at as u32) << 8;
            *start += 1;
        }
        let first = self.block.get(origin as usize).ok_or_else(|| wrong("a block has no start"))?;
        self.at = first >> 8;
        self.left = self.block.len();
        Ok(())
    }

    /// The next byte of the block, runs undone.
    fn byte(&mut self) -> Option<u8> {
        if self.run.repeat > 0 {
            self.run.repeat -= 1;
            return Some(self.run.byte);
        }
        let byte = self.next_sorted()?;
        if byte == self.run.byte && self.run.length > 0 {
            self.run.length += 1;
            if self.run.length == 4 {
                self.run.repeat = self.next_sorted()?;
                self.run.length = 0;
            }
        } else {
            self.run = Run { byte, length: 1, repeat: 0 };
        }
        Some(byte)
    }

    fn next_sorted(&mut self) -> Option<u8> {
        self.left = self.left.checked_sub(1)?;
        let entry = *self.block.get(self.at as usize)?;
        self.at = entry >> 8;
        Some((entry & 0xff) as u8)
    }

    fn end_of_block(&mut self) -> io::Result<()> {
        let sum = !self.block_sum;
        if sum != self.stated_sum {
            return Err(wrong("the checksum of a block does not fit"));
        }
        self.combined = self.combined.rotate_left(1) ^ sum;
        self.state = State::BlockHeader;
        Ok(())
    }
}

impl Read for Bzip2<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.is_empty() {
            return Ok(0);
        }
        loop {
            match self.state {
                State::StreamHeader => self.stream_header()?,
                State::BlockHeader => self.block_header()?,
                State::Ended => return Ok(0),
                State::InBlock => {
                    let mut count = 0;
                    while count < into.len() {
                        let Some(byte) = self.byte() else { break };
                        into[count] = byte;
                        count += 1;
                        let place = (self.block_sum >> 24) as u8 ^ byte;
                        self.block_sum = self.block_sum << 8 ^ SUMS[usize::from(place)];
                    }
                    if count > 0 {
                        return Ok(count);
                    }
                    self.end_of_block()?;
                }
            }
        }
    }
}

/// A code of Huffman's, by length.
struct Code {
    /// The first code of each length that is too large for it, aligned to the longest length.
    limits: [u32; LONGEST_CODE + 1],
    /// What to take from a code of each length for its place among the symbols.
    bases: [u32; LONGEST_CODE + 1],
    symbols: Vec<u16>,
}

impl Code {
    fn new(lengths: &[u8]) -> Self {
        let mut code = Self {
            limits: [0; LONGEST_CODE + 1],
            bases: [0; LONGEST_CODE + 1],
            symbols: Vec::with_capacity(lengths.len()),
        };
        let mut next = 0_u32;
        for length in 1..=LONGEST_CODE {
            code.bases[length] = next.wrapping_sub(code.symbols.len() as u32);
            let of_length = lengths.iter().enumerate().filter(|it| usize::from(*it.1) == length);
            for (symbol, _) in of_length {
                code.symbols.push(symbol as u16);
                next += 1;
            }
            code.limits[length] = next;
            next <<= 1;
        }
        code
    }

    fn read(&self, bits: &mut Bits<'_, '_>) -> io::Result<u16> {
        let mut found = 0;
        for length in 1..=LONGEST_CODE {
            found = found << 1 | bits.take(1)?;
            if found < self.limits[length] {
                let place = found.wrapping_sub(self.bases[length]) as usize;
                return self.symbols.get(place).copied().ok_or_else(|| wrong("no such code"));
            }
        }
        Err(wrong("no such code"))
    }
}

/// A stream, bit by bit, the highest first.
struct Bits<'s, 'a> {
    source: &'s mut Source<'a>,
    held: u64,
    count: u32,
}

impl Bits<'_, '_> {
    /// At most 32 bits.
    fn take(&mut self, count: u32) -> io::Result<u32> {
        while self.count < count {
            let mut byte = [0];
            if self.source.read(&mut byte)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            self.held = self.held << 8 | u64::from(byte[0]);
            self.count += 8;
        }
        self.count -= count;
        Ok((self.held >> self.count & ((1 << count) - 1)) as u32)
    }

    /// Leaves out the rest of a byte that was begun.
    fn align(&mut self) {
        self.count -= self.count % 8;
    }

    fn at_end(&mut self) -> io::Result<bool> {
        Ok(self.count == 0 && self.source.peek(1)?.is_empty())
    }
}

fn wrong(what: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

/// The checksum of each byte, the highest bit first.
static SUMS: [u32; 256] = sums();

const fn sums() -> [u32; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut sum = (byte as u32) << 24;
        let mut bit = 0;
        while bit < 8 {
            sum = if sum & 0x8000_0000 == 0 { sum << 1 } else { sum << 1 ^ 0x04c1_1db7 };
            bit += 1;
        }
        table[byte] = sum;
        byte += 1;
    }
    table
}
