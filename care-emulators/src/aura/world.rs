//! Everything that an AURA emulator knows.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use serde::Serialize;

use super::accounts::{Accounts, Holder, Lifetimes};
use super::autoplay;
use super::callout::{Callout, REAL, TEST};
use super::case::{Case, Scene, View};
use super::ids::Ids;
use super::moment::Moment;
use super::request::NewCallout;
use super::token::Token;
use crate::clock::Clock;
use crate::lock::lock;

/// What a builder has settled.
#[derive(Clone)]
pub(super) struct Settings {
    pub(super) client_id: String,
    pub(super) client_secret: String,
    pub(super) first_callout: u64,
    pub(super) autoplay: Option<Duration>,
    pub(super) lifetimes: Lifetimes,
    pub(super) server_callouts: bool,
    pub(super) bare_created: bool,
    pub(super) wrapped_get: bool,
    pub(super) register_without_token: bool,
    pub(super) customer_images: bool,
}

pub(super) struct World {
    pub(super) settings: Settings,
    pub(super) clock: Clock,
    state: Mutex<State>,
}

/// What changes.
pub(super) struct State {
    pub(super) accounts: Accounts,
    pub(super) cases: BTreeMap<u64, Case>,
    ids: Ids,
    next_callout: u64,
}

/// An element of `GET /callout-classifications`. The form of that answer isn't documented; this one is the emulator's own.
#[derive(Serialize)]
pub(super) struct Classification {
    pub(super) id: u64,
    value: &'static str,
}

/// The two classifications that the guide names.
pub(super) const CLASSIFICATIONS: [Classification; 2] =
    [Classification { id: REAL, value: "REAL" }, Classification { id: TEST, value: "TEST" }];

impl World {
    pub(super) fn new(settings: Settings, clock: Clock) -> Arc<Self> {
        let accounts = Accounts::new(settings.lifetimes, clock.now());
        let next_callout = settings.first_callout;
        let state = Mutex::new(State { accounts, cases: BTreeMap::new(), ids: Ids::new(), next_callout });
        Arc::new(Self { settings, clock, state })
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    /// A token for `holder`.
    pub(super) fn issue(&self, holder: &Holder) -> Token {
        self.state().accounts.issue(holder, self.clock.now())
    }

    /// Creates a callout, and sets the control room to work if it plays by itself. `answer` sees it as it is then.
    pub(super) fn create<T>(
        self: &Arc<Self>,
        holder: Holder,
        new: NewCallout,
        answer: impl FnOnce(&View<'_>) -> T,
    ) -> T {
        let now = Moment::new(self.clock.now());
        let mut guard = self.state();
        let state = &mut *guard;
        let id = state.next_callout;
        state.next_callout += 1;
        let (record, at) = (state.accounts.record(&holder), new.callout_location);
        let callout = Callout::new(id, &mut state.ids, record, new, self.settings.customer_images, now);
        let case = Case::new(callout, holder, at);
        let answer = answer(&case.view(false, false));
        state.cases.insert(id, case);
        if let Some(step) = self.settings.autoplay {
            tokio::spawn(autoplay::play(Arc::downgrade(self), id, step));
        }
        answer
    }

    /// Does something with a callout; `None` if there is no such callout.
    pub(super) fn with<T>(&self, id: u64, act: impl FnOnce(&mut Case, &mut Scene<'_>) -> T) -> Option<T> {
        let now = Moment::new(self.clock.now());
        let mut guard = self.state();
        let State { cases, ids, .. } = &mut *guard;
        cases.get_mut(&id).map(|case| act(case, &mut Scene { ids, now }))
    }

    /// As [`with`](World::with), for a client: other people's callouts don't exist for it.
    pub(super) fn with_own<T>(
        &self,
        id: u64,
        holder: &Holder,
        act: impl FnOnce(&mut Case, &mut Scene<'_>) -> T,
    ) -> Option<T> {
        self.with(id, |case, scene| case.is_visible_to(holder).then(|| act(case, scene))).flatten()
    }
}
