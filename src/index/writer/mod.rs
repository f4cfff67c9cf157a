//! Adds, replaces and removes articles, file by file, and commits them with the catalog.

mod document;
mod entry;
mod known;
mod merging;
mod open;

use std::collections::BTreeMap;
use std::path::Path;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::{IndexWriter, Searcher, Term};

pub use known::{Kept, Previous};

use super::analyze::Analyzed;
use super::catalog::{FileEntry, Root, Summary, file_key};
use super::date_code::day_number;
use super::directory::Failure;
use super::schema::{self, Fields, entry_id};
use super::{Index, IndexError, builder, register};
use crate::article::Article;
use crate::date::Day;
use crate::text::Lang;
use document::Columns;
use entry::Entry;
pub(in crate::index) use known::read_catalog;
use known::{hash_content, hash_id};
use merging::Merging;

/// How an index is written.
#[derive(Debug, Clone, Copy)]
pub struct WriterOptions {
    /// Threads that build segments; fewer where the memory is too little for so many.
    pub threads: usize,
    /// Bytes of memory they share before a segment is written out.
    pub memory: usize,
    /// The time, in seconds since 1970.
    pub now: u64,
    /// Today, for `added:`.
    pub today: Day,
    /// Whether others may read the index, as far as the umask lets them; once shared, it stays so.
    pub shared: bool,
}

/// Bytes that the engine needs for each thread that builds segments: with more threads than that it refuses to start.
const LEAST_MEMORY: usize = 15_000_000;

/// An index that is opened for writing. One at a time.
pub struct Writer {
    index: tantivy::Index,
    inner: IndexWriter<Entry>,
    fields: Fields,
    columns: Columns,
    options: WriterOptions,
    /// Files by key, as of the last commit and since.
    files: FxHashMap<String, FileEntry>,
    roots: Vec<Root>,
    ids: FxHashSet<u64>,
    fresh: bool,
    /// What the disk did not take.
    failure: Failure,
    merging: Merging,
}

impl Writer {
    /// Opens the index in `path` for writing, or makes one there if the folder is empty or missing.
    pub fn open(path: &Path, options: WriterOptions) -> Result<Self, IndexError> {
        let (index, directory) = open::open(path, &options)?;
        let failure = directory.failure();
        directory
            .clear_unfinished()
            .map_err(|source| IndexError::Io { path: path.to_owned(), source })?;
        let merging = Merging::of(path, directory);
        let writer = merging.explained(|| Self::over(index, options))?;
        Ok(Self { failure, merging, ..writer })
    }

    /// An index in memory, for tests.
    pub fn in_memory(options: WriterOptions) -> Result<Self, IndexError> {
        Self::over(builder().create_in_ram()?, options)
    }

    fn over(index: tantivy::Index, options: WriterOptions) -> Result<Self, IndexError> {
        register(&index);
        let inner = merging::engine(&index, options)?;
        let (_, fields) = schema::build();
        let columns = Columns::of(&index.schema())?;
        let mut writer = Self {
            index,
            inner,
            fields,
            columns,
            options,
            files: FxHashMap::default(),
            roots: Vec::new(),
            ids: FxHashSet::default(),
            fresh: true,
            failure: Failure::default(),
            merging: Merging::default(),
        };
        writer.read_what_is_known()?;
        Ok(writer)
    }

    /// Catalog and ids, as they are in the last commit.
    fn read_what_is_known(&mut self) -> Result<(), IndexError> {
        let opened = Index::over(&self.index)?;
        let searcher = opened.reader.searcher();
        self.files = read_catalog(&searcher, self.fields)?
            .into_iter()
            .map(|entry| (file_key(&entry.root, &entry.path), entry))
            .collect();
        self.ids = known::read_ids(&searcher, self.fields)?;
        self.roots = opened.summary.roots;
        self.fresh = searcher.num_docs() == 0;
        Ok(())
    }

    /// Takes back all that was added and removed since the last commit.
    pub fn rollback(&mut self) -> Result<(), IndexError> {
        self.inner.rollback().map_err(|error| why(&self.failure, error))?;
        self.read_what_is_known()
    }

    /// The catalog's entry of a file.
    pub fn file(&self, root: &str, path: &str) -> Option<&FileEntry> {
        self.files.get(&file_key(root, path))
    }

    /// All files of a root.
    pub fn files_of<'a>(&'a self, root: &'a str) -> impl Iterator<Item = &'a FileEntry> {
        self.files.values().filter(move |it| it.root == root)
    }

