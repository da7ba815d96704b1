//! How far an exchange came before it failed, and what that proves. The retry loop relies on it: only
//! [`TransportError::Connect`] proves that nothing was sent.

use crate::{
    error::{Classification, Error, Inner, Kind, Outcome, Repeat},
    response::RawResponse,
};
use std::{borrow::Cow, error::Error as StdError, fmt};

/// How far an exchange came before it failed.
#[derive(Debug)]
#[non_exhaustive]
pub enum TransportError {
    /// No connection was made: nothing was sent.
    Connect(TransportFailure),
    /// It failed after sending may have begun and before the head of an answer came: what the server did is unknown.
    Head(TransportFailure),
    /// The head came, and then the body failed. Holds the answer with the part of the body that came.
    Body(Box<RawResponse>, TransportFailure),
}

/// How an exchange failed.
#[derive(Debug)]
pub struct TransportFailure {
    pub(crate) reason: Reason,
    /// What a person reads, where the reason doesn't say it all.
    message: Option<Cow<'static, str>>,
    /// Whether it may have broken only because its connection, used before, was just being closed.
    pub(crate) is_stale: bool,
    pub(crate) source: Option<Box<dyn StdError + Send + Sync>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    Broken,
    TimedOut,
    TooLarge,
    Unusable,
    /// No connection was made, for a reason that can't pass by itself.
    Unreachable,
}

impl TransportFailure {
    /// The transport's own settings don't allow the exchange.
    pub(crate) fn unusable(error: &Error) -> Self {
        let Inner { message, source, .. } = error.inner();
        let source = source.clone().map(|source| Box::new(source) as _);
        Self { reason: Reason::Unusable, message: Some(message.clone()), is_stale: false, source }
    }

    /// The connection could not be made, broke, or carried something other than HTTP. The source's text must hold no
    /// secret.
    pub fn broken(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { reason: Reason::Broken, message: None, is_stale: false, source: Some(source.into()) }
    }

    /// The same, with what is wrong and what to do.
    pub(super) fn diagnosed(mut self, text: Cow<'static, str>, may_pass: bool) -> Self {
        self.message = Some(text);
        if !may_pass {
            self.reason = Reason::Unreachable;
        }
        self
    }

    /// The same, of a connection that was used before.
    pub(super) fn stale(mut self) -> Self {
        self.is_stale = self.reason == Reason::Broken;
        self
    }

    /// The time limit passed.
    #[must_use]
    pub fn timed_out() -> Self {
        Self { reason: Reason::TimedOut, message: None, is_stale: false, source: None }
    }

    /// The body is larger than the limit.
    #[must_use]
    pub fn too_large() -> Self {
        Self { reason: Reason::TooLarge, message: None, is_stale: false, source: None }
    }
}

impl TransportError {
    /// What the failure proves. For a body this holds if the status is 2xx; otherwise the status says it.
    pub(crate) fn classification(&self) -> Classification {
        let kind = |reason| match reason {
            Reason::TimedOut => Kind::Timeout,
            Reason::TooLarge => Kind::TooLarge,
            Reason::Broken => Kind::Interrupted,
            Reason::Unusable => Kind::Config,
            Reason::Unreachable => Kind::Connect,
        };
        match self {
            Self::Connect(failure) if failure.reason == Reason::Unusable => {
                Classification::new(Kind::Config, Outcome::NotSent, Repeat::Never)
            }
            Self::Connect(failure) if failure.reason == Reason::Unreachable => {
                Classification::new(Kind::Connect, Outcome::NotSent, Repeat::Never)
            }
            Self::Connect(_) => Classification::new(Kind::Connect, Outcome::NotSent, Repeat::Always),
            Self::Head(failure) => Classification::new(kind(failure.reason), Outcome::Unknown, Repeat::UnlessOnce),
            // Only a 2xx without its body leaves something to fetch again.
            Self::Body(_, failure) => match failure.reason {
                Reason::TooLarge => Classification::new(Kind::TooLarge, Outcome::Completed, Repeat::Never),
                reason => Classification::new(kind(reason), Outcome::Completed, Repeat::UnlessOnce),
            },
        }
    }

    /// The part of the answer that came, if its head did.
    pub(crate) fn part(&self) -> Option<&RawResponse> {
        match self {
            Self::Connect(_) | Self::Head(_) => None,
            Self::Body(part, _) => Some(part),
        }
    }

    pub(crate) fn into_parts(self) -> (Option<RawResponse>, TransportFailure) {
        match self {
            Self::Connect(failure) | Self::Head(failure) => (None, failure),
            Self::Body(part, failure) => (Some(*part), failure),
        }
    }
}

impl TransportError {
    /// The failure in one line, with the server that it was about.
    pub(crate) fn line(&self, origin: &str) -> String {
        let (Self::Connect(failure) | Self::Head(failure) | Self::Body(_, failure)) = self;
        let at = if matches!(self, Self::Connect(_)) { format!(" at {origin}") } else { String::new() };
        match &failure.message {
            Some(message) if failure.reason == Reason::Unusable => message.to_string(),
            Some(message) => format!("{}{at}: {message}", self.what_failed()),
            None => format!("{}{at}", self.what_failed()),
        }
    }

    /// What failed, without the reason.
    fn what_failed(&self) -> &'static str {
        let (Self::Connect(failure) | Self::Head(failure) | Self::Body(_, failure)) = self;
        match (self, failure.reason) {
            (_, Reason::Unusable) => "the transport can't be used",
            (Self::Connect(_), Reason::TimedOut) => "connecting to the server timed out",
            (Self::Connect(_), _) => "could not connect to the server",
            (_, Reason::TooLarge) => "the answer is larger than the client accepts",
            (Self::Head(_), Reason::TimedOut) => "the attempt timed out",
            (Self::Head(_), _) => "the connection broke before an answer came",
            (Self::Body(..), Reason::TimedOut) => "the attempt timed out while the body of the answer was read",
            (Self::Body(..), _) => "the connection broke while the body of the answer was read",
        }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Connect(failure) | Self::Head(failure) | Self::Body(_, failure)) = self;
        match &failure.message {
            Some(message) => write!(f, "{}: {message}", self.what_failed()),
            None => f.write_str(self.what_failed()),
        }
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let (Self::Connect(failure) | Self::Head(failure) | Self::Body(_, failure)) = self;
        failure.source.as_deref().map(|source| source as _)
    }
}
