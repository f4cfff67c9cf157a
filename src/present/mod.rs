//! Results to bytes: for people, for programs, and the only place that knows what a terminal is.
//!
//! | output | file |
//! |---|---|
//! | lists for people | `text` |
//! | one object; the promised structs | [`json`] |
//! | one hit a line | `jsonl` |
//! | a row a hit, for spreadsheets | `csv` |
//! | the run format of retrieval experiments | `trec` |
//! | counts by field, over time | [`facets`], [`timeline`] |
//! | the lines of a concordance | [`kwic`] |
//! | how a query was read, part by part | [`explain`] |
//! | why an article stands where it does | [`standing`] |
//! | the counts of many queries; names | [`batch`], [`entities`] |
//! | how many articles have each field; those that lack one | [`coverage`] |
//! | one article, whole | [`show`] |
//! | a page of the manual | [`manual`] |
//! | what the ingester makes of a file | [`extract`] |
//!
//! Whatever comes out of an article or a query passes through [`sanitize`] before a person sees it.
//!
//! # Adding an output
//!
//! A file `x.rs` here with a unit struct that is a [`Renderer`], whose `begin` gives a
//! [`ResultRenderer`] that writes each hit as it comes and holds none, and a line in [`RENDERERS`].
//! `--format`, the help and the snapshot test know it from there.

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::search::ResultSink;

pub mod batch;
pub mod coverage;
pub mod entities;
pub mod explain;
pub mod explained;
pub mod extract;
pub mod facets;
pub mod json;
pub mod kwic;
pub mod manual;
pub mod sanitize;
pub mod show;
pub mod standing;
pub mod timeline;

mod article_facts;
mod csv;
mod jsonl;
mod paint;
mod problems;
mod text;
mod trec;
mod wrap;

#[cfg(test)]
mod sample;

pub use problems::problem_lines;
pub use text::capped_in_words;

/// All outputs; the first is what people get who ask for none.
pub static RENDERERS: &[&dyn Renderer] =
    &[&text::Text, &json::Json, &jsonl::JsonLines, &csv::Csv, &trec::Trec];

/// The output of this name.
pub fn find(name: &str) -> Option<&'static dyn Renderer> {
    RENDERERS.iter().copied().find(|renderer| renderer.name() == name)
}

/// A form that results can be written in.
pub trait Renderer: Sync {
    /// Its name after `--format`.
    fn name(&self) -> &'static str;

    /// One line for people.
    fn about(&self) -> &'static str;

    /// Whether every copy of a text is a hit of its own here; then the request asks for copies.
    fn every_copy_is_a_hit(&self) -> bool {
        false
    }

    /// Whether it is a ranking to be judged, of names and scores: nothing is marked in it, and the request may
    /// have articles with some of the words follow.
    fn is_a_run(&self) -> bool {
        false
    }

    /// Makes ready to write the results of one query to `out`.
    fn begin<'w>(
        &self,
        out: &'w mut dyn Write,
        style: Style,
        context: RenderContext,
    ) -> Box<dyn ResultRenderer + 'w>;
}

/// Writes the results of one query as they come.
pub trait ResultRenderer: ResultSink {
    /// Writes what stands after the last hit, and nothing if there was no head.
    fn end(&mut self) -> io::Result<()>;
}

/// What the place can show that the bytes go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Columns.
    pub width: usize,
    /// Whether matches and titles are set off by colour; if not, matches stand between `**`.
    pub colour: bool,
    /// Whether paths are terminal links (OSC 8).
    pub links: bool,
    /// Whether it is a terminal: then nothing raw reaches it in any format, and text that runs from
    /// right to left is isolated.
    pub terminal: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self { width: 80, colour: false, links: false, terminal: false }
    }
}

/// What a renderer has to know besides the results.
#[derive(Debug, Clone, Default)]
pub struct RenderContext {
    /// The name of the query among many (`batch`).
    pub query_id: Option<String>,
    /// Whether the results of another query stand before these in the same output, so that a header is
    /// not said again.
    pub continued: bool,
    /// Absolute path of each root, by the root as it was given; roots that are missing get no links,
    /// unless they were given by an absolute path.
    pub roots: BTreeMap<String, String>,
}
