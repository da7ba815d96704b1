//! The settings and state of a LEAP emulator: all support requests and topics.

use super::{
    new_request::NewRequest,
    settings::Settings,
    state::ControlError,
    support_request::{Actor, SupportRequest},
};
use crate::{clock::Clock, hooks::Hooks, lock::lock};
use chrono::{DateTime, SubsecRound, Utc};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Arc, Mutex, MutexGuard},
};

pub(super) struct World {
    pub(super) settings: Settings,
    pub(super) clock: Clock,
    pub(super) hooks: Hooks<Arc<World>>,
    registry: Mutex<Registry>,
}

impl World {
    pub(super) fn new(settings: Settings, clock: Clock) -> Arc<Self> {
        Arc::new(Self { settings, clock, hooks: Hooks::default(), registry: Mutex::default() })
    }

    pub(super) fn registry(&self) -> MutexGuard<'_, Registry> {
        lock(&self.registry)
    }

    /// The current time to the millisecond: responses have no more.
    pub(super) fn now(&self) -> DateTime<Utc> {
        self.clock.now().trunc_subsecs(3)
    }

    /// A customer or agent, who isn't the client.
    pub(super) fn actor<'a>(&self, name: &'a str) -> Actor<'a> {
        Actor { name, now: self.now(), flags: true }
    }

    /// The client.
    pub(super) fn client_actor(&self) -> Actor<'_> {
        Actor { name: &self.settings.display_name, now: self.now(), flags: self.settings.flag_own_writes }
    }

    pub(super) fn raise(&self, new: NewRequest) -> Result<String, ControlError> {
        let now = self.now();
        let mut registry = self.registry();
        let id = match &new.id {
            Some(id) => id.clone(),
            None => self.next_id(&registry),
        };
        let key = Key::Id(id.clone());
        if id.is_empty() || registry.has(&key) {
            return Err(ControlError::IdTaken { id });
        }
        if let Some(external_id) = new.external_id.clone().filter(|external_id| registry.refuses(&key, external_id)) {
            return Err(ControlError::ExternalIdTaken { external_id });
        }
        let external_id = new.external_id.clone();
        registry.add(SupportRequest::raise(id.clone(), new, now));
        if let Some(external_id) = external_id {
            registry.set_external_id(&key, &external_id);
        }
        Ok(id)
    }

    fn next_id(&self, registry: &Registry) -> String {
        let mut numbers = (self.settings.first_request + registry.raised())..;
        let free = numbers.find(|number| !registry.has(&Key::Id(number.to_string())));
        free.unwrap_or_default().to_string()
    }
}

/// What identifies a request.
#[derive(Debug)]
pub(super) enum Key {
    Id(String),
    External(String),
}

/// The requests in the order in which they were raised.
#[derive(Default)]
pub(super) struct Registry {
    requests: BTreeMap<u64, SupportRequest>,
    numbers: HashMap<String, u64>,
    external: HashMap<String, u64>,
    topics: BTreeSet<String>,
    next: u64,
}

impl Registry {
    fn number(&self, key: &Key) -> Option<u64> {
        match key {
            Key::Id(id) => self.numbers.get(id),
            Key::External(id) => self.external.get(id),
        }
        .copied()
    }

    pub(super) fn has(&self, key: &Key) -> bool {
        self.number(key).is_some()
    }

    pub(super) fn get(&self, key: &Key) -> Option<&SupportRequest> {
        self.requests.get(&self.number(key)?)
    }

    pub(super) fn get_mut(&mut self, key: &Key) -> Option<&mut SupportRequest> {
        self.requests.get_mut(&self.number(key)?)
    }

    /// How many requests have been raised, including removed ones.
    pub(super) fn raised(&self) -> u64 {
        self.next
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &SupportRequest> {
        self.requests.values()
    }

    /// Adds a request whose identifier is new.
    pub(super) fn add(&mut self, request: SupportRequest) {
        self.add_topic(request.given.topic.clone());
        self.numbers.insert(request.id.clone(), self.next);
        self.requests.insert(self.next, request);
        self.next += 1;
    }

    pub(super) fn remove(&mut self, id: &str) -> Option<SupportRequest> {
        let request = self.requests.remove(&self.numbers.remove(id)?)?;
        if let Some(id) = &request.external_id {
            self.external.remove(id);
        }
        Some(request)
    }

    /// Whether `external_id` is empty, or that of another request than `key`.
    pub(super) fn refuses(&self, key: &Key, external_id: &str) -> bool {
        let holder = self.external.get(external_id).copied();
        external_id.is_empty() || holder.is_some() && holder != self.number(key)
    }

    /// Replaces a request's external identifier by one that isn't [refused](Registry::refuses).
    pub(super) fn set_external_id(&mut self, key: &Key, external_id: &str) -> Option<&SupportRequest> {
        let number = self.number(key)?;
        let request = self.requests.get_mut(&number)?;
        if let Some(old) = request.external_id.replace(external_id.to_owned()) {
            self.external.remove(&old);
        }
        self.external.insert(external_id.to_owned(), number);
        Some(request)
    }

    pub(super) fn add_topic(&mut self, topic: String) {
        self.topics.insert(topic);
    }

    pub(super) fn has_topic(&self, topic: &str) -> bool {
        self.topics.contains(topic)
    }
}
