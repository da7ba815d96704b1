//! Everything that a request is answered from.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::caller::Caller;
use super::links::Links;
use super::settings::Settings;
use super::state::State;

/// The world as one request finds it.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub(super) state: &'a State,
    pub(super) settings: &'a Settings,
    pub(super) links: &'a Links,
    pub(super) caller: Caller,
    pub(super) now: DateTime<Utc>,
}

impl Scene<'_> {
    /// Whether the caller manages a calendar user. That counts for what a write may refer to, also with a superuser.
    pub(super) fn manages(&self, user: u64) -> bool {
        self.state.manages(self.caller.id, user)
    }

    /// Whether the caller sees what belongs to a calendar user.
    pub(super) fn sees(&self, user: u64) -> bool {
        self.caller.is_superuser || self.manages(user)
    }

    /// A user's name, as some fields have it in place of a link.
    pub(super) fn username(&self, id: u64) -> Value {
        self.state.users.get(id).map(|user| user.username.as_str()).into()
    }
}
