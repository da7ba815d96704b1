//! Which posts were stored, in the memory of one process, for a window of time.

use super::{DedupeKey, DedupeStore};
use care_client_core::{BoxFuture, StoreError};
use chrono::{DateTime, TimeDelta, Utc};
use std::{
    collections::{HashMap, VecDeque},
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

const MINUTES: i64 = 10;
const CAPACITY: usize = 10_000;

/// Remembers what was stored as long as the process lives. Clones are the same store.
///
/// It remembers for 10 minutes, or in a [`Receiver`](crate::Receiver) for the service's window. Of more than 10,000
/// posts within that time the oldest are forgotten; their repetitions are stored without a mark.
#[derive(Clone)]
pub struct MemoryDedupeStore {
    window: TimeDelta,
    capacity: usize,
    memory: Arc<Mutex<Memory>>,
}

#[derive(Default)]
struct Memory {
    stored: HashMap<DedupeKey, DateTime<Utc>>,
    order: VecDeque<(DateTime<Utc>, DedupeKey)>,
}

impl Default for MemoryDedupeStore {
    fn default() -> Self {
        Self::new()
    }
}

impl MemoryDedupeStore {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self { window: TimeDelta::minutes(MINUTES), capacity: CAPACITY, memory: Arc::default() }
    }

    /// Sets how long a post is remembered. Default: 10 minutes.
    #[must_use]
    pub fn with_window(mut self, window: std::time::Duration) -> Self {
        self.window = TimeDelta::from_std(window).unwrap_or(TimeDelta::MAX);
        self
    }

    /// Sets how many posts are remembered at most. Default: 10,000.
    #[must_use]
    pub fn with_capacity(mut self, posts: usize) -> Self {
        self.capacity = posts;
        self
    }

    fn locked(&self) -> MutexGuard<'_, Memory> {
        // Nothing that holds the lock can leave the memory half changed.
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_within(&self, then: DateTime<Utc>, now: DateTime<Utc>) -> bool {
        // A clock that was set back must not make a duplicate look like something new.
        (now - then).abs() <= self.window
    }
}

impl DedupeStore for MemoryDedupeStore {
    fn seen<'a>(&'a self, key: &'a DedupeKey, at: DateTime<Utc>) -> BoxFuture<'a, Result<bool, StoreError>> {
        let seen = self.locked().stored.get(key).is_some_and(|then| self.is_within(*then, at));
        Box::pin(async move { Ok(seen) })
    }

    fn record<'a>(&'a self, key: &'a DedupeKey, at: DateTime<Utc>) -> BoxFuture<'a, Result<(), StoreError>> {
        let mut memory = self.locked();
        memory.stored.insert(key.clone(), at);
        memory.order.push_back((at, key.clone()));
        while let Some((then, _)) = memory.order.front()
            && (memory.order.len() > self.capacity || !self.is_within(*then, at))
        {
            memory.forget_oldest();
        }
        Box::pin(async { Ok(()) })
    }
}

impl Memory {
    fn forget_oldest(&mut self) {
        let Some((then, key)) = self.order.pop_front() else { return };
        // It may have been recorded anew since.
        if self.stored.get(&key) == Some(&then) {
            self.stored.remove(&key);
        }
    }
}

impl fmt::Debug for MemoryDedupeStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryDedupeStore")
            .field("window", &self.window)
            .field("capacity", &self.capacity)
            .field("posts", &self.locked().stored.len())
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notification::Notification;

    #[tokio::test]
    async fn what_is_older_than_the_window_takes_no_room() {
        let store = MemoryDedupeStore::new();
        let record = async |body: &'static str, seconds: i64| {
            let at = DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds);
            let key = DedupeKey::new(&Notification::new("desk".into(), at, http::HeaderMap::new(), body.into()), None);
            store.record(&key, at).await.unwrap();
            store.locked().stored.len()
        };
        assert_eq!((record("a", 0).await, record("b", 1).await, record("a", 300).await), (1, 2, 2));
        assert_eq!(record("c", 602).await, 2, "the first is forgotten, and the second one of it is not");
        assert_eq!(record("d", 2_000).await, 1);
        assert_eq!(store.locked().order.len(), 1);
    }

    #[tokio::test]
    async fn of_10_001_posts_the_first_is_forgotten() {
        let (store, at) = (MemoryDedupeStore::new(), DateTime::UNIX_EPOCH);
        let keys: Vec<_> = (0..10_001)
            .map(|n| Notification::new("desk".into(), at, http::HeaderMap::new(), n.to_string().into()))
            .map(|notification| DedupeKey::new(&notification, None))
            .collect();
        for key in &keys {
            store.record(key, at).await.unwrap();
        }
        assert!(!store.seen(&keys[0], at).await.unwrap() && store.seen(&keys[1], at).await.unwrap());
    }
}
