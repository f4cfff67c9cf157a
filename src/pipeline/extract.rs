//! Files to articles without an index: what `morgue extract` shows.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use super::corrections::CorrectionsBeside;
use super::reading::failed;
use super::{BATCH, WAITING, flow};
use crate::article::{Explained, Place, RawArticle};
use crate::date::Day;
use crate::ingest::{self, ReadOptions, Sink, Skip, guarded, printable};
use crate::names::NameList;
use crate::normalize::{self, explain, normalize};

/// How files are read without an index.
#[derive(Debug, Clone)]
pub struct ExtractOptions {
    /// Names of keys, values, charset, limits.
    pub read: ReadOptions,
    /// Today: nothing was published later.
    pub today: Day,
    /// Reading threads.
    pub jobs: usize,
    /// Whether people, organizations and places are looked for in the text.
    pub entities: bool,
    /// What the user says about names.
    pub names: Arc<NameList>,
    /// Whether all that was found for a field is kept.
    pub explain: bool,
    /// What people say of the articles.
    pub corrections: CorrectionsBeside,
}

/// What a file gave: an article, and what it was chosen from if that was asked; or the reason why there is none.
pub type Extracted = Result<Explained, (Place, Skip)>;

/// Reads files without an index; what they give goes to `sink` in the order of the files.
pub fn extract(
    paths: &[PathBuf],
    options: &ExtractOptions,
    sink: &mut dyn FnMut(Extracted) -> ControlFlow<()>,
) {
    let threads = options.jobs.clamp(1, paths.len().max(1));
    let (to_readers, work) = sync_channel::<(PathBuf, SyncSender<Extracted>)>(threads);
    let work = std::sync::Mutex::new(work);
    let work = &work;
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(move || {
                loop {
                    let next =
                        work.lock().unwrap_or_else(std::sync::PoisonError::into_inner).recv();
                    let Ok((path, tell)) = next else { break };
                    extract_file(&path, options, &tell);
                }
            });
        }
        let mut waiting: std::collections::VecDeque<Receiver<Extracted>> =
            std::collections::VecDeque::new();
        let mut paths = paths.iter();
        'files: loop {
            while waiting.len() <= threads {
                let Some(path) = paths.next() else { break };
                let (tell, told) = sync_channel(BATCH * WAITING);
                waiting.push_back(told);
                if to_readers.send((path.clone(), tell)).is_err() {
                    break;
                }
            }
            let Some(told) = waiting.pop_front() else { break };
            for found in told {
                if sink(found).is_break() {
                    break 'files;
                }
            }
        }
        drop(waiting);
        drop(to_readers);
    });
}

fn extract_file(path: &Path, options: &ExtractOptions, tell: &SyncSender<Extracted>) {
    let parent = path.parent().and_then(Path::file_name);
    let normalizing = normalize::Options {
        now: options.today,
        set: options.read.set.clone(),
        root_id: parent.map_or_else(String::new, |it| printable(Path::new(it))),
        entities: options.entities,
        corrections: options.corrections.of(path),
        names: Arc::clone(&options.names),
    };
    let place = Place { path: printable(path), inside: None, record: 0 };
    let mut extracting = Extracting { options: &normalizing, explained: options.explain, tell };
    if let Err(error) = ingest::read_file(path, &place, &options.read, &mut extracting) {
        let _ = extracting.skip(place, error.to_skip());
    }
}

struct Extracting<'a> {
    options: &'a normalize::Options,
    explained: bool,
    tell: &'a SyncSender<Extracted>,
}

impl Sink for Extracting<'_> {
    fn article(&mut self, raw: RawArticle) -> ControlFlow<()> {
        let place = raw.place.clone();
        let made = guarded(|| {
            if self.explained {
                explain(raw, self.options)
            } else {
                Explained { article: normalize(raw, self.options), fields: Vec::new() }
            }
        });
        let made = made.ok_or_else(|| (place, failed()));
        flow(self.tell.send(made).is_ok())
    }

    fn skip(&mut self, place: Place, reason: Skip) -> ControlFlow<()> {
        flow(self.tell.send(Err((place, reason))).is_ok())
    }
}
