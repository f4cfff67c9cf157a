//! Bytes to numbers, words and gaps: the small steps with which dates are read, each of bounded
//! length, so that reading stays linear on any input.

/// No word of a date is longer than this many bytes.
const LONGEST_WORD: usize = 72;
/// No number of a date has more figures.
const LONGEST_NUMBER: usize = 14;
/// White space longer than this many characters separates what stands on its sides.
const LONGEST_SPACE: usize = 16;

/// A whole number as it stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) start: usize,
    pub(super) end: usize,
    /// How many figures it has.
    pub(super) width: usize,
    /// Its value; of very long ones the value of the first figures.
    pub(super) value: u64,
}

impl Number {
    /// The value of a number of one or two figures that may be a day of a month.
    pub(super) fn day(self) -> Option<u8> {
        (self.width <= 2 && (1..=31).contains(&self.value)).then_some(self.value as u8)
    }

    /// The value of a number of one or two figures that may be a month.
    pub(super) fn month(self) -> Option<u8> {
        (self.width <= 2 && (1..=12).contains(&self.value)).then_some(self.value as u8)
    }

    /// The value of a number of four figures that may be a year.
    pub(super) fn year(self) -> Option<i32> {
        (self.width == 4 && (1500..=2999).contains(&self.value)).then_some(self.value as i32)
    }
}

/// The zeros of the scripts whose figures are read; ASCII is handled apart.
const ZEROS: &[char] = &[
    '\u{660}',  // Arabic
    '\u{6f0}',  // Persian, Urdu
    '\u{966}',  // Devanagari
    '\u{9e6}',  // Bengali
    '\u{e50}',  // Thai
    '\u{ff10}', // full width
];

/// What the first byte of a character says about it: 0 no figure, 1 an ASCII figure, 2 perhaps a
/// figure of another script.
const FIRST_BYTE: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = b'0';
    while byte <= b'9' {
        table[byte as usize] = 1;
        byte += 1;
    }
    table[0xd9] = 2;
    table[0xdb] = 2;
    table[0xe0] = 2;
    table[0xef] = 2;
    table
};

