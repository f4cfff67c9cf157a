//! What the readers say of each file, written in the order of the walk, and committed from time to time.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use super::forget::{forget_file, was_forgotten};
use super::handful::{Handful, Handfuls, Outbox};
use super::names::Names;
use super::priority::give_way;
use super::reading::{Job, Reader, Told};
use super::room::{Closing, Room};
use super::roots::root_id;
use super::{AHEAD, Budget, HowFar, Observer, RULES, Report, RunError, RunOptions, WAITING};
use crate::article::Article;
use crate::index::analyze::Analyzed;
use crate::index::catalog::{FileEntry, Root, Skipped, UNREADABLE};
use crate::index::writer::{Previous, Writer};
use crate::ingest::ReadOptions;
use crate::normalize;
use crate::normalize::corrections::Corrections;
use crate::text::{Lang, Stemmer};

/// Everything that is told once for a run.
pub(super) struct Run<'a> {
    pub(super) root: &'a Root,
    pub(super) names: &'a Names,
    pub(super) read_options: &'a ReadOptions,
    pub(super) options: &'a RunOptions,
    pub(super) stop: &'a AtomicBool,
    /// What people say of the articles.
    pub(super) said: &'a Arc<Corrections>,
}

/// Reads the files by several threads and writes them by this one.
pub(super) fn read_all(
    writer: &mut Writer,
    run: &Run<'_>,
    jobs: Vec<Job>,
    budget: &mut Budget,
    observer: &mut dyn Observer,
    report: &mut Report,
) -> Result<(), RunError> {
    let root = run.root;
    let normalizing = normalize::Options {
        now: run.options.today,
        set: root.options.set.clone(),
        root_id: root_id(&root.path),
        entities: !root.options.no_entities,
        corrections: Arc::clone(run.said),
        names: Arc::clone(&run.names.list),
    };
    let unknown = root.language.as_deref().unwrap_or("en").to_owned();
    let bytes = AtomicU64::new(0);
    let under_way = Arc::new(Room::default());
    let reader = Reader {
        room: Arc::clone(&under_way),
        read_options: run.read_options,
        normalizing: &normalizing,
        unknown: Lang::from_code(&unknown),
        stop: run.stop,
        bytes: &bytes,
    };
    let all_bytes = jobs.iter().map(|it| it.size).sum();
    let threads = run.options.jobs.max(1);
    report.files = jobs.len() as u64;
    // Each handful of files has a channel of its own, and the channels are emptied in the order of the walk.
    let (to_readers, work) = sync_channel::<(Handful, SyncSender<Vec<Told>>)>(threads * AHEAD);
    let work = std::sync::Mutex::new(work);
    let (work, reader) = (&work, &reader);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(move || {
                give_way();
                let mut stemmer = Stemmer::default();
                loop {
                    let next =
                        work.lock().unwrap_or_else(std::sync::PoisonError::into_inner).recv();
                    let Ok((handful, tell)) = next else { break };
                    let mut outbox = Outbox::new(&tell);
                    for job in &*handful.jobs {
                        reader.read((handful.number, job), &mut outbox, &mut stemmer);
                        if !outbox.is_heard {
                            break;
                        }
                    }
                    outbox.send();
                }
            });
        }
        let open = Closing(&under_way);
        let mut queue: VecDeque<(Handful, Receiver<Vec<Told>>)> = VecDeque::new();
        let mut handfuls = Handfuls::of(jobs);
        let mut writing = Writing {
            writer,
            run,
            unknown: &unknown,
            since_commit: 0,
            budget,
            report,
            bytes: &bytes,
            all_bytes,
        };
        let result = 'all: loop {
            while queue.len() < threads * AHEAD && !run.stop.load(Ordering::Relaxed) {
                let Some(handful) = handfuls.next() else { break };
                let (tell, told) = sync_channel(WAITING);
                queue.push_back((handful.clone(), told));
                if to_readers.send((handful, tell)).is_err() {
                    break;
                }
            }
            let Some((handful, told)) = queue.pop_front() else { break Ok(()) };
            open.0.turn_to(handful.number);
            let mut told = told.into_iter().flatten();
            for job in &*handful.jobs {
                match writing.file(job, &mut told, observer) {
                    Ok(true) => writing.report.done += 1,
                    // The run was stopped: what the readers have begun is read again.
                    Ok(false) => break 'all Ok(()),
                    Err(error) => break 'all Err(error),
                }
                observer.progress(writing.how_far());
                if let Err(error) = writing.commit_if_due(observer) {
                    break 'all Err(error);
                }
            }
        };
        report.interrupted |= report.done < report.files && run.stop.load(Ordering::Relaxed);
        // Readers that wait, for room in a channel or for texts, end when it closes.
        drop(open);
        drop(queue);
        drop(to_readers);
        result
    })
}

