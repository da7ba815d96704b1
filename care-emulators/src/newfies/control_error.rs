//! Errors of the controller.

use std::fmt;

/// An action that the [`Controller`](super::Controller) rejected. Nothing has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ControlError {
    /// There is no such user.
    UnknownUser {
        /// The user name.
        username: String,
    },
    /// The user name is taken or empty.
    UsernameTaken {
        /// The user name.
        username: String,
    },
    /// The server's database has no such permission, so it can't be granted.
    UnknownPermission {
        /// Its name.
        permission: String,
    },
    /// There is no row with this id.
    UnknownRow {
        /// The first segment of the resource's path.
        resource: &'static str,
        /// The id.
        id: u64,
    },
    /// The user has no user profile, which would hold their gateways.
    NoProfile {
        /// The user name.
        username: String,
    },
    /// The manager has no calendar setting, which the profile of a calendar user needs.
    NoSetting {
        /// The user name.
        username: String,
    },
    /// The calendar user has a profile.
    HasProfile {
        /// The user name.
        username: String,
    },
    /// No call of the alarm is in progress.
    NoCall {
        /// The alarm's id.
        alarm: u64,
    },
    /// The pressed keys aren't 1 to 18 digits.
    InvalidDigits,
    /// The rule's parameters are malformed, or not emulated: `bysetpos`, `byweekno` and `byeaster`.
    BadRule,
}

impl fmt::Display for ControlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownUser { username } => write!(f, "no user {username}"),
            Self::UsernameTaken { username } => write!(f, "the user name {username:?} is empty or taken"),
            Self::UnknownPermission { permission } => {
                write!(f, "no permission {permission} exists in the server's database")
            }
            Self::UnknownRow { resource, id } => write!(f, "no {resource} {id}"),
            Self::NoProfile { username } => write!(f, "user {username} has no user profile"),
            Self::NoSetting { username } => write!(f, "user {username} has no calendar setting"),
            Self::HasProfile { username } => write!(f, "calendar user {username} already has a profile"),
            Self::NoCall { alarm } => write!(f, "no call of alarm {alarm} is in progress"),
            Self::InvalidDigits => f.write_str("only digits can be pressed, between 1 and 18"),
            Self::BadRule => f.write_str("the rule's parameters are malformed or not emulated"),
        }
    }
}

impl std::error::Error for ControlError {}
