//! An index is opened for writing, made where there is none, and kept for its owner alone.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::WriterOptions;
use super::opening_failed;
use crate::index::directory::{Sealed, seal, write_atomically};
use crate::index::{
    IndexError, MARKER, META, Marker, builder, check_marker, is_unborn, is_vacant, not_written,
    opening, schema,
};

/// Opens the index in `path`, or makes one there if the folder is empty or missing.
pub(super) fn open(
    path: &Path,
    options: &WriterOptions,
) -> Result<(tantivy::Index, Sealed), IndexError> {
    let failed = |source| not_written(path.to_owned(), source);
    let new = is_vacant(path);
    if new {
        make_folder(path, options.shared).map_err(failed)?;
        write_marker(path, options.shared).map_err(failed)?;
    }
    let mut marker = check_marker(path)?;
    if options.shared && !marker.shared {
        write_marker(path, true).map_err(failed)?;
        marker.shared = true;
        share(path).map_err(failed)?;
    }
    let directory = Sealed::open(path, marker.shared).map_err(|error| opening(path, error))?;
    // A run that was cut off before its first commit left the marker alone.
    let index = if is_unborn(path) {
        builder().open_or_create(directory.clone())
    } else if path.join(META).exists() {
        tantivy::Index::open(directory.clone())
    } else {
        let reason = format!("`{META}` is missing");
        return Err(IndexError::Damaged { path: path.to_owned(), reason });
    };
    let index = index.map_err(|error| opening_failed(path, &directory.failure(), error))?;
    Ok((index, directory))
}

fn write_marker(path: &Path, shared: bool) -> std::io::Result<()> {
    let marker = Marker {
        schema: schema::SCHEMA_VERSION,
        made_by: concat!("morgue ", env!("CARGO_PKG_VERSION")).to_owned(),
        shared,
    };
    let text = serde_json::to_string(&marker).unwrap_or_default();
    let sealed = seal(text.as_bytes(), &BTreeMap::new());
    write_atomically(path, Path::new(MARKER), &sealed, shared)
}

/// Archives are confidential: an index is for its owner alone, whatever the umask, unless it is to be shared.
fn make_folder(path: &Path, shared: bool) -> std::io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    // Only the folder itself is private: those above it are made as usual.
    if let Some(above) = path.parent() {
        fs::create_dir_all(above)?;
    }
    let mut new = fs::DirBuilder::new();
    #[cfg(unix)]
    if !shared {
        use std::os::unix::fs::DirBuilderExt;
        new.mode(0o700);
    }
    #[cfg(not(unix))]
    let _ = shared;
    new.create(path)
}

/// Gives the files of a private index the permissions that the umask gives new ones.
fn share(path: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let as_new = fs::metadata(path.join(MARKER))?.permissions();
        for entry in fs::read_dir(path)? {
            fs::set_permissions(entry?.path(), as_new.clone())?;
        }
        // Whoever may read a file may enter the folder.
        let mode = as_new.mode() & 0o777;
        fs::set_permissions(
            path,
            fs::Permissions::from_mode(mode | ((mode & 0o444) >> 2) | 0o700),
        )?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}
