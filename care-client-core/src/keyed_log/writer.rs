//! Group commit: changes wait in a queue, and one thread writes all that wait in one write and one sync, until the
//! queue is empty. The thread lives as long as there is work. It is a thread of its own because tokio's blocking pool
//! can be full, for instance of name lookups while DNS is down.
//!
//! The lock is held by every clone of the store and by every write in flight. A write releases it before its saves
//! return, so a store that is dropped after its last save can be opened again at once.

use super::{
    disk::Disk,
    format::{self, Change, Loaded, Record, Values},
    lock::LockFile,
};
use std::{
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
};
use tokio::sync::oneshot;

type Written = Result<(), Arc<io::Error>>;

pub(super) struct Writer {
    path: PathBuf,
    state: Mutex<State>,
    /// Locked by the writing thread alone.
    disk: Mutex<Disk>,
    load: fn(&[u8]) -> io::Result<Loaded>,
}

#[derive(Default)]
struct State {
    /// What is on the disk.
    values: Values,
    queue: Vec<Change>,
    waiting: Vec<oneshot::Sender<Written>>,
    /// Held while changes are in the queue.
    lock: Option<Arc<LockFile>>,
    /// Keys of the group that is being written.
    in_progress: Vec<Box<str>>,
    is_writing: bool,
    /// The lock was lost in between, and what others have saved isn't read yet.
    is_behind: bool,
}

impl Writer {
    pub(super) fn new<R: Record>(path: PathBuf, loaded: Option<Loaded>) -> Self {
        let disk = Mutex::new(Disk::new(&path, R::CONTENT, loaded.as_ref()));
        let values = loaded.map(|loaded| loaded.values).unwrap_or_default();
        Self { path, state: Mutex::new(State { values, ..State::default() }), disk, load: format::load::<R> }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn with_values<T>(&self, look: impl FnOnce(&Values) -> T) -> T {
        look(&locked(&self.state).values)
    }

    /// Whether the key is saved, or a change of it is in flight.
    pub(super) fn may_hold(&self, key: &str) -> bool {
        let state = locked(&self.state);
        state.values.contains_key(key)
            || state.in_progress.iter().any(|one| **one == *key)
            || state.queue.iter().any(|change| *change.key == *key)
    }

    /// Writes what waits, until nothing waits.
    fn run(&self) {
        let unfinished = Unfinished(self);
        let mut disk = locked(&self.disk);
        loop {
            let (changes, waiting, lock) = {
                let mut state = locked(&self.state);
                if state.queue.is_empty() {
                    state.is_writing = false;
                    break;
                }
                state.in_progress = state.queue.iter().map(|change| change.key.clone()).collect();
                (std::mem::take(&mut state.queue), std::mem::take(&mut state.waiting), state.lock.take())
            };
            let values = || locked(&self.state).values.clone();
            let held = lock.as_deref().map_or(Ok(()), |lock| self.hold(lock, &mut disk));
            let written = held.and_then(|()| disk.commit(&self.path, &changes, values)).map_err(Arc::new);
            {
                let mut state = locked(&self.state);
                state.in_progress.clear();
                if written.is_ok() {
                    changes.iter().for_each(|change| change.apply_to(&mut state.values));
                }
            }
            drop(lock);
            for one in waiting {
                let _ = one.send(written.clone());
            }
        }
        std::mem::forget(unfinished);
    }

    /// Sees that the lock is held and that everything is known that was saved before.
    fn hold(&self, lock: &LockFile, disk: &mut Disk) -> io::Result<()> {
        let is_lost = lock.ensure_held()?;
        let mut state = locked(&self.state);
        state.is_behind |= is_lost;
        if state.is_behind {
            disk.catch_up(&self.path, &mut state.values, self.load)?;
            state.is_behind = false;
        }
        Ok(())
    }
}

/// Queues a change. The receiver gets the result of its write.
pub(super) fn enqueue(writer: &Arc<Writer>, lock: &Arc<LockFile>, change: Change) -> oneshot::Receiver<Written> {
    let (done, written) = oneshot::channel();
    let mut state = locked(&writer.state);
    state.queue.push(change);
    state.waiting.push(done);
    state.lock.get_or_insert_with(|| Arc::clone(lock));
    if !state.is_writing {
        state.is_writing = true;
        drop(state);
        let own = Arc::clone(writer);
        match thread::Builder::new().name("care-keyed-log".to_owned()).spawn(move || own.run()) {
            Ok(thread) => hold_paused_time(thread),
            Err(error) => fail_all(writer, &Arc::new(error)),
        }
    }
    written
}

/// Keeps a paused clock of tokio from advancing while the disk is busy: it stands still while a blocking task runs.
fn hold_paused_time(thread: thread::JoinHandle<()>) {
    if let Ok(runtime) = tokio::runtime::Handle::try_current() {
        runtime.spawn_blocking(move || thread.join());
    }
}

fn fail_all(writer: &Writer, error: &Arc<io::Error>) {
    let mut state = locked(&writer.state);
    state.is_writing = false;
    state.queue.clear();
    state.lock = None;
    for one in std::mem::take(&mut state.waiting) {
        let _ = one.send(Err(Arc::clone(error)));
    }
}

/// Fails the saves that wait if the thread panics.
struct Unfinished<'w>(&'w Writer);

impl Drop for Unfinished<'_> {
    fn drop(&mut self) {
        fail_all(self.0, &Arc::new(io::Error::other("the thread that writes it has panicked")));
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
