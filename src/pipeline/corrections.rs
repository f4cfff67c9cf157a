//! Where the corrections of a root lie -> what they say; and lines added to them.
//!
//! They lie in `corrections.jsonl`, in the folder of the root or the nearest above it, unless another file was named.
//! So they outlive the index, go with the archive where it is copied, and hold for every index that is made of it.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

use super::RunError;
use crate::index::catalog::Root;
use crate::ingest::{named, printable};
use crate::normalize::corrections::{BrokenLine, Corrections, Line, is_line};

/// The name of a file of corrections.
pub(super) const CORRECTIONS: &str = "corrections.jsonl";

/// A file of corrections is read so far; no person writes more.
const LONGEST: u64 = 256 << 20;

/// What is said of the articles of a root.
#[derive(Debug, Default)]
pub(super) struct Loaded {
    /// The file; none where there is none.
    pub(super) path: Option<PathBuf>,
    /// Whether it is about this root alone, so that all of it should fit.
    pub(super) is_of_root: bool,
    pub(super) corrections: Arc<Corrections>,
    pub(super) broken: Vec<BrokenLine>,
    /// Stands for all that is said; empty where there is no file.
    pub(super) digest: String,
}

impl Loaded {
    /// Reads what is said of a root.
    pub(super) fn of(root: &Root) -> Result<Self, RunError> {
        if let Some(given) = &root.corrections.named {
            return Self::read(named(given), true);
        }
        let folder = folder_of(root);
        match nearest(&folder) {
            Some(path) => {
                let is_of_root = path.parent() == Some(&folder);
                Self::read(path, is_of_root)
            }
            None => Ok(Self::default()),
        }
    }

    fn read(path: PathBuf, is_of_root: bool) -> Result<Self, RunError> {
        let failed = |source| RunError::Corrections { path: path.clone(), source };
        let mut bytes = Vec::new();
        let file = File::open(&path).map_err(failed)?;
        file.take(LONGEST).read_to_end(&mut bytes).map_err(failed)?;
        let (corrections, broken) = Corrections::read(&bytes);
        let mut hash = Sha256::new();
        hash.update(printable(&path));
        hash.update([0]);
        hash.update(&bytes);
        let digest = hash.finalize().iter().take(16).fold(String::new(), |mut hex, byte| {
            use std::fmt::Write as _;
            // Writing to a string cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        let corrections = Arc::new(corrections);
        Ok(Self { path: Some(path), is_of_root, corrections, broken, digest })
    }

    /// Whether the file that is met on a walk is this one.
    pub(super) fn is_at(&self, path: &Path) -> bool {
        self.path.as_deref() == Some(path)
    }
}

/// The folder of a root, or that in which a root lies that is a file.
fn folder_of(root: &Root) -> PathBuf {
    let path = named(&root.path);
    if path.is_dir() { path } else { path.parent().map(Path::to_owned).unwrap_or(path) }
}

/// The file of corrections in a folder, or the nearest above it.
fn nearest(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().map(|it| it.join(CORRECTIONS)).find(|it| is_ours(it))
}

/// Whether a file of that name holds corrections, and no articles of a newspaper that corrects itself.
pub(super) fn is_ours(path: &Path) -> bool {
    if path.file_name().is_none_or(|it| it != CORRECTIONS) || !path.is_file() {
        return false;
    }
    let mut head = Vec::new();
    // One that cannot be read is ours: that it cannot is said, not passed over.
    match File::open(path).and_then(|file| file.take(1 << 20).read_to_end(&mut head)) {
        Ok(_) => is_line(&head),
        Err(_) => true,
    }
}

/// Where a new correction of a root is written.
pub(super) fn to_be_written(root: &Root, loaded: &Loaded) -> PathBuf {
    let given = root.corrections.named.as_deref().map(named);
    given.or_else(|| loaded.path.clone()).unwrap_or_else(|| folder_of(root).join(CORRECTIONS))
}

/// Adds lines to a file of corrections, in one piece, and makes the file if there is none.
pub(super) fn append(path: &Path, lines: &[Line]) -> Result<(), RunError> {
    let failed = |source| RunError::NotKept { path: path.to_owned(), source };
    let mut file =
        File::options().read(true).append(true).create(true).open(path).map_err(failed)?;
    let mut text = String::new();
    // What was cut off in a line must not take the next one with it.
    let mut last = [b'\n'];
    if file.metadata().map_err(failed)?.len() > 0 {
        file.seek(SeekFrom::End(-1)).map_err(failed)?;
        file.read_exact(&mut last).map_err(failed)?;
    }
    if last != [b'\n'] {
        text.push('\n');
    }
    text.extend(lines.iter().map(Line::write));
    file.write_all(text.as_bytes()).map_err(failed)?;
    file.sync_all().map_err(failed)
}

/// The canonical path of a file of corrections that was named; `may_be_new` where it is about to be written.
pub(super) fn canonical(path: &Path, may_be_new: bool) -> Result<String, RunError> {
    let failed = |source| RunError::Corrections { path: path.to_owned(), source };
    let found = match fs::canonicalize(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound && may_be_new => {
            let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
            let folder = fs::canonicalize(folder.unwrap_or(Path::new("."))).map_err(failed)?;
            folder.join(path.file_name().unwrap_or_default())
        }
        other => other.map_err(failed)?,
    };
    Ok(printable(&found))
}

/// The corrections of files that are read without an index.
#[derive(Debug, Clone, Default)]
pub struct CorrectionsBeside {
    named: Option<Arc<Corrections>>,
    by_folder: FxHashMap<PathBuf, Arc<Corrections>>,
    /// Lines that could not be read, each with its file.
    pub broken: Vec<(PathBuf, BrokenLine)>,
}

impl CorrectionsBeside {
    /// Those of a file that was named, else for each path those in its folder or the nearest above it.
    pub fn find(given: Option<&Path>, paths: &[PathBuf]) -> Result<Self, RunError> {
        let mut found = Self::default();
        if let Some(path) = given {
            let loaded = Loaded::read(path.to_owned(), true)?;
            found.broken = with_path(&loaded, loaded.broken.clone());
            found.named = Some(loaded.corrections);
            return Ok(found);
        }
        let mut read: FxHashMap<PathBuf, Arc<Corrections>> = FxHashMap::default();
        for path in paths {
            let folder = path.parent().unwrap_or(Path::new(""));
            if found.by_folder.contains_key(folder) {
                continue;
            }
            let absolute =
                fs::canonicalize(if folder == Path::new("") { Path::new(".") } else { folder });
            let file = absolute.ok().and_then(|it| nearest(&it));
            let corrections = match file {
                None => Arc::default(),
                Some(file) => {
                    if let Some(known) = read.get(&file) {
                        Arc::clone(known)
                    } else {
                        let loaded = Loaded::read(file.clone(), true)?;
                        found.broken.extend(with_path(&loaded, loaded.broken.clone()));
                        read.insert(file, Arc::clone(&loaded.corrections));
                        loaded.corrections
                    }
                }
            };
            found.by_folder.insert(folder.to_owned(), corrections);
        }
        Ok(found)
    }

    pub(super) fn of(&self, path: &Path) -> Arc<Corrections> {
        let by_folder = || self.by_folder.get(path.parent().unwrap_or(Path::new("")));
        self.named.as_ref().or_else(by_folder).cloned().unwrap_or_default()
    }
}

fn with_path(loaded: &Loaded, broken: Vec<BrokenLine>) -> Vec<(PathBuf, BrokenLine)> {
    let path = loaded.path.clone().unwrap_or_default();
    broken.into_iter().map(|it| (path.clone(), it)).collect()
}
