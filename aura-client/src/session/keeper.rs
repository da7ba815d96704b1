use super::{state::SessionState, store::SessionStore};
use care_client_core::StoreError;
use std::{
    sync::{Arc, Mutex as StdMutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{sync::Mutex, time::timeout};

/// A store that hangs must not hold back a call for help.
const STORE_LIMIT: Duration = Duration::from_secs(5);

/// Keeps one session's state, in memory and in its store. Saves come one after another, in the order of the changes.
pub(super) struct Keeper {
    store: Option<Arc<dyn SessionStore>>,
    state: StdMutex<SessionState>,
    saving: Mutex<()>,
    unsaved: StdMutex<Option<Arc<StoreError>>>,
}

impl Keeper {
    pub(super) fn new(store: Option<Arc<dyn SessionStore>>, state: SessionState) -> Self {
        Self { store, state: StdMutex::new(state), saving: Mutex::new(()), unsaved: StdMutex::new(None) }
    }

    pub(super) fn state(&self) -> SessionState {
        locked(&self.state).clone()
    }

    /// Why the newest state isn't saved, if it isn't.
    pub(super) fn unsaved(&self) -> Option<Arc<StoreError>> {
        locked(&self.unsaved).clone()
    }

    /// Changes the state, and saves it if that changed anything.
    pub(super) async fn update(&self, change: impl FnOnce(&mut SessionState)) {
        let _turn = self.saving.lock().await;
        let state = {
            let mut state = locked(&self.state);
            let before = state.clone();
            change(&mut state);
            if *state == before {
                return;
            }
            state.clone()
        };
        self.save_now(&state).await;
    }

    /// Saves the state as it is.
    pub(super) async fn save(&self) {
        let _turn = self.saving.lock().await;
        self.save_now(&self.state()).await;
    }

    async fn save_now(&self, state: &SessionState) {
        let Some(store) = &self.store else { return };
        let failure = match timeout(STORE_LIMIT, store.save(state)).await {
            Ok(Ok(())) => None,
            Ok(Err(error)) => Some(Arc::new(error)),
            Err(late) => Some(Arc::new(StoreError::from(late))),
        };
        *locked(&self.unsaved) = failure;
    }
}

fn locked<T>(mutex: &StdMutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
