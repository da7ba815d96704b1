//! Why the world can't be moved as told.

use std::fmt;

/// What the [`Controller`](super::Controller) was told and can't do. Nothing has changed then.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ControlError {
    /// There is no such user.
    UnknownUser {
        /// The user name.
        username: String,
    },
    /// Another user has this user name, or it is empty.
    UsernameTaken {
        /// The user name.
        username: String,
    },
    /// No such permission is in the server's database, so that nobody can be granted it.
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
    /// The user has no user profile, which would name their gateways.
    NoProfile {
        /// The user name.
        username: String,
    },
    /// The user has no calendar setting, which the profile of a calendar user needs.
    NoSetting {
        /// The user name.
        username: String,
    },
    /// The calendar user has a profile.
    HasProfile {
        /// The user name.
        username: String,
    },
    /// No call for the alarm is on the line.
    NoCall {
        /// The alarm's id.
        alarm: u64,
    },
    /// What was pressed isn't a number of digits.
    InvalidDigits,
    /// The rule has parameters that aren't understood, or aren't emulated: `bysetpos`, `byweekno` and `byeaster`.
    BadRule,
}

impl fmt::Display for ControlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownUser { username } => write!(f, "there is no user {username}"),
            Self::UsernameTaken { username } => write!(f, "the user name {username:?} is empty or taken"),
            Self::UnknownPermission { permission } => write!(f, "there is no permission {permission} to be granted"),
            Self::UnknownRow { resource, id } => write!(f, "there is no {resource} {id}"),
            Self::NoProfile { username } => write!(f, "user {username} has no user profile"),
            Self::NoSetting { username } => write!(f, "user {username} has no calendar setting"),
            Self::HasProfile { username } => write!(f, "calendar user {username} has a profile"),
            Self::NoCall { alarm } => write!(f, "no call for alarm {alarm} is on the line"),
            Self::InvalidDigits => f.write_str("only digits can be pressed, at least one and at most 18"),
            Self::BadRule => f.write_str("the rule's parameters aren't understood, or aren't emulated"),
        }
    }
}

impl std::error::Error for ControlError {}
