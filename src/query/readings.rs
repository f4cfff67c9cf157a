//! Tokens that can be read in two ways -> the one that is taken, and the other for the record.

use super::ast::{Query, TermKind};
use super::display::understood;
use super::lexer::{Token, TokenKind};
use super::parse::{self, Order};
use super::plain_term;
use super::problems::{Problems, quoted};
use crate::date::Day;

/// Longer queries, in tokens, are read one way only: no one compares two readings of a pasted article, and each costs a search.
const LONGEST: usize = 200;
/// Longer trees are cut in a note.
const LONGEST_NOTE: usize = 120;

/// Another way in which a query can be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// How the query was read here, for people, to stand before its count.
    pub note: String,
    /// The other reading.
    pub query: Query,
}

/// Reads the tokens, and again in the ways that other products would.
pub(super) fn read(
    tokens: Vec<Token>,
    operators: bool,
    typed: &[char],
    today: Day,
    problems: &mut Problems,
) -> (Query, Vec<Reading>) {
    let small_or = tokens.iter().any(|it| matches!(it.kind, TokenKind::SmallOr));
    let small_not = tokens.iter().any(|it| matches!(it.kind, TokenKind::SmallNot));
    let either = small_or || tokens.iter().any(|it| matches!(it.kind, TokenKind::Or));
    let again = (small_or || small_not || either) && tokens.len() <= LONGEST;
    let spare = if again { tokens.clone() } else { Vec::new() };
    let query =
        parse::build(settle(tokens, operators, typed), typed, today, Order::OrLast, problems);
    let mut readings = Vec::new();
    if !again {
        return (query, readings);
    }
    // What is wrong with the other readings is no news to the one who typed.
    let mut unsaid = Problems::default();
    if small_or || small_not {
        let tokens = settle(spare.clone(), !operators, typed);
        let other = parse::build(tokens, typed, today, Order::OrLast, &mut unsaid);
        if other != query {
            let names = match (small_or, small_not) {
                (true, true) => "`or` and `not` read as",
                (true, false) => "`or` read as",
                (false, _) => "`not` read as",
            };
            let kind = if operators { "operators" } else { "words" };
            readings
                .push(Reading { note: format!("{names} {kind}: {}", short(&query)), query: other });
        }
    }
    if either {
        let tokens = settle(spare, operators, typed);
        let other = parse::build(tokens, typed, today, Order::OrFirst, &mut unsaid);
        if other != query {
            readings.push(Reading { note: format!("read as {}", short(&query)), query: other });
        }
    }
    (query, readings)
}

/// Lower-case operators become operators or words.
fn settle(mut tokens: Vec<Token>, operators: bool, typed: &[char]) -> Vec<Token> {
    for index in 0..tokens.len() {
        let small = match tokens[index].kind {
            TokenKind::SmallAnd => true,
            TokenKind::SmallOr | TokenKind::SmallNot => operators,
            _ => continue,
        };
        let after_part = index > 0 && tokens[index - 1].kind.ends_part();
        let after_and = index > 0 && matches!(tokens[index - 1].kind, TokenKind::And);
        let before_part = tokens.get(index + 1).is_some_and(|it| it.kind.begins_part());
        let token = &mut tokens[index];
        token.kind = match token.kind {
            TokenKind::SmallAnd if small && after_part && before_part => TokenKind::And,
            TokenKind::SmallOr if small && after_part && before_part => TokenKind::Or,
            // `and not` is an operator wherever it stands.
            TokenKind::SmallNot if (small || after_and) && before_part => TokenKind::Not,
            _ => {
                let text = typed[token.start..token.end].iter().collect();
                TokenKind::Leaf(Query::Term(plain_term(text)))
            }
        };
    }
    tokens
}

/// `by:dmitry sudakov` asks for one name and a word: said, with the form that asks for both.
pub(super) fn names_in_two_words(tokens: &[Token], typed: &[char], problems: &mut Problems) {
    for window in tokens.windows(3) {
        let [field, first, second] = window else { continue };
        let TokenKind::Field(field_row) = field.kind else { continue };
        let (Some(name), Some(other)) = (bare_word(first), bare_word(second)) else { continue };
        let capitals = [name, other].iter().all(|it| it.starts_with(char::is_uppercase));
        let applies = match field_row.name {
            "by" => true,
            "person" | "org" | "place" | "entity" | "source" | "agency" => capitals,
            _ => false,
        };
        if applies {
            problems.add(
                field.start..second.end,
                format_args!(
                    "only `{name}` is looked for in `{}:`, `{}` is a word beside it",
                    field_row.name,
                    quoted(&typed[second.start..second.end])
                ),
                format_args!("for the whole name write `{}:\"{name} {other}\"`", field_row.name),
            );
        }
    }
}

fn bare_word(token: &Token) -> Option<&str> {
    match &token.kind {
        TokenKind::Leaf(Query::Term(term))
            if term.kind == TermKind::Stem && term.text.len() < 60 =>
        {
            Some(&term.text)
        }
        _ => None,
    }
}

fn short(query: &Query) -> String {
    let text = understood(query);
    if text.chars().count() <= LONGEST_NOTE {
        return text;
    }
    text.chars().take(LONGEST_NOTE).chain(['…']).collect()
}
