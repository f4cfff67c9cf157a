//! The first two letters of the words a plan looks for: most words of a text begin with others, and are passed over
//! without being folded or stemmed.

use crate::text::Lang;

/// For every first letter of ASCII, which second ones there are, as bits; of other first letters only whether there are
/// any.
#[derive(Clone)]
pub(super) struct FirstLetters {
    seconds: [u32; 128],
    beyond: bool,
}

/// A word of one letter, as a bit beside those of the second letters `a` to `z`; and any other second one.
const ALONE: u32 = 1 << 26;
const OTHER: u32 = 1 << 27;
const ANY: u32 = u32::MAX;

impl FirstLetters {
    pub(super) fn none() -> Self {
        Self { seconds: [0; 128], beyond: false }
    }

    /// Adds an exact form that is looked for.
    pub(super) fn add_form(&mut self, form: &str) {
        // `US` has the form `u.s.`, too.
        let seconds = second(form.as_bytes());
        self.add(form, if seconds == OTHER { ANY } else { seconds });
    }

    /// Adds a stem of a language: forms begin as it does, in some languages only with the same first letter.
    pub(super) fn add_stem(&mut self, lang: Lang, stem: &str) {
        let seconds = match stem.as_bytes().get(1) {
            Some(second @ b'a'..=b'z') if keeps_two(lang) => {
                // `lying` has the stem `lie`.
                let with_y = if *second == b'i' { 1 << (b'y' - b'a') } else { 0 };
                1 << (second - b'a') | with_y
            }
            Some(_) | None => ANY,
        };
        self.add(stem, seconds);
    }

    /// Adds what another has.
    pub(super) fn join(&mut self, other: &Self) {
        for (known, more) in self.seconds.iter_mut().zip(other.seconds) {
            *known |= more;
        }
        self.beyond |= other.beyond;
    }

    fn add(&mut self, word: &str, seconds: u32) {
        match word.as_bytes().first().and_then(|it| self.seconds.get_mut(usize::from(*it))) {
            Some(known) => *known |= seconds,
            None => self.beyond = true,
        }
    }

    /// Whether a word may be one of them: folded, or of ASCII letters of any case.
    #[inline]
    pub(super) fn may_begin(&self, word: &[u8]) -> bool {
        let first = word.first().map(|it| usize::from(it.to_ascii_lowercase()));
        match first.and_then(|it| self.seconds.get(it)) {
            Some(known) => known & second(word) != 0,
            None => self.beyond,
        }
    }
}

/// The second letter of a word as a bit.
#[inline]
fn second(word: &[u8]) -> u32 {
    match word.get(1).map(u8::to_ascii_lowercase) {
        Some(letter @ b'a'..=b'z') => 1 << (letter - b'a'),
        Some(_) => OTHER,
        None => ALONE,
    }
}

/// Whether the stemmer of a language leaves the first two letters of a word that has two in its stem, but for a `y` that
/// becomes an `i`. Of the others it is not known.
fn keeps_two(lang: Lang) -> bool {
    lang.code() == "en"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Stemmer;

    /// Endings that the stemmer takes off or changes (Porter2), by themselves and one behind the other.
    const ENDINGS: &str = "e y s es ies ied sses ss us ed eed edly eedly ing ingly at bl iz tional ation ational ator alism \
         ality aliti ousness ously ous iveness iviti ive ively enci anci abli entli izer ization fulness fulli ful lessli \
         li bli ogi icate iciti ical ic ness al ance ence er able ible ant ement ment ent ism ate iti ion sion tion ize \
         l ll t n nn p pp d dd g gg 'ss 's '";

    #[test]
    fn an_english_stem_keeps_two_letters() {
        let english = Lang::from_code("en").unwrap();
        let mut stemmer = Stemmer::default();
        let endings: Vec<_> = ENDINGS.split_ascii_whitespace().collect();
        let mut check = |form: &str| {
            let stem = stemmer.stem(english, form).to_owned();
            let mut looked_for = FirstLetters::none();
            looked_for.add_stem(english, &stem);
            assert!(looked_for.may_begin(form.as_bytes()), "{form}: {stem}");
        };
        for a in 'a'..='z' {
            for ending in &endings {
                check(&format!("{a}{ending}"));
                for then in &endings {
                    check(&format!("{a}{ending}{then}"));
                }
                for b in 'a'..='z' {
                    check(&format!("{a}{b}{ending}"));
                    check(&format!("{a}{b}e{ending}"));
                    check(&format!("{a}{b}t{ending}"));
                }
            }
        }
    }

    #[test]
    fn words_are_told_by_two_letters() {
        let mut looked_for = FirstLetters::none();
        for form in ["oil", "a", "3.5", "u.s.", "öl"] {
            looked_for.add_form(form);
        }
        for (word, may) in [
            ("oil", true),
            ("OIL", true),
            ("Oiler", true),
            ("of", false),
            ("o", false),
            ("a", true),
            ("an", false),
            ("3,5", true),
            ("4", false),
            ("US", true),
            ("öl", true),
            ("ähre", true),
            ("", true),
        ] {
            assert_eq!(looked_for.may_begin(word.as_bytes()), may, "{word}");
        }
        let mut stems = FirstLetters::none();
        stems.add_stem(Lang::from_code("de").unwrap(), "lauf");
        assert!(stems.may_begin(b"lief"), "of German it is not known");
    }
}
