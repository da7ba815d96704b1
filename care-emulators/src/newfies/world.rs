//! The shared state of a Newfies emulator.

use crate::{
    clock::Clock,
    hooks::Hooks,
    lock::lock,
    newfies::{settings::Settings, state::State, timestamp},
};
use chrono::{DateTime, Utc};
use std::sync::{Arc, Mutex, MutexGuard};

pub(super) struct World {
    pub(super) settings: Settings,
    pub(super) clock: Clock,
    pub(super) hooks: Hooks<Arc<World>>,
    state: Mutex<State>,
}

impl World {
    pub(super) fn new(settings: Settings, clock: Clock, state: State) -> Arc<Self> {
        Arc::new(Self { settings, clock, hooks: Hooks::default(), state: Mutex::new(state) })
    }

    /// The state, after the workers have caught up to now.
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state_now().1
    }

    /// The time, and the state at that time.
    pub(super) fn state_now(&self) -> (DateTime<Utc>, MutexGuard<'_, State>) {
        // The clock is read under the lock, so that the workers are never ahead of the returned time.
        let mut state = lock(&self.state);
        let now = timestamp::now(&self.clock);
        state.dispatch(&self.settings, now);
        (now, state)
    }
}
