//! Small files are given to a reading thread by the handful, and what it says of them is told at once: to wake the
//! thread that waits for it takes as long as to read one of them.

use std::iter::Peekable;
use std::sync::Arc;
use std::sync::mpsc::SyncSender;
use std::vec::IntoIter;

use super::reading::{Job, Told};

/// Files of a handful at most.
const FILES: usize = 16;
/// Bytes of them on the disk at most, unless there is but one.
const BYTES: u64 = 64 << 10;

/// Files that one thread reads one after another.
#[derive(Clone)]
pub(super) struct Handful {
    /// In the order of the walk.
    pub(super) number: u64,
    pub(super) jobs: Arc<[Job]>,
}

/// Cuts a list of files into handfuls, in its order.
pub(super) struct Handfuls {
    jobs: Peekable<IntoIter<Job>>,
    next: u64,
}

impl Handfuls {
    pub(super) fn of(jobs: Vec<Job>) -> Self {
        Self { jobs: jobs.into_iter().peekable(), next: 0 }
    }
}

impl Iterator for Handfuls {
    type Item = Handful;

    fn next(&mut self) -> Option<Self::Item> {
        let first = self.jobs.next()?;
        let mut bytes = first.size;
        let mut jobs = vec![first];
        while jobs.len() < FILES {
            let fits = |it: &Job| bytes.saturating_add(it.size) <= BYTES;
            let Some(job) = self.jobs.next_if(fits) else { break };
            bytes += job.size;
            jobs.push(job);
        }
        let number = self.next;
        self.next += 1;
        Some(Handful { number, jobs: jobs.into() })
    }
}

/// What a reading thread has to tell and has not sent yet.
pub(super) struct Outbox<'a> {
    to_writer: &'a SyncSender<Vec<Told>>,
    unsent: Vec<Told>,
    /// Whether anybody listens: nobody does once the run has failed.
    pub(super) is_heard: bool,
}

impl<'a> Outbox<'a> {
    pub(super) fn new(to_writer: &'a SyncSender<Vec<Told>>) -> Self {
        Self { to_writer, unsent: Vec::new(), is_heard: true }
    }

    pub(super) fn put(&mut self, told: Told) {
        self.unsent.push(told);
        if self.unsent.len() >= super::BATCH {
            self.send();
        }
    }

    /// Sends all there is.
    pub(super) fn send(&mut self) {
        if !self.unsent.is_empty() {
            let unsent = std::mem::take(&mut self.unsent);
            self.is_heard &= self.to_writer.send(unsent).is_ok();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn sizes(given: &[u64]) -> Vec<Vec<u64>> {
        let job = |size: &u64| Job {
            path: PathBuf::new(),
            relative: String::new(),
            size: *size,
            modified: 0,
            known_hash: None,
            go_on_after: None,
            moved_from: None,
        };
        let handfuls = Handfuls::of(given.iter().map(job).collect());
        handfuls.map(|it| it.jobs.iter().map(|job| job.size).collect()).collect()
    }

    #[test]
    fn a_handful_is_small_and_in_order() {
        assert_eq!(sizes(&[]), Vec::<Vec<u64>>::new());
        assert_eq!(sizes(&[1; FILES + 2]), [vec![1; FILES], vec![1; 2]]);
        assert_eq!(
            sizes(&[1, BYTES, 2, BYTES - 2, u64::MAX, 3]),
            [vec![1], vec![BYTES], vec![2, BYTES - 2], vec![u64::MAX], vec![3]]
        );
    }
}
