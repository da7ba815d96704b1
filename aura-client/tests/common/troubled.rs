use aura_client::{BoxFuture, SessionState, SessionStore, StoreError};
use care_testkit::Trouble;

/// A store whose saves run into trouble.
#[derive(Clone)]
pub(crate) struct Troubled<S>(pub(crate) S, pub(crate) Trouble);

impl<S: SessionStore> SessionStore for Troubled<S> {
    fn save<'a>(&'a self, state: &'a SessionState) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(self.1.saving(self.0.save(state)))
    }

    fn load(&self) -> BoxFuture<'_, Result<Vec<SessionState>, StoreError>> {
        self.0.load()
    }
}
