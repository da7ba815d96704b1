//! Keeps a session's state saved without delaying the call for help.
//!
//! A change is made in memory at once. `raise`, `dismiss` and `abandon` wait until it is saved, for at most two
//! seconds. After that, and for all other changes, the session's task retries the save until it succeeds. Saves run one
//! after another, each of the newest state.

use super::{state::SessionState, store::SessionStore};
use care_client_core::StoreError;
use std::{
    pin::Pin,
    sync::{Arc, Mutex as StdMutex, MutexGuard, PoisonError},
    task::{Context, Waker},
    time::Duration,
};
use tokio::{
    sync::Mutex,
    time::{sleep, timeout},
};

/// A store that hangs must not delay a call for help for longer than this.
const STORE_LIMIT: Duration = Duration::from_secs(2);
/// The pause after a failed save. A full disk may have room again even if the state doesn't change.
const RETRY: Duration = Duration::from_secs(5);

/// A save in flight.
pub(super) type Saving = Pin<Box<dyn Future<Output = ()> + Send>>;

/// One session's state, in memory and in its store.
pub(super) struct Persister {
    store: Option<Arc<dyn SessionStore>>,
    kept: StdMutex<Kept>,
    /// Locked while a save is in flight.
    turn: Mutex<()>,
}

struct Kept {
    state: SessionState,
    /// The number of the newest change of the state.
    change: u64,
    /// The number of the change that was saved last; 0 if none was.
    saved: u64,
    failure: Option<Arc<StoreError>>,
    /// The session's task, which saves what has changed.
    waker: Option<Waker>,
}

impl Persister {
    pub(super) fn new(store: Option<Arc<dyn SessionStore>>, state: SessionState) -> Self {
        let kept = Kept { state, change: 1, saved: 0, failure: None, waker: None };
        Self { store, kept: StdMutex::new(kept), turn: Mutex::new(()) }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn state(&self) -> SessionState {
        self.kept().state.clone()
    }

    /// Why the newest state isn't saved; `None` if it is.
    pub(super) fn unsaved(&self) -> Option<Arc<StoreError>> {
        self.kept().failure.clone()
    }

    /// Changes the state in memory. The session's task saves it in the background.
    pub(super) fn change(&self, change: impl FnOnce(&mut SessionState)) {
        let waker = {
            let mut kept = self.kept();
            change(&mut kept.state);
            kept.change += 1;
            kept.waker.take()
        };
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    /// Changes the state, and returns when it is saved, or after two seconds.
    pub(super) async fn update(&self, change: impl FnOnce(&mut SessionState)) {
        self.change(change);
        self.save().await;
    }

    /// Saves the state unless it is saved already.
    pub(super) async fn save(&self) {
        let Some(store) = &self.store else { return };
        let _turn = self.turn.lock().await;
        let (state, change) = {
            let kept = self.kept();
            if kept.saved == kept.change {
                return;
            }
            (kept.state.clone(), kept.change)
        };
        let saved = timeout(STORE_LIMIT, store.save(&state)).await;
        let mut kept = self.kept();
        kept.failure = match saved {
            Ok(Ok(())) => {
                kept.saved = change;
                None
            }
            Ok(Err(error)) => Some(Arc::new(error)),
            Err(late) => Some(Arc::new(StoreError::new(late))),
        };
    }

    /// Saves the state, and retries until that succeeds.
    pub(super) async fn save_until_saved(&self) {
        self.save().await;
        while self.unsaved().is_some() {
            sleep(RETRY).await;
            self.save().await;
        }
    }

    /// Saves the state after each change, for as long as the session's task polls this. `save` makes the future that
    /// saves one change.
    pub(super) fn poll_saving(&self, saving: &mut Option<Saving>, cx: &mut Context<'_>, save: impl Fn() -> Saving) {
        loop {
            if let Some(work) = saving {
                if work.as_mut().poll(cx).is_pending() {
                    return;
                }
                *saving = None;
            }
            let mut kept = self.kept();
            if kept.saved == kept.change || self.store.is_none() {
                kept.waker = Some(cx.waker().clone());
                return;
            }
            *saving = Some(save());
        }
    }
}
