//! Pairs of a 32-bit hash and a value -> a table that finds the value by the hash.

/// Sorted hashes, parted by their upper half, of which the lower halves alone are kept.
///
/// A hash table of the same pairs is four times as large, and every look into it a wait for memory farther away: this
/// one stays near the processor. A look compares the lower halves of a few neighbours without a branch on the outcome,
/// which nothing could foresee.
#[derive(Debug)]
pub struct Table {
    /// Where the hashes with each upper half begin, and where the last of them end.
    starts: Vec<u32>,
    /// The lower halves, and as many more as are compared at once.
    lows: Vec<u16>,
    values: Vec<u32>,
}

/// Hashes that are compared at once; on average two share their upper half.
const AT_ONCE: usize = 8;

/// Upper halves.
const UPPER: usize = 1 << 16;

impl Table {
    /// A table of these pairs; of two with the same hash the first is kept.
    pub fn new(pairs: &[(u32, u32)]) -> Self {
        let mut pairs = pairs.to_vec();
        pairs.sort_by_key(|it| it.0);
        pairs.dedup_by_key(|it| it.0);
        let mut starts = vec![0; UPPER + 1];
        for (key, _) in &pairs {
            starts[upper(*key) + 1] += 1;
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let none = std::iter::repeat_n(0, AT_ONCE);
        let lows = pairs.iter().map(|it| it.0 as u16).chain(none).collect();
        Self { starts, lows, values: pairs.iter().map(|it| it.1).collect() }
    }

    /// All values, in the order of their hashes.
    pub fn values(&self) -> impl Iterator<Item = u32> {
        self.values.iter().copied()
    }

    /// The value of this hash.
    pub fn get(&self, key: u32) -> Option<u32> {
        let (at, is_here) = self.find(key);
        if is_here { self.values.get(at).copied() } else { None }
    }

    /// The place of a hash in the order of all, and whether it is here at all.
    pub(super) fn find(&self, key: u32) -> (usize, bool) {
        let Some([start, end]) = self.starts.get(upper(key)..).and_then(|it| it.first_chunk())
        else {
            return (0, false);
        };
        let (start, end) = (*start as usize, *end as usize);
        let low = key as u16;
        let near = self.lows.get(start..).and_then(|it| it.first_chunk::<AT_ONCE>());
        let mut same = 0_u32;
        for (bit, it) in near.unwrap_or(&[0; AT_ONCE]).iter().enumerate() {
            same |= u32::from(*it == low) << bit;
        }
        same &= (1 << (end - start).min(AT_ONCE)) - 1;
        if same == 0 && end - start > AT_ONCE {
            let far = self.lows.get(start..end).and_then(|it| it.iter().position(|it| *it == low));
            return (start + far.unwrap_or(0), far.is_some());
        }
        (start + same.trailing_zeros() as usize, same != 0)
    }
}

fn upper(key: u32) -> usize {
    (key >> 16) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_that_share_a_half_are_told_apart() {
        let many: Vec<(u32, u32)> = (0..20).map(|it| (0x0005_0000 + it * 3, it)).collect();
        let table =
            Table::new(&[&[(u32::MAX, 7), (3, 30), (0, 1), (3, 31)], many.as_slice()].concat());
        assert_eq!([0, 3, u32::MAX].map(|it| table.get(it)), [Some(1), Some(30), Some(7)]);
        assert!((0..20).all(|it| table.get(0x0005_0000 + it * 3) == Some(it)));
        assert_eq!([1, 0x0005_0001, 0x0003_0003].map(|it| table.get(it)), [None; 3]);
        assert_eq!(table.values().count(), 23);
        assert_eq!(Table::new(&[]).get(0), None);
    }
}