    /// The roots of the index.
    pub fn roots(&self) -> &[Root] {
        &self.roots
    }

    /// Adds a root, or replaces what is known of it; its number is kept or given here.
    pub fn set_root(&mut self, root: Root) {
        let next = self.roots.iter().map(|it| it.number + 1).max().unwrap_or(1);
        match self.roots.iter_mut().find(|it| it.path == root.path) {
            Some(known) => *known = Root { number: known.number, ..root },
            None => self.roots.push(Root { number: next, ..root }),
        }
    }

    /// Takes a root out of the list; its files have to be removed before.
    pub fn remove_root(&mut self, path: &str) {
        self.roots.retain(|it| it.path != path);
    }

    /// Takes out all that came from a file. To be called before its articles are added again.
    pub fn remove_file(&mut self, root: &str, path: &str) -> Result<(), IndexError> {
        self.check_once()?;
        let key = file_key(root, path);
        if !self.fresh {
            self.inner.delete_term(Term::from_field_text(self.fields.file, &key));
        }
        self.files.remove(&key);
        Ok(())
    }

    /// Takes the entry of a file out, and leaves its articles.
    pub fn remove_entry(&mut self, root: &str, path: &str) {
        let key = file_key(root, path);
        if self.files.remove(&key).is_some() {
            self.inner.delete_term(Term::from_field_text(self.fields.id, &entry_id(&key)));
        }
    }

    /// Takes out one article.
    pub fn remove_article(&mut self, id: &str) -> Result<(), IndexError> {
        self.check_once()?;
        self.inner.delete_term(Term::from_field_text(self.fields.id, id));
        self.release_ids([id]);
        Ok(())
    }

    /// Adds an article of a root.
    pub fn add(
        &self,
        article: &Article,
        root: &str,
        lang: Option<Lang>,
        analyzed: Analyzed,
    ) -> Result<(), IndexError> {
        self.add_since(article, root, lang, analyzed, (stored(article), self.today()))
    }

    /// Adds an article that came into the index on a day before.
    pub fn add_again(
        &self,
        article: &Article,
        root: &str,
        lang: Option<Lang>,
        analyzed: Analyzed,
        added: Day,
    ) -> Result<(), IndexError> {
        self.add_since(article, root, lang, analyzed, (stored(article), day_number(added)))
    }

    /// Adds an article, or leaves what its file held before under this id if that is the same. Says whether
    /// anything was written. What is left in `previous` afterwards is gone: [`Self::remove_rest`].
    pub fn add_or_keep(
        &self,
        article: &Article,
        root: &str,
        lang: Option<Lang>,
        analyzed: Analyzed,
        previous: &mut Previous,
    ) -> Result<bool, IndexError> {
        let stored = stored(article);
        let before = previous.articles.remove(&hash_id(article.id.as_bytes()));
        let stays =
            |it: &known::PreviousArticle| !it.is_stale && it.content == hash_content(&stored);
        if before.as_ref().is_some_and(stays) {
            return Ok(false);
        }
        if let Some(before) = &before {
            self.inner.delete_term(Term::from_field_text(self.fields.id, &before.id));
        }
        let added = before.map(|it| it.added).or_else(|| previous.added_at(&article.place));
        let added = added.unwrap_or_else(|| self.today());
        self.add_since(article, root, lang, analyzed, (stored, added))?;
        Ok(true)
    }

    /// Takes out the articles that a file held before and no longer has.
    pub fn remove_rest(&self, previous: Previous) {
        for gone in previous.articles.into_values() {
            self.inner.delete_term(Term::from_field_text(self.fields.id, &gone.id));
        }
    }

    fn add_since(
        &self,
        article: &Article,
        root: &str,
        lang: Option<Lang>,
        analyzed: Analyzed,
        stored_since: (String, u64),
    ) -> Result<(), IndexError> {
        self.check_once()?;
        let document = self.document(article, root, lang, analyzed, stored_since);
        self.inner.add_document(document).map_err(|error| why(&self.failure, error))?;
        Ok(())
    }

    fn today(&self) -> u64 {
        day_number(self.options.today)
    }

    /// The id an article gets: its own, or that with a number behind if another article has it.
    pub fn claim_id(&mut self, id: &str) -> String {
        if self.ids.insert(hash_id(id.as_bytes())) {
            return id.to_owned();
        }
        let mut number = 2_u32;
        loop {
            let candidate = format!("{id}-{number}");
            if self.ids.insert(hash_id(candidate.as_bytes())) {
                return candidate;
            }
            number += 1;
        }
    }

