//! A failed attempt, with everything that the error of its call may need. The error itself is made only when the call
//! gives up, so that an attempt that is repeated costs no more than it must.

use super::{
    engine::{Engine, Outgoing},
    redact::server_message,
};
use crate::{
    error::{Classification, Error, Kind, Outcome, Repeat, StopReason},
    request::origin::target_of,
    response::{RawResponse, RetryAfter, retry_after},
    transport::TransportError,
};
use http::{StatusCode, header::LOCATION};
use std::{
    borrow::Cow,
    sync::{Arc, atomic::Ordering::Relaxed},
    time::Duration,
};

/// A failed attempt.
pub(crate) struct Failure {
    pub(crate) classification: Classification,
    pub(crate) retry_after: Option<Duration>,
    /// Whether the server asks to wait in words that can't be read.
    pub(crate) asks_to_wait: bool,
    /// Whether the exchange may have broken only because its connection, used before, was just being closed.
    pub(crate) is_stale: bool,
    /// Whether somebody else than the service has written the answer.
    is_foreign: bool,
    message: String,
    response: Option<RawResponse>,
    said: Option<Box<str>>,
    hint: Option<Cow<'static, str>>,
    source: Option<Arc<dyn std::error::Error + Send + Sync>>,
}

impl Failure {
    /// Makes the failure of an answer whose status isn't 2xx.
    pub(crate) fn of_answer(raw: RawResponse, engine: &Engine, outgoing: &Outgoing<'_>) -> Self {
        let classification = Classification::of_status(raw.status);
        let message = if classification.kind == Kind::Origin {
            let location = raw.headers.get(LOCATION).and_then(|value| value.to_str().ok());
            let target = target_of(location, engine.origin.as_str());
            format!(
                "the server answered {} with a redirect to {target}, which the client does not follow",
                shown(raw.status)
            )
        } else {
            let refused = (raw.status == StatusCode::UNAUTHORIZED).then(|| outgoing.credentials.refused()).flatten();
            match refused {
                Some(refused) => format!("the server answered {}: it refused {refused}", shown(raw.status)),
                None => format!("the server answered {}", shown(raw.status)),
            }
        };
        let asked = retry_after(&raw.headers);
        let nothing_found = raw.status == StatusCode::NOT_FOUND && !engine.answered.load(Relaxed);
        Self {
            classification,
            retry_after: asked.and_then(RetryAfter::time),
            asks_to_wait: asked == Some(RetryAfter::Unreadable),
            is_stale: false,
            is_foreign: raw.is_foreign_to(engine.answers),
            message,
            said: server_message(&raw, outgoing),
            hint: hint(&raw, engine, nothing_found),
            response: Some(raw),
            source: None,
        }
    }

    /// Makes the failure of an exchange that did not end with a whole answer.
    pub(crate) fn of_transport(error: TransportError, engine: &Engine, outgoing: &Outgoing<'_>) -> Self {
        let classification = error.classification();
        let message = error.line(engine.origin.as_str());
        let (part, failure) = error.into_parts();
        let is_stale = failure.is_stale;
        let source = failure.source.map(Arc::from);
        match part {
            // The head says what the server did.
            Some(part) if !part.status.is_success() => Self { source, ..Self::of_answer(part, engine, outgoing) },
            part => {
                let (retry_after, said, hint) = (None, None, None);
                let asks_to_wait = false;
                Self {
                    classification,
                    retry_after,
                    asks_to_wait,
                    is_stale,
                    is_foreign: false,
                    message,
                    response: part,
                    said,
                    hint,
                    source,
                }
            }
        }
    }

    /// As a test's script has it.
    #[cfg(test)]
    pub(crate) fn scripted(classification: Classification, retry_after: Option<Duration>) -> Self {
        let (message, response, said, hint, source) = ("scripted".to_owned(), None, None, None, None);
        let (asks_to_wait, is_stale) = (false, false);
        let is_foreign = false;
        Self { classification, retry_after, asks_to_wait, is_stale, is_foreign, message, response, said, hint, source }
    }

    /// The status of the answer, if its head came.
    pub(crate) fn status(&self) -> Option<StatusCode> {
        self.response.as_ref().map(|raw| raw.status)
    }

    /// The error of a call that gives up after this attempt; `renewal` is why its token could not be renewed.
    pub(crate) fn into_error(mut self, stop: StopReason, renewal: Option<Error>) -> Error {
        let Classification { mut kind, outcome, repeat } = self.classification;
        if let Some(renewal) = renewal.as_ref().filter(|renewal| renewal.retry_after().is_some()) {
            // None is fetched for a while: what the server refused is what this call was sent with.
            self.message = format!("{}, and {}", self.message, renewal.inner().message);
            self.retry_after = renewal.retry_after();
        } else if let Some(renewal) = renewal {
            kind = Kind::Auth;
            self.message = format!("{}, and its token could not be renewed", self.message);
            // Only a refusal shows that the credentials are wrong. A renewal that broke down must not look like a 401.
            if renewal.is_transient() {
                self.response = None;
            }
            self.source = Some(Arc::new(renewal) as _);
        } else if stop == StopReason::Deadline && self.status() == Some(StatusCode::UNAUTHORIZED) {
            (kind, self.response) = (Kind::Timeout, None);
            self.message += ", and the deadline passed while its token was renewed";
        }
        let mut error = Error::new(kind, outcome.max(Outcome::NotSent), self.message);
        let inner = error.inner_mut();
        inner.response = self.response;
        inner.is_foreign = self.is_foreign && inner.response.is_some();
        inner.is_lasting = kind == Kind::Connect && repeat == Repeat::Never;
        inner.server_message = self.said;
        inner.hint = self.hint;
        inner.retry_after = self.retry_after;
        inner.source = self.source;
        error
    }
}

/// What the answer says of the address that it came from.
fn hint(raw: &RawResponse, engine: &Engine, nothing_found: bool) -> Option<Cow<'static, str>> {
    if let Some(hint) = engine.not_found_hint.filter(|_| nothing_found) {
        return Some(hint.into());
    }
    let has_succeeded = engine.succeeded.load(Relaxed);
    let origin = engine.origin.as_str();
    if raw.is_html() && has_succeeded {
        Some("the answer is a page of HTML, as from a proxy or gateway in front of the service".into())
    } else if raw.is_html() {
        Some(format!("the answer is a page of HTML: check that {origin} is the service's address and port").into())
    } else if !has_succeeded && (raw.status.is_server_error() || is_foreign_text(raw)) {
        Some(format!("no call has succeeded yet: check that {origin} is the service's address and port").into())
    } else {
        None
    }
}

/// Whether an answer is text that is neither JSON nor XML, which services give with their errors.
fn is_foreign_text(raw: &RawResponse) -> bool {
    let body = raw.body.trim_ascii_start();
    raw.status != StatusCode::UNAUTHORIZED
        && !body.is_empty()
        && !body.starts_with(b"{")
        && !body.starts_with(b"[")
        && !body.starts_with(b"<")
        && !body.starts_with(b"\"")
}

/// The number of a status with its usual name.
fn shown(status: StatusCode) -> String {
    match status.canonical_reason() {
        Some(reason) => format!("{} {reason}", status.as_u16()),
        None => status.as_u16().to_string(),
    }
}
