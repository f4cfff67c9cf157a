//! Two parts and a distance -> a `Near`, or what comes closest when a part has no place in the text.

use super::ast::{Near, Query, Within};
use super::names::Proximity;
use super::problems::{Problems, quoted};
use super::tree;
use std::ops::Range;

/// Distributing makes copies; past this many parts it is not done.
const MOST_COPIES: usize = 2000;

/// Why the tree is not what was typed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Note {
    Distributed,
    /// True if it is a negation that has no place.
    Placeless(bool),
    TwoFields,
    TooLarge,
    SameField(&'static str),
}

type Notes = Vec<Note>;

/// Joins two parts, and says where the tree is not what was typed.
pub(super) fn near(
    left: Query,
    right: Query,
    proximity: Proximity,
    typed: &[char],
    spot: Range<usize>,
    problems: &mut Problems,
) -> Query {
    let mut notes = Notes::new();
    let query = join(left, right, proximity, &mut notes);
    let sign = quoted(&typed[spot.clone()]);
    if proximity.within == Within::Words(0) {
        problems.add(
            spot.clone(),
            format_args!("`{sign}` can hold nowhere: neighbours are 1 apart"),
            format_args!("write `w/1` or more"),
        );
    }
    let placeless = notes.iter().find_map(|it| match it {
        Note::Placeless(is_negation) => Some(*is_negation),
        Note::Distributed | Note::TwoFields | Note::TooLarge | Note::SameField(_) => None,
    });
    let distributed = notes.contains(&Note::Distributed);
    if distributed && placeless.is_some() {
        problems.add(
            spot.clone(),
            format_args!(
                "`{sign}` is read for each word of a group, and as AND for what has no place in the text"
            ),
            format_args!("`(a NOT b) w/5 c` is `(a w/5 c) NOT b`"),
        );
    } else if distributed {
        problems.add(
            spot.clone(),
            format_args!("`{sign}` with several words in a group is read for each of them"),
            format_args!(
                "`(a b) w/5 c` is `(a w/5 c) (b w/5 c)`; for any of them write `(a OR b) w/5 c`"
            ),
        );
    }
    if let Some(is_negation) = placeless.filter(|_| !distributed) {
        let hint = if is_negation {
            "`a not w/5 b` is an a with no b near it"
        } else {
            "words, phrases and distances have places; write `a b date:2020`"
        };
        problems.add(
            spot.clone(),
            format_args!("`{sign}` is read as AND: a part of it has no place in the text"),
            format_args!("{hint}"),
        );
    }
    if notes.contains(&Note::TwoFields) {
        problems.add(
            spot.clone(),
            format_args!("`{sign}` is read as AND: its parts are in two fields"),
            format_args!("distances are within one field, as in `title:(a w/5 b)`"),
        );
    }
    if notes.contains(&Note::TooLarge) {
        problems.add(
            spot.clone(),
            format_args!("`{sign}` is read as AND: its parts are too large"),
            format_args!("write fewer words beside it"),
        );
    }
    let same_field = notes.iter().find_map(|it| match it {
        Note::SameField(field) => Some(*field),
        Note::Distributed | Note::Placeless(_) | Note::TwoFields | Note::TooLarge => None,
    });
    if let Some(field) = same_field {
        problems.add(
            spot,
            format_args!("both parts of `{sign}` are looked for in `{field}:`"),
            format_args!("write `{field}:(a {sign} b)`"),
        );
    }
    query
}

fn join(left: Query, right: Query, proximity: Proximity, notes: &mut Notes) -> Query {
    let (left_field, left) = strip_field(left);
    let (right_field, right) = strip_field(right);
    match (left_field, right_field) {
        (Some(one), Some(other)) if one != other => {
            notes.push(Note::TwoFields);
            beside(restore(left_field, left), restore(right_field, right), proximity)
        }
        (None, None) => join_bare(left, right, proximity, notes),
        (one, other) => {
            let field = one.or(other);
            if one.is_none() || other.is_none() {
                notes.extend(field.map(Note::SameField));
            }
            restore(field, join_bare(left, right, proximity, notes))
        }
    }
}

