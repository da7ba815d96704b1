//! Errors of the controller.

use crate::caremessenger::directory::Target;
use std::fmt;

/// An action that the [`Controller`](super::Controller) rejected. Nothing has changed.
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
    /// The provider isn't visible to the resident.
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
            Self::UnknownProvider { id } => write!(f, "no provider {id}"),
            Self::UnknownObject { target } => write!(f, "no {} {}", target.kind(), target.id()),
            Self::NotVisible { provider, resident } => {
                write!(f, "provider {provider} isn't visible to resident {resident}")
            }
        }
    }
}

impl std::error::Error for ControlError {}
