//! A page of the manual (the little Markdown it is written in) to text for a terminal.

use super::Style;
use super::paint::{Ink, paint};
use super::wrap::text_columns;

/// Longer lines are tiring to read, however wide the terminal is.
const WIDEST: usize = 92;
/// Columns before all that is no heading.
const INDENT: usize = 2;
/// Columns between the columns of a table.
const GAP: usize = 2;

/// The page as people read it.
pub fn manual(page: &str, style: Style) -> String {
    let width = style.width.clamp(40, WIDEST);
    let mut out = String::new();
    let mut lines = page.lines().peekable();
    while let Some(line) = lines.next() {
        if line.trim().is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push('\n');
        }
        if line.starts_with('#') {
            let heading = line.trim_start_matches('#').trim();
            let shown =
                if line.starts_with("# ") { heading.to_uppercase() } else { heading.to_owned() };
            paint(&mut out, style, Ink::Bold, &shown);
            out.push('\n');
        } else if line.starts_with("    ") {
            let mut code = vec![line];
            while let Some(more) = lines.next_if(|it| it.starts_with("    ")) {
                code.push(more);
            }
            for line in code {
                out.push_str(line);
                out.push('\n');
            }
        } else if line.starts_with('|') {
            let mut rows = vec![cells_of(line)];
            while let Some(more) = lines.next_if(|it| it.starts_with('|')) {
                rows.push(cells_of(more));
            }
            rows.retain(|row| {
                !row.iter().all(|cell| cell.chars().all(|it| matches!(it, '-' | ':')))
            });
            table(&mut out, &rows, width, style);
        } else {
            let is_item = line.starts_with("- ");
            let mut text = line.trim_start_matches("- ").to_owned();
            let goes_on = |it: &&str| {
                !it.trim().is_empty() && !it.starts_with(['|', '#', '-']) && !it.starts_with("    ")
            };
            while let Some(more) = lines.next_if(goes_on) {
                text.push(' ');
                text.push_str(more.trim());
            }
            // Items stand below each other without an empty line.
            if is_item
                && out.ends_with("\n\n")
                && out.trim_end().lines().last().is_some_and(is_of_item)
            {
                out.pop();
            }
            let inside = if is_item { INDENT + 2 } else { INDENT };
            for (at, line) in wrapped(&text, width - inside, style).iter().enumerate() {
                let lead = if is_item && at == 0 { "- " } else { "" };
                push_line(&mut out, inside - lead.len(), lead, line, style);
            }
        }
    }
    out
}

/// Whether a line that was written is of a list.
fn is_of_item(line: &str) -> bool {
    line.starts_with("  - ") || line.starts_with("    ")
}

fn cells_of(line: &str) -> Vec<String> {
    let line = line.trim().trim_matches('|').replace("\\|", "\u{1}");
    line.split('|').map(|it| it.trim().replace('\u{1}', "|")).collect()
}

/// The columns side by side, each wrapped; the first ones as wide as they need, within reason.
fn table(out: &mut String, rows: &[Vec<String>], width: usize, style: Style) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    if columns == 0 {
        return;
    }
    let room = width - INDENT - GAP * (columns - 1);
    let most = if columns == 2 { room * 9 / 20 } else { room / columns };
    let mut widths = vec![0; columns];
    for (at, widest) in widths.iter_mut().enumerate().take(columns - 1) {
        let longest = rows.iter().filter_map(|row| row.get(at));
        *widest =
            longest.map(|cell| columns_of(&words_of(cell), style)).max().unwrap_or(0).min(most);
    }
    widths[columns - 1] = room - widths.iter().sum::<usize>();
    for (number, row) in rows.iter().enumerate() {
        let wrapped: Vec<_> =
            row.iter().zip(&widths).map(|(cell, width)| wrapped(cell, *width, style)).collect();
        let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
        for line in 0..height {
            // The column that is written next, and where this cell begins.
            let (mut column, mut begin) = (0, INDENT);
            for (cell, width) in wrapped.iter().zip(&widths) {
                if let Some(words) = cell.get(line).filter(|it| !it.is_empty()) {
                    out.push_str(&" ".repeat(begin.saturating_sub(column)));
                    column = begin + columns_of(words, style);
                    write_words(out, words, style, number == 0);
                }
                begin += width + GAP;
            }
            out.push('\n');
        }
    }
}

/// A word, or code that is not broken.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Word {
    text: String,
    is_code: bool,
    /// No space stands before it.
    joined: bool,
}

