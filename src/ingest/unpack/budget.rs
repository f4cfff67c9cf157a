//! How much may come out of one file on the disk, over all that is packed in it, and how long it may take.

use std::cell::{Cell, RefCell};
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::time::Duration;

use super::super::guard::guarded;
use super::super::skip::megabytes;
use super::super::{ReadOptions, Sink, Skip, SkipKind};
use crate::article::{Place, RawArticle};

/// What has come out of a file so far; shared by all that unpack parts of it.
pub(in super::super) struct Budget<'a> {
    options: &'a ReadOptions,
    /// Bytes that were read from the disk.
    raw: Cell<u64>,
    /// Bytes that came out of decoders, those within each other counted again.
    unpacked: Cell<u64>,
    entries: Cell<u64>,
    depth: Cell<usize>,
    /// When the last article or reason was handed over.
    last: Cell<Duration>,
    /// Why nothing more is read of the whole file.
    stopped: RefCell<Option<Skip>>,
    /// Whether what is being read has been cut off, by a limit or by damage.
    cut: Cell<bool>,
    /// Whether nobody listens any more.
    unheard: Cell<bool>,
}

impl<'a> Budget<'a> {
    pub(in super::super) fn new(options: &'a ReadOptions) -> Self {
        Self {
            options,
            raw: Cell::new(0),
            unpacked: Cell::new(0),
            entries: Cell::new(0),
            depth: Cell::new(0),
            last: Cell::new(options.clock.map_or(Duration::ZERO, |clock| clock())),
            stopped: RefCell::new(None),
            cut: Cell::new(false),
            unheard: Cell::new(false),
        }
    }

    /// Whether nothing more is to be read of the whole file.
    pub(super) fn is_over(&self) -> bool {
        self.unheard.get() || self.stopped.borrow().is_some()
    }

    /// Why nothing more was read of the whole file, if a limit struck.
    pub(in super::super) fn reason(&self) -> Option<Skip> {
        self.stopped.borrow().clone()
    }

    /// One more thing in a container; false when they are too many.
    pub(super) fn entry(&self) -> bool {
        self.cut.set(false);
        self.entries.set(self.entries.get() + 1);
        let most = self.options.limits.entries;
        if self.entries.get() > most {
            let reason = format!("over {most} entries: the rest of the file is not read");
            self.stop(Skip::new(SkipKind::TooLarge, reason));
        }
        !self.is_over()
    }

    /// Goes into something that is packed; none when that is too deep.
    pub(super) fn enter(&self) -> Option<Deeper<'_>> {
        if self.depth.get() >= self.options.limits.container_depth {
            return None;
        }
        self.depth.set(self.depth.get() + 1);
        Some(Deeper(&self.depth))
    }

    fn stop(&self, skip: Skip) {
        self.cut.set(true);
        self.stopped.borrow_mut().get_or_insert(skip);
    }

    /// Notices that a file gives nothing for too long.
    fn look_at_the_clock(&self) {
        let Some(clock) = self.options.clock else { return };
        let limit = self.options.limits.patience;
        if clock().saturating_sub(self.last.get()) > limit {
            let reason =
                format!("gave nothing for {} seconds: the rest is not read", limit.as_secs());
            self.stop(Skip::new(SkipKind::TooLarge, reason));
        }
    }

    /// Counts bytes that a decoder gave; a reason when they are too many.
    fn unpacked(&self, count: u64, all: u64, packed: u64) -> Option<Skip> {
        let limits = &self.options.limits;
        self.unpacked.set(self.unpacked.get() + count);
        let total = self.unpacked.get();
        if total > limits.unpacked_bytes {
            let reason = format!(
                "unpacks to over {}: the rest of the file is not read",
                megabytes(limits.unpacked_bytes)
            );
            self.stop(Skip::new(SkipKind::TooLarge, reason));
            return None;
        }
        let over = |out: u64, from: u64| {
            out > limits.ratio_free_bytes && out / limits.unpacked_ratio > from
        };
        let reason = || {
            let times = limits.unpacked_ratio;
            format!(
                "a bomb: unpacks to over {times} times its size; what came before is kept, the rest is not read"
            )
        };
        if over(all, packed) {
            return Some(Skip::new(SkipKind::TooLarge, reason()));
        }
        if over(total, self.raw.get()) {
            self.stop(Skip::new(SkipKind::TooLarge, reason()));
        }
        None
    }
}

