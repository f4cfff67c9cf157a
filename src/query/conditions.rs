//! `name:` and `name>` in a query -> fields, days and lengths, or text when they are none.

use super::ast::{DateField, Query};
use super::lexer::{Lexer, TokenKind, is_space};
use super::names;
use super::problems::quoted;
use super::quotes::split_range;
use super::word;
use crate::date::{self, RangeUse};
use crate::field::{self, Field, Kind};
use std::ops::Range;

/// So many more words are tried when a date is written in several without quotes.
const DATE_WORDS: usize = 3;

impl Lexer<'_> {
    /// A piece that begins with the name of a field; false if it is a word.
    pub(super) fn named(&mut self, end: usize) -> bool {
        let start = self.at;
        let raw = &self.typed[start..end];
        let length =
            raw.iter().take_while(|it| it.is_alphabetic() || matches!(it, '_' | '-')).count();
        if length == 0 || length > 40 {
            return false;
        }
        let name: String = raw[..length].iter().collect();
        match raw.get(length) {
            Some(':') => self.after_colon(&name, start + length + 1, end),
            Some('<' | '>' | '=') => self.comparison(&name, start + length, end),
            None => self.spaced(&name, end),
            Some(_) => false,
        }
    }

    fn after_colon(&mut self, name: &str, after: usize, end: usize) -> bool {
        let start = self.at;
        let spaced =
            self.typed.get(after).is_none_or(|it| is_space(*it) || matches!(it, ')' | '|'));
        if spaced {
            self.spaced_colon(name, start..after);
            return false;
        }
        let rest = &self.typed[after..end.max(after)];
        if !rest.is_empty()
            && rest.iter().all(|it| word::is_dash(*it) || matches!(it, ':' | ',' | ';'))
        {
            return false;
        }
        let Some(field) = self.field_named(name, start, after) else {
            let port = !rest.is_empty() && rest.iter().all(|it| it.is_ascii_digit() || *it == '/');
            if !port && !names::is_scheme(name) {
                let meant = field::nearest(name).map(|it| format!("did you mean `{it}:`? "));
                self.problems.add(
                    start..after,
                    format_args!("there is no field `{name}:`: read as text"),
                    format_args!("{}`morgue fields` lists the fields", meant.unwrap_or_default()),
                );
            }
            return false;
        };
        self.at = after;
        match field.kind {
            Kind::Date => self.days(field, start),
            Kind::Number => {
                let value: String = self.typed[after..end].iter().collect();
                self.length(&value, start, end);
            }
            Kind::Text | Kind::Aside | Kind::Value => {
                let word: String = rest.iter().take(5).collect();
                let has_none = field.kind == Kind::Value || field.name == "url";
                if has_none && word.eq_ignore_ascii_case("none") {
                    self.condition(Query::Missing { field: field.name }, start, end);
                } else {
                    self.field(field, start, after);
                }
            }
        }
        true
    }

    fn field(&mut self, field: &'static Field, start: usize, end: usize) {
        self.operators = true;
        self.token(TokenKind::Field(field), start, end);
    }

    /// `Moscow: CSTO meets` is a headline, and `by: smith` may be one.
    fn spaced_colon(&mut self, name: &str, spot: Range<usize>) {
        let followed = self.typed[spot.end..].iter().take(64).any(|it| !is_space(*it));
        let known = field::find(name);
        if let Some(field) = known {
            self.problems.add(
                spot,
                format_args!("`{name}:` with a space after it is read as a word"),
                format_args!("for the field write it without the space, as in `{}`", field.example),
            );
        } else if followed {
            self.problems.add(
                spot,
                format_args!("`{name}:` is read as a word: a field has no space after its colon"),
                format_args!("`morgue fields` lists the fields"),
            );
        }
    }

    /// `length>600`, `date>=2020`, `hd=putin`.
    fn comparison(&mut self, name: &str, sign_at: usize, end: usize) -> bool {
        let start = self.at;
        let ours = field::find(name).or_else(|| names::foreign_field(name).and_then(field::find));
        let Some(field) = ours else { return false };
        let quoted_value = self.typed.get(end).is_some_and(|it| word::is_quote(*it) || *it == '(');
        if sign_at + 1 >= end && !quoted_value {
            return false;
        }
        match field.kind {
            Kind::Number => {
                self.field_named(name, start, sign_at);
                let value: String = self.typed[sign_at..end].iter().collect();
                self.length(&value, start, end);
                true
            }
            Kind::Date => {
                let value: String = self.typed[sign_at..end].iter().collect();
                let (usage, digits) = comparison_use(&value);
                let Some(days) = self.days_of(field, usage, digits) else { return false };
                self.condition(days, start, end);
                self.problem(
                    start,
                    format_args!("`{name}{value}` is read as a date"),
                    format_args!("write `since:`, `until:`, `before:` or `after:`"),
                );
                true
            }
            Kind::Text | Kind::Aside | Kind::Value if self.typed[sign_at] == '=' => {
                self.problems.add(
                    start..sign_at + 1,
                    format_args!("`{name}=` is read as `{}:`", field.name),
                    format_args!("a field is written with a colon"),
                );
                self.field(field, start, sign_at + 1);
                true
            }
            Kind::Text | Kind::Aside | Kind::Value => false,
        }
    }

    /// `length > 600` and `date aft 2020`, as other products write them.
    fn spaced(&mut self, name: &str, end: usize) -> bool {
        let start = self.at;
        let ours = field::find(name).or_else(|| names::foreign_field(name).and_then(field::find));
        let Some(field) = ours else { return false };
        let (sign, sign_end) = self.word_after(end);
        match field.kind {
            Kind::Number => {
                // `words =100` is two words, the second in this very form.
                if sign != "=" && !sign.starts_with(['<', '>']) {
                    return false;
                }
                let (value, last) = if sign.ends_with(|it: char| it.is_ascii_digit()) {
                    (sign, sign_end)
                } else {
                    let (number, last) = self.word_after(sign_end);
                    (format!("{sign}{number}"), last)
                };
                if parse_length(&value).is_none() {
                    return false;
                }
                self.length(&value, start, last);
                true
            }
            Kind::Date => {
                let usage = match sign.to_ascii_lowercase().as_str() {
                    "aft" | ">" => RangeUse::After,
                    "bef" | "<" => RangeUse::Before,
                    "geq" | ">=" => RangeUse::Since,
                    "leq" | "<=" => RangeUse::Until,
                    "=" => RangeUse::On,
                    _ => return false,
                };
                let (value, last) = self.word_after(sign_end);
                let Some(days) = self.days_of(field, usage, &value) else { return false };
                self.condition(days, start, last);
                self.problem(
                    start,
                    format_args!("`{}` is read as a date", quoted(&self.typed[start..last])),
                    format_args!("write `since:`, `until:`, `before:` or `after:`"),
                );
                true
            }
            Kind::Text | Kind::Aside | Kind::Value => false,
        }
    }

    /// The next run without spaces, and where it ends.
    fn word_after(&self, from: usize) -> (String, usize) {
        let spaces = self.typed[from..].iter().take_while(|it| **it == ' ').count();
        let start = from + spaces;
        let length = self.typed[start..]
            .iter()
            .take(40)
            .take_while(|it| {
                !is_space(**it) && !word::is_quote(**it) && !matches!(it, '(' | ')' | '|')
            })
            .count();
        (self.typed[start..start + length].iter().collect(), start + length)
    }

    fn length(&mut self, value: &str, start: usize, end: usize) {
        let mut end = end;
        let mut parsed = parse_length(value);
        if parsed.is_none() && value.starts_with('[') {
            self.at = end - value.chars().count();
            if let Some(close) = self.closing_bracket() {
                let range = split_range(&self.typed[self.at + 1..close]);
                parsed = range.and_then(|(first, last)| parse_length(&format!("{first}..{last}")));
                end = if parsed.is_some() { close + 1 } else { end };
            }
        }
        if let Some((min, max)) = parsed {
            self.condition(Query::Length { min, max }, start, end);
            if value.starts_with('[') {
                self.problem(
                    start,
                    format_args!("this range is read as words in the body"),
                    format_args!("write `length:600..900`"),
                );
            }
            return;
        }
        let text: String = self.typed[start..end].iter().collect();
        self.condition(Query::Term(super::plain_term(text)), start, end);
        self.problem(
            start,
            format_args!("`{}` is no length: read as text", quoted(&self.typed[start..end])),
            format_args!("write `length>600`, `length:600..900` or `length<200`"),
        );
    }

    /// What follows `date:` and the other names of days.
    fn days(&mut self, field: &'static Field, start: usize) {
        let from = self.at;
        let first = self.typed[from];
        if first == '(' {
            return self.field(field, start, from);
        }
        let (value, end) = if word::is_quote(first) {
            let close = (from + 1..self.typed.len()).find(|at| word::is_quote(self.typed[*at]));
            let close = close.unwrap_or(self.typed.len());
            (
                self.typed[from + 1..close].iter().collect::<String>(),
                (close + 1).min(self.typed.len()),
            )
        } else if matches!(first, '[' | '{') {
            self.bracketed_days(from)
        } else {
            let length = self.typed[from..]
                .iter()
                .take_while(|it| {
                    !is_space(**it) && !word::is_quote(**it) && !matches!(it, '(' | ')' | '|' | '^')
                })
                .count();
            (self.typed[from..from + length].iter().collect(), from + length)
        };
        let trimmed = value.trim_end_matches([',', ';', '?', '!']);
        let (usage, bare) = match comparison_use(trimmed) {
            (RangeUse::On, bare) => (field_use(field), bare),
            (usage, bare) => (usage, bare),
        };
        if let Some(query) = self.days_of(field, usage, bare) {
            self.condition(query, start, end);
            if matches!(first, '[' | '{' | '<' | '>') {
                self.problem(
                    start,
                    format_args!("`{}` is read as a span of days", quoted(&self.typed[start..end])),
                    format_args!("write `date:2020-03..2020-06`, `since:2020` or `before:2020`"),
                );
            }
            return;
        }
        if first.is_alphanumeric() && self.several_words(field, start, end) {
            return;
        }
        let error = date::read_range(bare, self.today).err();
        let (message, hint) = match error {
            Some(error) => (error.to_string(), error.hint()),
            None => (format!("there is no day so far from `{bare}`"), String::new()),
        };
        self.problems.add(
            start..end,
            format_args!("{message}: read as text"),
            format_args!("{hint}"),
        );
        if word::is_quote(first) {
            let words = self.phrase_words(from + 1, if end > from + 1 { end } else { from + 1 });
            let name = self.typed[start..from.saturating_sub(1)].iter().collect();
            self.condition(Query::Term(super::plain_term(name)), start, from);
            if words.is_empty() {
                self.at = end;
            } else {
                let phrase = super::ast::Phrase { words, window: None };
                self.condition(Query::Phrase(phrase), from, end);
            }
        } else {
            let in_brackets = matches!(first, '[' | '{');
            let end = if in_brackets { self.word_after(from).1 } else { end };
            let length = trimmed.chars().count().max(1).min(end - from);
            let text = self.typed[start..from + length].iter().collect();
            self.condition(Query::Term(super::plain_term(text)), start, end);
        }
    }

    fn bracketed_days(&mut self, from: usize) -> (String, usize) {
        if let Some(close) = self.closing_bracket()
            && let Some((first, last)) = split_range(&self.typed[from + 1..close])
        {
            return (format!("{first}..{last}"), close + 1);
        }
        let end = self.word_after(from).1;
        (self.typed[from..end].iter().collect(), end)
    }

    /// `date:last 3 months` without quotes: the longest run of words that is a date.
    fn several_words(&mut self, field: &'static Field, start: usize, first_end: usize) -> bool {
        let mut ends = Vec::new();
        let mut end = first_end;
        for _ in 0..DATE_WORDS {
            let (next, next_end) = self.word_after(end);
            if next.is_empty() || next_end - end > 24 {
                break;
            }
            ends.push(next_end);
            end = next_end;
        }
        for end in ends.into_iter().rev() {
            let value: String = self.typed[self.at..end].iter().collect();
            if let Some(query) = self.days_of(field, field_use(field), &value) {
                self.condition(query, start, end);
                self.problem(
                    start,
                    format_args!("`{}` is read as one date", quoted(&self.typed[start..end])),
                    format_args!("write `{}:\"{value}\"`", field.name),
                );
                return true;
            }
        }
        false
    }

    /// A span of days in the field that was asked, without complaint when it is none.
    pub(super) fn days_of(&self, field: &Field, usage: RangeUse, value: &str) -> Option<Query> {
        let which = date_field(field);
        let own_name = match which {
            DateField::Published => "date",
            DateField::Updated => "updated",
            DateField::Added => "added",
        };
        if field.name == own_name {
            match value {
                _ if value.eq_ignore_ascii_case("none") => {
                    return Some(Query::Missing { field: own_name });
                }
                "*" => return Some(Query::Not(Box::new(Query::Missing { field: own_name }))),
                ".." => return Some(Query::Dates { field: which, first: None, last: None }),
                _ => {}
            }
        }
        days(which, usage, value, self.today)
    }

    pub(super) fn read_days(&self, value: &str) -> Option<Query> {
        let digits = value.chars().filter(char::is_ascii_digit).count();
        (digits >= 4).then(|| days(DateField::Published, RangeUse::On, value, self.today)).flatten()
    }
}

