//! A call: an endpoint bound to a pipeline, not sent yet. Nothing happens before it is awaited.
//!
//! Awaiting it runs the [attempts](crate::attempts), and reads the answer with the endpoint: a 2xx is decoded; a
//! refusal after an attempt of unknown outcome is shown to [`Endpoint::settle`], which can know it as success; any
//! other failure gets the operation's [`hint`](Endpoint::hint). An error is finished here and nowhere else, and the
//! observer gets exactly one `finish`.

use crate::{
    attempts::{self, Limits, Outgoing, RetryPolicy, without_echo},
    endpoint::{BoxFuture, Endpoint},
    error::{Classification, Ending, Error, Outcome},
    observe::{Observe, emit, spans},
    operation::{Operation, Safety},
    pipeline::Pipeline,
    request::{RequestParts, Text},
    response::{RawResponse, Response},
};
use http::{HeaderMap, HeaderName, HeaderValue};
use std::{
    borrow::Cow,
    fmt,
    future::{Future, IntoFuture},
    sync::{Arc, atomic::Ordering::Relaxed},
    time::Duration,
};

/// An operation that is ready to be sent: `.await` sends it.
///
/// It owns what it needs and borrows nothing. `tokio::join!`, `select!` and `timeout` take it as it is; functions
/// that want a future, such as `tokio::spawn` and `join_all`, take its [`into_future()`](IntoFuture::into_future).
///
/// A call that is dropped while it runs stops at once, and whether the server did it is unknown if its request was in
/// flight: rather than dropping an operation of [`Safety::Once`], set a deadline with
/// [`with_timeout`](Self::with_timeout).
///
/// A clone is a second call with the same settings: it is sent independently.
///
/// ```
/// # use care_client_core::{Pipeline, RequestParts, Safety};
/// let pipeline = Pipeline::builder("http://localhost", "demo/1.0").build()?;
/// let call = pipeline.call(RequestParts::get(["notes", "7"])).with_safety(Safety::Read);
/// let call = call.with_timeout(std::time::Duration::from_secs(5));
/// assert_eq!(call.parts()?.path(), ["notes", "7"]);
/// # Ok::<(), care_client_core::Error>(())
/// ```
#[derive(Clone)]
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<E> {
    pipeline: Pipeline,
    endpoint: E,
    settings: CallSettings,
}

/// What one call overrides of its client and its operation.
#[derive(Debug, Clone, Default)]
struct CallSettings {
    timeout: Option<Duration>,
    safety: Option<Safety>,
    retry: Option<RetryPolicy>,
    headers: HeaderMap,
    query: Vec<(Text, Text)>,
    operation: Option<&'static Operation>,
}

impl<E: Endpoint> Call<E> {
    /// Sets the deadline of this call: all attempts, waits and token renewals together. Default: that of
    /// [`Options::timeout`](crate::Options::timeout).
    pub fn with_timeout(mut self, total: Duration) -> Self {
        self.settings.timeout = Some(total);
        self
    }

    /// Sets the retry limits and backoff of this call. Default: that of [`Options::retry`](crate::Options::retry).
    pub fn with_retry(mut self, policy: RetryPolicy) -> Self {
        self.settings.retry = Some(policy);
        self
    }

    /// Declares what a repeat of this call would do, where you know more than the operation does: your server may
    /// make a `create` idempotent by a header. A `Once` operation declared `Idempotent` may be done twice.
    pub fn with_safety(mut self, safety: Safety) -> Self {
        self.settings.safety = Some(safety);
        self
    }

