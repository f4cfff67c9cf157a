//! A folder to an index: walk, read, normalize, analyse, write. Start reading here.
//!
//! Files are read by several threads and written by one, in the order of the walk: ids, and so the index, do not
//! depend on which thread was faster.

mod amend;
mod corrections;
mod extract;
mod forget;
mod handful;
mod hash;
mod names;
mod options;
mod priority;
mod reading;
mod room;
mod roots;
mod survey;
mod writing;

pub use amend::{Change, Correction, Kept, correct};
pub use corrections::CorrectionsBeside;
pub use extract::{ExtractOptions, Extracted, extract};
pub use forget::{forget_article, forget_path, forget_root, is_forgotten, remember};
pub use names::{NAMES_FILE, Names, NamesFileError, read_names};
pub use options::GivenOptions;

use std::collections::BTreeMap;
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::date::Day;
use crate::index::IndexError;
use crate::index::analyze::analyze;
use crate::index::catalog::{FileEntry, Root, RootOptions};
use crate::index::writer::Writer;
use crate::ingest::{self, ReadOptions};
use crate::normalize::corrections::BrokenLine;
use crate::text::{Lang, Stemmer};
use corrections::Loaded;
use reading::Job;
use roots::{absorb, find_inner, find_scope};
use rustc_hash::FxHashSet;
use writing::Run;

/// Files read by older rules are read again. Raise it when a reader or a rule of normalization changes what it gives.
pub const RULES: u32 = 2;

/// Articles that travel from a reading thread to the writing one together.
const BATCH: usize = 32;
/// Bytes of text that do.
const BATCH_BYTES: u64 = 256 << 10;
/// Messages on one handful of files that wait at most: the room bounds what is on its way, so that a file of many
/// articles is read on while the one before it is written.
const WAITING: usize = 256;
/// Handfuls that are given out ahead of the one that is written, for each reading thread. Of large files only as much as
/// there is room for is on its way.
const AHEAD: usize = 4;
/// Articles between two commits: what a run cut off loses at most is read again.
pub const COMMIT_AFTER: u64 = 50_000;

/// How a run is made.
#[derive(Debug, Clone)]
pub struct RunOptions {
    /// Reading threads.
    pub jobs: usize,
    /// Today: nothing was published later.
    pub today: Day,
    /// Now, in seconds since 1970.
    pub now: u64,
    /// Options given with the root, which go before those it is known with.
    pub given: GivenOptions,
    /// Whether more than a tenth of the articles of a root may go.
    pub allow_removals: bool,
    /// Articles between two commits; [`COMMIT_AFTER`] is a good number.
    pub commit_after: u64,
    /// How long the program has been running; without a clock no file takes too long.
    pub clock: Option<fn() -> Duration>,
    /// The file of corrections given with the root; none: that which it is known with, or is found by its name.
    pub corrections: Option<PathBuf>,
}

/// What a run did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Files that were read.
    pub read: u64,
    /// Files that had not changed.
    pub unchanged: u64,
    /// Files that are gone.
    pub removed: u64,
    /// Files that go by another name now.
    pub moved: u64,
    /// Files that had to be looked into.
    pub files: u64,
    /// How many of them were.
    pub done: u64,
    /// Articles that came into the index, new or changed.
    pub articles: u64,
    /// Articles of changed files that are as they were.
    pub kept: u64,
    /// What gave no article, by kind; kinds that are not read yet apart.
    pub left_out: BTreeMap<String, u64>,
    /// Files of kinds that are not read yet, by kind.
    pub not_read: BTreeMap<String, u64>,
    /// Files and folders that were passed over, by reason.
    pub passed_over: BTreeMap<String, u64>,
    /// Folders and files that could not be looked at; nothing of them was dropped.
    pub unreadable: Vec<(String, String)>,
    /// The file of names that articles were read with, and how many names it holds.
    pub names: Option<(PathBuf, usize)>,
    /// Files that could not be read to their end, and why; the index keeps what it had of them.
    pub stale: Vec<(String, String)>,
    /// Ids that two articles claimed.
    pub clashes: u64,
    /// The run was asked to stop before its end.
    pub interrupted: bool,
    /// What people say of the articles, if they say anything.
    pub corrections: Option<CorrectionsReport>,
    /// It stopped in the middle of a file; what it had read of that stays.
    pub partly: bool,
    /// How much below the path gives no article, in this run and those before.
    pub standing: u64,
    /// The options that were in force.
    pub options: RootOptions,
}

