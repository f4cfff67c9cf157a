//! Leaves of a plan to the number of articles that have them, which is what their weight comes from.

use rustc_hash::FxHashMap;

use super::cursor::is_many;
use super::plan::{Leaf, Plan};
use super::segment::Segment;
use crate::index::IndexError;

/// So many words are remembered; then it begins anew.
const MOST_KNOWN: usize = 10_000;

/// A leaf that adds to the score.
#[derive(Debug, Clone, Copy)]
pub(super) struct Weighed {
    pub(super) leaf: usize,
    pub(super) weight: f32,
    /// Articles that have it.
    pub(super) frequency: u64,
    /// It is no word of the query.
    pub(super) extra: bool,
}

/// Numbers of articles, by the terms of a leaf; they hold as long as the same segments are searched.
#[derive(Debug, Default)]
pub(super) struct Frequencies {
    known: FxHashMap<String, u64>,
}

impl Frequencies {
    /// The scored leaves of a plan.
    pub(super) fn weighed(
        &mut self,
        plan: &Plan,
        segments: &[Segment<'_>],
    ) -> Result<Vec<Weighed>, IndexError> {
        let mut weighed = Vec::with_capacity(plan.scored.len());
        for (number, weight) in &plan.scored {
            let leaf = &plan.leaves[*number];
            let frequency = self.of(*number, leaf, segments)?;
            let (leaf, weight, extra) = (*number, *weight, leaf.extra);
            weighed.push(Weighed { leaf, weight, frequency, extra });
        }
        Ok(weighed)
    }

    fn of(
        &mut self,
        number: usize,
        leaf: &Leaf,
        segments: &[Segment<'_>],
    ) -> Result<u64, IndexError> {
        let count = || segments.iter().map(|it| it.doc_frequency(number)).sum();
        // One term, or a list already read, is counted as fast as it is looked up.
        if leaf.terms.len() < 2 || is_many(leaf) {
            return count();
        }
        let mut key = String::new();
        for term in leaf.terms.iter() {
            key.push_str(&term.key);
            key.push('\0');
        }
        if let Some(known) = self.known.get(&key) {
            return Ok(*known);
        }
        let counted = count()?;
        if self.known.len() >= MOST_KNOWN {
            self.known.clear();
        }
        self.known.insert(key, counted);
        Ok(counted)
    }
}
