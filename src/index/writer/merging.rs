//! When segments are merged: never before their files were found as they were written, and one way at a time.
//!
//! What is merged is written anew with sums of its own: damage that is not noticed before is never noticed after.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};

use tantivy::IndexWriter;
use tantivy::indexer::{LogMergePolicy, NoMergePolicy};

use super::entry::Entry;
use super::{LEAST_MEMORY, Writer, WriterOptions, opening_failed, why};
use crate::index::directory::Sealed;
use crate::index::{Index, IndexError, META};

/// What a writer knows of the files it would merge.
#[derive(Default)]
pub(super) struct Merging {
    /// Where they lie; none for an index in memory.
    lying: Option<Lying>,
    /// Whether they were checked, and so may be merged.
    checked: Cell<bool>,
}

/// A folder that is held for writing.
struct Lying {
    path: PathBuf,
    directory: Sealed,
}

impl Drop for Lying {
    fn drop(&mut self) {
        self.directory.release();
    }
}

impl Merging {
    pub(super) fn of(path: &Path, directory: Sealed) -> Self {
        let lying = Some(Lying { path: path.to_owned(), directory });
        Self { lying, checked: Cell::new(false) }
    }

    /// Says what is damaged, if anything is.
    fn check(&self) -> Result<(), IndexError> {
        let Some(lying) = &self.lying else { return Ok(()) };
        lying.directory.first_fault().map_or(Ok(()), |(name, what)| {
            let reason = format!("`{name}`: {what}");
            Err(IndexError::Damaged { path: lying.path.clone(), reason })
        })
    }

    /// Opens a writer. The engine fails at damage, or panics, without a word on what is damaged: that is looked for.
    pub(super) fn explained(
        &self,
        open: impl FnOnce() -> Result<Writer, IndexError>,
    ) -> Result<Writer, IndexError> {
        match catch_unwind(AssertUnwindSafe(open)) {
            Ok(Ok(writer)) => Ok(writer),
            Ok(Err(error)) => {
                self.check()?;
                Err(match (error, &self.lying) {
                    (IndexError::Engine(error), Some(lying)) => {
                        opening_failed(&lying.path, &lying.directory.failure(), error)
                    }
                    (error, _) => error,
                })
            }
            Err(panic) => {
                self.check()?;
                resume_unwind(panic)
            }
        }
    }
}

/// A writer of the engine. It merges nothing until it is told that it may.
pub(super) fn engine(
    index: &tantivy::Index,
    options: WriterOptions,
) -> Result<IndexWriter<Entry>, IndexError> {
    let threads = options.threads.clamp(1, (options.memory / LEAST_MEMORY).max(1));
    let engine = index.writer_with_num_threads(threads, options.memory)?;
    engine.set_merge_policy(Box::new(NoMergePolicy));
    Ok(engine)
}

impl Writer {
    /// Refuses to change an index that is not as it was written. It is read when something is to be changed for the
    /// first time: a run that finds nothing new costs no more for it, and merges nothing.
    pub(super) fn check_once(&self) -> Result<(), IndexError> {
        if self.merging.checked.get() {
            return Ok(());
        }
        self.merging.check()?;
        self.merging.checked.set(true);
        self.inner.set_merge_policy(Box::new(LogMergePolicy::default()));
        Ok(())
    }

    /// Merges segments until nothing is left of what was replaced or removed: all into one, or those alone that
    /// hold such articles.
    pub fn compact(&mut self, all: bool) -> Result<(), IndexError> {
        self.check_once()?;
        // A segment that is merged already in the background can be gone when it is to be merged here.
        self.inner.set_merge_policy(Box::new(NoMergePolicy));
        self.commit()?;
        self.wait_for_merges()?;
        let segments = self.index.searchable_segment_metas()?;
        let has_removed = segments.iter().any(|it| it.num_deleted_docs() > 0);
        let chosen: Vec<_> = segments
            .iter()
            .filter(|it| it.num_deleted_docs() > 0 || (all && (has_removed || segments.len() > 1)))
            .map(tantivy::SegmentMeta::id)
            .collect();
        if !chosen.is_empty() {
            let merged = self.inner.merge(&chosen).wait();
            merged.map_err(|error| why(&self.failure, error))?;
        }
        self.inner.set_merge_policy(Box::new(LogMergePolicy::default()));
        Ok(())
    }

    /// Waits for the merges in the background, which the engine's writer does at its end alone: it is replaced.
    /// Whatever was added has to be committed before.
    fn wait_for_merges(&mut self) -> Result<(), IndexError> {
        let meanwhile = engine(&self.index, self.options)?;
        let before = std::mem::replace(&mut self.inner, meanwhile);
        before.wait_merging_threads().map_err(|error| why(&self.failure, error))?;
        // Only now the list of segments is that which stays.
        self.inner = engine(&self.index, self.options)?;
        Ok(())
    }

    /// Commits, waits for merges, and removes files that are no longer needed.
    pub fn finish(mut self) -> Result<Index, IndexError> {
        self.commit()?;
        let Self { mut index, inner, failure, merging, .. } = self;
        inner.wait_merging_threads().map_err(|error| why(&failure, error))?;
        // A merge that came to nothing leaves files behind; the lock is held until they are gone.
        let mut living = index.load_metas()?.list_segment_files();
        living.insert(PathBuf::from(META));
        let _removed = index.directory_mut().garbage_collect(|| living)?;
        drop(merging);
        Index::over(&index)
    }
}
