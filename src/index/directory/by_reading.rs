//! A file that is read where it is asked for, not mapped into memory.
//!
//! Of the stored articles a search wants a few blocks here and there. A mapped file gives each of them at the price of
//! a fault that maps the sixteen pages around it and that must be undone at the end; to read the block costs less, the
//! memory of the process does not grow with it, and a file that is cut short meanwhile is an error, not a signal.

use std::fs::File;
use std::io;
use std::ops::Range;
use std::path::Path;

use tantivy::HasLen;
use tantivy::directory::error::OpenReadError;
use tantivy::directory::{FileHandle, OwnedBytes};

/// An open file and the length it had.
#[derive(Debug)]
pub(super) struct ByReading {
    file: File,
    len: usize,
}

impl ByReading {
    pub(super) fn open(path: &Path) -> Result<Self, OpenReadError> {
        let failed = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound => OpenReadError::FileDoesNotExist(path.to_owned()),
            _ => OpenReadError::wrap_io_error(error, path.to_owned()),
        };
        let file = File::open(path).map_err(failed)?;
        let len = file.metadata().map_err(failed)?.len();
        let len = usize::try_from(len).map_err(|error| failed(io::Error::other(error)))?;
        Ok(Self { file, len })
    }
}

impl HasLen for ByReading {
    fn len(&self) -> usize {
        self.len
    }
}

impl FileHandle for ByReading {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        let mut bytes = vec![0; range.len()];
        read_at(&self.file, &mut bytes, range.start as u64)?;
        Ok(OwnedBytes::new(bytes))
    }
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

#[cfg(windows)]
fn read_at(file: &File, mut bytes: &mut [u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        match std::os::windows::fs::FileExt::seek_read(file, bytes, at) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(count) => {
                bytes = &mut bytes[count..];
                at += count as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_read_and_what_is_gone_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.store");
        std::fs::write(&path, b"0123456789").unwrap();
        let file = ByReading::open(&path).unwrap();
        assert_eq!(file.len(), 10);
        assert_eq!(file.read_bytes(3..6).unwrap().as_slice(), b"345");
        assert_eq!(file.read_bytes(10..10).unwrap().as_slice(), b"");
        std::fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(5).unwrap();
        let error = file.read_bytes(3..6).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
        let missing = ByReading::open(&folder.path().join("b.store")).unwrap_err();
        assert!(matches!(missing, OpenReadError::FileDoesNotExist(_)));
    }
}
