//! Where acknowledgements in flight are kept, so that a restart finds them.

use crate::{
    ids::RequestId,
    requests::model::{SupportRequest, Update},
};
use care_client_core::{BoxFuture, StoreError, wire::timestamp};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

/// What a program had seen of a support request when it began to acknowledge it. It stays in the
/// [`ChangeStore`](crate::ChangeStore) until it is certain that the acknowledgement hid no change.
///
/// It holds hashes, and no text of the request. Another version of this crate may hash differently; the change is then
/// delivered once more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PendingAck {
    /// The request's identifier.
    pub id: RequestId,
    /// When it was last updated, as seen.
    #[serde(with = "timestamp")]
    pub last_update_time: DateTime<Utc>,
    request: u64,
    /// Sorted. Updates have no identifiers, and two may be equal: both count.
    updates: Vec<u64>,
}

impl PendingAck {
    pub(crate) fn of(request: &SupportRequest) -> Self {
        let unreadable = request.unreadable_updates.iter().map(|update| update.fingerprint);
        let mut updates: Vec<_> = request.listed().iter().map(Update::fingerprint).chain(unreadable).collect();
        updates.sort_unstable();
        Self {
            id: request.identifier.clone(),
            last_update_time: request.last_update_time,
            request: request.fingerprint(),
            updates,
        }
    }

    /// Whether an update that can't be read now had been there before.
    pub(crate) fn has_all_unreadable(&self, request: &SupportRequest) -> bool {
        request.unreadable_updates.iter().all(|update| self.updates.binary_search(&update.fingerprint).is_ok())
    }

    /// The updates that had not been seen, in their order.
    pub(crate) fn unseen<'r>(&self, updates: impl IntoIterator<Item = &'r Update>) -> Vec<&'r Update> {
        let mut seen = self.updates.clone();
        let mut unseen = Vec::new();
        for update in updates {
            match seen.binary_search(&update.fingerprint()) {
                Ok(at) => drop(seen.remove(at)),
                Err(_) => unseen.push(update),
            }
        }
        unseen
    }
}

/// Keeps acknowledgements in flight where a restart finds them: [`FileChangeStore`](crate::FileChangeStore), or your
/// own database. Clones must be the same store, and only one feed at a time may use it.
///
/// A store is small: it has one entry for each acknowledgement in flight.
pub trait ChangeStore: Send + Sync {
    /// Returns all entries.
    ///
    /// # Errors
    ///
    /// Any failure to read. No change is delivered then.
    fn load(&self) -> BoxFuture<'_, Result<Vec<PendingAck>, StoreError>>;

    /// Saves the entry in place of any other of this request, and returns once a crash can no longer lose it.
    ///
    /// # Errors
    ///
    /// Any failure to save. The change isn't acknowledged then, and is delivered again.
    fn save<'a>(&'a self, pending: &'a PendingAck) -> BoxFuture<'a, Result<(), StoreError>>;

    /// Removes the entry of this request, if there is one.
    ///
    /// # Errors
    ///
    /// Any failure to remove. It does no harm: the next start reads the request once more.
    fn remove<'a>(&'a self, id: &'a RequestId) -> BoxFuture<'a, Result<(), StoreError>>;
}

impl<S: ChangeStore + ?Sized> ChangeStore for Arc<S> {
    fn load(&self) -> BoxFuture<'_, Result<Vec<PendingAck>, StoreError>> {
        (**self).load()
    }

    fn save<'a>(&'a self, pending: &'a PendingAck) -> BoxFuture<'a, Result<(), StoreError>> {
        (**self).save(pending)
    }

    fn remove<'a>(&'a self, id: &'a RequestId) -> BoxFuture<'a, Result<(), StoreError>> {
        (**self).remove(id)
    }
}

/// Entries by request.
pub(super) type Entries = BTreeMap<RequestId, PendingAck>;

/// Keeps entries in memory: for tests, and for programs that accept the gap. After a crash between an acknowledgement
/// and its verification, a change that came in between is not delivered; [`sync_window`](crate::Requests::sync_window)
/// finds it.
#[derive(Debug, Clone, Default)]
pub struct MemoryChangeStore(Arc<Mutex<Entries>>);

impl MemoryChangeStore {
    /// Creates an empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn with<T>(&self, act: impl FnOnce(&mut Entries) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl ChangeStore for MemoryChangeStore {
    fn load(&self) -> BoxFuture<'_, Result<Vec<PendingAck>, StoreError>> {
        Box::pin(async move { Ok(self.with(|entries| entries.values().cloned().collect())) })
    }

    fn save<'a>(&'a self, pending: &'a PendingAck) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            self.with(|entries| entries.insert(pending.id.clone(), pending.clone()));
            Ok(())
        })
    }

    fn remove<'a>(&'a self, id: &'a RequestId) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            self.with(|entries| entries.remove(id));
            Ok(())
        })
    }
}
