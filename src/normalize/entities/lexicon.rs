//! Hashes of words and places -> what is known of them: clusters, frequency, name lists, kinds of places.

use std::sync::Arc;

use super::table::Table;

/// What is known of a word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WordFacts {
    /// Cluster of 1,000, counted from 1; 0 for a word that is in none.
    pub fine: u16,
    /// Cluster of 256.
    pub middle: u16,
    /// Cluster of 64.
    pub coarse: u8,
    /// How frequent it is: 1 among the most frequent, 2, 3 seldom, 0 unknown.
    pub rank: u8,
    /// Class as a given name: 1 frequent, 2 known, 3 from a list.
    pub given: u8,
    /// Class as a surname.
    pub surname: u8,
}

/// What a place can be, one bit a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place(pub u8);

/// All lists.
#[derive(Debug)]
pub struct Lexicon {
    words: Table,
    places: Arc<Table>,
}

impl Lexicon {
    /// Joins the two tables.
    pub fn new(words: Table, places: Arc<Table>) -> Self {
        Self { words, places }
    }

    /// What is known of the word with this hash.
    pub fn word(&self, hash: u32) -> WordFacts {
        self.words.get(hash).map_or_else(WordFacts::default, unpack)
    }

    /// The fine clusters of which at least half the words are names of people, as a list of yes and no.
    pub fn clusters_of_names(&self) -> Vec<bool> {
        let mut counts = vec![(0_u32, 0_u32); 1024];
        for facts in self.words.values().map(unpack) {
            let Some((all, names)) = counts.get_mut(usize::from(facts.fine)) else { continue };
            *all += 1;
            *names += u32::from(facts.given > 0 || facts.surname > 0);
        }
        // 0 is no cluster.
        counts.iter().enumerate().map(|(at, (all, names))| at > 0 && names * 2 >= *all).collect()
    }

    /// The kinds of place that the words with these joined hashes name.
    pub fn place(&self, hash: u32) -> Option<Place> {
        self.places.get(hash).map(|it| Place(it as u8))
    }
}

/// The facts of a word in 32 bits; those of a word in no cluster in few of them.
pub fn pack(facts: WordFacts) -> u32 {
    u32::from(facts.given)
        | u32::from(facts.surname) << 2
        | u32::from(facts.rank) << 4
        | u32::from(facts.coarse) << 6
        | u32::from(facts.middle) << 13
        | u32::from(facts.fine) << 22
}

fn unpack(bits: u32) -> WordFacts {
    WordFacts {
        fine: (bits >> 22 & 1023) as u16,
        middle: (bits >> 13 & 511) as u16,
        coarse: (bits >> 6 & 127) as u8,
        rank: (bits >> 4 & 3) as u8,
        given: (bits & 3) as u8,
        surname: (bits >> 2 & 3) as u8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_survive_packing() {
        let facts =
            WordFacts { fine: 1000, middle: 256, coarse: 64, rank: 3, given: 2, surname: 1 };
        assert_eq!(unpack(pack(facts)), facts);
    }
}