/// How a file of corrections was used.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CorrectionsReport {
    /// The file.
    pub path: PathBuf,
    /// How many articles it speaks of.
    pub count: u64,
    /// How many of them are not in the index.
    pub unfit: u64,
    /// What those are, where the run has looked for them: the first [`UNFIT_SHOWN`].
    pub unfit_shown: Vec<String>,
    /// Lines that could not be read.
    pub broken: Vec<BrokenLine>,
}

/// Corrections that fit no article are named so far.
pub const UNFIT_SHOWN: usize = 5;

/// Why a run could not be made.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The root is not there.
    #[error("cannot find `{}`", path.display())]
    Missing {
        /// As given.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The options do not fit.
    #[error(transparent)]
    Options(#[from] ingest::ReadError),
    /// The file of names cannot be used.
    #[error(transparent)]
    Names(#[from] NamesFileError),
    /// The path lies in a root that was given before, with other options.
    #[error("`{path}` lies in `{root}`, which is read with options of its own")]
    Inside {
        /// As given.
        path: String,
        /// The root.
        root: String,
    },
    /// A root that was given before lies in the path, with other options.
    #[error("`{root}` lies in `{path}` and is read with options of its own")]
    Around {
        /// As given.
        path: String,
        /// The root.
        root: String,
    },
    /// Too much would go.
    #[error("{gone} of {all} articles of `{root}` would be dropped: they are no longer there")]
    Removals {
        /// The root.
        root: String,
        /// Articles that would go.
        gone: u64,
        /// Articles of the root.
        all: u64,
    },
    /// A file of corrections cannot be read.
    #[error("cannot read the corrections in `{}`", path.display())]
    Corrections {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A correction cannot be written down.
    #[error("cannot write the correction to `{}`", path.display())]
    NotKept {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// There is no correction to take back.
    #[error("nothing of `{id}` was corrected{}", field.as_ref().map_or_else(String::new, |it| format!(" in `{it}`")))]
    NotCorrected {
        /// The article.
        id: String,
        /// The field, if one was asked for.
        field: Option<&'static str>,
    },
    /// The index failed.
    #[error(transparent)]
    Index(#[from] IndexError),
}

/// How far a run is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct HowFar {
    /// Files that are done.
    pub done: u64,
    /// Of so many.
    pub files: u64,
    /// Bytes that have been read, also of files that are not done.
    pub bytes: u64,
    /// Of so many.
    pub all_bytes: u64,
    /// Articles that came of it.
    pub articles: u64,
}

/// Is told how a run comes along.
pub trait Observer {
    /// So far it is; called often, also in the middle of a file.
    fn progress(&mut self, how_far: HowFar);

    /// Whether so much time has passed that what was read should be kept for good now.
    fn checkpoint_is_due(&mut self) -> bool {
        false
    }
}

/// Brings the index up to date with a path: adds, replaces and drops, and commits.
pub fn update(
    writer: &mut Writer,
    path: &Path,
    options: &RunOptions,
    stop: &AtomicBool,
    observer: &mut dyn Observer,
) -> Result<Report, RunError> {
    let done = bring_up_to_date(writer, path, options, stop, observer);
    if matches!(done, Err(RunError::Removals { .. })) {
        // What was refused must not be committed with what is done to other roots.
        writer.rollback()?;
    }
    done
}

fn bring_up_to_date(
    writer: &mut Writer,
    path: &Path,
    options: &RunOptions,
    stop: &AtomicBool,
    observer: &mut dyn Observer,
) -> Result<Report, RunError> {
    let mut scope = find_scope(writer, path, options)?;
    let read_options = ReadOptions { clock: options.clock, ..read_options(&scope.root.options) };
    read_options.check()?;
    let inner = find_inner(writer, &mut scope, path)?;
    let loaded = Loaded::of(&scope.root)?;
    let due = amend::due(writer, &scope.root, &loaded)?;
    let mut report = Report { options: scope.root.options.clone(), ..Report::default() };
    report.names = scope.names.file.clone().map(|it| (it, scope.names.listed.len()));
    let plan = survey::survey(writer, &scope, (&loaded, &due), stop, &mut report);
    if stop.load(Ordering::Relaxed) {
        // What the survey did not come to is not known: nothing may be dropped for it.
        report.interrupted = true;
        report.files = plan.jobs.len() as u64;
        if inner.is_empty() {
            writer.set_root(scope.root);
            writer.commit()?;
        }
        return Ok(report);
    }
    let mut budget = Budget::of(writer, &scope.root);
    for gone in &plan.gone {
        budget.lose(writer.file(&scope.root.path, gone).map_or(0, |it| it.articles));
    }
    budget.check(&scope.root, options)?;
    absorb(writer, inner)?;
    for gone in &plan.gone {
        forget::forget_file(writer, &scope.root.path, gone)?;
        report.removed += 1;
    }
    scope.note_beside(&report);
    let (root, names) = (scope.root.clone(), scope.names.clone());
    let work = Work { root, names, jobs: plan.jobs, loaded, due, budget };
    let mut report = carry_out(writer, work, options, stop, observer, report)?;
    report.standing = scope.left_out(writer);
    Ok(report)
}

/// What a run has to do once that is known.
struct Work {
    root: Root,
    names: Names,
    jobs: Vec<Job>,
    loaded: Loaded,
    /// Files that hold articles of which people say other things than the index does.
    due: FxHashSet<String>,
    budget: Budget,
}

/// Reads the files, writes what they give, and commits.
fn carry_out(
    writer: &mut Writer,
    work: Work,
    options: &RunOptions,
    stop: &AtomicBool,
    observer: &mut dyn Observer,
    mut report: Report,
) -> Result<Report, RunError> {
    let Work { root, names, jobs, loaded, due, mut budget } = work;
    let path = root.path.clone();
    let before = root.corrections.clone();
    writer.set_root(Root { names: names.listed.clone(), ..amend::begun(root, &loaded) });
    let Some(root) = writer.roots().iter().find(|it| it.path == path).cloned() else {
        return Ok(report);
    };
    let read_options = ReadOptions { clock: options.clock, ..read_options(&root.options) };
    let left = due.iter().any(|it| jobs.iter().all(|job| job.relative != *it));
    let said = &loaded.corrections;
    let (root_now, names) = (&root, &names);
    let run = Run { root: root_now, names, read_options: &read_options, options, stop, said };
    writing::read_all(writer, &run, jobs, &mut budget, observer, &mut report)?;
    budget.check(&root, options)?;
    let is_done = !report.interrupted;
    let root = amend::concluded(writer, root, &before, &loaded, is_done && !left, &mut report)?;
    if is_done {
        settle(writer, root, options)?;
    } else {
        writer.set_root(root);
    }
    writer.commit()?;
    Ok(report)
}

/// How the files of a root are read.
pub fn read_options(options: &RootOptions) -> ReadOptions {
    ReadOptions {
        map: options.map.clone(),
        set: options.set.clone(),
        encoding: options.encoding.clone(),
        ..ReadOptions::default()
    }
}

/// How many articles of a root may go in a run before it asks.
struct Budget {
    /// Articles of the root before the run.
    all: u64,
    /// Articles lost with files that are gone, or that hold fewer than before.
    lost: u64,
}

impl Budget {
    fn of(writer: &Writer, root: &Root) -> Self {
        let all = writer.files_of(&root.path).map(|it| u64::from(it.articles)).sum();
        Self { all, lost: 0 }
    }

    fn lose(&mut self, articles: u32) {
        self.lost += u64::from(articles);
    }

    fn check(&self, root: &Root, options: &RunOptions) -> Result<(), RunError> {
        if self.lost * 10 > self.all && !options.allow_removals {
            let (gone, all) = (self.lost, self.all);
            return Err(RunError::Removals { root: root.given.clone(), gone, all });
        }
        Ok(())
    }
}

/// Articles of unknown language are analysed in the language of most of their root. Which that is
/// is known at the end; those analysed in another are analysed again.
fn settle(writer: &mut Writer, root: Root, options: &RunOptions) -> Result<(), RunError> {
    let main = writer.main_language(&root.path);
    let code = main.map_or("en", Lang::code);
    let path = root.path.clone();
    let other: Vec<_> = writer
        .files_of(&path)
        .filter(|it| it.languages.contains_key("?") && it.unknown_as != code)
        .map(|it| it.path.clone())
        .collect();
    writer.set_root(Root { language: Some(code.to_owned()), finished: options.now, ..root });
    if other.is_empty() {
        return Ok(());
    }
    writer.commit()?;
    let mut stemmer = Stemmer::default();
    for file in other {
        let articles = writer.articles_of(&path, &file)?;
        let Some(entry) = writer.file(&path, &file).cloned() else { continue };
        writer.remove_file(&path, &file)?;
        for (article, added) in articles {
            let lang = article.language.as_deref().map_or(main, Lang::from_code);
            let analyzed = analyze(&article, lang, &mut stemmer);
            writer.add_again(&article, &path, lang, analyzed, added)?;
        }
        writer.finish_file(FileEntry { unknown_as: code.to_owned(), ..entry })?;
    }
    Ok(())
}

/// A reader goes on while somebody listens.
fn flow(listening: bool) -> ControlFlow<()> {
    if listening { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
}
