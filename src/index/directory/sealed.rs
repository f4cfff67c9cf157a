//! The directory a writer works in: files are for their owner alone, unless the index is shared, and sealed.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use serde::Deserialize;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, Directory, DirectoryLock, FileHandle, INDEX_WRITER_LOCK, Lock, MmapDirectory,
    TerminatingWrite, WatchCallback, WatchHandle, WritePtr,
};

use super::seal::{Sum, fault_of, seal, unseal};

/// The file that names the segments of a commit.
const META: &str = "meta.json";
/// What an atomic write is called before it is complete.
pub(in crate::index) const UNFINISHED: &str = ".unfinished-";

/// Writes an index, its files sealed and private.
///
/// The lock on writing is its own, and not the engine's: the list of sums must be that of the last commit, and the
/// engine's writer may be replaced without another process coming in between.
#[derive(Debug, Clone)]
pub(in crate::index) struct Sealed {
    inner: MmapDirectory,
    path: PathBuf,
    lock: Arc<Mutex<Option<Held>>>,
    /// Whether others may read it, as far as the umask lets them.
    shared: bool,
    sums: Arc<Mutex<BTreeMap<String, Sum>>>,
    failure: Failure,
}

/// The lock on writing, while it is held.
struct Held(#[expect(dead_code, reason = "it is let go when it is dropped")] DirectoryLock);

impl fmt::Debug for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Held")
    }
}

/// The first thing that could not be written. The engine's own threads meet it and stop; whoever asks them for
/// more later hears of a dead writer alone.
#[derive(Debug, Clone, Default)]
pub(in crate::index) struct Failure(Arc<OnceLock<(PathBuf, io::Error)>>);

impl Failure {
    /// The file, and why it could not be written.
    pub(in crate::index) fn first(&self) -> Option<(PathBuf, io::Error)> {
        self.0.get().map(|(path, error)| (path.clone(), same_error(error)))
    }

    /// Keeps the error of a result, if it is one.
    fn kept<T>(&self, path: &Path, result: io::Result<T>) -> io::Result<T> {
        if let Err(error) = &result
            && error.kind() != io::ErrorKind::Interrupted
        {
            let _first_stays = self.0.set((path.to_owned(), same_error(error)));
        }
        result
    }
}

/// The error again: it cannot be cloned.
fn same_error(error: &io::Error) -> io::Error {
    match error.raw_os_error() {
        Some(code) => io::Error::from_raw_os_error(code),
        None => io::Error::new(error.kind(), error.to_string()),
    }
}

impl Sealed {
    /// Opens the folder for writing, and keeps others from it until [`Self::release`].
    pub(in crate::index) fn open(path: &Path, shared: bool) -> Result<Self, tantivy::TantivyError> {
        let inner = MmapDirectory::open(path)?;
        let locked = |error| tantivy::TantivyError::LockFailure(error, None);
        let lock = Held(inner.acquire_lock(&INDEX_WRITER_LOCK).map_err(locked)?);
        let sums = match fs::read(path.join(META)) {
            Ok(bytes) => unseal(&bytes).map(|(_, sums)| sums).unwrap_or_default(),
            Err(_) => BTreeMap::new(),
        };
        let opened = Self {
            inner,
            path: path.to_owned(),
            lock: Arc::new(Mutex::new(Some(lock))),
            shared,
            sums: Arc::new(Mutex::new(sums)),
            failure: Failure::default(),
        };
        let private = opened.make_private(&path.join(&INDEX_WRITER_LOCK.filepath));
        private.map_err(|error| locked(LockError::wrap_io_error(error)))?;
        Ok(opened)
    }

    /// Lets others write; readers of this directory may live on.
    pub(in crate::index) fn release(&self) {
        *self.lock.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Reads every file that was sealed; the first that is not as it was written, and what is wrong with it.
    pub(in crate::index) fn first_fault(&self) -> Option<(String, String)> {
        let sums = self.sums().clone();
        sums.into_iter()
            .find_map(|(name, sum)| fault_of(&self.path.join(&name), sum).map(|what| (name, what)))
    }

    /// Removes what a writer that was cut off left half written.
    pub(in crate::index) fn clear_unfinished(&self) -> io::Result<()> {
        for entry in fs::read_dir(&self.path)? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }

    /// What could not be written, if anything.
    pub(in crate::index) fn failure(&self) -> Failure {
        self.failure.clone()
    }

    fn sums(&self) -> MutexGuard<'_, BTreeMap<String, Sum>> {
        // A thread that panicked here held plain data: the data is good.
        self.sums.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn make_private(&self, path: &Path) -> io::Result<()> {
        if self.shared { Ok(()) } else { only_for_owner(path) }
    }

    /// Makes a file that is private from its first moment on, unless the index is shared.
    fn create(&self, path: &Path) -> io::Result<File> {
        new_file(self.shared).create_new(true).open(self.path.join(path))
    }

    /// The sums of the files that a commit consists of.
    fn sums_of_commit(&self, meta: &[u8]) -> BTreeMap<String, Sum> {
        #[derive(Deserialize)]
        struct Metas {
            segments: Vec<Segment>,
        }
        #[derive(Deserialize)]
        struct Segment {
            segment_id: String,
            deletes: Option<Deletes>,
        }
        #[derive(Deserialize)]
        struct Deletes {
            opstamp: u64,
        }
        let Ok(metas) = serde_json::from_slice::<Metas>(meta) else { return BTreeMap::new() };
        let sums = self.sums();
        let mut chosen = BTreeMap::new();
        for segment in metas.segments {
            let stem = segment.segment_id.replace('-', "");
            let deletes = segment.deletes.map(|it| format!("{stem}.{}.del", it.opstamp));
            for (name, sum) in sums.range(stem.clone()..) {
                if !name.starts_with(&stem) {
                    break;
                }
                let is_deletes = Path::new(name).extension().is_some_and(|it| it == "del");
                if !is_deletes || Some(name) == deletes.as_ref() {
                    chosen.insert(name.clone(), *sum);
                }
            }
        }
        chosen
    }
}

/// How a new file is opened, for its owner alone unless the index is shared: permissions that are taken away only
/// afterwards leave a moment in which others can open it.
fn new_file(shared: bool) -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    if !shared {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    #[cfg(not(unix))]
    let _ = shared;
    options
}

/// Takes a file from everybody else.
pub(in crate::index) fn only_for_owner(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(0o600))
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        Ok(())
    }
}

