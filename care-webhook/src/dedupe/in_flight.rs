//! Lets two posts with the same key pass one after the other, so that the second sees what became of the first.

use super::DedupeKey;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::{Mutex as Turn, OwnedMutexGuard};

/// Lets posts with the same key pass one after the other, so that the second sees what became of the first.
#[derive(Default)]
pub(crate) struct InFlight(Mutex<HashMap<DedupeKey, Arc<Turn<()>>>>);

/// The turn of one post. The next one with its key comes when it is dropped.
pub(crate) struct Passing<'a> {
    flight: &'a InFlight,
    key: &'a DedupeKey,
    turn: Option<OwnedMutexGuard<()>>,
}

impl InFlight {
    pub(crate) async fn pass<'a>(&'a self, key: &'a DedupeKey) -> Passing<'a> {
        let turn = self.with(|turns| Arc::clone(turns.entry(key.clone()).or_default()));
        // Made before it waits: whoever breaks off while waiting must leave nothing behind.
        let mut passing = Passing { flight: self, key, turn: None };
        passing.turn = Some(turn.lock_owned().await);
        passing
    }

    fn with<T>(&self, act: impl FnOnce(&mut HashMap<DedupeKey, Arc<Turn<()>>>) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Drop for Passing<'_> {
    fn drop(&mut self) {
        self.turn = None;
        self.flight.with(|turns| {
            // One reference is the map's own: nobody else waits.
            if turns.get(self.key).is_some_and(|turn| Arc::strong_count(turn) == 1) {
                turns.remove(self.key);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notification::Notification;

    #[tokio::test]
    async fn same_keys_wait_for_each_other_and_nothing_is_left_behind() {
        let key = |body: &'static str| {
            let at = chrono::DateTime::UNIX_EPOCH;
            DedupeKey::new(&Notification::new("desk".into(), at, http::HeaderMap::new(), body.into()), None)
        };
        let (flight, a, b) = (InFlight::default(), key("a"), key("b"));
        let first = flight.pass(&a).await;
        let other = flight.pass(&b).await;
        {
            let waiting = flight.pass(&a);
            tokio::pin!(waiting);
            assert!(futures_util::poll!(&mut waiting).is_pending());
        }
        let waiting = flight.pass(&a);
        tokio::pin!(waiting);
        assert!(futures_util::poll!(&mut waiting).is_pending());
        drop(first);
        drop(waiting.await);
        drop(other);
        assert_eq!(flight.with(|turns| turns.len()), 0);
    }
}
