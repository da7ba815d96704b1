//! What became of a delivery.

use std::sync::{Arc, Mutex};

use http::StatusCode;

use super::attempt::Attempt;
use super::outcome::{End, Outcome};
use crate::lock::lock;

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
    pub end: End,
}

impl Transcript {
    /// When the attempts began, in whole seconds after the first.
    #[must_use]
    pub fn seconds(&self) -> Vec<u64> {
        self.attempts.iter().map(|attempt| attempt.at.as_secs()).collect()
    }

    /// How the attempts ended for the sender.
    #[must_use]
    pub fn outcomes(&self) -> Vec<Outcome> {
        self.attempts.iter().map(|attempt| attempt.outcome).collect()
    }

    /// How often the receiver answered with 200 or 201, whether or not the sender got that answer.
    #[must_use]
    pub fn accepted(&self) -> usize {
        let accepted = |status: &StatusCode| matches!(Outcome::judge(*status), Outcome::Acknowledged(_));
        self.attempts.iter().filter(|attempt| attempt.answered.as_ref().is_some_and(accepted)).count()
    }
}

/// A transcript that is being written.
#[derive(Debug, Clone)]
pub(super) struct Log(Arc<Mutex<Transcript>>);

impl Log {
    pub(super) fn new(request: Option<u64>, notifier: Option<u64>) -> Self {
        let transcript = Transcript { request, notifier, attempts: Vec::new(), end: End::InProgress };
        Self(Arc::new(Mutex::new(transcript)))
    }

    pub(super) fn add(&self, attempt: Attempt) {
        lock(&self.0).attempts.push(attempt);
    }

    pub(super) fn end(&self, end: End) {
        lock(&self.0).end = end;
    }

    pub(super) fn read(&self) -> Transcript {
        lock(&self.0).clone()
    }
}
