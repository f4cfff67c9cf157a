//! A stream of SGML -> its records, from an opening to a closing tag, in bounded memory.

use std::io::{self, BufRead};
use std::ops::ControlFlow;

use super::lines::{Piece, read_piece};

/// The tags that a record stands between, in lower case: `<doc` and `</doc>`.
pub(super) struct Tags {
    pub(super) opening: &'static str,
    pub(super) closing: &'static str,
}

impl Tags {
    /// A record with its closing tag again, in capitals where the opening one is; empty unless `wanted`.
    pub(super) fn closed(&self, record: &str, wanted: bool) -> String {
        if !wanted {
            return String::new();
        }
        let capitals = record.starts_with(&self.opening.to_uppercase());
        let closing = if capitals { self.closing.to_uppercase() } else { self.closing.to_owned() };
        format!("{record}{closing}")
    }
}

/// What was found between the tags.
pub(super) enum Record<'r> {
    /// A record from its opening tag on, without its closing one.
    Whole(&'r str),
    /// The same, with which the file ends.
    CutOff(&'r str),
    /// A record over the limit.
    TooLarge,
}

/// Whether a file's first bytes hold this opening tag.
pub(super) fn holds_tag(head: &[u8], opening: &str) -> bool {
    find_opening(&String::from_utf8_lossy(head), opening).is_some()
}

/// Hands over the records of a text one after the other.
pub(super) fn records(
    input: &mut dyn BufRead,
    tags: &Tags,
    limit: u64,
    each: &mut dyn FnMut(Record<'_>) -> ControlFlow<()>,
) -> io::Result<()> {
    let mut gathered = Gathered { tags, limit, pending: String::new(), open: false, over: false };
    let mut piece = Vec::new();
    loop {
        let uncut = match read_piece(input, &mut piece, PIECE)? {
            Piece::End => break,
            Piece::Line => piece.len(),
            Piece::Part => uncut(&piece, tags),
        };
        if gathered.piece(&String::from_utf8_lossy(&piece[..uncut]), each).is_break() {
            return Ok(());
        }
        piece.drain(..uncut);
    }
    if gathered.over {
        let _ = each(Record::TooLarge);
    } else if gathered.open {
        let _ = each(Record::CutOff(&gathered.pending));
    }
    Ok(())
}

/// Longer lines are read in pieces: many records may stand in one line, and a line between them is none.
const PIECE: usize = 64 << 10;

/// How much of a piece can be looked at without cutting a tag or a character in two.
fn uncut(piece: &[u8], tags: &Tags) -> usize {
    // After an opening tag one character more is looked at.
    let tail = piece.len().saturating_sub(tags.opening.len().max(tags.closing.len()) + 1);
    if let Some(at) = piece[tail..].iter().position(|&byte| byte == b'<') {
        return tail + at;
    }
    // A character that goes on in the next piece is left to it.
    let last = piece[tail..].iter().rposition(|byte| byte & 0xc0 != 0x80);
    match last.map(|at| tail + at) {
        Some(last) if last > 0 && std::str::from_utf8(&piece[last..]).is_err() => last,
        Some(_) | None => piece.len(),
    }
}

/// Gathers pieces until they hold a record.
struct Gathered<'t> {
    tags: &'t Tags,
    limit: u64,
    pending: String,
    open: bool,
    over: bool,
}

impl Gathered<'_> {
    fn piece(
        &mut self,
        piece: &str,
        each: &mut dyn FnMut(Record<'_>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let mut rest = piece;
        loop {
            if !self.open {
                let Some(at) = find_opening(rest, self.tags.opening) else {
                    return ControlFlow::Continue(());
                };
                rest = &rest[at..];
                self.open = true;
            }
            let Some(at) = find(rest, self.tags.closing) else { break };
            self.push(&rest[..at]);
            let over = std::mem::take(&mut self.over);
            let flow =
                if over { each(Record::TooLarge) } else { each(Record::Whole(&self.pending)) };
            self.pending.clear();
            self.open = false;
            flow?;
            rest = &rest[at + self.tags.closing.len()..];
        }
        self.push(rest);
        ControlFlow::Continue(())
    }

    fn push(&mut self, text: &str) {
        if (self.pending.len() + text.len()) as u64 > self.limit {
            self.over = true;
            self.pending = String::new();
        }
        if !self.over {
            self.pending.push_str(text);
        }
    }
}

/// An opening tag, after which its name does not go on (`<DOC>` is not found in `<DOCNO>`).
fn find_opening(text: &str, opening: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = find(text.get(from..)?, opening) {
        let end = from + at + opening.len();
        let next = text.as_bytes().get(end);
        if next.is_none_or(|byte| matches!(byte, b'>') || byte.is_ascii_whitespace()) {
            return Some(from + at);
        }
        from = end;
    }
    None
}

/// Where `part`, which is in lower case and begins with `<`, stands in `text`, whatever its case.
pub(super) fn find(text: &str, part: &str) -> Option<usize> {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    let mut from = 0;
    while let Some(at) = memchr::memchr(b'<', text.get(from..)?) {
        let found = text.get(from + at..from + at + part.len());
        if found.is_some_and(|found| found.eq_ignore_ascii_case(part)) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, limit: u64) -> Vec<String> {
        let mut found = Vec::new();
        let tags = Tags { opening: "<doc", closing: "</doc>" };
        records(&mut text.as_bytes(), &tags, limit, &mut |record| {
            found.push(match record {
                Record::Whole(text) => text.to_owned(),
                Record::CutOff(text) => format!("{text}..."),
                Record::TooLarge => "too large".to_owned(),
            });
            ControlFlow::Continue(())
        })
        .unwrap();
        found
    }

    #[test]
    fn records_end_where_their_tags_do_and_not_where_lines_do() {
        let text =
            "x<doc>\none</DOC> y <DOC id=\"1\">two</doc><doc>three</doc>\n<docno>4\n<DOC\n>five";
        assert_eq!(
            read(text, 100),
            ["<doc>\none", "<DOC id=\"1\">two", "<doc>three", "<DOC\n>five..."]
        );
    }

    #[test]
    fn a_record_over_the_limit_is_said_and_the_next_one_read() {
        let long = "long line\n".repeat(50);
        let text = format!("<doc>{long}</doc>\n<doc>short</doc>\n<doc>{}\n", "x".repeat(200));
        assert_eq!(read(&text, 100), ["too large", "<doc>short", "too large"]);
    }

    /// Issue 3: a line over the limit took the records before and after it along.
    #[test]
    fn a_long_line_takes_no_other_record_along() {
        let long = "é ".repeat(PIECE);
        let text = format!("<doc>{long}</doc>\n<doc>2</doc>\n{long}\n<doc>3</doc><doc>{long}");
        assert_eq!(read(&text, 100), ["too large", "<doc>2", "<doc>3", "too large"]);
        assert_eq!(read(&format!("{long}<doc>1</doc>{long}\n"), 100), ["<doc>1"]);
    }

    #[test]
    fn tags_and_letters_are_found_wherever_a_piece_ends() {
        for shift in 0..40 {
            let fill = "x".repeat(PIECE - 20 + shift);
            let text = format!("{fill}<docno><DOC>é{shift}</Doc>é<doc>{fill}é</doc>");
            let found = read(&text, 1 << 20);
            assert_eq!(found, [format!("<DOC>é{shift}"), format!("<doc>{fill}é")]);
        }
    }
}
