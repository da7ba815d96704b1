//! Where sessions are saved: the trait, and a store in memory.

use super::state::{SessionKey, SessionPhase, SessionState};
use care_client_core::{BoxFuture, StoreError};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

/// Saves the states of sessions where a restart finds them: [`FileSessionStore`](crate::FileSessionStore), or a
/// database of yours. Clones must share the same store.
///
/// A store that fails, or hangs for 2 s, never delays a call for help further: see
/// [`CalloutSession::unsaved`](crate::CalloutSession::unsaved).
pub trait SessionStore: Send + Sync {
    /// Saves the state under its key, instead of the earlier one, and returns when a crash can't lose it any more. A
    /// state that [has ended](SessionState::is_ended) may be removed.
    ///
    /// # Errors
    ///
    /// Whatever prevented the save.
    fn save<'a>(&'a self, state: &'a SessionState) -> BoxFuture<'a, Result<(), StoreError>>;

    /// All states that have not ended, oldest first.
    ///
    /// # Errors
    ///
    /// Whatever prevented the read.
    fn load(&self) -> BoxFuture<'_, Result<Vec<SessionState>, StoreError>>;
}

impl<S: SessionStore + ?Sized> SessionStore for Arc<S> {
    fn save<'a>(&'a self, state: &'a SessionState) -> BoxFuture<'a, Result<(), StoreError>> {
        (**self).save(state)
    }

    fn load(&self) -> BoxFuture<'_, Result<Vec<SessionState>, StoreError>> {
        (**self).load()
    }
}

/// States by their keys.
#[derive(Debug, Clone, Default)]
pub(super) struct States(pub(super) BTreeMap<SessionKey, SessionState>);

impl States {
    pub(super) fn put(&mut self, state: &SessionState) {
        if state.phase() == SessionPhase::Ended {
            self.0.remove(state.key());
        } else {
            self.0.insert(state.key().clone(), state.clone());
        }
    }

    pub(super) fn oldest_first(&self) -> Vec<SessionState> {
        let mut states: Vec<_> = self.0.values().cloned().collect();
        states.sort_by_key(SessionState::created_at);
        states
    }
}

/// Keeps states in memory, for tests. A crash loses every callout in it.
#[derive(Debug, Clone, Default)]
pub struct MemorySessionStore(Arc<Mutex<States>>);

impl MemorySessionStore {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl SessionStore for MemorySessionStore {
    fn save<'a>(&'a self, state: &'a SessionState) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).put(state);
            Ok(())
        })
    }

    fn load(&self) -> BoxFuture<'_, Result<Vec<SessionState>, StoreError>> {
        Box::pin(async move { Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).oldest_first()) })
    }
}
