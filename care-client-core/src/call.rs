use crate::{
    attempts::{self, RetryPolicy},
    error::{Classification, Error, Fate, Kind, Outcome, StopReason},
    observe::{self, trace},
    operation::{BoxFuture, Endpoint, Operation, Safety},
    paging::{Items, Paged, Pages},
    pipeline::Pipeline,
    request::{RequestParts, Text},
    response::{Exchange, Response},
};
use http::{HeaderMap, HeaderName, HeaderValue};
use std::{
    borrow::Cow,
    fmt,
    future::{Future, IntoFuture},
    time::Duration,
};

/// An operation that is ready to be sent, and isn't sent yet: `.await` sends it.
///
/// It owns what it needs and borrows nothing. `tokio::join!`, `select!` and `timeout` take it as it is; functions that want
/// a future, such as `tokio::spawn` and `join_all`, take its [`into_future()`](IntoFuture::into_future).
///
/// A call that is dropped while it runs stops at once. If its request was under way by then, nobody knows whether the server
/// did it; an operation of [`Safety::Once`] is better given a deadline by [`with_timeout`](Self::with_timeout).
///
/// A clone is the same call once more: sent by itself, with the same settings.
#[derive(Clone)]
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<E> {
    pipeline: Pipeline,
    endpoint: E,
    settings: CallSettings,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct CallSettings {
    pub(crate) timeout: Option<Duration>,
    pub(crate) safety: Option<Safety>,
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) headers: HeaderMap,
    query: Vec<(Text, Text)>,
    pub(crate) operation: Option<&'static Operation>,
}

impl<E: Endpoint> Call<E> {
    pub(crate) fn new(pipeline: Pipeline, endpoint: E) -> Self {
        Self { pipeline, endpoint, settings: CallSettings::default() }
    }

    /// Sets the deadline of this call: all attempts, waits and token renewals together. Default: that of
    /// [`Options::timeout`](crate::Options::timeout).
    pub fn with_timeout(mut self, total: Duration) -> Self {
        self.settings.timeout = Some(total);
        self
    }

    /// Sets how this call is repeated. Default: that of [`Options::retry`](crate::Options::retry).
    pub fn with_retry(mut self, policy: RetryPolicy) -> Self {
        self.settings.retry = Some(policy);
        self
    }

    /// Says what a repeat of this call would do, where you know better than the operation: a `create` that your server makes
    /// idempotent by a header, say.
    ///
    /// Whoever calls a `Once` operation `Idempotent` accepts that it may be done twice.
    pub fn with_safety(mut self, safety: Safety) -> Self {
        self.settings.safety = Some(safety);
        self
    }

    /// Adds a header to each attempt of this call, instead of any that the operation sets itself. Credentials are set after
    /// it and can't be replaced; `Host`, `Content-Length` and `Transfer-Encoding` are the transport's and left out.
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.settings.headers.insert(name, value);
        self
    }

    /// Adds a pair to the query of each attempt of this call, instead of all with that key, whoever set them: the operation, the
    /// client, or an earlier `with_query`. So a key has one value: for a list of them, make the request by
    /// [`RequestParts`](crate::RequestParts).
    pub fn with_query(mut self, key: impl Into<Cow<'static, str>>, value: impl Into<Cow<'static, str>>) -> Self {
        self.settings.query.push((key.into(), value.into()));
        self
    }

    /// Gives this call the name, path template and safety of another operation: for service crates, whose
    /// [raw](crate::RequestParts) calls should say which service they went to.
    pub fn as_operation(mut self, operation: &'static Operation) -> Self {
        self.settings.operation = Some(operation);
        self
    }

    /// Changes the operation's own input, for types of service crates that wrap a call.
    pub fn map_endpoint(mut self, change: impl FnOnce(E) -> E) -> Self {
        self.endpoint = change(self.endpoint);
        self
    }

    pub(crate) fn operation(&self) -> &'static Operation {
        self.settings.operation.unwrap_or(E::OPERATION)
    }

    /// What would be sent, without sending it.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`] if the input can't be sent as it is.
    pub fn parts(&self) -> Result<RequestParts, Error> {
        let mut parts = self.endpoint.parts().map_err(|error| error.in_operation(self.operation()))?;
        for (key, value) in self.pipeline.query.iter().flat_map(|query| query.iter()).chain(&self.settings.query) {
            parts.set_query(key, value);
        }
        Ok(parts)
    }

    /// Sends it, and returns the value with what came along: status, headers, request id, attempts and body.
    ///
    /// # Errors
    ///
    /// [`Error`], whose [`outcome`](Error::outcome) says what the server did.
    pub fn response(self) -> BoxFuture<'static, Result<Response<E::Output>, Error>> {
        self.sent(|response| response)
    }

    fn sent<T: 'static>(self, pick: fn(Response<E::Output>) -> T) -> BoxFuture<'static, Result<T, Error>> {
        Box::pin(trace::in_span(self.operation(), self.pipeline.clone(), self.run(pick)))
    }

    #[expect(
        clippy::manual_async_fn,
        reason = "an async fn has room twice for what it moves or wraps; this block has not"
    )]
    fn run<T>(self, pick: fn(Response<E::Output>) -> T) -> impl Future<Output = Result<T, Error>> + Send {
        async move {
            let result = match self.parts() {
                Err(error) => Err(error),
                Ok(ref parts) => match attempts::run(&self.pipeline, self.operation(), parts, &self.settings).await {
                    Ok(exchange) => decoded(&self.endpoint, exchange, self.operation(), self.settings.safety),
                    Err(error) => settled(&self.endpoint, error).map_err(|error| hinted(&self.endpoint, error)),
                },
            };
            observe::finish(
                &self.pipeline,
                self.operation(),
                result.as_ref().map(|response| (response.status(), response.attempts, response.elapsed)),
            );
            result.map(pick)
        }
    }
}

