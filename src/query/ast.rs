//! The query as a tree: plain data that any engine can run.

use crate::date::Day;

/// What is asked for.
#[derive(Debug, Clone, PartialEq)]
pub enum Query {
    /// Every article.
    All,
    /// A word or a pattern.
    Term(Term),
    /// Words in a row, or (with `window`) in any order close together.
    Phrase(Phrase),
    /// Words typed side by side: all of them, unless the match mode says otherwise. At least two parts; never nested.
    Words(Vec<Self>),
    /// All of these; typed with `AND`, `&`, `+`. At least two parts.
    And(Vec<Self>),
    /// Any of these. At least two parts.
    Or(Vec<Self>),
    /// Every article that this does not match.
    Not(Box<Self>),
    /// Two parts close to each other.
    Near(Box<Near>),
    /// At least so many places.
    AtLeast {
        /// How many.
        count: u32,
        /// Of what.
        inner: Box<Self>,
    },
    /// The inner query, asked of one field. `Length`, `Date`, `None` stay outside.
    Field {
        /// Which field, by its name in the table of fields.
        field: &'static str,
        /// What is asked of it.
        inner: Box<Self>,
    },
    /// Articles in which the field is empty: `by:none`, `date:none`.
    Missing {
        /// Which field.
        field: &'static str,
    },
    /// Words in the body, both ends included.
    Length {
        /// At least.
        min: Option<u32>,
        /// At most.
        max: Option<u32>,
    },
    /// A span of days, both ends included.
    Dates {
        /// Which date.
        field: DateField,
        /// First day.
        first: Option<Day>,
        /// Last day.
        last: Option<Day>,
    },
    /// A part that weighs more or less in the ranking.
    Boost {
        /// The factor; above 0.
        weight: f32,
        /// The part.
        inner: Box<Self>,
    },
}

/// One word or pattern as typed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Term {
    /// The word as typed, without the signs of the operator; a regular expression without its slashes.
    pub text: String,
    /// How it is compared with the words of an article.
    pub kind: TermKind,
    /// What is asked of its letters' case.
    pub case: Option<Case>,
    /// Typed with `+` or as an operand of an operator: counts even if it is a stop word.
    pub required: bool,
}

/// How a term is compared with a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TermKind {
    /// Any form with the same stem.
    Stem,
    /// This very form, case and accents ignored.
    Exact,
    /// With `*` (or a final `!`, written `*` here) for any letters and `?` for one.
    Wildcard,
    /// Up to so many letters different.
    Fuzzy(u8),
    /// A regular expression over whole folded forms.
    Regex,
}

/// What is asked of a word's capitals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Case {
    /// At least one capital: `caps(turkey)`.
    Some,
    /// All capitals: `allcaps(us)`.
    All,
    /// No capital: `nocaps(turkey)`.
    None,
}

/// Several words that belong together.
#[derive(Debug, Clone, PartialEq)]
pub struct Phrase {
    /// The words, in order; patterns and exact words among them.
    pub words: Vec<Term>,
    /// `"a b"~5`: all words, in any order, with at most so many other words in the window.
    pub window: Option<u32>,
}

/// Two parts and the distance allowed between them.
#[derive(Debug, Clone, PartialEq)]
pub struct Near {
    /// Left operand.
    pub left: Query,
    /// Right operand.
    pub right: Query,
    /// Within what.
    pub within: Within,
    /// Left has to come first (`pre/n`).
    pub ordered: bool,
    /// `not w/n`: a left with no right so close.
    pub negated: bool,
}

/// How near is near.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// So many words; neighbours are 1 apart.
    Words(u32),
    /// One sentence.
    Sentence,
    /// One paragraph.
    Paragraph,
}

/// The dates an article has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateField {
    /// Published.
    Published,
    /// Changed by its source.
    Updated,
    /// Came into the index.
    Added,
}