fn join_bare(mut left: Query, mut right: Query, proximity: Proximity, notes: &mut Notes) -> Query {
    let (left_spans, right_spans) = (has_spans(&left), has_spans(&right));
    if left_spans && right_spans {
        tree::set_required(&mut left, false);
        tree::set_required(&mut right, false);
        let Proximity { within, ordered, negated } = proximity;
        return Query::Near(Box::new(Near { left, right, within, ordered, negated }));
    }
    let on_left = !left_spans;
    let (several, single) = if on_left { (left, right) } else { (right, left) };
    let copies = size(&several).saturating_mul(size(&single));
    let stands_alone = !proximity.negated && !matches!(several, Query::Or(_));
    let each = |parts: Vec<Query>, notes: &mut Notes| -> Vec<Query> {
        let any_place = parts.iter().any(has_place);
        parts
            .into_iter()
            .map(|part| {
                // Beside parts that keep their distance, a date or a NOT stands for itself.
                if any_place && stands_alone && !has_place(&part) {
                    notes.push(Note::Placeless(matches!(part, Query::Not(_))));
                    return part;
                }
                let single = single.clone();
                let (left, right) = if on_left { (part, single) } else { (single, part) };
                join(left, right, proximity, notes)
            })
            .collect()
    };
    let negated_right = proximity.negated && !on_left;
    let joined = match several {
        Query::And(_) | Query::Words(_) | Query::Or(_) if copies > MOST_COPIES => {
            notes.push(Note::TooLarge);
            return in_order(several, single, on_left, proximity);
        }
        Query::And(parts) => {
            notes.push(Note::Distributed);
            let parts = each(parts, notes);
            if negated_right { tree::or(parts) } else { required_and(parts) }
        }
        Query::Words(parts) => {
            notes.push(Note::Distributed);
            let parts = each(parts, notes);
            if negated_right { tree::or(parts) } else { tree::words(parts) }
        }
        Query::Or(parts) => {
            let parts = each(parts, notes);
            if negated_right { required_and(parts) } else { tree::or(parts) }
        }
        other => {
            notes.push(Note::Placeless(matches!(other, Query::Not(_))));
            return in_order(other, single, on_left, proximity);
        }
    };
    joined.unwrap_or(Query::All)
}

fn in_order(several: Query, single: Query, several_left: bool, proximity: Proximity) -> Query {
    if several_left {
        beside(several, single, proximity)
    } else {
        beside(single, several, proximity)
    }
}

/// The nearest thing without a distance: both, or the left without the right.
fn beside(left: Query, right: Query, proximity: Proximity) -> Query {
    let right = match right {
        Query::Not(inner) if proximity.negated => *inner,
        right if proximity.negated => tree::not(right),
        right => right,
    };
    required_and(vec![left, right]).unwrap_or(Query::All)
}

fn required_and(mut parts: Vec<Query>) -> Option<Query> {
    for part in &mut parts {
        tree::set_required(part, true);
    }
    tree::and(parts)
}

fn strip_field(query: Query) -> (Option<&'static str>, Query) {
    match query {
        Query::Field { field, inner } => (Some(field), *inner),
        Query::Boost { weight, inner } => match strip_field(*inner) {
            (Some(field), inner) => (Some(field), Query::Boost { weight, inner: Box::new(inner) }),
            (None, inner) => (None, Query::Boost { weight, inner: Box::new(inner) }),
        },
        other => (None, other),
    }
}

fn restore(field: Option<&'static str>, query: Query) -> Query {
    match field {
        Some(field) => tree::in_field(field, query).0,
        None => query,
    }
}

/// Whether a part has places in the text.
fn has_spans(query: &Query) -> bool {
    match query {
        Query::Term(_) | Query::Phrase(_) | Query::Near(_) => true,
        Query::Or(parts) => parts.iter().all(has_spans),
        Query::Boost { inner, .. } => has_spans(inner),
        Query::All
        | Query::Words(_)
        | Query::And(_)
        | Query::Not(_)
        | Query::AtLeast { .. }
        | Query::Field { .. }
        | Query::Missing { .. }
        | Query::Length { .. }
        | Query::Dates { .. } => false,
    }
}

/// Whether a part, or parts of it, can keep a distance.
fn has_place(query: &Query) -> bool {
    match query {
        Query::Term(_)
        | Query::Phrase(_)
        | Query::Near(_)
        | Query::Words(_)
        | Query::And(_)
        | Query::Or(_)
        | Query::Boost { .. }
        | Query::Field { .. } => true,
        Query::All
        | Query::Not(_)
        | Query::AtLeast { .. }
        | Query::Missing { .. }
        | Query::Length { .. }
        | Query::Dates { .. } => false,
    }
}

/// How many parts it has, counted no further than needed.
fn size(query: &Query) -> usize {
    let mut waiting = vec![query];
    let mut count = 0;
    while let Some(query) = waiting.pop() {
        count += 1;
        if count > MOST_COPIES {
            break;
        }
        match query {
            Query::Words(parts) | Query::And(parts) | Query::Or(parts) => waiting.extend(parts),
            Query::Not(inner)
            | Query::AtLeast { inner, .. }
            | Query::Field { inner, .. }
            | Query::Boost { inner, .. } => waiting.push(inner),
            Query::Near(near) => waiting.extend([&near.left, &near.right]),
            Query::Phrase(phrase) => count += phrase.words.len(),
            Query::All
            | Query::Term(_)
            | Query::Missing { .. }
            | Query::Length { .. }
            | Query::Dates { .. } => {}
        }
    }
    count
}
