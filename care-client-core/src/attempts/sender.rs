//! One attempt: the credentials as they are now, the rate limit, and one exchange over the transport.
//!
//! Everything that can fail before the exchange, such as a deadline that has passed or a token that can't be fetched,
//! is an error with the outcome `NotSent`. From the exchange on, a failure is a [`Failure`], which is classified.

use super::{
    engine::{Engine, Outgoing},
    failure::Failure,
    rate_limit::RateLimit,
    retry_loop::Attempts,
};
use crate::{
    auth::{CachedToken, Credentials},
    error::{Error, Kind, Outcome, StopReason},
    observe::{AttemptEvent, RepeatEvent, emit},
    operation::Safety,
    response::RawResponse,
    transport::{Connection, TransportError},
};
use bytes::Bytes;
use http::{HeaderMap, Request, StatusCode, Uri};
use std::{
    sync::{Arc, atomic::Ordering::Relaxed},
    time::Duration,
};
use tokio::time::{Instant, timeout_at};

/// Sends the attempts of one call over the client's transport, each with the credentials as they are by then.
pub(super) struct Sender<'a> {
    pub(super) engine: &'a Engine,
    pub(super) outgoing: Outgoing<'a>,
    pub(super) safety: Safety,
    /// Whether the policy has further attempts after the first.
    pub(super) is_repeated: bool,
    pub(super) deadline: Instant,
    /// Until when an attempt is worth waiting for.
    pub(super) latest_start: Instant,
    /// The token that the last attempt was sent with.
    pub(super) token: Option<Arc<CachedToken>>,
}

impl Attempts for Sender<'_> {
    async fn send(&mut self, number: u32) -> Result<Result<RawResponse, Box<Failure>>, Error> {
        let (engine, Outgoing { parts, headers: added, credentials, .. }) = (self.engine, self.outgoing);
        if Instant::now() >= self.deadline {
            return Err(late());
        }
        // Before the credentials: obtaining these can take a request of its own.
        let uri = engine.origin.uri(parts, credentials.query_pair())?;
        let mut headers = parts.all_headers(&engine.user_agent, added);
        let applied = credentials.apply(&mut headers, engine.observer.as_ref());
        self.token = timeout_at(self.deadline, applied).await.map_err(|_| late())??;
        if let Some(rate) = &engine.rate_limit {
            rate.pass(self.latest_start).await.map_err(RateLimit::held_back)?;
        }
        let limit = engine.attempt_timeout.min(self.deadline.saturating_duration_since(Instant::now()));
        if limit.is_zero() {
            return Err(late());
        }
        self.announce(number);
        let answer = engine
            .transport
            .send_on(self.connection(number, limit), self.request(uri, headers), limit, engine.max_body)
            .await;
        if let Some(raw) = answer.as_ref().map_or_else(TransportError::part, Some)
            && raw.status != StatusCode::NOT_FOUND
            && !engine.answered.load(Relaxed)
        {
            engine.answered.store(true, Relaxed);
        }
        if let Ok(raw) = &answer
            && !engine.succeeded.load(Relaxed)
            && raw.status.is_success()
            && !raw.is_html()
        {
            engine.succeeded.store(true, Relaxed);
        }
        if let (Credentials::Token(cache), Some(token)) = (credentials, &self.token)
            && let Some(raw) = answer.as_ref().map_or_else(TransportError::part, Some)
        {
            cache.answered(token, raw.status == StatusCode::UNAUTHORIZED);
        }
        Ok(match answer {
            Ok(raw) if raw.status.is_success() => Ok(raw),
            Ok(raw) => Err(Box::new(Failure::of_answer(raw, engine, &self.outgoing))),
            Err(error) => Err(Box::new(Failure::of_transport(error, engine, &self.outgoing))),
        })
    }

    async fn renew(&mut self) -> Result<(), (StopReason, Option<Error>)> {
        let (Credentials::Token(cache), Some(refused)) = (self.outgoing.credentials, self.token.take()) else {
            return Err((StopReason::Final, None));
        };
        match timeout_at(self.deadline, cache.renew(&refused, self.engine.observer.as_ref())).await {
            Ok(Ok(Some(_))) => Ok(()),
            Ok(Ok(None)) => Err((StopReason::Final, None)),
            Ok(Err(error)) => Err((StopReason::Final, Some(error))),
            Err(_) => Err((StopReason::Deadline, None)),
        }
    }

    fn repeating(&self, number: u32, failure: &Failure, delay: Duration) {
        let (kind, status) = (failure.classification.kind, failure.status());
        let event = RepeatEvent { operation: self.outgoing.operation, number, kind, status, delay };
        emit::repeat(self.engine.observer.as_ref(), &event);
    }
}

impl Sender<'_> {
    fn announce(&self, number: u32) {
        let Outgoing { operation, parts, .. } = self.outgoing;
        let event = AttemptEvent { operation, number, method: parts.method(), origin: self.engine.origin.as_str() };
        emit::attempt(self.engine.observer.as_ref(), &event);
    }

    /// A server may be closing any connection that was used before. What must not be sent twice can't be repeated then,
    /// a repeat shouldn't meet what the first attempt met, and a read that will be repeated needn't wait for long.
    fn connection(&self, number: u32, limit: Duration) -> Connection {
        match self.safety {
            Safety::Once if !self.engine.reuse_for_once => Connection::Own,
            _ if number > 1 => Connection::Own,
            Safety::Read if self.is_repeated => Connection::SharedFor(limit / 3),
            _ => Connection::Shared,
        }
    }

    fn request(&self, uri: Uri, headers: HeaderMap) -> Request<Bytes> {
        let parts = self.outgoing.parts;
        let mut request = Request::new(Bytes::clone(parts.body_bytes()));
        *request.method_mut() = parts.method().clone();
        *request.uri_mut() = uri;
        *request.headers_mut() = headers;
        request
    }
}

fn late() -> Error {
    Error::new(Kind::Timeout, Outcome::NotSent, "the call's deadline passed before it could be sent")
}
