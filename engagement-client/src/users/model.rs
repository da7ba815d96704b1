//! The user, as the service answers it.

use crate::ids::{CategoryId, IdentityId, RoleId, TeamId, UserCapacityId, UserId};
use care_client_core::{
    Personal,
    wire::{open_enum, timestamp},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

open_enum! {
    /// A gender, as the service keeps it.
    pub enum Gender {
        /// Man.
        Man = "man",
        /// Woman.
        Woman = "woman",
    }
}

/// A user: an agent, or another person or program with an account.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "User",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct User {
    /// Its id.
    pub id: UserId,
    /// The mail address. Personal data, as the names are.
    pub email: Option<Personal<String>>,
    /// The first name.
    pub firstname: Option<Personal<String>>,
    /// The last name.
    pub lastname: Option<Personal<String>>,
    /// The name that customers see.
    pub nickname: Option<Personal<String>>,
    /// The gender.
    pub gender: Option<Gender>,
    /// `false` if the account is disabled.
    pub enabled: Option<bool>,
    /// Whether an invitation wasn't accepted yet.
    pub invitation_pending: Option<bool>,
    /// Whether the user logs in without a password, by single sign-on.
    pub no_password: Option<bool>,
    /// The id in another system, for single sign-on.
    pub external_id: Option<Personal<String>>,
    /// The RingCentral user that it is linked to.
    pub rc_user_id: Option<Personal<String>>,
    /// The role.
    pub role_id: Option<RoleId>,
    /// The teams.
    pub team_ids: Option<Vec<TeamId>>,
    /// The categories.
    pub category_ids: Option<Vec<CategoryId>>,
    /// The identities that the user may write as.
    pub identity_ids: Option<Vec<IdentityId>>,
    /// How many tasks the user takes.
    pub user_capacity_id: Option<UserCapacityId>,
    /// The language of the web interface.
    pub locale: Option<String>,
    /// The languages that the user speaks.
    pub spoken_languages: Option<Vec<String>>,
    /// The time zone; empty if it is the account's.
    pub timezone: Option<String>,
    /// When it was created.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When it was changed last.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
}
