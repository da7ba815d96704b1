//! The status of a callout, its transitions, and why a control action is refused.

use serde::{Serialize, Serializer};
use std::fmt;

/// The status of a callout, one of the six that the guide lists.
///
/// The transitions, as far as the guide's examples prove or suggest them (its own diagram is missing):
///
/// | from | to |
/// |---|---|
/// | `created` | `Responder Dispatched`, `closed` |
/// | `Responder Dispatched` | `Responder Cancelled`, `Responder Arrived` |
/// | `Responder Cancelled` | `Responder Dispatched`, `closed` |
/// | `Responder Arrived` | `Responder Completed` |
/// | `Responder Completed` | `closed` |
/// | `closed` | – |
///
/// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
/// <https://docs.aura.services/integration-guidelines.html>, "Callout Status Flow".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Status {
    /// `created`
    Created,
    /// `Responder Dispatched`
    Dispatched,
    /// `Responder Cancelled`
    Cancelled,
    /// `Responder Arrived`
    Arrived,
    /// `Responder Completed`
    Completed,
    /// `closed`
    Closed,
}

impl Status {
    /// Returns the status as it is written on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Dispatched => "Responder Dispatched",
            Self::Cancelled => "Responder Cancelled",
            Self::Arrived => "Responder Arrived",
            Self::Completed => "Responder Completed",
            Self::Closed => "closed",
        }
    }

    pub(super) fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Created | Self::Cancelled, Self::Dispatched | Self::Closed)
                | (Self::Dispatched, Self::Cancelled | Self::Arrived)
                | (Self::Arrived, Self::Completed)
                | (Self::Completed, Self::Closed)
        )
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl PartialEq<str> for Status {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Status {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl Serialize for Status {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Why the [`Controller`](super::Controller) did not carry out an action. Nothing has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ControlError {
    /// There is no such callout.
    UnknownCallout {
        /// Its id.
        callout: u64,
    },
    /// The transition isn't allowed from the callout's current status.
    Forbidden {
        /// Its id.
        callout: u64,
        /// Its current status.
        from: Status,
        /// The status that the action leads to.
        to: Status,
    },
    /// A callout of the classification TEST must be verified before a responder is dispatched.
    NotVerified {
        /// Its id.
        callout: u64,
    },
    /// No responder with AURA's app is on the way, so none can move.
    NoResponder {
        /// The callout's id.
        callout: u64,
    },
    /// The callout is closed.
    Closed {
        /// Its id.
        callout: u64,
    },
    /// The text of a message is empty.
    EmptyText,
}

impl fmt::Display for ControlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownCallout { callout } => write!(f, "there is no callout {callout}"),
            Self::Forbidden { callout, from, to } => {
                write!(f, "callout {callout} can't go from `{from}` to `{to}`")
            }
            Self::NotVerified { callout } => {
                let (from, to) = (Status::Created, Status::Dispatched);
                write!(f, "callout {callout} can't go from `{from}` to `{to}`: it is a TEST and has not been verified")
            }
            Self::NoResponder { callout } => write!(f, "no responder is on the way to callout {callout}"),
            Self::Closed { callout } => write!(f, "callout {callout} is closed"),
            Self::EmptyText => f.write_str("the text of a message can't be empty"),
        }
    }
}

impl std::error::Error for ControlError {}
