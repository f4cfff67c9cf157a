//! Takes a text and gives its words: folded forms with their positions, case, and place in the text.

use super::compound;
use super::fold::fold_into;
use super::sentences::ends_sentence;

/// What becomes of the words of a text, in the order they stand.
pub trait Visitor {
    /// A form of a word. Forms of one word come together; positions never decrease.
    fn form(&mut self, form: Form<'_>);
    /// Whether the forms of a plain word of ASCII letters or figures are asked for. Of others only the place is told.
    fn wants(&self, _word: &[u8]) -> bool {
        true
    }
    /// Where a word stands whose forms are not asked for.
    fn place(&mut self, _position: u32, _start: usize, _end: usize) {}
    /// A sentence begins at this position (not said for the first of a paragraph).
    fn sentence(&mut self, _position: u32) {}
    /// A paragraph ends; the border takes this position, as a word would.
    fn paragraph(&mut self, _position: u32) {}
}

/// One form of a word in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form<'a> {
    /// Folded.
    pub text: &'a str,
    /// What kind of form it is.
    pub kind: FormKind,
    /// Position of the word, or of the first of the words it joins.
    pub position: u32,
    /// How many positions it covers; above 1 for joined forms alone.
    pub width: u32,
    /// The case of the word's letters.
    pub class: Class,
    /// First byte of the word in the text.
    pub start: usize,
    /// Byte after its last.
    pub end: usize,
}

/// Why a word has this form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormKind {
    /// The word itself. Every position has exactly one.
    Main,
    /// Another way the same word is written: `accord` in `l'accord`, `nato` for `N.A.T.O.`.
    Also,
    /// With its sign, or its stops, as it stands: `$1.5`, `#metoo`, `u.s.` for `US`. Who types it means just that.
    Written,
    /// Several words in one: `email` for `e-mail`, an address.
    Joined,
    /// Two neighbouring letters of a script that leaves no spaces between words.
    Pair,
}

/// The case of a word's letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Class {
    /// No capital, or no letter that could be one.
    Lower = 0,
    /// At least one capital.
    Capital = 1,
    /// All capitals.
    All = 2,
    /// In a line wholly in capitals, where capitals say nothing.
    Line = 3,
}

impl Class {
    /// The class of the two low bits of `bits`.
    pub fn from_bits(bits: u32) -> Self {
        match bits & 3 {
            0 => Self::Lower,
            1 => Self::Capital,
            2 => Self::All,
            _ => Self::Line,
        }
    }
}

/// Visits the words of `text`; the first gets the position `first`. Returns the position after the last.
///
/// Paragraphs are separated by blank lines.
pub fn tokenize(text: &str, first: u32, visitor: &mut impl Visitor) -> u32 {
    scan(text, first, visitor, true)
}

/// Visits the words of a text that somebody typed: no line of it is a headline in capitals.
pub fn tokenize_typed(text: &str, visitor: &mut impl Visitor) -> u32 {
    scan(text, 0, visitor, false)
}

/// Bytes of most words; a longer one makes room for itself.
const LETTERS_A_WORD: usize = 32;

fn scan(text: &str, first: u32, visitor: &mut impl Visitor, judge_lines: bool) -> u32 {
    let mut scan = Scan {
        text,
        visitor,
        position: first,
        last_word: None,
        judge_lines,
        all_capitals: false,
        buffer: String::with_capacity(LETTERS_A_WORD),
        currency: None,
    };
    let mut blank = false;
    let mut start = 0;
    while start < text.len() {
        let end =
            memchr::memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |at| start + at);
        let line = &text[start..end];
        if line.trim().is_empty() {
            blank = true;
        } else {
            if blank && scan.position > first {
                scan.border();
            }
            blank = false;
            scan.line(start, end);
        }
        start = end + 1;
    }
    scan.position
}

/// The state of one walk through a text.
pub(super) struct Scan<'t, 'v, V: Visitor> {
    pub(super) text: &'t str,
    visitor: &'v mut V,
    pub(super) position: u32,
    last_word: Option<(usize, usize)>,
    judge_lines: bool,
    pub(super) all_capitals: bool,
    pub(super) buffer: String,
    /// A currency sign that stood alone, with the byte after it: `$ 1.5` is `$1.5`.
    pub(super) currency: Option<(char, usize)>,
}

impl<V: Visitor> Scan<'_, '_, V> {
    fn border(&mut self) {
        self.visitor.paragraph(self.position);
        self.position += 1;
        self.last_word = None;
        self.currency = None;
    }

