//! What became of a delivery.

use crate::lock::lock;
use chrono::{DateTime, Utc};
use http::StatusCode;
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

/// Every attempt of a delivery, and how it stands. It holds neither the URL nor the body.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Transcript {
    /// The request for assistance, `None` for a delivery without an emulator.
    pub request: Option<u64>,
    /// The webhook notifier, `None` for a delivery without an emulator.
    pub notifier: Option<u64>,
    /// The attempts, oldest first.
    pub attempts: Vec<Attempt>,
    /// How it stands.
    pub end: DeliveryStatus,
}

impl Transcript {
    /// When the attempts began, in whole seconds after the first.
    #[must_use]
    pub fn seconds(&self) -> Vec<u64> {
        self.attempts.iter().map(|attempt| attempt.at.as_secs()).collect()
    }

    /// How the attempts ended for the sender.
    #[must_use]
    pub fn outcomes(&self) -> Vec<AttemptOutcome> {
        self.attempts.iter().map(|attempt| attempt.outcome).collect()
    }

    /// How often the receiver answered with 200 or 201, whether or not the sender got that answer.
    #[must_use]
    pub fn accepted(&self) -> usize {
        let accepted = |status: &StatusCode| matches!(AttemptOutcome::judge(*status), AttemptOutcome::Acknowledged(_));
        self.attempts.iter().filter(|attempt| attempt.answered.as_ref().is_some_and(accepted)).count()
    }
}

/// A transcript that is being written.
#[derive(Debug, Clone)]
pub(super) struct TranscriptWriter(Arc<Mutex<Transcript>>);

impl TranscriptWriter {
    pub(super) fn new(request: Option<u64>, notifier: Option<u64>) -> Self {
        let transcript = Transcript { request, notifier, attempts: Vec::new(), end: DeliveryStatus::InProgress };
        Self(Arc::new(Mutex::new(transcript)))
    }

    pub(super) fn add(&self, attempt: Attempt) {
        lock(&self.0).attempts.push(attempt);
    }

    pub(super) fn end(&self, end: DeliveryStatus) {
        lock(&self.0).end = end;
    }

    pub(super) fn read(&self) -> Transcript {
        lock(&self.0).clone()
    }
}

/// One POST, as the sender and the receiver saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempt {
    /// How long after the first attempt it began.
    pub at: Duration,
    /// When it began, by the emulator's clock.
    pub time: DateTime<Utc>,
    /// How it ended for the sender.
    pub outcome: AttemptOutcome,
    /// What the receiver answered, also where the sender never got it; `None` when it gave no answer.
    pub answered: Option<StatusCode>,
}

/// How an attempt ended for the sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum AttemptOutcome {
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

impl AttemptOutcome {
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
pub enum DeliveryStatus {
    /// It goes on.
    InProgress,
    /// It was acknowledged.
    Delivered,
    /// It wasn't acknowledged within the window. Nobody is told, nothing follows.
    Abandoned,
    /// It met a status after which it isn't repeated, as with [`OtherStatus::GiveUp`](super::OtherStatus::GiveUp).
    GivenUp,
}
