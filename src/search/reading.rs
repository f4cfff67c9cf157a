//! A request to the reading that people see: the tree as its match mode takes it, and which words weigh nothing.

use rustc_hash::FxHashSet;

use super::plan::Dictionary;
use super::rows::{bare_word, bare_words, counted, is_plain};
use super::{MatchMode, Purpose, Request};
use crate::query::{DateField, Phrase, Query, Term, understood_with};

/// The reading, with the words that weigh nothing in brackets.
pub(super) fn understood(request: &Request, dictionary: &dyn Dictionary) -> String {
    let query = effective(&request.query, request.mode);
    let ignored = ignored(&query, request.mode, dictionary);
    let is_ignored = |term: &Term| ignored.contains(&std::ptr::from_ref(term));
    let mut text = understood_with(&query, &is_ignored);
    for filter in &request.filters {
        if *filter != Query::All {
            text.push_str(" · ");
            text.push_str(&understood_with(filter, &|_| false));
        }
    }
    if request.undated && std::iter::once(&query).chain(&request.filters).any(asks_date) {
        text.push_str(" · also without a date, or with only a month or year");
    }
    text
}

/// Whether a condition on the date of publication lets in what is not known to be outside of it; under NOT none does.
fn asks_date(query: &Query) -> bool {
    match query {
        Query::Dates { field: DateField::Published, .. } => true,
        Query::Words(parts) | Query::And(parts) | Query::Or(parts) => parts.iter().any(asks_date),
        Query::AtLeast { inner, .. } | Query::Field { inner, .. } | Query::Boost { inner, .. } => {
            asks_date(inner)
        }
        Query::All
        | Query::Term(_)
        | Query::Phrase(_)
        | Query::Not(_)
        | Query::Near(_)
        | Query::Missing { .. }
        | Query::Length { .. }
        | Query::Dates { .. } => false,
    }
}

/// Other ways to read what was typed: those of the parser, and the phrase that a row with small words in it may be. With
/// each, whether it is worth saying that it finds nothing: of the phrase its rung says so.
pub(super) fn other_readings(request: &Request, dictionary: &dyn Dictionary) -> Vec<(Query, bool)> {
    let of_parser = request.readings.iter().map(|it| (it.query.clone(), true));
    let phrase = Some(&request.query).filter(|_| request.purpose == Purpose::Reading);
    let phrase = phrase.and_then(|it| typed_phrase(it, request.mode, dictionary));
    of_parser.chain(phrase.map(|it| (it, false))).collect()
}

/// The rungs leave out words that weigh nothing, so that none of them is the phrase `bank of england`.
fn typed_phrase(query: &Query, mode: MatchMode, dictionary: &dyn Dictionary) -> Option<Query> {
    let Query::Words(parts) = query else { return None };
    if mode != MatchMode::Auto || !parts.iter().all(is_plain) {
        return None;
    }
    let counted = counted(parts, mode, dictionary);
    let place = |part: &&Query| parts.iter().position(|it| std::ptr::eq(it, *part));
    let (first, last) = (counted.first().and_then(place)?, counted.last().and_then(place)?);
    let between = parts.get(first..=last)?;
    if !(2..=3).contains(&counted.len()) || between.len() == counted.len() {
        return None;
    }
    let (words, _) = bare_words(between, false);
    Some(Query::Phrase(Phrase { words, window: None }))
}

/// The query as the match mode takes the words side by side in it.
pub(super) fn effective(query: &Query, mode: MatchMode) -> Query {
    match (query, mode) {
        (Query::Words(parts), MatchMode::Any) => Query::Or(parts.clone()),
        (Query::Words(parts), MatchMode::Phrase | MatchMode::Exact) => {
            let (words, others) = bare_words(parts, mode == MatchMode::Exact);
            let phrase =
                (!words.is_empty()).then_some(Query::Phrase(Phrase { words, window: None }));
            let mut parts: Vec<_> = phrase.into_iter().chain(others.into_iter().cloned()).collect();
            if parts.len() == 1 { parts.remove(0) } else { Query::And(parts) }
        }
        _ => query.clone(),
    }
}

/// The words of a tree that weigh nothing where they stand.
pub(super) fn ignored(
    query: &Query,
    mode: MatchMode,
    dictionary: &dyn Dictionary,
) -> FxHashSet<*const Term> {
    let mut found = FxHashSet::default();
    collect(query, mode, dictionary, &mut found);
    found
}

/// Whether words that weigh nothing are left out of these parts; the words of `--match any` stand in an OR.
fn is_row(query: &Query, mode: MatchMode) -> bool {
    mode == MatchMode::Any || !matches!(query, Query::Or(_))
}

fn collect(
    query: &Query,
    mode: MatchMode,
    dictionary: &dyn Dictionary,
    found: &mut FxHashSet<*const Term>,
) {
    match query {
        Query::Words(_) | Query::And(_) | Query::Or(_) if is_row(query, mode) => {
            let (Query::Words(parts) | Query::And(parts) | Query::Or(parts)) = query else {
                return;
            };
            let counted = counted(parts, mode, dictionary);
            let mut counted = counted.into_iter().peekable();
            for part in parts {
                if counted.next_if(|it| std::ptr::eq(*it, part)).is_some() {
                    collect(part, mode, dictionary, found);
                } else {
                    found.extend(bare_word(part).map(std::ptr::from_ref));
                }
            }
        }
        Query::Words(parts) | Query::And(parts) | Query::Or(parts) => {
            for part in parts {
                collect(part, mode, dictionary, found);
            }
        }
        Query::Not(inner)
        | Query::AtLeast { inner, .. }
        | Query::Field { inner, .. }
        | Query::Boost { inner, .. } => collect(inner, mode, dictionary, found),
        Query::Near(near) => {
            collect(&near.left, mode, dictionary, found);
            collect(&near.right, mode, dictionary, found);
        }
        Query::All
        | Query::Term(_)
        | Query::Phrase(_)
        | Query::Missing { .. }
        | Query::Length { .. }
        | Query::Dates { .. } => {}
    }
}
