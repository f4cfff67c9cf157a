//! Text with marked ranges to lines of a given width, counted in columns of a terminal.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use super::sanitize::{Shown, shown};

/// One character as it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) ch: char,
    pub(super) marked: bool,
}

/// What becomes of white space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spaces {
    /// Runs of it become one space, and none stands first.
    Joined,
    /// As it stands.
    Kept,
}

/// How lines are broken.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wrap {
    /// Columns of a line.
    pub(super) width: usize,
    /// Columns that the two ends of a marked run take.
    pub(super) marker: usize,
}

/// Makes text safe to show; `marks` are ranges of its scalar values, in any order.
pub(super) fn cells(text: &str, marks: &[Range<usize>], spaces: Spaces) -> Vec<Cell> {
    let mut marks: Vec<Range<usize>> = marks.to_vec();
    marks.sort_by_key(|mark| (mark.start, mark.end));
    let mut marks = marks.into_iter().peekable();
    let mut marked_until = 0;
    let mut cells: Vec<Cell> = Vec::with_capacity(text.len());
    let mut previous = None;
    let mut next_mark = marks.peek().map_or(usize::MAX, |mark| mark.start);
    let (mut left, mut at) = (text, 0);
    loop {
        if at >= next_mark {
            while let Some(mark) = marks.next_if(|mark| mark.start <= at) {
                marked_until = marked_until.max(mark.end);
            }
            next_mark = marks.peek().map_or(usize::MAX, |mark| mark.start);
        }
        let marked = at < marked_until;
        // Nearly all letters of most texts; how they are marked changes at `change`.
        let change = if marked { next_mark.min(marked_until) } else { next_mark };
        let run = plain_run(left, change - at);
        if let Some(last) = run.last() {
            cells.extend(run.iter().map(|byte| Cell { ch: char::from(*byte), marked }));
            previous = Some(char::from(*last));
            at += run.len();
            left = &left[run.len()..];
            continue;
        }
        let Some(ch) = left.chars().next() else { break };
        left = &left[ch.len_utf8()..];
        at += 1;
        if ch == ' ' {
            let is_first = || cells.last().is_none_or(|cell| is_gap(cell.ch));
            if spaces == Spaces::Kept || !is_first() {
                cells.push(Cell { ch, marked });
            }
            previous = Some(ch);
            continue;
        }
        let ch = match shown(previous, ch) {
            Shown::Itself => ch,
            Shown::Instead(other) => other,
            Shown::Number => {
                previous = Some(ch);
                cells.extend(ch.escape_unicode().map(|ch| Cell { ch, marked }));
                continue;
            }
            Shown::Nothing => continue,
        };
        previous = Some(ch);
        let after_space = cells.last().is_none_or(|cell| is_gap(cell.ch));
        if spaces == Spaces::Joined && is_gap(ch) {
            if !after_space {
                cells.push(Cell { ch: ' ', marked });
            }
        } else {
            cells.push(Cell { ch, marked });
        }
    }
    cells
}

/// The letters, figures and signs of ASCII that a text begins with, with single spaces between them; so many at most.
fn plain_run(text: &str, most: usize) -> &[u8] {
    let bytes = text.as_bytes();
    let bytes = &bytes[..most.min(bytes.len())];
    let mut end = 0;
    let mut after_word = false;
    for byte in bytes {
        let is_word = byte.is_ascii_graphic();
        if !(is_word || *byte == b' ' && after_word) {
            break;
        }
        after_word = is_word;
        end += 1;
    }
    &bytes[..end]
}

/// The cells of each line; white space at the breaks belongs to no line. Takes time in proportion to
/// the text, whatever it holds.
pub(super) fn wrap(cells: &[Cell], options: Wrap) -> Vec<Range<usize>> {
    let width = options.width.max(1);
    let mut lines = Vec::with_capacity(cells.len() / width + 1);
    let mut start = 0;
    let mut columns = 0;
    // Where this line may end, and where the next would begin.
    let mut place: Option<(usize, usize)> = None;
    let mut at = 0;
    while at < cells.len() {
        // Nearly all of most texts: unmarked words of ASCII with spaces between, as far as they fit.
        if at == start || cells[at - 1].ch.is_ascii() {
            let first = at;
            for cell in cells[at..].iter().take(width.saturating_sub(columns)) {
                if cell.marked || !is_plain(cell.ch) && cell.ch != ' ' {
                    break;
                }
                if cell.ch == ' ' {
                    place = Some(place_at(at, place));
                }
                at += 1;
            }
            if at > first {
                columns += at - first;
                continue;
            }
        }
        let ch = cells[at].ch;
        let is_plain = is_plain(ch) && (at == start || cells[at - 1].ch.is_ascii());
        if is_plain {
            // No place to break a line.
        } else if is_gap(ch) {
            place = Some(place_at(at, place));
        } else if at > start && may_break_between(cells[at - 1].ch, ch) {
            place = Some((at, at));
        }
        let opens = cells[at].marked && (at == start || !cells[at - 1].marked);
        let needed = column_count(ch) + if opens { options.marker } else { 0 };
        if columns + needed > width && !is_gap(ch) && at > start {
            let (end, next) = match place {
                Some(place) if place.1 > start => place,
                Some(_) | None if column_count(ch) > 0 => (at, at),
                // A sign that takes no column stays with the one it stands on.
                Some(_) | None => (at + 1, at + 1),
            };
            lines.push(start..end);
            start = next;
            place = None;
            columns = 0;
            // What is already known of the new line is counted again, once.
            at = at.max(start);
            columns += line_columns(cells, start..at, options.marker);
            continue;
        }
        columns += needed;
        at += 1;
    }
    if start < cells.len() {
        lines.push(start..cells.len());
    }
    for line in &mut lines {
        while line.end > line.start && is_gap(cells[line.end - 1].ch) {
            line.end -= 1;
        }
    }
    lines
}

