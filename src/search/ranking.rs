//! The best articles so far, and what it takes to be one of them.

use super::Sort;
use super::score::Scorer;
use super::segment::Segment;
use super::top::{Entry, Top};

/// Weighs articles, and keeps the best.
pub(super) struct Ranking<'a> {
    pub(super) scorer: Scorer,
    pub(super) top: Top<'a>,
    pub(super) sort: Sort,
}

impl Ranking<'_> {
    /// Weighs the article the segment stands at, as far as it may be among the best. `hash` is its content, or 0.
    pub(super) fn offer(&mut self, segment: &mut Segment<'_>, number: usize, rung: u8, hash: u64) {
        let doc = segment.doc();
        let score = if self.sort == Sort::Relevance {
            let threshold = self.top.threshold(rung);
            match self.scorer.score(segment, threshold) {
                Some(score) if score >= threshold => score,
                Some(_) | None => return,
            }
        } else {
            0.0
        };
        let date = segment.columns().date(doc);
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        let first = Entry { rung, score, date, segment: number, doc, place: 0, hash };
        // With the first place of all it has the best chance: its own is looked up only if that is enough.
        if self.top.may_keep(&first) {
            self.top.push(Entry { place: segment.columns().place(doc), ..first });
        }
    }
}
