//! How errors are made: one constructor per cause, each with its kind and outcome.

use super::{
    Error, Inner,
    classification::{Kind, Outcome, StopReason},
    decode::{DecodeError, Fate},
};
use crate::{operation::Safety, response::RawResponse};
use std::{borrow::Cow, time::Duration};

impl Error {
    pub(crate) fn new(kind: Kind, outcome: Outcome, message: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Inner {
            kind,
            outcome,
            operation: None,
            safety: Safety::Once,
            message: message.into(),
            hint: None,
            response: None,
            server_message: None,
            attempts: 0,
            elapsed: Duration::ZERO,
            retry_after: None,
            stop: StopReason::Final,
            source: None,
            is_lasting: false,
            is_foreign: false,
            only_read: false,
        }))
    }

    /// Makes the error of input that can't be sent: kind [`Request`](Kind::Request), nothing sent. The message says
    /// what was wrong and what to do, and quotes no personal data.
    pub fn request(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Kind::Request, Outcome::NotSent, message)
    }

    /// Makes the error of a client that is configured wrongly: kind [`Config`](Kind::Config), nothing sent.
    pub fn config(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Kind::Config, Outcome::NotSent, message)
    }

    /// Makes the error of credentials that can't be obtained: kind [`Auth`](Kind::Auth), nothing sent. For
    /// [token sources](crate::TokenSource) of your own.
    pub fn auth(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Kind::Auth, Outcome::NotSent, message)
    }

    /// Makes the error of an operation that an earlier run began and whose end is not known: kind
    /// [`Interrupted`](Kind::Interrupted), outcome [`Unknown`](Outcome::Unknown).
    pub fn unknown(message: impl Into<Cow<'static, str>>) -> Self {
        let mut error = Self::new(Kind::Interrupted, Outcome::Unknown, message);
        error.0.stop = StopReason::Once;
        error
    }

    /// Makes the error of an answer that was read and can't be used: kind [`Decode`](Kind::Decode), outcome
    /// [`Completed`](Outcome::Completed). For workflows that compare answers; the message quotes none of them.
    pub fn decode(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Kind::Decode, Outcome::Completed, message)
    }

    /// Makes the error of a condition that was not met in time: kind [`Timeout`](Kind::Timeout), nothing sent. For
    /// workflows that poll.
    pub fn timeout(message: impl Into<Cow<'static, str>>) -> Self {
        let mut error = Self::new(Kind::Timeout, Outcome::NotSent, message);
        error.0.stop = StopReason::Deadline;
        error
    }

    /// Makes the error of a walk that can't continue: kind [`Paging`](Kind::Paging), outcome
    /// [`Completed`](Outcome::Completed), since the pages were answered.
    pub fn paging(message: impl Into<Cow<'static, str>>) -> Self {
        let mut error = Self::new(Kind::Paging, Outcome::Completed, message);
        error.0.only_read = true;
        error
    }

    /// Makes the error of an answer that decoding refused, and keeps the answer.
    pub(crate) fn of_decode(why: DecodeError, raw: RawResponse) -> Self {
        let (kind, outcome) = match why.fate {
            Fate::Unreadable => (Kind::Decode, Outcome::Completed),
            Fate::Foreign => (Kind::Decode, Outcome::Unknown),
            Fate::Refused => (Kind::Api, Outcome::Refused),
        };
        let mut error = Self::new(kind, outcome, why.to_string());
        if why.is_foreign_response() {
            error.inner_mut().is_foreign = true;
            error.inner_mut().hint = Some(
                "check that the base URL is the service's address and port, and whether a proxy or sign-in page \
                 answers in its place"
                    .into(),
            );
        }
        error.inner_mut().response = Some(raw);
        error
    }
}
