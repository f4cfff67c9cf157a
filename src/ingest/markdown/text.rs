//! Markdown -> plain text: blocks become paragraphs, separated by a blank line; pictures are left out.

use super::super::entities;

/// The text without markup.
pub(super) fn plain(markdown: &str) -> String {
    let mut blocks = Blocks::default();
    let mut fence: Option<&str> = None;
    for line in markdown.lines() {
        let trimmed = line.trim();
        if let Some(mark) = fence {
            if trimmed.starts_with(mark) {
                fence = None;
                blocks.end();
            } else {
                blocks.code(line.trim_end());
            }
            continue;
        }
        if let Some(mark) = ["```", "~~~"].into_iter().find(|mark| trimmed.starts_with(mark)) {
            blocks.end();
            fence = Some(mark);
            continue;
        }
        blocks.line(line);
    }
    blocks.end();
    blocks.whole
}

/// Paragraphs as they grow.
#[derive(Default)]
struct Blocks {
    whole: String,
    paragraph: String,
    is_code: bool,
}

impl Blocks {
    fn line(&mut self, line: &str) {
        // Quotes within quotes are one.
        let quoted = line.trim_start();
        let mut words = quoted.trim_start_matches(['>', ' ', '\t']);
        if !quoted.starts_with('>') {
            words = quoted;
        }
        let words = words.trim_start();
        if words.trim_end().is_empty() || is_rule(words) {
            self.end();
            return;
        }
        if is_definition(words) {
            return;
        }
        if words.starts_with('#') {
            let heading = words.trim_start_matches('#');
            if heading.starts_with([' ', '\t']) {
                self.end();
                heading.trim().trim_end_matches('#').trim_end().clone_into(&mut self.paragraph);
                self.end();
                return;
            }
        }
        if words.starts_with('|') {
            self.end();
            if !words.chars().all(|c| "|-: \t".contains(c)) {
                let cells = words.trim().trim_matches('|').split('|').map(str::trim);
                self.paragraph = cells.collect::<Vec<_>>().join(" ");
                self.end();
            }
            return;
        }
        let item = without_marker(words);
        if item.is_some() {
            self.end();
        }
        let words = item.unwrap_or(words);
        if !self.paragraph.is_empty() && !self.paragraph.ends_with('\n') {
            self.paragraph.push(' ');
        }
        let hard = words.ends_with("  ") || words.ends_with('\\');
        self.paragraph.push_str(words.trim_end().trim_end_matches('\\'));
        if hard {
            self.paragraph.push('\n');
        }
    }

    fn code(&mut self, line: &str) {
        self.is_code = true;
        if !self.paragraph.is_empty() {
            self.paragraph.push('\n');
        }
        self.paragraph.push_str(line);
    }

    fn end(&mut self) {
        let raw = std::mem::take(&mut self.paragraph);
        let text = if std::mem::take(&mut self.is_code) { raw } else { inline(&raw) };
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        if !self.whole.is_empty() {
            self.whole.push_str("\n\n");
        }
        self.whole.push_str(text);
    }
}

/// A line of nothing but dashes, stars, underscores or equals signs.
fn is_rule(line: &str) -> bool {
    let line = line.trim_end();
    ["-", "*", "_", "="].into_iter().any(|mark| {
        line.starts_with(mark)
            && line.len() >= 2
            && line.chars().all(|c| mark.contains(c) || c == ' ')
            && line.matches(mark).count() >= 2
    })
}

/// `[1]: http://...`, to which links refer.
fn is_definition(line: &str) -> bool {
    line.starts_with('[')
        && !line.starts_with("[^")
        && line.split_once("]:").is_some_and(|(name, rest)| {
            name.len() < 200
                && !name.contains("](")
                && rest.trim_start().starts_with(['h', '<', '/', '#'])
        })
}

