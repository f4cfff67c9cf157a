//! What people say of articles, brought into the index: by the next run, and at once.
//!
//! The files that hold the articles are read again in the ordinary way. What is in the index is so always what a
//! fresh index would hold, and the articles beside those that were corrected stay as they are.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::corrections::{Loaded, append, canonical, to_be_written};
use super::names::names_of;
use super::survey::jobs_for;
use super::{
    Budget, CorrectionsReport, Observer, Report, RunError, RunOptions, UNFIT_SHOWN, Work, carry_out,
};
use crate::article::{Article, Corrected, Place};
use crate::index::IndexError;
use crate::index::catalog::{CorrectionsSeen, Root};
use crate::index::writer::Writer;
use crate::ingest::named;
use crate::normalize::corrections::{FIELDS, Known, Line, place_of};

/// Stands in the catalog for corrections that are not applied to all articles.
const UNFINISHED: &str = "unfinished";

/// What a person says of an article.
#[derive(Debug, Clone)]
pub struct Correction<'a> {
    /// The article, as the index has it.
    pub article: &'a Article,
    /// What is said.
    pub change: Change,
    /// When, for people.
    pub when: String,
    /// What the person adds.
    pub note: Option<String>,
}

/// What becomes of fields, by their number.
#[derive(Debug, Clone)]
pub enum Change {
    /// They hold these values.
    Say(Vec<(usize, Vec<String>)>),
    /// What was said of them is taken back; of all, if none is named.
    Undo(Vec<usize>),
}

/// Where a correction was written down, and what became of it.
#[derive(Debug, Clone)]
pub struct Kept {
    /// The file.
    pub path: PathBuf,
    /// What the index did.
    pub report: Report,
}

/// Writes down what a person says of an article, and brings it into the index.
pub fn correct(
    writer: &mut Writer,
    root: &Root,
    correction: Correction<'_>,
    options: &RunOptions,
    stop: &AtomicBool,
    observer: &mut dyn Observer,
) -> Result<Kept, RunError> {
    let mut root = root.clone();
    if let Some(given) = &options.corrections {
        root.corrections.named = Some(canonical(given, true)?);
    }
    // The folder that is above one that is not there today is no place for what is said of it.
    if root.corrections.named.is_none()
        && let Err(source) = fs::metadata(named(&root.path))
    {
        return Err(RunError::Missing { path: named(&root.given), source });
    }
    let loaded = match Loaded::of(&root) {
        // A file that was named, and is to be made now.
        Err(RunError::Corrections { source, .. })
            if options.corrections.is_some() && source.kind() == std::io::ErrorKind::NotFound =>
        {
            Loaded::default()
        }
        other => other?,
    };
    let path = to_be_written(&root, &loaded);
    if loaded.path.is_none() && path.exists() {
        let source = std::io::Error::other("it holds something else");
        return Err(RunError::NotKept { path, source });
    }
    let known = Known::of(correction.article);
    let id = || correction.article.id.clone();
    let mut lines = match correction.change {
        Change::Say(fields) => {
            let (key, only_in) = key_for(writer, &root, correction.article)?;
            let about = Some(correction.article.place.to_string());
            vec![Line { key, only_in, fields, about, ..Line::default() }]
        }
        Change::Undo(fields) => {
            let said = loaded.corrections.said_of(known);
            if let Some(other) = fields.iter().find(|it| !said.contains_key(it)) {
                let field = FIELDS.get(*other).map(|it| it.name);
                return Err(RunError::NotCorrected { id: id(), field });
            }
            loaded.corrections.undo(known, &fields)
        }
    };
    if lines.is_empty() {
        return Err(RunError::NotCorrected { id: id(), field: None });
    }
    for line in &mut lines {
        (line.when, line.note) = (Some(correction.when.clone()), correction.note.clone());
    }
    append(&path, &lines)?;
    let loaded = Loaded::of(&root)?;
    let due = due(writer, &root, &loaded)?;
    let mut report = Report::default();
    let names = names_of(&root)?;
    let jobs = jobs_for(writer, (&root, &names), &due, stop, &mut report);
    let budget = Budget::of(writer, &root);
    let work = Work { root, names, jobs, loaded, due, budget };
    let report = carry_out(writer, work, options, stop, observer, report)?;
    Ok(Kept { path, report })
}

