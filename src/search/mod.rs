//! Query to results: which articles, in which order, and the passages that show why.
//!
//! | step | file |
//! |---|---|
//! | the query of a user made into one an index can answer | `plan`, `rows`, `ladder` |
//! | where a query matches in positioned words: the one matcher | [`spans`] |
//! | articles that satisfy it, segment by segment | `execute` |
//! | any of some words: list by list | `union` |
//! | how well, and the best of them | `score`, `frequency`, `parameters`, `ranking`, `top`, `feedback` |
//! | what to show of them | `passages`, `copies` |
//! | how it was read, with the counts of each part | `reading`, `explain` |
//! | why an article stands where it does | `standing` |
//! | the same articles one by one; counted by field, over time | `matching`, `facets`, `timeline` |
//! | the names in them | `entities` |
//! | how many articles have each field, and from where | [`coverage`] |
//! | short forms and what they stand for | `expand` |
//! | words found nowhere and what is like them; patterns with too many forms | `missing`, `nearest`, `capped` |
//! | every occurrence on a line of its own | `concordance`, `sorter` |

mod article_words;
mod articles;
mod beginnings;
mod blocks;
mod borders;
mod capped;
mod columns;
mod concordance;
mod copies;
pub mod coverage;
mod cursor;
mod dictionary;
mod distinct;
mod entities;
mod expand;
mod explain;
mod facets;
mod feedback;
mod files;
mod first_letters;
mod frequency;
mod hit;
mod kept;
mod ladder;
mod likeness;
mod local;
mod many;
mod marked;
mod matching;
mod missing;
mod nearest;
mod parameters;
mod passages;
mod patterns;
mod plan;
mod ranking;
mod reading;
mod rows;
mod same_person;
mod score;
mod sections;
mod segment;
mod sets;
mod sorter;
pub mod spans;
mod standing;
mod term_walk;
mod timeline;
mod top;
mod union;
mod values;
mod walk;
mod wildcard;
mod words;

pub use capped::{Capped, Counted};
pub use concordance::{ConcordanceOptions, Line, LineKey, LineSink, MakeScratch, Scratch};
pub use entities::{Merge, NameCount, Names};
pub use explain::{Explanation, OtherReading, Part};
pub use facets::{Facet, FacetField, FacetOptions};
pub use local::Local;
pub use marked::Marked;
pub use matching::Extent;
pub use standing::{NearScore, Standing, WordScore};
pub use timeline::{Series, Timeline};

use std::io;
use std::ops::{ControlFlow, Range};

use crate::article::{Article, Place};
use crate::date::Day;
use crate::query::{Problem, Query};

/// Answers questions: the embedded index now, a cluster later.
pub trait Backend {
    /// Answers `request`: says the head once, then the hits in order.
    fn search(&self, request: &Request, sink: &mut dyn ResultSink) -> Result<(), SearchError>;
}

/// Where results go, one by one, so that a million of them need no memory.
pub trait ResultSink {
    /// What holds for all hits; said once, before the first.
    fn head(&mut self, head: &Head) -> io::Result<()>;
    /// One hit. `Break` ends the search.
    fn hit(&mut self, hit: &Hit) -> io::Result<ControlFlow<()>>;
}

/// A question.
#[derive(Debug, Clone)]
pub struct Request {
    /// What was typed, for the record.
    pub text: String,
    /// What is asked.
    pub query: Query,
    /// Conditions that have to hold besides (flags, `--in`), and that nothing relaxes.
    pub filters: Vec<Query>,
    /// Other readings of what was typed; their counts are given.
    pub readings: Vec<crate::query::Reading>,
    /// What the parser had to say.
    pub problems: Vec<Problem>,
    /// How words side by side are taken.
    pub mode: MatchMode,
    /// Order of the hits.
    pub sort: Sort,
    /// How many hits at most; none: all.
    pub limit: Option<usize>,
    /// How many hits to leave out first.
    pub offset: usize,
    /// How many passages a hit at most.
    pub passages: usize,
    /// Whether the words of the best articles help to order all of them.
    pub feedback: bool,
    /// What the hits are for.
    pub purpose: Purpose,
    /// Whether articles count that a date condition leaves out because their date is unknown or imprecise.
    pub undated: bool,
    /// Whether exact copies are hits of their own.
    pub copies: bool,
    /// Only articles of the root with this canonical path, and under this folder of it.
    pub under: Option<Under>,
    /// What the articles are counted by.
    pub facets: FacetOptions,
    /// Today, for what counts from it.
    pub today: Day,
}

/// What hits are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Purpose {
    /// To be read: what matches is marked and counted, and there are passages.
    #[default]
    Reading,
    /// A ranking of names and scores: nothing is marked.
    Run,
    /// The same of all the archive: articles with only some of the words follow those that have all. The counts do
    /// not know them.
    FullRun,
}