/// Where a line may end at a space, and where the next would begin: the first of several spaces ends it, the next begins
/// after the last.
#[inline]
fn place_at(space: usize, before: Option<(usize, usize)>) -> (usize, usize) {
    match before {
        Some((end, next)) if next == space => (end, space + 1),
        Some(_) | None => (space, space + 1),
    }
}

/// Columns that a text takes, made safe to show.
pub(super) fn text_columns(text: &str) -> usize {
    text.chars().map(column_count).sum()
}

/// Whether there are letters that run from right to left.
pub(super) fn runs_right_to_left(ch: char) -> bool {
    matches!(ch, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// Columns that a character takes.
pub(super) fn column_count(ch: char) -> usize {
    if is_plain(ch) { 1 } else { ch.width().unwrap_or(0) }
}

/// Letters, figures and signs of ASCII: one column each, and shown as they are.
#[inline]
fn is_plain(ch: char) -> bool {
    ch.is_ascii_graphic()
}

fn line_columns(cells: &[Cell], line: Range<usize>, marker: usize) -> usize {
    let mut in_run = false;
    let mut columns = 0;
    for cell in &cells[line] {
        columns += column_count(cell.ch) + if cell.marked && !in_run { marker } else { 0 };
        in_run = cell.marked;
    }
    columns
}

/// White space that a line may end at; spaces made not to be broken at are none.
fn is_gap(ch: char) -> bool {
    ch == ' ' || ch.is_whitespace() && !matches!(ch, '\u{a0}' | '\u{2007}' | '\u{202f}')
}

/// Marks that begin no line.
const NOT_FIRST: &str =
    "、。，．！？：；」』）】〉》〕・ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ!?,.:;)]}”’…";
/// Marks that end no line.
const NOT_LAST: &str = "「『（【〈《〔([{“‘";

/// Chinese and Japanese lines break between any two characters but some; Korean ones at spaces.
fn may_break_between(before: char, after: char) -> bool {
    if before.is_ascii() && after.is_ascii() {
        return false;
    }
    let wide = |ch: char| column_count(ch) == 2 && !matches!(ch, '\u{ac00}'..='\u{d7a3}');
    (wide(before) || wide(after))
        && column_count(after) > 0
        && !NOT_FIRST.contains(after)
        && !NOT_LAST.contains(before)
}

#[cfg(test)]
#[allow(clippy::single_range_in_vec_init)]
mod tests {
    use super::*;

    fn broken(text: &str, marks: &[Range<usize>], width: usize) -> Vec<String> {
        let cells = cells(text, marks, Spaces::Joined);
        let options = Wrap { width, marker: 4 };
        let lines = wrap(&cells, options);
        for line in &lines {
            let columns = line_columns(&cells, line.clone(), 4);
            assert!(columns <= width.max(6), "{text:?} {line:?}");
        }
        lines
            .into_iter()
            .map(|line| cells[line].iter().map(|cell| cell.ch).collect::<String>())
            .collect()
    }

    #[test]
    fn lines_of_many_kinds() {
        assert_eq!(broken("one two  three\n\nfour", &[], 9), ["one two", "three", "four"]);
        assert_eq!(broken("  one two", &[], 7), ["one two"]);
        // The marks take columns of their own.
        assert_eq!(broken("one two", &[4..7, 4..7], 10), ["one", "two"]);
        assert_eq!(broken("one two", &[4..7], 11), ["one two"]);
        assert_eq!(broken("unbreakable", &[], 6), ["unbrea", "kable"]);
        assert_eq!(broken("東京都は、大きい。", &[], 8), ["東京都", "は、大き", "い。"]);
        assert_eq!(broken("서울 특별시", &[], 8), ["서울", "특별시"]);
        assert_eq!(broken("", &[], 8), Vec::<String>::new());
        assert_eq!(broken("a\u{a0}b c", &[], 4), ["a\u{a0}b", "c"]);
        assert_eq!(broken("x \u{1b}[0m", &[2..3], 80), ["x ␛[0m"]);
    }

    #[test]
    fn a_plain_line_ends_where_a_marked_one_does() {
        let text = "a bc def  ghij klmno pqrstu vwxyzab, cdefghij. klmnopqrs tu v w x y z ab c d";
        // Marked cells are looked at one by one; ends that take no column change nothing else.
        for width in 1..40 {
            let plain = cells(text, &[], Spaces::Kept);
            let joined = cells(text, &[], Spaces::Joined);
            for cells in [plain, joined] {
                let marked: Vec<Cell> =
                    cells.iter().map(|cell| Cell { marked: true, ..*cell }).collect();
                let wrapped = |cells: &[Cell]| wrap(cells, Wrap { width, marker: 0 });
                assert_eq!(wrapped(&cells), wrapped(&marked), "{width}");
            }
        }
    }

    #[test]
    fn any_input_keeps_all_its_letters() {
        let samples = ["e\u{301}".repeat(50), "\u{301}".repeat(300), "東a 京".repeat(40)];
        for text in samples {
            for width in 1..12 {
                let kept: String = broken(&text, &[3..9, 2..1000], width).concat();
                assert_eq!(kept.replace(' ', ""), text.replace(' ', ""), "{width}");
            }
        }
    }
}
