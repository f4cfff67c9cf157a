//! Where articles lie: the places of a page's copies, and those that order equals.

use rustc_hash::FxHashMap;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, TERMINATED, Term};

use super::Local;
use super::top::{Entry, Places};
use crate::article::Place;
use crate::index::IndexError;
use crate::index::schema::{column, copy_key};

impl Local {
    /// Where else the same texts lie, for the hits of a page.
    pub(super) fn copies(
        &self,
        entries: &[Entry],
    ) -> Result<FxHashMap<u64, Vec<Place>>, IndexError> {
        let mut copies: FxHashMap<u64, Vec<Place>> =
            entries.iter().filter(|it| it.hash != 0).map(|it| (it.hash, Vec::new())).collect();
        if copies.is_empty() {
            return Ok(copies);
        }
        for reader in self.searcher.segment_readers() {
            let inverted = reader.inverted_index(self.index().fields.id)?;
            let mut places = None;
            for (hash, found) in &mut copies {
                let term = Term::from_field_text(self.index().fields.id, &copy_key(*hash));
                let Some(mut postings) = inverted
                    .read_postings(&term, IndexRecordOption::Basic)
                    .map_err(crate::index::io)?
                else {
                    continue;
                };
                if places.is_none() {
                    places = reader.fast_fields().str(column::PLACE)?;
                }
                let Some(places) = &places else { continue };
                while postings.doc() != TERMINATED {
                    let doc = postings.doc();
                    postings.advance();
                    if !reader.is_deleted(doc) {
                        let mut text = String::new();
                        let ord = places.term_ords(doc).next().unwrap_or(0);
                        places.ord_to_str(ord, &mut text).map_err(crate::index::io)?;
                        found.push(read_place(&text));
                    }
                }
            }
        }
        for places in copies.values_mut() {
            places.sort();
        }
        Ok(copies)
    }
}

impl Places for Local {
    fn text(&self, segment: u32, place: u64) -> String {
        let mut text = String::new();
        let reader = &self.searcher.segment_readers()[segment as usize];
        if let Ok(Some(places)) = reader.fast_fields().str(column::PLACE) {
            // A place that cannot be read sorts first; `verify` says why.
            let _ = places.ord_to_str(place, &mut text);
        }
        text
    }
}

fn read_place(text: &str) -> Place {
    let mut parts = text.split('\0');
    let path = parts.next().unwrap_or("").to_owned();
    let inside = parts.next().filter(|it| !it.is_empty()).map(str::to_owned);
    let record = parts.next().and_then(|it| u32::from_str_radix(it, 16).ok()).unwrap_or(0);
    Place { path, inside, record }
}
