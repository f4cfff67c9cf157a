//! What was typed -> a [`Query`], with a problem for whatever was not read as typed.
//!
//! Reading is total: every text gives a tree. It is also linear, and nesting is bounded, so that no text can
//! exhaust time or stack.
//!
//! # Grammar
//!
//! ```text
//! query     = either
//! either    = both { ("OR" | "|" | "||" | "or"?) both }
//! both      = not { ["AND" | "and" | "&" | "&&" | "+ "] not }        side by side and AND are one level
//! not       = { "NOT" | "not"? | "-" | "!" | "+" } near              "-", "+" and "!" touch what they belong to
//! near      = weighted { proximity weighted }                        left to right
//! proximity = ["NOT" | "not"] ( ("w/" | "near/" | "/" | "near") number     either order
//!                             | ("pre/" | "adj/" | "adj" | "+") number     in this order
//!                             | ["w" | "pre"] "/" ("s" | "p") )            one sentence, one paragraph
//! weighted  = part [ "^" decimal ]
//! part      = [ field ":" ] [ "=" ] ( word | phrase | group | function | condition | "*" )
//! group     = "(" query ")"
//! function  = ( "caps" | "allcaps" | "nocaps" | "atleast" number | field ) "(" query ")"
//! phrase    = '"' { word } '"' [ "~" number ]                        “ ” „ « » too
//! condition = ( "date" | "since" | "until" | "before" | "after" | "updated" | "added" ) ":" days
//!           | "length" ( ":" | ">" | ">=" | "<" | "<=" | "=" ) number [ ".." [ number ] ]
//!           | ( field | date ) ":none"
//! days      = date | [ date ] ".." [ date ] | '"' words '"' | "*"    read by `crate::date`
//! word      = letters [ "~" [ "1" | "2" ] ]                          forms so many letters different
//!           | letters with "*" or an inner "?" | letters "!"         patterns
//!           | "/" expression "/"                                     no space in it
//!           | "\" any                                                text, whatever its signs
//! ```
//!
//! # Cases that need a word
//!
//! - **Row.** If `AND` or `+` is typed anywhere in a row, the whole row is one `And`; the words that touch it
//!   are `required`. Else the row is `Words`. Groups keep their own row, except that a row directly within a row
//!   of its own kind is part of it.
//! - **Small words.** `and` is AND between two parts, else a word; it does not make `or` and `not` operators,
//!   except that `and not` always is one. `or` and `not` are operators when anything but plain words is there.
//!   `Or`, `And`, `Not` are read as in lower case.
//! - **Signs without a part** (`a AND`, `w/5 b`, `title: x`) are left out with a problem; if nothing else was
//!   typed, those with letters are words; if there are none, every article is meant.
//! - **Punctuation.** A dash, comma or colon that stands alone between words is the text's punctuation, without
//!   a problem. What has no letter or digit elsewhere is left out with one.
//! - **Bad days, lengths and expressions** (`date:xyz`, `/[/`) are text as written, and an empty quotation or group in a
//!   field is one that no article has, so that a slip finds nothing rather than everything.
//! - **Backslashes.** `\-` alone is the text `-`, which is in no article. Without the backslash it would be left out.
//! - **Brackets** of other sorts (`[a]`, a lone `{`) are left out, with a problem. In them no word is an operator: a reading
//!   shows a word that weighs nothing as `[or]`.
//! - **`date:last 3 months`** without quotes is read as one date, with a problem.
//! - **Fields in fields.** The inner one counts; a day, length or `:none` within `title:( )` is not of the title.
//! - **Distances** take words, phrases, `OR` of these and distances. `a w/5 (b c)` is distributed; on the right of
//!   `not w/5` as an OR (no b, or no c, near it). With NOT, a day, a length, `atleast`, `*` or another field it is AND.
//! - **Weight** applies to the nearest part, its field included; `^0` is left out.
//! - **`"a"`** is a phrase of one word: it counts even if it is a stop word. `*` in a phrase is any one word.
//! - **Limits.** Parentheses deeper than 64, and distances beyond 32 in one row (8 in parentheses), are left
//!   out or read as AND, with a problem. At most 20 problems are written out.
//!
//! # Adding an operator
//!
//! 1. A variant of [`Query`] in `ast.rs`; the compiler then lists every place that must know it.
//! 2. Its sign in `names.rs` (a row) or `lexer.rs`; its place among the levels in `parse.rs`.
//! 3. How it prints in `display.rs`; rows in `tests.rs`, and the tree in the strategy there: printing and reading
//!    back must give the same tree.
//! 4. The grammar above, `docs/queries.md`, the oracle.

mod ast;
mod conditions;
mod display;
mod fields;
mod languages;
mod lexer;
mod names;
mod no_day;
mod parenthesised;
mod parse;
mod pieces;
mod problems;
mod proximity;
mod quotes;
mod readings;
mod shell;
#[cfg(test)]
mod tests;
mod tree;
mod word;

pub use ast::{Case, DateField, Near, Phrase, Query, Term, TermKind, Within};
pub use display::{understood, understood_with};
pub use languages::no_language;
pub use no_day::no_day;
pub use parenthesised::{kind_name, parenthesised};
pub use problems::Problem;
pub use readings::Reading;
pub use shell::from_arguments;

use crate::date::Day;

/// A query as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// The tree.
    pub query: Query,
    /// What was not read as typed, in the order of the text.
    pub problems: Vec<Problem>,
    /// Other ways in which the same text can be read.
    pub readings: Vec<Reading>,
}

/// Longer texts are no query that anyone wrote: a pasted article has a third of this.
pub const LONGEST: usize = 20_000;

/// The text up to the last word that is within [`LONGEST`] letters, and what to say of the rest.
pub fn within_limit(text: &str) -> (&str, Option<Problem>) {
    let Some((end, _)) = text.char_indices().nth(LONGEST) else { return (text, None) };
    let kept = &text[..end];
    let kept = kept.rfind(char::is_whitespace).map_or(kept, |space| &kept[..space]);
    let start = kept.chars().count();
    let problem = Problem {
        message: format!("the query is longer than {LONGEST} letters: what follows is left out"),
        hint: Some("ask with fewer words, or many queries with `morgue batch`".to_owned()),
        start,
        end: start + 1,
    };
    (kept, Some(problem))
}

/// Reads a query; dates such as `yesterday` count from `today`.
pub fn parse(text: &str, today: Day) -> Parsed {
    let typed: Vec<char> = text.chars().collect();
    let mut problems = problems::Problems::default();
    let lexed = lexer::lex(&typed, today, &mut problems);
    readings::names_in_two_words(&lexed.tokens, &typed, &mut problems);
    let (query, readings) =
        readings::read(lexed.tokens, lexed.operators, &typed, today, &mut problems);
    Parsed { query, problems: problems.finish(), readings }
}

/// Reads a text as plain words, with no operator, field or pattern in it; without a word it is every article.
pub fn plain_words(text: &str) -> Query {
    let words = word::plain_words(text).into_iter().map(Query::Term).collect();
    tree::words(words).unwrap_or(Query::All)
}

fn plain_term(text: String) -> Term {
    Term { text, kind: TermKind::Stem, case: None, required: false }
}
