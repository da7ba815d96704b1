//! One planned failure.

use std::time::Duration;

use http::StatusCode;

/// On which side of the change of the emulator's state a failure stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Before,
    After,
}

/// What goes wrong with one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The connection is closed when the head was read, the body was not.
    CloseUnread,
    /// The connection is closed in place of an answer.
    Drop(Side),
    /// The connection is reset in place of an answer.
    Reset(Side),
    /// The answer is this status.
    Status { side: Side, status: StatusCode, retry_after: Option<Duration> },
    /// The answer comes this much later.
    Delay(Side, Duration),
    /// The head is the real one, the body ends half-way; with a reset or a close of the connection.
    CutBody { reset: bool },
    /// The head is the real one, and no byte of the body follows.
    SilenceAfterHead,
    /// The answer isn't HTTP.
    Garbage,
    /// The answer is a web page with status 200.
    Html,
}

impl Fault {
    /// Whether only a socket can fail like this. The router in process leaves such faults in the plan.
    pub(crate) fn needs_a_socket(&self) -> bool {
        match self {
            Self::CloseUnread | Self::Drop(_) | Self::Reset(_) | Self::Garbage => true,
            Self::CutBody { reset } => *reset,
            Self::Status { .. } | Self::Delay(..) | Self::SilenceAfterHead | Self::Html => false,
        }
    }
}