/// For operations that list.
impl<E: Paged> Call<E> {
    /// Walks the whole list, item by item, as a stream that owns what it needs: see [`Items`]. What was set on this call
    /// holds for the call of each page.
    pub fn items(self) -> Items<E> {
        Items::new(self)
    }

    /// Walks the whole list, page by page, as a stream that owns what it needs: see [`Pages`]. What was set on this call holds
    /// for the call of each page.
    pub fn pages(self) -> Pages<E> {
        Pages::new(self)
    }

    pub(crate) fn endpoint(&self) -> &E {
        &self.endpoint
    }

    pub(crate) fn pipeline(&self) -> &Pipeline {
        &self.pipeline
    }

    /// The same call for another page.
    pub(crate) fn at(&self, offset: u64, limit: u64) -> Self {
        let (pipeline, settings) = (self.pipeline.clone(), self.settings.clone());
        Self { pipeline, endpoint: self.endpoint.at(offset, limit), settings }
    }
}

fn decoded<E: Endpoint>(
    endpoint: &E,
    exchange: Exchange,
    operation: &'static Operation,
    safety: Option<Safety>,
) -> Result<Response<E::Output>, Error> {
    let Exchange { raw, attempts, elapsed, worst } = exchange;
    match endpoint.decode(&raw) {
        Ok(value) => Ok(Response { value, raw, attempts, elapsed }),
        Err(why) => {
            let (kind, outcome) = match why.fate {
                Fate::Unreadable => (Kind::Decode, Outcome::Completed),
                Fate::Foreign => (Kind::Decode, Outcome::Unknown),
                Fate::Refused => (Kind::Api, Outcome::Refused),
            };
            let mut error = Error::new(kind, outcome.max(worst), why.to_string()).in_operation(operation);
            let inner = error.inner_mut();
            inner.safety = safety.unwrap_or(inner.safety);
            (inner.attempts, inner.elapsed, inner.stop) = (attempts, elapsed, StopReason::Final);
            inner.response = Some(raw);
            Err(error)
        }
    }
}

/// A refusal after an attempt of unknown outcome may be the proof that the attempt did it.
fn settled<E: Endpoint>(endpoint: &E, mut error: Error) -> Result<Response<E::Output>, Error> {
    let inner = error.inner_mut();
    let (attempts, elapsed) = (inner.attempts, inner.elapsed);
    let refused = inner.response.take_if(|raw| Classification::of_status(raw.status).outcome == Outcome::Refused);
    if let Some(raw) = refused {
        if inner.outcome >= Outcome::Unknown
            && let Some(value) = endpoint.settle(&raw)
        {
            return Ok(Response { value, raw, attempts, elapsed });
        }
        inner.response = Some(raw);
    }
    Err(error)
}

/// Adds what the operation knows of this answer.
fn hinted(endpoint: &impl Endpoint, mut error: Error) -> Error {
    let inner = error.inner_mut();
    if let Some(own) = inner.response.as_ref().and_then(|raw| endpoint.hint(raw)) {
        inner.hint = Some(match inner.hint.take() {
            Some(general) => format!("{own}; {general}").into(),
            None => own,
        });
    }
    error
}

impl<E: Endpoint> IntoFuture for Call<E> {
    type Output = Result<E::Output, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        self.sent(|response| response.value)
    }
}

impl<E: Endpoint> fmt::Debug for Call<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &self.operation().name())
            .field("pipeline", &self.pipeline)
            .finish_non_exhaustive()
    }
}
