//! Whether an index is as it was written: its files, its catalog, and, if asked, every article.

use std::fs;
use std::path::Path;

use rustc_hash::FxHashMap;
use tantivy::Term;
use tantivy::collector::Count;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;

use super::catalog::file_key;
use super::directory::{fault_of, unseal};
use super::schema::{NOT_AN_ARTICLE, column};
use super::{Index, IndexError, META, check_marker, io, is_unborn, stored_article};

/// Something that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Damage {
    /// The file of the index, or the file of the archive.
    pub at: String,
    /// What is wrong.
    pub what: String,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// What is damaged, sorted.
    pub damages: Vec<Damage>,
    /// Articles of the index.
    pub articles: u64,
    /// Files of the catalog.
    pub files: u64,
    /// Bytes of the index that were read.
    pub bytes: u64,
}

/// Checks every file of the index, and its catalog against what it holds; `deep` reads every article too.
pub fn verify(path: &Path, deep: bool) -> Result<Verified, IndexError> {
    let mut verified = Verified::default();
    check_marker(path)?;
    if is_unborn(path) {
        return Err(IndexError::Missing { path: path.to_owned() });
    }
    check_files(path, &mut verified);
    if verified.damages.is_empty() {
        check_catalog(&Index::open(path)?, deep, &mut verified)?;
    }
    verified.damages.sort();
    Ok(verified)
}

fn damage(at: &str, what: impl Into<String>) -> Damage {
    Damage { at: at.to_owned(), what: what.into() }
}

fn check_files(path: &Path, verified: &mut Verified) {
    let found = &mut verified.damages;
    let managed = fs::read(path.join(".managed.json"));
    match managed.map(|it| unseal(&it).is_ok()) {
        Ok(true) => {}
        Ok(false) => found.push(damage(".managed.json", "it is not as it was written")),
        Err(error) => found.push(damage(".managed.json", error.to_string())),
    }
    let meta = match fs::read(path.join(META)) {
        Ok(meta) => meta,
        Err(error) => return found.push(damage(META, error.to_string())),
    };
    let Ok((_, sums)) = unseal(&meta) else {
        return found.push(damage(META, "it is not as it was written"));
    };
    for (name, written) in sums {
        match fault_of(&path.join(&name), written) {
            None => verified.bytes += written.0,
            Some(what) => found.push(damage(&name, what)),
        }
    }
}

fn check_catalog(index: &Index, deep: bool, verified: &mut Verified) -> Result<(), IndexError> {
    let found = &mut verified.damages;
    let searcher = index.reader.searcher();
    let kind = |name| {
        let term = Term::from_field_text(index.fields.kind, name);
        searcher.search(&TermQuery::new(term, IndexRecordOption::Basic), &Count)
    };
    let (articles, entries) = (kind("article")? as u64, kind("file")? as u64);
    let mut said: FxHashMap<String, u64> = FxHashMap::default();
    for file in index.files()? {
        let key = file_key(&file.root, &file.path);
        if !index.summary.roots.iter().any(|it| it.path == file.root) {
            found.push(damage(&file.path, "its root is not in the catalog"));
        }
        let term = Term::from_field_text(index.fields.file, &key);
        let documents =
            searcher.search(&TermQuery::new(term, IndexRecordOption::Basic), &Count)? as u64;
        // The entry itself goes by the same key.
        let lying = documents.saturating_sub(1);
        if lying != u64::from(file.articles) {
            let what =
                format!("{lying} articles are in the index, the catalog says {}", file.articles);
            found.push(damage(&file.path, what));
        }
        said.insert(key, lying);
    }
    if entries != said.len() as u64 {
        found.push(damage("catalog", format!("{entries} entries for {} files", said.len())));
    }
    for (what, lying, sum) in [
        ("articles", articles, index.summary.articles),
        ("files", entries, index.summary.files),
        ("articles by file", said.values().sum(), articles),
    ] {
        if lying != sum {
            found.push(damage(
                "catalog",
                format!("{what}: {lying} are there, the commit says {sum}"),
            ));
        }
    }
    verified.articles = articles;
    verified.files = entries;
    if deep {
        for segment in searcher.segment_readers() {
            let store = segment.get_store_reader(10).map_err(io)?;
            let kinds = segment.fast_fields().u64(column::LANG)?;
            let hashes = segment.fast_fields().u64(column::HASH)?;
            for doc in segment.doc_ids_alive() {
                if kinds.first(doc) == Some(NOT_AN_ARTICLE) {
                    continue;
                }
                match stored_article(&store, doc, index.fields) {
                    Ok(article) => {
                        let content = article.hash_of_content();
                        if article.content_hash != content
                            || hashes.first(doc) != Some(leading_bits(&content))
                        {
                            let what = format!("article `{}`: its hash is another", article.id);
                            found.push(damage(&article.place.path, what));
                        }
                    }
                    Err(error) => found.push(damage("an article", error.to_string())),
                }
            }
        }
    }
    Ok(())
}

/// The first 64 bits of a content hash, as the column holds them.
fn leading_bits(content: &str) -> u64 {
    let leading = content.get(..16);
    leading.and_then(|it| u64::from_str_radix(it, 16).ok()).unwrap_or(0)
}
