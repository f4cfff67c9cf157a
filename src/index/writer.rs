//! Adds, replaces and removes articles, file by file, and commits them with the catalog.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Mutex;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, IndexWriter, Searcher, TERMINATED, TantivyDocument, Term};

use super::analyze::Analyzed;
use super::catalog::{FileEntry, Root, Summary, file_key};
use super::date_code::{DateCode, day_number};
use super::schema::{Fields, NOT_AN_ARTICLE, column};
use super::{
    Index, IndexError, MARKER, Marker, builder, check_marker, io, is_vacant, register, schema,
};
use crate::article::Article;
use crate::date::{Date, Day};
use crate::text::Lang;
use crate::text::fold::fold;

/// How an index is written.
#[derive(Debug, Clone, Copy)]
pub struct WriterOptions {
    /// Threads that build segments.
    pub threads: usize,
    /// Bytes of memory they share before a segment is written out.
    pub memory: usize,
    /// The time, in seconds since 1970.
    pub now: u64,
    /// Today, for `added:`.
    pub today: Day,
}

/// An index that is opened for writing. One at a time.
pub struct Writer {
    index: tantivy::Index,
    inner: IndexWriter,
    fields: Fields,
    columns: Columns,
    options: WriterOptions,
    /// Files by key, as of the last commit and since.
    files: FxHashMap<String, FileEntry>,
    roots: Vec<Root>,
    ids: Mutex<FxHashSet<u64>>,
    fresh: bool,
}

#[derive(Clone, Copy)]
struct Columns {
    date: Field,
    updated: Field,
    added: Field,
    bounds: Field,
    words: Field,
    lang: Field,
    hash: Field,
    root: Field,
    place: Field,
}

impl Writer {
    /// Opens the index in `path` for writing, or makes one there if the folder is empty or missing.
    pub fn open(path: &Path, options: WriterOptions) -> Result<Self, IndexError> {
        let index = if is_vacant(path) {
            create(path)?
        } else {
            check_marker(path)?;
            tantivy::Index::open_in_dir(path).map_err(|error| super::opening(path, error))?
        };
        Self::over(index, options).map_err(|error| match error {
            IndexError::Engine(error) => super::opening(path, error),
            other => other,
        })
    }

    /// An index in memory, for tests.
    pub fn in_memory(options: WriterOptions) -> Result<Self, IndexError> {
        Self::over(builder().create_in_ram()?, options)
    }

    fn over(index: tantivy::Index, options: WriterOptions) -> Result<Self, IndexError> {
        register(&index);
        let inner = index.writer_with_num_threads(options.threads.max(1), options.memory)?;
        let opened = Index::over(&index)?;
        let searcher = opened.reader.searcher();
        let (_, fields) = schema::build();
        let files: FxHashMap<_, _> = read_catalog(&searcher, fields)?
            .into_iter()
            .map(|entry| (file_key(&entry.root, &entry.path), entry))
            .collect();
        let ids = read_ids(&searcher, fields)?;
        let schema = index.schema();
        let columns = Columns {
            date: schema.get_field(column::DATE)?,
            updated: schema.get_field(column::UPDATED)?,
            added: schema.get_field(column::ADDED)?,
            bounds: schema.get_field(column::BOUNDS)?,
            words: schema.get_field(column::WORDS)?,
            lang: schema.get_field(column::LANG)?,
            hash: schema.get_field(column::HASH)?,
            root: schema.get_field(column::ROOT)?,
            place: schema.get_field(column::PLACE)?,
        };
        let fresh = searcher.num_docs() == 0;
        Ok(Self {
            index,
            inner,
            fields,
            columns,
            options,
            files,
            roots: opened.summary.roots,
            ids: Mutex::new(ids),
            fresh,
        })
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
    pub fn remove_file(&mut self, root: &str, path: &str) {
        let key = file_key(root, path);
        if !self.fresh {
            self.inner.delete_term(Term::from_field_text(self.fields.file, &key));
        }
        self.files.remove(&key);
    }

    /// Adds an article of a root.
    pub fn add(
        &self,
        article: &Article,
        root: &str,
        lang: Option<Lang>,
        analyzed: &Analyzed,
    ) -> Result<(), IndexError> {
        self.inner.add_document(self.document(article, root, lang, analyzed))?;
        Ok(())
    }

    /// The id an article gets: its own, or that with a number behind if another article has it.
    pub fn claim_id(&self, id: &str) -> String {
        // A poisoned lock means that another thread panicked while it held plain data: the data is good.
        let mut ids = self.ids.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if ids.insert(hash_id(id)) {
            return id.to_owned();
        }
        let mut number = 2_u32;
        loop {
            let candidate = format!("{id}-{number}");
            if ids.insert(hash_id(&candidate)) {
                return candidate;
            }
            number += 1;
        }
    }

    /// Gives the ids of removed articles free again.
    pub fn release_ids<'a>(&self, removed: impl IntoIterator<Item = &'a str>) {
        let mut ids = self.ids.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        for id in removed {
            ids.remove(&hash_id(id));
        }
    }

