//! One request, once it was let in.

use chrono::{DateTime, Utc};
use http::{HeaderMap, Method};
use serde_json::{Map, Value};

use super::super::caller::Caller;
use super::super::links::Links;
use super::super::permissions;
use super::super::refusal::Refusal;
use super::super::scene::Scene;
use super::super::settings::Settings;
use super::super::state::State;
use super::body;

/// What a view is given.
pub(super) struct Call<'a> {
    pub(super) state: &'a mut State,
    pub(super) settings: &'a Settings,
    pub(super) links: Links,
    pub(super) caller: Caller,
    pub(super) now: DateTime<Utc>,
    /// The id of the path.
    pub(super) id: Option<&'a str>,
    pub(super) query: &'a str,
    pub(super) headers: &'a HeaderMap,
    pub(super) body: &'a [u8],
}

impl Call<'_> {
    pub(super) fn scene(&self) -> Scene<'_> {
        let Self { state, settings, links, caller, now, .. } = self;
        Scene { state, settings, links, caller: *caller, now: *now }
    }

    /// Whether the caller may do on a model what a method means.
    pub(super) fn may(&self, method: &Method, model: Option<&str>) -> bool {
        let Some(model) = model.filter(|_| self.settings.generation.checks_permissions()) else { return true };
        self.state.users.get(self.caller.id).is_some_and(|user| permissions::allow(user, method, model))
    }

    /// The object that was sent.
    pub(super) fn object(&self) -> Result<Map<String, Value>, Refusal> {
        body::object(self.headers, self.body)
    }

    /// The id of the path as a number, which all ids are.
    pub(super) fn number(&self) -> Option<u64> {
        self.id?.parse().ok()
    }
}
