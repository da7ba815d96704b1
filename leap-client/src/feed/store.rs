//! Where acknowledgements that are under way are kept.

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

/// What a program had seen of a support request when it began to acknowledge it: kept in the
/// [`ChangeStore`](crate::ChangeStore) until it is certain that the acknowledgement swallowed nothing.
///
/// It holds hashes, and none of the request's texts. A hash that another version of this crate made differs, and then the
/// change is delivered once more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PendingAck {
    /// The request.
    pub id: RequestId,
    /// When it was last updated, as seen.
    #[serde(with = "timestamp")]
    pub last_update_time: DateTime<Utc>,
    request: u64,
    /// Sorted. Updates have no ids, and two may be equal: both count.
    updates: Vec<u64>,
}

impl PendingAck {
    pub(crate) fn of(request: &SupportRequest) -> Self {
        let mut updates: Vec<_> = request.listed().iter().map(Update::fingerprint).collect();
        updates.sort_unstable();
        Self {
            id: request.identifier.clone(),
            last_update_time: request.last_update_time,
            request: request.fingerprint(),
            updates,
        }
    }

    /// Those of these updates that had not been seen then, in their order.
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

/// Keeps what is being acknowledged where a restart finds it: [`FileChangeStore`](crate::FileChangeStore), or a database of
/// yours. Clones must be the same store, and one feed at a time may use it.
///
/// It is small: one entry for each acknowledgement that is under way.
pub trait ChangeStore: Send + Sync {
    /// All entries.
    ///
    /// # Errors
    ///
    /// Anything that kept it from reading.
    fn load(&self) -> BoxFuture<'_, Result<Vec<PendingAck>, StoreError>>;

    /// Keeps the entry instead of any other of this request, and returns when a crash can't lose it any more.
    ///
    /// # Errors
    ///
    /// Anything that kept it from saving. The change isn't acknowledged then.
    fn save<'a>(&'a self, pending: &'a PendingAck) -> BoxFuture<'a, Result<(), StoreError>>;

    /// Forgets the entry of this request. It may be missing.
    ///
    /// # Errors
    ///
    /// Anything that kept it from forgetting. It does no harm: the next start looks at the request once more.
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

/// Entries by their requests.
pub(super) type Entries = BTreeMap<RequestId, PendingAck>;

/// Keeps entries as long as the process lives: for tests, and for programs that can live with the gap. After a crash between
/// an acknowledgement and its verification, a change that came in between is not delivered;
/// [`sync_window`](crate::Requests::sync_window) finds it.
#[derive(Debug, Clone, Default)]
pub struct MemoryChangeStore(Arc<Mutex<Entries>>);

impl MemoryChangeStore {
    /// An empty store.
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
