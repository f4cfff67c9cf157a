//! A folder to an index: walk, read, normalize, analyse, write. Start reading here.
//!
//! Files are read by several threads and written by one, in the order of the walk: ids, and so the index, do not
//! depend on which thread was faster.

mod extract;
mod reading;

pub use extract::{ExtractOptions, Extracted, extract};

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::UNIX_EPOCH;

use reading::{Hashing, Job, Reader, Told};

use crate::date::Day;
use crate::index::IndexError;
use crate::index::analyze::analyze;
use crate::index::catalog::{FileEntry, Root, RootOptions, Skipped};
use crate::index::writer::Writer;
use crate::ingest::{self, ReadOptions, Walked};
use crate::normalize::{self};
use crate::text::{Lang, Stemmer};

/// Files read by older rules are read again. Raise it when a reader or a rule of normalization changes what it gives.
pub const RULES: u32 = 1;

/// Articles that travel from a reading thread to the writing one together.
const BATCH: usize = 32;
/// Batches of one file that wait at most.
const WAITING: usize = 8;
/// Articles between two commits: what a run cut off loses at most is read again.
const COMMIT_AFTER: u64 = 50_000;

/// How a run is made.
#[derive(Debug, Clone)]
pub struct RunOptions {
    /// Reading threads.
    pub jobs: usize,
    /// Today: nothing was published later.
    pub today: Day,
    /// Now, in seconds since 1970.
    pub now: u64,
    /// Options given with the root; none: those it is known with.
    pub root: Option<RootOptions>,
    /// Whether more than a tenth of the articles of a root may go.
    pub allow_removals: bool,
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
    /// Articles that came into the index.
    pub articles: u64,
    /// What gave no article, by kind.
    pub left_out: BTreeMap<String, u64>,
    /// Files and folders that were passed over, by reason.
    pub passed_over: BTreeMap<String, u64>,
    /// Folders and files that could not be looked at; nothing of them was dropped.
    pub unreadable: Vec<(String, String)>,
    /// Ids that two articles claimed.
    pub clashes: u64,
    /// The run was asked to stop before its end.
    pub interrupted: bool,
}

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
    /// Too much would go.
    #[error("{gone} of {all} articles of `{root}` would be dropped: their files are gone")]
    Removals {
        /// The root.
        root: String,
        /// Articles that would go.
        gone: u64,
        /// Articles of the root.
        all: u64,
    },
    /// The index failed.
    #[error(transparent)]
    Index(#[from] IndexError),
}

/// Is told how a run comes along.
pub trait Observer {
    /// So many of so many files are done, with so many articles; called often.
    fn progress(&mut self, done: u64, of: u64, articles: u64);
}

/// Brings the index up to date with a root: adds, replaces and drops.
pub fn update(
    writer: &mut Writer,
    path: &Path,
    options: &RunOptions,
    stop: &AtomicBool,
    observer: &mut dyn Observer,
) -> Result<Report, RunError> {
    let root = find_root(writer, path, options)?;
    let read_options = read_options(&root.options);
    read_options.check()?;
    let mut report = Report::default();
    let found = look_around(&root, &mut report);
    let changed = choose(writer, &root, &found, &mut report);
    drop_gone(writer, &root, &found, &mut report, options)?;
    writer.set_root(root.clone());
    let root = writer.roots().iter().find(|it| it.path == root.path).cloned().unwrap_or(root);
    read_all(writer, &root, &read_options, changed, options, stop, observer, &mut report)?;
    settle(writer, root, options)?;
    Ok(report)
}

/// Takes a root with all its files out of the index; gives how many articles that were.
pub fn forget_root(writer: &mut Writer, root: &str) -> Result<u64, RunError> {
    let files: Vec<_> = writer.files_of(root).map(|it| (it.path.clone(), it.articles)).collect();
    let mut articles = 0;
    for (path, count) in files {
        articles += u64::from(count);
        forget_file(writer, root, &path)?;
    }
    writer.remove_root(root);
    Ok(articles)
}

/// The root as the catalog knows it, or a new one.
fn find_root(writer: &Writer, path: &Path, options: &RunOptions) -> Result<Root, RunError> {
    let missing = |source| RunError::Missing { path: path.to_owned(), source };
    let canonical = fs::canonicalize(path).map_err(missing)?;
    let key = canonical.to_string_lossy().into_owned();
    let known = writer.roots().iter().find(|it| it.path == key);
    let mut root = known.cloned().unwrap_or_else(|| Root { path: key, ..Root::default() });
    root.given = path.display().to_string();
    if let Some(given) = &options.root {
        root.options = given.clone();
    }
    Ok(root)
}

fn read_options(options: &RootOptions) -> ReadOptions {
    ReadOptions {
        map: options.map.clone(),
        set: options.set.clone(),
        encoding: options.encoding.clone(),
        ..ReadOptions::default()
    }
}

