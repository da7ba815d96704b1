//! One planned failure, and the status of a planned answer.

use http::StatusCode;
use std::time::Duration;

/// The status of a planned answer: a [`StatusCode`] or its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FaultStatus(pub(crate) StatusCode);

impl From<StatusCode> for FaultStatus {
    fn from(status: StatusCode) -> Self {
        Self(status)
    }
}

impl From<u16> for FaultStatus {
    /// A number that is not a status (below 100 or above 999) becomes 500.
    fn from(number: u16) -> Self {
        Self(StatusCode::from_u16(number).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR))
    }
}

/// Whether a failure happens before or after the request changes the emulator's state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Before,
    After,
}

/// What goes wrong with one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The connection is closed after the head was read, before the body.
    CloseUnread,
    /// The connection is closed instead of an answer.
    Drop(Side),
    /// The connection is reset instead of an answer.
    Reset(Side),
    /// The answer is this status.
    Status { side: Side, status: StatusCode, retry_after: Option<Duration> },
    /// The answer is delayed by this much.
    Delay(Side, Duration),
    /// The head is the real one; the connection is closed or reset in the middle of the body.
    TruncateBody { reset: bool },
    /// The head is the real one; no byte of the body follows.
    SilenceAfterHead,
    /// The answer isn't HTTP.
    Garbage,
    /// The answer is a web page with status 200.
    Html,
}

impl Fault {
    /// Whether this failure needs a socket. The in-process router leaves such failures in the plan.
    pub(crate) fn needs_a_socket(&self) -> bool {
        match self {
            Self::CloseUnread | Self::Drop(_) | Self::Reset(_) | Self::Garbage => true,
            Self::TruncateBody { reset } => *reset,
            Self::Status { .. } | Self::Delay(..) | Self::SilenceAfterHead | Self::Html => false,
        }
    }
}