    /// The articles that came from a file, as they are in the last commit.
    pub fn articles_of(&self, root: &str, path: &str) -> Result<Vec<Article>, IndexError> {
        let opened = Index::over(&self.index)?;
        let searcher = opened.reader.searcher();
        let term = Term::from_field_text(self.fields.file, &file_key(root, path));
        let mut articles = Vec::new();
        for segment in searcher.segment_readers() {
            let inverted = segment.inverted_index(self.fields.file)?;
            let Some(mut postings) =
                inverted.read_postings(&term, IndexRecordOption::Basic).map_err(io)?
            else {
                continue;
            };
            let store = segment.get_store_reader(2).map_err(io)?;
            while postings.doc() != TERMINATED {
                let doc = postings.doc();
                if !segment.is_deleted(doc)
                    && let Ok(article) = super::stored_article(&store, doc, self.fields)
                {
                    articles.push(article);
                }
                postings.advance();
            }
        }
        Ok(articles)
    }

    /// Writes the catalog's entry of a file, after its articles.
    pub fn finish_file(&mut self, entry: FileEntry) -> Result<(), IndexError> {
        let key = file_key(&entry.root, &entry.path);
        let mut document = TantivyDocument::default();
        document.add_text(self.fields.kind, "file");
        document.add_text(self.fields.file, &key);
        for field in [
            self.columns.date,
            self.columns.updated,
            self.columns.added,
            self.columns.bounds,
            self.columns.words,
            self.columns.hash,
            self.columns.root,
        ] {
            document.add_u64(field, 0);
        }
        document.add_u64(self.columns.lang, NOT_AN_ARTICLE);
        document.add_text(self.columns.place, "");
        let stored = serde_json::to_vec(&entry).unwrap_or_default();
        document.add_bytes(self.fields.stored, &stored);
        self.inner.add_document(document)?;
        self.files.insert(key, entry);
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
        let mut prepared = self.inner.prepare_commit()?;
        prepared.set_payload(&payload);
        prepared.commit()?;
        self.fresh = false;
        Ok(())
    }

    /// Commits, waits for merges, and removes files that are no longer needed.
    pub fn finish(mut self) -> Result<Index, IndexError> {
        self.commit()?;
        let index = self.index.clone();
        let _removed = self.inner.garbage_collect_files().wait()?;
        self.inner.wait_merging_threads()?;
        Index::over(&index)
    }

