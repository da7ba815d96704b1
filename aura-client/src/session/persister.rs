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

/// A store that hangs must not hold back a call for help.
const STORE_LIMIT: Duration = Duration::from_secs(2);
/// After a failed save the next try comes this much later, whether or not there is news: a disk that was full may have room.
const RETRY: Duration = Duration::from_secs(5);

/// Keeps one session's state, in memory and in its store. Saves come one after another, each of the newest state.
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

    /// Why the newest state isn't saved, if it isn't.
    pub(super) fn unsaved(&self) -> Option<Arc<StoreError>> {
        locked(&self.failure).clone()
    }

    /// Changes the state in memory. The [saver](Self::saver) saves it, and nobody waits for that.
    pub(super) fn change(&self, change: impl FnOnce(&mut SessionState)) {
        change(&mut locked(&self.state));
        self.changed.notify_one();
    }

    /// Changes the state, and returns when it is saved, or can't be within a few seconds.
    pub(super) async fn update(&self, change: impl FnOnce(&mut SessionState)) {
        self.change(change);
        self.save().await;
    }

    /// Saves the state, unless it is saved already.
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

    /// Saves the state, and tries again for as long as that fails.
    pub(super) async fn save_at_last(&self) {
        self.save().await;
        while self.unsaved().is_some() {
            sleep(RETRY).await;
            self.save().await;
        }
    }

    /// Begins to save the state after each change, again and again until it is saved. It ends when the guard is dropped.
    pub(super) fn saver(self: &Arc<Self>) -> Saver {
        let persister = Arc::clone(self);
        Saver(tokio::spawn(async move {
            loop {
                persister.save_at_last().await;
                persister.changed.notified().await;
            }
        }))
    }
}

/// The task that keeps a state saved, until this is dropped.
pub(super) struct Saver(JoinHandle<()>);

impl Drop for Saver {
    fn drop(&mut self) {
        self.0.abort();
    }
}

fn locked<T>(mutex: &StdMutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