    fn line(&mut self, start: usize, end: usize) {
        self.all_capitals = self.judge_lines && wholly_capitals(&self.text[start..end]);
        let line = &self.text.as_bytes()[..end];
        let mut at = start;
        while let Some(byte) = line.get(at) {
            if KINDS[usize::from(*byte)] == SPACE {
                at += 1;
                continue;
            }
            if let Some(stop) = self.plain_word(line, at) {
                at = stop;
                continue;
            }
            if let Some(space) = self.space_at(at) {
                at += space.len_utf8();
                continue;
            }
            let stop = self.chunk_end(at, end);
            compound::scan(self, at, stop);
            at = stop;
        }
    }

    /// The white space beyond ASCII that begins at `at`.
    fn space_at(&self, at: usize) -> Option<char> {
        let is_space = |it: &char| !it.is_ascii() && it.is_whitespace();
        self.text[at..].chars().next().filter(is_space)
    }

    /// The end of the run of letters and signs that begins at `at`.
    fn chunk_end(&self, at: usize, end: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut stop = at;
        while stop < end {
            let byte = bytes[stop];
            if byte.is_ascii() {
                if byte.is_ascii_whitespace() {
                    break;
                }
                stop += 1;
                continue;
            }
            let Some(letter) = self.text[stop..].chars().next() else { break };
            if letter.is_whitespace() {
                break;
            }
            stop += letter.len_utf8();
        }
        stop
    }

    /// Most words are ASCII letters or figures with a sign before or behind: they take the short way, as `compound` would
    /// say them. `line` ends where the line does. Gives where the word ends.
    #[inline]
    fn plain_word(&mut self, line: &[u8], at: usize) -> Option<usize> {
        let start = run_end(line, at, OPENS);
        // No line ends within a word: eight bytes may be read past its end.
        let (mut end, kinds) = letters(self.text.as_bytes(), start);
        let mut after = end;
        let mut is_grouped = false;
        if start == end {
            // What stands beside a currency has a form with it.
            if self.currency.is_some() {
                return None;
            }
            (end, is_grouped) = number_end(line, start);
            if start == end || is_grouped && !compound::is_grouped_number(&self.text[start..end]) {
                return None;
            }
            after = end;
        } else if let Some([b'\'', b's' | b'S']) = line.get(end..end + 2) {
            after = end + 2;
        }
        let stop = run_end(line, after, CLOSES);
        if let Some(next) = line.get(stop)
            && KINDS[usize::from(*next)] != SPACE
            && (next.is_ascii() || self.space_at(stop).is_none())
        {
            return None;
        }
        self.currency = None;
        let class = match kinds {
            _ if self.all_capitals => Class::Line,
            0 | SMALL => Class::Lower,
            CAPITAL => Class::All,
            _ => Class::Capital,
        };
        self.word(start, end);
        let word = &self.text[start..end];
        self.buffer.clear();
        if is_grouped {
            self.buffer.extend(word.chars().filter(|it| *it != ','));
        }
        let shown = if is_grouped { &self.buffer } else { word };
        if !self.visitor.wants(shown.as_bytes()) {
            self.visitor.place(self.position, start, end);
            self.position += 1;
            return Some(stop);
        }
        if !is_grouped {
            fold_into(word, &mut self.buffer);
        }
        let form = Form {
            text: &self.buffer,
            kind: FormKind::Main,
            position: self.position,
            width: 1,
            class,
            start,
            end,
        };
        self.visitor.form(form);
        if end - start <= 3 && class == Class::All && compound::is_pronoun_like(&self.buffer) {
            let dotted = compound::dotted(&self.buffer);
            self.visitor.form(Form { text: &dotted, kind: FormKind::Written, ..form_at(form) });
        }
        self.position += 1;
        Some(stop)
    }

    /// Notes that a word stands here: says so if it begins a sentence.
    #[inline]
    pub(super) fn word(&mut self, start: usize, end: usize) {
        // Most words have one space between them.
        if let Some(last) = self.last_word.replace((start, end))
            && start > last.1 + 1
        {
            self.word_apart(last, start);
        }
    }

    /// A word with more than one byte between it and the last.
    fn word_apart(&mut self, (last_start, last_end): (usize, usize), start: usize) {
        if let Some(gap) = self.text.get(last_end..start)
            && let Some(next) = self.text[start..].chars().next()
            && ends_sentence(&self.text[last_start..last_end], gap, next)
        {
            self.visitor.sentence(self.position);
        }
    }

