//! A pattern as typed (wildcard, fuzzy, regular expression) to a test of folded forms.

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder};
use regex_automata::meta::Regex;
use regex_automata::{Anchored, Input};

use super::beginnings::Lazy;
use super::wildcard::Wildcard;
use crate::query::{Term, TermKind};
use crate::text::fold::fold;

/// Longer words have no other forms, in bytes.
const LONGEST_FUZZY: usize = 400;

/// A test of folded exact forms.
pub(super) enum Pattern {
    /// A wildcard of a length that people type.
    Wildcard(Wildcard),
    /// Regular expressions and long wildcards, over the whole form.
    Regex(Box<Regex>, Option<Box<Lazy>>),
    /// So many letters different, transpositions counting one.
    Fuzzy(Box<DFA>, u8),
}

impl Pattern {
    /// The pattern of a term; none if the term is a word, or the expression is too large to compile.
    pub(super) fn new(term: &Term) -> Option<Self> {
        match term.kind {
            TermKind::Stem | TermKind::Exact => None,
            TermKind::Wildcard => {
                let folded = fold_pattern(&term.text);
                if let Some(wildcard) = Wildcard::new(&folded) {
                    return Some(Self::Wildcard(wildcard));
                }
                let mut expression = String::new();
                for letter in folded.chars() {
                    match letter {
                        '*' => expression.push_str(".*"),
                        '?' => expression.push('.'),
                        '-' => {}
                        other => expression.push_str(&regex_escape(other)),
                    }
                }
                regex(&expression)
            }
            TermKind::Regex => {
                let folded: String = term
                    .text
                    .chars()
                    .map(|it| {
                        if it.is_ascii() {
                            it.to_string()
                        } else {
                            fold(it.encode_utf8(&mut [0; 4]))
                        }
                    })
                    .collect();
                regex(&format!("(?i){folded}"))
            }
            // The automaton of a longer word takes more memory than any answer is worth: it is taken as it stands.
            TermKind::Fuzzy(_) if term.text.len() > LONGEST_FUZZY => None,
            TermKind::Fuzzy(distance) => {
                let distance = distance.min(2);
                let word = fold(&term.text).replace('-', "");
                let dfa = LevenshteinAutomatonBuilder::new(distance, true).build_dfa(&word);
                Some(Self::Fuzzy(Box::new(dfa), distance))
            }
        }
    }

    /// Whether a folded form matches as a whole.
    pub(super) fn matches(&self, form: &str) -> bool {
        match self {
            Self::Wildcard(wildcard) => wildcard.matches(form),
            Self::Regex(regex, _) => {
                let input = Input::new(form).anchored(Anchored::Yes).earliest(false);
                regex.find(input).is_some_and(|found| found.end() == form.len())
            }
            Self::Fuzzy(dfa, most) => match dfa.eval(form.as_bytes()) {
                Distance::Exact(distance) => distance <= *most,
                Distance::AtLeast(_) => false,
            },
        }
    }
}

/// The letters that every match begins with, to look only there in the dictionary.
pub(super) fn prefix(term: &Term) -> String {
    match term.kind {
        TermKind::Wildcard => {
            let folded = fold_pattern(&term.text);
            let end = folded.find(['*', '?', '-']).unwrap_or(folded.len());
            folded[..end].to_owned()
        }
        TermKind::Stem | TermKind::Exact | TermKind::Fuzzy(_) | TermKind::Regex => String::new(),
    }
}

fn fold_pattern(text: &str) -> String {
    fold(text)
}

fn regex(expression: &str) -> Option<Pattern> {
    // The end anchor makes the leftmost match the whole form, alternations included.
    let expression = format!("(?:{expression})$");
    let config = Regex::config().nfa_size_limit(Some(1 << 20)).utf8_empty(true);
    let regex = Regex::builder().configure(config).build(&expression).ok()?;
    Some(Pattern::Regex(Box::new(regex), Lazy::new(&expression).map(Box::new)))
}

fn regex_escape(letter: char) -> String {
    if letter.is_alphanumeric() { letter.to_string() } else { format!("\\{letter}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, kind: TermKind, forms: &[&str], others: &[&str]) {
        let term = Term { text: text.to_owned(), kind, case: None, required: false };
        let pattern = Pattern::new(&term).unwrap();
        for form in forms {
            assert!(pattern.matches(form), "{text} {form}");
            assert!(form.starts_with(&prefix(&term)), "{text} {form}");
        }
        for form in others {
            assert!(!pattern.matches(form), "{text} {form}");
        }
    }

    #[test]
    fn patterns() {
        check("Oblig*", TermKind::Wildcard, &["oblig", "obligations"], &["noblig", "obli"]);
        check("wom?n", TermKind::Wildcard, &["woman", "women"], &["womn", "womaan"]);
        let long = "ab".repeat(40);
        let (pattern, form) = (format!("*{long}?"), format!("x{long}ж"));
        check(&pattern, TermKind::Wildcard, &[&form], &[&long]);
        check("*gation", TermKind::Wildcard, &["obligation"], &["obligations"]);
        check(
            "lukashenko",
            TermKind::Fuzzy(1),
            &["lukashenka", "lukashneko", "lukashenko"],
            &["lukaszenka"],
        );
        check("lukashenk[oa]", TermKind::Regex, &["lukashenka"], &["lukashenkaa", "xlukashenka"]);
        check("a|ab", TermKind::Regex, &["a", "ab"], &["abc"]);
    }
}
