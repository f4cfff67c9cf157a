//! The lines of `corrections.jsonl` -> what people say of articles, put in the place of what was found.
//!
//! Lines are only ever added; of two that speak of one field the later holds. An article goes by the identifier its
//! source gives it, or by the hash of its content as found: neither changes with the index or with the place of the file.

mod fields;
mod lines;

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

pub use fields::{FIELDS, Field, NoCorrection, find, first_day, there_are};
pub use lines::{BrokenLine, Line, is_line};

use super::claims::note;
use crate::article::{Article, Corrected, Place};

/// Where corrected values are from.
pub const CORRECTION: &str = "correction";

/// All that holds of a file of corrections.
#[derive(Debug, Default)]
pub struct Corrections {
    by_key: FxHashMap<String, Vec<Kept>>,
    count: usize,
}

/// What is said under one key.
#[derive(Debug)]
struct Kept {
    number: usize,
    only_in: Option<String>,
    /// What it is about, for people.
    about: Option<String>,
    /// By the number of the field: the line that says it, and the values.
    values: BTreeMap<usize, (usize, Vec<String>)>,
}

/// What a correction may go by: parts of an article as it was found.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The source's own identifier.
    pub source_id: Option<&'a str>,
    /// The hash of its content.
    pub content_hash: &'a str,
    /// Where it lies.
    pub place: &'a Place,
}

impl<'a> Known<'a> {
    /// What an article may be known by.
    pub fn of(article: &'a Article) -> Self {
        let (source_id, place) = (article.source_id.as_deref(), &article.place);
        Self { source_id, content_hash: &article.content_hash, place }
    }

    /// The key of the source's own identifier.
    pub fn source_key(&self) -> Option<String> {
        self.source_id.map(|it| format!("id:{it}"))
    }

    /// The key of the content.
    pub fn content_key(&self) -> String {
        format!("content:{}", self.content_hash)
    }

    fn keys(&self) -> impl Iterator<Item = String> {
        self.source_key().into_iter().chain([self.content_key()])
    }
}

impl Corrections {
    /// Reads the lines of a file; a line that cannot be read is named and stops no other.
    pub fn read(bytes: &[u8]) -> (Self, Vec<BrokenLine>) {
        let mut corrections = Self::default();
        let mut broken = Vec::new();
        for (number, line) in lines::lines(bytes) {
            match Line::read(line) {
                Ok(line) => corrections.take(number, line),
                Err(reason) => broken.push(BrokenLine { line: number, reason }),
            }
        }
        for kept in corrections.by_key.values_mut() {
            kept.retain(|it| !it.values.is_empty());
        }
        corrections.by_key.retain(|_, kept| !kept.is_empty());
        corrections.count = corrections.by_key.values().map(Vec::len).sum();
        (corrections, broken)
    }

    fn take(&mut self, number: usize, line: Line) {
        let kept = self.by_key.entry(line.key).or_default();
        let at = kept.iter().position(|it| it.only_in == line.only_in).unwrap_or(kept.len());
        if at == kept.len() {
            let (only_in, values) = (line.only_in, BTreeMap::new());
            kept.push(Kept { number, only_in, about: None, values });
        }
        let Some(kept) = kept.get_mut(at) else { return };
        kept.about = line.about.or(kept.about.take());
        for field in line.undo {
            kept.values.remove(&field);
        }
        for (field, values) in line.fields {
            kept.values.insert(field, (number, values));
        }
    }

    /// How many articles something is said of.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Puts what is said of an article in the place of what was found.
    pub fn apply(&self, article: &mut Article) {
        if self.count == 0 {
            return;
        }
        let said = self.said_of(Known::of(article));
        for (number, values) in said {
            let Some(field) = FIELDS.get(number) else { continue };
            let before = field.of(article);
            let before_from = before.as_ref().and_then(|_| {
                let partial = article.provenance.get("published_partial");
                let from = article.provenance.get(field.name);
                from.or(partial.filter(|_| field.name == "published")).cloned()
            });
            field.set(values, article);
            note(article, field.name, CORRECTION);
            let (field, to) = (field.name.to_owned(), values.to_vec());
            article.corrected.push(Corrected { field, to, before, before_from });
        }
    }

    /// Whether an article that was corrected so is as it would be corrected now.
    pub fn is_applied(&self, known: Known<'_>, corrected: &[Corrected]) -> bool {
        let said = self.said_of(known);
        said.len() == corrected.len()
            && said.iter().zip(corrected).all(|((number, values), it)| {
                FIELDS.get(*number).is_some_and(|field| field.name == it.field) && **values == it.to
            })
    }

    /// The fields that something is said of, by number, with the values.
    pub fn said_of(&self, known: Known<'_>) -> BTreeMap<usize, &[String]> {
        let mut latest: BTreeMap<usize, &(usize, Vec<String>)> = BTreeMap::new();
        for (_, kept) in self.kept_for(known) {
            for (field, said) in &kept.values {
                let before = latest.entry(*field).or_insert(said);
                if before.0 < said.0 {
                    *before = said;
                }
            }
        }
        latest.into_iter().map(|(field, said)| (field, said.1.as_slice())).collect()
    }

    /// The lines that take back what is said of an article in some fields, or in all.
    pub fn undo(&self, known: Known<'_>, fields: &[usize]) -> Vec<Line> {
        let mut undone = Vec::new();
        for (key, kept) in self.kept_for(known) {
            let all = kept.values.keys().copied();
            let undo: Vec<_> = all.filter(|it| fields.is_empty() || fields.contains(it)).collect();
            if !undo.is_empty() {
                let (only_in, about) = (kept.only_in.clone(), kept.about.clone());
                undone.push(Line { key, only_in, undo, about, ..Line::default() });
            }
        }
        undone
    }

    /// Takes note of what fits an article.
    pub fn mark_fitting(&self, known: Known<'_>, fitting: &mut FxHashSet<usize>) {
        fitting.extend(self.kept_for(known).into_iter().map(|(_, kept)| kept.number));
    }

    /// What fits none of the articles that were marked: what it is about, else its key; in the order of the file.
    pub fn unfit(&self, fitting: &FxHashSet<usize>) -> Vec<String> {
        let all = self.by_key.iter().flat_map(|(key, kept)| kept.iter().map(move |it| (key, it)));
        let mut unfit: Vec<_> = all.filter(|(_, it)| !fitting.contains(&it.number)).collect();
        unfit.sort_by_key(|(_, it)| it.number);
        unfit.into_iter().map(|(key, it)| it.about.clone().unwrap_or_else(|| key.clone())).collect()
    }

    fn kept_for(&self, known: Known<'_>) -> Vec<(String, &Kept)> {
        let mut found = Vec::new();
        if self.count == 0 {
            return found;
        }
        for key in known.keys() {
            for kept in self.by_key.get(&key).into_iter().flatten() {
                if kept.only_in.as_deref().is_none_or(|it| is_tail(it, &place_of(known.place))) {
                    found.push((key.clone(), kept));
                }
            }
        }
        found
    }
}

/// A place without the number of the record, which changes when one is inserted.
pub fn place_of(place: &Place) -> String {
    Place { record: 0, ..place.clone() }.to_string()
}

/// Whether one of two paths is the end of the other: roots may begin higher or lower.
fn is_tail(one: &str, other: &str) -> bool {
    let (long, short) = if one.len() < other.len() { (other, one) } else { (one, other) };
    long.strip_suffix(short).is_some_and(|it| it.is_empty() || it.ends_with('/'))
}

#[cfg(test)]
mod tests;
