//! Words in any order in a window: every part in a place of its own, with so many other words at most.

use smallvec::SmallVec;

use super::{Expr, Source, Span, Spans, smallest, spans};

/// Whether there is a window that holds every part.
pub(super) fn any_window(parts: &[Expr], others: u32, source: &mut dyn Source) -> bool {
    if let Some(found) = any_window_of_words(parts, others, source) {
        return found;
    }
    let Some(places) = places(parts, source) else { return false };
    !windows(&places, parts.len(), others, source).is_empty()
}

/// The same in one step over the lists of all words; none where a part is no word, one has a place of several words
/// (`e-mail`, which makes windows longer), or two of them stand at one place.
///
/// Of the next place of every word the first one cannot be in a window if the last one is too far from it.
fn any_window_of_words(parts: &[Expr], others: u32, source: &mut dyn Source) -> Option<bool> {
    for part in parts {
        let Expr::Leaf(leaf) = part else { return None };
        source.find(*leaf, true);
    }
    let source = &*source;
    let mut rest: SmallVec<[&[Span]; 8]> = parts
        .iter()
        .map(|part| if let Expr::Leaf(leaf) = part { source.found(*leaf) } else { &[] })
        .collect();
    if rest.iter().any(|places| places.iter().any(|it| it.end > it.start)) {
        return None;
    }
    let longest = longest(others, parts.len());
    loop {
        let (mut first, mut from, mut to) = (0, u32::MAX, 0);
        for (part, places) in rest.iter().enumerate() {
            let Some(place) = places.first() else { return Some(false) };
            if place.start < from {
                (first, from) = (part, place.start);
            }
            to = to.max(place.start);
        }
        if to - from < longest && source.section(from) == source.section(to) {
            let starts = || rest.iter().filter_map(|it| it.first()).map(|it| it.start);
            let is_shared =
                starts().enumerate().any(|(at, it)| starts().skip(at + 1).any(|other| other == it));
            return (!is_shared).then_some(true);
        }
        // All that begin too early for the last one go.
        let least = (to + 1).saturating_sub(longest).max(from + 1);
        let early = rest[first].iter().take_while(|it| it.start < least).count();
        rest[first] = &rest[first][early..];
    }
}

/// Smallest windows that hold every part, each in a place of its own.
pub(super) fn window(parts: &[Expr], others: u32, source: &mut dyn Source) -> Spans {
    let Some(places) = places(parts, source) else { return Spans::new() };
    windows(&places, parts.len(), others, source)
}

/// Where the parts stand, in order; none if one of them is not there.
fn places(parts: &[Expr], source: &mut dyn Source) -> Option<Vec<(Span, usize)>> {
    let mut places: Vec<(Span, usize)> = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let found = spans(part, source);
        if found.is_empty() {
            return None;
        }
        places.extend(found.into_iter().map(|span| (span, index)));
    }
    places.sort_unstable_by_key(|(span, index)| (span.start, span.end, *index));
    Some(places)
}

/// The words of a window of so many parts, each a word, with so many others.
fn longest(others: u32, parts: usize) -> u32 {
    others.saturating_add(u32::try_from(parts).unwrap_or(u32::MAX))
}

fn windows(places: &[(Span, usize)], parts: usize, others: u32, source: &dyn Source) -> Spans {
    if places.iter().any(|(span, _)| span.end > span.start) {
        return wide_window(places, parts, others, source);
    }
    let longest = longest(others, parts);
    let mut found = Spans::new();
    let mut from = 0;
    while from < places.len() {
        let start = places[from].0.start;
        let section = source.section(start);
        let mut matching = Matching::new(parts);
        let mut taken = 0;
        for (span, index) in &places[from..] {
            let width = span.end - start + 1;
            if source.section(span.end) != section || width > longest {
                break;
            }
            matching.place(*span, *index);
            if matching.taken.iter().all(Option::is_some) {
                taken = width;
                break;
            }
        }
        if taken > 0 {
            found.push(Span { start, end: start + taken - 1 });
        }
        // The next window begins at the next place that begins later.
        let next = places[from..].iter().position(|(span, _)| span.start > start);
        from = next.map_or(places.len(), |step| from + step);
    }
    smallest(found)
}

