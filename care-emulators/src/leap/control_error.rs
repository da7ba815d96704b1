//! Why the world can't be moved as told.

use std::fmt;

use super::state::State;

/// What the [`Controller`](super::Controller) was told and can't do. Nothing has changed then.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ControlError {
    /// There is no such request.
    UnknownRequest {
        /// Its identifier.
        id: String,
    },
    /// Another request has this identifier already, or the identifier is empty.
    IdTaken {
        /// The identifier.
        id: String,
    },
    /// Another request has this external identifier already, or it is empty.
    ExternalIdTaken {
        /// The external identifier.
        external_id: String,
    },
    /// The request has come to its end.
    Terminal {
        /// Its identifier.
        id: String,
        /// Its state.
        state: State,
    },
    /// The request refers to no property.
    NoProperty {
        /// Its identifier.
        id: String,
    },
    /// There is nothing to say.
    EmptyText,
}

impl fmt::Display for ControlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownRequest { id } => write!(f, "there is no request {id}"),
            Self::IdTaken { id } => write!(f, "`{id}` can't be the identifier of a new request"),
            Self::ExternalIdTaken { external_id } => {
                write!(f, "`{external_id}` can't be the external identifier of this request")
            }
            Self::Terminal { id, state } => write!(f, "request {id} is {state} for ever"),
            Self::NoProperty { id } => write!(f, "request {id} refers to no property"),
            Self::EmptyText => f.write_str("a comment can't be empty"),
        }
    }
}

impl std::error::Error for ControlError {}