struct Writing<'a> {
    writer: &'a mut Writer,
    run: &'a Run<'a>,
    /// The language that articles of unknown language are analysed in.
    unknown: &'a str,
    since_commit: u64,
    budget: &'a mut Budget,
    report: &'a mut Report,
    /// Bytes that were read, or need not be.
    bytes: &'a AtomicU64,
    all_bytes: u64,
}

/// A file that is being written.
struct Current {
    entry: FileEntry,
    previous: Previous,
    /// Records seen, those left out included.
    seen: u64,
    /// Nothing of it was in the index: what is written of it may be committed before its end.
    is_new: bool,
    articles_before: u32,
}

impl Writing<'_> {
    /// Writes a file; false when the run was stopped before its end.
    fn file(
        &mut self,
        job: &Job,
        told: &mut impl Iterator<Item = Told>,
        observer: &mut dyn Observer,
    ) -> Result<bool, RunError> {
        let mut current: Option<Current> = None;
        for message in told {
            observer.progress(self.how_far());
            // Nothing that is told once the run is to stop is as the file has it.
            if self.is_stopped() {
                break;
            }
            let mut file = match (message, current.take()) {
                (Told::Same, _) => return self.is_the_same(job),
                (Told::Failed(reason), None) => return self.could_not_open(job, reason),
                (Told::Failed(reason), Some(file)) => return self.broke_off(file, reason),
                (Told::Done { last, kind, hash }, file) => {
                    let mut file = file.map_or_else(|| self.begin(job), Ok)?;
                    self.articles(&mut file, last)?;
                    file.entry.kind = kind;
                    file.entry.hash = hash;
                    file.entry.unfinished = None;
                    return self.end(file);
                }
                (Told::Articles(articles), file) => {
                    let mut file = file.map_or_else(|| self.begin(job), Ok)?;
                    self.articles(&mut file, articles)?;
                    file
                }
                (Told::Skipped(place, skip), file) => {
                    let mut file = file.map_or_else(|| self.begin(job), Ok)?;
                    file.seen += 1;
                    let kind = skip.kind.name().to_owned();
                    let (inside, record) = (place.inside, place.record);
                    let skipped = Skipped { inside, record, kind, reason: skip.reason };
                    let counts = if skipped.is_not_read_yet() {
                        &mut self.report.not_read
                    } else {
                        &mut self.report.left_out
                    };
                    *counts.entry(skipped.kind.clone()).or_default() += 1;
                    file.entry.skip(skipped);
                    file
                }
            };
            if file.is_new && self.is_commit_due(observer) {
                file.entry.unfinished = Some(file.seen);
                self.writer.finish_file(file.entry.clone())?;
                self.commit()?;
            }
            current = Some(file);
        }
        // The reading thread says nothing on the end of a file when the run is stopped.
        self.stopped(current)?;
        Ok(false)
    }

    fn articles(
        &mut self,
        file: &mut Current,
        articles: Vec<(Article, Analyzed)>,
    ) -> Result<(), RunError> {
        file.seen += articles.len() as u64;
        articles
            .into_iter()
            .try_for_each(|(article, analyzed)| self.article(file, article, analyzed))
    }

    fn is_stopped(&self) -> bool {
        self.run.stop.load(Ordering::Relaxed)
    }

    fn how_far(&self) -> HowFar {
        HowFar {
            done: self.report.done,
            files: self.report.files,
            bytes: self.bytes.load(Ordering::Relaxed).min(self.all_bytes),
            all_bytes: self.all_bytes,
            articles: self.report.articles,
        }
    }

    /// A run that is stopped keeps what it has read of a file.
    fn stopped(&mut self, current: Option<Current>) -> Result<(), RunError> {
        self.report.interrupted = true;
        let Some(mut file) = current else { return Ok(()) };
        self.report.partly = true;
        if file.is_new {
            file.entry.unfinished = Some(file.seen);
        } else {
            self.keep_rest(&mut file);
        }
        self.writer.finish_file(file.entry)?;
        self.commit()
    }

    /// A file whose time is new and whose content is not.
    fn is_the_same(&mut self, job: &Job) -> Result<bool, RunError> {
        let root = &self.run.root.path;
        if let Some(known) = self.writer.file(root, &job.relative).cloned() {
            let read_at = self.run.options.now;
            let mut entry = FileEntry { modified: job.modified, read_at, ..known };
            entry.could_be_read();
            self.writer.finish_file(entry)?;
        }
        self.report.unchanged += 1;
        Ok(true)
    }

    /// A file that cannot be opened: all that the index has of it stays, and the next run tries again.
    fn could_not_open(&mut self, job: &Job, reason: String) -> Result<bool, RunError> {
        let known = self.writer.file(&self.run.root.path, &job.relative).cloned();
        let kept = known.as_ref().is_some_and(|it| it.articles > 0) || job.moved_from.is_some();
        self.failed(&job.relative, &reason, kept);
        // What it was moved from stays in its place.
        if job.moved_from.is_some() {
            return Ok(true);
        }
        let unread = || FileEntry { kind: UNREADABLE.to_owned(), ..self.new_entry(job) };
        let mut entry = known.clone().unwrap_or_else(unread);
        entry.could_not_be_read(reason);
        // Written once, and not with every run that fails in the same way.
        if known.as_ref() != Some(&entry) {
            self.writer.finish_file(entry)?;
        }
        Ok(true)
    }

    /// A file that could not be read to its end: what it held before stays in place of the rest.
    fn broke_off(&mut self, mut file: Current, reason: String) -> Result<bool, RunError> {
        self.keep_rest(&mut file);
        self.failed(&file.entry.path, &reason, file.entry.articles > 0);
        file.entry.unfinished = None;
        file.entry.could_not_be_read(reason);
        self.end(file)
    }

    fn failed(&mut self, path: &str, reason: &str, kept: bool) {
        *self.report.left_out.entry(UNREADABLE.to_owned()).or_default() += 1;
        if kept {
            self.report.stale.push((path.to_owned(), reason.to_owned()));
        }
    }

    /// Counts those articles of a file as its own that it held before and that were not met again, so that they stay.
    fn keep_rest(&mut self, file: &mut Current) {
        let rest = std::mem::take(&mut file.previous);
        let entry = &mut file.entry;
        entry.incomplete = true;
        entry.hash.clear();
        for kept in rest.rest() {
            let _its_own_again = self.writer.claim_id(kept.id);
            entry.articles += 1;
            entry.lengths.add(kept.lengths);
            *entry.languages.entry(kept.language.unwrap_or("?").to_owned()).or_default() += 1;
            if kept.language.is_none() {
                // Some may be analysed in one language and some in another: all are to be analysed again.
                entry.unknown_as.clear();
            }
        }
    }

    fn begin(&mut self, job: &Job) -> Result<Current, RunError> {
        let root = self.run.root;
        let known = self.writer.file(&root.path, &job.relative).cloned();
        if let (Some(seen), Some(entry)) = (job.go_on_after, known.clone()) {
            let mut entry = FileEntry { read_at: self.run.options.now, ..entry };
            entry.could_be_read();
            let previous = Previous::default();
            return Ok(Current { entry, previous, seen, is_new: true, articles_before: 0 });
        }
        let mut previous = Previous::default();
        let mut articles_before = 0;
        let is_new = known.is_none() && job.moved_from.is_none();
        if let Some(from) = &job.moved_from {
            previous = self.writer.previous(&root.path, from)?.moved();
            forget_file(self.writer, &root.path, from)?;
        }
        if let Some(known) = known {
            if known.articles > 0 {
                previous = self.writer.previous(&root.path, &job.relative)?;
                self.writer.release_ids(previous.ids());
            }
            articles_before = known.articles;
            // Words that other rules cut, or in another language, have to be written anew.
            let unknown_alike =
                known.unknown_as == self.unknown || !known.languages.contains_key("?");
            if known.rules != RULES || !unknown_alike {
                previous.write_all_anew();
            }
        }
        let entry = self.new_entry(job);
        Ok(Current { entry, previous, seen: 0, is_new, articles_before })
    }

    fn new_entry(&self, job: &Job) -> FileEntry {
        FileEntry {
            root: self.run.root.path.clone(),
            path: job.relative.clone(),
            size: job.size,
            modified: job.modified,
            rules: RULES,
            options: self.run.root.options.clone(),
            names: self.run.names.hash.clone(),
            read_at: self.run.options.now,
            ..FileEntry::default()
        }
    }

    fn article(
        &mut self,
        writing: &mut Current,
        mut article: Article,
        analyzed: Analyzed,
    ) -> Result<(), RunError> {
        let id = self.writer.claim_id(&article.id);
        if was_forgotten(&self.run.root.forgotten, &id, &article) {
            *self.report.left_out.entry("forgotten".to_owned()).or_default() += 1;
            return Ok(());
        }
        if id != article.id {
            self.report.clashes += 1;
            article.problems.push(format!("another article has the id `{}`", article.id));
            article.id = id;
        }
        let entry = &mut writing.entry;
        if entry.kind.is_empty() {
            entry.kind.clone_from(&article.format);
        }
        let lang = if let Some(code) = &article.language {
            Lang::from_code(code)
        } else {
            self.unknown.clone_into(&mut entry.unknown_as);
            Lang::from_code(self.unknown)
        };
        let root = &self.run.root.path;
        let previous = &mut writing.previous;
        let lengths = analyzed.lengths();
        if self.writer.add_or_keep(&article, root, lang, analyzed, previous)? {
            self.report.articles += 1;
            self.since_commit += 1;
        } else {
            self.report.kept += 1;
        }
        entry.articles += 1;
        entry.lengths.add(lengths);
        let language = article.language.unwrap_or_else(|| "?".to_owned());
        *entry.languages.entry(language).or_default() += 1;
        Ok(())
    }

    fn end(&mut self, writing: Current) -> Result<bool, RunError> {
        self.writer.remove_rest(writing.previous);
        self.budget.lose(writing.articles_before.saturating_sub(writing.entry.articles));
        self.writer.finish_file(writing.entry)?;
        self.report.read += 1;
        Ok(true)
    }

    fn is_commit_due(&self, observer: &mut dyn Observer) -> bool {
        self.since_commit > 0
            && (self.since_commit >= self.run.options.commit_after || observer.checkpoint_is_due())
    }

    fn commit_if_due(&mut self, observer: &mut dyn Observer) -> Result<(), RunError> {
        if self.is_commit_due(observer) { self.commit() } else { Ok(()) }
    }

    fn commit(&mut self) -> Result<(), RunError> {
        self.budget.check(self.run.root, self.run.options)?;
        self.since_commit = 0;
        self.writer.commit()?;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
