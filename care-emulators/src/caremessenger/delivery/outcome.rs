//! How attempts and deliveries end.

use http::StatusCode;

/// How an attempt ended for the sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// The answer was 200 or 201.
    Acknowledged(StatusCode),
    /// The answer was something else.
    NotAcknowledged(StatusCode),
    /// There was nobody to connect to.
    NoConnection,
    /// The connection ended before an answer came.
    Dropped,
    /// No answer came in time.
    TimedOut,
    /// The URL is none that is posted to: it isn't `http` on this machine's loopback, and nothing in process stands for it. Nothing was sent. It is tried again as
    /// others are, for a receiver in process may come.
    Unroutable,
}

impl Outcome {
    /// What the sender makes of a status.
    pub(super) fn judge(status: StatusCode) -> Self {
        match status {
            StatusCode::OK | StatusCode::CREATED => Self::Acknowledged(status),
            _ => Self::NotAcknowledged(status),
        }
    }
}

/// How a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum End {
    /// It goes on.
    InProgress,
    /// It was acknowledged.
    Delivered,
    /// It wasn't acknowledged within the window. Nobody is told, nothing follows.
    Abandoned,
    /// It met a status after which it isn't repeated, as with [`OtherStatus::GiveUp`](super::OtherStatus::GiveUp).
    GivenUp,
}
