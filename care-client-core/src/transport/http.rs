//! HTTP over the network, by `reqwest`.
//!
//! # Contract
//!
//! - The transport makes several `reqwest` clients of the same settings, so it takes a function that makes the builder.
//!   Each is made when the first call needs it: certificates are loaded by the first https call, and plain http works
//!   on a machine without any.
//! - On every client it puts the rules of this family over the builder's settings: no redirects, no `Referer`, no
//!   repeats, no decompression, up to 1,000 headers in an answer.
//! - A request that asks for a connection of its own ([`Connection::Own`]) never goes out on one that was used before.
//!   All others share connections, which are kept for 4 s when idle: servers close them after 2 s (gunicorn) or 5 s
//!   (Node).
//! - A request on a shared connection can stand still, seldom, when the server closes that connection at the same
//!   moment (seen with hyper-util 0.1: 3 in 64,000 against a server that closes 1 ms after each answer). Requests
//!   that are repeated anyway end early then ([`Connection::SharedFor`]).
//! - Plain http to loopback never goes through a proxy.

use super::{
    Connection, Transport, TransportError, TransportFailure,
    address::{Address, Addresses, Route},
    exchange, tls,
};
use crate::{endpoint::BoxFuture, error::Error, gate::PollGate, response::RawResponse};
use bytes::Bytes;
use http::{HeaderValue, Method, header::CONTENT_LENGTH};
use std::{
    fmt,
    future::{Future, ready},
    sync::{Arc, Mutex, OnceLock, PoisonError},
    time::Duration,
};
use tokio::time::Instant;

/// The default limit for making a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// How long an idle connection is kept.
const IDLE: Duration = Duration::from_secs(4);

/// How many headers an answer may have. A chain of proxies adds some; hyper's own limit is 100.
const MAX_HEADERS: usize = 1_000;

/// HTTP over the network, by `reqwest`. Clones share their connections: give clones to all clients of a program.
///
/// Whatever the builder says, the transport follows no redirect, sends no `Referer`, repeats nothing, asks for no
/// compression, takes up to 1,000 headers in an answer and keeps idle connections for 4 s. A call that must not be sent
/// twice opens a connection of its own, since any idle one may just be closed by the server:
/// [`Options::reuse_for_once`](crate::Options::reuse_for_once) says otherwise. Plain http to a loopback host never goes
/// through a proxy; all other settings hold there, too. Timeouts of the builder hold beside those of
/// [`Options`](crate::Options).
///
/// ```
/// use care_client_core::{Http, Options};
///
/// # fn main() -> Result<(), care_client_core::Error> {
/// let http = Http::new(|| reqwest::Client::builder().pool_max_idle_per_host(8))?;
/// let for_aura = Options::new().transport(http.clone());
/// let for_leap = Options::new().transport(http);
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Http {
    clients: Arc<Clients>,
    gate: PollGate,
    addresses: Arc<Addresses>,
    /// When an exchange on a shared connection succeeded last, so that its connection may be idle now.
    last_end: Arc<Mutex<Option<Instant>>>,
}

/// The `reqwest` clients by where a request goes and whether it needs a connection of its own.
struct Clients {
    /// Makes the builder of each client: a `ClientBuilder` can't be cloned.
    builder: Box<MakeBuilder>,
    shared: [OnceLock<reqwest::Client>; Route::COUNT],
    fresh: [OnceLock<reqwest::Client>; Route::COUNT],
}

type MakeBuilder = dyn Fn(Route) -> Result<reqwest::ClientBuilder, Error> + Send + Sync;

impl Clients {
    fn get(&self, route: Route, is_fresh: bool) -> Result<&reqwest::Client, Error> {
        let client = &(if is_fresh { &self.fresh } else { &self.shared })[route as usize];
        if let Some(client) = client.get() {
            return Ok(client);
        }
        let made = self.make(route, is_fresh)?;
        Ok(client.get_or_init(|| made))
    }

    fn make(&self, route: Route, is_fresh: bool) -> Result<reqwest::Client, Error> {
        let builder = ruled((self.builder)(route)?);
        let builder = if is_fresh { builder.pool_max_idle_per_host(0) } else { builder.pool_idle_timeout(IDLE) };
        match route {
            Route::Direct => tls::without_certificates(builder.no_proxy()).build().map_err(refused),
            Route::Https => builder.build().map_err(refused),
            // A proxy may be spoken to by TLS, with the system's certificates, if there are any.
            Route::PlainHttp => builder.build().or_else(|_| {
                let builder = tls::without_certificates(ruled((self.builder)(route)?));
                builder.build().map_err(refused)
            }),
        }
    }
}

impl Http {
    /// Makes a transport from a function that makes a builder with your settings: proxies, certificates, DNS, pool.
    ///
    /// It takes a function because it needs several clients of the same settings: for plain http to loopback, for plain
    /// http, for https, and each of them again for calls that need a connection of their own. The function is called
    /// for each when it is needed first, and must give the same settings every time.
    ///
    /// It does not take a finished `reqwest::Client`, whose redirect policy can't be seen. TLS is as the builder
    /// says, otherwise `reqwest`'s default; with the feature `rustls-ring`, ring is installed as the process's
    /// provider for `rustls` unless there is one.
    ///
    /// # Errors
    ///
    /// [`Kind::Config`](crate::Kind::Config) if `reqwest` refuses the builder. Certificates are read later: if they
    /// can't be, the first https call ends with that kind.
    pub fn new(builder: impl Fn() -> reqwest::ClientBuilder + Send + Sync + 'static) -> Result<Self, Error> {
        tls::provide();
        Self::of(move |_| Ok(builder()))
    }