    fn document(
        &self,
        article: &Article,
        root: &str,
        lang: Option<Lang>,
        analyzed: &Analyzed,
    ) -> TantivyDocument {
        let mut document = TantivyDocument::default();
        let date = article.published.as_ref().and_then(|it| Date::parse_iso(&it.date));
        let updated =
            article.updated.as_deref().and_then(|it| Date::parse_iso(it.get(..10).unwrap_or(it)));
        document.add_text(self.fields.text, &analyzed.text);
        document.add_text(self.fields.aside, &analyzed.aside);
        document.add_text(self.fields.id, &article.id);
        document.add_text(self.fields.file, file_key(root, &article.place.path));
        document.add_text(self.fields.kind, "article");
        let one = |value: &Option<String>| value.iter().cloned().collect::<Vec<_>>();
        let values = [
            article.authors.clone(),
            one(&article.source),
            one(&article.agency),
            one(&article.section),
            one(&article.language),
            article.people.clone(),
            article.organizations.clone(),
            article.places.clone(),
        ];
        for (field, values) in self.fields.values.iter().zip(values) {
            for value in values {
                document.add_text(*field, value_key(&value));
            }
        }
        document.add_u64(self.columns.date, DateCode::new(date).0);
        document.add_u64(self.columns.updated, updated.map_or(0, |it| day_number(it.last())));
        document.add_u64(self.columns.added, day_number(self.options.today));
        document.add_u64(self.columns.bounds, analyzed.bounds.pack());
        document.add_u64(self.columns.words, u64::from(analyzed.words));
        document.add_u64(self.columns.lang, lang.map_or(0, |it| u64::from(it.number()) + 1));
        document.add_u64(
            self.columns.hash,
            article
                .content_hash
                .get(..16)
                .and_then(|it| u64::from_str_radix(it, 16).ok())
                .unwrap_or(0),
        );
        let number = self.roots.iter().find(|it| it.path == root).map_or(0, |it| it.number);
        document.add_u64(self.columns.root, u64::from(number));
        let place = &article.place;
        let inside = place.inside.as_deref().unwrap_or("");
        document.add_text(
            self.columns.place,
            format!("{}\0{inside}\0{:08x}", place.path, place.record),
        );
        document.add_bytes(self.fields.stored, &serde_json::to_vec(article).unwrap_or_default());
        document
    }
}

/// A value as the index holds it: folded, for looking through; as it is shown, behind it.
pub fn value_key(value: &str) -> String {
    // tantivy drops terms of 64 KiB and more without a word.
    let value = value.char_indices().nth(2_000).map_or(value, |(end, _)| &value[..end]);
    format!("{}\u{1f}{value}", fold(value))
}

fn hash_id(id: &str) -> u64 {
    use std::hash::Hasher;
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(id.as_bytes());
    hasher.finish()
}

fn create(path: &Path) -> Result<tantivy::Index, IndexError> {
    let failed = |source| IndexError::Io { path: path.to_owned(), source };
    make_private_folder(path).map_err(failed)?;
    let index = builder().create_in_dir(path).map_err(|error| super::opening(path, error))?;
    let marker = Marker {
        schema: schema::SCHEMA_VERSION,
        made_by: concat!("morgue ", env!("CARGO_PKG_VERSION")).to_owned(),
    };
    let text = serde_json::to_string(&marker).unwrap_or_default();
    fs::write(path.join(MARKER), text + "\n").map_err(failed)?;
    Ok(index)
}

/// Archives are confidential: an index is for its owner alone, whatever the umask.
fn make_private_folder(path: &Path) -> std::io::Result<()> {
    let existed = path.is_dir();
    fs::create_dir_all(path)?;
    #[cfg(unix)]
    if !existed {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(0o700))?;
    }
    #[cfg(not(unix))]
    let _ = existed;
    Ok(())
}

/// Every file entry of the index.
pub(super) fn read_catalog(
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
                let bytes = super::stored_bytes(&store, postings.doc(), fields)?;
                let entry = serde_json::from_slice(&bytes)
                    .map_err(|error| super::damaged_store(&error.to_string()))?;
                entries.push(entry);
            }
            postings.advance();
        }
    }
    Ok(entries)
}

fn read_ids(searcher: &Searcher, fields: Fields) -> Result<FxHashSet<u64>, IndexError> {
    let mut ids = FxHashSet::default();
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(fields.id)?;
        let mut stream = inverted.terms().stream().map_err(io)?;
        while stream.advance() {
            if let Some(id) =
                std::str::from_utf8(stream.key()).ok().filter(|it| !it.starts_with('='))
            {
                ids.insert(hash_id(id));
            }
        }
    }
    Ok(ids)
}
