//! Presence statuses: words that agents choose to say why they are away.

use crate::{
    endpoints::{List, New, Patch},
    handle::{handle, operations},
    ids::PresenceStatusId,
    params::setters,
    resource::{creatable, resource},
};
use care_client_core::wire::timestamp;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A presence status: a word that agents choose to say why they are away, such as lunch.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "PresenceStatus",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PresenceStatus {
    /// Its id.
    pub id: PresenceStatusId,
    /// Its name.
    pub name: String,
    /// When it was created.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When it was changed last.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
}

resource! {
    PresenceStatus(PresenceStatusId) at "presence_status", called "the presence status",
    named "presence_statuses" { list, get, update, delete }
}

/// A list of presence statuses, with its filters.
pub type ListPresenceStatuses = List<PresenceStatus>;
creatable! { PresenceStatus at "presence_status", named "presence_statuses", needs ["name"] }

/// A new presence status. Made by [`NewPresenceStatus::named`].
pub type NewPresenceStatus = New<PresenceStatus>;
/// A change of a presence status.
pub type PresenceStatusPatch = Patch<PresenceStatus>;

impl New<PresenceStatus> {
    /// A presence status with this name.
    pub fn named(name: impl Into<String>) -> Self {
        let mut new = Self::empty();
        new.params.set("name", name.into());
        new
    }
}

setters! {
    impl Patch<PresenceStatus> {
        /// Sets its name.
        text name("name");
    }
}

handle! {
    /// The operations on presence statuses. To set an agent's, use [`AgentStatuses`](crate::AgentStatuses).
    /// Returned by [`Engagement::presence_statuses`](crate::Engagement::presence_statuses).
    PresenceStatuses
}

operations! {
    PresenceStatuses of PresenceStatus(PresenceStatusId) at "presence_status",
    called "presence status", "presence statuses";
    /// By name.
    list,
    get,
    create,
    update,
    delete
}
