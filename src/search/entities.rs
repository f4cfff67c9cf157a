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
use crate::text::legal_forms::without_form;

/// A name and its articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameCount {
    /// What it names.
    pub kind: EntityKind,
    /// As it is written most often.
    pub name: String,
    /// The other names that are taken for the same, and how many articles have each.
    pub also: Vec<(String, u64)>,
    /// Of a place whose name tells it: the code of its country. A search does not know; who asks may fill it in.
    pub country: Option<String>,
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

/// What is known of a name, or of the names that are taken for one.
#[derive(Default)]
struct Tally {
    articles: u64,
    first: Option<DateCode>,
    last: Option<DateCode>,
    /// By folded form: articles, and how it is written how often.
    names: BTreeMap<String, (u64, BTreeMap<String, u64>)>,
}

/// The names of one kind in one segment, by their number in the column.
struct Here {
    column: StrColumn,
    /// The first of those that differ in capitals and accents alone.
    name_of: Vec<u32>,
    /// The first of those that are taken for one.
    group_of: Vec<u32>,
    /// By the number of the first: articles, first and last date.
    groups: FxHashMap<u32, (u64, Option<DateCode>, Option<DateCode>)>,
    names: FxHashMap<u32, u64>,
    forms: FxHashMap<u32, u64>,
    seen: Vec<u32>,
    seen_names: Vec<u32>,
}

/// Whether names that differ in small things are taken for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Merge {
    /// Hyphens, full stops, apostrophes and the legal forms of firms do not count, nor do initials and other spellings
    /// of people that stand with the same others.
    Alike,
    /// Only capitals and accents do not count.
    Nothing,
}

impl Local {
    /// The names of these kinds in the articles of a request.
    pub fn names(
        &self,
        request: &Request,
        kinds: &[EntityKind],
        merge: Merge,
    ) -> Result<Names, SearchError> {
        let plan = self.plan(request);
        let mut names = Names::default();
        for kind in kinds {
            let (articles, mut tallies) = self.tallies(&plan, request, *kind, merge)?;
            if *kind == EntityKind::Person && merge == Merge::Alike {
                self.join_people(&mut tallies)?;
            }
            names.articles = articles;
            let mut list: Vec<NameCount> =
                tallies.into_values().map(|it| it.counted(*kind)).collect();
            list.sort_by(|a, b| b.articles.cmp(&a.articles).then_with(|| a.name.cmp(&b.name)));
            names.names.extend(list);
        }
        Ok(names)
    }

    /// Makes one of the names that are surely one person's. No article has two of them, so the counts add up.
    fn join_people(&self, tallies: &mut FxHashMap<String, Tally>) -> Result<(), IndexError> {
        let keys: Vec<&str> = tallies.keys().map(String::as_str).collect();
        for group in self.same_people(&keys)? {
            let mut parts = group.iter().filter_map(|it| tallies.remove(it));
            let Some(mut one) = parts.next() else { continue };
            for part in parts {
                one.articles += part.articles;
                one.first = one.first.into_iter().chain(part.first).min();
                one.last = one.last.into_iter().chain(part.last).reduce(latest);
                one.names.extend(part.names);
            }
            tallies.extend(group.into_iter().next().map(|it| (it, one)));
        }
        Ok(())
    }

    /// The names of one kind by what makes them one, and how many articles there are.
    fn tallies(
        &self,
        plan: &Plan,
        request: &Request,
        kind: EntityKind,
        merge: Merge,
    ) -> Result<(u64, FxHashMap<String, Tally>), IndexError> {
        let field = match kind {
            EntityKind::Person => FacetField::People,
            EntityKind::Organization => FacetField::Organizations,
            EntityKind::Place => FacetField::Places,
        };
        let mut here: Vec<Option<Here>> = Vec::new();
        for reader in self.searcher.segment_readers() {
            let column = match field.column() {
                Some(name) => reader.fast_fields().str(name)?,
                None => None,
            };
            here.push(column.map(|it| Here::new(it, kind, merge)).transpose()?);
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
            here.add_to(&mut tallies, kind, merge)?;
        }
        Ok((articles, tallies))
    }
}

