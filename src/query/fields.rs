//! `title:` or `date:` before a part -> the part, asked of that field.

use super::ast::{Phrase, Query, Term};
use super::problems::{Problems, quoted};
use super::{conditions, languages, plain_term, tree};
use crate::date::Day;
use crate::field::{Field, Kind};
use std::ops::Range;

/// The part in the field; parts of a group that have a field of their own keep it, and that is said.
pub(super) fn in_field(
    field: &'static Field,
    spot: &Range<usize>,
    query: Query,
    today: Day,
    problems: &mut Problems,
) -> Query {
    if field.kind == Kind::Date {
        return days_in(field, spot, query, today, problems);
    }
    if field.name == "lang" {
        for problem in languages::values(&query).into_iter().filter_map(languages::no_language) {
            let hint = problem.hint.unwrap_or_default();
            problems.add(spot.clone(), format_args!("{}", problem.message), format_args!("{hint}"));
        }
    }
    if !tree::is_counted(field.name)
        && let Some(count) = tree::highest_count(&query)
    {
        nothing_to_count(count, spot.clone(), problems);
    }
    let (query, has_own) = tree::in_field(field.name, query);
    if has_own {
        problems.add(
            spot.clone(),
            format_args!("a part inside `{}:( )` has a field of its own and keeps it", field.name),
            format_args!("write it outside the parentheses"),
        );
    }
    query
}

/// `date:(2019 OR 2021)`: every word is a day.
fn days_in(
    field: &'static Field,
    spot: &Range<usize>,
    query: Query,
    today: Day,
    problems: &mut Problems,
) -> Query {
    let mut each = |parts: Vec<Query>| -> Vec<Query> {
        parts.into_iter().map(|it| days_in(field, spot, it, today, problems)).collect()
    };
    match query {
        Query::Words(parts) => Query::Words(each(parts)),
        Query::And(parts) => Query::And(each(parts)),
        Query::Or(parts) => Query::Or(each(parts)),
        Query::Not(inner) => Query::Not(Box::new(days_in(field, spot, *inner, today, problems))),
        Query::Boost { weight, inner } => {
            let inner = Box::new(days_in(field, spot, *inner, today, problems));
            Query::Boost { weight, inner }
        }
        Query::Term(Term { text, required, kind, case }) => {
            if let Some(days) = conditions::days_in_group(field, &text, today) {
                return days;
            }
            no_day(field, spot, &text, problems);
            // An expression of signs alone would be no word.
            if !text.contains(char::is_alphanumeric) {
                return Query::Term(Term { text, kind, case, required });
            }
            Query::Term(Term { required, ..plain_term(text) })
        }
        Query::Phrase(Phrase { words, window }) => {
            let text = words.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join(" ");
            if let Some(days) = conditions::days_in_group(field, &text, today) {
                return days;
            }
            no_day(field, spot, &text, problems);
            Query::Phrase(Phrase { words, window })
        }
        Query::All
        | Query::Near(_)
        | Query::AtLeast { .. }
        | Query::Field { .. }
        | Query::Missing { .. }
        | Query::Length { .. }
        | Query::Dates { .. } => query,
    }
}

/// Says that an `atleast` has no places to count.
pub(super) fn nothing_to_count(count: u32, spot: Range<usize>, problems: &mut Problems) {
    problems.add(
        spot,
        format_args!(
            "`atleast{count}( )` can hold nowhere here: what is in it has no places to count"
        ),
        format_args!(
            "it counts places of words in headline, standfirst and text: `atleast3(csto)`"
        ),
    );
}

fn no_day(field: &Field, spot: &Range<usize>, text: &str, problems: &mut Problems) {
    let text: Vec<char> = text.chars().collect();
    problems.add(
        spot.clone(),
        format_args!("`{}` in `{}:( )` is no date: read as text", quoted(&text), field.name),
        format_args!("write `date:2020`, `date:2020-09` or `date:2020-09-14`"),
    );
}
