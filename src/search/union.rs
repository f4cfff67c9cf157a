//! Any of some words: which articles have one is read from the lists of the words, one after the other, together with
//! what each article's score can be at most; only those that may be among the best are looked at for their score.
//!
//! Going from article to article asks every word at each of them; most articles that have some word of several are
//! never among the first (the bounds are those of Turtle and Flood 1995, "Query evaluation: strategies and
//! optimizations", term at a time).

use tantivy::DocId;

use super::distinct::Texts;
use super::ranking::Ranking;
use super::score::Scorer;
use super::segment::Segment;
use super::spans::Expr;
use crate::index::IndexError;

/// Bounds are sums in another order than scores: they are a little larger than that may make a difference.
const ROUNDING: f32 = 1.000_1;

/// Articles looked at first beside twice as many as are asked for.
const MORE: usize = 16;

/// The words of an expression that any of them satisfies; none if it is another one.
pub(super) fn words_of(expr: &Expr) -> Option<Vec<usize>> {
    let Expr::Or(parts) = expr else { return None };
    let word = |part: &Expr| match part {
        Expr::Leaf(leaf) => Some(*leaf),
        _ => None,
    };
    parts.iter().map(word).collect()
}

/// The articles of a segment that have one of the words.
pub(super) struct Union {
    /// In order.
    pub(super) articles: Vec<DocId>,
    /// By number of article, what its score is at most.
    bounds: Vec<f32>,
}

impl Union {
    /// Reads the lists of the words, and of what else adds to a score.
    pub(super) fn read(
        words: &[usize],
        scorer: &Scorer,
        segment: &Segment<'_>,
    ) -> Result<Self, IndexError> {
        let count = segment.reader.max_doc() as usize;
        let mut found = vec![0_u64; count / 64 + 1];
        let mut bounds = vec![scorer.most_closeness(); count];
        for leaf in scorer.leaves() {
            let bit = u64::from(words.contains(&leaf.leaf));
            segment.each_article(leaf.leaf, |doc, times| {
                let length = segment.columns().length(doc);
                bounds[doc as usize] += scorer.at_most(leaf, times, length);
                found[doc as usize / 64] |= bit << (doc % 64);
            })?;
        }
        // What weighs nothing is looked for all the same.
        for word in words.iter().filter(|it| scorer.leaves().iter().all(|leaf| leaf.leaf != **it)) {
            segment.each_article(*word, |doc, _| found[doc as usize / 64] |= 1 << (doc % 64))?;
        }
        let articles = bits(&found).filter(|doc| !segment.reader.is_deleted(*doc)).collect();
        Ok(Self { articles, bounds })
    }

    /// Counts the texts of all articles, and weighs those that may be among the best so many.
    pub(super) fn rank(
        &self,
        number: usize,
        segment: &mut Segment<'_>,
        keep: usize,
        texts: &mut Texts<'_>,
        ranking: &mut Ranking<'_>,
    ) -> Result<(), IndexError> {
        for doc in &self.articles {
            texts.note(texts.hash(number, segment.columns(), *doc));
        }
        let mut offer = |docs: &[DocId], segment: &mut Segment<'_>| {
            for doc in docs {
                segment.go_to(*doc);
                let hash = texts.hash(number, segment.columns(), *doc);
                ranking.offer(segment, number, 0, hash);
            }
            ranking.top.settle();
            ranking.top.threshold(0)
        };
        // The likeliest first: what they reach, most others cannot.
        let first = self.most_promising(keep.saturating_mul(2).saturating_add(MORE));
        let rest = self.from(offer(&first, segment), &first);
        if !rest.is_empty() {
            segment.rewind()?;
            offer(&rest, segment);
        }
        Ok(())
    }

    fn bound(&self, doc: DocId) -> f32 {
        self.bounds.get(doc as usize).map_or(0.0, |it| it * ROUNDING)
    }

    /// So many with the highest bounds, in order.
    fn most_promising(&self, count: usize) -> Vec<DocId> {
        let count = count.min(self.articles.len());
        let mut best: Vec<(f32, DocId)> = Vec::with_capacity(2 * count + 1);
        let mut needed = f32::MIN;
        let keep = |best: &mut Vec<(f32, DocId)>| {
            if best.len() <= count || count == 0 {
                return f32::MIN;
            }
            best.select_nth_unstable_by(count - 1, |a, b| b.0.total_cmp(&a.0));
            best.truncate(count);
            best[count - 1].0
        };
        for doc in &self.articles {
            let bound = self.bound(*doc);
            if bound > needed {
                best.push((bound, *doc));
                if best.len() > 2 * count {
                    needed = keep(&mut best);
                }
            }
        }
        keep(&mut best);
        let mut first: Vec<DocId> = best.into_iter().map(|it| it.1).collect();
        first.sort_unstable();
        first
    }

    /// All that may have such a score, but for those known, in order.
    fn from(&self, score: f32, known: &[DocId]) -> Vec<DocId> {
        let may_have = |doc: &DocId| self.bound(*doc) >= score;
        let is_new = |doc: &DocId| known.binary_search(doc).is_err();
        self.articles.iter().copied().filter(|it| may_have(it) && is_new(it)).collect()
    }
}

/// The numbers of the bits that are set.
fn bits(words: &[u64]) -> impl Iterator<Item = DocId> {
    (0..).step_by(64).zip(words).flat_map(|(first, word): (DocId, &u64)| {
        let mut left = *word;
        std::iter::from_fn(move || {
            let bit = (left != 0).then(|| left.trailing_zeros())?;
            left &= left - 1;
            Some(first + bit)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_likeliest_first_and_then_all_that_may() {
        let bounds = vec![3.0, 1.0, 2.0, 5.0, 4.0];
        let union = Union { articles: vec![0, 2, 3, 4], bounds };
        let first = union.most_promising(2);
        assert_eq!(first, [3, 4]);
        assert_eq!(union.most_promising(usize::MAX), [0, 2, 3, 4]);
        assert_eq!(union.from(3.0, &first), [0]);
        assert_eq!(union.from(0.0, &first), [0, 2]);
    }

    #[test]
    fn bits_of_many_words() {
        assert_eq!(bits(&[0b101, 0, 1 << 63]).collect::<Vec<_>>(), [0, 2, 191]);
    }
}
