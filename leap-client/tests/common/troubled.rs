use super::Trouble;
use leap_client::{BoxFuture, ChangeStore, PendingAck, RequestId, StoreError};

/// A store that runs into trouble.
#[derive(Clone)]
pub(crate) struct Troubled<S> {
    pub(crate) store: S,
    pub(crate) load: Trouble,
    pub(crate) save: Trouble,
    pub(crate) remove: Trouble,
}

impl<S> Troubled<S> {
    pub(crate) fn new(store: S) -> Self {
        Self { store, load: Trouble::none(), save: Trouble::none(), remove: Trouble::none() }
    }
}

impl<S: ChangeStore> ChangeStore for Troubled<S> {
    fn load(&self) -> BoxFuture<'_, Result<Vec<PendingAck>, StoreError>> {
        Box::pin(self.load.saving(self.store.load()))
    }

    fn save<'a>(&'a self, pending: &'a PendingAck) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(self.save.saving(self.store.save(pending)))
    }

    fn remove<'a>(&'a self, id: &'a RequestId) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(self.remove.saving(self.store.remove(id)))
    }
}
