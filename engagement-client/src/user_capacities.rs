//! Capacities: how many tasks of each channel an agent takes.

use crate::{
    endpoints::{List, New, Patch},
    handle::{handle, operations},
    ids::{ChannelId, UserCapacityId},
    params::setters,
    resource::{creatable, resource},
};
use care_client_core::wire::{number, timestamp};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A capacity: how many tasks of each channel an agent takes.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "UserCapacity",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UserCapacity {
    /// Its id.
    pub id: UserCapacityId,
    /// Its name.
    pub name: Option<String>,
    /// How many of each channel.
    pub channels: Option<Vec<ChannelCapacity>>,
    /// When it was created.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When it was changed last.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
}

/// How many tasks of one channel an agent takes.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "UserCapacity.channels[]",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ChannelCapacity {
    /// The channel. The request names it `channel_id`, the answer `id`.
    pub id: Option<ChannelId>,
    /// How many tasks before the agent counts as busy.
    #[serde(default, with = "number::option")]
    pub default_capacity: Option<i64>,
    /// How many tasks at most.
    #[serde(default, with = "number::option")]
    pub max_capacity: Option<i64>,
}

resource! {
    UserCapacity(UserCapacityId) at "user_capacities", called "the capacity",
    named "user_capacities" { list, get, update, delete }
}

/// A list of user capacities, with its filters.
pub type ListUserCapacities = List<UserCapacity>;
creatable! { UserCapacity at "user_capacities", named "user_capacities", needs ["name"] }

/// A new capacity. Made by [`NewUserCapacity::named`].
pub type NewUserCapacity = New<UserCapacity>;
/// A change of a capacity.
pub type UserCapacityPatch = Patch<UserCapacity>;

impl New<UserCapacity> {
    /// A capacity with this name.
    pub fn named(name: impl Into<String>) -> Self {
        let mut new = Self::empty();
        new.params.set("name", name.into());
        new
    }
}

setters! {
    impl Patch<UserCapacity> {
        /// Sets its name.
        text name("name");
    }
}

macro_rules! channel {
    ($type:ty) => {
        impl $type {
            /// Adds a channel, with how many tasks of it make an agent busy and how many it takes at most.
            pub fn channel(mut self, id: impl Into<ChannelId>, default_capacity: u32, max_capacity: u32) -> Self {
                let id = id.into();
                self.params.check_id("channels[][channel_id]", &id);
                let counts = [("default_capacity", default_capacity), ("max_capacity", max_capacity)];
                let counts = counts.map(|(key, count)| (key, count.to_string()));
                self.params.element("channels", [("channel_id", id.as_str().to_owned())].into_iter().chain(counts));
                self
            }
        }
    };
}

channel! { New<UserCapacity> }
channel! { Patch<UserCapacity> }

handle! {
    /// The operations on capacities.
    /// Returned by [`Engagement::user_capacities`](crate::Engagement::user_capacities).
    UserCapacities
}

operations! {
    UserCapacities of UserCapacity(UserCapacityId) at "user_capacities", called "capacity", "capacities";
    /// Oldest first.
    list,
    get,
    create,
    /// The channels that are set replace all.
    update,
    delete
}
