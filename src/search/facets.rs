//! The articles of a request counted by author, source, agency, section, language, name, year and month.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use tantivy::columnar::StrColumn;
use tantivy::index::SegmentReader;

use super::plan::Plan;
use super::segment::Segment;
use super::{Local, Request};
use crate::index::schema::VALUE_FIELDS;
use crate::index::{IndexError, io};

/// What articles are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FacetField {
    /// Who signed it.
    Authors,
    /// The publication.
    Source,
    /// The news agency.
    Agency,
    /// The section.
    Section,
    /// The language.
    Language,
    /// People named.
    People,
    /// Organizations named.
    Organizations,
    /// Places named.
    Places,
    /// The year of publication.
    Year,
    /// The month of publication; the year where no more is known.
    Month,
}

/// One row a field: its name, and the column of its values (none: the date).
const FIELDS: [(FacetField, &str, Option<&str>); 10] = [
    (FacetField::Authors, "authors", Some("by")),
    (FacetField::Source, "source", Some("source")),
    (FacetField::Agency, "agency", Some("agency")),
    (FacetField::Section, "section", Some("section")),
    (FacetField::Language, "language", Some("lang")),
    (FacetField::People, "people", Some("person")),
    (FacetField::Organizations, "organizations", Some("org")),
    (FacetField::Places, "places", Some("place")),
    (FacetField::Year, "year", None),
    (FacetField::Month, "month", None),
];

impl FacetField {
    /// Its name.
    pub fn name(self) -> &'static str {
        FIELDS.iter().find(|it| it.0 == self).map_or("", |it| it.1)
    }

    /// The field of this name; case is ignored.
    pub fn find(name: &str) -> Option<Self> {
        FIELDS.iter().find(|it| it.1.eq_ignore_ascii_case(name)).map(|it| it.0)
    }

    /// All names.
    pub fn names() -> Vec<&'static str> {
        FIELDS.iter().map(|it| it.1).collect()
    }

    pub(super) fn column(self) -> Option<&'static str> {
        let asked = FIELDS.iter().find(|it| it.0 == self).and_then(|it| it.2)?;
        VALUE_FIELDS.iter().find(|it| it.1 == asked).map(|it| it.0)
    }
}

/// Which counts are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FacetOptions {
    /// The fields, in the order they are given.
    pub fields: Vec<FacetField>,
    /// Values a field at most.
    pub limit: usize,
}

/// The counts of one field. An article with two values counts for both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// The field.
    pub field: FacetField,
    /// The values with most articles, most first; years and months in their order.
    pub values: Vec<(String, u64)>,
    /// How many values there are in all.
    pub distinct: u64,
    /// Articles without any.
    pub none: u64,
}

impl Local {
    /// Counts the articles that satisfy the plan, copies included.
    pub(super) fn facets(&self, plan: &Plan, request: &Request) -> Result<Vec<Facet>, IndexError> {
        let mut counters: Vec<_> =
            request.facets.fields.iter().map(|it| Counter::new(*it)).collect();
        if counters.is_empty() {
            return Ok(Vec::new());
        }
        let readers = self.searcher.segment_readers();
        let mut at = None;
        let mut failed = None;
        self.each_match(plan, request, &mut |number, segment| {
            if at != Some(number) && failed.is_none() {
                at = Some(number);
                failed = counters.iter_mut().find_map(|it| it.enter(&readers[number]).err());
            }
            for counter in &mut counters {
                counter.count(segment);
            }
        })?;
        if let Some(error) = failed {
            return Err(error);
        }
        counters.into_iter().map(|it| it.finish(request.facets.limit)).collect()
    }
}

/// The articles of one value, however its letters are written.
#[derive(Default)]
struct Group {
    articles: u64,
    /// How it is written, and how often.
    forms: FxHashMap<String, u64>,
}

struct Counter {
    field: FacetField,
    segment: Option<Values>,
    groups: FxHashMap<String, Group>,
    /// Year, month (0: unknown).
    months: BTreeMap<(i32, u8), u64>,
    none: u64,
}

/// The values of one segment, by their numbers.
struct Values {
    column: StrColumn,
    /// The first number of those that differ in capitals and accents alone; they follow each other.
    first_of: Vec<u32>,
    forms: Vec<u64>,
    groups: Vec<u64>,
    here: Vec<usize>,
}

impl Counter {
    fn new(field: FacetField) -> Self {
        let (groups, months) = (FxHashMap::default(), BTreeMap::new());
        Self { field, segment: None, groups, months, none: 0 }
    }

