//! Where articles lie: the places of an article's copies, and those that order equals.

use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, TERMINATED, Term};

use super::Local;
use super::distinct::Shared;
use super::top::Places;
use crate::article::{Article, Place};
use crate::index::IndexError;
use crate::index::schema::{column, copy_key};

/// Who asks more often than this is told apart which texts are in the archive more than once.
const FEW_WALKS: u32 = 8;
/// In larger archives that would take too long, and too much memory.
const MOST_ARTICLES: u64 = 1_000_000;

impl Local {
    /// Which articles share their text with others, once it is worth to know.
    pub(super) fn shared(&self) -> Option<&Shared> {
        self.walks.set(self.walks.get().saturating_add(1));
        if self.walks.get() <= FEW_WALKS || self.index().summary.articles > MOST_ARTICLES {
            return None;
        }
        let readers = self.searcher.segment_readers().iter().zip(&self.kept);
        let columns = || readers.map(|(reader, kept)| kept.columns(reader)).collect::<Vec<_>>();
        Some(self.shared.get_or_init(|| Shared::of(&columns())))
    }

    /// Where else the text of an article lies.
    pub fn copies(&self, article: &Article) -> Result<Vec<Place>, IndexError> {
        let hash = article.content_hash.get(..16).and_then(|it| u64::from_str_radix(it, 16).ok());
        let Some(hash) = hash else { return Ok(Vec::new()) };
        let key = Term::from_field_text(self.index().fields.id, &copy_key(hash));
        let mut lists = Vec::new();
        for reader in self.searcher.segment_readers() {
            let inverted = reader.inverted_index(self.index().fields.id)?;
            let list = inverted.read_postings(&key, IndexRecordOption::Basic);
            lists.extend(list.map_err(crate::index::io)?.map(|it| (reader, it)));
        }
        // Most texts lie in one place: that of the article itself.
        if lists.iter().map(|(_, list)| list.doc_freq()).sum::<u32>() < 2 {
            return Ok(Vec::new());
        }
        let mut found = Vec::new();
        for (reader, mut list) in lists {
            let Some(places) = reader.fast_fields().str(column::PLACE)? else { continue };
            while list.doc() != TERMINATED {
                let doc = list.doc();
                list.advance();
                if !reader.is_deleted(doc) {
                    let mut text = String::new();
                    let ord = places.term_ords(doc).next().unwrap_or(0);
                    places.ord_to_str(ord, &mut text).map_err(crate::index::io)?;
                    found.push(read_place(&text));
                }
            }
        }
        if let Some(own) = found.iter().position(|it| *it == article.place) {
            found.swap_remove(own);
        }
        found.sort();
        Ok(found)
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
