//! How well an article matches: BM25F over title, deck and body, with a bounded bonus for closeness.
//!
//! One saturation over the weighted sum of the fields' frequencies (Robertson, Zaragoza, Taylor 2004, "Simple BM25
//! extension to multiple weighted fields"), for each word `w`:
//!
//! ```text
//! tf    = sum over sections of weight * occurrences
//! score = idf * tf * (k1 + 1) / (tf + k1 * (1 - b + b * length / mean length))
//! idf   = ln(1 + (N - df + 0.5) / (df + 0.5))
//! ```
//!
//! `df` is the number of articles that have the word in any of its forms, each counted once.
//!
//! The bonus for two neighbouring words of the query that stand `d` positions apart is `closeness * min(idf) / d`,
//! after Rasolofo and Savoy 2003, "Term proximity scoring for keyword-based retrieval systems".

use super::columns::Length;
use super::frequency::Weighed;
use super::parameters::PARAMETERS;
use super::segment::Segment;
use crate::index::catalog::Summary;

/// Bounds are sums in another order than scores: they are a little larger than that may make a difference.
pub(super) const ROUNDING: f32 = 1.000_1;

/// Scores articles for one plan.
pub(super) struct Scorer {
    leaves: Vec<ScoredLeaf>,
    mean_length: f32,
    /// What the length of an article adds to its frequencies: with no words, and with each.
    norm_of_none: f32,
    norm_of_word: f32,
    bonus_limit: f32,
    /// Positions of the last word and this one, kept to save allocations.
    before: Vec<u32>,
    here: Vec<u32>,
}

/// A part of a score.
pub(super) enum ScorePart {
    /// What a word adds.
    Word { leaf: usize, weight: f32, times: f32, score: f32 },
    /// What two neighbours of the query add by standing so close.
    Near { first: usize, second: usize, distance: f32, score: f32 },
}

/// A word, and what it weighs.
pub(super) struct ScoredLeaf {
    pub(super) leaf: usize,
    idf: f32,
    /// It stands beside the next word of the query.
    is_beside: bool,
}

impl Scorer {
    /// A scorer for these leaves.
    pub(super) fn new(leaves: &[Weighed], summary: &Summary) -> Self {
        let parameters = PARAMETERS;
        let articles = summary.articles.max(1);
        let count = precise(articles);
        let leaves: Vec<_> = leaves
            .iter()
            .map(|it| {
                let frequency = precise(it.frequency.min(articles));
                let idf = (1.0 + (count - frequency + 0.5) / (frequency + 0.5)).ln();
                ScoredLeaf { leaf: it.leaf, idf: idf * it.weight, is_beside: !it.extra }
            })
            .collect();
        let lengths = summary.lengths;
        let total = precise(lengths.title) * parameters.title
            + precise(lengths.deck) * parameters.deck
            + precise(lengths.body);
        let beside: Vec<_> = leaves.iter().filter(|it| it.is_beside).collect();
        let bonus_limit = beside.windows(2).map(|it| it[0].idf.min(it[1].idf)).sum::<f32>()
            * parameters.closeness;
        let mean_length = (total / count).max(1.0);
        Self {
            leaves,
            mean_length,
            norm_of_none: parameters.k1 * (1.0 - parameters.b),
            norm_of_word: parameters.k1 * parameters.b / mean_length,
            bonus_limit,
            before: Vec::new(),
            here: Vec::new(),
        }
    }

    /// The score of the article the segment stands at, or none if it is certainly not above `threshold`.
    pub(super) fn score(&mut self, segment: &mut Segment<'_>, threshold: f32) -> Option<f32> {
        if threshold == f32::INFINITY {
            return None;
        }
        let length = segment.columns().length(segment.doc());
        let mut most = f32::INFINITY;
        if threshold > 0.0 {
            most = 0.0;
            let mut last = None;
            for leaf in &self.leaves {
                let is_here = segment.is_at(leaf.leaf);
                if is_here {
                    most += self.at_most(leaf, segment.frequency(leaf.leaf), length);
                }
                if leaf.is_beside {
                    // A word is close to none whose neighbour in the query is not there.
                    let here = is_here.then_some(leaf.idf);
                    if let (Some(before), Some(idf)) = (last, here) {
                        most += PARAMETERS.closeness * idf.min(before);
                    }
                    last = here;
                }
            }
            if most * ROUNDING < threshold {
                return None;
            }
        }
        self.add_up(segment, length, (most, threshold), |_| {})
    }

    /// What adds to a score.
    pub(super) fn leaves(&self) -> &[ScoredLeaf] {
        &self.leaves
    }

