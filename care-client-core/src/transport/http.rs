//! HTTP over the network, by `reqwest`.
//!
//! The transport needs several `reqwest` clients of the same settings, so it takes a function that makes the builder:
//! one client for plain http to loopback, which must not go through a proxy, and one for everything else. On every
//! client it puts the rules of this family over the builder's settings: no redirects, no `Referer`, no repeats, no
//! decompression.

use super::{
    Transport, TransportError, TransportFailure,
    address::{Address, Addresses},
    exchange,
    patience::Patience,
    tls,
};
use crate::{endpoint::BoxFuture, error::Error, gate::PollGate, response::RawResponse};
use bytes::Bytes;
use http::{HeaderValue, Method, header::CONTENT_LENGTH};
use std::{
    fmt,
    future::{Future, ready},
    sync::{Arc, OnceLock},
    time::Duration,
};

/// The default limit for making a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// HTTP over the network, by `reqwest`. Clones share one connection pool: give clones to all clients of a program.
///
/// Whatever the builder says, the transport follows no redirect, sends no `Referer`, repeats nothing and asks for no
/// compression: safe repeats and credentials depend on it. Plain http to a loopback host never goes through a proxy;
/// all other settings hold there, too. Timeouts of the builder hold beside those of [`Options`](crate::Options).
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
    client: reqwest::Client,
    /// For plain http to loopback, made at the first such call: proxies of the environment or the builder break such
    /// calls.
    direct: Arc<OnceLock<reqwest::Client>>,
    /// Makes the builder of each client that the transport needs: a `ClientBuilder` can't be cloned.
    builder: Arc<MakeBuilder>,
    gate: PollGate,
    addresses: Arc<Addresses>,
}

type MakeBuilder = dyn Fn() -> Result<reqwest::ClientBuilder, Error> + Send + Sync;

impl Http {
    /// Makes a transport from a function that makes a builder with your settings: proxies, certificates, DNS, pool.
    ///
    /// It takes a function because it needs several clients of the same settings: one for plain http to loopback, one
    /// for everything else. The function is called once for each, and must give the same settings every time.
    ///
    /// It does not take a finished `reqwest::Client`, whose redirect policy can't be seen. TLS is as the builder
    /// says, otherwise `reqwest`'s default; with the feature `rustls-ring`, ring is installed as the process's
    /// provider for `rustls` unless there is one.
    ///
    /// # Errors
    ///
    /// [`Kind::Config`](crate::Kind::Config) if `reqwest` refuses the builder.
    pub fn new(builder: impl Fn() -> reqwest::ClientBuilder + Send + Sync + 'static) -> Result<Self, Error> {
        tls::provide();
        Self::of(move || Ok(builder()))
    }

    fn of(builder: impl Fn() -> Result<reqwest::ClientBuilder, Error> + Send + Sync + 'static) -> Result<Self, Error> {
        let client = ruled(builder()?).build().map_err(refused)?;
        let (direct, builder) = (Arc::default(), Arc::new(builder));
        Ok(Self { client, direct, builder, gate: PollGate::default(), addresses: Arc::default() })
    }

    /// Makes a transport with a connect timeout of 5 s and the TLS backend that the crate's features name.
    ///
    /// # Errors
    ///
    /// [`Kind::Config`](crate::Kind::Config) if TLS can't be set up, such as without any certificates on the system.
    pub fn with_defaults() -> Result<Self, Error> {
        Self::with_connect_timeout(CONNECT_TIMEOUT)
    }

    pub(crate) fn with_connect_timeout(limit: Duration) -> Result<Self, Error> {
        tls::provide();
        Self::of(move || Ok(tls::chosen(reqwest::Client::builder())?.connect_timeout(limit)))
    }

    fn begin(
        &self,
        request: http::Request<Bytes>,
    ) -> Result<impl Future<Output = reqwest::Result<reqwest::Response>> + use<>, TransportError> {
        let (parts, body) = request.into_parts();
        let address = self.addresses.of(&parts.uri);
        let address = address.map_err(|e| TransportError::Connect(TransportFailure::broken(e)))?;
        let client = self.client_for(&address)?;
        let mut request = reqwest::Request::new(parts.method, address.url);
        *request.headers_mut() = parts.headers;
        // HTTP asks for it with methods that usually have a body, some servers insist (411), and hyper leaves it out.
        if body.is_empty() && [Method::POST, Method::PUT, Method::PATCH].contains(request.method()) {
            request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        *request.body_mut() = Some(body.into());
        *request.version_mut() = parts.version;
        Ok(client.execute(request))
    }

    fn client_for(&self, address: &Address) -> Result<&reqwest::Client, TransportError> {
        if !address.is_direct {
            return Ok(&self.client);
        }
        if let Some(client) = self.direct.get() {
            return Ok(client);
        }
        let failed = |error| TransportError::Connect(TransportFailure::broken(error));
        let builder = (self.builder)().map_err(failed)?;
        let client = ruled(builder.no_proxy()).build().map_err(|error| failed(refused(error)))?;
        Ok(self.direct.get_or_init(|| client))
    }
}

fn ruled(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    builder
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .connector_layer(Patience::default())
        .retry(reqwest::retry::never())
        .no_gzip()
        .no_brotli()
        .no_zstd()
        .no_deflate()
}

fn refused(error: reqwest::Error) -> Error {
    Error::config("the HTTP client can't be built from these settings").with_source(error.without_url())
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
        match self.begin(request) {
            Ok(begun) => Box::pin(exchange::answer(begun, limit, max_body)),
            Err(e) => Box::pin(ready(Err(e))),
        }
    }

    fn poll_gate(&self) -> PollGate {
        self.gate.clone()
    }
}
