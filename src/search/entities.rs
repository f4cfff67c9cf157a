//! The people, organizations and places of the articles of a request, with the number of articles and their first and
//! last date.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use tantivy::columnar::StrColumn;

use super::facets::{SEPARATOR, first_of};
use super::plan::Plan;
use super::{FacetField, Local, Request, SearchError};
use crate::article::EntityKind;
use crate::index::date_code::DateCode;
use crate::index::schema::definition_key;
use crate::index::{IndexError, io};

/// A name and its articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameCount {
    /// What it names.
    pub kind: EntityKind,
    /// As it is written most often.
    pub name: String,
    /// Articles, copies included.
    pub articles: u64,
    /// The earliest date, as precisely as it is known.
    pub first: Option<String>,
    /// The latest.
    pub last: Option<String>,
}

/// The names of the articles of a request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// Articles that satisfy the request.
    pub articles: u64,
    /// The names, those with most articles first, kind by kind.
    pub names: Vec<NameCount>,
}

impl Names {
    /// Leaves out a name that was asked for, and the fuller ones it is a word of.
    pub fn leave_out(&mut self, name: &str) {
        let asked = definition_key(name);
        self.names.retain(|it| {
            let key = definition_key(&it.name);
            key != asked && (asked.contains(' ') || key.split(' ').all(|word| word != asked))
        });
    }
}

/// What is known of a name, however its letters are written.
#[derive(Default)]
struct Tally {
    articles: u64,
    first: Option<DateCode>,
    last: Option<DateCode>,
    /// How it is written, and how often.
    forms: BTreeMap<String, u64>,
}

/// The names of one kind in one segment.
struct Here {
    column: StrColumn,
    first_of: Vec<u32>,
    /// By the number of the first: articles, first and last date.
    groups: FxHashMap<u32, (u64, Option<DateCode>, Option<DateCode>)>,
    forms: FxHashMap<u32, u64>,
    seen: Vec<u32>,
}

impl Local {
    /// The names of these kinds in the articles of a request.
    pub fn names(&self, request: &Request, kinds: &[EntityKind]) -> Result<Names, SearchError> {
        let plan = self.plan(request);
        let mut names = Names::default();
        for kind in kinds {
            let (articles, tallies) = self.tallies(&plan, request, *kind)?;
            names.articles = articles;
            let mut list: Vec<NameCount> = tallies
                .into_values()
                .map(|it| {
                    let shown = |date: Option<DateCode>| date.and_then(DateCode::shown);
                    // Of forms as frequent as each other the first one.
                    let best = it.forms.into_iter().rev().max_by_key(|it| it.1);
                    NameCount {
                        kind: *kind,
                        name: best.map_or_else(String::new, |it| it.0),
                        articles: it.articles,
                        first: shown(it.first),
                        last: shown(it.last),
                    }
                })
                .collect();
            list.sort_by(|a, b| b.articles.cmp(&a.articles).then_with(|| a.name.cmp(&b.name)));
            names.names.extend(list);
        }
        Ok(names)
    }

    /// The names of one kind by their folded form, and how many articles there are.
    fn tallies(
        &self,
        plan: &Plan,
        request: &Request,
        kind: EntityKind,
    ) -> Result<(u64, FxHashMap<String, Tally>), IndexError> {
        let field = match kind {
            EntityKind::Person => FacetField::People,
            EntityKind::Organization => FacetField::Organizations,
            EntityKind::Place => FacetField::Places,
        };
        let readers = self.searcher.segment_readers();
        let mut here: Vec<Option<Here>> = Vec::new();
        for reader in readers {
            let column = match field.column() {
                Some(name) => reader.fast_fields().str(name)?,
                None => None,
            };
            here.push(column.map(Here::new).transpose()?);
        }
        let mut articles = 0;
        self.each_match(plan, request, &mut |number, segment| {
            articles += 1;
            if let Some(here) = &mut here[number] {
                here.count(segment.doc(), segment.columns().date(segment.doc()));
            }
        })?;
        let mut tallies = FxHashMap::default();
        for here in here.into_iter().flatten() {
            here.add_to(&mut tallies)?;
        }
        Ok((articles, tallies))
    }
}

impl Here {
    fn new(column: StrColumn) -> Result<Self, IndexError> {
        let first_of = first_of(&column)?;
        let (groups, forms) = (FxHashMap::default(), FxHashMap::default());
        Ok(Self { column, first_of, groups, forms, seen: Vec::new() })
    }

    fn count(&mut self, doc: u32, date: DateCode) {
        self.seen.clear();
        for number in self.column.term_ords(doc) {
            let Ok(number) = u32::try_from(number) else { continue };
            let Some(group) = self.first_of.get(number as usize) else { continue };
            *self.forms.entry(number).or_default() += 1;
            if self.seen.contains(group) {
                continue;
            }
            self.seen.push(*group);
            let (articles, first, last) = self.groups.entry(*group).or_default();
            *articles += 1;
            if date.0 > 0 {
                *first = Some(first.map_or(date, |it| it.min(date)));
                *last = Some(last.map_or(date, |it| latest(it, date)));
            }
        }
    }

    /// Adds what was counted by number under the names themselves.
    fn add_to(self, tallies: &mut FxHashMap<String, Tally>) -> Result<(), IndexError> {
        let mut stream = self.column.dictionary().stream().map_err(io)?;
        let mut number = 0;
        while stream.advance() {
            let (group, form) = (self.groups.get(&number), self.forms.get(&number));
            number += 1;
            if group.is_none() && form.is_none() {
                continue;
            }
            let Ok(key) = std::str::from_utf8(stream.key()) else { continue };
            let (folded, shown) = key.split_once(char::from(SEPARATOR)).unwrap_or((key, key));
            let tally = tallies.entry(folded.to_owned()).or_default();
            if let Some((articles, first, last)) = group {
                tally.articles += articles;
                tally.first = tally.first.into_iter().chain(*first).min();
                tally.last = tally.last.into_iter().chain(*last).reduce(latest);
            }
            if let Some(form) = form {
                *tally.forms.entry(shown.to_owned()).or_default() += form;
            }
        }
        Ok(())
    }
}

/// Dates are ordered by the last day they may be; of equals the more precise one is said.
fn latest(a: DateCode, b: DateCode) -> DateCode {
    let order = |it: DateCode| (it.0 >> 2, 3 - (it.0 & 3));
    if order(b) > order(a) { b } else { a }
}