/// A file that was met on the walk.
struct FoundFile {
    path: PathBuf,
    /// Below the root; its name when the root is the file.
    relative: String,
    size: u64,
    modified: i64,
}

fn look_around(root: &Root, report: &mut Report) -> Vec<FoundFile> {
    let mut files = Vec::new();
    let canonical = Path::new(&root.path);
    let below = |path: &Path| {
        // A root that is a file goes by its name.
        let relative = path.strip_prefix(canonical).ok().filter(|it| !it.as_os_str().is_empty());
        let name = || path.file_name().map_or(path, Path::new);
        relative.unwrap_or_else(name).to_string_lossy().into_owned()
    };
    for walked in ingest::walk(canonical) {
        match walked {
            Walked::File(path) => match fs::metadata(&path) {
                Ok(data) => {
                    let modified =
                        data.modified().ok().and_then(|it| it.duration_since(UNIX_EPOCH).ok());
                    let modified =
                        modified.and_then(|it| i64::try_from(it.as_nanos()).ok()).unwrap_or(0);
                    files.push(FoundFile {
                        relative: below(&path),
                        path,
                        size: data.len(),
                        modified,
                    });
                }
                Err(error) => report.unreadable.push((below(&path), error.to_string())),
            },
            Walked::PassedOver(_, reason) => {
                *report.passed_over.entry(reason.name().to_owned()).or_default() += 1;
            }
            Walked::Unreadable(at, error) => {
                report.unreadable.push((below(&at), error.to_string()));
            }
        }
    }
    files
}

/// The files that have to be read.
fn choose(writer: &Writer, root: &Root, found: &[FoundFile], report: &mut Report) -> Vec<Job> {
    let mut jobs = Vec::new();
    for file in found {
        let known = writer.file(&root.path, &file.relative);
        if known.is_some_and(|it| is_unchanged(it, file, root)) {
            report.unchanged += 1;
            continue;
        }
        jobs.push(Job {
            path: file.path.clone(),
            relative: file.relative.clone(),
            size: file.size,
            modified: file.modified,
        });
    }
    jobs
}

fn is_unchanged(known: &FileEntry, file: &FoundFile, root: &Root) -> bool {
    if known.size != file.size
        || known.modified != file.modified
        || known.rules != RULES
        || known.options != root.options
    {
        return false;
    }
    // A file changed within the second in which it was read may have the same size and time.
    let read_at = i64::try_from(known.read_at).unwrap_or(i64::MAX).saturating_mul(1_000_000_000);
    if (file.modified - read_at).abs() > 2_000_000_000 {
        return true;
    }
    hash_of(&file.path).is_some_and(|hash| hash == known.hash)
}

fn hash_of(path: &Path) -> Option<String> {
    let mut hashing = Hashing::new(File::open(path).ok()?);
    io::copy(&mut hashing, &mut io::sink()).ok()?;
    Some(hashing.finish())
}

/// Drops the files that are gone, unless that would be more than a tenth of the root.
fn drop_gone(
    writer: &mut Writer,
    root: &Root,
    found: &[FoundFile],
    report: &mut Report,
    options: &RunOptions,
) -> Result<(), RunError> {
    let present: rustc_hash::FxHashSet<&str> =
        found.iter().map(|it| it.relative.as_str()).collect();
    // What could not be looked at may still be there.
    let out_of_sight = |path: &str| {
        report.unreadable.iter().any(|(at, _)| {
            at.is_empty()
                || path
                    .strip_prefix(at.as_str())
                    .is_some_and(|it| it.is_empty() || it.starts_with('/'))
        })
    };
    let (mut gone, mut all, mut articles) = (Vec::new(), 0, 0);
    for file in writer.files_of(&root.path) {
        all += u64::from(file.articles);
        if !present.contains(file.path.as_str()) && !out_of_sight(&file.path) {
            articles += u64::from(file.articles);
            gone.push(file.path.clone());
        }
    }
    if articles * 10 > all && !options.allow_removals {
        return Err(RunError::Removals { root: root.given.clone(), gone: articles, all });
    }
    for path in gone {
        forget_file(writer, &root.path, &path)?;
        report.removed += 1;
    }
    Ok(())
}

/// Takes a file and its articles out of the index.
fn forget_file(writer: &mut Writer, root: &str, path: &str) -> Result<(), RunError> {
    if writer.file(root, path).is_some_and(|it| it.articles > 0) {
        let articles = writer.articles_of(root, path)?;
        writer.release_ids(articles.iter().map(|it| it.id.as_str()));
    }
    writer.remove_file(root, path);
    Ok(())
}