impl Directory for Sealed {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.inner.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.inner.delete(path)?;
        self.sums().remove(path.to_string_lossy().as_ref());
        Ok(())
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.inner.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let created = self.create(path);
        if created.as_ref().is_err_and(|it| it.kind() == io::ErrorKind::AlreadyExists) {
            return Err(OpenWriteError::FileAlreadyExists(path.to_owned()));
        }
        let file = self
            .failure
            .kept(&self.path.join(path), created)
            .map_err(|error| OpenWriteError::wrap_io_error(error, path.to_owned()))?;
        let name = path.to_string_lossy().into_owned();
        let summing =
            Summing { file, name, size: 0, sum: crc32fast::Hasher::new(), directory: self.clone() };
        Ok(BufWriter::new(Box::new(summing)))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let sealed = self.inner.atomic_read(path)?;
        unsealed(sealed, path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        let sums =
            if path == Path::new(META) { self.sums_of_commit(data) } else { BTreeMap::new() };
        let written = write_atomically(&self.path, path, &seal(data, &sums), self.shared);
        self.failure.kept(&self.path.join(path), written)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.failure.kept(&self.path, self.inner.sync_directory())
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        if lock.filepath == INDEX_WRITER_LOCK.filepath {
            return Ok(DirectoryLock::from(Box::new(())));
        }
        // Made here, where it is private from the beginning; the engine opens what there is.
        let made =
            new_file(self.shared).create(true).truncate(false).open(self.path.join(&lock.filepath));
        made.map_err(LockError::wrap_io_error)?;
        let held = self.inner.acquire_lock(lock)?;
        self.make_private(&self.path.join(&lock.filepath)).map_err(LockError::wrap_io_error)?;
        Ok(held)
    }

    fn watch(&self, _callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}

/// The content of a sealed file, or that it is damaged.
pub(super) fn unsealed(mut sealed: Vec<u8>, path: &Path) -> Result<Vec<u8>, OpenReadError> {
    match unseal(&sealed).map(|(content, _)| content.len()) {
        Ok(length) => {
            sealed.truncate(length);
            Ok(sealed)
        }
        Err(broken) => {
            let error = io::Error::new(io::ErrorKind::InvalidData, broken);
            Err(OpenReadError::wrap_io_error(error, path.to_owned()))
        }
    }
}

/// Writes a file so that after a crash it is there as it was or as it shall be.
pub(in crate::index) fn write_atomically(
    folder: &Path,
    name: &Path,
    content: &[u8],
    shared: bool,
) -> io::Result<()> {
    let unfinished = folder.join(format!("{UNFINISHED}{}", name.display()));
    // One writer at a time writes one such file at a time: what stands there was cut off.
    let mut file = new_file(shared).create(true).truncate(true).open(&unfinished)?;
    if !shared {
        only_for_owner(&unfinished)?;
    }
    file.write_all(content)?;
    file.sync_data()?;
    drop(file);
    fs::rename(&unfinished, folder.join(name))?;
    #[cfg(unix)]
    File::open(folder)?.sync_data()?;
    Ok(())
}

/// Sums what is written through it, and tells the directory when it is complete.
struct Summing {
    file: File,
    name: String,
    size: u64,
    sum: crc32fast::Hasher,
    directory: Sealed,
}

impl Write for Summing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes);
        let count = self.kept(written)?;
        self.sum.update(&bytes[..count]);
        self.size += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.file.flush();
        self.kept(flushed)
    }
}

impl Summing {
    fn kept<T>(&self, result: io::Result<T>) -> io::Result<T> {
        self.directory.failure.kept(&self.directory.path.join(&self.name), result)
    }
}

impl TerminatingWrite for Summing {
    fn terminate_ref(&mut self, _: AntiCallToken) -> io::Result<()> {
        let complete = self.file.sync_data();
        self.kept(complete)?;
        let sum = Sum(self.size, self.sum.clone().finalize());
        self.directory.sums().insert(std::mem::take(&mut self.name), sum);
        Ok(())
    }
}
