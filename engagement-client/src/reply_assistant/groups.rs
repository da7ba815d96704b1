//! Groups of the reply assistant: ordered sets of entries.

use crate::{
    endpoints::{List, New, Patch},
    handle::{handle, operations},
    ids::{ReplyAssistantEntryId, ReplyAssistantGroupId},
    params::setters,
    resource::{creatable, resource},
};
use care_client_core::wire::{number, timestamp};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A group of the reply assistant: an ordered set of entries.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "ReplyAssistantGroup",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ReplyAssistantGroup {
    /// Its id.
    pub id: ReplyAssistantGroupId,
    /// Its name.
    pub name: Option<String>,
    /// Its entries, in order.
    pub entry_ids: Option<Vec<ReplyAssistantEntryId>>,
    /// Whether its entries are offered while an agent writes.
    pub autocomplete: Option<bool>,
    /// Its position.
    #[serde(default, with = "number::option")]
    pub position: Option<i64>,
    /// When it was created.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When it was changed last.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
}

resource! {
    ReplyAssistantGroup(ReplyAssistantGroupId) at "reply_assistant/groups", called "the group",
    named "reply_assistant.groups" { list, get, update, delete }
}

/// A list of groups of the reply assistant, with its filters.
pub type ListReplyAssistantGroups = List<ReplyAssistantGroup>;
creatable! { ReplyAssistantGroup at "reply_assistant/groups", named "reply_assistant.groups", needs ["name"] }

/// A new group. Made by [`NewReplyAssistantGroup::named`].
pub type NewReplyAssistantGroup = New<ReplyAssistantGroup>;
/// A change of a group.
pub type ReplyAssistantGroupPatch = Patch<ReplyAssistantGroup>;

impl New<ReplyAssistantGroup> {
    /// A group with this name.
    pub fn named(name: impl Into<String>) -> Self {
        let mut new = Self::empty();
        new.params.set("name", name.into());
        new
    }
}

setters! {
    impl New<ReplyAssistantGroup> {
        /// Sets its entries, in order; none clears them.
        ids entries("entry_ids[]"): ReplyAssistantEntryId;
        /// Sets whether its entries are offered while an agent writes.
        flag autocomplete("autocomplete");
        /// Sets its position.
        value position("position"): u32;
    }
}
setters! {
    impl Patch<ReplyAssistantGroup> {
        /// Sets its name.
        text name("name");
        /// Sets its entries, in order; none clears them.
        ids entries("entry_ids[]"): ReplyAssistantEntryId;
        /// Sets whether its entries are offered while an agent writes.
        flag autocomplete("autocomplete");
        /// Sets its position.
        value position("position"): u32;
    }
}

handle! {
    /// The operations on the groups of the reply assistant. Changes need the permission `manage_reply_assistant`.
    /// Returned by [`Engagement::reply_assistant_groups`](crate::Engagement::reply_assistant_groups).
    ReplyAssistantGroups
}

operations! {
    ReplyAssistantGroups of ReplyAssistantGroup(ReplyAssistantGroupId) at "reply_assistant/groups",
    called "group", "groups";
    /// Oldest first.
    list,
    get,
    create,
    update,
    delete
}
