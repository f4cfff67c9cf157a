//! What an index holds already: its catalog, its ids, and the articles of a file.

use std::hash::{DefaultHasher, Hasher};

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, Searcher, TERMINATED, Term};

use crate::article::{Article, Place};
use crate::index::analyze::Bounds;
use crate::index::catalog::{FileEntry, Lengths, file_key};
use crate::index::schema::{Fields, column, is_id};
use crate::index::{IndexError, damaged_store, io, stored_text};

/// The articles that came from a file when it was read before.
#[derive(Debug, Default)]
pub struct Previous {
    /// By the hash of their ids.
    pub(super) articles: FxHashMap<u64, PreviousArticle>,
    /// By their place, for files that were moved: the day they came into the index.
    added: FxHashMap<u64, u64>,
}

/// An article as it was read before.
#[derive(Debug)]
pub(super) struct PreviousArticle {
    pub(super) id: String,
    /// Hash of it as it is stored.
    pub(super) content: u64,
    /// The day it came into the index.
    pub(super) added: u64,
    /// It was analysed in another way, and has to be written again even if its text is the same.
    pub(super) is_stale: bool,
    language: Option<Box<str>>,
    lengths: Lengths,
}

/// What a file entry counts of an article that stays.
#[derive(Debug)]
pub struct Kept<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its language.
    pub language: Option<&'a str>,
    /// Its words.
    pub lengths: Lengths,
}

impl Previous {
    /// The same file under another name: it is new there, but for the day its articles came into the index.
    #[must_use]
    pub fn moved(self) -> Self {
        Self { articles: FxHashMap::default(), added: self.added }
    }

    /// None of it may stay as it is, since it was analysed in another way.
    pub fn write_all_anew(&mut self) {
        for article in self.articles.values_mut() {
            article.is_stale = true;
        }
    }

    /// The articles that have not been met again.
    pub fn rest(&self) -> impl Iterator<Item = Kept<'_>> {
        self.articles.values().map(|it| Kept {
            id: &it.id,
            language: it.language.as_deref(),
            lengths: it.lengths,
        })
    }

    /// The ids of the articles.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.articles.values().map(|it| it.id.as_str())
    }

    pub(super) fn added_at(&self, place: &Place) -> Option<u64> {
        self.added.get(&hash_place(place)).copied()
    }
}

/// The articles of a file, as they are in what the searcher sees.
pub(super) fn previous(
    searcher: &Searcher,
    fields: Fields,
    root: &str,
    path: &str,
) -> Result<Previous, IndexError> {
    let mut found = Previous::default();
    each_article(searcher, fields, root, path, |stored, added, lengths| {
        let article: Article =
            serde_json::from_str(stored).map_err(|error| damaged_store(&error.to_string()))?;
        found.added.insert(hash_place(&article.place), added);
        let key = hash_id(article.id.as_bytes());
        let before = PreviousArticle {
            id: article.id,
            content: hash_content(stored),
            added,
            is_stale: false,
            language: article.language.map(String::into_boxed_str),
            lengths,
        };
        found.articles.insert(key, before);
        Ok(())
    })?;
    Ok(found)
}

/// Shows every article of a file, as it is stored, with the day it came into the index and its words.
pub(super) fn each_article(
    searcher: &Searcher,
    fields: Fields,
    root: &str,
    path: &str,
    mut show: impl FnMut(&str, u64, Lengths) -> Result<(), IndexError>,
) -> Result<(), IndexError> {
    let term = Term::from_field_text(fields.file, &file_key(root, path));
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(fields.file)?;
        let Some(mut postings) =
            inverted.read_postings(&term, IndexRecordOption::Basic).map_err(io)?
        else {
            continue;
        };
        let store = segment.get_store_reader(2).map_err(io)?;
        let added = segment.fast_fields().u64(column::ADDED)?;
        let kinds = segment.fast_fields().u64(column::LANG)?;
        let bounds = segment.fast_fields().u64(column::BOUNDS)?;
        let words = segment.fast_fields().u64(column::WORDS)?;
        while postings.doc() != TERMINATED {
            let doc = postings.doc();
            let is_article = kinds.first(doc) != Some(crate::index::schema::NOT_AN_ARTICLE);
            if !segment.is_deleted(doc) && is_article {
                let stored = stored_text(&store, doc, fields)?;
                let bounds = Bounds::unpack(bounds.first(doc).unwrap_or(0));
                let lengths = bounds.lengths(words.first(doc).unwrap_or(0));
                show(&stored, added.first(doc).unwrap_or(0), lengths)?;
            }
            postings.advance();
        }
    }
    Ok(())
}

pub(super) fn hash_id(id: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(id);
    hasher.finish()
}

pub(super) fn hash_content(stored: &str) -> u64 {
    hash_id(stored.as_bytes())
}

fn hash_place(place: &Place) -> u64 {
    let inside = place.inside.as_deref().unwrap_or("");
    hash_id(format!("{}\0{inside}", place.record).as_bytes())
}

/// Every file entry of the index.
pub(in crate::index) fn read_catalog(
    searcher: &Searcher,
    fields: Fields,
) -> Result<Vec<FileEntry>, IndexError> {
    let term = Term::from_field_text(fields.kind, "file");
    let mut entries = Vec::new();
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(fields.kind)?;
        let Some(mut postings) =
            inverted.read_postings(&term, IndexRecordOption::Basic).map_err(io)?
        else {
            continue;
        };
        let store = segment.get_store_reader(2).map_err(io)?;
        while postings.doc() != TERMINATED {
            if !segment.is_deleted(postings.doc()) {
                let text = stored_text(&store, postings.doc(), fields)?;
                let entry = serde_json::from_str(&text)
                    .map_err(|error| damaged_store(&error.to_string()))?;
                entries.push(entry);
            }
            postings.advance();
        }
    }
    Ok(entries)
}

pub(super) fn read_ids(searcher: &Searcher, fields: Fields) -> Result<FxHashSet<u64>, IndexError> {
    let mut ids = FxHashSet::default();
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(fields.id)?;
        let mut stream = inverted.terms().stream().map_err(io)?;
        while stream.advance() {
            if is_id(stream.key()) {
                ids.insert(hash_id(stream.key()));
            }
        }
    }
    Ok(ids)
}
