//! The file in which the user says what names mean -> its names, ready, and a hash that says when they have changed.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64};

use super::hash::Hashing;
use crate::index::catalog::Root;
use crate::ingest::named;
use crate::names::{ListedName, NameList, NamesError, parse};

/// What such a file is called in a root.
pub const NAMES_FILE: &str = "names.toml";

/// Bytes of such a file at most: its names lie in the commit, which every search reads.
const LONGEST: u64 = 1 << 20;

/// The names that articles are read with.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// The file they are from.
    pub file: Option<PathBuf>,
    /// As they stand there.
    pub listed: Vec<ListedName>,
    /// Ready to be looked for.
    pub list: Arc<NameList>,
    /// SHA-256 of the file; empty without one.
    pub hash: String,
}

/// Why a file of names cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum NamesFileError {
    /// It cannot be read.
    #[error("cannot read the names in `{}`", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// What it says makes no sense.
    #[error("the names in `{}` make no sense", path.display())]
    Wrong {
        /// The file.
        path: PathBuf,
        /// What, and in which line.
        source: NamesError,
    },
}

impl NamesFileError {
    /// What to do.
    pub fn hint(&self) -> &str {
        match self {
            Self::Unreadable { .. } => {
                "give a file with `--names` that is there, in UTF-8 and under a megabyte"
            }
            Self::Wrong { source, .. } => &source.hint,
        }
    }
}

/// Reads a file of names.
pub fn read_names(path: &Path) -> Result<Names, NamesFileError> {
    read(path, path)
}

/// Reads a file of names that people know by another path.
fn read(path: &Path, shown: &Path) -> Result<Names, NamesFileError> {
    let unreadable = |source| NamesFileError::Unreadable { path: shown.to_owned(), source };
    let (never, uncounted) = (AtomicBool::new(false), AtomicU64::new(0));
    let mut hashing = Hashing::new(File::open(path).map_err(unreadable)?, &never, &uncounted);
    let mut text = String::new();
    hashing.by_ref().take(LONGEST + 1).read_to_string(&mut text).map_err(unreadable)?;
    if text.len() as u64 > LONGEST {
        return Err(unreadable(io::Error::other("it is larger than a megabyte")));
    }
    let listed =
        parse(&text).map_err(|source| NamesFileError::Wrong { path: shown.to_owned(), source })?;
    let list = Arc::new(NameList::new(listed.clone()));
    Ok(Names { file: Some(shown.to_owned()), listed, list, hash: hashing.finish(true) })
}

/// The file of names of a root: the one given with it, else `names.toml` in it; none for a root without names.
pub(super) fn names_file(root: &Root) -> Option<PathBuf> {
    if let Some(given) = &root.options.names {
        return Some(named(given));
    }
    let own = named(&root.path).join(NAMES_FILE);
    own.is_file().then_some(own)
}

/// The names of a root.
pub(super) fn names_of(root: &Root) -> Result<Names, NamesFileError> {
    match names_file(root) {
        Some(path) if !root.options.no_entities => {
            let own = || Path::new(&root.given).join(NAMES_FILE);
            read(&path, &root.options.names.as_deref().map_or_else(own, named))
        }
        Some(_) | None => Ok(Names::default()),
    }
}
