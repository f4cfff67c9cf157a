//! The lines of a page -> how much running text each is, and how much of it is links.

use super::super::outline::{Line, Outline, Tag};

/// A line, judged by itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Weighed {
    /// Letters, those of scripts that write a word in few of them counted twice.
    pub(super) weight: u32,
    pub(super) kind: Kind,
}

/// What a line looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Sentences.
    Prose,
    /// A headline within the text.
    Heading,
    /// Mostly a link.
    Links,
    /// Neither.
    Short,
}

/// What is as long is prose, however it ends.
const LONG: u32 = 110;
/// What is as long and ends as a sentence is prose.
const SENTENCE: u32 = 35;
/// In per cent: with more of it in links a line is a link.
const MOST_LINKS: u32 = 65;
/// In per cent: prose has less of it in links.
const MOST_LINKS_IN_PROSE: u32 = 50;

/// In per cent: `Read also: ` and a link.
const MOST_LINKS_IN_SHORT: u32 = 40;

/// Judges all lines.
pub(super) fn weigh(outline: &Outline) -> Vec<Weighed> {
    outline.lines.iter().map(|line| weigh_line(outline, line)).collect()
}

fn weigh_line(outline: &Outline, line: &Line) -> Weighed {
    let bytes = line.end.saturating_sub(line.start);
    let weight = u32::midpoint(bytes, line.length);
    let links = line.links * 100 / line.length.max(1);
    let in_heading =
        outline.upwards(line.inner).take(4).any(|(_, node)| matches!(node.tag, Tag::Heading(_)));
    let in_item = outline
        .upwards(line.inner)
        .take(3)
        .any(|(_, node)| matches!(node.tag, Tag::Item | Tag::Cell));
    let in_paragraph =
        outline.upwards(line.inner).take(3).any(|(_, node)| node.tag == Tag::Paragraph);
    let ended = || {
        let text = outline.text_of(line);
        let text = text.trim_end_matches(|c: char| {
            matches!(c, '"' | '”' | '“' | '»' | '\'' | '’' | '‘' | ')' | ']' | '」' | '』' | '）')
                || c.is_whitespace()
        });
        text.ends_with(['.', '!', '?', '…', ':', ';', '。', '！', '？', '।', '؟', '։', '．', '：'])
    };
    let kind = if in_heading && weight < 3 * LONG {
        if links > 90 { Kind::Links } else { Kind::Heading }
    } else if links > MOST_LINKS && in_paragraph && weight >= SENTENCE && ended() {
        // A sentence that is a link to what it tells of.
        Kind::Short
    } else if links > MOST_LINKS {
        Kind::Links
    } else if links <= MOST_LINKS_IN_PROSE && (weight >= LONG || weight >= SENTENCE && ended()) {
        Kind::Prose
    } else if links > MOST_LINKS_IN_SHORT && !in_item && !ended() {
        Kind::Links
    } else {
        Kind::Short
    };
    Weighed { weight, kind }
}
