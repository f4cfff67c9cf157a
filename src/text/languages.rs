//! LANGUAGES: one row a language, with its stemmer and its stop words.

use frostem::Algorithm;

use super::stopwords;

/// A language whose words can be stemmed, as an index into [`LANGUAGES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang(u8);

/// One language.
pub struct Language {
    /// ISO 639-1.
    pub code: &'static str,
    /// Its English name.
    pub name: &'static str,
    stemmer: Option<Algorithm>,
    /// Words that carry no meaning of their own, folded, apart by spaces.
    pub stop_words: &'static str,
}

/// All languages; the position of a row is kept in indexes, so rows are only ever added at the end.
pub static LANGUAGES: &[Language] = &[
    row("en", "English", Some(Algorithm::English), stopwords::ENGLISH),
    row("de", "German", Some(Algorithm::German), stopwords::GERMAN),
    row("fr", "French", Some(Algorithm::French), stopwords::FRENCH),
    row("es", "Spanish", Some(Algorithm::Spanish), stopwords::SPANISH),
    row("it", "Italian", Some(Algorithm::Italian), stopwords::ITALIAN),
    row("pt", "Portuguese", Some(Algorithm::Portuguese), stopwords::PORTUGUESE),
    row("nl", "Dutch", Some(Algorithm::Dutch), stopwords::DUTCH),
    row("ru", "Russian", Some(Algorithm::Russian), stopwords::RUSSIAN),
    row("uk", "Ukrainian", Some(Algorithm::Ukrainian), stopwords::UKRAINIAN),
    row("pl", "Polish", Some(Algorithm::Polish), stopwords::POLISH),
    row("sv", "Swedish", Some(Algorithm::Swedish), stopwords::SWEDISH),
    row("da", "Danish", Some(Algorithm::Danish), stopwords::DANISH),
    row("nb", "Norwegian", Some(Algorithm::Norwegian), stopwords::NORWEGIAN),
    row("fi", "Finnish", Some(Algorithm::Finnish), stopwords::FINNISH),
    row("cs", "Czech", Some(Algorithm::Czech), stopwords::CZECH),
    row("hu", "Hungarian", Some(Algorithm::Hungarian), stopwords::HUNGARIAN),
    row("ro", "Romanian", Some(Algorithm::Romanian), stopwords::ROMANIAN),
    row("tr", "Turkish", Some(Algorithm::Turkish), stopwords::TURKISH),
    row("el", "Greek", Some(Algorithm::Greek), stopwords::GREEK),
    row("ca", "Catalan", Some(Algorithm::Catalan), stopwords::CATALAN),
    row("ar", "Arabic", Some(Algorithm::Arabic), stopwords::ARABIC),
    row("fa", "Persian", Some(Algorithm::Persian), ""),
    row("hi", "Hindi", Some(Algorithm::Hindi), ""),
    row("id", "Indonesian", Some(Algorithm::Indonesian), stopwords::INDONESIAN),
    row("lt", "Lithuanian", Some(Algorithm::Lithuanian), ""),
    row("et", "Estonian", Some(Algorithm::Estonian), ""),
    row("sr", "Serbian", Some(Algorithm::Serbian), ""),
    row("ja", "Japanese", None, ""),
    row("zh", "Chinese", None, ""),
    row("ko", "Korean", None, ""),
    row("th", "Thai", None, ""),
    row("vi", "Vietnamese", None, ""),
    row("he", "Hebrew", None, ""),
    row("bg", "Bulgarian", None, stopwords::BULGARIAN),
    row("hr", "Croatian", None, stopwords::CROATIAN),
    row("sk", "Slovak", None, stopwords::SLOVAK),
    row("sl", "Slovenian", None, ""),
    row("lv", "Latvian", None, ""),
];

const fn row(
    code: &'static str,
    name: &'static str,
    stemmer: Option<Algorithm>,
    stop_words: &'static str,
) -> Language {
    Language { code, name, stemmer, stop_words }
}

impl Lang {
    /// The language of this ISO 639-1 code (`en`, `en-GB`, `EN_us`); none if there is no row for it.
    pub fn from_code(code: &str) -> Option<Self> {
        let primary = code.split(['-', '_']).next().unwrap_or(code);
        let primary = if primary.eq_ignore_ascii_case("no") || primary.eq_ignore_ascii_case("nn") {
            "nb"
        } else {
            primary
        };
        let at = LANGUAGES.iter().position(|row| row.code.eq_ignore_ascii_case(primary))?;
        u8::try_from(at).ok().map(Self)
    }

    /// The language of this row of the table.
    pub fn from_number(number: u8) -> Option<Self> {
        (usize::from(number) < LANGUAGES.len()).then_some(Self(number))
    }

    /// Its row in the table.
    pub fn number(self) -> u8 {
        self.0
    }

    /// Its row.
    pub fn row(self) -> &'static Language {
        // The number was checked when the value was made.
        &LANGUAGES[usize::from(self.0)]
    }

    /// ISO 639-1.
    pub fn code(self) -> &'static str {
        self.row().code
    }

    /// Its stemmer, if there is one.
    pub(super) fn algorithm(self) -> Option<Algorithm> {
        self.row().stemmer
    }

    /// Whether the stemmer takes something off the beginning of words, or changes it; most work on endings alone.
    pub fn stems_change_beginnings(self) -> bool {
        matches!(
            self.algorithm(),
            Some(
                Algorithm::Arabic
                    | Algorithm::Indonesian
                    | Algorithm::Persian
                    | Algorithm::Serbian
                    | Algorithm::Hindi
                    | Algorithm::Greek
            )
        )
    }

    /// Whether the folded word is a stop word of the language.
    pub fn is_stop_word(self, folded: &str) -> bool {
        // Only query words are asked about: to find one in a few hundred letters is quicker than to cut them into words.
        let words = self.row().stop_words.as_bytes();
        let is_border = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_whitespace);
        let is_whole = |at: usize| {
            let before = at.checked_sub(1).and_then(|it| words.get(it));
            is_border(before) && is_border(words.get(at + folded.len()))
        };
        !folded.is_empty()
            && !folded.contains(' ')
            && memchr::memmem::find_iter(words, folded).any(is_whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_stop_words_folded() {
        for (at, language) in LANGUAGES.iter().enumerate() {
            assert_eq!(Lang::from_code(language.code).map(|it| usize::from(it.0)), Some(at));
            for word in language.stop_words.split_ascii_whitespace() {
                assert_eq!(crate::text::fold::fold(word), word, "{}", language.code);
                assert!(Lang::from_code(language.code).unwrap().is_stop_word(word));
            }
        }
        let english = Lang::from_code("en").unwrap();
        for word in ["", "th", "he of", "the of", "oil", "zzz"] {
            assert!(!english.is_stop_word(word), "{word}");
        }
        assert_eq!(Lang::from_code("en-GB"), Lang::from_code("en"));
        assert_eq!(Lang::from_code("xx"), None);
    }
}
