//! A set of the articles of a segment, as bits.

use tantivy::{DocId, TERMINATED};

/// Some articles, by number.
#[derive(Debug, Clone)]
pub(super) struct Articles(Vec<u64>);

impl Articles {
    /// None of so many.
    pub(super) fn none(count: DocId) -> Self {
        Self(vec![0; count as usize / 64 + 1])
    }

    /// These of so many.
    pub(super) fn these(docs: &[DocId], count: DocId) -> Self {
        let mut articles = Self::none(count);
        for doc in docs {
            articles.add(*doc);
        }
        articles
    }

    #[inline]
    pub(super) fn add(&mut self, doc: DocId) {
        self.add_if(doc, true);
    }

    /// The same without a branch.
    #[inline]
    pub(super) fn add_if(&mut self, doc: DocId, counts: bool) {
        self.0[doc as usize / 64] |= u64::from(counts) << (doc % 64);
    }

    #[inline]
    pub(super) fn has(&self, doc: DocId) -> bool {
        self.0.get(doc as usize / 64).is_some_and(|it| it >> (doc % 64) & 1 == 1)
    }

    pub(super) fn count(&self) -> u64 {
        self.0.iter().map(|it| u64::from(it.count_ones())).sum()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|it| *it == 0)
    }

    /// How many of these are not among others of the same segment.
    pub(super) fn count_without(&self, others: &Self) -> u64 {
        let pairs = self.0.iter().zip(&others.0);
        pairs.map(|(these, others)| u64::from((these & !others).count_ones())).sum()
    }

    /// Those that are among others of the same segment, too.
    pub(super) fn and(&self, others: &Self) -> Self {
        Self(self.0.iter().zip(&others.0).map(|(these, others)| these & others).collect())
    }

    /// All, in order, in a list.
    pub(super) fn list(&self) -> Vec<DocId> {
        let mut list = Vec::with_capacity(usize::try_from(self.count()).unwrap_or(0));
        for (first, word) in (0..).step_by(64).zip(&self.0) {
            let mut left = *word;
            while left != 0 {
                list.push(first + left.trailing_zeros());
                left &= left - 1;
            }
        }
        list
    }

    /// The first from `target` on.
    pub(super) fn from(&self, target: DocId) -> DocId {
        let first = target as usize / 64;
        let Some(word) = self.0.get(first) else { return TERMINATED };
        let here = word & (u64::MAX << (target % 64));
        let rest = self.0[first + 1..].iter().copied();
        let mut words = (first..).zip(std::iter::once(here).chain(rest));
        words.find(|it| it.1 != 0).map_or(TERMINATED, |(at, word)| {
            DocId::try_from(at * 64).map_or(TERMINATED, |it| it + word.trailing_zeros())
        })
    }

    /// All, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = DocId> {
        (0..).step_by(64).zip(&self.0).flat_map(|(first, word): (DocId, &u64)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros())?;
                left &= left - 1;
                Some(first + bit)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_added_is_there_in_order() {
        let docs = [0, 2, 63, 64, 191, 200];
        let articles = Articles::these(&docs, 201);
        assert_eq!(articles.iter().collect::<Vec<_>>(), docs);
        assert_eq!(articles.list(), docs);
        let others = Articles::these(&[2, 3, 191], 201);
        assert_eq!(articles.and(&others).list(), [2, 191]);
        assert_eq!(articles.count_without(&others), 4);
        assert_eq!(articles.count(), 6);
        for target in 0..300 {
            let expected = docs.into_iter().find(|it| *it >= target).unwrap_or(TERMINATED);
            assert_eq!(articles.from(target), expected, "{target}");
            assert_eq!(articles.has(target), docs.contains(&target));
        }
        assert!(Articles::none(64).is_empty() && !articles.is_empty());
    }
}
