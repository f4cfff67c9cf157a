//! The trained weights: packed in files of this folder, unpacked once, and the scores of a word's features.

use super::table::Table;
use super::tags::TAGS;
use super::viterbi::{Scores, Steps};

/// The weights of the tags of one feature; three of sixteen are not used.
pub type Row = [i8; 16];

/// What training gave.
#[derive(Debug)]
pub struct Model {
    /// The features that training kept, in the order of their weights.
    features: Table,
    weights: Vec<Row>,
    steps: Steps,
}

impl Model {
    /// Joins features with their weights, and what one tag after another is worth.
    pub fn new(features: &[(u32, Row)], steps: Steps) -> Self {
        let pairs: Vec<(u32, u32)> =
            features.iter().enumerate().map(|(at, (key, _))| (*key, at as u32)).collect();
        let table = Table::new(&pairs);
        let row = |at: u32| features.get(at as usize).map_or([0; 16], |it| it.1);
        let weights = table.values().map(row).collect();
        Self { features: table, weights, steps }
    }

    /// What one tag after another is worth.
    pub fn steps(&self) -> &Steps {
        &self.steps
    }

    /// The scores of the tags of a word with these features.
    pub fn scores(&self, features: &[u32]) -> Scores {
        // A word has fewer than a hundred features of at most 127: 16 bits hold the sums.
        let mut sums = [0_i16; 16];
        for features in features.chunks(AT_ONCE) {
            // Half of the features were not kept. The rest are gathered first, so that their weights come from memory
            // together.
            let mut kept = [0; AT_ONCE];
            let mut count = 0;
            for feature in features {
                let (at, is_kept) = self.features.find(*feature);
                kept[count % AT_ONCE] = at;
                count += usize::from(is_kept);
            }
            for at in kept.iter().take(count) {
                let Some(row) = self.weights.get(*at) else { continue };
                for (sum, weight) in sums.iter_mut().zip(row) {
                    *sum = sum.wrapping_add(i16::from(*weight));
                }
            }
        }
        let mut scores = [0.0; TAGS];
        for (score, sum) in scores.iter_mut().zip(sums) {
            *score = f32::from(sum);
        }
        scores
    }
}

/// Features whose weights are fetched together.
const AT_ONCE: usize = 16;

/// Pairs of a hash and a value, sorted by hash, in few bytes: steps between hashes, then the values.
pub fn pack_pairs(pairs: &[(u32, u32)], out: &mut Vec<u8>) {
    let mut last = 0;
    for (key, value) in pairs {
        put(key.wrapping_sub(last), out);
        put(*value, out);
        last = *key;
    }
}

/// The pairs of [`pack_pairs`].
pub fn unpack_pairs(bytes: &[u8]) -> Vec<(u32, u32)> {
    let mut pairs = Vec::new();
    let mut at = 0;
    let mut last = 0_u32;
    while at < bytes.len() {
        last = last.wrapping_add(take(bytes, &mut at));
        pairs.push((last, take(bytes, &mut at)));
    }
    pairs
}

/// Features sorted by hash, in few bytes: the step, which weights are not zero, and those.
pub fn pack_rows(rows: &[(u32, Row)], out: &mut Vec<u8>) {
    let mut last = 0;
    for (key, row) in rows {
        put(key.wrapping_sub(last), out);
        last = *key;
        let mask =
            row.iter().enumerate().fold(0_u16, |mask, (at, it)| mask | u16::from(*it != 0) << at);
        out.extend(mask.to_le_bytes());
        out.extend(row.iter().filter(|it| **it != 0).map(|it| it.to_le_bytes()[0]));
    }
}

/// The features of [`pack_rows`].
pub fn unpack_rows(bytes: &[u8]) -> Vec<(u32, Row)> {
    let mut rows = Vec::new();
    let mut at = 0;
    let mut last = 0_u32;
    while at < bytes.len() {
        last = last.wrapping_add(take(bytes, &mut at));
        let mut byte = || {
            at += 1;
            bytes.get(at - 1).copied().unwrap_or_default()
        };
        let mask = u16::from_le_bytes([byte(), byte()]);
        let mut row = [0; 16];
        for (bit, weight) in row.iter_mut().enumerate() {
            if mask >> bit & 1 == 1 {
                *weight = i8::from_le_bytes([byte()]);
            }
        }
        rows.push((last, row));
    }
    rows
}

fn put(mut value: u32, out: &mut Vec<u8>) {
    while value > 127 {
        out.push((value & 127) as u8 | 128);
        value >>= 7;
    }
    out.push(value as u8);
}

fn take(bytes: &[u8], at: &mut usize) -> u32 {
    let mut value = 0_u32;
    for step in 0..5 {
        let Some(byte) = bytes.get(*at) else { break };
        *at += 1;
        value |= u32::from(byte & 127) << (7 * step);
        if *byte < 128 {
            break;
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_and_back() {
        let pairs = [(3, 7), (900, 0), (4_000_000_000, u32::MAX)];
        let mut bytes = Vec::new();
        pack_pairs(&pairs, &mut bytes);
        assert_eq!(unpack_pairs(&bytes), pairs);
        let mut row = [0; 16];
        (row[0], row[12]) = (-7, 127);
        let rows = [(5, row), (6, [0; 16])];
        let mut bytes = Vec::new();
        pack_rows(&rows, &mut bytes);
        assert_eq!(unpack_rows(&bytes), rows);
        assert_eq!(unpack_rows(&[255, 255]).len(), 1, "a cut file is no panic");
    }
}
