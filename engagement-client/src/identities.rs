//! Identities: customers as known to one channel.

use crate::{
    endpoints::{List, object, status_hint},
    handle::{handle, operations},
    ids::{CommunityId, IdentityGroupId, IdentityId, SourceId, UserId},
    params::{Params, setters},
    resource::{operation, resource},
    users::Gender,
};
use care_client_core::{
    Call, DecodeError, Endpoint, Error, Operation, Personal, RawResponse, RequestParts,
    wire::{open_enum, timestamp},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// An identity: a customer as known to one channel.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "Identity",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Identity {
    /// Its id.
    pub id: IdentityId,
    /// The name that is shown. Personal data, as most fields here are.
    pub display_name: Option<Personal<String>>,
    /// The first name.
    pub firstname: Option<Personal<String>>,
    /// The last name.
    pub lastname: Option<Personal<String>>,
    /// The name on the source.
    pub screenname: Option<Personal<String>>,
    /// The gender.
    pub gender: Option<Gender>,
    /// The company.
    pub company: Option<Personal<String>>,
    /// The mail address.
    pub email: Option<Personal<String>>,
    /// The telephone number at home.
    pub home_phone: Option<Personal<String>>,
    /// The mobile telephone number.
    pub mobile_phone: Option<Personal<String>>,
    /// The address of a picture.
    pub avatar_url: Option<Personal<String>>,
    /// The community.
    pub community_id: Option<CommunityId>,
    /// The address of its page on the community.
    pub community_url: Option<Personal<String>>,
    /// The group that it belongs to; `None` if it was never merged or changed.
    pub identity_group_id: Option<IdentityGroupId>,
    /// The id on the source.
    pub foreign_id: Option<Personal<String>>,
    /// The handle on the source.
    pub uuid: Option<Personal<String>>,
    /// The kind of community, such as `twtr` or `mobile_messaging`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// More that the source tells.
    pub extra_values: Option<Personal<Map<String, Value>>>,
    /// The users who may write as it.
    pub user_ids: Option<Vec<UserId>>,
    /// When it was created.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When it was changed last.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
}

resource! { Identity(IdentityId) at "identities", called "the identity", named "identities" { list, get } }

/// A list of identities, with its filters.
pub type ListIdentities = List<Identity>;

open_enum! {
    /// The order of a list, newest first.
    pub enum SortBy {
        /// By the time of creation.
        CreatedAt = "created_at",
        /// By the time of the last change.
        UpdatedAt = "updated_at",
    }
}

setters! {
    impl List<Identity> {
        /// Lists only identities of this community.
        id community("community_id"): CommunityId;
        /// Lists only identities of this source.
        id source("source_id"): SourceId;
        /// Lists only identities of this group.
        id group("identity_group_id"): IdentityGroupId;
        /// Lists only identities of any of these groups.
        joined groups("identity_group_ids"): IdentityGroupId;
        /// Lists only identities that this user may write as.
        id user("user_id"): UserId;
        /// Sets the order. Default: by the time of creation.
        value sort("sort"): SortBy;
        /// Lists only the identity with this id on its source.
        text foreign_id("foreign_id");
        /// Lists only the identity with this handle on its source.
        text uuid("uuid");
    }
}

/// Creates an identity of a mail or telephone community, or changes one: `engagement.identities().import(..)`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "give it to engagement.identities().import(..)"]
pub struct ImportIdentity {
    pub(crate) params: Params,
}

impl ImportIdentity {
    /// The identity with this mail address, or international telephone number, in a community.
    pub fn in_community(community: impl Into<CommunityId>, identifier: impl Into<String>) -> Self {
        let mut params = Params::default();
        params.id("community_id", &community.into());
        params.set("identifier", identifier.into());
        Self { params }
    }

    /// The identity with this mail address, or international telephone number, in the community of a source.
    pub fn on_source(source: impl Into<SourceId>, identifier: impl Into<String>) -> Self {
        let mut params = Params::default();
        params.id("source_id", &source.into());
        params.set("identifier", identifier.into());
        Self { params }
    }
}

setters! {
    impl ImportIdentity {
        /// Sets whether the other fields change an identity that exists. Default: they count only where one is
        /// created.
        flag upsert("upsert");
        /// Sets the company.
        text company("company");
        /// Sets the first name.
        text firstname("firstname");
        /// Sets the last name.
        text lastname("lastname");
        /// Sets the gender.
        value gender("gender"): Gender;
        /// Sets the telephone number at home.
        text home_phone("home_phone");
        /// Sets the mobile telephone number.
        text mobile_phone("mobile_phone");
        /// Sets the name on the source.
        text screenname("screenname");
        /// Sets one of the other values, by its key.
        entry extra_value("extra_values");
    }
}

impl Endpoint for ImportIdentity {
    type Output = Identity;

    const OPERATION: &'static Operation = &operation!("identities", "import", Idempotent, "identities", "/import");

    fn parts(&self) -> Result<RequestParts, Error> {
        self.params.apply_as_form(RequestParts::post(["identities", "import"]))
    }

    fn decode(&self, response: &RawResponse) -> Result<Identity, DecodeError> {
        object(response)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        status_hint(refusal.status, "the community")
    }
}

handle! {
    /// The operations on identities: customers as known to one channel. They need the permission `read_identity`.
    /// Returned by [`Engagement::identities`](crate::Engagement::identities).
    Identities
}

operations! {
    Identities of Identity(IdentityId) at "identities", called "identity", "identities";
    /// Newest first.
    list,
    get
}

impl Identities<'_> {
    /// Creates an identity, or changes the one with this identifier: `POST /identities/import`. Only communities of
    /// mail and telephone. A repeat finds what the first attempt created, so its safety is
    /// [`Safety::Idempotent`](crate::Safety::Idempotent).
    ///
    /// # Errors
    ///
    /// 422 if a parameter is refused.
    pub fn import(self, identity: ImportIdentity) -> Call<ImportIdentity> {
        self.pipeline.call(identity)
    }
}
