//! Files to articles without an index: what `morgue extract` shows.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use super::corrections::CorrectionsBeside;
use super::flow;
use super::reading::failed;
use super::room::{Closing, Room, Taken};
use crate::article::{Explained, Place, RawArticle};
use crate::date::Day;
use crate::ingest::{self, ReadOptions, Sink, Skip, guarded, printable};
use crate::names::NameList;
use crate::normalize::{self, explain, normalize};

/// Files that are given out ahead of the one that is shown, for each reading thread.
const AHEAD: usize = 16;
/// Articles of one file that wait at most to be shown.
const ARTICLES_AHEAD: usize = 256;

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

/// A message to the thread that hands over, and the room that its text takes meanwhile.
type Told = (Extracted, Option<Taken>);

/// Reads files without an index; what they give goes to `sink` in the order of the files.
pub fn extract(
    paths: &[PathBuf],
    options: &ExtractOptions,
    sink: &mut dyn FnMut(Extracted) -> ControlFlow<()>,
) {
    let threads = options.jobs.clamp(1, paths.len().max(1));
    let (to_readers, work) = sync_channel::<(u64, PathBuf, SyncSender<Told>)>(threads * AHEAD);
    let work = std::sync::Mutex::new(work);
    let room = Arc::new(Room::default());
    let (work, room) = (&work, &room);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(move || {
                loop {
                    let next =
                        work.lock().unwrap_or_else(std::sync::PoisonError::into_inner).recv();
                    let Ok((number, path, tell)) = next else { break };
                    extract_file(&path, options, (number, room), &tell);
                }
            });
        }
        let open = Closing(room);
        let mut waiting: std::collections::VecDeque<(u64, Receiver<Told>)> =
            std::collections::VecDeque::new();
        let mut paths = (0..).zip(paths);
        'files: loop {
            while waiting.len() < threads * AHEAD {
                let Some((number, path)) = paths.next() else { break };
                let (tell, told) = sync_channel(ARTICLES_AHEAD);
                waiting.push_back((number, told));
                if to_readers.send((number, path.clone(), tell)).is_err() {
                    break;
                }
            }
            let Some((number, told)) = waiting.pop_front() else { break };
            room.turn_to(number);
            for (found, _taken) in told {
                if sink(found).is_break() {
                    break 'files;
                }
            }
        }
        drop(open);
        drop(waiting);
        drop(to_readers);
    });
}

fn extract_file(
    path: &Path,
    options: &ExtractOptions,
    (number, room): (u64, &Arc<Room>),
    tell: &SyncSender<Told>,
) {
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
    let mut extracting = Extracting {
        options: &normalizing,
        explained: options.explain,
        number,
        room,
        taken: None,
        tell,
    };
    if let Err(error) = ingest::read_file(path, &place, &options.read, &mut extracting) {
        let _ = extracting.skip(place, error.to_skip());
    }
}

struct Extracting<'a> {
    options: &'a normalize::Options,
    explained: bool,
    number: u64,
    room: &'a Arc<Room>,
    /// Room for the next article.
    taken: Option<Taken>,
    tell: &'a SyncSender<Told>,
}

impl Sink for Extracting<'_> {
    fn article(&mut self, raw: RawArticle) -> ControlFlow<()> {
        let bytes = raw.text.len() as u64;
        let taken = self.taken.take().unwrap_or_else(|| self.room.take(self.number, bytes));
        let place = raw.place.clone();
        let made = guarded(|| {
            if self.explained {
                explain(raw, self.options)
            } else {
                Explained { article: normalize(raw, self.options), fields: Vec::new() }
            }
        });
        let made = made.ok_or_else(|| (place, failed()));
        flow(self.tell.send((made, Some(taken))).is_ok())
    }

    fn skip(&mut self, place: Place, reason: Skip) -> ControlFlow<()> {
        self.taken = None;
        flow(self.tell.send((Err((place, reason)), None)).is_ok())
    }

    fn make_room(&mut self, bytes: u64) {
        self.taken = None;
        self.taken = Some(self.room.take(self.number, bytes));
    }
}