/// A part of the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Under {
    /// Canonical path of the root, as in the catalog.
    pub root: String,
    /// Path below it, empty for all of it.
    pub below: String,
}

/// How words typed side by side are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MatchMode {
    /// All of them; when no article has all, those with the most.
    #[default]
    Auto,
    /// Any of them.
    Any,
    /// All of them, and nothing less.
    All,
    /// As a phrase, by stem.
    Phrase,
    /// As a phrase, in these very forms.
    Exact,
}

/// Order of the hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Best first.
    #[default]
    Relevance,
    /// Latest first; undated last.
    Newest,
    /// Earliest first; undated last.
    Oldest,
}

/// How closely the words of a query stand together in an article; best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rung {
    /// Side by side, in order.
    Phrase,
    /// Within 10 words.
    Near,
    /// In one paragraph.
    Paragraph,
    /// All words.
    All,
    /// Some of the words: the fallback.
    Some,
}

impl Rung {
    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Phrase => "phrase",
            Self::Near => "near",
            Self::Paragraph => "paragraph",
            Self::All => "all",
            Self::Some => "some",
        }
    }
}

/// What holds for all hits of a search.
#[derive(Debug, Clone, Default)]
pub struct Head {
    /// What was typed.
    pub text: String,
    /// How it was read.
    pub understood: String,
    /// What was not as typed, and what was expanded.
    pub problems: Vec<Problem>,
    /// Other readings, and how many articles each would find.
    pub readings: Vec<(String, u64)>,
    /// How many articles satisfy the query, copies included.
    pub total: u64,
    /// Set when patterns had more forms than are looked at: `total` is then a lower bound.
    pub total_is_at_least: bool,
    /// Those patterns, with the numbers.
    pub capped: Vec<Capped>,
    /// How many hits there are to page over: without copies, and in the fallback.
    pub shown: u64,
    /// The hits satisfy only part of the query.
    pub fallback: bool,
    /// Articles that match but for a date condition, and have no date.
    pub undated: u64,
    /// Articles that match but for a date condition, and whose date is known to the year or month only.
    pub imprecise: u64,
    /// With `--undated`, what it added: articles of `total` that have no date, and those whose date is too imprecise to
    /// say whether the condition holds.
    pub added: Option<Added>,
    /// Words found nowhere.
    pub missing: Vec<MissingWord>,
    /// Count of each rung, for two and three words.
    pub ladder: Vec<(Rung, u64)>,
    /// The articles that satisfy the query, counted by field.
    pub facets: Vec<Facet>,
    /// Articles in the index (or under `--in`).
    pub articles: u64,
    /// Hits left out before the first shown.
    pub offset: usize,
    /// How many were asked for.
    pub limit: Option<usize>,
    /// The order.
    pub sort: Sort,
}

/// Articles that are found although nobody knows whether a date condition holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Added {
    /// Without a date.
    pub undated: u64,
    /// With a date that is known to the year or month only.
    pub imprecise: u64,
}

/// A word that no article has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingWord {
    /// The word as typed.
    pub word: String,
    /// The forms in the index most like it, and how many articles have them.
    pub nearest: Vec<(String, u64)>,
}

/// An article found.
#[derive(Debug, Clone)]
pub struct Hit {
    /// Place in the list, counted from 1.
    pub rank: usize,
    /// How well it matches.
    pub score: f32,
    /// Its best rung, when the query has a ladder.
    pub rung: Option<Rung>,
    /// Places that match, in title, deck and body.
    pub matches: u32,
    /// The article, as far as lists show it: without the forms of its names, definitions, problems, corrections, its
    /// format, and where its values are from, but for the date.
    pub article: Article,
    /// The root it was indexed from, as it was given.
    pub root: String,
    /// Words in its body.
    pub words: u32,
    /// Matching places in the title.
    pub title_highlights: Vec<Range<usize>>,
    /// Matching places in the deck.
    pub deck_highlights: Vec<Range<usize>>,
    /// Matching places in the body.
    pub body_highlights: Vec<Range<usize>>,
    /// The passages that show the matches best.
    pub passages: Vec<Passage>,
    /// Where the same text was found again.
    pub also: Vec<Place>,
}

/// A piece of an article: text and ranges, never markup. Offsets count Unicode scalar values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The field it is from: `body`, `byline`, `dateline`, `other`.
    pub field: &'static str,
    /// Verbatim from the field.
    pub text: String,
    /// What matches, as ranges of `text`.
    pub highlights: Vec<Range<usize>>,
    /// Where it begins in the field.
    pub start: usize,
}

/// Why a search could not be answered.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The index could not be read.
    #[error("the index cannot be read")]
    Index(#[from] crate::index::IndexError),
    /// The results could not be written.
    #[error("the results cannot be written")]
    Output(#[from] io::Error),
}
