//! A naive evaluator of queries, written apart from the engine, and the comparison of the two.
//!
//! | step | file |
//! |---|---|
//! | invented articles | `corpus` |
//! | their words, with positions | `words` |
//! | queries over them | `generate` |
//! | wildcards, fuzzy words, expressions | `patterns` |
//! | where a query matches in an article | `spans` |
//! | whether it holds, and what is marked | `judge` |
//! | the answer to a query | `evaluate` |
//! | random queries asked of both; a difference made small | `compare` |
//! | the engine behind the trait | `engine` |
//! | counts by field | `counts` |
//! | queries that other parsers misread | `misread` |
//! | the oracle against sentences of the language's page | `checks` |

mod checks;
mod compare;
mod corpus;
mod counts;
mod engine;
mod evaluate;
mod generate;
mod judge;
mod misread;
mod patterns;
mod rng;
mod spans;
mod words;

pub(crate) use rng::Rng;

use morgue::article::Article;
use morgue::date::Day;
use morgue::query::Query;
use morgue::search::{MatchMode, Sort};

/// What is asked of an engine.
pub(crate) trait Engine {
    /// An index of these articles, all of one root.
    fn build(articles: Vec<Article>) -> Self;

    /// The answer to a query, with all its hits; copies are hits of their own. Under `MatchMode::Any` the text is plain words.
    fn ask(&self, text: &str, options: &AskOptions) -> Answer;
}

/// How a query is asked.
#[derive(Debug, Clone)]
pub(crate) struct AskOptions {
    pub(crate) mode: MatchMode,
    pub(crate) sort: Sort,
    pub(crate) undated: bool,
    /// The flags.
    pub(crate) filters: Vec<Query>,
    pub(crate) today: Day,
}

/// What an engine answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) total: u64,
    /// The articles in the order of the hits.
    pub(crate) ids: Vec<String>,
    /// The hits satisfy only a part of the query.
    pub(crate) fallback: bool,
    pub(crate) undated: u64,
    pub(crate) imprecise: u64,
    /// The names of the rungs, and their counts.
    pub(crate) ladder: Vec<(String, u64)>,
    pub(crate) hits: Vec<OneHit>,
}

/// One article found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OneHit {
    pub(crate) id: String,
    pub(crate) rung: Option<String>,
    pub(crate) matches: u32,
    /// Marked ranges of the whole field, in scalar values.
    pub(crate) title_marks: Vec<(usize, usize)>,
    pub(crate) deck_marks: Vec<(usize, usize)>,
    /// Marked ranges of the whole body.
    pub(crate) body_marks: Vec<(usize, usize)>,
}
