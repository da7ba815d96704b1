//! Keeps a session's state saved without delaying what matters more.
//!
//! A change is made in memory at once. Whoever must not go on before it is on disk (`raise`, `dismiss`, `abandon`)
//! waits for the save, for at most two seconds; after that, and for all other changes, a background task saves until it
//! succeeds.

use super::{state::SessionState, store::SessionStore};
use care_client_core::StoreError;
use std::{
    sync::{Arc, Mutex as StdMutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{
    sync::{Mutex, Notify},
    task::JoinHandle,
    time::{sleep, timeout},
};

/// A store that hangs must not delay a call for help for longer than this.
const STORE_LIMIT: Duration = Duration::from_secs(2);
/// The pause after a failed save. A full disk may have room again even if the state doesn't change.
const RETRY: Duration = Duration::from_secs(5);

/// One session's state, in memory and in its store. Saves run one after another, each of the newest state.
pub(super) struct Persister {
    store: Option<Arc<dyn SessionStore>>,
    state: StdMutex<SessionState>,
    /// The state as it was last saved; locked while a save is under way.
    saved: Mutex<Option<SessionState>>,
    failure: StdMutex<Option<Arc<StoreError>>>,
    changed: Notify,
}

impl Persister {
    pub(super) fn new(store: Option<Arc<dyn SessionStore>>, state: SessionState) -> Self {
        Self {
            store,
            state: StdMutex::new(state),
            saved: Mutex::new(None),
            failure: StdMutex::new(None),
            changed: Notify::new(),
        }
    }

    pub(super) fn state(&self) -> SessionState {
        locked(&self.state).clone()
    }

    /// Why the newest state isn't saved; `None` if it is.
    pub(super) fn unsaved(&self) -> Option<Arc<StoreError>> {
        locked(&self.failure).clone()
    }

    /// Changes the state in memory. The [saver](Self::saver) saves it in the background.
    pub(super) fn change(&self, change: impl FnOnce(&mut SessionState)) {
        change(&mut locked(&self.state));
        self.changed.notify_one();
    }

    /// Changes the state, and returns when it is saved or the time for that is up.
    pub(super) async fn update(&self, change: impl FnOnce(&mut SessionState)) {
        self.change(change);
        self.save().await;
    }

    /// Saves the state unless it is saved already.
    pub(super) async fn save(&self) {
        let Some(store) = &self.store else { return };
        let mut saved = self.saved.lock().await;
        let state = self.state();
        if saved.as_ref() == Some(&state) {
            return;
        }
        let failure = match timeout(STORE_LIMIT, store.save(&state)).await {
            Ok(Ok(())) => {
                *saved = Some(state);
                None
            }
            Ok(Err(error)) => Some(Arc::new(error)),
            Err(late) => Some(Arc::new(StoreError::new(late))),
        };
        *locked(&self.failure) = failure;
    }

    /// Saves the state, and retries until that succeeds.
    pub(super) async fn save_until_saved(&self) {
        self.save().await;
        while self.unsaved().is_some() {
            sleep(RETRY).await;
            self.save().await;
        }
    }

    /// Starts to save the state after each change, until the guard is dropped.
    pub(super) fn saver(self: &Arc<Self>) -> Saver {
        let persister = Arc::clone(self);
        Saver(tokio::spawn(async move {
            loop {
                persister.save_until_saved().await;
                persister.changed.notified().await;
            }
        }))
    }
}

/// The task that saves the state; dropping this ends it.
pub(super) struct Saver(JoinHandle<()>);

impl Drop for Saver {
    fn drop(&mut self) {
        self.0.abort();
    }
}

fn locked<T>(mutex: &StdMutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
