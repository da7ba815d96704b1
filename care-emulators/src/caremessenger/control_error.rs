//! Why the world can't be moved as told.

use crate::caremessenger::directory::Target;
use std::fmt;

/// What the [`Controller`](super::Controller) was told and can't do. Nothing has changed then.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ControlError {
    /// There is no such provider.
    UnknownProvider {
        /// Its identifier.
        id: u64,
    },
    /// There is no such customer, site or resident.
    UnknownObject {
        /// The object.
        target: Target,
    },
    /// The resident doesn't see the provider.
    NotVisible {
        /// The provider's identifier.
        provider: u64,
        /// The resident's identifier.
        resident: u64,
    },
}

impl fmt::Display for ControlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownProvider { id } => write!(f, "there is no provider {id}"),
            Self::UnknownObject { target } => write!(f, "there is no {} {}", target.kind(), target.id()),
            Self::NotVisible { provider, resident } => write!(f, "resident {resident} doesn't see provider {provider}"),
        }
    }
}

impl std::error::Error for ControlError {}