/// The words of a text; links are their names.
fn words_of(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let plain = without_links(text);
    for (at, piece) in plain.split('`').enumerate() {
        if at % 2 == 1 {
            let joined = plain_end(&plain, at);
            words.push(Word { text: piece.to_owned(), is_code: true, joined });
            continue;
        }
        for (number, word) in piece.split_whitespace().enumerate() {
            let joined = number == 0 && at > 0 && !piece.starts_with(char::is_whitespace);
            let text = word.trim_matches('*').to_owned();
            words.push(Word { text, is_code: false, joined });
        }
    }
    words
}

/// Whether the text before the code at this place ends without a space.
fn plain_end(text: &str, at: usize) -> bool {
    let before = text.split('`').nth(at - 1).unwrap_or("");
    !before.is_empty() && !before.ends_with(char::is_whitespace)
}

/// `[name](address)` is its name.
fn without_links(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("](") {
        let (Some(open), Some(close)) = (before.rfind('['), after.find(')')) else { break };
        out.push_str(&before[..open]);
        out.push_str(&before[open + 1..]);
        rest = &after[close + 1..];
    }
    out.push_str(rest);
    out
}

fn word_columns(word: &Word, style: Style) -> usize {
    text_columns(&word.text) + if word.is_code && !style.colour { 2 } else { 0 }
}

fn columns_of(words: &[Word], style: Style) -> usize {
    let spaces = words.iter().skip(1).filter(|it| !it.joined).count();
    words.iter().map(|it| word_columns(it, style)).sum::<usize>() + spaces
}

/// Words in lines of a width; what stands without a space before it stays on the line of what it follows.
fn wrapped(text: &str, width: usize, style: Style) -> Vec<Vec<Word>> {
    let mut lines: Vec<Vec<Word>> = vec![Vec::new()];
    let words: Vec<Word> =
        words_of(text)
            .into_iter()
            .flat_map(|word| {
                if word_columns(&word, style) > width { pieces(word, style) } else { vec![word] }
            })
            .collect();
    let mut used = 0;
    for group in words.chunk_by(|_, after| after.joined) {
        let needed = columns_of(group, style);
        if used > 0 && used + 1 + needed > width {
            lines.push(Vec::new());
            used = 0;
        }
        used += needed + usize::from(used > 0);
        if let Some(line) = lines.last_mut() {
            line.extend_from_slice(group);
        }
    }
    lines
}

/// Code that is longer than a line, in its words.
fn pieces(word: Word, style: Style) -> Vec<Word> {
    if !word.is_code {
        return vec![word];
    }
    let text = if style.colour { word.text } else { format!("`{}`", word.text) };
    let piece = |(at, text): (usize, &str)| Word {
        text: text.to_owned(),
        is_code: style.colour,
        joined: at == 0 && word.joined,
    };
    text.split(' ').enumerate().map(piece).collect()
}

fn push_line(out: &mut String, indent: usize, lead: &str, words: &[Word], style: Style) {
    out.push_str(&" ".repeat(indent));
    out.push_str(lead);
    write_words(out, words, style, false);
    out.push('\n');
}

/// Code is set off by colour, or stands in backticks.
fn write_words(out: &mut String, words: &[Word], style: Style, is_heading: bool) {
    for (at, word) in words.iter().enumerate() {
        if at > 0 && !word.joined {
            out.push(' ');
        }
        match (word.is_code, is_heading, style.colour) {
            (true, _, true) => paint(out, style, Ink::Note, &word.text),
            (true, _, false) => {
                out.push('`');
                out.push_str(&word.text);
                out.push('`');
            }
            (false, true, _) => paint(out, style, Ink::Dim, &word.text),
            (false, false, _) => out.push_str(&word.text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_at_sixty_columns() {
        let page = "# Asking\n\nType words. All of them have to be in an article, `a b` in any\norder ([more](x.md)).\n\n    morgue search csto\n\n## Words\n\n| Type | To find |\n|---|---|\n| `csto \\| nato`, `csto OR nato`, `nato OR (csto AND obligations)` | either of them, in any order and in any form that they have |\n| `a` | one |\n\n- one thing\n- another (`x`), which is much longer than a line of this page can be\n";
        let shown = manual(page, Style { width: 60, ..Style::default() });
        insta::assert_snapshot!(shown, @r#"
ASKING

  Type words. All of them have to be in an article, `a b` in
  any order (more).

    morgue search csto

Words

  Type                       To find
  `csto | nato`,             either of them, in any order
  `csto OR nato`, `nato OR   and in any form that they have
  (csto AND obligations)`
  `a`                        one

  - one thing
  - another (`x`), which is much longer than a line of this
    page can be
"#);
        assert!(shown.lines().all(|line| text_columns(line) <= 60));
    }
}
