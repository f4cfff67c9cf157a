//! Parts of a query -> larger parts, kept in the one shape that prints and parses back alike.

use super::ast::{Case, DateField, Query, TermKind};

/// Side by side; one part stays itself, and rows within a row become one.
pub(super) fn words(parts: Vec<Query>) -> Option<Query> {
    let flat = flatten(parts, |it| match it {
        Query::Words(inner) => Ok(inner),
        other => Err(other),
    });
    one_or(flat, Query::Words)
}

/// All of these.
pub(super) fn and(parts: Vec<Query>) -> Option<Query> {
    let flat = flatten(parts, |it| match it {
        Query::And(inner) => Ok(inner),
        other => Err(other),
    });
    one_or(flat, Query::And)
}

/// Any of these.
pub(super) fn or(parts: Vec<Query>) -> Option<Query> {
    let flat = flatten(parts, |it| match it {
        Query::Or(inner) => Ok(inner),
        other => Err(other),
    });
    one_or(flat, Query::Or)
}

/// Every article but those; what is left out counts even if it is a stop word.
pub(super) fn not(mut inner: Query) -> Query {
    set_required(&mut inner, true);
    Query::Not(Box::new(inner))
}

fn flatten(parts: Vec<Query>, open: fn(Query) -> Result<Vec<Query>, Query>) -> Vec<Query> {
    let mut flat = Vec::with_capacity(parts.len());
    for part in parts {
        match open(part) {
            // A long row on the left is kept where it is, so that this stays linear.
            Ok(inner) if flat.is_empty() => flat = inner,
            Ok(inner) => flat.extend(inner),
            Err(other) => flat.push(other),
        }
    }
    flat
}

fn one_or(mut parts: Vec<Query>, make: fn(Vec<Query>) -> Query) -> Option<Query> {
    if parts.len() > 1 { Some(make(parts)) } else { parts.pop() }
}

/// Marks the word of this part as typed with an operator; rows, phrases and groups need no mark.
pub(super) fn set_required(query: &mut Query, required: bool) {
    match query {
        Query::Term(term) => term.required = required,
        Query::Field { inner, .. } | Query::Boost { inner, .. } => set_required(inner, required),
        Query::All
        | Query::Phrase(_)
        | Query::Words(_)
        | Query::And(_)
        | Query::Or(_)
        | Query::Not(_)
        | Query::Near(_)
        | Query::AtLeast { .. }
        | Query::Missing { .. }
        | Query::Length { .. }
        | Query::Dates { .. } => {}
    }
}

/// Whether this part is one word, and marked as typed with an operator.
pub(super) fn required(query: &Query) -> Option<bool> {
    match query {
        Query::Term(term) => Some(term.required),
        Query::Field { inner, .. } | Query::Boost { inner, .. } => required(inner),
        Query::All
        | Query::Phrase(_)
        | Query::Words(_)
        | Query::And(_)
        | Query::Or(_)
        | Query::Not(_)
        | Query::Near(_)
        | Query::AtLeast { .. }
        | Query::Missing { .. }
        | Query::Length { .. }
        | Query::Dates { .. } => None,
    }
}

/// Asks every word in it for its capitals, unless it was asked already.
pub(super) fn set_case(query: &mut Query, case: Case) {
    for_each_term(query, &mut |term| {
        term.case.get_or_insert(case);
    });
}

/// Takes every word in it in this very form.
pub(super) fn set_exact(query: &mut Query) {
    for_each_term(query, &mut |term| {
        if term.kind == TermKind::Stem {
            term.kind = TermKind::Exact;
        }
    });
}

fn for_each_term(query: &mut Query, visit: &mut impl FnMut(&mut super::ast::Term)) {
    match query {
        Query::Term(term) => visit(term),
        Query::Phrase(phrase) => phrase.words.iter_mut().for_each(visit),
        Query::Words(parts) | Query::And(parts) | Query::Or(parts) => {
            for part in parts {
                for_each_term(part, visit);
            }
        }
        Query::Not(inner)
        | Query::AtLeast { inner, .. }
        | Query::Field { inner, .. }
        | Query::Boost { inner, .. } => for_each_term(inner, visit),
        Query::Near(near) => {
            for_each_term(&mut near.left, visit);
            for_each_term(&mut near.right, visit);
        }
        Query::All | Query::Missing { .. } | Query::Length { .. } | Query::Dates { .. } => {}
    }
}