    /// What all words can add by standing close.
    pub(super) fn most_closeness(&self) -> f32 {
        self.bonus_limit
    }

    /// What a word can add that is so many times in an article of this length, wherever it stands.
    #[inline]
    pub(super) fn at_most(&self, leaf: &ScoredLeaf, times: u32, length: Length) -> f32 {
        let times = precise(times.into());
        // A word counts once where it stands: no more of it can be in the title than the title has words.
        let title = length.title * (PARAMETERS.title - 1.0);
        let (all_title, the_rest) = (times * PARAMETERS.title, times + title);
        let tf = if all_title < the_rest { all_title } else { the_rest };
        // To divide by the mean length once for all is another rounding than that of scores, within that of bounds.
        let norm = self.norm_of_none + self.norm_of_word * length.weighted;
        leaf.idf * saturated(tf, norm)
    }

    /// The score of the article the segment stands at, part by part, and what its length comes to.
    pub(super) fn parts(&mut self, segment: &mut Segment<'_>) -> (f32, f32, Vec<ScorePart>) {
        let length = segment.columns().length(segment.doc());
        let mut parts = Vec::new();
        let score = self.add_up(segment, length, (f32::INFINITY, 0.0), |part| parts.push(part));
        (score.unwrap_or(0.0), self.norm(length), parts)
    }

    /// Adds up the score and says what it is made of. What it is at most comes nearer with each word whose places are
    /// known; once that is certainly below the threshold, those of the other words are not read.
    #[inline]
    fn add_up(
        &mut self,
        segment: &mut Segment<'_>,
        length: Length,
        (mut most, threshold): (f32, f32),
        mut note: impl FnMut(ScorePart),
    ) -> Option<f32> {
        let norm = self.norm(length);
        let mut score = 0.0;
        let mut last: Option<(usize, f32)> = None;
        for leaf in &self.leaves {
            let times = segment.times(leaf.leaf, &mut self.here);
            let mut tf = 0.0;
            for (typed, form) in [(false, PARAMETERS.other_form), (true, 1.0)] {
                let times = times[usize::from(typed)];
                tf += form
                    * (PARAMETERS.title * precise(times.title.into())
                        + PARAMETERS.deck * precise(times.deck.into())
                        + precise(times.body.into())
                        + PARAMETERS.byline * precise(times.names.into()));
            }
            if tf > 0.0 {
                // Forms as typed that hide among those of their stem.
                let typed = f32::from(
                    u16::try_from(segment.typed_frequency(leaf.leaf)).unwrap_or(u16::MAX),
                );
                tf += typed * (1.0 - PARAMETERS.other_form);
                let adds = leaf.idf * saturated(tf, norm);
                score += adds;
                most -= self.at_most(leaf, segment.frequency(leaf.leaf), length) - adds;
                note(ScorePart::Word { leaf: leaf.leaf, weight: leaf.idf, times: tf, score: adds });
            }
            if most * ROUNDING < threshold {
                return None;
            }
            if !leaf.is_beside {
                continue;
            }
            if let Some((first, before)) = last
                && let Some(distance) = distance(&self.before, &self.here)
            {
                let closest = PARAMETERS.closeness * before.min(leaf.idf);
                let adds = closest / distance;
                score += adds;
                most -= closest - adds;
                note(ScorePart::Near { first, second: leaf.leaf, distance, score: adds });
            }
            last = (!self.here.is_empty()).then_some((leaf.leaf, leaf.idf));
            std::mem::swap(&mut self.before, &mut self.here);
        }
        Some(score)
    }

    fn norm(&self, length: Length) -> f32 {
        let length = PARAMETERS.b * length.weighted / self.mean_length;
        PARAMETERS.k1 * (1.0 - PARAMETERS.b + length)
    }
}

fn saturated(tf: f32, norm: f32) -> f32 {
    tf * (PARAMETERS.k1 + 1.0) / (tf + norm)
}

/// Counts are far below the 24 bits a float holds exactly, but for sums over millions of articles, where the
/// last digits do not matter.
#[expect(clippy::cast_precision_loss, reason = "said above")]
fn precise(count: u64) -> f32 {
    count as f32
}

/// The least distance between two lists of sorted positions, at least 1.
fn distance(a: &[u32], b: &[u32]) -> Option<f32> {
    let mut least = u32::MAX;
    let (mut i, mut j) = (0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        least = least.min(x.abs_diff(*y));
        if x <= y { i += 1 } else { j += 1 }
    }
    (least != u32::MAX).then(|| precise(u64::from(least.max(1))))
}