/// A span of days as typed.
fn days(field: DateField, usage: RangeUse, value: &str, today: date::Day) -> Option<Query> {
    if value.len() > 100 {
        return None;
    }
    let range = date::apply(usage, date::read_range(value, today).ok()?);
    // Nothing comes after a span without an end: no span of days, and it could not be printed.
    let outside = range.first.is_some_and(|it| it > date::Day::MAX)
        || range.last.is_some_and(|it| it < date::Day::MIN);
    if outside {
        return None;
    }
    Some(Query::Dates { field, first: range.first, last: range.last })
}

/// Days in a group: `date:(2019 OR 2021)`.
pub(super) fn days_in_group(field: &Field, value: &str, today: date::Day) -> Option<Query> {
    days(date_field(field), field_use(field), value, today)
}

fn date_field(field: &Field) -> DateField {
    match field.name {
        "updated" => DateField::Updated,
        "added" => DateField::Added,
        _ => DateField::Published,
    }
}

fn field_use(field: &Field) -> RangeUse {
    match field.name {
        "since" => RangeUse::Since,
        "until" => RangeUse::Until,
        "before" => RangeUse::Before,
        "after" => RangeUse::After,
        _ => RangeUse::On,
    }
}

fn comparison_use(value: &str) -> (RangeUse, &str) {
    let table = [
        (">=", RangeUse::Since),
        ("<=", RangeUse::Until),
        (">", RangeUse::After),
        ("<", RangeUse::Before),
        ("=", RangeUse::On),
    ];
    for (sign, usage) in table {
        if let Some(rest) = value.strip_prefix(sign) {
            return (usage, rest);
        }
    }
    (RangeUse::On, value)
}

/// `>600`, `>=600`, `<200`, `600..`, `600..900`, `600`.
fn parse_length(value: &str) -> Option<(Option<u32>, Option<u32>)> {
    let value = value.trim_end_matches([',', ';', '?', '!']);
    let number = |digits: &str| names::number(&digits.replace([',', '_'], ""));
    if let Some((first, last)) = value.split_once("..") {
        let side = |text: &str| if text.is_empty() { Some(None) } else { number(text).map(Some) };
        return Some((side(first)?, side(last)?));
    }
    let (usage, digits) = comparison_use(value);
    let count = number(digits)?;
    Some(match usage {
        RangeUse::Since => (Some(count), None),
        RangeUse::Until => (None, Some(count)),
        RangeUse::After => (Some(count.saturating_add(1)), None),
        // Under 0 words there is nothing: a span that is empty.
        RangeUse::Before if count == 0 => (Some(1), Some(0)),
        RangeUse::Before => (None, Some(count - 1)),
        RangeUse::On => (Some(count), Some(count)),
    })
}