    /// Goes on to another segment.
    fn enter(&mut self, reader: &SegmentReader) -> Result<(), IndexError> {
        self.leave()?;
        let Some(name) = self.field.column() else { return Ok(()) };
        let Some(column) = reader.fast_fields().str(name)? else { return Ok(()) };
        let first_of = first_of(&column)?;
        let zeros = vec![0; first_of.len()];
        self.segment = Some(Values {
            column,
            first_of,
            forms: zeros.clone(),
            groups: zeros,
            here: Vec::new(),
        });
        Ok(())
    }

    fn count(&mut self, segment: &Segment<'_>) {
        if self.field.column().is_none() {
            self.count_date(segment);
            return;
        }
        let Some(values) = &mut self.segment else {
            self.none += 1;
            return;
        };
        values.here.clear();
        values.here.extend(
            values.column.term_ords(segment.doc()).filter_map(|it| usize::try_from(it).ok()),
        );
        values.here.sort_unstable();
        values.here.dedup();
        if values.here.is_empty() {
            self.none += 1;
        }
        let mut last = None;
        for number in &values.here {
            let (Some(form), Some(first)) =
                (values.forms.get_mut(*number), values.first_of.get(*number))
            else {
                continue;
            };
            *form += 1;
            if last != Some(*first) {
                last = Some(*first);
                values.groups[*first as usize] += 1;
            }
        }
    }

    fn count_date(&mut self, segment: &Segment<'_>) {
        let Some((first, last)) = segment.columns().date(segment.doc()).days() else {
            self.none += 1;
            return;
        };
        let (year, month, _) = last.ymd();
        let is_known = first.ymd().1 == month;
        let month = if self.field == FacetField::Month && is_known { month } else { 0 };
        *self.months.entry((year, month)).or_default() += 1;
    }

    /// Adds what was counted by number under the values themselves.
    fn leave(&mut self) -> Result<(), IndexError> {
        let Some(values) = self.segment.take() else { return Ok(()) };
        let mut stream = values.column.dictionary().stream().map_err(io)?;
        let mut number = 0;
        while stream.advance() {
            let (form, group) = (values.forms[number], values.groups[number]);
            number += 1;
            if form == 0 && group == 0 {
                continue;
            }
            let Ok(key) = std::str::from_utf8(stream.key()) else { continue };
            let (folded, shown) = key.split_once(char::from(SEPARATOR)).unwrap_or((key, key));
            let known = self.groups.entry(folded.to_owned()).or_default();
            known.articles += group;
            if form > 0 {
                *known.forms.entry(shown.to_owned()).or_default() += form;
            }
        }
        Ok(())
    }

    fn finish(mut self, limit: usize) -> Result<Facet, IndexError> {
        self.leave()?;
        let mut values: Vec<(String, u64)> = if self.field.column().is_some() {
            self.groups
                .into_values()
                .map(|it| (it.articles, it.shown()))
                .map(|(count, name)| (name, count))
                .collect()
        } else {
            let name = |(year, month): &(i32, u8)| match month {
                0 => format!("{year:04}"),
                _ => format!("{year:04}-{month:02}"),
            };
            self.months.iter().map(|(month, count)| (name(month), *count)).collect()
        };
        let distinct = values.len() as u64;
        values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        values.truncate(limit);
        if self.field.column().is_none() {
            values.sort();
        }
        Ok(Facet { field: self.field, values, distinct, none: self.none })
    }
}

/// For each number of a column the first of those that differ in capitals and accents alone.
pub(super) fn first_of(column: &StrColumn) -> Result<Vec<u32>, IndexError> {
    let mut first_of = Vec::with_capacity(column.num_terms());
    let mut last = Vec::new();
    let mut first = 0;
    let mut stream = column.dictionary().stream().map_err(io)?;
    while stream.advance() {
        let key = stream.key();
        let folded = key.split(|it| *it == SEPARATOR).next().unwrap_or(key);
        let number = u32::try_from(first_of.len()).unwrap_or(u32::MAX);
        if first_of.is_empty() || last != folded {
            first = number;
            folded.clone_into(&mut last);
        }
        first_of.push(first);
    }
    Ok(first_of)
}

impl Group {
    /// The way it is written most often.
    fn shown(self) -> String {
        let best = self.forms.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
        best.map_or_else(String::new, |it| it.0)
    }
}

/// Stands in a value of the index between the folded form and the one that is shown.
pub(super) const SEPARATOR: u8 = 0x1f;