/// One level of packing; leaving it is dropping this.
pub(super) struct Deeper<'b>(&'b Cell<usize>);

impl Drop for Deeper<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get().saturating_sub(1));
    }
}

/// The bytes of the file on the disk, counted; ends early when a limit has struck.
pub(in super::super) struct FromDisk<'a, 'b> {
    pub(in super::super) input: &'a mut dyn Read,
    pub(in super::super) budget: &'a Budget<'b>,
}

impl Read for FromDisk<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.budget.look_at_the_clock();
        if self.budget.is_over() {
            return Ok(0);
        }
        let count = self.input.read(into)?;
        self.budget.raw.set(self.budget.raw.get() + count as u64);
        Ok(count)
    }
}

/// What a decoder gives. Damage and limits are no errors here: the stream ends, what came before is kept, and `fault`
/// says why.
pub(super) struct Unpacked<'a, 'b> {
    decoder: Box<dyn Read + 'a>,
    budget: &'a Budget<'b>,
    packed: &'a Cell<u64>,
    packed_before: u64,
    out: u64,
    ended: bool,
    /// Why it ended before its end.
    pub(super) fault: Option<Skip>,
}

impl<'a, 'b> Unpacked<'a, 'b> {
    /// `packed` counts the bytes the decoder has taken.
    pub(super) fn new(
        decoder: Box<dyn Read + 'a>,
        budget: &'a Budget<'b>,
        packed: &'a Cell<u64>,
    ) -> Self {
        let packed_before = packed.get();
        Self { decoder, budget, packed, packed_before, out: 0, ended: false, fault: None }
    }

    /// Whether it was read to its end.
    pub(super) fn is_whole(&self) -> bool {
        self.ended && self.fault.is_none()
    }

    fn end(&mut self, fault: Option<Skip>) -> usize {
        self.ended = true;
        if fault.is_some() {
            self.budget.cut.set(true);
            self.fault = fault;
        }
        0
    }
}

impl Read for Unpacked<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.budget.look_at_the_clock();
        if self.ended || into.is_empty() {
            return Ok(0);
        }
        if self.budget.is_over() {
            return Ok(self.end(None));
        }
        let fault = match guarded(|| self.decoder.read(into)) {
            Some(Ok(0)) => return Ok(self.end(None)),
            Some(Ok(count)) => {
                self.out += count as u64;
                let packed = self.packed.get().saturating_sub(self.packed_before);
                match self.budget.unpacked(count as u64, self.out, packed) {
                    None => return Ok(count),
                    Some(skip) => skip,
                }
            }
            Some(Err(error)) if error.kind() == io::ErrorKind::Interrupted => return Err(error),
            Some(Err(error)) => broken(&error, self.out),
            None => Skip::new(SkipKind::Broken, "the decoder failed on it"),
        };
        Ok(self.end(Some(fault)))
    }
}

/// What is said of packed bytes that cannot be unpacked to their end.
fn broken(error: &io::Error, out: u64) -> Skip {
    let what = if error.kind() == io::ErrorKind::UnexpectedEof {
        "cut off".to_owned()
    } else {
        format!("cannot be unpacked: {error}")
    };
    let kept = if out == 0 { "" } else { "; what came before is kept" };
    Skip::new(SkipKind::Broken, format!("{what}{kept}"))
}

/// Hands on to the pipeline, and takes note of when that was and whether anybody listens.
pub(in super::super) struct Watched<'a, 'b> {
    pub(in super::super) sink: &'a mut dyn Sink,
    pub(in super::super) budget: &'a Budget<'b>,
}

impl Watched<'_, '_> {
    fn handed_over(&self, flow: ControlFlow<()>) -> ControlFlow<()> {
        if let Some(clock) = self.budget.options.clock {
            self.budget.last.set(clock());
        }
        self.budget.unheard.set(self.budget.unheard.get() || flow.is_break());
        flow
    }
}

impl Sink for Watched<'_, '_> {
    fn article(&mut self, mut article: RawArticle) -> ControlFlow<()> {
        if self.budget.cut.get() {
            article.problems.push("cut off: the rest could not be unpacked".to_owned());
        }
        let flow = self.sink.article(article);
        self.handed_over(flow)
    }

    fn skip(&mut self, place: Place, reason: Skip) -> ControlFlow<()> {
        let flow = self.sink.skip(place, reason);
        self.handed_over(flow)
    }

    fn beneath(&mut self) -> Option<&mut dyn Sink> {
        Some(&mut *self.sink)
    }
}
