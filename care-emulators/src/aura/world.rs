//! The settings and state of an AURA emulator.

use super::{
    accounts::{Accounts, Holder, Lifetimes, Token},
    callout::{Callout, REAL, TEST},
    record::{Record, View},
    request_bodies::NewCallout,
    request_context::{Ids, RequestContext, Timestamp},
};
use crate::{clock::Clock, lock::lock};
use serde::Serialize;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

/// The options of the builder.
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
    pub(super) plural_comments: bool,
    pub(super) register_without_token: bool,
    pub(super) customer_images: bool,
}

pub(super) struct World {
    pub(super) settings: Settings,
    pub(super) clock: Clock,
    state: Mutex<State>,
}

/// The part that changes.
pub(super) struct State {
    pub(super) accounts: Accounts,
    pub(super) records: BTreeMap<u64, Record>,
    ids: Ids,
    next_callout: u64,
}

/// An element of `GET /callout-classifications`. The form of that answer is the emulator's own; none is documented.
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
        let state = Mutex::new(State { accounts, records: BTreeMap::new(), ids: Ids::new(), next_callout });
        Arc::new(Self { settings, clock, state })
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    /// Issues a token for `holder`.
    pub(super) fn issue(&self, holder: &Holder) -> Token {
        self.state().accounts.issue(holder, self.clock.now())
    }

    /// Creates a callout. Returns its id, and what `answer` makes of it.
    pub(super) fn create<T>(&self, holder: Holder, new: NewCallout, answer: impl FnOnce(&View<'_>) -> T) -> (u64, T) {
        let now = Timestamp::new(self.clock.now());
        let mut guard = self.state();
        let state = &mut *guard;
        let id = state.next_callout;
        state.next_callout += 1;
        let (customer, at) = (state.accounts.record(&holder), new.callout_location);
        let callout = Callout::new(id, &mut state.ids, customer, new, self.settings.customer_images, now);
        let record = Record::new(callout, holder, at);
        let answer = answer(&record.view(false, false));
        state.records.insert(id, record);
        (id, answer)
    }

    /// Does something with a callout. Returns `None` if there is no such callout.
    pub(super) fn with<T>(&self, id: u64, act: impl FnOnce(&mut Record, &mut RequestContext<'_>) -> T) -> Option<T> {
        let now = Timestamp::new(self.clock.now());
        let mut guard = self.state();
        let State { records, ids, .. } = &mut *guard;
        records.get_mut(&id).map(|record| act(record, &mut RequestContext { ids, now }))
    }

    /// As [`with`](World::with), for a client, which doesn't see other holders' callouts.
    pub(super) fn with_own<T>(
        &self,
        id: u64,
        holder: &Holder,
        act: impl FnOnce(&mut Record, &mut RequestContext<'_>) -> T,
    ) -> Option<T> {
        self.with(id, |record, context| record.is_visible_to(holder).then(|| act(record, context))).flatten()
    }
}