#[expect(clippy::too_many_arguments, reason = "the one place where all of a run comes together")]
fn read_all(
    writer: &mut Writer,
    root: &Root,
    read_options: &ReadOptions,
    jobs: Vec<Job>,
    options: &RunOptions,
    stop: &AtomicBool,
    observer: &mut dyn Observer,
    report: &mut Report,
) -> Result<(), RunError> {
    let normalizing = normalize::Options {
        now: options.today,
        set: root.options.set.clone(),
        root_id: Path::new(&root.path)
            .file_name()
            .map_or_else(String::new, |it| it.to_string_lossy().into()),
    };
    let unknown = root.language.as_deref().unwrap_or("en").to_owned();
    let reader =
        Reader { read_options, normalizing: &normalizing, unknown: Lang::from_code(&unknown) };
    let threads = options.jobs.max(1);
    let total = jobs.len() as u64;
    // Each file has a channel of its own, and the channels are emptied in the order of the walk.
    let (to_readers, work) = sync_channel::<(Job, SyncSender<Told>)>(threads);
    let work = std::sync::Mutex::new(work);
    let (work, reader) = (&work, &reader);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(move || {
                let mut stemmer = Stemmer::default();
                loop {
                    let next =
                        work.lock().unwrap_or_else(std::sync::PoisonError::into_inner).recv();
                    let Ok((job, tell)) = next else { break };
                    reader.read(&job, &tell, &mut stemmer);
                }
            });
        }
        let mut waiting: std::collections::VecDeque<(Job, Receiver<Told>)> =
            std::collections::VecDeque::new();
        let mut jobs = jobs.into_iter();
        let (mut done, mut since_commit) = (0, 0);
        let result = loop {
            while waiting.len() < threads + 1 {
                let Some(job) = jobs.next() else { break };
                if stop.load(Ordering::Relaxed) {
                    report.interrupted = true;
                    break;
                }
                let (tell, told) = sync_channel(WAITING);
                waiting.push_back((job.clone(), told));
                if to_readers.send((job, tell)).is_err() {
                    break;
                }
            }
            let Some((job, told)) = waiting.pop_front() else { break Ok(()) };
            let before = report.articles;
            if let Err(error) = write_file(writer, root, &unknown, &job, &told, options, report) {
                break Err(error);
            }
            done += 1;
            since_commit += report.articles - before;
            observer.progress(done, total, report.articles);
            if since_commit >= COMMIT_AFTER {
                since_commit = 0;
                if let Err(error) = writer.commit() {
                    break Err(error.into());
                }
            }
        };
        // Readers that wait for room in a channel end when it closes.
        drop(waiting);
        drop(to_readers);
        result
    })
}

/// Writes what the readers say of one file.
fn write_file(
    writer: &mut Writer,
    root: &Root,
    unknown: &str,
    job: &Job,
    told: &Receiver<Told>,
    options: &RunOptions,
    report: &mut Report,
) -> Result<(), RunError> {
    forget_file(writer, &root.path, &job.relative)?;
    let mut entry = FileEntry {
        root: root.path.clone(),
        path: job.relative.clone(),
        size: job.size,
        modified: job.modified,
        rules: RULES,
        options: root.options.clone(),
        read_at: options.now,
        ..FileEntry::default()
    };
    for message in told {
        match message {
            Told::Articles(articles) => {
                for (mut article, analyzed) in articles {
                    let id = writer.claim_id(&article.id);
                    if id != article.id {
                        report.clashes += 1;
                        article
                            .problems
                            .push(format!("another article has the id `{}`", article.id));
                        article.id = id;
                    }
                    let lang = if let Some(code) = &article.language {
                        Lang::from_code(code)
                    } else {
                        unknown.clone_into(&mut entry.unknown_as);
                        Lang::from_code(unknown)
                    };
                    writer.add(&article, &root.path, lang, &analyzed)?;
                    entry.articles += 1;
                    entry.lengths.add(analyzed.lengths());
                    let language = article.language.unwrap_or_else(|| "?".to_owned());
                    *entry.languages.entry(language).or_default() += 1;
                    report.articles += 1;
                }
            }
            Told::Skipped(place, skip) => {
                *report.left_out.entry(skip.kind.name().to_owned()).or_default() += 1;
                entry.skipped.push(Skipped {
                    inside: place.inside,
                    record: place.record,
                    kind: skip.kind.name().to_owned(),
                    reason: skip.reason,
                });
            }
            Told::Done { kind, hash } => {
                entry.kind = kind;
                entry.hash = hash;
            }
        }
    }
    report.read += 1;
    writer.finish_file(entry)?;
    Ok(())
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
        writer.remove_file(&path, &file);
        for article in articles {
            let lang = article.language.as_deref().map_or(main, Lang::from_code);
            let analyzed = analyze(&article, lang, &mut stemmer);
            writer.add(&article, &path, lang, &analyzed)?;
        }
        writer.finish_file(FileEntry { unknown_as: code.to_owned(), ..entry })?;
    }
    Ok(())
}

/// A reader goes on while somebody listens.
fn flow(listening: bool) -> ControlFlow<()> {
    if listening { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
}
