//! Identity groups: customers across all channels.

use crate::{
    endpoints::{Act, List, Patch},
    handle::{handle, operations},
    identities::SortBy,
    ids::{IdentityGroupId, IdentityId, TagId},
    interventions::CustomFields,
    params::setters,
    resource::{Updatable, action, operation, resource},
    users::Gender,
};
use care_client_core::{Call, Operation, Personal, wire::timestamp};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// An identity group: one customer across all channels. Many customers have none, so the list of groups isn't the
/// list of customers.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "IdentityGroup",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct IdentityGroup {
    /// Its id.
    pub id: IdentityGroupId,
    /// The first name. Personal data, as most fields here are.
    pub firstname: Option<Personal<String>>,
    /// The last name.
    pub lastname: Option<Personal<String>>,
    /// The gender.
    pub gender: Option<Gender>,
    /// The company.
    pub company: Option<Personal<String>>,
    /// The mail addresses.
    pub emails: Option<Vec<Personal<String>>>,
    /// The telephone numbers at home.
    pub home_phones: Option<Vec<Personal<String>>>,
    /// The mobile telephone numbers.
    pub mobile_phones: Option<Vec<Personal<String>>>,
    /// The address of a picture.
    pub avatar_url: Option<Personal<String>>,
    /// What agents have noted.
    pub notes: Option<Personal<String>>,
    /// The identities of this customer.
    pub identity_ids: Option<Vec<IdentityId>>,
    /// The tags.
    pub tag_ids: Option<Vec<TagId>>,
    /// Whether it can't be changed. In no document; seen in answers.
    pub read_only: Option<bool>,
    /// When it was created.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When it was changed last.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
    /// The values of the fields that the account has defined.
    #[serde(flatten)]
    pub custom_fields: CustomFields,
}

resource! {
    IdentityGroup(IdentityGroupId) at "identity_groups", called "the identity group",
    named "identity_groups" { list, get }
}

/// A list of identity groups, with its filters.
pub type ListIdentityGroups = List<IdentityGroup>;

impl Updatable for IdentityGroup {
    const UPDATE: Operation = operation!("identity_groups", "update", Idempotent, "identity_groups", "/{id}");
    const FORM: bool = true;
}

/// A change of an identity group.
pub type IdentityGroupPatch = Patch<IdentityGroup>;

action! {
    /// Merges the group of another identity into this one; this one's values win. Safety:
    /// [`Idempotent`](crate::Safety::Idempotent).
    MergeIdentity on IdentityGroup:
        PUT "identity_groups" / "merge", named "identity_groups" "merge", Idempotent
}

setters! {
    impl List<IdentityGroup> {
        /// Lists only customers with this first name.
        text firstname("firstname");
        /// Lists only customers with this last name.
        text lastname("lastname");
        /// Lists only customers with this mail address.
        text email("email");
        /// Lists only customers with this handle on a source.
        text uuid("uuid");
        /// Lists only the groups with these ids.
        joined ids("ids"): IdentityGroupId;
        /// Sets the order. Default: by the time of creation.
        value sort("sort"): SortBy;
    }
}
setters! {
    impl Patch<IdentityGroup> {
        /// Sets the company.
        text company("company");
        /// Sets a custom field, by the key of its definition.
        entry custom_field("custom_field_values");
        /// Sets the mail addresses; none clears them.
        texts emails("emails[]");
        /// Sets the first name.
        text firstname("firstname");
        /// Sets the gender.
        value gender("gender"): Gender;
        /// Sets the telephone numbers at home; none clears them.
        texts home_phones("home_phones[]");
        /// Sets the last name.
        text lastname("lastname");
        /// Sets the mobile telephone numbers; none clears them.
        texts mobile_phones("mobile_phones[]");
        /// Sets the notes.
        text notes("notes");
        /// Sets the tags; none clears them.
        ids tags("tag_ids[]"): TagId;
    }
}

handle! {
    /// The operations on identity groups: customers across all channels. Changes need the permission
    /// `update_identity`.
    /// Returned by [`Engagement::identity_groups`](crate::Engagement::identity_groups).
    IdentityGroups
}

operations! {
    IdentityGroups of IdentityGroup(IdentityGroupId) at "identity_groups", called "identity group", "identity groups";
    /// Newest first.
    list,
    get,
    /// 409 means that another request is changing it.
    update
}

impl IdentityGroups<'_> {
    /// Merges the group of an identity into this one: `PUT /identity_groups/{identityGroupId}/merge`. This group's
    /// values win.
    ///
    /// # Errors
    ///
    /// Those of [`get`](Self::get). 409 if another request is changing it.
    pub fn merge(self, id: impl Into<IdentityGroupId>, identity: impl Into<IdentityId>) -> Call<Act<MergeIdentity>> {
        let mut act = Act::new(id.into());
        act.params.id("associated_identity_id", &identity.into());
        self.pipeline.call(act)
    }
}
