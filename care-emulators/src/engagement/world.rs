//! The shared state of an Engagement emulator.

use crate::{
    clock::Clock,
    engagement::{
        content::{Content, Conversation, NewContent},
        directory::{Directory, SOURCE_ID},
        settings::Settings,
        store::Store,
    },
    hooks::Hooks,
    lock::lock,
};
use chrono::{DateTime, SubsecRound, Utc};
use std::sync::{
    Arc, Mutex, MutexGuard,
    atomic::{AtomicU64, Ordering},
};

/// Generates unique identifiers: 24 hexadecimal digits, as the API's are, that contain a counter.
#[derive(Debug)]
pub(super) struct Ids(AtomicU64);

impl Ids {
    /// Starts after the constants.
    pub(super) fn new() -> Self {
        Self(AtomicU64::new(3))
    }

    pub(super) fn next(&self) -> String {
        format!("e0{:022x}", self.0.fetch_add(1, Ordering::Relaxed))
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engagement::directory::AGENT_ID;

    #[test]
    fn all_have_the_same_form_and_differ() {
        let ids = Ids::new();
        let made = [AGENT_ID.to_owned(), SOURCE_ID.to_owned(), ids.next(), ids.next()];
        for (n, id) in made.iter().enumerate() {
            assert_eq!(*id, format!("e0{:022x}", n + 1));
            assert_eq!(id.len(), 24);
        }
    }
}
