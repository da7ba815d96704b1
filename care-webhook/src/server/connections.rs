//! Which connections are open, how many there can be, and which one is closed to make room.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    time::Duration,
};
use tokio::{sync::Notify, time::Instant};

/// A connection is closed for another one no sooner than this, so that a sender whose first bytes are on their way is
/// heard.
const GRACE: Duration = Duration::from_millis(250);

pub(super) struct Connections {
    most: usize,
    open: Mutex<Open>,
    changed: Notify,
}

#[derive(Default)]
struct Open {
    count: usize,
    next: u64,
    /// Those that have shown no valid secret, the oldest first.
    strangers: BTreeMap<u64, Stranger>,
}

struct Stranger {
    since: Instant,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    has_sent: AtomicBool,
    /// Whether all that it has sent so far was read.
    was_heard_out: AtomicBool,
    is_closed: AtomicBool,
    close: Notify,
}

/// One open connection. Clones are the same connection; it counts as closed when the last one is dropped.
#[derive(Clone)]
pub(crate) struct Peer(Arc<Entry>);

struct Entry {
    number: u64,
    state: Arc<State>,
    connections: Arc<Connections>,
}

impl Connections {
    pub(super) fn new(most: usize) -> Self {
        Self { most, open: Mutex::default(), changed: Notify::new() }
    }

    /// Counts one more. At the cap there must be [room](Self::room) first.
    pub(super) fn open(self: &Arc<Self>) -> Peer {
        let state = Arc::<State>::default();
        let mut open = self.locked();
        let number = open.next;
        (open.next, open.count) = (number + 1, open.count + 1);
        open.strangers.insert(number, Stranger { since: Instant::now(), state: Arc::clone(&state) });
        Peer(Arc::new(Entry { number, state, connections: Arc::clone(self) }))
    }

    /// Returns when there is room for one more; closes strangers for it, the oldest first.
    pub(super) async fn room(&self) {
        loop {
            let changed = self.changed.notified();
            if self.locked().count < self.most {
                return;
            }
            self.close_oldest();
            // Or when a stranger is old enough.
            let _ = tokio::time::timeout(GRACE / 5, changed).await;
        }
    }

    /// Closes the connection that has shown no valid secret for longest, if there is one.
    pub(super) fn close_oldest(&self) {
        let mut open = self.locked();
        let oldest = open.strangers.iter().find(|(_, stranger)| stranger.can_be_closed()).map(|(number, _)| *number);
        if let Some(stranger) = oldest.and_then(|number| open.strangers.remove(&number)) {
            stranger.state.is_closed.store(true, SeqCst);
            stranger.state.close.notify_one();
        }
    }

    fn locked(&self) -> MutexGuard<'_, Open> {
        // Nothing that holds the lock can leave it half changed.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Stranger {
    fn can_be_closed(&self) -> bool {
        self.state.was_heard_out.load(SeqCst) && self.since.elapsed() >= GRACE
    }
}

impl Peer {
    /// From now on it is never closed for another one.
    pub(crate) fn has_shown_a_secret(&self) {
        self.0.connections.locked().strangers.remove(&self.0.number);
    }

    pub(super) fn is_stranger(&self) -> bool {
        self.0.connections.locked().strangers.contains_key(&self.0.number)
    }

    /// Something that it has sent was read.
    pub(super) fn sent(&self) {
        self.0.state.has_sent.store(true, SeqCst);
    }

    pub(super) fn has_sent(&self) -> bool {
        self.0.state.has_sent.load(SeqCst)
    }

    /// All that it has sent so far was read.
    pub(super) fn was_heard_out(&self) {
        self.0.state.was_heard_out.store(true, SeqCst);
    }

    /// Returns when it is to be closed for another one.
    pub(super) async fn closed(&self) {
        while !self.0.state.is_closed.load(SeqCst) {
            self.0.state.close.notified().await;
        }
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        let mut open = self.connections.locked();
        open.count -= 1;
        open.strangers.remove(&self.number);
        drop(open);
        self.connections.changed.notify_one();
    }
}

/// What the rest of the process may need: files, databases, connections of its own.
const RESERVED: usize = 64;
/// Where the system doesn't say: the usual soft limit, less what is reserved.
const UNKNOWN: usize = 1024 - RESERVED;

/// The file descriptors that are free now, less those reserved; but at least half of them, and at least 1.
pub(super) fn free_descriptors() -> usize {
    free_of(descriptor_limit(), open_descriptors())
}

fn free_of(limit: Option<usize>, open: Option<usize>) -> usize {
    match (limit, open) {
        (Some(limit), Some(open)) => {
            let free = limit.saturating_sub(open);
            free.saturating_sub(RESERVED).max(free / 2).max(1)
        }
        _ => UNKNOWN,
    }
}

/// The soft limit, as Linux tells it; `unlimited` counts as unknown.
fn descriptor_limit() -> Option<usize> {
    let limits = std::fs::read_to_string("/proc/self/limits").ok()?;
    limits.lines().find_map(|line| line.strip_prefix("Max open files"))?.split_whitespace().next()?.parse().ok()
}

fn open_descriptors() -> Option<usize> {
    Some(std::fs::read_dir("/proc/self/fd").ok()?.count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;

    #[tokio::test(start_paused = true)]
    async fn the_oldest_that_was_heard_out_and_has_no_secret_makes_room() {
        let connections = Arc::new(Connections::new(4));
        let peers: Vec<_> = (0..4).map(|_| connections.open()).collect();
        peers[0].was_heard_out();
        peers[0].has_shown_a_secret();
        peers[2].was_heard_out();
        peers[3].was_heard_out();
        assert!(connections.room().now_or_never().is_none(), "all of them are new");
        let closed = |n: usize| peers[n].closed().now_or_never().is_some();
        assert!(!(0..4).any(closed));
        tokio::time::advance(GRACE).await;
        connections.close_oldest();
        assert_eq!([closed(0), closed(1), closed(2), closed(3)], [false, false, true, false]);
        connections.close_oldest();
        connections.close_oldest();
        assert_eq!(
            [closed(0), closed(1), closed(2), closed(3)],
            [false, false, true, true],
            "1 may have sent something"
        );
        drop(peers);
        assert!(connections.room().now_or_never().is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn where_all_have_shown_a_secret_the_next_waits() {
        let connections = Arc::new(Connections::new(1));
        let peer = connections.open();
        peer.was_heard_out();
        peer.has_shown_a_secret();
        let room = tokio::time::timeout(Duration::from_secs(60), connections.room());
        assert!(room.await.is_err() && peer.closed().now_or_never().is_none());
        let room = tokio::spawn({
            let connections = Arc::clone(&connections);
            async move { connections.room().await }
        });
        drop(peer);
        room.await.unwrap();
    }

    #[test]
    fn some_are_left_for_the_rest_of_the_process() {
        assert_eq!(free_of(Some(1_024), Some(24)), 936);
        assert_eq!(free_of(Some(60), Some(20)), 20);
        assert_eq!(free_of(Some(10), Some(12)), 1);
        assert_eq!(free_of(None, Some(12)), 960);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn linux_tells() {
        assert!(open_descriptors().is_some_and(|open| open > 3));
        let limits = std::fs::read_to_string("/proc/self/limits").unwrap();
        assert!(descriptor_limit().is_some() || limits.contains("unlimited"), "{limits}");
    }
}