impl Tally {
    fn counted(self, kind: EntityKind) -> NameCount {
        let shown = |date: Option<DateCode>| date.and_then(DateCode::shown);
        let mut names: Vec<(String, u64)> = self
            .names
            .into_values()
            .map(|(articles, forms)| {
                // Of forms as frequent as each other the first one.
                let best = forms.into_iter().rev().max_by_key(|it| it.1);
                (best.map_or_else(String::new, |it| it.0), articles)
            })
            .collect();
        names.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let mut names = names.into_iter();
        let name = names.next().map_or_else(String::new, |it| it.0);
        NameCount {
            kind,
            name,
            also: names.collect(),
            country: None,
            articles: self.articles,
            first: shown(self.first),
            last: shown(self.last),
        }
    }
}

/// What makes names one.
pub(super) fn merge_key(folded: &str, kind: EntityKind, merge: Merge) -> String {
    match merge {
        Merge::Nothing => folded.to_owned(),
        Merge::Alike => {
            let key = definition_key(folded).replace(['\'', '’'], "");
            // `Harris` is nobody of `Harris Corp`.
            let firm = without_form(&key).filter(|_| kind != EntityKind::Person);
            firm.map(str::to_owned).unwrap_or(key)
        }
    }
}

impl Here {
    fn new(column: StrColumn, kind: EntityKind, merge: Merge) -> Result<Self, IndexError> {
        let name_of = first_of(&column)?;
        let mut group_of = Vec::with_capacity(name_of.len());
        let mut first_with: FxHashMap<String, u32> = FxHashMap::default();
        let mut stream = column.dictionary().stream().map_err(io)?;
        while stream.advance() {
            let number = group_of.len();
            let name = name_of.get(number).copied().unwrap_or_default();
            if name as usize != number {
                let group = group_of.get(name as usize).copied().unwrap_or(name);
                group_of.push(group);
                continue;
            }
            let folded = stream.key().split(|it| *it == SEPARATOR).next().unwrap_or_default();
            let key = merge_key(&String::from_utf8_lossy(folded), kind, merge);
            group_of.push(*first_with.entry(key).or_insert(name));
        }
        drop(stream);
        Ok(Self {
            column,
            name_of,
            group_of,
            groups: FxHashMap::default(),
            names: FxHashMap::default(),
            forms: FxHashMap::default(),
            seen: Vec::new(),
            seen_names: Vec::new(),
        })
    }

    fn count(&mut self, doc: u32, date: DateCode) {
        self.seen.clear();
        self.seen_names.clear();
        for number in self.column.term_ords(doc) {
            let Ok(number) = u32::try_from(number) else { continue };
            let at = number as usize;
            let (Some(name), Some(group)) = (self.name_of.get(at), self.group_of.get(at)) else {
                continue;
            };
            *self.forms.entry(number).or_default() += 1;
            if !self.seen_names.contains(name) {
                self.seen_names.push(*name);
                *self.names.entry(*name).or_default() += 1;
            }
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
    fn add_to(
        self,
        tallies: &mut FxHashMap<String, Tally>,
        kind: EntityKind,
        merge: Merge,
    ) -> Result<(), IndexError> {
        let mut stream = self.column.dictionary().stream().map_err(io)?;
        let mut number = 0;
        while stream.advance() {
            let group = self.groups.get(&number);
            let (name, form) = (self.names.get(&number), self.forms.get(&number));
            number += 1;
            if group.is_none() && name.is_none() && form.is_none() {
                continue;
            }
            let Ok(key) = std::str::from_utf8(stream.key()) else { continue };
            let (folded, shown) = key.split_once(char::from(SEPARATOR)).unwrap_or((key, key));
            let tally = tallies.entry(merge_key(folded, kind, merge)).or_default();
            if let Some((articles, first, last)) = group {
                tally.articles += articles;
                tally.first = tally.first.into_iter().chain(*first).min();
                tally.last = tally.last.into_iter().chain(*last).reduce(latest);
            }
            if name.is_some() || form.is_some() {
                let (articles, forms) = tally.names.entry(folded.to_owned()).or_default();
                *articles += name.copied().unwrap_or_default();
                if let Some(form) = form {
                    *forms.entry(shown.to_owned()).or_default() += form;
                }
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