/// Which part stands at which place: a bipartite matching, grown place by place (Kuhn's algorithm).
struct Matching {
    /// For every place so far: its span and the parts that may take it.
    places: Vec<(Span, Vec<usize>)>,
    /// For every part, the place it has.
    taken: Vec<Option<usize>>,
}

impl Matching {
    fn new(parts: usize) -> Self {
        Self { places: Vec::new(), taken: vec![None; parts] }
    }

    fn place(&mut self, span: Span, part: usize) {
        match self.places.last_mut() {
            Some((last, parts)) if *last == span => parts.push(part),
            _ => self.places.push((span, vec![part])),
        }
        let place = self.places.len() - 1;
        if self.taken.contains(&Some(place)) {
            // The place is taken; another part may still free a chain through it.
            return;
        }
        let mut seen = vec![false; self.taken.len()];
        self.grow(place, &mut seen);
    }

    fn grow(&mut self, place: usize, seen: &mut [bool]) -> bool {
        for at in 0..self.places[place].1.len() {
            let part = self.places[place].1[at];
            if std::mem::replace(&mut seen[part], true) {
                continue;
            }
            let free = match self.taken[part] {
                None => true,
                Some(other) => self.grow(other, seen),
            };
            if free {
                self.taken[part] = Some(place);
                return true;
            }
        }
        false
    }
}

/// Windows over words of several widths (`e-mail` beside `email`): places must not overlap.
///
/// Tried one after the other; a text made to be hard has to be content with what is found in
/// [`MOST_STEPS`] steps a window.
fn wide_window(places: &[(Span, usize)], parts: usize, others: u32, source: &dyn Source) -> Spans {
    let mut by_part = vec![Spans::new(); parts];
    for (span, part) in places {
        by_part[*part].push(*span);
    }
    let widths: u32 = by_part
        .iter()
        .map(|spans| spans.iter().map(|it| it.end - it.start + 1).max().unwrap_or(1))
        .fold(0, u32::saturating_add);
    let longest = others.saturating_add(widths);
    let mut starts: Vec<_> = places.iter().map(|it| it.0.start).collect();
    let mut ends: Vec<_> = places.iter().map(|it| it.0.end).collect();
    starts.dedup();
    ends.sort_unstable();
    ends.dedup();
    let mut found = Spans::new();
    for start in starts {
        let section = source.section(start);
        for end in &ends[ends.partition_point(|end| *end < start)..] {
            if end - start >= longest || source.section(*end) != section {
                break;
            }
            let window = Span { start, end: *end };
            let mut steps = MOST_STEPS;
            if fits(&by_part, window, others, &mut Spans::new(), &mut steps) {
                found.push(window);
                break;
            }
        }
    }
    smallest(found)
}

const MOST_STEPS: u32 = 20_000;

/// Whether every part has a place of its own in the window, with at most so many other words.
fn fits(by_part: &[Spans], window: Span, others: u32, taken: &mut Spans, steps: &mut u32) -> bool {
    let Some((part, rest)) = by_part.split_first() else {
        let covered: u32 = taken.iter().map(|it| it.end - it.start + 1).sum();
        return window.end - window.start + 1 - covered <= others;
    };
    let from = part.partition_point(|it| it.start < window.start);
    for span in part[from..].iter().take_while(|it| it.start <= window.end) {
        *steps = steps.saturating_sub(1);
        let free = span.end <= window.end
            && taken.iter().all(|it| it.end < span.start || span.end < it.start);
        if !free || *steps == 0 {
            continue;
        }
        taken.push(*span);
        let fitting = fits(rest, window, others, taken, steps);
        taken.pop();
        if fitting {
            return true;
        }
    }
    false
}
