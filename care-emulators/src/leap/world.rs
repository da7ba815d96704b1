//! The settings and state of a LEAP emulator.

use super::{
    new_request::NewRequest,
    registry::{Key, Registry},
    settings::Settings,
    state::ControlError,
    support_request::{Actor, SupportRequest},
    timestamp,
};
use crate::{clock::Clock, hooks::Hooks, lock::lock};
use chrono::{DateTime, Utc};
use std::sync::{Arc, Mutex, MutexGuard};

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

    pub(super) fn now(&self) -> DateTime<Utc> {
        timestamp::now(&self.clock)
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
