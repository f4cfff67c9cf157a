//! What lies below a root now, against what the catalog knows of it: which files to read, which are gone.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::UNIX_EPOCH;

use rustc_hash::{FxHashMap, FxHashSet};

use super::corrections::{self, Loaded};
use super::hash::Hashes;
use super::names::{NAMES_FILE, Names, names_file};
use super::reading::Job;
use super::roots::Scope;
use super::{RULES, Report};
use crate::index::catalog::{FileEntry, Root};
use crate::index::writer::Writer;
use crate::ingest::{self, Walked, named, printable};

/// What a run has to do.
pub(super) struct Plan {
    /// Files to be read, in the order of the walk.
    pub(super) jobs: Vec<Job>,
    /// Files that are gone, as paths below the root.
    pub(super) gone: Vec<String>,
}

/// A file that was met on the walk.
struct FoundFile {
    path: PathBuf,
    /// Below the root; its name when the root is the file.
    relative: String,
    size: u64,
    modified: i64,
}

impl FoundFile {
    fn at(path: PathBuf, relative: String) -> io::Result<Self> {
        let data = fs::metadata(&path)?;
        let modified = data.modified().ok();
        let modified = modified.and_then(|it| it.duration_since(UNIX_EPOCH).ok());
        let modified = modified.and_then(|it| i64::try_from(it.as_nanos()).ok()).unwrap_or(0);
        Ok(Self { path, relative, size: data.len(), modified })
    }
}

/// Jobs for some files of a root, without a look at the others; those that are not there now are reported.
pub(super) fn jobs_for(
    writer: &Writer,
    (root, names): (&Root, &Names),
    due: &FxHashSet<String>,
    stop: &AtomicBool,
    report: &mut Report,
) -> Vec<Job> {
    let path = named(&root.path);
    let is_file = path.is_file();
    let mut relative: Vec<_> = due.iter().cloned().collect();
    relative.sort();
    let mut found = Vec::new();
    for relative in relative {
        let at = if is_file { path.clone() } else { path.join(named(&relative)) };
        match FoundFile::at(at, relative.clone()) {
            Ok(file) => found.push(file),
            Err(error) => report.unreadable.push((relative, error.to_string())),
        }
    }
    choose(writer, (root, names), found, due, stop, report)
}

/// Looks around, and compares. Once the run is to stop, what is left is not looked at, and the plan is of no use.
pub(super) fn survey(
    writer: &Writer,
    scope: &Scope,
    (loaded, due): (&Loaded, &FxHashSet<String>),
    stop: &AtomicBool,
    report: &mut Report,
) -> Plan {
    let found = look_around(scope, loaded, report);
    let mut gone = gone(writer, scope, &found, report);
    let at = (&scope.root, &scope.names);
    let mut jobs = choose(writer, at, found, due, stop, report);
    find_moved(writer, &scope.root, &mut jobs, &mut gone, stop, report);
    Plan { jobs, gone }
}

fn look_around(scope: &Scope, loaded: &Loaded, report: &mut Report) -> Vec<FoundFile> {
    let mut files = Vec::new();
    let canonical = named(&scope.root.path);
    let canonical = canonical.as_path();
    let names_file = names_file(&scope.root);
    let below = |path: &Path| {
        // A root that is a file goes by its name.
        let relative = path.strip_prefix(canonical).ok().filter(|it| !it.as_os_str().is_empty());
        let name = || path.file_name().map_or(path, Path::new);
        printable(relative.unwrap_or_else(name))
    };
    // Joined with nothing, the path of a file would become that of a folder.
    let whole = scope.below.is_empty();
    let start = if whole { canonical.to_owned() } else { canonical.join(named(&scope.below)) };
    for walked in ingest::walk(&start) {
        match walked {
            // What says how articles are read is no article.
            Walked::File(path) if names_file.as_deref() == Some(&path) => {}
            Walked::File(path) if whole && path == canonical.join(NAMES_FILE) => {
                *report.passed_over.entry("other names".to_owned()).or_default() += 1;
            }
            Walked::File(path) => {
                let relative = below(&path);
                if is_under_any(&relative, &scope.root.forgotten.paths) {
                    *report.passed_over.entry("forgotten".to_owned()).or_default() += 1;
                    continue;
                }
                // A root that is a file was asked for by name, and is read whatever it is called.
                if path != canonical {
                    if loaded.is_at(&path) {
                        continue;
                    }
                    if corrections::is_ours(&path) {
                        let why = "corrections of another folder".to_owned();
                        *report.passed_over.entry(why).or_default() += 1;
                        continue;
                    }
                }
                match FoundFile::at(path, relative.clone()) {
                    Ok(file) => files.push(file),
                    Err(error) => report.unreadable.push((relative, error.to_string())),
                }
            }
            Walked::PassedOver(_, reason) => {
                *report.passed_over.entry(reason.name().to_owned()).or_default() += 1;
            }
            Walked::Unreadable(at, error) => {
                // The root goes by the empty path: all lies below it.
                let at = printable(at.strip_prefix(canonical).unwrap_or(&at));
                report.unreadable.push((at, error.to_string()));
            }
        }
    }
    files
}

