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
    /// For each word the number of its stem, counted from 1; 0 for a word that is its own stem.
    memory: FxHashMap<Box<str>, u32>,
    stems: Vec<Box<str>>,
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
            memory: FxHashMap::default(),
            stems: Vec::new(),
        });
        let number = one.memory.get(word).copied().unwrap_or_else(|| {
            if one.memory.len() >= REMEMBERED {
                one.memory.clear();
                one.stems.clear();
            }
            let stemmed = one.stemmer.stem(word);
            if stemmed != word {
                one.stems.push(stemmed.as_ref().into());
            }
            let number = if stemmed == word { 0 } else { one.stems.len() as u32 };
            one.memory.insert(word.into(), number);
            number
        });
        let stem = (number as usize).checked_sub(1).and_then(|it| one.stems.get(it));
        stem.map_or(word, |it| it)
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
