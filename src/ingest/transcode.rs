//! A stream in any charset -> a stream in UTF-8, in bounded memory; the charset is told once for all of it.

use std::cell::RefCell;
use std::io::{self, Read};
use std::rc::Rc;

use encoding_rs::{CoderResult, Decoder, Encoding};

use super::ReadError;
use super::decode::{encoding_named, replacement_problem, told_by_bytes, told_by_mark};

/// A stream in any charset, read as UTF-8.
///
/// As long as there is only ASCII nothing has to be known; the charset is told by what begins with
/// the first other byte.
pub(super) struct Transcoder<'a> {
    input: &'a mut dyn Read,
    declared: Option<String>,
    charset: Charset,
    raw: Vec<u8>,
    raw_at: usize,
    ended: bool,
    begun: bool,
    finished: bool,
    out: Vec<u8>,
    out_at: usize,
    notes: Notes,
}

/// What was noticed about the charset so far; it is shared with whoever makes articles of the text.
#[derive(Clone, Default)]
pub(super) struct Notes(Rc<RefCell<Vec<String>>>);

impl Notes {
    /// The problems so far.
    pub(super) fn so_far(&self) -> Vec<String> {
        self.0.borrow().clone()
    }

    fn add(&self, problems: Vec<String>) {
        let mut known = self.0.borrow_mut();
        for problem in problems {
            if !known.contains(&problem) {
                known.push(problem);
            }
        }
    }
}

enum Charset {
    /// Only ASCII was seen so far.
    Open,
    Told(&'static Encoding, Decoder),
}

impl Charset {
    fn told(encoding: &'static Encoding) -> Self {
        Self::Told(encoding, encoding.new_decoder_with_bom_removal())
    }
}

const CHUNK: usize = 64 << 10;

impl<'a> Transcoder<'a> {
    /// Decodes `input`, whose format may declare a charset, from that which the user has chosen,
    /// or from that which is told; a mark at its beginning is left out.
    pub(super) fn new(
        input: &'a mut dyn Read,
        declared: Option<&str>,
        chosen: Option<&str>,
    ) -> Result<Self, ReadError> {
        let charset = encoding_named(chosen)?.map_or(Charset::Open, Charset::told);
        Ok(Self {
            input,
            declared: declared.map(str::to_owned),
            charset,
            raw: Vec::new(),
            raw_at: 0,
            ended: false,
            begun: false,
            finished: false,
            out: Vec::new(),
            out_at: 0,
            notes: Notes::default(),
        })
    }

    /// What is noticed about the charset, now and later.
    pub(super) fn notes(&self) -> Notes {
        self.notes.clone()
    }

    /// Reads on until there is a whole chunk of bytes, or no more.
    fn fill(&mut self) -> io::Result<()> {
        self.raw.drain(..self.raw_at);
        self.raw_at = 0;
        while self.raw.len() < CHUNK && !self.ended {
            let start = self.raw.len();
            self.raw.resize(CHUNK, 0);
            let result = self.input.read(&mut self.raw[start..]);
            self.raw.truncate(start + result.as_ref().copied().unwrap_or(0));
            match result {
                Ok(0) => self.ended = true,
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Passes ASCII through; tells the charset where it ends.
    fn tell(&mut self) -> io::Result<()> {
        if !self.begun {
            self.begun = true;
            if let Some((encoding, problems)) = told_by_mark(&self.raw) {
                self.notes.add(problems);
                self.charset = Charset::told(encoding);
                return Ok(());
            }
        }
        let ascii = Encoding::ascii_valid_up_to(&self.raw);
        if ascii > 0 {
            self.out.extend_from_slice(&self.raw[..ascii]);
            self.raw_at = ascii;
            return Ok(());
        }
        self.fill()?;
        let (encoding, problems) = told_by_bytes(&self.raw, self.declared.as_deref(), self.ended);
        self.notes.add(problems);
        self.charset = Charset::told(encoding);
        Ok(())
    }

    fn refill(&mut self) -> io::Result<()> {
        self.out.clear();
        self.out_at = 0;
        self.fill()?;
        if let Charset::Open = self.charset {
            if self.raw.is_empty() {
                self.finished = true;
                return Ok(());
            }
            self.tell()?;
        }
        if let Charset::Told(encoding, decoder) = &mut self.charset
            && self.out.is_empty()
        {
            // No byte makes more than three of UTF-8.
            self.out.resize(self.raw.len() * 3 + 16, 0);
            let (result, read, written, replaced) =
                decoder.decode_to_utf8(&self.raw, &mut self.out, self.ended);
            self.raw_at = read;
            self.out.truncate(written);
            self.finished = self.ended && result == CoderResult::InputEmpty;
            if replaced {
                self.notes.add(vec![replacement_problem(encoding)]);
            }
        }
        Ok(())
    }
}

impl Read for Transcoder<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.out_at == self.out.len() {
            if self.finished {
                return Ok(0);
            }
            self.refill()?;
        }
        let count = buffer.len().min(self.out.len() - self.out_at);
        buffer[..count].copy_from_slice(&self.out[self.out_at..self.out_at + count]);
        self.out_at += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], chosen: Option<&str>) -> (String, Vec<String>) {
        let mut whole = String::new();
        let mut input = bytes;
        let mut stream = Transcoder::new(&mut input, None, chosen).unwrap();
        stream.read_to_string(&mut whole).unwrap();
        (whole, stream.notes().so_far())
    }

    #[test]
    fn a_stream_is_transcoded_across_chunks() {
        let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode("条約に基づく義務");
        let many: Vec<u8> = bytes.iter().copied().cycle().take(bytes.len() * 20_000).collect();
        for chosen in [None, Some("shift_jis")] {
            let (whole, problems) = read(&many, chosen);
            assert_eq!(whole, "条約に基づく義務".repeat(20_000));
            assert_eq!(problems.len(), usize::from(chosen.is_none()), "{problems:?}");
        }
    }

    #[test]
    fn the_charset_is_told_by_the_first_bytes_that_are_not_ascii() {
        let late = format!("{}Größe und Zürich, wörtlich: äöü", "a".repeat(100_000));
        assert_eq!(read(late.as_bytes(), None), (late.clone(), vec![]));
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(&late);
        let (whole, problems) = read(&bytes, None);
        assert_eq!(whole, late);
        assert_eq!(problems, ["charset guessed: windows-1252"]);
        // A character that lies across the end of the sample is no broken one.
        for cut in 0..4 {
            let text = format!("{}{}", "b".repeat(CHUNK - cut), "é€".repeat(CHUNK));
            assert_eq!(read(text.as_bytes(), None), (text, vec![]));
        }
        assert_eq!(read(b"", None), (String::new(), vec![]));
        assert_eq!(read(b"\xef\xbb\xbf", None).0, "");
        assert!(read("Größe, äöü".as_bytes().split_last().unwrap().1, None).1.len() == 1);
    }
}