    /// Adds a header to each attempt of this call, and replaces one of that name that the operation sets. Credentials
    /// are set later and can't be replaced. Callers must not set `Host`, `Content-Length` or `Transfer-Encoding`: the
    /// transport sets them, and they are dropped here.
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.settings.headers.insert(name, value);
        self
    }

    /// Sets a pair of the query of each attempt of this call. It replaces all pairs with that key, whether the
    /// operation, the client or an earlier `with_query` set them. For several values of one key, build the request
    /// with [`RequestParts`](crate::RequestParts).
    pub fn with_query(mut self, key: impl Into<Cow<'static, str>>, value: impl Into<Cow<'static, str>>) -> Self {
        self.settings.query.push((key.into(), value.into()));
        self
    }

    /// Gives this call the name, path template and safety of another operation: service crates name their raw calls so.
    pub fn as_operation(mut self, operation: &'static Operation) -> Self {
        self.settings.operation = Some(operation);
        self
    }

    /// Changes the endpoint value of this call, such as the page that it asks for.
    pub fn map_endpoint(mut self, change: impl FnOnce(E) -> E) -> Self {
        self.endpoint = change(self.endpoint);
        self
    }

    pub(crate) fn operation(&self) -> &'static Operation {
        self.settings.operation.unwrap_or(E::OPERATION)
    }

    /// Returns what would be sent, without sending it.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the input can't be sent as it is.
    pub fn parts(&self) -> Result<RequestParts, Error> {
        let mut parts = self.endpoint.parts().map_err(|error| error.in_operation(self.operation()))?;
        for (key, value) in self.pipeline.query.iter().flat_map(|query| query.iter()).chain(&self.settings.query) {
            parts.set_query(key, value);
        }
        Ok(parts)
    }

    /// Sends the call, and returns the value together with status, headers, request id, attempts and body.
    ///
    /// # Errors
    ///
    /// [`Error`], whose [`outcome`](Error::outcome) says what the server did.
    pub fn response(self) -> BoxFuture<'static, Result<Response<E::Output>, Error>> {
        self.sent(|response| response)
    }

    fn sent<T: 'static>(self, pick: fn(Response<E::Output>) -> T) -> BoxFuture<'static, Result<T, Error>> {
        let span = spans::span(self.operation(), self.pipeline.engine.origin.server());
        Box::pin(spans::in_span(span, self.run(pick)))
    }

    #[expect(
        clippy::manual_async_fn,
        reason = "an async fn has room twice for what it moves or wraps; this block has not"
    )]
    fn run<T>(self, pick: fn(Response<E::Output>) -> T) -> impl Future<Output = Result<T, Error>> + Send {
        async move {
            let result = match self.parts() {
                Err(error) => Err(error),
                Ok(ref parts) => {
                    let (answer, ending) =
                        attempts::run(&self.pipeline.engine, self.outgoing(parts), self.limits()).await;
                    let read = match answer {
                        Ok(raw) => decoded(&self.endpoint, raw, &ending),
                        Err(error) => settled(&self.endpoint, error, &ending),
                    };
                    if let Ok(Response { raw, .. }) = &read
                        && !raw.body.is_empty()
                    {
                        self.note_media_type(raw);
                    }
                    if read.is_ok() && !self.pipeline.is_accepted.load(Relaxed) {
                        self.pipeline.is_accepted.store(true, Relaxed);
                    }
                    read.map_err(|error| without_echo(error, &self.outgoing(parts)).finish(&ending))
                }
            };
            let end = result.as_ref().map(|response| (response.status(), response.attempts, response.elapsed));
            emit::finish(self.observer(), self.operation(), end);
            result.map(pick)
        }
    }

    /// Tells the observer, once, that the service's answers say none or an odd media type.
    fn note_media_type(&self, raw: &RawResponse) {
        let engine = &self.pipeline.engine;
        if engine.observer.is_none() || engine.has_odd_media_type.load(Relaxed) {
            return;
        }
        let said = raw.media_type();
        if (said.is_none() || !engine.answers.has(said.clone())) && !engine.has_odd_media_type.swap(true, Relaxed) {
            emit::odd_media_type(self.observer(), self.operation(), said.as_deref());
        }
    }

    fn outgoing<'a>(&'a self, parts: &'a RequestParts) -> Outgoing<'a> {
        let Self { pipeline, settings, .. } = self;
        Outgoing { operation: self.operation(), parts, headers: &settings.headers, credentials: &pipeline.credentials }
    }

    fn limits(&self) -> Limits {
        let (settings, engine) = (&self.settings, &self.pipeline.engine);
        Limits {
            safety: settings.safety.unwrap_or(self.operation().safety()),
            policy: settings.retry.unwrap_or(engine.retry),
            timeout: settings.timeout.unwrap_or(engine.timeout),
        }
    }

    pub(crate) fn endpoint(&self) -> &E {
        &self.endpoint
    }

    pub(crate) fn observer(&self) -> Option<&Arc<dyn Observe>> {
        self.pipeline.engine.observer.as_ref()
    }

    /// The same call for another endpoint value, such as another page.
    pub(crate) fn with_endpoint(&self, endpoint: E) -> Self {
        Self { pipeline: self.pipeline.clone(), endpoint, settings: self.settings.clone() }
    }
}

/// Reads a 2xx answer.
fn decoded<E: Endpoint>(endpoint: &E, raw: RawResponse, ending: &Ending) -> Result<Response<E::Output>, Error> {
    match endpoint.decode(&raw) {
        Ok(value) => Ok(Response { value, raw, attempts: ending.attempts, elapsed: ending.elapsed }),
        Err(error) => Err(Error::of_decode(error, raw)),
    }
}

/// A refusal after an attempt of unknown outcome may be the proof that the attempt did it. Otherwise the error gets the
/// operation's hint about this answer.
fn settled<E: Endpoint>(endpoint: &E, mut error: Error, ending: &Ending) -> Result<Response<E::Output>, Error> {
    let inner = error.inner_mut();
    let refused = inner.response.take_if(|raw| Classification::of_status(raw.status).outcome == Outcome::Refused);
    if let Some(raw) = refused {
        // A gateway's refusal proves nothing about the service.
        if inner.outcome.max(ending.worst) >= Outcome::Unknown
            && !inner.is_foreign
            && let Some(value) = endpoint.settle(&raw)
        {
            return Ok(Response { value, raw, attempts: ending.attempts, elapsed: ending.elapsed });
        }
        inner.response = Some(raw);
    }
    if let Some(own) = inner.response.as_ref().and_then(|raw| endpoint.hint(raw)) {
        inner.hint = Some(match inner.hint.take() {
            Some(general) => format!("{own}; {general}").into(),
            None => own,
        });
    }
    Err(error)
}

impl Pipeline {
    /// Binds an endpoint to this pipeline. Nothing is sent before the call is awaited.
    pub fn call<E: Endpoint>(&self, endpoint: E) -> Call<E> {
        Call { pipeline: self.clone(), endpoint, settings: CallSettings::default() }
    }
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
