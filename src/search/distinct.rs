//! Counts how many different content hashes there are among those of the articles found.

use rustc_hash::FxHashSet;
use tantivy::DocId;

use super::articles::Articles;
use super::columns::Columns;

/// Texts found, each counted once however many articles have it.
pub(super) struct Texts<'a> {
    /// Whether copies are one text.
    once: bool,
    /// Articles whose text another one has; all may be if it is not known.
    shared: Option<&'a Shared>,
    alone: u64,
    hashes: Vec<u64>,
}

impl<'a> Texts<'a> {
    pub(super) fn new(once: bool, shared: Option<&'a Shared>) -> Self {
        Self { once, shared, alone: 0, hashes: Vec::new() }
    }

    /// The content of an article as far as another one may have it; else 0.
    pub(super) fn hash(&self, segment: usize, columns: &Columns<'_>, doc: DocId) -> u64 {
        let is_alone = || self.shared.is_some_and(|it| !it.is_shared(segment, doc));
        if !self.once || is_alone() { 0 } else { columns.hash(doc) }
    }

    /// Counts an article by its content.
    pub(super) fn note(&mut self, hash: u64) {
        if hash == 0 {
            self.alone += 1;
        } else {
            self.hashes.push(hash);
        }
    }

    /// Counts some articles of a segment: those whose text no other has without a look at each.
    pub(super) fn note_all(&mut self, segment: usize, columns: &Columns<'_>, articles: &Articles) {
        if !self.once {
            self.alone += articles.count();
            return;
        }
        let to_ask = match self.shared.and_then(|it| it.0.get(segment)) {
            Some(shared) => {
                self.alone += articles.count_without(shared);
                articles.and(shared).list()
            }
            None => articles.list(),
        };
        for doc in to_ask {
            self.note(columns.hash(doc));
        }
    }

    pub(super) fn count(self) -> u64 {
        self.alone + count_distinct(self.hashes)
    }
}

/// The articles of all segments whose text is that of another one.
pub(super) struct Shared(Vec<Articles>);

impl Shared {
    pub(super) fn of(segments: &[Columns<'_>]) -> Self {
        let hashes = |columns: &Columns<'_>| {
            (0..columns.articles()).map(|doc| columns.hash(doc)).collect::<Vec<_>>()
        };
        let by_segment: Vec<Vec<u64>> = segments.iter().map(hashes).collect();
        let all = || by_segment.iter().flatten();
        let slots = Slots::for_so_many(all().count());
        let repeated = slots.repeated(all());
        // Those that share their low bits alone are compared.
        let mut left: Vec<u64> =
            all().copied().filter(|hash| slots.is_set(&repeated, *hash)).collect();
        left.sort_unstable();
        let shared: FxHashSet<u64> =
            left.windows(2).filter(|it| it[0] == it[1]).map(|it| it[0]).collect();
        let of_segment = |hashes: &Vec<u64>| {
            let mut articles = Articles::none(DocId::try_from(hashes.len()).unwrap_or(DocId::MAX));
            for (doc, hash) in (0..).zip(hashes) {
                let is_shared = slots.is_set(&repeated, *hash) && shared.contains(hash);
                articles.add_if(doc, is_shared);
            }
            articles
        };
        Self(by_segment.iter().map(of_segment).collect())
    }

    /// Whether the text of an article may be another's too.
    pub(super) fn is_shared(&self, segment: usize, doc: DocId) -> bool {
        self.0.get(segment).is_none_or(|it| it.has(doc))
    }
}

/// Below this, sorting is as quick as anything.
const FEW: usize = 256;

/// How many different values there are. The values are hashes: their low bits are as good as random.
///
/// Almost all differ, so that sorting them all would be work for nothing: only those that share their low bits with
/// another one are compared.
fn count_distinct(mut hashes: Vec<u64>) -> u64 {
    if hashes.len() > FEW {
        let slots = Slots::for_so_many(hashes.len());
        let shared = slots.repeated(&hashes);
        let all = hashes.len();
        hashes.retain(|hash| slots.is_set(&shared, *hash));
        let alone = all - hashes.len();
        return alone as u64 + sorted_distinct(hashes);
    }
    sorted_distinct(hashes)
}

fn sorted_distinct(mut hashes: Vec<u64>) -> u64 {
    hashes.sort_unstable();
    hashes.dedup();
    hashes.len() as u64
}

/// Sets of low bits of hashes.
#[derive(Clone, Copy)]
struct Slots {
    mask: u64,
}

impl Slots {
    /// Eight slots a hash: one in eight meets another by chance.
    fn for_so_many(hashes: usize) -> Self {
        Self { mask: (hashes.saturating_mul(8) as u64).next_power_of_two() - 1 }
    }

    fn none(self) -> Vec<u64> {
        vec![0; usize::try_from(self.mask >> 6).unwrap_or(0) + 1]
    }

    /// The slots that more than one of the hashes has.
    fn repeated<'a>(self, hashes: impl IntoIterator<Item = &'a u64>) -> Vec<u64> {
        let (mut seen, mut repeated) = (self.none(), self.none());
        for hash in hashes {
            if self.set(&mut seen, *hash) {
                self.set(&mut repeated, *hash);
            }
        }
        repeated
    }

    /// Sets the slot of a hash; gives whether it was set.
    fn set(self, set: &mut [u64], hash: u64) -> bool {
        let (word, bit) = self.slot(hash);
        let was = set[word] & bit != 0;
        set[word] |= bit;
        was
    }

    fn is_set(self, set: &[u64], hash: u64) -> bool {
        let (word, bit) = self.slot(hash);
        set[word] & bit != 0
    }

    fn slot(self, hash: u64) -> (usize, u64) {
        let slot = hash & self.mask;
        (usize::try_from(slot >> 6).unwrap_or(0), 1 << (slot & 63))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_and_many_and_such_as_share_their_low_bits() {
        let spread = |it: u64| it.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        for (count, times) in [(0, 1), (3, 2), (1000, 1), (1000, 3)] {
            let hashes = (0..count * times).map(|it| spread(it % count.max(1))).collect();
            assert_eq!(count_distinct(hashes), count);
        }
        // Equal low bits are not equality.
        assert_eq!(count_distinct((0..1000).map(|it| it << 40).collect()), 1000);
    }
}
