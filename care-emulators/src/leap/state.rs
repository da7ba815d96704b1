//! The state of a support request, its transitions, and why a control action is refused.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The state of a support request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum State {
    /// `NEW`: received, and not assigned yet.
    New,
    /// `IN_PROGRESS`: assigned to an agent.
    InProgress,
    /// `PROBLEM`: the agent has met a problem.
    Problem,
    /// `SUCCESSFUL`: done. Terminal.
    Successful,
    /// `CANCELLED`: not done. Terminal.
    Cancelled,
}

impl State {
    const ALL: [Self; 5] = [Self::New, Self::InProgress, Self::Problem, Self::Successful, Self::Cancelled];

    /// Returns the state as it is written on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "NEW",
            Self::InProgress => "IN_PROGRESS",
            Self::Problem => "PROBLEM",
            Self::Successful => "SUCCESSFUL",
            Self::Cancelled => "CANCELLED",
        }
    }

    /// Returns whether no other state can follow.
    #[must_use]
    pub fn is_terminal(self) -> bool {
        matches!(self, Self::Successful | Self::Cancelled)
    }

    /// Parses a state as it is written on the wire.
    pub(super) fn read(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Whether `next` may follow. Only terminal states are documented to forbid it; a request may always keep its
    /// state.
    pub(super) fn may_become(self, next: Self) -> bool {
        !self.is_terminal() || self == next
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

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
