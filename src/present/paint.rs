//! Text, ink and links to what a terminal or a plain file shows.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::Style;
use super::wrap::{Cell, runs_right_to_left};

/// What a match stands between where there is no colour. Two asterisks: everyone reads them as
/// emphasis, they are hardly ever in news text (brackets, quotes and single asterisks are), can be
/// typed into a search box, and survive being pasted.
const MARK: &str = "**";

/// How a stretch of text is set off where there is colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    Plain,
    Bold,
    Dim,
    Match,
    Note,
}

impl Ink {
    fn code(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Bold => "1",
            Self::Dim => "2",
            Self::Match => "1;31",
            Self::Note => "33",
        }
    }
}

/// Columns that the ends of a match take together.
pub(super) fn marker_columns(style: Style) -> usize {
    if style.colour { 0 } else { 2 * MARK.len() }
}

/// Adds `text`, which is safe already.
pub(super) fn paint(to: &mut String, style: Style, ink: Ink, text: &str) {
    if style.colour && ink != Ink::Plain && !text.is_empty() {
        let _ = write!(to, "\u{1b}[{}m{text}\u{1b}[0m", ink.code());
    } else {
        to.push_str(text);
    }
}

/// Adds a line of cells: the marked ones as matches, the others in `ink`.
pub(super) fn paint_cells(to: &mut String, style: Style, ink: Ink, cells: &[Cell]) {
    if style.terminal && cells.iter().any(|cell| runs_right_to_left(cell.ch)) {
        let mut line = String::new();
        push_cells(&mut line, style, ink, cells);
        to.push_str(&isolated(style, &line));
    } else {
        push_cells(to, style, ink, cells);
    }
}

fn push_cells(to: &mut String, style: Style, ink: Ink, cells: &[Cell]) {
    to.reserve(cells.len() + cells.len() / 4);
    for run in cells.chunk_by(|a, b| a.marked == b.marked) {
        if style.colour {
            let ink = if run[0].marked { Ink::Match } else { ink };
            let mut letters = String::new();
            push_letters(&mut letters, run);
            paint(to, style, ink, &letters);
            continue;
        }
        let mark = if run[0].marked { MARK } else { "" };
        to.push_str(mark);
        push_letters(to, run);
        to.push_str(mark);
    }
}

/// Adds the letters of cells. Those of ASCII, which most are, go over many at a time.
fn push_letters(to: &mut String, cells: &[Cell]) {
    let mut bytes = [0; 64];
    for some in cells.chunks(bytes.len()) {
        let mut together = 0;
        for (byte, cell) in bytes.iter_mut().zip(some) {
            let number = u32::from(cell.ch);
            together |= number;
            *byte = number.to_le_bytes()[0];
        }
        match std::str::from_utf8(&bytes[..some.len()]) {
            Ok(letters) if together < 0x80 => to.push_str(letters),
            Ok(_) | Err(_) => to.extend(some.iter().map(|cell| cell.ch)),
        }
    }
}

/// Text that runs from right to left turns what stands around it, unless it is isolated; a file gets
/// it as it is.
pub(super) fn isolated(style: Style, text: &str) -> Cow<'_, str> {
    if style.terminal && text.chars().any(runs_right_to_left) {
        Cow::Owned(format!("\u{2068}{text}\u{2069}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Text that leads to a file when it is clicked.
pub(super) fn linked(absolute_path: &str, text: &str) -> String {
    format!("\u{1b}]8;;{}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\", file_url(absolute_path))
}

fn file_url(absolute_path: &str) -> String {
    let mut url = "file://".to_owned();
    if !absolute_path.starts_with('/') {
        url.push('/');
    }
    for byte in absolute_path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => {
                url.push(char::from(byte));
            }
            _ => {
                let _ = write!(url, "%{byte:02X}");
            }
        }
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_of_files() {
        assert_eq!(file_url("/a b/ü;\u{1b}.txt"), "file:///a%20b/%C3%BC%3B%1B.txt");
    }
}
