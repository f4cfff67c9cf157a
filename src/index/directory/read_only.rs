//! A directory that is only read: an index on a read-only disk, or of another user, can be searched.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, META_LOCK, MmapDirectory, WatchCallback,
    WatchHandle, WritePtr,
};

use super::by_reading::ByReading;
use super::sealed::unsealed;

/// Reads an index and can never change it.
#[derive(Debug, Clone)]
pub(in crate::index) struct ReadOnly {
    inner: MmapDirectory,
    path: PathBuf,
}

impl ReadOnly {
    pub(in crate::index) fn open(path: &Path) -> Result<Self, tantivy::TantivyError> {
        Ok(Self { inner: MmapDirectory::open(path)?, path: path.to_owned() })
    }

    fn refused(&self) -> std::io::Error {
        let message = format!("`{}` is opened for reading only", self.path.display());
        std::io::Error::new(std::io::ErrorKind::PermissionDenied, message)
    }
}

impl Directory for ReadOnly {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        if path.extension().is_some_and(|it| it == "store") {
            return Ok(Arc::new(ByReading::open(&self.path.join(path))?));
        }
        self.inner.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::IoError { io_error: Arc::new(self.refused()), filepath: path.to_owned() })
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.inner.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::wrap_io_error(self.refused(), path.to_owned()))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        unsealed(self.inner.atomic_read(path)?, path)
    }

    fn atomic_write(&self, _path: &Path, _data: &[u8]) -> std::io::Result<()> {
        Err(self.refused())
    }

    fn sync_directory(&self) -> std::io::Result<()> {
        Ok(())
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        // The engine would have readers keep writers from deleting files while they are opened. That takes a file
        // which is made and opened for writing, and may be another user's. Here the index is opened again instead,
        // when a writer has committed meanwhile: see `Index::open`.
        if lock.filepath != META_LOCK.filepath {
            return Err(LockError::LockBusy);
        }
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, _callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}
