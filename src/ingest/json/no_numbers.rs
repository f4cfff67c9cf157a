//! JSON as Python writes it -> JSON: `NaN` and `Infinity`, which it has no word for, become `null`.

use std::io::{self, Read};

/// Longer than any word there is in JSON; what is longer is broken, and handed on as it is.
const LONGEST_WORD: usize = 16;

/// Reads through, and replaces what is no number.
pub(super) struct NoNumbers<R> {
    input: R,
    rewriter: Rewriter,
    raw: Vec<u8>,
    out: Vec<u8>,
    at: usize,
    ended: bool,
}

impl<R: Read> NoNumbers<R> {
    pub(super) fn new(input: R) -> Self {
        let raw = vec![0; 8 << 10];
        Self { input, rewriter: Rewriter::default(), raw, out: Vec::new(), at: 0, ended: false }
    }
}

impl<R: Read> Read for NoNumbers<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.out.len() && !self.ended {
            let count = self.input.read(&mut self.raw)?;
            self.out.clear();
            self.at = 0;
            if count == 0 {
                self.ended = true;
                self.rewriter.end_word(&mut self.out);
            } else {
                self.rewriter.push(&self.raw[..count], &mut self.out);
            }
        }
        let rest = &self.out[self.at..];
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.at += count;
        Ok(count)
    }
}

/// A whole text, rewritten.
pub(super) fn without(bytes: &[u8]) -> Vec<u8> {
    let mut rewriter = Rewriter::default();
    let mut out = Vec::with_capacity(bytes.len());
    rewriter.push(bytes, &mut out);
    rewriter.end_word(&mut out);
    out
}

/// Where in a JSON text the next byte stands.
#[derive(Default)]
struct Rewriter {
    in_string: bool,
    escaped: bool,
    /// Letters outside of strings that are not handed on yet, with a minus before them.
    word: Vec<u8>,
}

impl Rewriter {
    fn push(&mut self, bytes: &[u8], out: &mut Vec<u8>) {
        for &byte in bytes {
            if self.in_string {
                out.push(byte);
                self.in_string = self.escaped || byte != b'"';
                self.escaped = byte == b'\\' && !self.escaped;
                continue;
            }
            if byte == b'-' {
                self.end_word(out);
                self.word.push(byte);
            } else if byte.is_ascii_alphabetic() && self.word.len() < LONGEST_WORD {
                self.word.push(byte);
            } else {
                self.end_word(out);
                out.push(byte);
                self.in_string = byte == b'"';
            }
        }
    }

    fn end_word(&mut self, out: &mut Vec<u8>) {
        let is_none = matches!(self.word.as_slice(), b"NaN" | b"-NaN" | b"Infinity" | b"-Infinity");
        out.extend_from_slice(if is_none { b"null" } else { &self.word });
        self.word.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_number_is_null_wherever_the_text_is_cut() {
        for (text, rewritten) in [
            (r#"{"a": NaN, "b": [-Infinity,Infinity]}"#, r#"{"a": null, "b": [null,null]}"#),
            (
                r#"{"NaN": "NaN \" Infinity", "c": "\\", "d": NaN}"#,
                r#"{"NaN": "NaN \" Infinity", "c": "\\", "d": null}"#,
            ),
            ("[true,-1.5e-7,-2,1E5,false,null,NaNs]", "[true,-1.5e-7,-2,1E5,false,null,NaNs]"),
            ("Infinity", "null"),
            ("InfinityInfinityInfinity", "InfinityInfinityInfinity"),
            ("-", "-"),
        ] {
            assert_eq!(String::from_utf8(without(text.as_bytes())).unwrap(), rewritten);
            let mut read = String::new();
            let bytewise = text
                .as_bytes()
                .chunks(1)
                .fold(Box::new(io::empty()) as Box<dyn Read>, |before, byte| {
                    Box::new(before.chain(byte))
                });
            NoNumbers::new(bytewise).read_to_string(&mut read).unwrap();
            assert_eq!(read, rewritten);
        }
    }
}
