//! How much text is on its way from the files to the index: a reader that would add too much to it waits.
//!
//! Articles are counted in bytes of their text, from before they are taken apart until the engine has taken their
//! words in. Files are written in the order of the walk, a handful at a time (`handful.rs`): the one that is being written
//! waits for no other, or the others, which wait to be written after it, would never end.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// Bytes of text on their way at a time, for the handful that is being written, and again for all. What is held for
/// them is some five times as much.
const MOST: u64 = 8 << 20;

/// What an article takes at least, however little text it has.
pub(super) const LEAST: u64 = 2 << 10;

/// Room for texts; handfuls of files are numbered in the order of the walk.
#[derive(Default)]
pub(super) struct Room {
    held: Mutex<Held>,
    changed: Condvar,
}

#[derive(Default)]
struct Held {
    /// The handful that is being written.
    current: u64,
    /// By it and by those before it.
    now: u64,
    /// By those after it.
    later: BTreeMap<u64, u64>,
    /// Nobody writes any more.
    closed: bool,
    /// How many readers wait: where none does, nobody is called.
    waiting: usize,
}

impl Held {
    fn has_room(&self, handful: u64, bytes: u64) -> bool {
        let others = if handful <= self.current { 0 } else { self.later.values().sum() };
        let held = self.now + others;
        self.closed || held == 0 || held + bytes <= MOST
    }

    fn of(&mut self, handful: u64) -> &mut u64 {
        if handful <= self.current { &mut self.now } else { self.later.entry(handful).or_default() }
    }
}

/// Closes the room however the writing thread ends: those that wait in it would wait for ever.
pub(super) struct Closing<'a>(pub(super) &'a Room);

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// Room that is taken until this is dropped.
pub(super) struct Taken {
    room: Arc<Room>,
    handful: u64,
    bytes: u64,
}

impl Drop for Taken {
    fn drop(&mut self) {
        let mut held = self.room.held();
        *held.of(self.handful) -= self.bytes;
        self.room.call(held);
    }
}

impl Room {
    /// Takes room if there is some now.
    pub(super) fn try_take(self: &Arc<Self>, handful: u64, bytes: u64) -> Option<Taken> {
        let mut held = self.held();
        held.has_room(handful, bytes).then(|| self.taken(&mut held, handful, bytes))
    }

    /// Waits until there is room. Whoever waits has to have sent on what it holds.
    pub(super) fn take(self: &Arc<Self>, handful: u64, bytes: u64) -> Taken {
        let mut held = self.held();
        while !held.has_room(handful, bytes) {
            held.waiting += 1;
            held = self.changed.wait(held).unwrap_or_else(PoisonError::into_inner);
            held.waiting -= 1;
        }
        self.taken(&mut held, handful, bytes)
    }

    /// Says that this handful is being written now.
    pub(super) fn turn_to(&self, handful: u64) {
        let mut held = self.held();
        held.current = handful;
        let after = held.later.split_off(&(handful + 1));
        let before = std::mem::replace(&mut held.later, after);
        held.now += before.values().sum::<u64>();
        self.call(held);
    }

    /// Lets all go on that wait: nobody writes what they read.
    pub(super) fn close(&self) {
        let mut held = self.held();
        held.closed = true;
        self.call(held);
    }

    /// Tells those that wait that something changed.
    fn call(&self, held: MutexGuard<'_, Held>) {
        let any = held.waiting > 0;
        drop(held);
        if any {
            self.changed.notify_all();
        }
    }

    fn taken(self: &Arc<Self>, held: &mut Held, handful: u64, bytes: u64) -> Taken {
        *held.of(handful) += bytes;
        Taken { room: Arc::clone(self), handful, bytes }
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        // A thread that panicked here held plain numbers: they are good.
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_that_is_written_waits_for_no_later_one() {
        let room = Arc::new(Room::default());
        let later = room.try_take(1, MOST + 5).expect("what is alone is never too large");
        assert!(room.try_take(2, 1).is_none());
        let now = room.try_take(0, MOST).expect("files after it are no reason to wait");
        assert!(room.try_take(0, 1).is_none());
        drop(now);
        room.turn_to(1);
        assert!(room.try_take(1, 1).is_none(), "what it has sent on itself is");
        let waiting = {
            let room = Arc::clone(&room);
            std::thread::spawn(move || room.take(1, 7).bytes)
        };
        drop(later);
        assert_eq!(waiting.join().unwrap(), 7);
        assert_eq!(room.held().now, 0);
        let _full = room.take(1, MOST);
        room.close();
        assert!(room.try_take(9, MOST).is_some());
    }
}