    /// Gives the ids of removed articles free again.
    pub fn release_ids<'a>(&mut self, removed: impl IntoIterator<Item = &'a str>) {
        for id in removed {
            self.ids.remove(&hash_id(id.as_bytes()));
        }
    }

    /// The articles that came from a file, as they are in the last commit.
    pub fn articles_of(&self, root: &str, path: &str) -> Result<Vec<(Article, Day)>, IndexError> {
        self.check_once()?;
        let mut articles = Vec::new();
        known::each_article(&self.searcher()?, self.fields, root, path, |stored, added, _| {
            let article = serde_json::from_str(stored)
                .map_err(|error| super::damaged_store(&error.to_string()))?;
            articles.push((article, super::date_code::number_day(added.max(1))));
            Ok(())
        })?;
        Ok(articles)
    }

    /// What a file held, as it is in the last commit.
    pub fn previous(&self, root: &str, path: &str) -> Result<Previous, IndexError> {
        self.check_once()?;
        known::previous(&self.searcher()?, self.fields, root, path)
    }

    /// Shows every article of the last commit as it is stored, with the number of its root.
    pub fn each_article(
        &self,
        mut show: impl FnMut(u64, &str) -> Result<(), IndexError>,
    ) -> Result<(), IndexError> {
        super::scan::each_article(&self.searcher()?, self.fields, |seen, stored| {
            show(seen.root, stored)
        })
    }

    fn searcher(&self) -> Result<Searcher, IndexError> {
        Ok(Index::over(&self.index)?.reader.searcher())
    }

    /// Writes the catalog's entry of a file, after its articles.
    pub fn finish_file(&mut self, entry: FileEntry) -> Result<(), IndexError> {
        self.check_once()?;
        self.remove_entry(&entry.root, &entry.path);
        let document = self.entry_document(&entry);
        self.inner.add_document(document).map_err(|error| why(&self.failure, error))?;
        self.files.insert(file_key(&entry.root, &entry.path), entry);
        Ok(())
    }

    /// The language of most articles of a root; ties and roots without any go to English.
    pub fn main_language(&self, root: &str) -> Option<Lang> {
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        for file in self.files_of(root) {
            for (language, count) in &file.languages {
                if language != "?" {
                    *counts.entry(language).or_default() += count;
                }
            }
        }
        let most = counts
            .iter()
            .max_by_key(|(code, count)| (**count, **code == "en", std::cmp::Reverse(**code)));
        Lang::from_code(most.map_or("en", |(code, _)| code))
    }

    /// What is in the index, for people and for the ranking.
    pub fn summary(&self) -> Summary {
        let mut summary = Summary {
            roots: self.roots.clone(),
            committed: self.options.now,
            ..Summary::default()
        };
        for file in self.files.values() {
            summary.articles += u64::from(file.articles);
            summary.files += 1;
            summary.lengths.add(file.lengths);
            for (language, count) in &file.languages {
                let root = self.roots.iter().find(|it| it.path == file.root);
                let analysed = if language == "?" {
                    root.and_then(|it| it.language.as_deref()).unwrap_or("en")
                } else {
                    language
                };
                *summary.languages.entry(analysed.to_owned()).or_default() += u64::from(*count);
            }
        }
        summary
    }

    /// Makes all that was added and removed visible, at once and for good.
    pub fn commit(&mut self) -> Result<(), IndexError> {
        let payload = serde_json::to_string(&self.summary()).unwrap_or_default();
        let mut prepared =
            self.inner.prepare_commit().map_err(|error| why(&self.failure, error))?;
        prepared.set_payload(&payload);
        prepared.commit().map_err(|error| why(&self.failure, error))?;
        self.fresh = false;
        Ok(())
    }
}

/// Why the engine failed: what the disk did not take says more than a writer that is dead of it.
fn why(failure: &Failure, error: tantivy::TantivyError) -> IndexError {
    match failure.first() {
        None => IndexError::Engine(error),
        Some((path, source)) => super::not_written(path, source),
    }
}

/// The same of an index that is being opened or made.
fn opening_failed(path: &Path, failure: &Failure, error: tantivy::TantivyError) -> IndexError {
    failure.first().map_or_else(
        || super::opening(path, error),
        |(path, source)| super::not_written(path, source),
    )
}

/// An article as it is stored.
fn stored(article: &Article) -> String {
    // An article is strings and numbers: it can always be written.
    serde_json::to_string(article).unwrap_or_default()
}
