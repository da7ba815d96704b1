//! The shared state of an Engagement emulator.

use crate::{
    clock::Clock,
    engagement::{
        content::{Content, Conversation, NewContent},
        directory::Directory,
        ids::{Ids, SOURCE_ID},
        settings::Settings,
        store::Store,
    },
    hooks::Hooks,
    lock::lock,
};
use chrono::{DateTime, SubsecRound, Utc};
use std::sync::{Arc, Mutex, MutexGuard};

pub(super) struct World {
    pub(super) settings: Settings,
    pub(super) clock: Clock,
    pub(super) hooks: Hooks<Arc<World>>,
    pub(super) ids: Ids,
    state: Mutex<State>,
}

/// The mutable state. Its lock makes each request atomic.
pub(super) struct State {
    pub(super) directory: Directory,
    pub(super) store: Store,
}

impl World {
    pub(super) fn new(settings: Settings, clock: Clock) -> Arc<Self> {
        let state = Mutex::new(State { directory: Directory::new(&settings.access_token), store: Store::default() });
        Arc::new(Self { settings, clock, hooks: Hooks::default(), ids: Ids::new(), state })
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    /// The clock's time in whole seconds, the precision of responses.
    pub(super) fn now(&self) -> DateTime<Utc> {
        self.clock.now().trunc_subsecs(0)
    }

    /// A content in which everything that wasn't given is generated.
    pub(super) fn fill_in(&self, new: NewContent) -> Content {
        let or_new = |given: Option<String>| given.unwrap_or_else(|| self.ids.next());
        let conversation = Conversation {
            source: new.source.unwrap_or_else(|| SOURCE_ID.to_owned()),
            thread: or_new(new.thread),
            identity: or_new(new.identity),
        };
        Content { id: self.ids.next(), conversation, identity_group: new.identity_group }
    }
}
