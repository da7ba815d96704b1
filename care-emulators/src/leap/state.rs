//! The states of a support request.

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
