//! The hash by which a file is known again: taken while it is read, and compared with later.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use sha2::{Digest, Sha256};

/// Begins the hash of a file of which the first bytes alone were read: what it gives hangs on no others.
const OF_FIRST: &str = "first ";

/// Hashes what is read through it, counts it, and ends with an error once the run is to stop.
pub(super) struct Hashing<'a, R> {
    inner: R,
    hasher: Sha256,
    stop: &'a AtomicBool,
    /// Bytes that all reading threads have read.
    counted: &'a AtomicU64,
    /// Bytes that were read here.
    pub(super) count: u64,
    /// The first thing that went wrong with the file itself, whatever became of it in the readers above.
    pub(super) failure: Option<String>,
}

impl<'a, R: Read> Hashing<'a, R> {
    pub(super) fn new(inner: R, stop: &'a AtomicBool, counted: &'a AtomicU64) -> Self {
        Self { inner, hasher: Sha256::new(), stop, counted, count: 0, failure: None }
    }

    /// The hash of all that was read; `whole` says whether that is all of the file.
    pub(super) fn finish(self, whole: bool) -> String {
        let hash = hex(self.hasher);
        if whole { hash } else { format!("{OF_FIRST}{}: {hash}", self.count) }
    }
}

impl<R: Read> Read for Hashing<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.stop.load(Ordering::Relaxed) {
            return Err(io::Error::other("the run was stopped"));
        }
        let count = self.inner.read(buffer).inspect_err(|error| {
            if error.kind() != io::ErrorKind::Interrupted {
                self.failure.get_or_insert_with(|| error.to_string());
            }
        })?;
        self.hasher.update(&buffer[..count]);
        self.count += count as u64;
        self.counted.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// The hashes of one file, each taken once: several that are known may be compared with it.
pub(super) struct Hashes<'a> {
    path: &'a Path,
    stop: &'a AtomicBool,
    /// By how many bytes they are of; all, or the first of them.
    taken: Vec<(Option<u64>, Option<String>)>,
}

impl<'a> Hashes<'a> {
    pub(super) fn of(path: &'a Path, stop: &'a AtomicBool) -> Self {
        Self { path, stop, taken: Vec::new() }
    }

    /// Whether the file holds what was hashed. A file that cannot be read does not, nor one whose reading is stopped.
    pub(super) fn include(&mut self, known: &str) -> bool {
        let (first, hash) = parts(known);
        if hash.is_empty() {
            return false;
        }
        if let Some((_, taken)) = self.taken.iter().find(|it| it.0 == first) {
            return taken.as_deref() == Some(hash);
        }
        let taken = self.take(first);
        let same = taken.as_deref() == Some(hash);
        self.taken.push((first, taken));
        same
    }

    fn take(&self, first: Option<u64>) -> Option<String> {
        let uncounted = AtomicU64::new(0);
        let file = File::open(self.path).ok()?.take(first.unwrap_or(u64::MAX));
        let mut hashing = Hashing::new(file, self.stop, &uncounted);
        io::copy(&mut hashing, &mut io::sink()).ok()?;
        Some(hashing.finish(true))
    }
}

/// How many bytes a hash is of, unless it is of all, and the hash itself.
fn parts(known: &str) -> (Option<u64>, &str) {
    let first = known.strip_prefix(OF_FIRST).and_then(|it| it.split_once(": "));
    let first = first.and_then(|(count, hash)| Some((count.parse().ok()?, hash)));
    first.map_or((None, known), |(count, hash)| (Some(count), hash))
}

fn hex(hasher: Sha256) -> String {
    use std::fmt::Write as _;
    hasher.finalize().iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A disk that fails after some bytes.
    struct Failing(&'static [u8]);

    impl Read for Failing {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if self.0.is_empty() {
                Err(io::Error::other("bad sector"))
            } else {
                self.0.read(buffer)
            }
        }
    }

    #[test]
    fn a_hash_of_the_first_bytes_holds_whatever_comes_behind_them() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.wav");
        std::fs::write(&path, b"RIFF and sound").unwrap();
        let (stop, counted) = (AtomicBool::new(false), AtomicU64::new(0));
        let mut head = Hashing::new(&b"RIFF"[..], &stop, &counted);
        io::copy(&mut head, &mut io::sink()).unwrap();
        let known = head.finish(false);
        assert!(known.starts_with("first 4: "), "{known}");
        assert!(Hashes::of(&path, &stop).include(&known));
        std::fs::write(&path, b"RIFX and sound").unwrap();
        assert!(!Hashes::of(&path, &stop).include(&known));
        assert!(!Hashes::of(&path, &stop).include(""));
    }

    #[test]
    fn a_stop_ends_it_and_is_no_fault_of_the_file() {
        let (stop, counted) = (AtomicBool::new(true), AtomicU64::new(0));
        let mut input = Hashing::new(io::repeat(7), &stop, &counted);
        assert!(io::copy(&mut input, &mut io::sink()).is_err());
        assert_eq!(input.failure, None);
        stop.store(false, Ordering::Relaxed);
        let mut input = Hashing::new(Failing(b"abc"), &stop, &counted);
        assert!(io::copy(&mut input, &mut io::sink()).is_err());
        assert_eq!((input.failure.as_deref(), input.count), (Some("bad sector"), 3));
    }
}
