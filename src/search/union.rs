//! Any of some words: which articles have one is read from the lists of the words, one after the other, together with
//! what each article's score can be at most; only those that may be among the best are looked at for their score.
//!
//! Going from article to article asks every word at each of them; most articles that have some word of several are
//! never among the first (the bounds are those of Turtle and Flood 1995, "Query evaluation: strategies and
//! optimizations", term at a time).

use tantivy::DocId;

use super::articles::Articles;
use super::cursor::is_many;
use super::distinct::Texts;
use super::plan::Plan;
use super::ranking::Ranking;
use super::score::{ROUNDING, Scorer};
use super::segment::Segment;
use super::spans::Expr;
use crate::index::IndexError;

/// So many times more are likely to be looked at in the end.
const LIKELY: usize = 30;

/// Articles looked at first beside twice as many as are asked for.
const MORE: usize = 16;

/// An expression that any of some words satisfies, in articles on which there are conditions.
pub(super) struct AnyWord {
    words: Vec<usize>,
    /// Without words.
    conditions: Vec<Expr>,
}

impl AnyWord {
    /// None if it is another expression. Of patterns with many forms one is enough: the forms are words.
    pub(super) fn of(expr: &Expr, plan: &Plan) -> Option<Self> {
        let word = |part: &Expr| match part {
            Expr::Leaf(leaf) if plan.leaves[*leaf].is_anywhere() => Some(*leaf),
            _ => None,
        };
        match expr {
            Expr::Or(parts) => {
                let words = parts.iter().map(word).collect::<Option<_>>()?;
                Some(Self { words, conditions: Vec::new() })
            }
            Expr::Leaf(leaf) if is_many(&plan.leaves[*leaf]) => {
                Some(Self { words: vec![word(expr)?], conditions: Vec::new() })
            }
            Expr::And(parts) => {
                let (conditions, mut others): (Vec<_>, Vec<_>) =
                    parts.iter().partition(|it| is_condition(it));
                let mut any = Self::of(others.pop().filter(|_| others.is_empty())?, plan)?;
                any.conditions.extend(conditions.into_iter().cloned());
                Some(any)
            }
            _ => None,
        }
    }

    /// The conditions as one expression; none if there are none.
    pub(super) fn conditions(&self) -> Option<Expr> {
        (!self.conditions.is_empty()).then(|| Expr::And(self.conditions.clone()))
    }
}

/// Whether an expression asks for no words.
fn is_condition(expr: &Expr) -> bool {
    match expr {
        Expr::All | Expr::Condition(_) => true,
        Expr::Not(inner) => is_condition(inner),
        Expr::And(parts) | Expr::Or(parts) => parts.iter().all(is_condition),
        Expr::Nothing
        | Expr::Leaf(_)
        | Expr::Phrase(_)
        | Expr::Window(..)
        | Expr::Near(_)
        | Expr::AtLeast(..) => false,
    }
}

/// The articles of a segment that have one of the words.
pub(super) struct Union {
    /// In order, and as a set.
    articles: Vec<DocId>,
    found: Articles,
    /// By number of article, what its score is at most.
    bounds: Vec<f32>,
}

impl Union {
    /// Reads the lists of the words, and of what else adds to a score.
    pub(super) fn read(
        any: &AnyWord,
        scorer: &Scorer,
        segment: &Segment<'_>,
    ) -> Result<Self, IndexError> {
        let count = segment.reader.max_doc() as usize;
        let mut found = Articles::none(segment.reader.max_doc());
        let mut bounds = vec![scorer.most_closeness(); count];
        for leaf in scorer.leaves() {
            let counts = any.words.contains(&leaf.leaf);
            let mut lengths = segment.columns().lengths();
            segment.each_article(leaf.leaf, |doc, times| {
                let Some(bound) = bounds.get_mut(doc as usize) else { return };
                *bound += scorer.at_most(leaf, times, lengths.of(doc));
                found.add_if(doc, counts);
            })?;
        }
        // What weighs nothing is looked for all the same.
        let is_scored = |word: &usize| scorer.leaves().iter().any(|leaf| leaf.leaf == *word);
        for word in any.words.iter().filter(|it| !is_scored(it)) {
            segment.each_article(*word, |doc, _| found.add(doc))?;
        }
        let articles = found.list();
        let mut union = Self { articles, found, bounds };
        if segment.reader.has_deletes() {
            union.retain(|doc| !segment.reader.is_deleted(doc));
        }
        Ok(union)
    }

    /// Leaves the articles for which something holds; it is asked in their order.
    pub(super) fn retain(&mut self, mut holds: impl FnMut(DocId) -> bool) {
        self.articles.retain(|doc| holds(*doc));
        let count = DocId::try_from(self.bounds.len()).unwrap_or(DocId::MAX);
        self.found = Articles::these(&self.articles, count);
    }

    /// How many articles there are.
    pub(super) fn count(&self) -> u64 {
        self.articles.len() as u64
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
        texts.note_all(number, segment.columns(), &self.found);
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
        let count = segment.reader.max_doc();
        // Reading places of a pattern once for some too many is quicker than twice.
        let likely = if segment.has_patterns() {
            self.most_promising(first.len().saturating_mul(LIKELY))
        } else {
            Vec::new()
        };
        let mut expected = Articles::these(&likely, count);
        for doc in &first {
            expected.add(*doc);
        }
        segment.expect(expected);
        let rest = self.from(offer(&first, segment), &first);
        if !rest.is_empty() {
            segment.rewind()?;
            if rest.iter().any(|it| likely.binary_search(it).is_err()) {
                segment.expect(Articles::these(&rest, count));
            }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_likeliest_first_and_then_all_that_may() {
        let bounds = vec![3.0, 1.0, 2.0, 5.0, 4.0];
        let articles = vec![0, 2, 3, 4];
        let found = Articles::these(&articles, 5);
        let union = Union { articles, found, bounds };
        let first = union.most_promising(2);
        assert_eq!(first, [3, 4]);
        assert_eq!(union.most_promising(usize::MAX), [0, 2, 3, 4]);
        assert_eq!(union.from(3.0, &first), [0]);
        assert_eq!(union.from(0.0, &first), [0, 2]);
    }
}
