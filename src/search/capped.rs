//! A request to its patterns that stand for more forms than are looked at, with the numbers.

use super::plan::{MOST_FORMS, Plan, aside_prefix};
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
        let mut capped = Vec::new();
        for query in std::iter::once(&request.query).chain(&request.filters) {
            self.collect(query, None, &mut capped);
        }
        capped
    }

    /// The same, when the plan says that there are any.
    pub(super) fn capped_of(&self, plan: &Plan, request: &Request) -> Vec<Capped> {
        if plan.capped { self.capped(request) } else { Vec::new() }
    }

    /// `prefix` is that of the terms where the words are looked for.
    fn collect(&self, query: &Query, prefix: Option<&str>, capped: &mut Vec<Capped>) {
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

    fn term(&self, term: &Term, prefix: Option<&str>, capped: &mut Vec<Capped>) {
        let bare = Term { case: None, required: false, ..term.clone() };
        let pattern = understood(&Query::Term(bare));
        if capped.iter().any(|it| it.pattern == pattern) {
            return;
        }
        let forms = self.terms().count_forms(term, prefix);
        if forms > MOST_FORMS {
            capped.push(Capped { pattern, looked_at: MOST_FORMS, forms });
        }
    }
}