    fn of(
        builder: impl Fn(Route) -> Result<reqwest::ClientBuilder, Error> + Send + Sync + 'static,
    ) -> Result<Self, Error> {
        let clients = Clients { builder: Box::new(builder), shared: Default::default(), fresh: Default::default() };
        // Shows now what of the settings `reqwest` refuses, certificates aside.
        clients.get(Route::Direct, false)?;
        Ok(Self {
            clients: Arc::new(clients),
            gate: PollGate::default(),
            addresses: Arc::default(),
            last_end: Arc::default(),
        })
    }

    /// Makes a transport with a connect timeout of 5 s and the TLS backend that the crate's features name.
    ///
    /// # Errors
    ///
    /// [`Kind::Config`](crate::Kind::Config) if `reqwest` refuses the settings. Without certificates on the system this
    /// succeeds, and the first https call ends with that kind.
    pub fn with_defaults() -> Result<Self, Error> {
        Self::with_connect_timeout(CONNECT_TIMEOUT)
    }

    pub(crate) fn with_connect_timeout(limit: Duration) -> Result<Self, Error> {
        tls::provide();
        Self::of(move |route| {
            let builder = reqwest::Client::builder().connect_timeout(limit);
            if route == Route::Https { tls::chosen(builder) } else { Ok(builder) }
        })
    }

    /// Whether an idle connection may be there to be used again.
    fn may_reuse(&self) -> bool {
        let last_end = *self.last_end.lock().unwrap_or_else(PoisonError::into_inner);
        last_end.is_some_and(|end| end.elapsed() <= IDLE)
    }

    fn begin(
        &self,
        connection: Connection,
        request: http::Request<Bytes>,
    ) -> Result<impl Future<Output = reqwest::Result<reqwest::Response>> + use<>, TransportError> {
        let (parts, body) = request.into_parts();
        let address = self.addresses.of(&parts.uri);
        let Address { url, route } = address.map_err(|e| TransportError::Connect(TransportFailure::broken(e)))?;
        let client = self.clients.get(route, connection == Connection::Own);
        let client = client.map_err(|e| TransportError::Connect(TransportFailure::unusable(&e)))?;
        let mut request = reqwest::Request::new(parts.method, url);
        *request.headers_mut() = parts.headers;
        // HTTP asks for it with methods that usually have a body, some servers insist (411), and hyper leaves it out.
        if body.is_empty() && [Method::POST, Method::PUT, Method::PATCH].contains(request.method()) {
            request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        *request.body_mut() = Some(body.into());
        *request.version_mut() = parts.version;
        Ok(client.execute(request))
    }
}

fn ruled(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    builder
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .retry(reqwest::retry::never())
        .http1_max_headers(MAX_HEADERS)
        .no_gzip()
        .no_brotli()
        .no_zstd()
        .no_deflate()
}

fn refused(error: reqwest::Error) -> Error {
    let causes = std::iter::successors(std::error::Error::source(&error), |cause| cause.source());
    // The words of rustls-platform-verifier 0.7.
    let is_without_certificates = causes.map(ToString::to_string).any(|text| text.contains("CA certificates"));
    let message = if is_without_certificates { tls::NO_CERTIFICATES } else { "these settings make no HTTP client" };
    Error::config(message).with_source(error.without_url())
}

// Not the client's own: it shows the builder's default headers and proxies, where people keep keys and passwords.
impl fmt::Debug for Http {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Http").field("gate", &self.gate).finish_non_exhaustive()
    }
}

impl Transport for Http {
    fn send(
        &self,
        request: http::Request<Bytes>,
        limit: Duration,
        max_body: usize,
    ) -> BoxFuture<'_, Result<RawResponse, TransportError>> {
        self.send_on(Connection::Shared, request, limit, max_body)
    }

    fn send_on(
        &self,
        connection: Connection,
        request: http::Request<Bytes>,
        limit: Duration,
        max_body: usize,
    ) -> BoxFuture<'_, Result<RawResponse, TransportError>> {
        match self.begin(connection, request) {
            Ok(begun) => {
                let early = match connection {
                    Connection::SharedFor(early) if self.may_reuse() => Some(early),
                    _ => None,
                };
                Box::pin(async move {
                    match exchange::answer(begun, early.unwrap_or(limit), limit, max_body).await {
                        Ok(answer) => {
                            if connection != Connection::Own {
                                *self.last_end.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
                            }
                            Ok(answer)
                        }
                        Err(TransportError::Head(failure)) if early.is_some() => {
                            Err(TransportError::Head(failure.stale()))
                        }
                        Err(error) => Err(error),
                    }
                })
            }
            Err(e) => Box::pin(ready(Err(e))),
        }
    }

    fn poll_gate(&self) -> PollGate {
        self.gate.clone()
    }
}