/// The query asked of one field; parts that name a field or a day of their own keep it. True if there were such.
pub(super) fn in_field(field: &'static str, query: Query) -> (Query, bool) {
    if !has_own_field(&query) {
        return (Query::Field { field, inner: Box::new(query) }, false);
    }
    let all = |parts: Vec<Query>| parts.into_iter().map(|it| in_field(field, it).0).collect();
    let inside = match query {
        Query::Words(parts) => Query::Words(all(parts)),
        Query::And(parts) => Query::And(all(parts)),
        Query::Or(parts) => Query::Or(all(parts)),
        Query::Not(inner) => Query::Not(Box::new(in_field(field, *inner).0)),
        Query::AtLeast { count, inner } => {
            Query::AtLeast { count, inner: Box::new(in_field(field, *inner).0) }
        }
        Query::Boost { weight, inner } => {
            Query::Boost { weight, inner: Box::new(in_field(field, *inner).0) }
        }
        Query::All
        | Query::Term(_)
        | Query::Phrase(_)
        | Query::Near(_)
        | Query::Field { .. }
        | Query::Missing { .. }
        | Query::Length { .. }
        | Query::Dates { .. } => query,
    };
    (inside, true)
}

fn has_own_field(query: &Query) -> bool {
    match query {
        Query::Field { .. }
        | Query::Missing { .. }
        | Query::Length { .. }
        | Query::Dates { .. } => true,
        Query::Words(parts) | Query::And(parts) | Query::Or(parts) => {
            parts.iter().any(has_own_field)
        }
        Query::Not(inner) | Query::AtLeast { inner, .. } | Query::Boost { inner, .. } => {
            has_own_field(inner)
        }
        Query::All | Query::Term(_) | Query::Phrase(_) | Query::Near(_) => false,
    }
}

/// Whether places in this field are counted: over headline, standfirst and text, and nowhere else.
pub(super) fn is_counted(field: &str) -> bool {
    matches!(field, "title" | "deck" | "body" | "hlead")
}

/// Whether a part has places that `atleast` could count.
pub(super) fn has_countable_places(query: &Query) -> bool {
    match query {
        Query::Term(_) | Query::Phrase(_) | Query::Near(_) => true,
        Query::Words(parts) | Query::And(parts) | Query::Or(parts) => {
            parts.iter().any(has_countable_places)
        }
        Query::AtLeast { inner, .. } | Query::Boost { inner, .. } => has_countable_places(inner),
        Query::Field { field, inner } => is_counted(field) && has_countable_places(inner),
        Query::All
        | Query::Not(_)
        | Query::Missing { .. }
        | Query::Length { .. }
        | Query::Dates { .. } => false,
    }
}

/// The number of the `atleast` in a part that asks for most, if it asks for any; those in fields of their own have
/// been looked at.
pub(super) fn highest_count(query: &Query) -> Option<u32> {
    match query {
        Query::AtLeast { count, inner } => {
            Some(*count).max(highest_count(inner)).filter(|it| *it > 0)
        }
        Query::Words(parts) | Query::And(parts) | Query::Or(parts) => {
            parts.iter().filter_map(highest_count).max()
        }
        Query::Not(inner) | Query::Boost { inner, .. } => highest_count(inner),
        Query::All
        | Query::Term(_)
        | Query::Phrase(_)
        | Query::Near(_)
        | Query::Field { .. }
        | Query::Missing { .. }
        | Query::Length { .. }
        | Query::Dates { .. } => None,
    }
}

/// The name of a date as it is typed.
pub(super) fn date_name(field: DateField) -> &'static str {
    match field {
        DateField::Published => "date",
        DateField::Updated => "updated",
        DateField::Added => "added",
    }
}
