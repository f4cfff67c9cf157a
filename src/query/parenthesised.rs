//! A tree -> one line in which parentheses show every level of it.

use super::ast::{Phrase, Query, Term};
use super::display::{near_text, understood};
use std::fmt::Write as _;

/// The tree with parentheses around everything that has parts: `((a OR b) w/5 c)`.
pub fn parenthesised(query: &Query) -> String {
    let mut text = String::new();
    write_part(&mut text, query);
    text
}

/// Trees are shallow: the parser bounds how deep parentheses and distances nest.
fn write_part(out: &mut String, query: &Query) {
    match query {
        Query::All
        | Query::Phrase(_)
        | Query::Missing { .. }
        | Query::Length { .. }
        | Query::Dates { .. } => {
            let _ = write!(out, "{query}");
        }
        Query::Term(term) => {
            out.push_str(&understood(&Query::Term(Term { required: false, ..term.clone() })));
        }
        Query::Words(parts) => write_row(out, parts, " "),
        Query::And(parts) => write_row(out, parts, " AND "),
        Query::Or(parts) => write_row(out, parts, " OR "),
        Query::Not(inner) => {
            out.push_str("(NOT ");
            write_part(out, inner);
            out.push(')');
        }
        Query::Near(near) => {
            out.push('(');
            write_part(out, &near.left);
            out.push_str(&near_text(near));
            write_part(out, &near.right);
            out.push(')');
        }
        Query::AtLeast { count, inner } => {
            let _ = write!(out, "atleast{count}(");
            write_part(out, inner);
            out.push(')');
        }
        Query::Field { field, inner } => {
            let _ = write!(out, "{field}:");
            write_part(out, inner);
        }
        Query::Boost { weight, inner } => {
            write_part(out, inner);
            let _ = write!(out, "^{weight}");
        }
    }
}

fn write_row(out: &mut String, parts: &[Query], between: &str) {
    out.push('(');
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            out.push_str(between);
        }
        write_part(out, part);
    }
    out.push(')');
}

/// What kind of part it is, for programs.
pub fn kind_name(query: &Query) -> &'static str {
    use super::ast::TermKind;
    match query {
        Query::All => "all",
        Query::Term(term) => match term.kind {
            TermKind::Stem => "word",
            TermKind::Exact => "exact",
            TermKind::Wildcard => "wildcard",
            TermKind::Fuzzy(_) => "fuzzy",
            TermKind::Regex => "expression",
        },
        Query::Phrase(Phrase { window: None, .. }) => "phrase",
        Query::Phrase(Phrase { window: Some(_), .. }) => "window",
        Query::Words(_) => "words",
        Query::And(_) => "and",
        Query::Or(_) => "or",
        Query::Not(_) => "not",
        Query::Near(_) => "near",
        Query::AtLeast { .. } => "atleast",
        Query::Field { .. } => "field",
        Query::Missing { .. } => "missing",
        Query::Length { .. } => "length",
        Query::Dates { .. } => "date",
        Query::Boost { .. } => "weight",
    }
}

#[cfg(test)]
mod tests {
    use crate::date::Day;
    use crate::query::parse;

    #[test]
    fn every_level_has_parentheses() {
        for (typed, expected) in [
            ("csto", "csto"),
            ("a b OR c", "((a b) OR c)"),
            ("a w/5 b pre/3 c", "((a w/5 b) pre/3 c)"),
            ("title:(a OR b) -c", "(title:(a OR b) (NOT c))"),
            ("+the who", "(the AND who)"),
            ("a AND (NOT b)", "(a AND (NOT b))"),
            (
                "atleast3(a OR \"b c\"~5)^2 date:2020",
                "(atleast3((a OR \"b c\"~5))^2 date:2020-01-01..2020-12-31)",
            ),
            ("caps(turkey) or =us", "(caps(turkey) OR =us)"),
        ] {
            let today = Day::from_ymd(2020, 10, 15).unwrap();
            let query = parse(typed, today).query;
            let text = super::parenthesised(&query);
            assert_eq!(text, expected, "{typed}");
            assert_eq!(super::parenthesised(&parse(&text, today).query), text);
        }
    }
}
