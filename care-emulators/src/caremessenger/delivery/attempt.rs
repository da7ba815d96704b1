//! One attempt of a delivery.

use std::time::Duration;

use chrono::{DateTime, Utc};
use http::StatusCode;

use super::outcome::Outcome;

/// One POST, as the sender and the receiver saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempt {
    /// How long after the first attempt it began.
    pub at: Duration,
    /// When it began, by the emulator's clock.
    pub time: DateTime<Utc>,
    /// How it ended for the sender.
    pub outcome: Outcome,
    /// What the receiver answered, also where the sender never got it; `None` when it gave no answer.
    pub answered: Option<StatusCode>,
}
