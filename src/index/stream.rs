//! Terms with positions, packed into one string by the analysis and unpacked by the tokenizer tantivy calls.
//!
//! Analysis needs the language of the article and the borders of its fields, which tantivy's tokenizers are
//! not told; and it is done on the reading threads, not on the one that writes. So the terms travel as text:
//! a character for the step from the last position and the case class, the term, a line feed.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::text::Class;

/// The name the schema knows the tokenizer by.
pub(super) const TOKENIZER: &str = "packed";

/// The longest step between two positions; field borders and paragraphs are 1 and 2.
const LONGEST_STEP: u32 = 2_000;
const FIRST_HEADER: u32 = 0x41;

/// Packs terms.
#[derive(Debug, Default)]
pub(super) struct Packed {
    text: String,
    position: u32,
}

impl Packed {
    /// Adds a term at a position, which must not be before the last one's.
    pub(super) fn push(&mut self, position: u32, class: Class, term: impl FnOnce(&mut String)) {
        let step = position.saturating_sub(self.position).min(LONGEST_STEP);
        self.position += step;
        let header = char::from_u32(FIRST_HEADER + (step << 2 | class as u32)).unwrap_or('A');
        self.text.push(header);
        term(&mut self.text);
        self.text.push('\n');
    }

    /// The packed text.
    pub(super) fn finish(self) -> String {
        self.text
    }
}

/// Unpacks what [`Packed`] made.
#[derive(Debug, Clone, Default)]
pub(super) struct Unpack {
    token: Token,
}

impl Tokenizer for Unpack {
    type TokenStream<'a> = Unpacked<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Unpacked<'a> {
        self.token.reset();
        Unpacked { rest: text, position: 0, token: &mut self.token }
    }
}

/// The terms of one packed text.
pub(super) struct Unpacked<'a> {
    rest: &'a str,
    position: u32,
    token: &'a mut Token,
}

impl TokenStream for Unpacked<'_> {
    fn advance(&mut self) -> bool {
        let Some(header) = self.rest.chars().next() else { return false };
        let body = &self.rest[header.len_utf8()..];
        let end = body.bytes().position(|byte| byte == b'\n').unwrap_or(body.len());
        let value = u32::from(header).saturating_sub(FIRST_HEADER);
        self.position += value >> 2;
        self.token.position = (self.position << 2 | value & 3) as usize;
        self.token.position_length = 1;
        self.token.text.clear();
        self.token.text.push_str(&body[..end]);
        self.rest = body.get(end + 1..).unwrap_or("");
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unpacks_what_was_packed() {
        let mut packed = Packed::default();
        packed.push(0, Class::Capital, |out| out.push_str("csto"));
        packed.push(0, Class::Capital, |out| out.push_str("\u{2}encsto"));
        packed.push(3, Class::Line, |out| out.push_str("東京"));
        packed.push(900, Class::Lower, |out| out.push('x'));
        let text = packed.finish();
        let mut unpack = Unpack::default();
        let mut stream = unpack.token_stream(&text);
        let mut found = Vec::new();
        stream.process(&mut |token| found.push((token.position, token.text.clone())));
        let expected = [(1, "csto"), (1, "\u{2}encsto"), (15, "東京"), (3600, "x")]
            .map(|(p, t)| (p, t.to_owned()));
        assert_eq!(found, expected);
    }
}
