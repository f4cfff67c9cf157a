//! Words side by side: which of them count, which are plain, which are bare.

use rustc_hash::FxHashMap;

use super::MatchMode;
use super::plan::Dictionary;
use super::words::{Unit, units};
use crate::query::{Query, Term, TermKind};

/// Whether a part is a word as people type it: no operator, no pattern; a weight does not matter.
pub(super) fn is_plain(part: &Query) -> bool {
    match part {
        Query::Term(term) => {
            matches!(term.kind, TermKind::Stem | TermKind::Exact)
                && term.case.is_none()
                && !term.required
        }
        Query::Boost { inner, .. } => is_plain(inner),
        _ => false,
    }
}

/// The parts that count: stop words do not, unless nothing else is asked for.
pub(super) fn counted<'q>(
    parts: &'q [Query],
    mode: MatchMode,
    dictionary: &dyn Dictionary,
) -> Vec<&'q Query> {
    let is_stop_word = |part: &Query| {
        mode != MatchMode::All && bare_word(part).is_some_and(|term| is_ignored(term, dictionary))
    };
    let says_something = |part: &Query| match part {
        Query::Not(_) | Query::Missing { .. } | Query::Length { .. } | Query::Dates { .. } => false,
        _ => !is_stop_word(part),
    };
    if parts.iter().any(says_something) {
        parts.iter().filter(|part| !is_stop_word(part)).collect()
    } else {
        parts.iter().collect()
    }
}

/// Rows up to this length are taken as they were typed.
const LONG_ROW: usize = 16;

/// The parts of a row, each once with how often it is there: of a text that was pasted, and of one word typed a thousand
/// times, the words that differ are what takes time. A part that is there twice holds where it holds once.
pub(super) fn distinct<'q>(parts: &[&'q Query]) -> Vec<(&'q Query, f32)> {
    if parts.len() <= LONG_ROW {
        return parts.iter().map(|part| (*part, 1.0)).collect();
    }
    let mut distinct: Vec<(&Query, f32)> = Vec::new();
    let mut places: FxHashMap<String, usize> = FxHashMap::default();
    for part in parts {
        let place = *places.entry(part.to_string()).or_insert(distinct.len());
        match distinct.get_mut(place) {
            Some((_, times)) => *times += 1.0,
            None => distinct.push((part, 1.0)),
        }
    }
    distinct
}

/// A word, whatever it weighs.
pub(super) fn bare_word(part: &Query) -> Option<&Term> {
    match part {
        Query::Term(term) => Some(term),
        Query::Boost { inner, .. } => bare_word(inner),
        _ => None,
    }
}

/// The bare words of a row, in order, and everything else in it.
pub(super) fn bare_words(parts: &[Query], exact: bool) -> (Vec<Term>, Vec<&Query>) {
    let (mut words, mut others) = (Vec::new(), Vec::new());
    for part in parts {
        match bare_word(part) {
            Some(term) => {
                let kind =
                    if exact && term.kind == TermKind::Stem { TermKind::Exact } else { term.kind };
                words.push(Term { kind, ..term.clone() });
            }
            None => others.push(part),
        }
    }
    (words, others)
}

/// Whether a word weighs nothing side by side with others.
fn is_ignored(term: &Term, dictionary: &dyn Dictionary) -> bool {
    term.kind == TermKind::Stem
        && term.case.is_none()
        && !term.required
        && dictionary.main_language().is_some_and(|lang| {
            let folded = crate::text::fold::fold(&term.text);
            lang.is_stop_word(&folded)
        })
        // `US` in capitals asks for the acronym.
        && !matches!(units(&term.text, false).as_slice(), [Unit::Word(forms)] if forms.iter().any(|it| it.text.contains('.')))
}
