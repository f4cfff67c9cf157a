//! A problem to the lines that show it: what, the spot in what was typed, and what to do.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use super::Style;
use super::paint::{Ink, paint};
use super::wrap::{Cell, Spaces, Wrap, cells, column_count, wrap};
use crate::query::Problem;

/// What stands before the typed text, and before the carets below it.
const INDENT: &str = "    ";
/// A sentence has at least so many columns, however narrow the terminal is.
const NARROWEST: usize = 16;

/// The lines of one problem with `typed`, the whole text that was typed.
pub fn problem_lines(typed: &str, problem: &Problem, style: Style) -> String {
    let mut lines = String::new();
    let note = "note:";
    paint(&mut lines, style, Ink::Note, note);
    push_wrapped(&mut lines, style, &problem.message, note.len() + 1);
    // What is about the options has no place in the text.
    if !typed.trim().is_empty() && problem.end > 0 {
        let spot = Spot::of(typed, problem, style.width.saturating_sub(INDENT.len()).max(16));
        let _ = writeln!(lines, "{INDENT}{}", spot.text);
        let carets = "^".repeat(spot.columns);
        let _ = write!(lines, "{INDENT}{}", " ".repeat(spot.before));
        paint(&mut lines, style, Ink::Note, &carets);
        lines.push('\n');
    }
    if let Some(hint) = &problem.hint {
        let lead = format!("{INDENT}hint:");
        lines.push_str(&lead);
        push_wrapped(&mut lines, style, hint, lead.len() + 1);
    }
    lines
}

/// Writes a sentence after what stands before it, on as many lines as it takes, each so many columns from the left.
fn push_wrapped(lines: &mut String, style: Style, sentence: &str, indent: usize) {
    let cells = cells(sentence, &[], Spaces::Joined);
    let width = style.width.saturating_sub(indent).max(NARROWEST);
    let joint = format!("\n{}", " ".repeat(indent));
    for (at, line) in wrap(&cells, Wrap { width, marker: 0 }).into_iter().enumerate() {
        lines.push_str(if at == 0 { " " } else { &joint });
        lines.extend(cells[line].iter().map(|cell| cell.ch));
    }
    lines.push('\n');
}

/// A window of the typed text that holds the spot, on one line.
struct Spot {
    text: String,
    before: usize,
    columns: usize,
}

impl Spot {
    fn of(typed: &str, problem: &Problem, width: usize) -> Self {
        // Far more of the text than a line shows is never looked at.
        let first = problem.start.saturating_sub(width / 2);
        let window: String = typed.chars().skip(first).take(3 * width).collect();
        let ahead = typed.chars().nth(first + 3 * width).is_some();
        let local = |at: usize| at.saturating_sub(first);
        let spot = local(problem.start)..local(problem.end.max(problem.start));
        let cells = cells(&window, std::slice::from_ref(&spot), Spaces::Kept);
        let plain = |cells: &[Cell]| cells.iter().map(|cell| cell.ch).collect::<String>();
        let at = if spot.is_empty() {
            let before: String = window.chars().take(spot.start).collect();
            super::wrap::cells(&before, &[], Spaces::Kept).len()
        } else {
            cells.iter().position(|cell| cell.marked).unwrap_or(cells.len())
        };
        let lead = if first > 0 { "…" } else { "" };
        let mut text = format!("{lead}{}", plain(&cells[..at]));
        let before = text.width();
        let mut used = before;
        let mut columns = 0;
        for (index, cell) in cells.iter().enumerate().skip(at) {
            used += column_count(cell.ch);
            let is_last = index + 1 == cells.len() && !ahead;
            if used >= width && !(is_last && used == width) {
                text.push('…');
                columns += usize::from(cell.marked);
                break;
            }
            text.push(cell.ch);
            if cell.marked {
                columns += column_count(cell.ch);
            }
        }
        Self { text, before, columns: columns.max(1) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(typed: &str, start: usize, end: usize, width: usize) -> String {
        let problem = Problem { message: "here".into(), hint: None, start, end };
        problem_lines(typed, &problem, Style { width, ..Style::default() })
    }

    #[test]
    fn the_caret_is_below_the_spot() {
        insta::assert_snapshot!(shown("a AND", 2, 5, 80), @r"
        note: here
            a AND
              ^^^
        ");
        insta::assert_snapshot!(shown("東京 ((", 3, 5, 80), @r"
        note: here
            東京 ((
                 ^^
        ");
        insta::assert_snapshot!(shown("\"unclosed", 9, 9, 80), @r#"
        note: here
            "unclosed
                     ^
        "#);
        insta::assert_snapshot!(shown("esc\u{1b}[0m x~9", 8, 11, 80), @r"
        note: here
            esc␛[0m x~9
                    ^^^
        ");
        let long = format!("{}wrong{}", "word ".repeat(30), " word".repeat(30));
        insta::assert_snapshot!(shown(&long, 150, 155, 40), @r"
        note: here
            …rd word word word wrong word word …
                               ^^^^^
        ");
        // Spots that are nowhere are no trouble.
        insta::assert_snapshot!(shown("ab", 70, 90, 40), @r"
        note: here
            …
             ^
        ");
    }
}
