//! A table of words in one text, as a person writes it -> its words, parted once.

use std::sync::OnceLock;

use rustc_hash::FxHashSet;

/// Words with one sign between them.
pub(super) struct WordTable {
    text: &'static str,
    between: char,
    parted: OnceLock<(Vec<&'static str>, FxHashSet<&'static str>)>,
}

impl WordTable {
    pub(super) const fn new(text: &'static str, between: char) -> Self {
        Self { text, between, parted: OnceLock::new() }
    }

    fn parted(&self) -> &(Vec<&'static str>, FxHashSet<&'static str>) {
        self.parted.get_or_init(|| {
            let words: Vec<_> = self.text.split(self.between).collect();
            let set = words.iter().copied().collect();
            (words, set)
        })
    }

    /// Whether a word is in the table.
    pub(super) fn has(&self, word: &str) -> bool {
        self.parted().1.contains(word)
    }

    /// The words in their order.
    pub(super) fn all(&self) -> &[&'static str] {
        &self.parted().0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_between_the_signs() {
        static TABLE: WordTable = WordTable::new("staff,special to,our", ',');
        assert!(TABLE.has("special to") && !TABLE.has("special"));
        assert_eq!(TABLE.all(), ["staff", "special to", "our"]);
    }
}
