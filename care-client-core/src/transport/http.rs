use super::{Transport, TransportError, TransportFailure, tls};
use crate::{BoxFuture, Error, PollGate, RawResponse, origin::is_loopback};
use bytes::{Bytes, BytesMut};
use std::{
    fmt,
    sync::{Arc, OnceLock},
    time::Duration,
};

/// How long a connection may take to be made, unless the `ClientBuilder` says otherwise.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// HTTP over the network, by `reqwest`. Clones share one connection pool: hand clones to all clients of a program.
///
/// Whatever the builder says, it follows no redirect, sends no `Referer`, repeats nothing and asks for no compression: the
/// rules of this family need that. Plain http to a loopback host never goes through a proxy, and takes no other setting of
/// the builder either.
///
/// ```
/// use care_client_core::{Http, Options};
///
/// # fn main() -> Result<(), care_client_core::Error> {
/// let http = Http::new(reqwest::Client::builder().pool_max_idle_per_host(8))?;
/// let (for_aura, for_leap) = (Options::new().transport(http.clone()), Options::new().transport(http));
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Http {
    client: reqwest::Client,
    /// For plain http to loopback: proxies of the environment or the builder break such calls.
    direct: Arc<OnceLock<reqwest::Client>>,
    gate: PollGate,
}

impl Http {
    /// Makes a transport from a builder of yours: your proxies, certificates, DNS and pool settings.
    ///
    /// A finished `reqwest::Client` can't be taken, since nobody can see whether it follows redirects.
    ///
    /// # Errors
    ///
    /// [`Kind::Config`](crate::Kind::Config) if `reqwest` refuses the builder.
    pub fn new(builder: reqwest::ClientBuilder) -> Result<Self, Error> {
        let client = ruled(builder).build().map_err(refused)?;
        Ok(Self { client, direct: Arc::default(), gate: PollGate::default() })
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
        Self::new(tls::chosen(reqwest::Client::builder())?.connect_timeout(limit))
    }

    fn client_for(&self, uri: &http::Uri) -> Result<&reqwest::Client, TransportError> {
        let direct = uri.scheme_str() == Some("http") && uri.host().is_some_and(is_loopback);
        if !direct {
            return Ok(&self.client);
        }
        if let Some(client) = self.direct.get() {
            return Ok(client);
        }
        let failed = |error| TransportError::Connect(TransportFailure::broken(error));
        let builder = tls::chosen(reqwest::Client::builder()).map_err(failed)?;
        let client = ruled(builder.connect_timeout(CONNECT_TIMEOUT).no_proxy())
            .build()
            .map_err(|e| TransportError::Connect(TransportFailure::broken(e.without_url())))?;
        Ok(self.direct.get_or_init(|| client))
    }
}

fn ruled(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    builder
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .retry(reqwest::retry::never())
        .no_gzip()
        .no_brotli()
        .no_zstd()
        .no_deflate()
}

fn refused(error: reqwest::Error) -> Error {
    Error::config("the HTTP client can't be set up from this builder").with_source(error.without_url())
}

fn failure(error: reqwest::Error) -> TransportFailure {
    if error.is_timeout() { TransportFailure::timed_out() } else { TransportFailure::broken(error.without_url()) }
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
        Box::pin(async move {
            let client = self.client_for(request.uri())?;
            let mut request = reqwest::Request::try_from(request).map_err(|e| TransportError::Connect(failure(e)))?;
            *request.timeout_mut() = Some(limit);
            let mut response = client.execute(request).await.map_err(|e| {
                // Only this proves that nothing was sent.
                if e.is_connect() { TransportError::Connect(failure(e)) } else { TransportError::Head(failure(e)) }
            })?;
            let status = response.status();
            let headers = std::mem::take(response.headers_mut());
            let mut body = BytesMut::new();
            let failed = loop {
                match response.chunk().await {
                    Ok(Some(chunk)) if chunk.len() > max_body.saturating_sub(body.len()) => {
                        break Some(TransportFailure::too_large());
                    }
                    Ok(Some(chunk)) => body.extend_from_slice(&chunk),
                    Ok(None) => break None,
                    Err(e) => break Some(failure(e)),
                }
            };
            let answer = RawResponse::new(status, headers, body);
            match failed {
                None => Ok(answer),
                Some(failure) => Err(TransportError::Body(Box::new(answer), failure)),
            }
        })
    }

    fn poll_gate(&self) -> PollGate {
        self.gate.clone()
    }
}
