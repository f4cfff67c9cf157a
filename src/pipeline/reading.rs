//! One file to articles, on a reading thread: read, normalized and analysed, sent on in batches.

use std::fs::File;
use std::io;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::handful::Outbox;
use super::hash::{Hashes, Hashing};
use super::room::{LEAST, Room, Taken};
use super::{BATCH, BATCH_BYTES, flow};
use crate::article::{Article, Place, RawArticle};
use crate::index::analyze::{Analyzed, analyze};
use crate::index::catalog::UNREADABLE;
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
    /// It was read to its end; with the articles that were not sent on before: most files have one, and it need not be
    /// waited for twice.
    Done {
        last: Vec<(Article, Analyzed)>,
        kind: String,
        hash: String,
    },
    /// It could not be opened, or not be read to its end.
    Failed(String),
    /// It holds what it held before.
    Same,
}

/// What every reading thread knows.
pub(super) struct Reader<'a> {
    pub(super) read_options: &'a ReadOptions,
    pub(super) normalizing: &'a normalize::Options,
    /// The language that articles of unknown language are analysed in.
    pub(super) unknown: Option<Lang>,
    /// Whether the run is to stop.
    pub(super) stop: &'a AtomicBool,
    /// Bytes that were read, or need not be.
    pub(super) bytes: &'a AtomicU64,
    /// How much may be on its way to the writing thread.
    pub(super) room: Arc<Room>,
}

impl Reader<'_> {
    /// Reads a file of the handful of this number. The last message is that on its end; there is none when the run is
    /// stopped.
    pub(super) fn read(
        &self,
        (number, job): (u64, &Job),
        outbox: &mut Outbox<'_>,
        stemmer: &mut Stemmer,
    ) {
        let known = job.known_hash.as_deref();
        if known.is_some_and(|it| Hashes::of(&job.path, self.stop).include(it)) {
            self.count(job.size);
            self.tell_end(outbox, Told::Same);
            return;
        }
        let file = match File::open(&job.path) {
            Ok(file) => file,
            Err(error) => {
                self.count(job.size);
                self.tell_end(outbox, Told::Failed(error.to_string()));
                return;
            }
        };
        let place = Place { path: job.relative.clone(), inside: None, record: 0 };
        let mut input = Hashing::new(file, self.stop, self.bytes);
        let mut telling = Telling {
            reader: self,
            outbox,
            stemmer,
            batch: Vec::with_capacity(BATCH),
            batch_bytes: 0,
            number,
            taken: None,
            to_pass: job.go_on_after.unwrap_or(0),
            gave: job.go_on_after.is_some(),
        };
        let read =
            ingest::read_stream(&job.path, &place, &mut input, self.read_options, &mut telling);
        let mut kind = UNREADABLE;
        match &read {
            Ok(FileKind::Read(name) | FileKind::NotRead(name)) => kind = name,
            // The file itself could be read: what is wrong with it is wrong for good.
            Err(error) if input.failure.is_none() => {
                let _ = telling.skip(place, error.to_skip());
            }
            Err(_) => {}
        }
        // What gave no article is told by the bytes that were read of it: no others are. Of the rest of a file with
        // articles any change is a change.
        let whole = telling.gave;
        if whole && telling.outbox.is_heard && input.failure.is_none() {
            // A failure is kept in `input`.
            let _ = io::copy(&mut input, &mut io::sink());
        }
        self.count(job.size.saturating_sub(input.count));
        let end = if let Some(reason) = input.failure.take() {
            let _ = telling.flush();
            Told::Failed(reason)
        } else {
            let last = std::mem::take(&mut telling.batch);
            Told::Done { last, kind: kind.to_owned(), hash: input.finish(whole) }
        };
        self.tell_end(outbox, end);
    }

    fn count(&self, bytes: u64) {
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
    }

    /// What a file that was not read to its end for a stop seems to hold is not so.
    fn tell_end(&self, outbox: &mut Outbox<'_>, end: Told) {
        if !self.stop.load(Ordering::Relaxed) {
            outbox.put(end);
        }
    }
}

/// Normalizes and analyses what a reader pushes, and sends it on in batches.
pub(super) struct Telling<'a, 'b> {
    reader: &'a Reader<'a>,
    outbox: &'a mut Outbox<'b>,
    stemmer: &'a mut Stemmer,
    batch: Vec<(Article, Analyzed)>,
    batch_bytes: u64,
    /// Which handful it is.
    number: u64,
    /// Room for the next article.
    taken: Option<Taken>,
    /// Records still to be passed over, since they are in the index.
    to_pass: u64,
    /// Whether the file gave an article, in this run or the one that was cut off.
    gave: bool,
}

impl Telling<'_, '_> {
    /// Whether a record is in the index already.
    fn passes(&mut self) -> bool {
        let passes = self.to_pass > 0;
        self.to_pass = self.to_pass.saturating_sub(1);
        passes
    }

    /// Puts the articles of the batch with what is to be told.
    fn put_batch(&mut self) {
        if !self.batch.is_empty() {
            self.batch_bytes = 0;
            let batch = std::mem::replace(&mut self.batch, Vec::with_capacity(BATCH));
            self.outbox.put(Told::Articles(batch));
        }
    }

    fn flush(&mut self) -> ControlFlow<()> {
        self.put_batch();
        self.outbox.send();
        flow(self.outbox.is_heard)
    }

    /// Takes room for so many bytes of text. What was read before is sent on rather than waited with.
    fn take(&mut self, bytes: u64) -> Taken {
        let room = &self.reader.room;
        if let Some(taken) = room.try_take(self.number, bytes) {
            return taken;
        }
        // If nobody listens any more, nobody is waited for.
        let _ = self.flush();
        room.take(self.number, bytes)
    }

    fn tell_of(&mut self, place: Place, reason: Skip) -> ControlFlow<()> {
        self.put_batch();
        self.outbox.put(Told::Skipped(place, reason));
        flow(self.outbox.is_heard)
    }
}

impl Sink for Telling<'_, '_> {
    fn article(&mut self, raw: RawArticle) -> ControlFlow<()> {
        let taken = self.taken.take();
        if self.passes() {
            return ControlFlow::Continue(());
        }
        let stated: usize = raw.claims.iter().map(|claim| claim.value.len()).sum();
        let bytes = LEAST + (raw.text.len() + stated) as u64;
        let taken = taken.unwrap_or_else(|| self.take(bytes));
        let place = raw.place.clone();
        let made = guarded(|| {
            let article = normalize(raw, self.reader.normalizing);
            let lang = match &article.language {
                Some(code) => Lang::from_code(code),
                None => self.reader.unknown,
            };
            let analyzed = analyze(&article, lang, self.stemmer);
            (article, analyzed.holding(taken))
        });
        let Some(made) = made else { return self.tell_of(place, failed()) };
        self.gave = true;
        self.batch.push(made);
        self.batch_bytes += bytes;
        if self.batch.len() == BATCH || self.batch_bytes > BATCH_BYTES {
            self.flush()
        } else {
            ControlFlow::Continue(())
        }
    }

    fn skip(&mut self, place: Place, reason: Skip) -> ControlFlow<()> {
        self.taken = None;
        if self.passes() {
            return ControlFlow::Continue(());
        }
        self.tell_of(place, reason)
    }

    fn make_room(&mut self, bytes: u64) {
        self.taken = None;
        self.taken = Some(self.take(LEAST + bytes));
    }
}

/// What is said of a record that no code of ours or others should fail on, and did.
pub(super) fn failed() -> Skip {
    Skip::new(SkipKind::Broken, "the parser failed on this record")
}
