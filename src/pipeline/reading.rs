//! One file to articles, on a reading thread: read, normalized and analysed, sent on in batches.

use std::fs::File;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::mpsc::SyncSender;

use sha2::{Digest, Sha256};

use super::{BATCH, flow};
use crate::article::{Article, Place, RawArticle};
use crate::index::analyze::{Analyzed, analyze};
use crate::ingest::{self, FileKind, ReadOptions, Sink, Skip, SkipKind, guarded};
use crate::normalize::{self, normalize};
use crate::text::{Lang, Stemmer};

/// A file to be read.
#[derive(Clone)]
pub(super) struct Job {
    pub(super) path: PathBuf,
    pub(super) relative: String,
    pub(super) size: u64,
    pub(super) modified: i64,
    /// The hash it had when it was read in the same way; if it still has it, it need not be read.
    pub(super) known_hash: Option<String>,
    /// Records of it that are in the index already: a run was cut off after them.
    pub(super) go_on_after: Option<u64>,
    /// The file below the same root that held the same and is gone.
    pub(super) moved_from: Option<String>,
}

/// What a reading thread tells the writing one about a file.
pub(super) enum Told {
    Articles(Vec<(Article, Analyzed)>),
    Skipped(Place, Skip),
    Done {
        kind: String,
        hash: String,
    },
    /// It holds what it held before.
    Same,
}

/// What every reading thread knows.
pub(super) struct Reader<'a> {
    pub(super) read_options: &'a ReadOptions,
    pub(super) normalizing: &'a normalize::Options,
    /// The language that articles of unknown language are analysed in.
    pub(super) unknown: Option<Lang>,
}

impl Reader<'_> {
    pub(super) fn read(&self, job: &Job, tell: &SyncSender<Told>, stemmer: &mut Stemmer) {
        if job.known_hash.is_some() && job.known_hash == super::survey::hash_of(&job.path) {
            // The other end is gone when the run has failed.
            let _ = tell.send(Told::Same);
            return;
        }
        let place = Place { path: job.relative.clone(), inside: None, record: 0 };
        let mut telling = Telling {
            reader: self,
            tell,
            stemmer,
            batch: Vec::with_capacity(BATCH),
            to_pass: job.go_on_after.unwrap_or(0),
        };
        let mut kind = "unreadable".to_owned();
        let mut hash = String::new();
        match File::open(&job.path) {
            Err(error) => {
                let skip = Skip::new(SkipKind::Unreadable, error.to_string());
                let _ = telling.skip(place, skip);
            }
            Ok(file) => {
                let mut input = Hashing::new(file);
                match ingest::read_stream(
                    &job.path,
                    &place,
                    &mut input,
                    self.read_options,
                    &mut telling,
                ) {
                    Ok(FileKind::Read(name) | FileKind::NotRead(name)) => {
                        name.clone_into(&mut kind);
                    }
                    Err(error) => {
                        let _ = telling.skip(place, error.to_skip());
                    }
                }
                // The rest of a file that was not read to its end is hashed too: any change is a change.
                if telling.flush().is_continue() {
                    let _ = io::copy(&mut input, &mut io::sink());
                }
                hash = input.finish();
            }
        }
        let _ = telling.flush();
        let _ = tell.send(Told::Done { kind, hash });
    }
}

/// Normalizes and analyses what a reader pushes, and sends it on in batches.
pub(super) struct Telling<'a> {
    reader: &'a Reader<'a>,
    tell: &'a SyncSender<Told>,
    stemmer: &'a mut Stemmer,
    batch: Vec<(Article, Analyzed)>,
    /// Records still to be passed over, since they are in the index.
    to_pass: u64,
}

impl Telling<'_> {
    /// Whether a record is in the index already.
    fn passes(&mut self) -> bool {
        let passes = self.to_pass > 0;
        self.to_pass = self.to_pass.saturating_sub(1);
        passes
    }

    fn flush(&mut self) -> ControlFlow<()> {
        if self.batch.is_empty() {
            return ControlFlow::Continue(());
        }
        let batch = std::mem::replace(&mut self.batch, Vec::with_capacity(BATCH));
        // The other end is gone when the run has failed.
        flow(self.tell.send(Told::Articles(batch)).is_ok())
    }

    fn tell_of(&mut self, place: Place, reason: Skip) -> ControlFlow<()> {
        self.flush()?;
        flow(self.tell.send(Told::Skipped(place, reason)).is_ok())
    }
}

impl Sink for Telling<'_> {
    fn article(&mut self, raw: RawArticle) -> ControlFlow<()> {
        if self.passes() {
            return ControlFlow::Continue(());
        }
        let place = raw.place.clone();
        let made = guarded(|| {
            let article = normalize(raw, self.reader.normalizing);
            let lang = match &article.language {
                Some(code) => Lang::from_code(code),
                None => self.reader.unknown,
            };
            let analyzed = analyze(&article, lang, self.stemmer);
            (article, analyzed)
        });
        let Some(made) = made else { return self.tell_of(place, failed()) };
        self.batch.push(made);
        if self.batch.len() == BATCH { self.flush() } else { ControlFlow::Continue(()) }
    }

    fn skip(&mut self, place: Place, reason: Skip) -> ControlFlow<()> {
        if self.passes() {
            return ControlFlow::Continue(());
        }
        self.tell_of(place, reason)
    }
}

/// What is said of a record that no code of ours or others should fail on, and did.
pub(super) fn failed() -> Skip {
    Skip::new(SkipKind::Broken, "the parser failed on this record")
}

/// Hashes what is read through it.
pub(super) struct Hashing<R> {
    inner: R,
    hasher: Sha256,
}

impl<R: Read> Hashing<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { inner, hasher: Sha256::new() }
    }

    pub(super) fn finish(self) -> String {
        use std::fmt::Write as _;
        self.hasher.finalize().iter().fold(String::with_capacity(64), |mut hex, byte| {
            // Writing to a string cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.hasher.update(&buffer[..count]);
        Ok(count)
    }
}
