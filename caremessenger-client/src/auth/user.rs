use crate::ids::UserId;
use care_client_core::{
    Personal,
    wire::{open_enum, timestamp},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

open_enum! {
    /// What kind of account signs in.
    ///
    /// Source: CareMessenger, *Authentication*, <https://docs.caremessenger.co.uk/authentication.html>, whose example
    /// has one.
    pub enum UserType {
        /// A friend or relative of residents.
        Supporter = "supporter",
    }
}

/// The account that a token is for.
///
/// Source: CareMessenger, *Authentication*, <https://docs.caremessenger.co.uk/authentication.html>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct User {
    /// Its id.
    pub id: UserId,
    /// Whether it is online now.
    pub online: bool,
    /// What kind of account it is.
    pub user_type: UserType,
    /// The name to sign in with.
    pub username: Personal<String>,
    /// The mail address.
    pub email: Personal<String>,
    /// The name in the form that addresses have.
    pub slug: Personal<String>,
    /// The first name.
    pub first_name: Personal<String>,
    /// The last name.
    pub last_name: Personal<String>,
    /// Whether it may be used.
    pub is_active: bool,
    /// When it was made.
    #[serde(with = "timestamp")]
    pub date_joined: DateTime<Utc>,
    /// The language, such as `en-GB`.
    #[serde(default)]
    pub locale: Option<String>,
    /// The time zone, such as `Europe/London`.
    #[serde(default)]
    pub time_zone: Option<String>,
    /// The address of the picture.
    #[serde(default)]
    pub avatar: Option<Personal<String>>,
    /// The address of the picture as it was uploaded.
    #[serde(default)]
    pub avatar_original: Option<Personal<String>>,
    /// The address of a small picture.
    #[serde(default)]
    pub avatar_thumb: Option<Personal<String>>,
    /// The address of a large picture.
    #[serde(default)]
    pub avatar_large: Option<Personal<String>>,
}
