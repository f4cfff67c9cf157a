//! A request to its patterns that stand for more forms than are looked at, with the numbers.

use rustc_hash::FxHashSet;

use super::plan::{MOST_FORMS, MOST_FORMS_OF_ALL, MOST_PATTERNS, Plan, aside_prefix};
use super::{Local, Request};
use crate::field::{Kind, find};
use crate::query::{Query, Term, understood};

/// A pattern that stands for more forms than are looked at: what is counted for it is a lower bound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capped {
    /// The pattern, as a query of its own.
    pub pattern: String,
    /// How many forms are looked at, the most frequent ones.
    pub looked_at: usize,
    /// How many there are.
    pub forms: usize,
}

/// How many articles satisfy a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// So many, copies included.
    pub articles: u64,
    /// Patterns with more forms than are looked at: with one, `articles` is a lower bound.
    pub capped: Vec<Capped>,
}

impl Local {
    /// The patterns of a request that stand for more forms than are looked at.
    pub fn capped(&self, request: &Request) -> Vec<Capped> {
        let mut capped = Found::default();
        for query in std::iter::once(&request.query).chain(&request.filters) {
            self.collect(query, None, &mut capped);
        }
        capped.capped
    }

    /// The same, when the plan says that there are any.
    pub(super) fn capped_of(&self, plan: &Plan, request: &Request) -> Vec<Capped> {
        if plan.capped { self.capped(request) } else { Vec::new() }
    }

    /// `prefix` is that of the terms where the words are looked for.
    fn collect(&self, query: &Query, prefix: Option<&str>, capped: &mut Found) {
        match query {
            Query::Term(term) => self.term(term, prefix, capped),
            Query::Phrase(phrase) => {
                for term in &phrase.words {
                    self.term(term, prefix, capped);
                }
            }
            Query::Words(parts) | Query::And(parts) | Query::Or(parts) => {
                for part in parts {
                    self.collect(part, prefix, capped);
                }
            }
            Query::Not(inner) | Query::AtLeast { inner, .. } | Query::Boost { inner, .. } => {
                self.collect(inner, prefix, capped);
            }
            Query::Near(near) => {
                self.collect(&near.left, prefix, capped);
                self.collect(&near.right, prefix, capped);
            }
            // The values of a field are compared one by one, all of them.
            Query::Field { field, .. } if find(field).is_some_and(|it| it.kind == Kind::Value) => {}
            Query::Field { field, inner } => self.collect(inner, aside_prefix(field), capped),
            Query::All | Query::Missing { .. } | Query::Length { .. } | Query::Dates { .. } => {}
        }
    }

    fn term(&self, term: &Term, prefix: Option<&str>, found: &mut Found) {
        let bare = Term { case: None, required: false, ..term.clone() };
        let pattern = understood(&Query::Term(bare));
        if found.patterns > MOST_PATTERNS || found.seen.contains(&pattern) {
            return;
        }
        let forms = self.terms().count_forms(term, prefix);
        if forms == 0 {
            return;
        }
        // The plan looks at as many, in the same order.
        let left = MOST_FORMS_OF_ALL.saturating_sub(found.forms);
        let within = found.patterns < MOST_PATTERNS;
        let looked_at = if within { forms.min(MOST_FORMS).min(left) } else { 0 };
        found.patterns += 1;
        found.forms += looked_at;
        if looked_at < forms {
            found.capped.push(Capped { pattern: pattern.clone(), looked_at, forms });
        }
        found.seen.insert(pattern);
    }
}

/// The patterns so far.
#[derive(Default)]
struct Found {
    capped: Vec<Capped>,
    seen: FxHashSet<String>,
    patterns: usize,
    forms: usize,
}