/// An item of a list without its dash or number.
fn without_marker(line: &str) -> Option<&str> {
    if let Some(rest) = line.strip_prefix(['-', '*', '+']) {
        return rest.starts_with([' ', '\t']).then(|| rest.trim_start());
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line.get(digits..)?.strip_prefix(['.', ')'])?;
    ((1..=3).contains(&digits) && rest.starts_with([' ', '\t'])).then(|| rest.trim_start())
}

/// How far the address of a link is looked for.
const ADDRESS: usize = 2000;

/// The words of a paragraph.
fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Where brackets were opened in `out`, and whether they hold a picture.
    let mut open: Vec<(usize, bool)> = Vec::new();
    // Where in `out` brackets of links stand.
    let mut dropped: Vec<usize> = Vec::new();
    let mut in_code = false;
    // Up to here it is known that nothing closes an address or a tag.
    let mut unclosed = [0, 0];
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let at = text.len() - rest.len();
        let after = &rest[c.len_utf8()..];
        let next = after.chars().next().unwrap_or(' ');
        rest = after;
        if c == '`' {
            in_code = !in_code;
            rest = after.trim_start_matches('`');
            continue;
        }
        if in_code {
            out.push(c);
            continue;
        }
        match c {
            '\\' if next.is_ascii_punctuation() => {
                out.push(next);
                rest = &after[1..];
            }
            '!' if next == '[' => {
                open.push((out.len(), true));
                out.push_str("![");
                rest = &after[1..];
            }
            '[' => {
                open.push((out.len(), false));
                out.push('[');
            }
            ']' => {
                let Some((start, is_picture)) = open.pop() else {
                    out.push(']');
                    continue;
                };
                let closer = if next == '(' { ')' } else { ']' };
                let is_link = next == '(' || next == '[';
                let end = is_link.then(|| closing(after, closer, at, &mut unclosed[0])).flatten();
                match end {
                    Some(end) if is_picture => {
                        out.truncate(start);
                        while dropped.last().is_some_and(|&at| at >= start) {
                            dropped.pop();
                        }
                        rest = &after[end..];
                    }
                    Some(end) => {
                        dropped.push(start);
                        rest = &after[end..];
                    }
                    // No link: the brackets are the text's own.
                    None => out.push(']'),
                }
            }
            '<' if next.is_ascii_alphabetic() || next == '/' || next == '!' => {
                match closing(after, '>', at, &mut unclosed[1]) {
                    Some(end) => {
                        let tag = &after[..end - 1];
                        if tag.contains("://") && !tag.contains(' ') {
                            out.push_str(tag);
                        } else if tag.starts_with("br") {
                            out.push('\n');
                        }
                        rest = &after[end..];
                    }
                    None => out.push('<'),
                }
            }
            '*' | '_' | '~' => {
                let run = rest.len() - rest.trim_start_matches(c).len() + 1;
                rest = &rest[run - 1..];
                let before = out.chars().next_back().unwrap_or(' ');
                let following = rest.chars().next().unwrap_or(' ');
                let stands_alone = before.is_whitespace() && following.is_whitespace();
                let within_word = before.is_alphanumeric() && following.is_alphanumeric();
                if stands_alone || (c == '_' && within_word) || (c == '~' && run < 2) {
                    out.extend(std::iter::repeat_n(c, run));
                }
            }
            c => out.push(c),
        }
    }
    dropped.sort_unstable();
    let mut kept = String::with_capacity(out.len());
    let mut from = 0;
    for at in dropped {
        kept.push_str(&out[from..at]);
        from = at + 1;
    }
    kept.push_str(&out[from..]);
    entities::decode(&kept).into_owned()
}

/// Where a link's address or a tag ends, its closing sign included; what was looked through in vain is
/// not looked through again.
fn closing(after: &str, sign: char, at: usize, unclosed: &mut usize) -> Option<usize> {
    if at < *unclosed {
        return None;
    }
    let mut depth = 0_usize;
    for (offset, c) in after.char_indices().take(ADDRESS) {
        match c {
            '(' if sign == ')' => depth += 1,
            '[' if sign == ']' => depth += 1,
            c if c == sign && depth <= 1 => return Some(offset + c.len_utf8()),
            c if c == sign => depth -= 1,
            _ => {}
        }
    }
    *unclosed = at + after.len().min(ADDRESS);
    None
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn markup_goes_and_words_stay() {
        for (markdown, text) in [
            (
                "# Head #\n\nOne *two* **three** snake_case _four_ 2 * 3.\nfive",
                "Head\n\nOne two three snake_case four 2 * 3. five",
            ),
            (
                "Head\n====\n\n- a\n- b [c](http://x.example/a_(b) \"t\") d\n1. e",
                "Head\n\na\n\nb c d\n\ne",
            ),
            (
                "[![alt](a.png)](b) text ![x][y] [ref][1] [own]\n\n[1]: http://x.example",
                "text  ref [own]",
            ),
            (
                "> quoted\n> > twice\n\n***\n\n| a | b |\n|---|---|\n| c | d |",
                "quoted twice\n\na b\n\nc d",
            ),
            ("```rust\nlet *x* = 1;\n```\nuse `a_b*c`", "let *x* = 1;\n\nuse a_b*c"),
            (
                "a<br>b &amp; <b>c</b> <https://x.example> 1 < 2 \\*",
                "a\nb & c https://x.example 1 < 2 *",
            ),
            ("line  \nbreak", "line\nbreak"),
        ] {
            assert_eq!(plain(markdown), text, "{markdown}");
        }
    }
}
