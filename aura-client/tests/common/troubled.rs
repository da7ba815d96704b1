use aura_client::{BoxFuture, SessionState, SessionStore, StoreError};
use care_testkit::FaultyStore;

/// A store whose saves run into trouble.
#[derive(Clone)]
pub(crate) struct Troubled<S>(pub(crate) S, pub(crate) FaultyStore);

impl<S: SessionStore> SessionStore for Troubled<S> {
    fn save<'a>(&'a self, state: &'a SessionState) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(self.1.run(self.0.save(state)))
    }

    fn load(&self) -> BoxFuture<'_, Result<Vec<SessionState>, StoreError>> {
        self.0.load()
    }
}
