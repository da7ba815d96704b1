use super::FaultyStore;
use leap_client::{BoxFuture, ChangeStore, PendingAck, RequestId, StoreError};

/// A store that runs into trouble.
#[derive(Clone)]
pub(crate) struct Troubled<S> {
    pub(crate) store: S,
    pub(crate) load: FaultyStore,
    pub(crate) save: FaultyStore,
    pub(crate) remove: FaultyStore,
}

impl<S> Troubled<S> {
    pub(crate) fn new(store: S) -> Self {
        Self { store, load: FaultyStore::healthy(), save: FaultyStore::healthy(), remove: FaultyStore::healthy() }
    }
}

impl<S: ChangeStore> ChangeStore for Troubled<S> {
    fn load(&self) -> BoxFuture<'_, Result<Vec<PendingAck>, StoreError>> {
        Box::pin(self.load.run(self.store.load()))
    }

    fn save<'a>(&'a self, pending: &'a PendingAck) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(self.save.run(self.store.save(pending)))
    }

    fn remove<'a>(&'a self, id: &'a RequestId) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(self.remove.run(self.store.remove(id)))
    }
}
