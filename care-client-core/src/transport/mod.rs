mod address;
mod exchange;
mod http;
mod patience;
mod tls;

pub use self::http::Http;
pub(crate) use self::{patience::patiently, tls::HAS_TLS};

use crate::{BoxFuture, PollGate, RawResponse};
use bytes::Bytes;
use std::{error::Error as StdError, fmt, sync::Arc, time::Duration};

/// Sends one HTTP request and reads the whole answer. [`Http`] does it over the network; bring your own to record, to
/// route in process, or to script failures in tests.
///
/// # What an implementation owes
///
/// - It follows no redirect, repeats nothing, and changes neither headers nor body.
/// - It gives up after `limit`, measured with tokio's clock so that paused time works, and reads at most `max_body` bytes.
/// - Its errors tell how far the exchange came, since that decides whether a call for help may be sent again. When in
///   doubt, it is [`TransportError::Head`].
pub trait Transport: Send + Sync {
    /// Sends `request` and reads the answer, whatever its status.
    ///
    /// # Errors
    ///
    /// [`TransportError`], by how far the exchange came.
    fn send(
        &self,
        request: ::http::Request<Bytes>,
        limit: Duration,
        max_body: usize,
    ) -> BoxFuture<'_, Result<RawResponse, TransportError>>;

    /// The gate that background polls over this transport pass. Clones that share connections give the same gate; by
    /// default each transport value that is handed to [`Options`](crate::Options) gets one of its own.
    fn poll_gate(&self) -> PollGate {
        PollGate::default()
    }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(
        &self,
        request: ::http::Request<Bytes>,
        limit: Duration,
        max_body: usize,
    ) -> BoxFuture<'_, Result<RawResponse, TransportError>> {
        (**self).send(request, limit, max_body)
    }

    fn poll_gate(&self) -> PollGate {
        (**self).poll_gate()
    }
}

/// How far an exchange came before it failed.
#[derive(Debug)]
#[non_exhaustive]
pub enum TransportError {
    /// No connection was made: nothing was sent.
    Connect(TransportFailure),
    /// It failed after sending may have begun and before the head of an answer had come: nothing is known.
    Head(TransportFailure),
    /// The head had come, and then the body failed. Holds what came, with the body so far.
    Body(Box<RawResponse>, TransportFailure),
}

/// How an exchange failed.
#[derive(Debug)]
pub struct TransportFailure {
    pub(crate) reason: Reason,
    pub(crate) source: Option<Box<dyn StdError + Send + Sync>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    Broken,
    TimedOut,
    TooLarge,
}

impl TransportFailure {
    /// The connection could not be made, broke, or carried something else than HTTP. The cause's text must hold no secret.
    pub fn broken(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { reason: Reason::Broken, source: Some(source.into()) }
    }

    /// The time limit passed.
    #[must_use]
    pub fn timed_out() -> Self {
        Self { reason: Reason::TimedOut, source: None }
    }

    /// The body is larger than the limit.
    #[must_use]
    pub fn too_large() -> Self {
        Self { reason: Reason::TooLarge, source: None }
    }
}

impl TransportError {
    /// What came of the answer, if its head did.
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

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (place, failure) = match self {
            Self::Connect(failure) => ("no connection to the server was made", failure),
            Self::Head(failure) => ("no answer came", failure),
            Self::Body(_, failure) => ("the answer's body did not come whole", failure),
        };
        let how = match failure.reason {
            Reason::Broken => "the connection failed",
            Reason::TimedOut => "the time for this attempt was over",
            Reason::TooLarge => "it is larger than the client takes",
        };
        write!(f, "{place}: {how}")
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let (Self::Connect(failure) | Self::Head(failure) | Self::Body(_, failure)) = self;
        failure.source.as_deref().map(|source| source as _)
    }
}
