//! One write and one fsync for all notifications that wait: group commit.
//!
//! Who stores puts a line into the queue and waits. Whoever finds that nobody writes sends a task to one of tokio's
//! threads for blocking work: it takes all that wait, writes and syncs them together, tells each, and goes on until
//! nobody waits. While the disk syncs one group, the next one gathers; so the slower the disk, the larger the groups.
//! There is never more than one such task, and none while nothing comes.
//!
//! Senders that post again as soon as they are answered would fall into two groups that wait for each other's sync. So
//! where fewer wait than were in the last group, and that was a moment ago, it gathers for up to half the time that the
//! last sync took. A post that is alone waits for nobody.

use super::writer::Writer;
use std::{
    collections::VecDeque,
    io, mem,
    path::Path,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};
use tokio::{sync::oneshot, task::spawn_blocking};

/// What is written at once, in bytes, unless a single line is longer.
const GROUP: usize = 8 << 20;
/// The longest time to gather.
const LONGEST_GATHERING: Duration = Duration::from_millis(5);

pub(super) struct Queue {
    path: Arc<Path>,
    state: Mutex<State>,
    arrived: Condvar,
    writer: Mutex<Writer>,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<Waiting>,
    is_written: bool,
    last: Option<Last>,
}

/// The last group: how many it had, how long it took, and when it was done.
#[derive(Clone, Copy)]
struct Last {
    count: usize,
    took: Duration,
    done: Instant,
}

impl Last {
    /// For how many to wait, and how long: those of a moment ago are about to post again.
    fn expected(self) -> (usize, Duration) {
        let is_recent = self.done.elapsed() <= 2 * self.took;
        (if is_recent { self.count } else { 0 }, (self.took / 2).min(LONGEST_GATHERING))
    }
}

struct Waiting {
    line: Vec<u8>,
    stored: oneshot::Sender<io::Result<()>>,
}

impl Queue {
    pub(super) fn new(path: Arc<Path>, writer: Writer) -> Self {
        Self { path, state: Mutex::default(), arrived: Condvar::new(), writer: Mutex::new(writer) }
    }

    /// Stores a line; returns when the disk has it. Whoever stops waiting for it doesn't take it back.
    pub(super) async fn store(self: &Arc<Self>, line: Vec<u8>) -> io::Result<()> {
        let (stored, end) = oneshot::channel();
        let is_first = {
            let mut state = self.state();
            state.waiting.push_back(Waiting { line, stored });
            self.arrived.notify_one();
            !mem::replace(&mut state.is_written, true)
        };
        if is_first {
            let turn = Turn { queue: Arc::clone(self), is_done: false };
            spawn_blocking(move || turn.write_all());
        }
        end.await.unwrap_or_else(|_| Err(io::Error::other("the task that writes the journal has ended")))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing that holds the lock can leave the state half changed.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next group; from `None` on nobody writes.
    fn next_group(&self) -> Option<Vec<Waiting>> {
        let state = self.state();
        let (count, limit) = state.last.map_or((0, Duration::ZERO), Last::expected);
        let is_few = |state: &mut State| (1..count).contains(&state.waiting.len());
        let gathered = self.arrived.wait_timeout_while(state, limit, is_few);
        let (mut state, _) = gathered.unwrap_or_else(PoisonError::into_inner);
        let mut bytes = 0;
        let fits = |waiting: &&Waiting| {
            let is_room = bytes < GROUP;
            bytes += waiting.line.len();
            is_room
        };
        let count = state.waiting.iter().take_while(fits).count();
        state.is_written = count > 0;
        (count > 0).then(|| state.waiting.drain(..count).collect())
    }
}

/// The task that writes. If it panics, or the runtime ends before it runs, those who wait get an error, and the next
/// one begins anew.
struct Turn {
    queue: Arc<Queue>,
    is_done: bool,
}

impl Turn {
    fn write_all(mut self) {
        let queue = Arc::clone(&self.queue);
        let mut writer = queue.writer.lock().unwrap_or_else(PoisonError::into_inner);
        while let Some(group) = queue.next_group() {
            let (lines, waiting): (Vec<_>, Vec<_>) =
                group.into_iter().map(|waiting| (waiting.line, waiting.stored)).unzip();
            let begun = Instant::now();
            let (stored, error) = writer.append(&queue.path, &lines);
            queue.state().last = Some(Last { count: lines.len(), took: begun.elapsed(), done: Instant::now() });
            for (n, waiting) in waiting.into_iter().enumerate() {
                let end = match &error {
                    Some(error) if n >= stored => Err(io::Error::new(error.kind(), error.to_string())),
                    _ => Ok(()),
                };
                // Whoever has stopped waiting needs no answer.
                let _ = waiting.send(end);
            }
        }
        self.is_done = true;
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        // After its regular end somebody else may be writing already.
        if !self.is_done {
            let mut state = self.queue.state();
            state.is_written = false;
            state.waiting.clear();
        }
    }
}
