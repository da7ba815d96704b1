//! Everything that an Engagement emulator knows.

use crate::{
    clock::Clock,
    engagement::{
        content::{Content, Conversation, NewContent},
        controller::Controller,
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

/// What changes. Whoever holds it sees a request done or not begun.
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

    /// What the clock shows, to the second: answers have no more.
    pub(super) fn now(&self) -> DateTime<Utc> {
        self.clock.now().trunc_subsecs(0)
    }

    /// A content with everything that wasn't given made up.
    pub(super) fn fill_in(&self, new: NewContent) -> Content {
        let made_up = |given: Option<String>| given.unwrap_or_else(|| self.ids.next());
        let conversation = Conversation {
            source: new.source.unwrap_or_else(|| SOURCE_ID.to_owned()),
            thread: made_up(new.thread),
            identity: made_up(new.identity),
        };
        Content { id: self.ids.next(), conversation, identity_group: new.identity_group }
    }
}
