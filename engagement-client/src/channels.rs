//! Channels: groups of sources whose tasks are given to agents.

use crate::{
    endpoints::{List, Patch},
    handle::{handle, operations},
    ids::{CategoryId, ChannelId, SourceId},
    params::setters,
    resource::resource,
};
use care_client_core::wire::{number, timestamp};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A channel: a group of sources whose tasks are given to agents, and how many tasks an agent takes.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "Channel",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Channel {
    /// Its id.
    pub id: ChannelId,
    /// Its name.
    pub name: Option<String>,
    /// Its label for people.
    pub label: Option<String>,
    /// Its sources.
    pub source_ids: Option<Vec<SourceId>>,
    /// How many tasks an agent has before counting as busy.
    #[serde(default, with = "number::option")]
    pub soft_capability: Option<i64>,
    /// How many tasks an agent has at most.
    #[serde(default, with = "number::option")]
    pub hard_capability: Option<i64>,
    /// Seconds until a task that nobody takes goes back.
    #[serde(default, with = "number::option")]
    pub task_timeout_seconds: Option<i64>,
    /// Seconds until a task is completed automatically.
    #[serde(default, with = "number::option")]
    pub task_auto_complete_seconds: Option<i64>,
    /// The categories that an automatically completed task gets.
    pub auto_complete_category_ids: Option<Vec<CategoryId>>,
    /// Seconds within which an agent should answer.
    #[serde(default, with = "number::option")]
    pub agent_sla: Option<i64>,
    /// The share of answers that must be in time, in percent, between 0 and 100.
    #[serde(default, with = "number::option")]
    pub agent_sla_threshold: Option<i64>,
    /// When it was created.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When it was changed last.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
}

resource! { Channel(ChannelId) at "channels", called "the channel", named "channels" { list, get, update } }

/// A list of channels, with its filters.
pub type ListChannels = List<Channel>;

/// A change of a channel.
pub type ChannelPatch = Patch<Channel>;

setters! {
    impl Patch<Channel> {
        /// Sets its name.
        text name("name");
        /// Sets its sources; none clears them.
        ids sources("source_ids[]"): SourceId;
        /// Sets how many tasks an agent has before counting as busy.
        value soft_capability("soft_capability"): u32;
        /// Sets how many tasks an agent has at most.
        value hard_capability("hard_capability"): u32;
        /// Sets the seconds until a task that nobody takes goes back.
        value task_timeout_seconds("task_timeout_seconds"): u32;
        /// Sets the seconds until a task is completed automatically.
        value task_auto_complete_seconds("task_auto_complete_seconds"): u32;
        /// Sets the categories that an automatically completed task gets; none clears them.
        ids auto_complete_categories("auto_complete_category_ids[]"): CategoryId;
        /// Sets the seconds within which an agent should answer.
        value agent_sla("agent_sla"): u32;
        /// Sets the share of answers that must be in time, in percent, between 0 and 100.
        value agent_sla_threshold("agent_sla_threshold"): u32;
    }
}

handle! {
    /// The operations on channels.
    /// Returned by [`Engagement::channels`](crate::Engagement::channels).
    Channels
}

operations! {
    Channels of Channel(ChannelId) at "channels", called "channel", "channels";
    /// By their dates of creation.
    list,
    get,
    update
}
