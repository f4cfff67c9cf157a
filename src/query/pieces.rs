//! A run of letters and signs without a space -> an operator, a field, an address or a word.

use super::ast::{Query, TermKind, Within};
use super::lexer::{Lexer, TokenKind, is_decimal, is_space};
use super::names::{self, Function, Proximity};
use super::problems::quoted;
use super::word::{self, Word};
use crate::field::{self, Field, Kind};

impl Lexer<'_> {
    /// A run of letters and signs up to a space, a quotation or a parenthesis.
    pub(super) fn piece(&mut self) {
        let start = self.at;
        let address = self.address_end();
        let end = address.unwrap_or_else(|| self.piece_end());
        let raw = &self.typed[start..end];
        if address.is_none()
            && raw[0] != '\\'
            && (self.function(end) || self.operator(end) || self.named(end))
        {
            return;
        }
        if address.is_some() {
            return self.address(end);
        }
        self.word(end);
    }

    /// A web address: text, whatever signs are in it, but for the punctuation after it.
    fn address(&mut self, end: usize) {
        let start = self.at;
        let end = self.boost_start(start, end).unwrap_or(end);
        let raw = &self.typed[start..end];
        let mut cut = raw.len();
        while cut > 1
            && matches!(raw[cut - 1], '.' | ',' | ';' | ':' | '?' | '!' | '\'' | '’' | ']' | '>')
        {
            cut -= 1;
        }
        let text = raw[..cut].iter().collect();
        self.token(TokenKind::Leaf(Query::Term(super::plain_term(text))), start, end);
    }

    /// The rest up to `end` as a word.
    pub(super) fn word(&mut self, mut end: usize) {
        let start = self.at;
        if let Some(cut) = self.boost_start(start, end) {
            end = cut;
        }
        let raw = &self.typed[start..end];
        match word::read_word(raw, start, false, self.problems) {
            Word::Term(term) => {
                self.operators |= term.kind != TermKind::Stem;
                self.token(TokenKind::Leaf(Query::Term(term)), start, end);
            }
            Word::Everything => self.condition(Query::All, start, end),
            Word::Punctuation => {
                self.at = end;
                let between = self.after_part() && self.more_follows(end);
                if !(word::is_plain_punctuation(raw) && (between || self.follows_part_at(start))) {
                    self.problem(
                        start,
                        format_args!("`{}` has no letter or digit and is left out", quoted(raw)),
                        format_args!(""),
                    );
                }
            }
        }
    }

    fn follows_part_at(&self, start: usize) -> bool {
        self.tokens.last().is_some_and(|it| it.end == start && it.kind.ends_part())
    }

    fn boost_start(&self, start: usize, end: usize) -> Option<usize> {
        let digits =
            self.typed[start..end].iter().rev().take(24).take_while(|it| is_decimal(**it)).count();
        let sign = (end - digits).checked_sub(1).filter(|it| *it > start)?;
        let escapes = self.typed[start..sign].iter().rev().take_while(|it| **it == '\\').count();
        let found = digits > 0 && self.typed[sign] == '^' && escapes % 2 == 0;
        found.then_some(sign)
    }

    /// The end of a web address that begins here.
    fn address_end(&self) -> Option<usize> {
        let letters =
            self.typed[self.at..].iter().take(12).take_while(|it| it.is_ascii_alphabetic()).count();
        let after: String = self.typed[self.at + letters..].iter().take(3).collect();
        let name: String = self.typed[self.at..self.at + letters].iter().collect();
        let is_scheme = letters > 1 && (names::is_scheme(&name) || field::find(&name).is_none());
        let is_address = is_scheme && after == "://"
            || name.eq_ignore_ascii_case("www") && after.starts_with('.');
        if !is_address {
            return None;
        }
        let mut open = 0_usize;
        let mut end = self.at;
        while let Some(letter) = self.typed.get(end).copied() {
            match letter {
                '(' => open += 1,
                ')' if open == 0 => break,
                ')' => open -= 1,
                _ if is_space(letter) || word::is_quote(letter) => break,
                _ => {}
            }
            end += 1;
        }
        Some(end)
    }

    pub(super) fn piece_end(&mut self) -> usize {
        if self.known_piece.contains(&self.at) {
            return self.known_piece.end;
        }
        let mut end = self.at;
        while let Some(letter) = self.typed.get(end).copied() {
            let next = self.typed.get(end + 1).copied();
            if letter == '\\' && next.is_some_and(word::escapable) {
                end += 2;
                continue;
            }
            let stops = is_space(letter)
                || word::is_quote(letter)
                || matches!(letter, '(' | ')' | '|')
                || letter == '&' && next == Some('&');
            if stops && end > self.at {
                break;
            }
            end += 1;
        }
        self.known_piece = self.at..end;
        end
    }

    /// A name directly before a parenthesis.
    fn function(&mut self, end: usize) -> bool {
        let start = self.at;
        if self.typed.get(end) != Some(&'(') || end - start > 20 {
            return false;
        }
        let name: String = self.typed[start..end].iter().collect();
        if name == "AROUND" && self.around(end) {
            return true;
        }
        if let Some(function) = names::function(&name) {
            self.operators = true;
            let function = if function == Function::AtLeast(0) {
                self.problems.add(
                    start..end,
                    format_args!("`{name}` is read as `atleast1`"),
                    format_args!("write how many: `atleast3(csto)`"),
                );
                Function::AtLeast(1)
            } else {
                function
            };
            self.token(TokenKind::Open(Some(function)), start, end + 1);
            return true;
        }
        let Some(field) = self.field_named(&name, start, end) else { return false };
        if field.kind == Kind::Number {
            return false;
        }
        self.operators = true;
        self.token(TokenKind::Field(field), start, end);
        true
    }

    /// Our field of this name or of another product's, which is said.
    pub(super) fn field_named(
        &mut self,
        name: &str,
        start: usize,
        end: usize,
    ) -> Option<&'static Field> {
        if let Some(field) = field::find(name) {
            return Some(field);
        }
        let ours = names::foreign_field(name)?;
        self.problems.add(
            start..end,
            format_args!("`{name}` is read as `{ours}:`"),
            format_args!("`morgue fields` lists the fields"),
        );
        field::find(ours)
    }

    /// `AROUND(5)`.
    fn around(&mut self, open: usize) -> bool {
        let start = self.at;
        let digits: String =
            self.typed[open + 1..].iter().take(10).take_while(|it| it.is_ascii_digit()).collect();
        let close = open + 1 + digits.len();
        let Some(count) = names::number(&digits).filter(|_| self.typed.get(close) == Some(&')'))
        else {
            return false;
        };
        let within = Within::Words(count);
        self.proximity(Proximity { within, ordered: false, negated: false }, start, close + 1);
        self.problem(
            start,
            format_args!("`AROUND({count})` is read as `w/{count}`"),
            format_args!("write `a w/{count} b`"),
        );
        true
    }

    fn operator(&mut self, end: usize) -> bool {
        let start = self.at;
        if end - start > 24 || !self.typed[start].is_ascii() {
            return false;
        }
        let raw: String = self.typed[start..end].iter().collect();
        let kind = match raw.as_str() {
            "AND" => TokenKind::And,
            "OR" => TokenKind::Or,
            "NOT" => TokenKind::Not,
            "NEAR" | "ADJ" | "SAME" | "PRE" => return self.bare_proximity(&raw, end),
            "ANDNOT" | "BUTNOT" | "BUT" => return self.but_not(&raw, end),
            _ if raw.eq_ignore_ascii_case("and") => TokenKind::SmallAnd,
            _ if raw.eq_ignore_ascii_case("or") => TokenKind::SmallOr,
            _ if raw.eq_ignore_ascii_case("not") => TokenKind::SmallNot,
            _ if raw.eq_ignore_ascii_case("near") => {
                self.small_near(&raw, end);
                return false;
            }
            _ if matches!(names::function(&raw), Some(Function::AtLeast(1..))) => {
                self.problems.add(
                    start..end,
                    format_args!("`{raw}` without parentheses is read as a word"),
                    format_args!("write `{raw}(csto)`"),
                );
                return false;
            }
            _ => match names::proximity(&raw) {
                Some(proximity) => {
                    self.proximity(proximity, start, end);
                    return true;
                }
                None => return false,
            },
        };
        self.operators |= matches!(kind, TokenKind::And | TokenKind::Or | TokenKind::Not);
        self.token(kind, start, end);
        true
    }

    fn proximity(&mut self, mut proximity: Proximity, mut start: usize, end: usize) {
        let not = self
            .tokens
            .last()
            .filter(|it| it.end < start && matches!(it.kind, TokenKind::Not | TokenKind::SmallNot));
        if let Some(from) = not.map(|it| it.start) {
            self.tokens.pop();
            proximity.negated = true;
            start = from;
        }
        self.operators = true;
        self.token(TokenKind::Proximity(proximity), start, end);
    }

    /// `NEAR` and others without a number.
    fn bare_proximity(&mut self, name: &str, end: usize) -> bool {
        let start = self.at;
        let (within, ordered, same) = match name {
            "SAME" => (Within::Paragraph, false, "/p"),
            "NEAR" => (Within::Words(10), false, "near/10"),
            _ => (Within::Words(10), true, "pre/10"),
        };
        self.proximity(Proximity { within, ordered, negated: false }, start, end);
        self.problem(
            start,
            format_args!("`{name}` is read as `{same}`"),
            format_args!("`w/5` is within 5 words, `pre/5` in this order, `/s` in one sentence, `/p` in one paragraph"),
        );
        true
    }

    /// `near` is a word that many a text has: it is read so, and the operator is named once.
    fn small_near(&mut self, typed: &str, end: usize) {
        if self.near_is_said || !self.after_part() || !self.more_follows(end) {
            return;
        }
        self.near_is_said = true;
        self.problems.add(
            self.at..end,
            format_args!("`{typed}` is read as a word: the operator is `NEAR` in capitals"),
            format_args!("write `a NEAR b`, or `a w/5 b` for another distance"),
        );
    }

    fn but_not(&mut self, name: &str, end: usize) -> bool {
        let start = self.at;
        if name == "BUT" {
            let rest: String = self.typed[end..].iter().take(5).collect();
            if !rest.starts_with(" NOT ") {
                return false;
            }
        } else {
            self.token(TokenKind::Not, start, end);
        }
        self.at = end;
        self.operators = true;
        self.problem(
            start,
            format_args!("`{name}` is read as AND NOT"),
            format_args!("write `a NOT b` or `a -b`"),
        );
        true
    }
}
