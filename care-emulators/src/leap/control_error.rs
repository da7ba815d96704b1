//! Why a control action was not carried out.

use super::state::State;
use std::fmt;

/// Why the [`Controller`](super::Controller) did not carry out an action. Nothing has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ControlError {
    /// There is no such request.
    UnknownRequest {
        /// Its identifier.
        id: String,
    },
    /// Another request has this identifier, or it is empty.
    IdTaken {
        /// The identifier.
        id: String,
    },
    /// Another request has this external identifier, or it is empty.
    ExternalIdTaken {
        /// The external identifier.
        external_id: String,
    },
    /// The request is in a terminal state.
    Terminal {
        /// Its identifier.
        id: String,
        /// Its state.
        state: State,
    },
    /// The request has no property.
    NoProperty {
        /// Its identifier.
        id: String,
    },
    /// The text of a comment is empty.
    EmptyText,
}

impl fmt::Display for ControlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownRequest { id } => write!(f, "there is no request {id}"),
            Self::IdTaken { id } => write!(f, "identifier `{id}` is empty or taken by another request"),
            Self::ExternalIdTaken { external_id } => {
                write!(f, "external identifier `{external_id}` is empty or taken by another request")
            }
            Self::Terminal { id, state } => write!(f, "request {id} is {state}, which is terminal"),
            Self::NoProperty { id } => write!(f, "request {id} has no property"),
            Self::EmptyText => f.write_str("the text of a comment can't be empty"),
        }
    }
}

impl std::error::Error for ControlError {}