/// The next place at or after `from` where a figure stands.
pub(super) fn next_figure(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(found) = bytes.get(at..)?.iter().position(|b| FIRST_BYTE[usize::from(*b)] != 0) {
        at += found;
        if bytes[at] < 0x80 || figure_at(text, at).is_some() {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// The figure at `at`, and where it ends.
fn figure_at(text: &str, at: usize) -> Option<(u8, usize)> {
    let first = *text.as_bytes().get(at)?;
    if first.is_ascii_digit() {
        return Some((first - b'0', at + 1));
    }
    if FIRST_BYTE[usize::from(first)] == 0 {
        return None;
    }
    let letter = char_at(text, at)?;
    let zero = ZEROS.iter().find(|zero| (**zero..=after(**zero, 9)).contains(&letter))?;
    Some(((letter as u32 - *zero as u32) as u8, at + letter.len_utf8()))
}

fn after(letter: char, steps: u32) -> char {
    char::from_u32(letter as u32 + steps).unwrap_or(letter)
}

/// The number that begins at `at`; it must be a char boundary.
pub(super) fn number_at(text: &str, at: usize) -> Option<Number> {
    let mut number = Number { start: at, end: at, width: 0, value: 0 };
    while let Some((figure, end)) = figure_at(text, number.end) {
        if number.width < LONGEST_NUMBER {
            number.value = number.value * 10 + u64::from(figure);
        }
        number.width += 1;
        number.end = end;
    }
    (number.width > 0).then_some(number)
}

/// Whether a figure stands at `at`.
pub(super) fn is_figure_at(text: &str, at: usize) -> bool {
    figure_at(text, at).is_some()
}

/// Whether a figure ends at `at`.
pub(super) fn is_figure_before(text: &str, at: usize) -> bool {
    char_before(text, at).is_some_and(|c| figure_at(text, at - c.len_utf8()).is_some())
}

/// The character at `at`.
pub(super) fn char_at(text: &str, at: usize) -> Option<char> {
    let byte = *text.as_bytes().get(at)?;
    if byte < 0x80 { Some(char::from(byte)) } else { text.get(at..)?.chars().next() }
}

/// The character that ends at `at`.
pub(super) fn char_before(text: &str, at: usize) -> Option<char> {
    let byte = *text.as_bytes().get(at.checked_sub(1)?)?;
    if byte < 0x80 { Some(char::from(byte)) } else { text.get(..at)?.chars().next_back() }
}

/// Whether a character is part of a word: letters and the signs written on them.
pub(super) fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    c.is_alphabetic()
        || matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{640}'..='\u{65f}')
        || matches!(c, '\u{93c}' | '\u{94d}' | '\u{9bc}' | '\u{9cd}' | '\u{e47}'..='\u{e4e}')
        || c == '\u{200c}'
}

fn is_thai(c: char) -> bool {
    ('\u{e01}'..='\u{e4e}').contains(&c)
}

/// The apostrophe of `п'ятниця` belongs to the word; that of `d'août` does not.
fn joins(c: char, before: Option<char>, next: Option<char>) -> bool {
    let both = |test: fn(char) -> bool| before.is_some_and(test) && next.is_some_and(test);
    match c {
        '\'' | '\u{2019}' => both(|c| ('\u{400}'..='\u{52f}').contains(&c)),
        '.' => both(is_thai),
        _ => false,
    }
}

/// Where the word that begins at `at` ends; `None` when no letter stands there or the word is too
/// long for a date.
pub(super) fn word_end(text: &str, at: usize) -> Option<usize> {
    let mut end = at;
    let mut last = None;
    while let Some(c) = char_at(text, end) {
        let next = end + c.len_utf8();
        if !is_letter(c) && !joins(c, last, char_at(text, next)) {
            break;
        }
        if next - at > LONGEST_WORD {
            return None;
        }
        last = Some(c);
        end = next;
    }
    (end > at).then_some(end)
}

/// Where the word that ends at `at` begins.
pub(super) fn word_start(text: &str, at: usize) -> Option<usize> {
    let mut start = at;
    let mut last = None;
    while let Some(c) = char_before(text, start) {
        let next = start - c.len_utf8();
        if !is_letter(c) && !joins(c, char_before(text, next), last) {
            break;
        }
        if at - next > LONGEST_WORD {
            return None;
        }
        last = Some(c);
        start = next;
    }
    (start < at).then_some(start)
}

/// What lies between two parts of a date.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "which signs were met, each on its own")]
pub(super) struct Gap {
    pub(super) spaces: usize,
    pub(super) breaks: usize,
    pub(super) comma: bool,
    pub(super) dot: bool,
    /// `-` or `/`, standing without spaces around it.
    pub(super) mark: Option<char>,
    /// A filler word such as `of` or `de`; set by those who know the words.
    pub(super) filler: bool,
    pub(super) apostrophe: bool,
    pub(super) bracket: bool,
}

impl Gap {
    /// Whether there is nothing at all between the parts.
    pub(super) fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// Takes a character in; false when it does not belong into a gap.
    fn take(&mut self, c: char) -> bool {
        match c {
            '\n' if self.breaks == 0 => self.breaks = 1,
            '\n' => return false,
            ',' | '،' | '、' if !self.comma => self.comma = true,
            '.' if !self.dot => self.dot = true,
            '-' | '/' if self.mark.is_none() => self.mark = Some(c),
            '\'' | '\u{2019}' if !self.apostrophe => self.apostrophe = true,
            '(' | ')' | '（' | '）' if !self.bracket => self.bracket = true,
            _ if c.is_whitespace() && self.spaces < LONGEST_SPACE => self.spaces += 1,
            _ => return false,
        }
        true
    }
}

/// Steps forward over spaces and the punctuation of dates.
pub(super) fn gap_forward(text: &str, at: usize, gap: &mut Gap) -> usize {
    let mut end = at;
    while let Some(c) = char_at(text, end) {
        if !gap.take(c) {
            break;
        }
        end += c.len_utf8();
    }
    end
}

/// Steps backward over spaces and the punctuation of dates.
pub(super) fn gap_backward(text: &str, at: usize, gap: &mut Gap) -> usize {
    let mut start = at;
    while let Some(c) = char_before(text, start) {
        if !gap.take(c) {
            break;
        }
        start -= c.len_utf8();
    }
    start
}

/// Whether what ends at `at` is a number of its own: not the first part of 10,000, 1.5, 10:30 or
/// 10%, nor of a word such as 10th (whose ending is to be stepped over first) or 4x4.
pub(super) fn ends_clean(text: &str, at: usize) -> bool {
    match char_at(text, at) {
        None => true,
        Some('.' | ',' | ':' | '\'' | '\u{66b}' | '\u{66c}') => !is_figure_at(text, at + 1),
        Some('%' | '٪' | '°' | '€' | '$' | '£') => false,
        Some(c) => !is_figure_at(text, at) && !is_letter(c),
    }
}
