//! Text as it was read -> paragraphs of clean letters: NFC, uniform white space, wrapped lines joined.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::article::Article;

use super::claims::note;

/// A paragraph, and what it turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) text: String,
    pub(super) role: Role,
}

/// What a paragraph of the text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Part of the article.
    Body,
    /// The headline.
    Title,
    /// The standfirst.
    Deck,
    /// The byline.
    Byline,
    /// Not the article.
    Other,
}

/// The paragraphs of a text.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let clean = clean(text);
    let lines = lines(&clean);
    let width = wrap_width(&lines);
    let mut blocks: Vec<Block> = Vec::new();
    let mut before: Option<&Line<'_>> = None;
    for line in &lines {
        let joint = before.and_then(|before| joint(before, line, width));
        if let Some(joint) = joint
            && let Some(block) = blocks.last_mut()
        {
            block.text.push_str(joint);
            push_line(&mut block.text, line);
        } else {
            let mut text = String::with_capacity(line.text.len());
            push_line(&mut text, line);
            blocks.push(Block { text, role: Role::Body });
        }
        before = Some(line);
    }
    blocks
}

/// Lines that end wire copy and say who sent it, or that more follows. Compared in lower case, without
/// stops.
static END_LINES: &[(&str, Option<&str>)] = &[
    ("reuter", Some("Reuters")),
    ("reuters", Some("Reuters")),
    ("reute", Some("Reuters")),
    ("more", None),
    ("-30-", None),
    ("###", None),
    ("ends", None),
];

/// Sets aside the last line of wire copy (`Reuter`), and notes the agency it names.
pub(super) fn cut_end_lines(blocks: &mut [Block], article: &mut Article) {
    let Some(last) = blocks.last_mut() else { return };
    let (start, tail) = match last.text.rsplit_once('\n') {
        Some((before, tail)) => (before.len(), tail),
        None => (0, last.text.as_str()),
    };
    if tail.len() > 12 {
        return;
    }
    let tail = tail.trim_end_matches(['.', ' ']);
    let Some((_, agency)) = END_LINES.iter().find(|(line, _)| tail.eq_ignore_ascii_case(line))
    else {
        return;
    };
    if start == 0 {
        last.role = Role::Other;
    } else {
        last.text.truncate(start);
    }
    if let Some(agency) = agency {
        article.agency = Some((*agency).to_owned());
        note(article, "agency", "end-line");
    }
}

/// Puts the paragraphs where they belong in the article.
pub(super) fn assemble(blocks: Vec<Block>, article: &mut Article) {
    let body: usize = blocks.iter().map(|block| block.text.len() + 2).sum();
    article.body.reserve(body);
    for block in blocks {
        match block.role {
            Role::Body => append(&mut article.body, &block.text, "\n\n"),
            Role::Other => append(&mut article.other, &block.text, "\n"),
            Role::Byline => {
                append(article.byline.get_or_insert_default(), &block.text, "\n");
            }
            Role::Title | Role::Deck => {}
        }
    }
}

fn append(to: &mut String, text: &str, joint: &str) {
    if !to.is_empty() {
        to.push_str(joint);
    }
    to.push_str(text);
}

/// Letters and digits alone, small: `Stuttgarter Zeitung` is `stuttgarter-zeitung`.
pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A value in one line: clean letters, single spaces.
pub(super) fn one_line(text: &str) -> String {
    let clean = clean(text);
    let mut line = String::with_capacity(clean.len());
    push_squeezed(&mut line, clean.trim());
    line
}

/// NFC, without control characters and characters of no width. Joiners stay (some scripts spell with
/// them), and so do the marks of writing direction: what shows text makes those visible.
fn clean(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| (b' '..0x7f).contains(&b) || b == b'\n' || b == b'\t') {
        return Cow::Borrowed(text);
    }
    let composed =
        if text.chars().all(always_composed) || is_nfc_quick(text.chars()) == IsNormalized::Yes {
            Cow::Borrowed(text)
        } else {
            Cow::Owned(text.nfc().collect::<String>())
        };
    if !composed.contains(|c| is_dropped(c) || is_break(c)) {
        return composed;
    }
    let mut out = String::with_capacity(composed.len());
    let mut before = ' ';
    for c in composed.chars() {
        if is_break(c) {
            out.push('\n');
        } else if c == '\n' && before == '\r' {
            // The pair of them is one line break.
        } else if !is_dropped(c) {
            out.push(c);
        }
        before = c;
    }
    Cow::Owned(out)
}

/// Characters that NFC leaves alone wherever they stand: a quick answer for most of what is read.
fn always_composed(c: char) -> bool {
    matches!(c, '\0'..'\u{300}' | '\u{400}'..'\u{483}' | '\u{2010}'..'\u{2028}' | '\u{20ac}'
        | '\u{3001}'..'\u{3030}' | '\u{3041}'..'\u{3097}' | '\u{30a1}'..'\u{30fb}'
        | '\u{4e00}'..'\u{9f00}')
}

fn is_break(c: char) -> bool {
    matches!(c, '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_dropped(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
        || (c.is_control() && c != '\n' && c != '\t')
}

/// A line that is not blank.
struct Line<'t> {
    text: &'t str,
    /// Letters in it, counted once.
    length: usize,
    indented: bool,
    after_blank: bool,
    ascii: bool,
    /// The widest run of spaces inside.
    gap: usize,
}

