//! The states of a support request.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Where a support request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum State {
    /// `NEW`: received, and nobody's yet.
    New,
    /// `IN_PROGRESS`: assigned to an agent.
    InProgress,
    /// `PROBLEM`: the agent has met a difficulty.
    Problem,
    /// `SUCCESSFUL`: done, for ever.
    Successful,
    /// `CANCELLED`: not done, for ever.
    Cancelled,
}

impl State {
    const ALL: [Self; 5] = [Self::New, Self::InProgress, Self::Problem, Self::Successful, Self::Cancelled];

    /// The state as it stands on the wire.
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

    /// Whether no other state follows it.
    #[must_use]
    pub fn is_terminal(self) -> bool {
        matches!(self, Self::Successful | Self::Cancelled)
    }

    /// The state that is written like this on the wire.
    pub(super) fn read(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Whether a request may go from here to `next`. Only ends are documented; staying where it is changes nothing.
    pub(super) fn may_become(self, next: Self) -> bool {
        !self.is_terminal() || self == next
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
