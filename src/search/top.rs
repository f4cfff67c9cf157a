//! The best hits so far, in the order they will be shown.

use std::cmp::Ordering;

use rustc_hash::FxHashSet;

use super::Sort;
use crate::index::date_code::DateCode;

/// An article that matches, with all that its place in the list depends on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Entry {
    /// Best rung; 0 where there is no ladder.
    pub(super) rung: u8,
    pub(super) score: f32,
    pub(super) date: DateCode,
    /// Number of the segment and of the article in it.
    pub(super) segment: u32,
    pub(super) doc: u32,
    /// Number of its place among those of its segment.
    pub(super) place: u64,
    /// Content; 0 if it is not compared.
    pub(super) hash: u64,
}

/// Reads the place of an article as text, to order equals of different segments.
pub(super) trait Places {
    fn text(&self, segment: u32, place: u64) -> String;
}

/// Keeps the best so many.
pub(super) struct Top<'a> {
    entries: Vec<Entry>,
    keep: Option<usize>,
    sort: Sort,
    /// Exact copies are one hit.
    once: bool,
    places: &'a dyn Places,
    worst: Option<Entry>,
}

impl<'a> Top<'a> {
    pub(super) fn new(keep: Option<usize>, sort: Sort, once: bool, places: &'a dyn Places) -> Self {
        Self { entries: Vec::new(), keep, sort, once, places, worst: None }
    }

    /// A score that new entries of the same rung have to reach to be kept; 0 while all are.
    pub(super) fn threshold(&self, rung: u8) -> f32 {
        match (&self.worst, self.sort) {
            (Some(worst), Sort::Relevance) if worst.rung < rung => f32::INFINITY,
            (Some(worst), Sort::Relevance) if worst.rung == rung => worst.score,
            _ => 0.0,
        }
    }

    /// Whether an entry of this date can be kept when the order is by date.
    pub(super) fn may_keep(&self, entry: &Entry) -> bool {
        self.worst.as_ref().is_none_or(|worst| self.compare(entry, worst) == Ordering::Less)
    }

    pub(super) fn push(&mut self, entry: Entry) {
        if !self.may_keep(&entry) {
            return;
        }
        self.entries.push(entry);
        if let Some(keep) = self.keep
            && self.entries.len() >= keep.saturating_mul(2).saturating_add(64)
        {
            self.shrink(keep);
        }
    }

    /// Leaves only the best, so that the threshold is what it takes to be one of those so far.
    pub(super) fn settle(&mut self) {
        if let Some(keep) = self.keep {
            self.shrink(keep);
        }
    }

    /// The entries in order.
    pub(super) fn finish(mut self) -> Vec<Entry> {
        let keep = self.keep.unwrap_or(usize::MAX);
        self.shrink(keep);
        self.entries
    }

    fn shrink(&mut self, keep: usize) {
        let mut entries = std::mem::take(&mut self.entries);
        entries.sort_by(|a, b| self.compare(a, b));
        if self.once {
            let mut seen = FxHashSet::default();
            entries.retain(|entry| entry.hash == 0 || seen.insert(entry.hash));
        }
        entries.truncate(keep);
        if entries.len() == keep {
            self.worst = entries.last().copied();
        }
        self.entries = entries;
    }

    fn compare(&self, a: &Entry, b: &Entry) -> Ordering {
        let undated = |it: &Entry| it.date.0 == 0;
        let newest = || undated(a).cmp(&undated(b)).then(last_day(b).cmp(&last_day(a)));
        let order = match self.sort {
            Sort::Relevance => {
                a.rung.cmp(&b.rung).then(b.score.total_cmp(&a.score)).then_with(newest)
            }
            Sort::Newest => newest(),
            Sort::Oldest => undated(a).cmp(&undated(b)).then(last_day(a).cmp(&last_day(b))),
        };
        order.then_with(|| {
            if a.segment == b.segment {
                return a.place.cmp(&b.place).then(a.doc.cmp(&b.doc));
            }
            let text = |it: &Entry| self.places.text(it.segment, it.place);
            text(a).cmp(&text(b))
        })
    }
}

/// Dates sort by the last day they may be, however precise.
fn last_day(entry: &Entry) -> u64 {
    entry.date.0 >> 2
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Named;
    impl Places for Named {
        fn text(&self, _segment: u32, place: u64) -> String {
            format!("{place:04}")
        }
    }

    fn entry(score: f32, date: u64, segment: u32, place: u64) -> Entry {
        let doc = u32::try_from(place).unwrap();
        Entry { rung: 0, score, date: DateCode(date << 2), segment, doc, place, hash: 0 }
    }

    #[test]
    fn keeps_the_best_in_order() {
        for keep in [None, Some(3)] {
            let mut top = Top::new(keep, Sort::Relevance, true, &Named);
            for number in 0..500 {
                top.push(entry(
                    f32::from(u16::try_from(number % 7).unwrap()),
                    number % 5,
                    0,
                    number,
                ));
            }
            top.push(entry(6.0, 4, 1, 3));
            let found: Vec<_> =
                top.finish().iter().map(|it| (it.score, it.date.0 >> 2, it.place)).collect();
            assert_eq!(found[..3], [(6.0, 4, 3), (6.0, 4, 34), (6.0, 4, 69)]);
        }
    }

    #[test]
    fn undated_last_both_ways() {
        for (sort, expected) in [(Sort::Newest, [3, 1, 0]), (Sort::Oldest, [1, 3, 0])] {
            let mut top = Top::new(Some(10), sort, false, &Named);
            for date in [0, 3, 1] {
                top.push(entry(1.0, date, 0, date));
            }
            let found: Vec<_> = top.finish().iter().map(|it| it.date.0 >> 2).collect();
            assert_eq!(found, expected);
        }
    }
}
