//! A request to its explanation: how it was read, part by part, and how many articles each part matches alone.

use rustc_hash::FxHashSet;

use super::reading::{effective, ignored, other_readings, understood};
use super::{FacetOptions, Local, MatchMode, MissingWord, Request, SearchError};
use crate::query::{Phrase, Problem, Query, Term, kind_name, parenthesised};

/// So many parts are counted; a pasted article has more than anyone reads.
const MOST_PARTS: usize = 200;
/// Of the forms of a word or pattern so many are named, the most frequent ones.
const MOST_FORMS_NAMED: usize = 50;

/// How a request was read, and what its parts match.
#[derive(Debug, Clone, Default)]
pub struct Explanation {
    /// What was typed.
    pub text: String,
    /// How it was read, with the conditions of the options.
    pub understood: String,
    /// The tree, with parentheses around all that has parts.
    pub tree: String,
    /// The tree, part by part; the conditions of the options are parts beside it.
    pub parts: Vec<Part>,
    /// How many articles satisfy all of it.
    pub total: u64,
    /// A pattern had more forms than are looked at: `total` is a lower bound.
    pub total_is_at_least: bool,
    /// What was not read as typed.
    pub problems: Vec<Problem>,
    /// Other ways to read it.
    pub readings: Vec<OtherReading>,
    /// Words found nowhere.
    pub missing: Vec<MissingWord>,
    /// Parts that are in the tree but not among `parts`, because there are too many.
    pub parts_left_out: usize,
}

/// Another way to read what was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OtherReading {
    /// The reading.
    pub understood: String,
    /// The same with parentheses around all that has parts.
    pub tree: String,
    /// How many articles it finds.
    pub total: u64,
}

/// A part of a query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Part {
    /// `word`, `phrase`, `and`, `or`, `near`, ...
    pub kind: &'static str,
    /// The part as a query of its own.
    pub text: String,
    /// How many articles it matches alone.
    pub articles: u64,
    /// It has more forms than are looked at: `articles` is a lower bound.
    pub at_least: bool,
    /// It stands beside others and weighs nothing: a stop word.
    pub ignored: bool,
    /// The forms of the index it stands for, each with its articles; the most frequent ones.
    pub forms: Vec<(String, u64)>,
    /// How many forms there are.
    pub forms_in_all: usize,
    /// What it is made of.
    pub parts: Vec<Self>,
}

impl Local {
    /// Explains a request.
    pub fn explain(&self, request: &Request) -> Result<Explanation, SearchError> {
        let query = effective(&request.query, request.mode);
        let terms = self.terms();
        let plain = Request { text: String::new(), query: Query::All, ..bare(request) };
        let mut walk = Walk {
            local: self,
            request: &plain,
            ignored: ignored(&query, request.mode, &terms),
            left: MOST_PARTS,
            left_out: 0,
        };
        let mut parts = vec![walk.part(&query, &[])?];
        for filter in &request.filters {
            parts.push(walk.part(filter, &[])?);
        }
        let parts_left_out = walk.left_out;
        let (total, total_is_at_least, missing) = self.total(request)?;
        let mut readings = Vec::new();
        for (reading, also_none) in other_readings(request, &terms) {
            let tree = parenthesised(&reading);
            let understood = crate::query::understood(&reading);
            let total = self.count(&Request { query: reading, ..request.clone() })?;
            if total > 0 || also_none {
                readings.push(OtherReading { understood, tree, total });
            }
        }
        Ok(Explanation {
            text: request.text.clone(),
            understood: understood(request, &terms),
            tree: parenthesised(&query),
            parts,
            total,
            total_is_at_least,
            problems: request.problems.clone(),
            readings,
            missing,
            parts_left_out,
        })
    }
}

/// The request without what was asked: its options and its part of the archive.
fn bare(request: &Request) -> Request {
    Request {
        text: String::new(),
        query: Query::All,
        filters: Vec::new(),
        readings: Vec::new(),
        problems: Vec::new(),
        mode: match request.mode {
            MatchMode::Any => MatchMode::Auto,
            other => other,
        },
        limit: Some(0),
        facets: FacetOptions::default(),
        ..request.clone()
    }
}

struct Walk<'a> {
    local: &'a Local,
    request: &'a Request,
    ignored: FxHashSet<*const Term>,
    /// How many parts may still be counted.
    left: usize,
    left_out: usize,
}

impl Walk<'_> {
    /// A part within the fields that stand around it, outermost first.
    fn part(&mut self, query: &Query, fields: &[&'static str]) -> Result<Part, SearchError> {
        self.left = self.left.saturating_sub(1);
        let mut whole = query.clone();
        for field in fields.iter().rev() {
            whole = Query::Field { field, inner: Box::new(whole) };
        }
        let asked = Request { query: whole, ..self.request.clone() };
        let extent = self.local.extent(&asked)?;
        let mut part = Part {
            kind: kind_name(query),
            text: crate::query::understood(&unmarked(query)),
            articles: extent.total,
            at_least: extent.at_least,
            ..Part::default()
        };
        let mut inside = fields.to_vec();
        match query {
            Query::Term(term) => {
                part.ignored = self.ignored.contains(&std::ptr::from_ref(term));
                let in_text = fields.iter().all(|field| is_in_text(field));
                if in_text {
                    let terms = self.local.terms();
                    let mut forms = terms.forms(term, &mut self.local.stemmer.borrow_mut());
                    part.forms_in_all = forms.len();
                    forms.truncate(MOST_FORMS_NAMED);
                    part.forms = forms;
                }
            }
            Query::Phrase(Phrase { words, .. }) => {
                for word in words.iter().filter(|_| words.len() > 1) {
                    self.push(&mut part, &Query::Term(word.clone()), &inside)?;
                }
            }
            Query::Words(parts) | Query::And(parts) | Query::Or(parts) => {
                for inner in parts {
                    self.push(&mut part, inner, &inside)?;
                }
            }
            Query::Near(near) => {
                self.push(&mut part, &near.left, &inside)?;
                self.push(&mut part, &near.right, &inside)?;
            }
            Query::Field { field, inner } => {
                inside.push(field);
                self.push(&mut part, inner, &inside)?;
            }
            Query::Not(inner) | Query::AtLeast { inner, .. } => {
                self.push(&mut part, inner, &inside)?;
            }
            // A weight changes nothing of what is found: what it weighs stands in its place.
            Query::Boost { inner, .. } => {
                let Part { kind, ignored, forms, forms_in_all, parts, .. } =
                    self.part(inner, fields)?;
                part = Part { kind, ignored, forms, forms_in_all, parts, ..part };
            }
            Query::All | Query::Missing { .. } | Query::Length { .. } | Query::Dates { .. } => {}
        }
        Ok(part)
    }

    fn push(
        &mut self,
        part: &mut Part,
        query: &Query,
        fields: &[&'static str],
    ) -> Result<(), SearchError> {
        if self.left == 0 {
            self.left_out += 1;
            return Ok(());
        }
        part.parts.push(self.part(query, fields)?);
        Ok(())
    }
}

/// A word as it is shown alone: that it was typed with `+` says nothing there.
fn unmarked(query: &Query) -> Query {
    match query {
        Query::Term(term) => Query::Term(Term { required: false, ..term.clone() }),
        other => other.clone(),
    }
}

/// Whether the words of a field are those of the text.
fn is_in_text(field: &str) -> bool {
    crate::field::find(field).is_some_and(|it| it.kind == crate::field::Kind::Text)
}
