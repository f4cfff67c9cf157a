//! The words and values of a plan that are in no article, with those of the index that are most like them.

use rustc_hash::FxHashMap;

use super::nearest::Unlike;
use super::plan::{Condition, Plan};
use super::segment::Segment;
use super::values::{ValueTest, name_words};
use super::{Local, MissingWord};
use crate::index::schema::{VALUE_FIELDS, value_parts};
use crate::query::{Query, Term, TermKind, understood};
use crate::text::fold::fold;

/// No more words than these are named: a text that was pasted has many.
const MOST_NAMED: usize = 10;
/// Of the values that are like one found nowhere so many are named.
const NEAREST: usize = 3;

/// Of each leaf and each condition, whether some article has it.
#[derive(Debug, Clone, Default)]
pub(super) struct Found {
    leaves: Vec<bool>,
    conditions: Vec<bool>,
}

/// A value that is like one found nowhere.
struct Like {
    /// How unlike it is, word by word.
    unlike: Vec<Unlike>,
    /// As it is written most often.
    shown: String,
    /// Articles that have it written so.
    most: u64,
    /// Articles that have it.
    articles: u64,
}

impl Found {
    pub(super) fn new(plan: &Plan, segments: &[Segment<'_>]) -> Self {
        let leaf = |leaf| segments.iter().any(|it| it.is_found(leaf));
        let condition = |condition| segments.iter().any(|it| it.may_hold(condition));
        Self {
            leaves: (0..plan.leaves.len()).map(leaf).collect(),
            conditions: (0..plan.conditions.len()).map(condition).collect(),
        }
    }
}

impl Local {
    /// The words that are in no article at all, and the values that no article has.
    pub(super) fn missing(&self, plan: &Plan, found: &Found) -> Vec<MissingWord> {
        let mut missing: Vec<MissingWord> = Vec::new();
        let terms = self.terms();
        for (leaf, _) in plan.leaves.iter().zip(&found.leaves).filter(|(_, found)| !**found) {
            if !leaf.shown.is_empty()
                && leaf.aside.is_none()
                && !leaf.extra
                && !missing.iter().any(|it| it.word == leaf.shown)
                && missing.len() < MOST_NAMED
            {
                missing.push(terms.nearest(&leaf.shown));
            }
        }
        for (condition, _) in
            plan.conditions.iter().zip(&found.conditions).filter(|(_, found)| !**found)
        {
            if let Condition::Value(fields, test) = &**condition
                && let Some(asked) = asked(test)
                && missing.len() < MOST_NAMED
            {
                let field = match fields.as_slice() {
                    [field] => VALUE_FIELDS.get(*field).map_or("", |it| it.1),
                    _ => "entity",
                };
                let inner = Box::new(test.asked().clone());
                let word = understood(&Query::Field { field, inner });
                if !missing.iter().any(|it| it.word == word) {
                    missing
                        .push(MissingWord { word, nearest: self.nearest_values(fields, &asked) });
                }
            }
        }
        missing
    }

    /// The values of some fields in which every word that was asked for has one like it, and how many articles have each.
    fn nearest_values(&self, fields: &[usize], asked: &[String]) -> Vec<(String, u64)> {
        let mut like: FxHashMap<String, Like> = FxHashMap::default();
        let index = self.index();
        for reader in self.searcher.segment_readers() {
            for field in fields.iter().filter_map(|it| index.fields.values.get(*it)) {
                let Ok(inverted) = reader.inverted_index(*field) else { continue };
                let Ok(mut stream) = inverted.terms().stream() else { continue };
                while stream.advance() {
                    let Ok(key) = std::str::from_utf8(stream.key()) else { continue };
                    let (folded, shown) = value_parts(key);
                    let Some(unlike) = unlike(asked, folded) else { continue };
                    let articles = u64::from(stream.value().doc_freq);
                    let known = like.entry(folded.to_owned()).or_insert_with(|| Like {
                        unlike,
                        shown: shown.to_owned(),
                        most: 0,
                        articles: 0,
                    });
                    known.articles += articles;
                    if articles > known.most {
                        known.most = articles;
                        shown.clone_into(&mut known.shown);
                    }
                }
            }
        }
        let mut nearest: Vec<Like> = like.into_values().collect();
        nearest.sort_by(|a, b| {
            let by_frequency = b.articles.cmp(&a.articles);
            a.unlike.cmp(&b.unlike).then(by_frequency).then_with(|| a.shown.cmp(&b.shown))
        });
        nearest.truncate(NEAREST);
        nearest.into_iter().map(|it| (it.shown, it.articles)).collect()
    }
}

/// The words that a value should have, folded; none for what is no name, or has no letter.
fn asked(test: &ValueTest) -> Option<Vec<String>> {
    let is_word = |term: &Term| matches!(term.kind, TermKind::Stem | TermKind::Exact);
    let words: Vec<&Term> = match test.asked() {
        Query::Term(term) => vec![term],
        Query::Phrase(phrase) => phrase.words.iter().collect(),
        // The parts of others may well be there, if not so close, or so often.
        Query::All
        | Query::Words(_)
        | Query::And(_)
        | Query::Or(_)
        | Query::Not(_)
        | Query::Near(_)
        | Query::AtLeast { .. }
        | Query::Field { .. }
        | Query::Missing { .. }
        | Query::Length { .. }
        | Query::Dates { .. }
        | Query::Boost { .. } => return None,
    };
    if !words.iter().any(|it| it.text.contains(char::is_alphanumeric)) {
        return None;
    }
    // Of a pattern there is nothing that would be like it.
    let words = words.into_iter().filter(|it| is_word(it));
    Some(words.flat_map(|it| name_words(&fold(&it.text))).collect())
}

/// How unlike a folded value is, word by word; none if a word has none like it.
fn unlike(asked: &[String], folded: &str) -> Option<Vec<Unlike>> {
    if asked.is_empty() {
        return None;
    }
    let words = name_words(folded);
    let best = |asked: &String| {
        let equal = words.iter().find(|it| *it == asked).map(|it| Unlike::new(asked, it));
        equal.or_else(|| words.iter().filter_map(|it| Unlike::within(asked, it)).min())
    };
    asked.iter().map(best).collect()
}
