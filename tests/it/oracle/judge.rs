//! A query and an article -> whether it holds, which words are marked, and how many places there are.

use super::spans::{Judge, SHOWN, Scope, Span};
use morgue::query::{DateField, Phrase, Query, Term, TermKind};
use morgue::search::MatchMode;
use std::collections::BTreeSet;

impl Judge<'_> {
    /// Whether the article satisfies the query.
    pub(crate) fn holds(self, query: &Query) -> bool {
        self.holds_in(query, Scope::default())
    }

    pub(crate) fn holds_in(self, query: &Query, scope: Scope) -> bool {
        let model = &self.article.model;
        match query {
            Query::All => true,
            Query::Term(_) | Query::Phrase(_) | Query::Near(_) => {
                !self.all_spans(query, scope).is_empty()
            }
            Query::Words(parts) if self.mode == MatchMode::Any => {
                self.counting(parts).any(|it| self.holds_in(it, scope))
            }
            Query::Words(parts) | Query::And(parts) => {
                self.counting(parts).all(|it| self.holds_in(it, scope))
            }
            Query::Or(parts) => parts.iter().any(|it| self.holds_in(it, scope)),
            // The plain complement: what may be is not looked at.
            Query::Not(inner) => !Judge { undated: false, ..self }.holds_in(inner, scope),
            Query::AtLeast { count, inner } => self.count(self.all_spans(inner, scope)) >= *count,
            Query::Field { field, inner } => {
                self.holds_in(inner, Scope { field: Some(field), ..scope })
            }
            Query::Boost { inner, .. } => self.holds_in(inner, scope),
            Query::Missing { field: "date" } => model.published.is_none(),
            Query::Missing { field: "updated" } => model.updated.is_none(),
            Query::Missing { field } => !self.article.streams.iter().any(|it| it.field == *field),
            Query::Length { min, max } => {
                let body = self.article.streams.iter().find(|it| it.field == "body");
                let words = body.map_or(0, |it| it.spots.iter().filter(|it| !it.border).count());
                min.is_none_or(|it| it as usize <= words)
                    && max.is_none_or(|it| words <= it as usize)
            }
            Query::Dates { field: DateField::Published, first, last } => match model.published {
                None => self.undated,
                Some(date) => {
                    let (from, to) = (date.first(), date.last());
                    let surely =
                        first.is_none_or(|it| it <= from) && last.is_none_or(|it| to <= it);
                    let perhaps =
                        first.is_none_or(|it| it <= to) && last.is_none_or(|it| from <= it);
                    surely || self.undated && perhaps
                }
            },
            Query::Dates { field: DateField::Updated, first, last } => {
                model.updated.is_some_and(|day| {
                    first.is_none_or(|it| it <= day) && last.is_none_or(|it| day <= it)
                })
            }
            // When it came into the index is no property of an article.
            Query::Dates { field: DateField::Added, .. } => false,
        }
    }

    /// The parts of a row without the stop words that only stand beside the others.
    pub(crate) fn counting(self, parts: &[Query]) -> impl Iterator<Item = &Query> {
        let others = parts.iter().any(|part| match part {
            Query::Not(_) | Query::Missing { .. } | Query::Length { .. } | Query::Dates { .. } => {
                false
            }
            _ => !self.is_stop_word(part),
        });
        parts.iter().filter(move |part| !(others && self.is_stop_word(part)))
    }

    fn is_stop_word(self, part: &Query) -> bool {
        let Some(term) = plain_word(part) else { return false };
        let (asked, _) = super::words::asked_form(&term.text);
        self.mode != MatchMode::All
            && !term.required
            && term.kind == TermKind::Stem
            && self.corpus.majority.is_some_and(|it| it.is_stop_word(&asked))
    }

    /// The kept spans of the branches that hold.
    pub(crate) fn matches(self, query: &Query, scope: Scope) -> Vec<Span> {
        match query {
            Query::Term(_) | Query::Phrase(_) | Query::Near(_) => self.kept(query, scope),
            Query::Or(parts) => parts.iter().flat_map(|it| self.matches(it, scope)).collect(),
            Query::Words(parts) | Query::And(parts) if self.holds_in(query, scope) => {
                self.counting(parts).flat_map(|it| self.matches(it, scope)).collect()
            }
            Query::AtLeast { inner, .. } if self.holds_in(query, scope) => {
                self.matches(inner, scope)
            }
            Query::Field { field, inner } => {
                self.matches(inner, Scope { field: Some(field), ..scope })
            }
            Query::Boost { inner, .. } => self.matches(inner, scope),
            Query::Words(_)
            | Query::And(_)
            | Query::AtLeast { .. }
            | Query::All
            | Query::Not(_)
            | Query::Missing { .. }
            | Query::Length { .. }
            | Query::Dates { .. } => Vec::new(),
        }
    }

    /// The positions that are marked: words inside a kept span of every part they belong to.
    pub(crate) fn marks(self, query: &Query) -> BTreeSet<(usize, u32)> {
        let mut marks = BTreeSet::new();
        self.mark(query, Scope::default(), None, &mut marks);
        marks.retain(|(stream, _)| SHOWN.contains(&self.article.streams[*stream].field));
        marks
    }

    fn mark(
        self,
        query: &Query,
        scope: Scope,
        inside: Option<Span>,
        marks: &mut BTreeSet<(usize, u32)>,
    ) {
        let closely = Scope { close: true, ..scope };
        let kept = |query: &Query, scope: Scope| -> Vec<Span> {
            let all = self.kept(query, scope).into_iter();
            all.filter(|it| inside.is_none_or(|outer| outer.holds(*it))).collect()
        };
        match query {
            Query::Phrase(Phrase { words, window: Some(_) }) if words.len() > 1 => {
                for span in kept(query, scope) {
                    for word in words {
                        self.mark(&Query::Term(word.clone()), closely, Some(span), marks);
                    }
                }
            }
            Query::Term(_) | Query::Phrase(_) => {
                for span in kept(query, scope) {
                    marks.extend((span.first..=span.last).map(|it| (span.stream, it)));
                }
            }
            Query::Near(near) => {
                for span in kept(query, scope) {
                    self.mark(&near.left, closely, Some(span), marks);
                    if !near.negated {
                        self.mark(&near.right, closely, Some(span), marks);
                    }
                }
            }
            Query::Or(parts) => {
                for part in parts {
                    self.mark(part, scope, inside, marks);
                }
            }
            Query::Words(parts) | Query::And(parts) => {
                if self.holds_in(query, scope) {
                    for part in self.counting(parts) {
                        self.mark(part, scope, inside, marks);
                    }
                }
            }
            Query::AtLeast { inner, .. } => {
                if self.holds_in(query, scope) {
                    self.mark(inner, scope, inside, marks);
                }
            }
            Query::Field { field, inner } => {
                self.mark(inner, Scope { field: Some(field), ..scope }, inside, marks);
            }
            Query::Boost { inner, .. } => self.mark(inner, scope, inside, marks),
            Query::All
            | Query::Not(_)
            | Query::Missing { .. }
            | Query::Length { .. }
            | Query::Dates { .. } => {}
        }
    }
}

/// The word that stands here without any operator but a weight.
pub(crate) fn plain_word(query: &Query) -> Option<&Term> {
    match query {
        Query::Term(term) => {
            let plain =
                matches!(term.kind, TermKind::Stem | TermKind::Exact) && term.case.is_none();
            plain.then_some(term)
        }
        Query::Boost { inner, .. } => plain_word(inner),
        Query::All
        | Query::Phrase(_)
        | Query::Words(_)
        | Query::And(_)
        | Query::Or(_)
        | Query::Not(_)
        | Query::Near(_)
        | Query::AtLeast { .. }
        | Query::Field { .. }
        | Query::Missing { .. }
        | Query::Length { .. }
        | Query::Dates { .. } => None,
    }
}
