//! Quotations and brackets in a query -> phrases, spans of days, or plain punctuation.

use super::ast::{Phrase, Query, Term, TermKind};
use super::lexer::{Lexer, TokenKind, is_space};
use super::names;
use super::problems::quoted;
use super::word::{self, Word};

/// How far a closing bracket is looked for.
const LONGEST_BRACKET: usize = 120;

impl Lexer<'_> {
    /// `[a TO b]` of Lucene, `{a b}` of others; other brackets are punctuation.
    pub(super) fn bracket(&mut self) {
        let start = self.at;
        let Some(close) = self.closing_bracket() else {
            self.at += 1;
            self.problem(
                start,
                format_args!("`{}` is left out: it is no sign here", self.typed[start]),
                format_args!("parentheses group, and quotes make a phrase"),
            );
            return;
        };
        let inner = &self.typed[start + 1..close];
        if let Some((first, last)) = split_range(inner) {
            self.at = close + 1;
            if let Some(dates) = self.read_days(&format!("{first}..{last}")) {
                self.condition(dates, start, close + 1);
                self.problem(
                    start,
                    format_args!(
                        "`{}` is read as `date:{first}..{last}`",
                        quoted(&self.typed[start..=close])
                    ),
                    format_args!("a span of days is `date:2020-03..2020-06`"),
                );
            } else {
                self.at = start + 1;
                self.problems.add(
                    start..close + 1,
                    format_args!(
                        "`{}` is read as words: only dates and lengths have ranges",
                        quoted(&self.typed[start..=close])
                    ),
                    format_args!("write `date:2020..2021` or `length:600..900`"),
                );
            }
            return;
        }
        if self.typed[start] == '{' {
            let words = self.phrase_words(start + 1, close);
            if !words.is_empty() {
                self.token(TokenKind::Exact, start, start + 1);
                self.condition(Query::Phrase(Phrase { words, window: None }), start + 1, close + 1);
                self.problem(
                    start,
                    format_args!(
                        "`{}` is read as a phrase in these very forms",
                        quoted(&self.typed[start..=close])
                    ),
                    format_args!("write `=\"a b\"`"),
                );
                return;
            }
        }
        self.at = close + 1;
        self.problem(
            start,
            format_args!(
                "`{}` is read without its brackets: they are no signs here",
                quoted(&self.typed[start..=close])
            ),
            format_args!("parentheses group, and quotes make a phrase"),
        );
        self.at = start + 1;
    }

    /// `'a b'` looks like a phrase and is none: `'` and `’` are apostrophes.
    pub(super) fn single_quotes(&mut self) {
        let start = self.at;
        let opens =
            start == 0 || self.typed.get(start - 1).is_some_and(|it| is_space(*it) || *it == '(');
        if start < self.single_quoted_until || !opens {
            return;
        }
        let ends = |at: usize| self.typed.get(at).is_none_or(|it| is_space(*it) || *it == ')');
        let mut spaces = 0;
        for at in start + 1..self.typed.len().min(start + LONGEST_BRACKET) {
            let letter = self.typed[at];
            if word::is_quote(letter) || matches!(letter, '(' | ')') {
                return;
            }
            spaces += usize::from(is_space(letter));
            if matches!(letter, '\'' | '’') && ends(at + 1) {
                self.single_quoted_until = at;
                let inner = &self.typed[start + 1..at];
                // One word in quotes is that word, whatever the quotes are.
                if spaces > 0 && inner.iter().any(|it| it.is_alphanumeric()) {
                    self.problems.add(
                        start..at + 1,
                        format_args!(
                            "`{}` is read as words: single quotes are apostrophes",
                            quoted(&self.typed[start..=at])
                        ),
                        format_args!("for the phrase write `\"{}\"`", quoted(inner)),
                    );
                }
                return;
            }
        }
    }

    pub(super) fn closing_bracket(&self) -> Option<usize> {
        let last = self.typed.len().min(self.at + LONGEST_BRACKET);
        (self.at + 1..last).find(|at| matches!(self.typed[*at], ']' | '}'))
    }

    pub(super) fn phrase(&mut self) {
        let start = self.at;
        let (close, closed) = self.closing_quote();
        let mut words = self.phrase_words(start + 1, close);
        let mut end = if closed { close + 1 } else { close };
        self.at = end;
        self.operators = true;
        if !closed {
            self.problem(
                start,
                format_args!("the quotation is not closed: read to the end"),
                format_args!("add `\"` where the phrase ends"),
            );
        }
        if self.peek(0) == Some('*')
            && self.ends_at(1)
            && let Some(last) = words.last_mut().filter(|it| it.kind == TermKind::Stem)
        {
            last.text.push('*');
            last.kind = TermKind::Wildcard;
            end += 1;
            self.at = end;
            self.problem(
                start,
                format_args!("`*` after the quotation is read as an ending of its last word"),
                format_args!("write it inside: `\"csto oblig*\"`"),
            );
        }
        let window = self.window(start, words.len());
        end = end.max(self.at);
        if words.is_empty() {
            self.problem(
                start,
                format_args!("there is no word in the quotation"),
                format_args!(""),
            );
            let asked = |kind: &TokenKind| matches!(kind, TokenKind::Field(_) | TokenKind::Exact);
            if self.tokens.last().is_some_and(|it| it.end == start && asked(&it.kind)) {
                // What a field has to hold is in no article; without it the field's name would be left as a word.
                let nothing = Query::Term(super::plain_term("\"\"".to_owned()));
                self.condition(nothing, start, end);
            }
            return;
        }
        self.condition(Query::Phrase(Phrase { words, window }), start, end);
    }

    fn window(&mut self, start: usize, words: usize) -> Option<u32> {
        if self.peek(0) != Some('~') {
            return None;
        }
        let length = self.typed[self.at + 1..].iter().take_while(|it| it.is_ascii_digit()).count();
        let digits: String = self.typed[self.at + 1..self.at + 1 + length].iter().collect();
        self.at += 1 + length;
        let window = names::number(&digits);
        if window.is_none() || words < 2 {
            self.problem(
                start,
                format_args!("`~{digits}` after this quotation is left out"),
                format_args!("`\"a b\"~5` is all words with at most 5 others among them"),
            );
        }
        window.filter(|_| words > 1)
    }

    /// Where the quotation that begins here ends, and whether it was closed.
    fn closing_quote(&self) -> (usize, bool) {
        let open = self.typed[self.at];
        let mut at = self.at + 1;
        while let Some(letter) = self.typed.get(at).copied() {
            let closes = match open {
                '«' => letter == '»',
                '»' => letter == '«',
                '「' => letter == '」',
                '『' => letter == '』',
                _ => matches!(letter, '"' | '“' | '”' | '‟' | '＂'),
            };
            if closes {
                return (at, true);
            }
            at += if letter == '\\' { 2 } else { 1 };
        }
        (self.typed.len(), false)
    }

    pub(super) fn phrase_words(&mut self, from: usize, to: usize) -> Vec<Term> {
        let mut words = Vec::new();
        let mut at = from;
        while at < to {
            let start = at;
            while at < to && !is_space(self.typed[at]) {
                at += 1;
            }
            if at > start
                && let Word::Term(term) =
                    word::read_word(&self.typed[start..at], start, true, self.problems)
            {
                words.push(term);
            }
            at += 1;
        }
        words
    }
}

/// Two sides of ` TO `.
pub(super) fn split_range(inner: &[char]) -> Option<(String, String)> {
    let text: String = inner.iter().collect();
    let at = text.to_ascii_uppercase().find(" TO ")?;
    let side = |text: &str| if text.trim() == "*" { String::new() } else { text.trim().to_owned() };
    Some((side(&text[..at]), side(&text[at + 4..])))
}
