//! Everything that a LEAP emulator knows.

use std::sync::{Arc, Mutex, MutexGuard};

use chrono::{DateTime, Utc};

use super::control_error::ControlError;
use super::moment;
use super::new_request::NewRequest;
use super::registry::{Key, Registry};
use super::settings::Settings;
use super::support_request::{Hand, SupportRequest};
use crate::clock::Clock;
use crate::hooks::Hooks;
use crate::lock::lock;

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
        moment::now(&self.clock)
    }

    /// Somebody of the vendor's portals, who isn't the client.
    pub(super) fn hand<'a>(&self, name: &'a str) -> Hand<'a> {
        Hand { name, now: self.now(), flags: true }
    }

    /// The client.
    pub(super) fn own_hand(&self) -> Hand<'_> {
        Hand { name: &self.settings.display_name, now: self.now(), flags: self.settings.flag_own_writes }
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
