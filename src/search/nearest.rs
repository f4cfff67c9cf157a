//! How like two words are: which forms and names are worth saying for a word that no article has.

use crate::field::edit_distance;

/// Shorter words are like too many others: one letter away from any word of a letter stands every other.
const SHORTEST: usize = 3;
/// In shorter words one letter may differ, in others two.
const SHORT: usize = 4;
/// Nothing in an index is like a word of such a length, in bytes.
const LONGEST: usize = 80;

/// How many letters may differ from a folded word; none if nothing is like it.
pub(super) fn most_different(folded: &str) -> Option<u8> {
    match folded.chars().count() {
        ..SHORTEST => None,
        SHORTEST..=SHORT => Some(1),
        _ if folded.len() > LONGEST => None,
        _ => Some(2),
    }
}

/// How unlike a folded form is: those of another script come last, then letters count, then whether it begins alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Unlike {
    other_script: bool,
    letters: usize,
    other_beginning: bool,
}

impl Unlike {
    pub(super) fn new(folded: &str, form: &str) -> Self {
        let (asked, seen) = (folded.chars().next(), form.chars().next());
        Self {
            other_script: asked.map(script) != seen.map(script),
            letters: edit_distance(folded, form),
            other_beginning: asked != seen,
        }
    }

    /// The same, unless more letters differ than may.
    pub(super) fn within(folded: &str, form: &str) -> Option<Self> {
        let most = usize::from(most_different(folded)?);
        let lengths = folded.chars().count().abs_diff(form.chars().count());
        // Comparing takes far longer than counting.
        (lengths <= most).then(|| Self::new(folded, form)).filter(|it| it.letters <= most)
    }
}

/// A number for each of the scripts that news is written in; numbers and signs go with the Latin one.
fn script(letter: char) -> u32 {
    match letter {
        '\u{0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => 0,
        // Greek, Cyrillic, Arabic.
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => 1,
        '\u{400}'..='\u{52f}' => 2,
        '\u{600}'..='\u{77f}' => 3,
        // Han, kana and hangul stand beside each other in one text.
        '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => 4,
        // Other scripts lie in blocks of 128 letters.
        other => 5 + (u32::from(other) >> 7),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_words_are_like_nothing() {
        assert_eq!(most_different("b"), None);
        assert_eq!(most_different("go"), None);
        assert_eq!(most_different("oil"), Some(1));
        assert_eq!(most_different("marvn"), Some(2));
        assert_eq!(most_different(&"x".repeat(81)), None);
        assert_eq!(Unlike::within("marvin", "martinez"), None);
    }

    #[test]
    fn order() {
        let mut forms = ["marina", "karvn", "марвн", "marvin"];
        forms.sort_by_key(|form| Unlike::new("marvn", form));
        assert_eq!(forms, ["marvin", "karvn", "marina", "марвн"]);
        assert!(Unlike::new("marvn", "marvin") < Unlike::new("marvn", "karvn"));
        assert!(Unlike::new("のり", "oil") > Unlike::new("のり", "のに"));
    }
}