/// The files that have to be looked into.
fn choose(
    writer: &Writer,
    (root, names): (&Root, &Names),
    found: Vec<FoundFile>,
    due: &FxHashSet<String>,
    stop: &AtomicBool,
    report: &mut Report,
) -> Vec<Job> {
    // Memory that is not touched costs nothing; a list that grows is copied from page to page.
    let mut jobs = Vec::with_capacity(found.len());
    for file in found {
        let known = writer.file(&root.path, &file.relative);
        let is_due = due.contains(&file.relative);
        let seen =
            known.filter(|it| !is_due && reads_alike(it, root, names) && it.size == file.size);
        let is_whole = |it: &FileEntry| it.unfinished.is_none() && !it.incomplete;
        if seen.is_some_and(|it| is_whole(it) && is_unchanged(it, &file, stop)) {
            report.unchanged += 1;
            continue;
        }
        let same_time = seen.filter(|it| it.modified == file.modified);
        jobs.push(Job {
            go_on_after: same_time.and_then(|it| it.unfinished),
            known_hash: seen.filter(|it| it.unfinished.is_none()).map(|it| it.hash.clone()),
            path: file.path,
            relative: file.relative,
            size: file.size,
            modified: file.modified,
            moved_from: None,
        });
    }
    jobs
}

/// Whether a file would be read today as it was read.
fn reads_alike(known: &FileEntry, root: &Root, names: &Names) -> bool {
    known.rules == RULES && known.options == root.options && known.names == names.hash
}

fn is_unchanged(known: &FileEntry, file: &FoundFile, stop: &AtomicBool) -> bool {
    if known.modified != file.modified {
        return false;
    }
    // A file changed within the second in which it was read may have the same size and time.
    let read_at = i64::try_from(known.read_at).unwrap_or(i64::MAX).saturating_mul(1_000_000_000);
    if (file.modified - read_at).abs() > 2_000_000_000 {
        return true;
    }
    Hashes::of(&file.path, stop).include(&known.hash)
}

/// The files that are gone; what could not be looked at may still be there.
fn gone(writer: &Writer, scope: &Scope, found: &[FoundFile], report: &Report) -> Vec<String> {
    let present: FxHashSet<&str> = found.iter().map(|it| it.relative.as_str()).collect();
    let out_of_sight: Vec<_> = report.unreadable.iter().map(|(at, _)| at.clone()).collect();
    let mut gone: Vec<_> = writer
        .files_of(&scope.root.path)
        .map(|it| it.path.as_str())
        .filter(|it| is_under(it, &scope.below) && !present.contains(it))
        .filter(|it| !is_under_any(it, &out_of_sight))
        .map(str::to_owned)
        .collect();
    gone.sort();
    gone
}

/// A file that is new and holds what one held that is gone has been moved: its articles are no loss, and keep the
/// day on which they came into the index.
fn find_moved(
    writer: &Writer,
    root: &Root,
    jobs: &mut [Job],
    gone: &mut Vec<String>,
    stop: &AtomicBool,
    report: &mut Report,
) {
    let mut by_size: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for (number, path) in gone.iter().enumerate() {
        if let Some(entry) = writer.file(&root.path, path).filter(|it| it.size > 0) {
            by_size.entry(entry.size).or_default().push(number);
        }
    }
    let mut moved = FxHashSet::default();
    for job in jobs.iter_mut().filter(|it| it.known_hash.is_none() && it.go_on_after.is_none()) {
        let Some(candidates) = by_size.get_mut(&job.size) else { continue };
        if writer.file(&root.path, &job.relative).is_some() {
            continue;
        }
        let mut hashes = Hashes::of(&job.path, stop);
        let is_it = |number: &usize| {
            writer.file(&root.path, &gone[*number]).is_some_and(|it| hashes.include(&it.hash))
        };
        if let Some(at) = candidates.iter().position(is_it) {
            let number = candidates.remove(at);
            job.moved_from = Some(gone[number].clone());
            moved.insert(number);
            report.moved += 1;
        }
    }
    let mut number = 0;
    gone.retain(|_| {
        number += 1;
        !moved.contains(&(number - 1))
    });
}

/// Whether a path below a root is, or lies under, another; everything lies under the empty one.
pub(super) fn is_under(path: &str, folder: &str) -> bool {
    folder.is_empty()
        || path.strip_prefix(folder).is_some_and(|it| it.is_empty() || it.starts_with('/'))
}

fn is_under_any(path: &str, folders: &[String]) -> bool {
    folders.iter().any(|it| is_under(path, it))
}
