//! Chooses the passages that show best why an article was found: pieces of its text and ranges in them.

use std::hash::Hasher;

use rustc_hash::FxHasher;

use super::Passage;
use super::article_words::ArticleWords;
use super::spans::{Section, Span};

/// A passage is about this long, in letters: two or three lines at 80 columns.
const LENGTH: usize = 280;
/// A longer sentence is cut around its matches.
const LONGEST: usize = 420;
/// A shorter paragraph at the very beginning is a dateline, a kicker or a name, and no lead.
const SHORTEST_LEAD: usize = 60;
/// So many of them may stand before the lead.
const MOST_BEFORE_LEAD: usize = 4;

/// A stretch of sentences with matches.
struct Window {
    first: usize,
    last: usize,
    value: f32,
}

/// At most `limit` passages of the body, best first; the lead when nothing in the body is marked.
pub(super) fn choose(
    body: &str,
    words: &ArticleWords<'_>,
    marked: &[Span],
    leaves: usize,
    limit: usize,
) -> Vec<Passage> {
    if limit == 0 || body.trim().is_empty() {
        return Vec::new();
    }
    let hits = words.ranges(marked, Section::Body);
    let pieces = pieces(body, words);
    if hits.is_empty() {
        return lead(body, &pieces).into_iter().collect();
    }
    let ranges: Vec<_> = hits.iter().map(|it| (it.1, it.2)).collect();
    let mut windows = windows(&pieces, words, &hits, marked, leaves);
    windows.sort_by(|a, b| b.value.total_cmp(&a.value).then(a.first.cmp(&b.first)));
    let mut taken: Vec<(usize, usize)> = Vec::new();
    let mut passages: Vec<Passage> = Vec::new();
    // What the passages say, as far as it was asked for: most texts have no second one.
    let mut said: Vec<Vec<u64>> = Vec::new();
    for window in windows {
        if taken.iter().any(|it| window.first <= it.1 && it.0 <= window.last) {
            continue;
        }
        taken.push((window.first, window.last));
        let (start, end) = (pieces[window.first].start, pieces[window.last].end);
        let passage = cut(body, start, end, &ranges);
        // One alone repeats no other.
        if limit == 1 {
            return vec![passage];
        }
        // The same words again say nothing new (a lead repeated, a table of equals).
        if !passages.is_empty() {
            said.extend(passages[said.len()..].iter().map(|it| words_of(&it.text)));
            let words = words_of(&passage.text);
            if said.iter().any(|it| alike(it, &words)) {
                continue;
            }
            said.push(words);
        }
        passages.push(passage);
        if passages.len() == limit {
            break;
        }
    }
    passages
}

/// A sentence: its words, and where it lies in the text.
struct Piece {
    position: u32,
    start: usize,
    end: usize,
    paragraph: bool,
}

fn pieces(body: &str, words: &ArticleWords<'_>) -> Vec<Piece> {
    let starts: Vec<_> =
        words.body_pieces().into_iter().filter_map(|it| words.place_from(it)).collect();
    let mut pieces: Vec<Piece> = Vec::new();
    for (position, start, _) in starts {
        if pieces.last().is_some_and(|it| it.position == position) {
            continue;
        }
        // Quotation marks and brackets before the first word belong to the sentence.
        let from = pieces.last().map_or(0, |it| it.start);
        let gap = body.get(from..start).unwrap_or("");
        let opening = gap.trim_end_matches(|it: char| !it.is_whitespace() && !it.is_alphanumeric());
        let start = if pieces.is_empty() { 0 } else { from + opening.len() };
        let paragraph = gap.trim_end().len() < gap.len()
            && gap[gap.trim_end().len()..].contains("\n\n")
            || opening.ends_with("\n\n")
            || pieces.is_empty();
        if let Some(last) = pieces.last_mut() {
            last.end = body[..start].trim_end().len().max(last.start);
        }
        pieces.push(Piece { position, start, end: body.trim_end().len(), paragraph });
    }
    if pieces.is_empty() {
        pieces.push(Piece { position: 0, start: 0, end: body.trim_end().len(), paragraph: true });
    }
    pieces
}