    pub(super) fn emit(&mut self, form: Form<'_>) {
        self.visitor.form(form);
    }

    /// The case class of a word as written.
    pub(super) fn class(&self, word: &str) -> Class {
        let mut upper = false;
        let mut lower = false;
        for letter in word.chars() {
            if letter.is_ascii() {
                upper |= letter.is_ascii_uppercase();
                lower |= letter.is_ascii_lowercase();
            } else {
                upper |= letter.is_uppercase();
                lower |= letter.is_lowercase();
            }
        }
        match (upper, lower) {
            _ if self.all_capitals => Class::Line,
            (false, _) => Class::Lower,
            (true, true) => Class::Capital,
            (true, false) => Class::All,
        }
    }
}

/// What bytes of ASCII are to words.
const SMALL: u8 = 1;
const CAPITAL: u8 = 2;
const LETTER: u8 = SMALL | CAPITAL;
/// Signs that may stand before a plain word.
const OPENS: u8 = 4;
/// Signs that may stand behind one.
const CLOSES: u8 = 8;
const SPACE: u8 = 16;

static KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0_u8;
    while byte.is_ascii() {
        kinds[byte as usize] = match byte {
            b'a'..=b'z' => SMALL,
            b'A'..=b'Z' => CAPITAL,
            b'"' | b'\'' => OPENS | CLOSES,
            b'(' | b'[' | b'<' => OPENS,
            b'.' | b',' | b';' | b':' | b'!' | b'?' | b')' | b']' | b'>' => CLOSES,
            _ if byte.is_ascii_whitespace() => SPACE,
            _ => 0,
        };
        byte += 1;
    }
    kinds
};

/// Where the ASCII letters end that begin at `at`, and which kinds of them there are. Eight bytes are looked at in one
/// step (Warren, Hacker's Delight, 6-1, "Find First 0-Byte", with the bounds of the alphabet added): words end where no
/// processor can foresee it, and each wrong guess costs as much as ten such steps.
#[inline]
fn letters(bytes: &[u8], at: usize) -> (usize, u8) {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * EACH;
    let mut kinds = 0;
    let mut end = at;
    while let Some(eight) = bytes.get(end..).and_then(|it| it.first_chunk::<8>()) {
        let word = u64::from_le_bytes(*eight);
        let small = (word | (0x20 * EACH)) & !HIGH;
        let from_a = small + u64::from(0x80 - b'a') * EACH;
        let past_z = small + u64::from(0x7f - b'z') * EACH;
        let letters = from_a & !past_z & !word & HIGH;
        let count = (letters ^ HIGH).trailing_zeros() / 8;
        let here = letters & (HIGH.checked_shl(count * 8).unwrap_or(0) ^ HIGH);
        // The bit that tells small letters from capitals, where the bit of the letter is.
        let in_small = word << 2;
        kinds |= if here & in_small == 0 { 0 } else { SMALL };
        kinds |= if here & !in_small == 0 { 0 } else { CAPITAL };
        end += count as usize;
        if count < 8 {
            return (end, kinds);
        }
    }
    while let Some(kind) = bytes.get(end).map(|it| KINDS[usize::from(*it)] & LETTER)
        && kind != 0
    {
        kinds |= kind;
        end += 1;
    }
    (end, kinds)
}

/// Where the bytes of a kind end that begin at `at`.
#[inline]
fn run_end(bytes: &[u8], at: usize, kind: u8) -> usize {
    let mut end = at;
    while bytes.get(end).is_some_and(|byte| KINDS[usize::from(*byte)] & kind != 0) {
        end += 1;
    }
    end
}

/// Where a number ends that begins at `at`: figures, and stops and commas between them; and whether there are commas.
fn number_end(bytes: &[u8], at: usize) -> (usize, bool) {
    let mut end = at;
    let mut commas = false;
    loop {
        match bytes.get(end) {
            Some(b'0'..=b'9') => {}
            Some(sign @ (b'.' | b','))
                if end > at && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) =>
            {
                commas |= *sign == b',';
            }
            Some(_) | None => return (end, commas),
        }
        end += 1;
    }
}

/// The form's place without its borrowed text, to give it another.
fn form_at(form: Form<'_>) -> Form<'static> {
    Form { text: "", ..form }
}

/// Whether a line has capitals and no small letter.
fn wholly_capitals(line: &str) -> bool {
    let mut upper = false;
    for letter in line.chars() {
        if letter.is_lowercase() {
            return false;
        }
        upper |= letter.is_uppercase();
    }
    upper
}

#[cfg(test)]
mod tests;
