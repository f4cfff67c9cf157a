//! Takes a folded word and a language and gives its stem, remembering what it has stemmed.

use rustc_hash::FxHashMap;

use super::Lang;

/// Stems remembered for one language; past this the memory starts anew, so that it stays bounded
/// (a hundred thousand words cover news text, and cost about 6 MB).
const REMEMBERED: usize = 100_000;

/// Longer words are no words: hashes, runs of letters, base64. They are their own stems.
const LONGEST: usize = 64;

/// Stems words of any language. Stemming is the slowest part of analysis, so every stem is remembered.
pub struct Stemmer {
    languages: Vec<Option<OneLanguage>>,
}

struct OneLanguage {
    stemmer: frostem::Stemmer,
    /// The stems of short words, which are compared where they lie, and of longer ones.
    short: FxHashMap<Letters, Stem>,
    long: FxHashMap<Box<str>, Stem>,
    stems: Vec<Box<str>>,
    /// Short words that came before, each in the one place its letters lead to: most words of a text are among them,
    /// and are told without a walk through the memory.
    recent: Vec<(Letters, Stem)>,
}

#[derive(Clone, Copy)]
enum Stem {
    /// As many bytes of the word, from its beginning.
    Beginning(u8),
    /// One of the stems.
    Number(u32),
}

/// The bytes of a short word, and zeros.
type Letters = [u64; 3];

/// Words that are recent: 160 KB of them.
const RECENT: usize = 1 << 12;

/// A word of up to 24 bytes, to be compared at once.
fn letters(word: &str) -> Option<Letters> {
    let mut bytes = [0; 24];
    bytes.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    let part = |at: usize| std::array::from_fn(|it| bytes[at + it]);
    Some([0, 8, 16].map(|at| u64::from_le_bytes(part(at))))
}

/// Where a word is among the recent ones.
fn place(letters: Letters) -> usize {
    let [a, b, c] = letters;
    let mixed = (a ^ b.rotate_left(23) ^ c.rotate_left(41)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> (u64::BITS - RECENT.ilog2())) as usize
}

impl Default for Stemmer {
    fn default() -> Self {
        Self { languages: (0..super::languages::LANGUAGES.len()).map(|_| None).collect() }
    }
}

impl Stemmer {
    /// The stem of a folded word; the word itself if the language has no stemmer or the word has no letter to take.
    pub fn stem<'a>(&'a mut self, lang: Lang, word: &'a str) -> &'a str {
        let Some(algorithm) = lang.algorithm() else { return word };
        if word.len() > LONGEST {
            return word;
        }
        let one = self.languages[usize::from(lang.number())].get_or_insert_with(|| OneLanguage {
            stemmer: frostem::Stemmer::new(algorithm),
            short: FxHashMap::default(),
            long: FxHashMap::default(),
            stems: Vec::new(),
            // No word is empty.
            recent: vec![([0; 3], Stem::Beginning(0)); RECENT],
        });
        let letters = letters(word);
        let recent = letters.and_then(|it| one.recent.get(place(it)).filter(|known| known.0 == it));
        let stem = match recent {
            Some((_, stem)) => *stem,
            None => one.remember(word, letters),
        };
        match stem {
            Stem::Beginning(bytes) => word.get(..usize::from(bytes)).unwrap_or(word),
            Stem::Number(number) => one.stems.get(number as usize).map_or(word, |it| it),
        }
    }
}

impl OneLanguage {
    /// The stem of a word that is not among the recent ones, which it joins.
    fn remember(&mut self, word: &str, letters: Option<Letters>) -> Stem {
        let known = match &letters {
            Some(letters) => self.short.get(letters),
            None => self.long.get(word),
        };
        let stem = known.copied().unwrap_or_else(|| {
            if self.short.len() + self.long.len() >= REMEMBERED {
                self.short.clear();
                self.long.clear();
                self.stems.clear();
                self.recent.fill(([0; 3], Stem::Beginning(0)));
            }
            let stemmed = self.stemmer.stem(word);
            let stem = if word.starts_with(stemmed.as_ref()) {
                Stem::Beginning(stemmed.len() as u8)
            } else {
                self.stems.push(stemmed.as_ref().into());
                Stem::Number(self.stems.len() as u32 - 1)
            };
            match letters {
                Some(letters) => self.short.insert(letters, stem),
                None => self.long.insert(word.into(), stem),
            };
            stem
        });
        if let Some(letters) = letters
            && let Some(place) = self.recent.get_mut(place(letters))
        {
            *place = (letters, stem);
        }
        stem
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_by_language() {
        let mut stemmer = Stemmer::default();
        let lang = |code| Lang::from_code(code).unwrap();
        assert_eq!(stemmer.stem(lang("en"), "obligations"), "oblig");
        assert_eq!(stemmer.stem(lang("en"), "putin"), "putin");
        assert_eq!(stemmer.stem(lang("de"), "verpflichtungen"), "verpflicht");
        assert_eq!(stemmer.stem(lang("ja"), "東京"), "東京");
    }
}