/// The first sentences, for articles found by something else than their text.
fn lead(body: &str, pieces: &[Piece]) -> Option<Passage> {
    let is_lead = |at: &usize| {
        let next = pieces[at + 1..].iter().find(|it| it.paragraph);
        let end = next.map_or(body.len(), |it| it.start);
        letters(body, pieces[*at].start, end) >= SHORTEST_LEAD
    };
    let paragraphs = (0..pieces.len()).filter(|at| pieces[*at].paragraph);
    let begin = paragraphs.take(MOST_BEFORE_LEAD).find(is_lead).unwrap_or(0);
    let first = pieces.get(begin)?;
    let mut end = first.end;
    for piece in &pieces[begin + 1..] {
        if piece.paragraph || letters(body, first.start, piece.end) > LENGTH {
            break;
        }
        end = piece.end;
    }
    Some(cut(body, first.start, end, &[]))
}

/// Every stretch of up to three sentences of one paragraph that begins and ends with a match.
fn windows(
    pieces: &[Piece],
    words: &ArticleWords<'_>,
    hits: &[(u32, usize, usize)],
    marked: &[Span],
    leaves: usize,
) -> Vec<Window> {
    // Which leaves are in which piece, as bits; more than 64 words share the last bit.
    let mut kinds = vec![0_u64; pieces.len()];
    let mut counts = vec![0_u32; pieces.len()];
    let piece_of =
        |position: u32| pieces.partition_point(|it| it.position <= position).saturating_sub(1);
    for leaf in 0..leaves {
        for span in words.leaf_spans(leaf) {
            if hits.binary_search_by_key(&span.start, |it| it.0).is_ok() {
                kinds[piece_of(span.start)] |= 1 << leaf.min(63);
            }
        }
    }
    for (position, ..) in hits {
        counts[piece_of(*position)] += 1;
    }
    // Matches of several words (phrases, proximity) are worth seeing whole.
    let mut wholes = vec![0_u32; pieces.len()];
    for span in marked.iter().filter(|it| it.end > it.start) {
        let (from, to) = (piece_of(span.start), piece_of(span.end));
        if from == to {
            wholes[from] += 1;
        }
    }
    let mut windows = Vec::new();
    for first in (0..pieces.len()).filter(|it| counts[*it] > 0) {
        let (mut kind, mut count, mut whole) = (0, 0, 0);
        for last in first..pieces.len().min(first + 3) {
            if last > first && pieces[last].paragraph {
                break;
            }
            kind |= kinds[last];
            count += counts[last];
            whole += wholes[last];
            let length = letters_of(pieces, first, last);
            if last > first && length > LONGEST {
                break;
            }
            if counts[last] == 0 {
                continue;
            }
            let span = last - first;
            // Distinct words first; then whole phrases, then closeness, then how many; earlier wins.
            let value =
                10.0 * small(kind.count_ones()) + 4.0 * small(whole.min(2)) + small(count.min(5))
                    - 2.0 * small(u32::try_from(span).unwrap_or(u32::MAX))
                    - closeness_cost(hits, pieces, first, last);
            windows.push(Window { first, last, value });
        }
    }
    windows
}

/// How far apart the nearest different matches of the stretch stand: up to 3.
fn closeness_cost(
    hits: &[(u32, usize, usize)],
    pieces: &[Piece],
    first: usize,
    last: usize,
) -> f32 {
    let from = pieces[first].position;
    let to = pieces.get(last + 1).map_or(u32::MAX, |it| it.position);
    let mut inside = hits.iter().filter(|it| it.0 >= from && it.0 < to).map(|it| it.0);
    let Some(mut before) = inside.next() else { return 3.0 };
    let mut nearest = 30;
    for position in inside {
        nearest = nearest.min(position - before);
        before = position;
    }
    small(nearest) / 10.0
}

fn small(count: u32) -> f32 {
    f32::from(u16::try_from(count).unwrap_or(u16::MAX))
}

fn letters_of(pieces: &[Piece], first: usize, last: usize) -> usize {
    pieces[last].end.saturating_sub(pieces[first].start)
}

fn letters(body: &str, start: usize, end: usize) -> usize {
    body.get(start..end).map_or(0, |it| it.chars().count())
}

