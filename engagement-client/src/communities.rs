//! Communities: the accounts that sources and identities belong to.

use crate::{
    endpoints::List,
    handle::{handle, operations},
    ids::CommunityId,
    resource::resource,
};
use care_client_core::wire::timestamp;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A community: the account of a social network, or the like, that sources and identities belong to.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "Community",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Community {
    /// Its id.
    pub id: CommunityId,
    /// Its name.
    pub name: Option<String>,
    /// Whether it is active.
    pub active: Option<bool>,
    /// Its kind, such as `twtr` or `mobile_messaging`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// When it was created.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When it was changed last.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
}

resource! { Community(CommunityId) at "communities", called "the community", named "communities" { list, get } }

/// A list of communities, with its filters.
pub type ListCommunities = List<Community>;

handle! {
    /// The operations on communities.
    /// Returned by [`Engagement::communities`](crate::Engagement::communities).
    Communities
}

operations! {
    Communities of Community(CommunityId) at "communities", called "community", "communities";
    /// Oldest first.
    list,
    get
}
