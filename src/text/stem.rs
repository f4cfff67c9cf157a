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
    memory: FxHashMap<Box<str>, Stem>,
}

enum Stem {
    Same,
    Other(Box<str>),
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
        });
        if one.memory.len() >= REMEMBERED {
            one.memory.clear();
        }
        if !one.memory.contains_key(word) {
            let stemmed = one.stemmer.stem(word);
            let stem =
                if stemmed == word { Stem::Same } else { Stem::Other(stemmed.as_ref().into()) };
            one.memory.insert(word.into(), stem);
        }
        match one.memory.get(word) {
            Some(Stem::Other(stem)) => stem,
            Some(Stem::Same) | None => word,
        }
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