/// The passage from `start` to `end`, cut around its matches when it is too long.
fn cut(body: &str, start: usize, end: usize, ranges: &[(usize, usize)]) -> Passage {
    let inside =
        |start: usize, end: usize| ranges.iter().filter(move |it| it.0 >= start && it.1 <= end);
    let (mut start, mut end) = (start, end);
    if letters(body, start, end) > LONGEST {
        let (from, to) =
            densest(body, start, end, &inside(start, end).copied().collect::<Vec<_>>());
        (start, end) = (from, to);
    }
    let text = &body[start..end];
    let highlights = inside(start, end)
        .map(|(from, to)| {
            let first = letters(body, start, *from);
            first..first + letters(body, *from, *to)
        })
        .collect();
    Passage { field: "body", text: text.to_owned(), highlights, start: letters(body, 0, start) }
}

/// The stretch of about [`LENGTH`] letters with the most matches, at borders of words.
fn densest(body: &str, start: usize, end: usize, ranges: &[(usize, usize)]) -> (usize, usize) {
    let Some(first) = ranges.first() else {
        return (start, word_end(body, after(body, start, LENGTH), end));
    };
    let mut best = (*first, 0, first.1);
    for (at, range) in ranges.iter().enumerate() {
        let limit = after(body, range.0, LENGTH);
        let count = ranges[at..].iter().take_while(|it| it.1 <= limit).count();
        if count > best.1 {
            best = (*range, count, ranges[at + count.max(1) - 1].1);
        }
    }
    let (from, _, to) = best;
    // What is left of the length goes to both sides, most of it before the first match.
    let spare = LENGTH.saturating_sub(letters(body, from.0, to));
    let begin = before(body, from.0, spare / 2).max(start);
    let begin = if begin == start { start } else { word_start(body, begin, from.0) };
    let finish = after(body, begin, LENGTH.max(letters(body, begin, to)));
    (begin, word_end(body, finish.min(end), end).max(to))
}

fn after(body: &str, from: usize, letters: usize) -> usize {
    body[from..].char_indices().nth(letters).map_or(body.len(), |(at, _)| from + at)
}

fn before(body: &str, from: usize, letters: usize) -> usize {
    body[..from].char_indices().rev().nth(letters).map_or(0, |(at, _)| at)
}

/// The first beginning of a word at or after `from`, before `limit`.
fn word_start(body: &str, from: usize, limit: usize) -> usize {
    match body[from..limit].find(char::is_whitespace) {
        Some(space) => {
            let rest = &body[from + space..limit];
            from + space + (rest.len() - rest.trim_start().len())
        }
        None => from,
    }
}

/// The last end of a word at or before `to`, unless that is the very end.
fn word_end(body: &str, to: usize, end: usize) -> usize {
    if to >= end {
        return end;
    }
    match body[..to].rfind(char::is_whitespace) {
        // Scripts without spaces are cut between letters.
        Some(space) if to - space < 60 => body[..space].trim_end().len(),
        _ => to,
    }
}

/// The different words of a passage, as numbers in order.
fn words_of(text: &str) -> Vec<u64> {
    let number = |word: &str| {
        let mut hasher = FxHasher::default();
        hasher.write(word.as_bytes());
        hasher.finish()
    };
    let text = text.to_lowercase();
    let mut words: Vec<u64> = if text.is_ascii() {
        text.split_ascii_whitespace().map(number).collect()
    } else {
        text.split_whitespace().map(number).collect()
    };
    words.sort_unstable();
    words.dedup();
    words
}

/// Whether two passages say the same, nearly: most of their words are the same.
fn alike(a: &[u64], b: &[u64]) -> bool {
    let common = a.iter().filter(|it| b.binary_search(it).is_ok()).count();
    common * 10 >= 8 * a.len().max(b.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passages_that_say_the_same() {
        let alike = |a: &str, b: &str| alike(&words_of(a), &words_of(b));
        assert!(alike("The harbour OPENS at last", "the Harbour opens at last"));
        assert!(alike("Über den Hafen", "über DEN hafen"));
        assert!(!alike("The harbour opens at last", "The harbour was closed at last"));
    }
}
