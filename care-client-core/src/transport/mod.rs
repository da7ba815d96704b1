//! Transports: what sends one HTTP request and reads the whole answer.
//!
//! # Contract
//!
//! - A transport follows no redirect, repeats nothing, and changes neither headers nor body.
//! - It gives up after the limit of the attempt, measured with tokio's clock, and reads no more than the largest body
//!   allowed.
//! - Its error says how far the exchange came, since that decides whether a call for help may be sent again:
//!   [`TransportError::Connect`] proves that nothing was sent, [`TransportError::Head`] proves nothing,
//!   [`TransportError::Body`] has the status.
//!
//! # Where users configure it
//!
//! In [`Options::transport`](crate::Options::transport): an [`Http`] with settings of your own and one pool for
//! several clients, or a transport of your own.

mod address;
mod connect;
mod error;
mod exchange;
mod http;
mod tls;

pub(crate) use self::tls::HAS_TLS;
pub use self::{
    error::{TransportError, TransportFailure},
    http::Http,
};

use crate::{endpoint::BoxFuture, gate::PollGate, response::RawResponse};
use bytes::Bytes;
use std::{sync::Arc, time::Duration};

/// Which connection a request may go out on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Connection {
    /// Any, also one that was used before.
    Shared,
    /// Any; but if it may be one that was used before, the exchange ends when no head has come after this time. For
    /// requests that are repeated then: such a connection may have died unnoticed.
    SharedFor(Duration),
    /// One that was never used before, for a request that must not be sent twice: a server may just be closing any
    /// other, and then nobody knows what it did.
    Own,
}

/// Sends one HTTP request and reads the whole answer. [`Http`] does it over the network; bring your own to record, to
/// route in process, or to script failures in tests.
///
/// # Requirements
///
/// - It follows no redirect, repeats nothing, and changes neither headers nor body.
/// - It gives up after `limit`, measured with tokio's clock so that paused time works, and reads at most `max_body`
///   bytes.
/// - Its errors say how far the exchange came, since that decides whether a call for help may be sent again. When in
///   doubt, return [`TransportError::Head`].
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

    /// The same, on a connection of this kind. A transport that keeps no connections needs no regard for it: by default
    /// this is [`send`](Self::send). One that wraps another transport must pass it on.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send).
    fn send_on(
        &self,
        _connection: Connection,
        request: ::http::Request<Bytes>,
        limit: Duration,
        max_body: usize,
    ) -> BoxFuture<'_, Result<RawResponse, TransportError>> {
        self.send(request, limit, max_body)
    }

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

    fn send_on(
        &self,
        connection: Connection,
        request: ::http::Request<Bytes>,
        limit: Duration,
        max_body: usize,
    ) -> BoxFuture<'_, Result<RawResponse, TransportError>> {
        (**self).send_on(connection, request, limit, max_body)
    }

    fn poll_gate(&self) -> PollGate {
        (**self).poll_gate()
    }
}