/// What an article goes by: the identifier of its source if no other article of the root has it, else its content;
/// and where other articles have that too, its place.
fn key_for(
    writer: &Writer,
    root: &Root,
    article: &Article,
) -> Result<(String, Option<String>), RunError> {
    let known = Known::of(article);
    let number = u64::from(root.number);
    let (mut same_id, mut same_content) = (0_u32, 0_u32);
    writer.each_article(|of, stored| {
        let other = Seen::read(stored)?;
        if of == number {
            same_content += u32::from(other.content_hash == article.content_hash);
            same_id += u32::from(other.source_id.is_some() && other.source_id == article.source_id);
        }
        Ok(())
    })?;
    Ok(match known.source_key() {
        Some(key) if same_id <= 1 => (key, None),
        _ => {
            let only_in = (same_content > 1).then(|| place_of(&article.place));
            (known.content_key(), only_in)
        }
    })
}

/// What of a stored article tells whether it is as people say.
#[derive(Deserialize)]
struct Seen {
    place: Place,
    source_id: Option<String>,
    content_hash: String,
    #[serde(default)]
    corrected: Vec<Corrected>,
}

impl Seen {
    fn read(stored: &str) -> Result<Self, IndexError> {
        serde_json::from_str(stored).map_err(|error| IndexError::Damaged {
            path: PathBuf::new(),
            reason: error.to_string(),
        })
    }

    fn known(&self) -> Known<'_> {
        let (source_id, place) = (self.source_id.as_deref(), &self.place);
        Known { source_id, content_hash: &self.content_hash, place }
    }
}

/// The files of a root with articles that are not as people say now; none is looked at while nothing has changed in
/// what they say.
pub(super) fn due(
    writer: &Writer,
    root: &Root,
    loaded: &Loaded,
) -> Result<FxHashSet<String>, RunError> {
    let mut due = FxHashSet::default();
    if loaded.digest == root.corrections.applied {
        return Ok(due);
    }
    writer.each_article(|of, stored| {
        if of == u64::from(root.number) {
            let seen = Seen::read(stored)?;
            if !loaded.corrections.is_applied(seen.known(), &seen.corrected) {
                due.insert(seen.place.path);
            }
        }
        Ok(())
    })?;
    Ok(due)
}

/// The root as it has to stand in the catalog while articles are brought to what people say now: a run that is cut
/// off must not leave the word that they are.
pub(super) fn begun(mut root: Root, loaded: &Loaded) -> Root {
    if loaded.digest != root.corrections.applied {
        UNFINISHED.clone_into(&mut root.corrections.applied);
    }
    root
}

/// The root as it stands in the catalog after a run, and what is reported of its corrections.
pub(super) fn concluded(
    writer: &mut Writer,
    mut root: Root,
    before: &CorrectionsSeen,
    loaded: &Loaded,
    is_applied: bool,
    report: &mut Report,
) -> Result<Root, RunError> {
    let seen = &mut root.corrections;
    if is_applied {
        seen.applied.clone_from(&loaded.digest);
    }
    let Some(path) = loaded.path.clone() else {
        (seen.count, seen.unfit) = (0, 0);
        return Ok(root);
    };
    seen.count = loaded.corrections.count() as u64;
    let mut unfit_shown = Vec::new();
    let has_changed = seen.applied != before.applied
        || report.read + report.removed + report.moved > 0
        || seen.count != before.count;
    if !loaded.is_of_root || seen.count == 0 {
        seen.unfit = 0;
    } else if has_changed {
        // The articles of this run are looked at too, so they have to be in the index.
        writer.commit()?;
        let mut fitting = FxHashSet::default();
        writer.each_article(|_, stored| {
            loaded.corrections.mark_fitting(Seen::read(stored)?.known(), &mut fitting);
            Ok(())
        })?;
        unfit_shown = loaded.corrections.unfit(&fitting);
        seen.unfit = unfit_shown.len() as u64;
        unfit_shown.truncate(UNFIT_SHOWN);
    }
    let (count, unfit, broken) = (seen.count, seen.unfit, loaded.broken.clone());
    if count > 0 || !broken.is_empty() {
        let corrections = CorrectionsReport { path, count, unfit, unfit_shown, broken };
        report.corrections = Some(corrections);
    }
    Ok(root)
}