impl Line<'_> {
    /// Whether it is a row of a table: wide gaps inside.
    fn is_row(&self) -> bool {
        self.length <= 200 && self.gap >= 3
    }
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut after_blank = true;
    let mut from = 0;
    let ends = memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]);
    for end in ends {
        let raw = text.get(from..end).unwrap_or_default();
        from = end + 1;
        let line = raw.trim();
        if line.is_empty() {
            after_blank = true;
            continue;
        }
        let ascii = line.is_ascii();
        let length = if ascii { line.len() } else { line.chars().count() };
        let start = raw.as_bytes();
        let indented = start.starts_with(b"  ") || start.starts_with(b"\t");
        let gap = widest_gap(line);
        let after_blank = std::mem::replace(&mut after_blank, false);
        lines.push(Line { text: line, length, indented, after_blank, ascii, gap });
    }
    lines
}

/// The longest run of spaces; a tab counts as three.
fn widest_gap(line: &str) -> usize {
    // Most lines have single spaces.
    let bytes = line.as_bytes();
    let is_plain = memchr::memchr(b'\t', bytes).is_none() && !has_pair(bytes);
    if is_plain {
        return 1;
    }
    let (mut widest, mut run) = (0, 0);
    for byte in line.bytes() {
        run = match byte {
            b' ' => run + 1,
            b'\t' => run + 3,
            _ => 0,
        };
        widest = widest.max(run);
    }
    widest
}

/// Whether two spaces stand side by side.
#[expect(clippy::needless_bitwise_bool, reason = "without branches many bytes are told at once")]
fn has_pair(bytes: &[u8]) -> bool {
    // A sum takes one step for many bytes.
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    pairs.map(|(a, b)| usize::from((*a == b' ') & (*b == b' '))).sum::<usize>() > 0
}

/// Lines longer than this were not broken by hand or by a typesetter.
const WIDEST: usize = 110;

/// The width at which lines were broken; 0 for a text whose lines are paragraphs.
fn wrap_width(lines: &[Line<'_>]) -> usize {
    let (mut inner, mut long, mut width) = (0, 0, 0);
    let mut before: Option<&Line<'_>> = None;
    for line in lines {
        if let Some(before) = before.filter(|_| !line.after_blank) {
            inner += 1;
            if before.length > WIDEST {
                long += 1;
            } else if !before.is_row() {
                width = width.max(before.length);
            }
        }
        before = Some(line);
    }
    if inner == 0 || long * 10 > inner { 0 } else { width }
}

/// What joins a line to the one before it; `None` when a paragraph begins here.
fn joint(before: &Line<'_>, line: &Line<'_>, width: usize) -> Option<&'static str> {
    if line.after_blank {
        return None;
    }
    if before.is_row() && line.is_row() {
        return Some("\n");
    }
    if width < 30 || line.indented || before.is_row() || line.is_row() {
        return None;
    }
    let small = line.text.starts_with(char::is_lowercase);
    let word = line.text.find(' ').unwrap_or(line.text.len()).min(width / 3);
    let ended = before.text.ends_with(['.', '!', '?', ':', '"', '”', '»']);
    let full = before.length + 1 + word + if ended { 4 } else { width / 4 } > width;
    if !full && (!small || ended) {
        return None;
    }
    let unspaced = |c: char| matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}');
    let solid = before.text.ends_with(unspaced) && line.text.starts_with(unspaced);
    Some(if solid { "" } else { " " })
}

fn push_line(to: &mut String, line: &Line<'_>) {
    if line.ascii && line.gap <= 1 { to.push_str(line.text) } else { push_squeezed(to, line.text) }
}

/// Adds a text with each run of white space as one space.
fn push_squeezed(to: &mut String, text: &str) {
    for (at, word) in text.split_whitespace().enumerate() {
        if at > 0 {
            to.push(' ');
        }
        to.push_str(word);
    }
}

#[cfg(test)]
mod tests {
    use super::{Block, blocks, one_line};

    fn check(text: &str, expected: &[&str]) {
        let found = blocks(text);
        let found: Vec<&str> = found.iter().map(|Block { text, .. }| text.as_str()).collect();
        assert_eq!(found, expected, "in {text:?}");
    }

    #[test]
    fn paragraphs() {
        check("", &[]);
        check(" \n\t\n", &[]);
        check("a  b\u{a0}c\r\n\r\nd\u{200b}e\u{1b}[31m", &["a b c", "de[31m"]);
        check("cafe\u{301}", &["café"]);
        let long = "word ".repeat(40);
        check(&format!("{long}\n{long}"), &[long.trim(), long.trim()]);
    }

    #[test]
    fn wrapped_lines_are_joined() {
        check(
            "BAKERS STRIKE\nBy Ann Lee\nThe bakers of Morna put down their peels on Monday and\n\
             refused to sell another pale loaf. They said that it was\nenough.\n    Their guild \
             agrees, as it says in a letter to the town\nCouncil.",
            &[
                "BAKERS STRIKE",
                "By Ann Lee",
                "The bakers of Morna put down their peels on Monday and refused to sell another \
                 pale loaf. They said that it was enough.",
                "Their guild agrees, as it says in a letter to the town Council.",
            ],
        );
    }

    #[test]
    fn tables_keep_their_rows() {
        check(
            "Prices were these on the markets of the country today:\n  Mar     12.0   13.0\n  \
             May     14.0   15.0\n",
            &[
                "Prices were these on the markets of the country today:",
                "Mar 12.0 13.0\nMay 14.0 15.0",
            ],
        );
    }

    #[test]
    fn one_line_of_many() {
        assert_eq!(one_line("  Head\n  line\u{ad} "), "Head line");
    }
}
