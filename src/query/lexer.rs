//! What was typed -> tokens: words, phrases and conditions ready-made, and the signs between them.

use super::ast::{Query, Within};
use super::names::{self, Function, Proximity};
use super::problems::{Problems, quoted};
use super::word;
use crate::date::Day;
use crate::field::Field;
use std::ops::Range;

/// A piece of the query and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// What a piece is.
#[derive(Debug, Clone)]
pub(super) enum TokenKind {
    /// A word, phrase or condition.
    Leaf(Query),
    /// `(`, perhaps of a function.
    Open(Option<Function>),
    /// `)`.
    Close,
    /// `AND`, `&`, `&&`.
    And,
    /// `OR`, `|`, `||`.
    Or,
    /// `NOT`, or `-` before a word.
    Not,
    /// `and`, which is `AND` between two parts.
    SmallAnd,
    /// `or`, an operator or a word by what else is there.
    SmallOr,
    /// `not`, likewise.
    SmallNot,
    /// `+` before a word.
    Plus,
    /// `=` before a word, phrase or group.
    Exact,
    /// `title:` and what follows.
    Field(&'static Field),
    /// `w/5` and its kin.
    Proximity(Proximity),
    /// `^2`.
    Boost(f32),
}

impl TokenKind {
    /// Whether a part of the query may end here.
    pub(super) fn ends_part(&self) -> bool {
        matches!(self, Self::Leaf(_) | Self::Close | Self::Boost(_))
    }

    /// Whether a part of the query may begin here.
    pub(super) fn begins_part(&self) -> bool {
        matches!(
            self,
            Self::Leaf(_)
                | Self::Open(_)
                | Self::Not
                | Self::SmallNot
                | Self::Plus
                | Self::Exact
                | Self::Field(_)
        )
    }
}

/// The tokens and whether anything but plain words is among them.
pub(super) struct Lexed {
    pub(super) tokens: Vec<Token>,
    pub(super) operators: bool,
}

/// Cuts a query into tokens.
pub(super) fn lex(typed: &[char], today: Day, problems: &mut Problems) -> Lexed {
    let mut lexer = Lexer {
        typed,
        at: 0,
        today,
        tokens: Vec::new(),
        problems,
        operators: false,
        no_expression_before: 0,
        known_piece: 0..0,
        single_quoted_until: 0,
        near_is_said: false,
    };
    lexer.run();
    Lexed { tokens: lexer.tokens, operators: lexer.operators }
}

pub(super) struct Lexer<'a> {
    pub(super) typed: &'a [char],
    pub(super) at: usize,
    pub(super) today: Day,
    pub(super) tokens: Vec<Token>,
    pub(super) problems: &'a mut Problems,
    pub(super) operators: bool,
    /// No expression closes before this place: keeps the search for its end linear.
    no_expression_before: usize,
    /// The last run found, so that each of the names in a row such as `title:title:` finds its end at once.
    pub(super) known_piece: Range<usize>,
    /// Where the last `'a b'` ends that was looked at: apostrophes before it open nothing.
    pub(super) single_quoted_until: usize,
    /// That `near` is a word is said once.
    pub(super) near_is_said: bool,
}

