//! A table of words in one text, as a person writes it -> its words, parted once.

use std::borrow::Cow;
use std::sync::OnceLock;

use rustc_hash::FxHashSet;

/// Words with one sign between them.
pub(super) struct WordTable {
    text: &'static str,
    between: char,
    parted: OnceLock<Parted>,
}

struct Parted {
    set: FxHashSet<&'static str>,
    /// Words that begin with the same byte, and by byte which of these groups: most of what is asked for begins as none.
    groups: Vec<Vec<&'static str>>,
    group_of: [u8; 256],
}

impl Parted {
    fn new(text: &'static str, between: char) -> Self {
        let set = text.split(between).collect();
        let mut groups = vec![Vec::new()];
        let mut group_of = [0; 256];
        for word in text.split(between) {
            let group = &mut group_of[usize::from(first(word))];
            if *group == 0 {
                *group = groups.len() as u8;
                groups.push(Vec::new());
            }
            groups[usize::from(*group)].push(word);
        }
        Self { set, groups, group_of }
    }

    /// The words with this first byte.
    fn beginning(&self, byte: u8) -> &[&'static str] {
        let group = self.group_of[usize::from(byte)];
        self.groups.get(usize::from(group)).map_or(&[], Vec::as_slice)
    }
}

impl WordTable {
    pub(super) const fn new(text: &'static str, between: char) -> Self {
        Self { text, between, parted: OnceLock::new() }
    }

    fn parted(&self) -> &Parted {
        self.parted.get_or_init(|| Parted::new(self.text, self.between))
    }

    /// Whether a word is in the table.
    pub(super) fn has(&self, word: &str) -> bool {
        self.parted().set.contains(word)
    }

    /// The words that a text begins with.
    pub(super) fn at_start_of(&self, text: &str) -> impl Iterator<Item = &'static str> {
        let alike = self.parted().beginning(first(text)).iter().copied();
        alike.filter(move |word| text.starts_with(word))
    }

    /// The first place, in bytes, where one of the words begins, and the word: of several, the first in the table.
    pub(super) fn first_in(&self, text: &str) -> Option<(usize, &'static str)> {
        let parted = self.parted();
        text.bytes().enumerate().find_map(|(at, byte)| {
            let rest = text.as_bytes().get(at..)?;
            let word = parted.beginning(byte).iter().find(|it| rest.starts_with(it.as_bytes()))?;
            Some((at, *word))
        })
    }
}

fn first(word: &str) -> u8 {
    word.as_bytes().first().copied().unwrap_or_default()
}

/// A word in lower case.
pub(super) fn folded(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(word.to_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_between_the_signs() {
        static TABLE: WordTable = WordTable::new("staff,special to,our", ',');
        assert!(TABLE.has("special to") && !TABLE.has("special"));
        assert_eq!(TABLE.at_start_of("special to us").collect::<Vec<_>>(), ["special to"]);
        assert_eq!(TABLE.first_in("of our staff"), Some((3, "our")));
        assert_eq!(TABLE.first_in("nobody"), None);
    }
}
