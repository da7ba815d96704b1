//! Transcripts: the attempts and the status of a delivery.

use crate::lock::lock;
use chrono::{DateTime, Utc};
use http::StatusCode;
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

/// The attempts and the status of a delivery. It contains neither the URL nor the body.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Transcript {
    /// The request for assistance; `None` for a delivery without an emulator.
    pub request: Option<u64>,
    /// The webhook notifier; `None` for a delivery without an emulator.
    pub notifier: Option<u64>,
    /// The attempts, oldest first.
    pub attempts: Vec<Attempt>,
    /// The status.
    pub status: DeliveryStatus,
}

impl Transcript {
    /// When the attempts started, in whole seconds after the first.
    #[must_use]
    pub fn seconds(&self) -> Vec<u64> {
        self.attempts.iter().map(|attempt| attempt.at.as_secs()).collect()
    }

    /// The outcomes of the attempts for the sender.
    #[must_use]
    pub fn outcomes(&self) -> Vec<AttemptOutcome> {
        self.attempts.iter().map(|attempt| attempt.outcome).collect()
    }

    /// How often the receiver responded with 200 or 201, whether or not the response reached the sender.
    #[must_use]
    pub fn accepted(&self) -> usize {
        let accepted =
            |status: &StatusCode| matches!(AttemptOutcome::of_status(*status), AttemptOutcome::Acknowledged(_));
        self.attempts.iter().filter(|attempt| attempt.answered.as_ref().is_some_and(accepted)).count()
    }
}

/// A transcript that is being written.
#[derive(Debug, Clone)]
pub(super) struct TranscriptWriter(Arc<Mutex<Transcript>>);

impl TranscriptWriter {
    pub(super) fn new(request: Option<u64>, notifier: Option<u64>) -> Self {
        let transcript = Transcript { request, notifier, attempts: Vec::new(), status: DeliveryStatus::InProgress };
        Self(Arc::new(Mutex::new(transcript)))
    }

    pub(super) fn add(&self, attempt: Attempt) {
        lock(&self.0).attempts.push(attempt);
    }

    pub(super) fn set_status(&self, status: DeliveryStatus) {
        lock(&self.0).status = status;
    }

    pub(super) fn read(&self) -> Transcript {
        lock(&self.0).clone()
    }
}

/// One POST, as seen by the sender and by the receiver.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempt {
    /// How long after the first attempt it started.
    pub at: Duration,
    /// When it started, by the emulator's clock.
    pub time: DateTime<Utc>,
    /// The outcome for the sender.
    pub outcome: AttemptOutcome,
    /// The receiver's status, even if it never reached the sender; `None` without a response.
    pub answered: Option<StatusCode>,
}

/// The outcome of an attempt for the sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum AttemptOutcome {
    /// The response was 200 or 201.
    Acknowledged(StatusCode),
    /// The response was another status.
    NotAcknowledged(StatusCode),
    /// The connection was refused.
    NoConnection,
    /// The connection was closed before a response.
    Dropped,
    /// The attempt timed out.
    TimedOut,
    /// The URL can't be posted to: it isn't `http` on this machine's loopback, and no in-process receiver matches it.
    /// Nothing was sent. The attempt is repeated like others, since a receiver may be connected later.
    Unroutable,
}

impl AttemptOutcome {
    /// The outcome for a status.
    pub(super) fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::OK | StatusCode::CREATED => Self::Acknowledged(status),
            _ => Self::NotAcknowledged(status),
        }
    }
}

/// The status of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DeliveryStatus {
    /// Attempts continue.
    InProgress,
    /// It was acknowledged.
    Delivered,
    /// It wasn't acknowledged within the window. Nothing follows, and nobody is notified.
    Abandoned,
    /// It got a status that ends the repeats, as with
    /// [`OtherStatus::GiveUp`](crate::caremessenger::OtherStatus::GiveUp).
    GivenUp,
}