impl Lexer<'_> {
    fn run(&mut self) {
        while let Some(letter) = self.peek(0) {
            let start = self.at;
            match letter {
                _ if is_space(letter) => self.at += 1,
                _ if word::is_quote(letter) => self.phrase(),
                '(' => self.sign(TokenKind::Open(None), 1),
                ')' => self.sign(TokenKind::Close, 1),
                '|' => {
                    let length = self.run_of('|');
                    self.sign(TokenKind::Or, length);
                }
                '&' if self.peek(1) == Some('&') => {
                    let length = self.run_of('&');
                    self.sign(TokenKind::And, length);
                }
                '&' if self.ends_at(1) => self.sign(TokenKind::And, 1),
                '[' | '{' => self.bracket(),
                '-' => self.dash(),
                '+' => self.plus(),
                '=' if !self.ends_at(1) && self.peek(1) != Some('=') => {
                    self.sign(TokenKind::Exact, 1);
                }
                '!' if self
                    .peek(1)
                    .is_some_and(|it| it.is_alphanumeric() || it == '(' || word::is_quote(it)) =>
                {
                    self.sign(TokenKind::Not, 1);
                    self.problem(
                        start,
                        format_args!("`!` before a word is read as NOT"),
                        format_args!("write `-word` or `NOT word`"),
                    );
                }
                '^' if self.follows_part() && self.boost() => {}
                '~' if self.peek(1).is_some_and(char::is_alphanumeric) => {
                    self.at += 1;
                    self.problem(
                        start,
                        format_args!("`~` before a word is left out"),
                        format_args!("after a word it allows other letters: `lukashenko~`"),
                    );
                }
                '/' => self.slash(),
                '\'' | '‘' => {
                    self.single_quotes();
                    self.piece();
                }
                _ => self.piece(),
            }
        }
    }

    pub(super) fn peek(&self, ahead: usize) -> Option<char> {
        self.typed.get(self.at + ahead).copied()
    }

    /// Whether a word would end there.
    pub(super) fn ends_at(&self, ahead: usize) -> bool {
        self.peek(ahead).is_none_or(|it| is_space(it) || it == ')')
    }

    fn run_of(&self, letter: char) -> usize {
        self.typed[self.at..].iter().take_while(|it| **it == letter).count()
    }

    /// Whether a part ends directly before this place, without a space.
    pub(super) fn follows_part(&self) -> bool {
        self.tokens.last().is_some_and(|it| it.end == self.at && it.kind.ends_part())
    }

    pub(super) fn after_part(&self) -> bool {
        self.tokens.last().is_some_and(|it| it.kind.ends_part())
    }

    pub(super) fn more_follows(&self, from: usize) -> bool {
        let next =
            self.typed[from.min(self.typed.len())..].iter().take(64).find(|it| !is_space(**it));
        next.is_some_and(|it| *it != ')')
    }

    fn sign(&mut self, kind: TokenKind, length: usize) {
        self.operators = true;
        self.token(kind, self.at, self.at + length);
    }

    pub(super) fn token(&mut self, kind: TokenKind, start: usize, end: usize) {
        self.tokens.push(Token { kind, start, end });
        self.at = end;
    }

    /// A phrase, pattern or condition: something that only a query holds.
    pub(super) fn condition(&mut self, query: Query, start: usize, end: usize) {
        self.operators = true;
        self.token(TokenKind::Leaf(query), start, end);
    }

    /// A problem from `start` to where the reading stands.
    pub(super) fn problem(
        &mut self,
        start: usize,
        message: std::fmt::Arguments<'_>,
        hint: std::fmt::Arguments<'_>,
    ) {
        self.problems.add(start..self.at.max(start), message, hint);
    }

    fn dash(&mut self) {
        let start = self.at;
        let length = self.run_of('-');
        if self.follows_part() {
            // `"Putin"-backed`: the dash of a joined word.
            self.at += length;
            return;
        }
        if length == 1 && !self.ends_at(1) && self.peek(1) != Some('|') {
            self.sign(TokenKind::Not, 1);
            return;
        }
        self.at += length;
        let between = self.after_part() && self.more_follows(self.at) && self.ends_at(0);
        if between {
            return;
        }
        if self.ends_at(0) {
            self.problem(
                start,
                format_args!(
                    "`{}` here is a dash and left out",
                    quoted(&self.typed[start..self.at])
                ),
                format_args!("`-word` leaves out the articles that have the word"),
            );
        } else {
            self.problem(
                start,
                format_args!("`--` before a word is a dash and left out"),
                format_args!("one `-` leaves out the articles that have the word"),
            );
        }
    }

    fn plus(&mut self) {
        let start = self.at;
        if self.ends_at(1) {
            self.sign(TokenKind::And, 1);
            self.problem(
                start,
                format_args!("`+` with a space after it is read as AND"),
                format_args!("write `a AND b`, or `+b` without the space"),
            );
            return;
        }
        let rest = &self.typed[self.at + 1..];
        let length = rest.iter().take(12).take_while(|it| it.is_ascii_alphanumeric()).count();
        let name: String = rest[..length].iter().collect();
        let within = names::after_plus(&name);
        let between = self.after_part()
            && self.ends_at(1 + length)
            && self.more_follows(self.at + 1 + length);
        if let (Some(within), true) = (within, between) {
            self.sign(
                TokenKind::Proximity(Proximity { within, ordered: true, negated: false }),
                1 + length,
            );
            let same = match within {
                Within::Words(count) => format!("pre/{count}"),
                Within::Sentence => "pre/s".to_owned(),
                Within::Paragraph => "pre/p".to_owned(),
            };
            self.problem(
                start,
                format_args!("`+{name}` between two parts is read as `{same}`"),
                format_args!("for a number that must occur write `AND {name}`"),
            );
            return;
        }
        self.sign(TokenKind::Plus, 1);
    }

    fn boost(&mut self) -> bool {
        let start = self.at;
        let length =
            self.typed[start + 1..].iter().take(24).take_while(|it| is_decimal(**it)).count();
        let number: String = self.typed[start + 1..start + 1 + length].iter().collect();
        let weight = number.parse::<f32>().ok().filter(|it| it.is_finite());
        let Some(weight) = weight else { return false };
        let end = start + 1 + length;
        if weight > 0.0 {
            self.operators = true;
            self.token(TokenKind::Boost(weight), start, end);
        } else {
            self.at = end;
            self.problem(
                start,
                format_args!("`^{number}` is left out: a weight is above 0"),
                format_args!("`-word` leaves articles out"),
            );
        }
        true
    }

    fn slash(&mut self) {
        let start = self.at;
        if start >= self.no_expression_before {
            let mut end = start + 1;
            let mut closed = None;
            while let Some(letter) = self.typed.get(end).copied() {
                if is_space(letter) || end - start > word::LONGEST_EXPRESSION {
                    break;
                }
                let after = self.typed.get(end + 1).copied();
                if letter == '\\' && after.is_some_and(|it| !is_space(it)) {
                    end += 2;
                    continue;
                }
                if letter == '/' && after.is_none_or(|it| is_space(it) || matches!(it, ')' | '^')) {
                    closed = Some(end);
                    break;
                }
                end += 1;
            }
            match closed {
                Some(close) if close > start + 1 => return self.expression(start, close),
                Some(_) => {}
                None => self.no_expression_before = end,
            }
        }
        self.piece();
    }

    fn expression(&mut self, start: usize, close: usize) {
        let inner = &self.typed[start + 1..close];
        let first_words =
            inner[0] == 'F' && inner.len() > 1 && inner[1..].iter().all(char::is_ascii_digit);
        if first_words {
            self.at = close + 1;
            self.problem(
                start,
                format_args!(
                    "`{}` is left out: the first words of an article are no condition here",
                    quoted(&self.typed[start..=close])
                ),
                format_args!("`hlead(word)` asks for headline, deck and first paragraph"),
            );
            return;
        }
        let term = word::read_expression(inner, start, self.problems).unwrap_or_else(|| {
            // Signs alone are in no article: a slip finds nothing, rather than what the rest of the query would.
            super::plain_term(self.typed[start..=close].iter().collect())
        });
        self.condition(Query::Term(term), start, close + 1);
    }
}

/// White space, and what no one sees.
pub(super) fn is_space(letter: char) -> bool {
    letter.is_whitespace()
        || letter.is_control()
        || matches!(letter, '\u{200b}' | '\u{feff}' | '\u{2060}')
}

pub(super) fn is_decimal(letter: char) -> bool {
    letter.is_ascii_digit() || letter == '.'
}
