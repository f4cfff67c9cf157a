//! The articles of an index -> how many have each field and from where, and those that lack one.
//!
//! Counted over what is stored, so that the numbers cannot differ from what `show` prints.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::PathBuf;

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::article::{Article, Place};
use crate::index::catalog::Root;
use crate::index::scan::each_article;
use crate::index::{Index, IndexError, io, stored_article};

/// A field that is counted.
pub struct Covered {
    /// Its name, as in the JSON of an article.
    pub name: &'static str,
    /// What people call it.
    pub label: &'static str,
    /// Other names for it.
    aliases: &'static [&'static str],
    has: fn(&Facts<'_>) -> bool,
}

/// The fields that are counted, in the order they are shown.
pub static COVERED: &[Covered] = &[
    row("title", "title", &["headline"], |it| it.title.is_some()),
    row("deck", "deck", &["standfirst"], |it| it.deck.is_some()),
    row("authors", "author", &["by"], |it| !it.authors.is_empty()),
    row("agency", "agency", &[], |it| it.agency.is_some()),
    row("published", "date", &[], |it| it.published.is_some()),
    row("updated", "updated", &[], |it| it.updated.is_some()),
    row("dateline", "dateline", &[], |it| it.dateline.is_some()),
    row("source", "source", &["publication"], |it| it.source.is_some()),
    row("section", "section", &["category"], |it| it.section.is_some()),
    row("language", "language", &["lang"], |it| it.language.is_some()),
    row("url", "url", &[], |it| it.url.is_some()),
    row("people", "people", &["person"], |it| !it.people.is_empty()),
    row("organizations", "organizations", &["org", "organization"], |it| {
        !it.organizations.is_empty()
    }),
    row("places", "places", &["place"], |it| !it.places.is_empty()),
];

const fn row(
    name: &'static str,
    label: &'static str,
    aliases: &'static [&'static str],
    has: fn(&Facts<'_>) -> bool,
) -> Covered {
    Covered { name, label, aliases, has }
}

impl Covered {
    /// The field that goes by this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        COVERED.iter().find(|it| it.names().any(|known| known.eq_ignore_ascii_case(name)))
    }

    /// All names it goes by.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        [self.label, self.name].into_iter().chain(self.aliases.iter().copied())
    }
}

/// What is counted of an article; the rest of it is passed over as it is read.
#[derive(Deserialize)]
struct Facts<'a> {
    title: Option<IgnoredAny>,
    deck: Option<IgnoredAny>,
    #[serde(default)]
    authors: Vec<IgnoredAny>,
    agency: Option<IgnoredAny>,
    #[serde(borrow)]
    published: Option<Day<'a>>,
    published_partial: Option<IgnoredAny>,
    updated: Option<IgnoredAny>,
    dateline: Option<IgnoredAny>,
    source: Option<IgnoredAny>,
    section: Option<IgnoredAny>,
    language: Option<IgnoredAny>,
    url: Option<IgnoredAny>,
    #[serde(default)]
    people: Vec<IgnoredAny>,
    #[serde(default)]
    organizations: Vec<IgnoredAny>,
    #[serde(default)]
    places: Vec<IgnoredAny>,
    #[serde(borrow, default)]
    provenance: BTreeMap<Cow<'a, str>, Cow<'a, str>>,
    #[serde(borrow)]
    place: Lies<'a>,
}

#[derive(Deserialize)]
struct Day<'a> {
    #[serde(borrow)]
    date: Cow<'a, str>,
}

#[derive(Deserialize)]
struct Lies<'a> {
    #[serde(borrow)]
    path: Cow<'a, str>,
    #[serde(borrow)]
    inside: Option<Cow<'a, str>>,
    record: u32,
}

/// How many articles have each field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// All articles.
    pub articles: u64,
    /// A row a field, as in [`COVERED`].
    pub fields: Vec<FieldCoverage>,
    /// Of those with a date: known to the day, the month, the year.
    pub precision: [u64; 3],
    /// Articles of which the day and the month are known, and nothing else of the date.
    pub without_year: u64,
}

/// How many articles have one field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldCoverage {
    /// Those that have it.
    pub articles: u64,
    /// The same by where it is from.
    pub from: BTreeMap<String, u64>,
}

/// Counts, over all articles, which have each field and from where.
pub fn coverage(index: &Index) -> Result<Coverage, IndexError> {
    let fields = vec![FieldCoverage::default(); COVERED.len()];
    let mut coverage = Coverage { fields, ..Coverage::default() };
    each_article(&index.reader.searcher(), index.fields, |_, stored| {
        coverage.count(&facts(stored)?);
        Ok(())
    })?;
    Ok(coverage)
}

/// Shows all articles that lack a field, by root, file and place in it, until told to stop.
pub fn lacking(
    index: &Index,
    field: &Covered,
    mut show: impl FnMut(&Root, Article) -> ControlFlow<()>,
) -> Result<(), IndexError> {
    let searcher = index.reader.searcher();
    let mut lacking = Vec::new();
    each_article(&searcher, index.fields, |seen, stored| {
        let facts = facts(stored)?;
        if !(field.has)(&facts) {
            let Lies { path, inside, record } = facts.place;
            let (path, inside) = (path.into_owned(), inside.map(Cow::into_owned));
            lacking.push((seen.root, Place { path, inside, record }, seen.address));
        }
        Ok(())
    })?;
    // Segments know no order. Only places are kept, and each article is read again when its turn comes.
    lacking.sort();
    let unknown = Root::default();
    let stores = searcher.segment_readers().iter().map(|it| it.get_store_reader(4));
    let stores = stores.collect::<Result<Vec<_>, _>>().map_err(io)?;
    for (root, _, address) in lacking {
        let Some(store) = stores.get(address.segment_ord as usize) else { continue };
        let article = stored_article(store, address.doc_id, index.fields)?;
        let root = index.summary.roots.iter().find(|it| u64::from(it.number) == root);
        if show(root.unwrap_or(&unknown), article).is_break() {
            break;
        }
    }
    Ok(())
}

fn facts(stored: &str) -> Result<Facts<'_>, IndexError> {
    serde_json::from_str(stored)
        .map_err(|error| IndexError::Damaged { path: PathBuf::new(), reason: error.to_string() })
}

impl Coverage {
    fn count(&mut self, facts: &Facts<'_>) {
        self.articles += 1;
        for (field, counted) in COVERED.iter().zip(&mut self.fields) {
            if !(field.has)(facts) {
                continue;
            }
            counted.articles += 1;
            let from = facts.provenance.get(field.name).map_or("not noted", |it| it.as_ref());
            match counted.from.get_mut(from) {
                Some(count) => *count += 1,
                None => {
                    counted.from.insert(from.to_owned(), 1);
                }
            }
        }
        match &facts.published {
            Some(day) => {
                let known = match day.date.bytes().filter(|it| *it == b'-').count() {
                    0 => 2,
                    1 => 1,
                    2.. => 0,
                };
                if let Some(count) = self.precision.get_mut(known) {
                    *count += 1;
                }
            }
            None => self.without_year += u64::from(facts.published_partial.is_some()),
        }
    }
}
