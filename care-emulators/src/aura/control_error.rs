//! Why a control action was not carried out.

use super::status::Status;
use std::fmt;

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
