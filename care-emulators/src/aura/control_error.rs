//! Why the control room can't do as it is told.

use std::fmt;

use super::status::Status;

/// What the [`Controller`](super::Controller) was told and can't do. Nothing has changed then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ControlError {
    /// There is no such callout.
    UnknownCallout {
        /// Its id.
        callout: u64,
    },
    /// The callout's status doesn't lead there.
    Forbidden {
        /// Its id.
        callout: u64,
        /// Its status.
        from: Status,
        /// The status it should have got.
        to: Status,
    },
    /// A callout of the classification TEST can't go from `created` to `Responder Dispatched` before it is verified.
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
    /// There is nothing to say.
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
                write!(f, "callout {callout} can't go from `{from}` to `{to}`: it is a TEST and nobody has verified it")
            }
            Self::NoResponder { callout } => write!(f, "no responder is on the way to callout {callout}"),
            Self::Closed { callout } => write!(f, "callout {callout} is closed"),
            Self::EmptyText => f.write_str("the control room can't say nothing"),
        }
    }
}

impl std::error::Error for ControlError {}
