//! Everything that a Newfies emulator knows.

use std::sync::{Arc, Mutex, MutexGuard};

use chrono::{DateTime, Utc};

use super::controller::Controller;
use super::moment;
use super::settings::Settings;
use super::state::State;
use crate::clock::Clock;
use crate::hooks::Hooks;
use crate::lock::lock;

pub(super) struct World {
    pub(super) settings: Settings,
    pub(super) clock: Clock,
    pub(super) hooks: Hooks<Controller>,
    state: Mutex<State>,
}

impl World {
    pub(super) fn new(settings: Settings, clock: Clock, state: State) -> Arc<Self> {
        Arc::new(Self { settings, clock, hooks: Hooks::default(), state: Mutex::new(state) })
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        moment::now(&self.clock)
    }

    /// The state, with everything done that the dispatchers had to do until now.
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        let now = self.now();
        let mut state = lock(&self.state);
        state.dispatch(&self.settings, now);
        state
    }
}
