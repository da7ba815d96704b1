//! A request as it was sent, and what a script answers.

use bytes::Bytes;
use care_client_core::RawResponse;
use http::{HeaderMap, HeaderValue, Request, StatusCode, Uri, header::CONTENT_TYPE};
use serde_json::Value;
use tokio::time::Instant;

/// One request as it was handed over.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Sent {
    /// When, by tokio's clock.
    pub at: Instant,
    /// The method.
    pub method: String,
    /// The whole address.
    pub uri: Uri,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl Sent {
    pub(super) fn new(request: &Request<Bytes>) -> Self {
        Self {
            at: Instant::now(),
            method: request.method().to_string(),
            uri: request.uri().clone(),
            headers: request.headers().clone(),
            body: request.body().clone(),
        }
    }

    pub(super) fn into_request(self) -> Request<Bytes> {
        let mut request = Request::new(self.body);
        *request.method_mut() = self.method.parse().unwrap();
        *request.uri_mut() = self.uri;
        *request.headers_mut() = self.headers;
        request
    }

    /// Scheme, host and port.
    #[must_use]
    pub fn origin(&self) -> String {
        let authority = self.uri.authority().map(ToString::to_string).unwrap_or_default();
        format!("{}://{authority}", self.uri.scheme_str().unwrap_or_default())
    }

    /// The path.
    #[must_use]
    pub fn path(&self) -> &str {
        self.uri.path()
    }

    /// The query without its question mark; empty if there is none.
    #[must_use]
    pub fn query(&self) -> &str {
        self.uri.query().unwrap_or_default()
    }

    /// Method, path and query, as in `GET /things?limit=1`.
    #[must_use]
    pub fn line(&self) -> String {
        let target = self.uri.path_and_query().map(ToString::to_string).unwrap_or_default();
        format!("{} {target}", self.method)
    }

    /// A header's text, if it is there.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// The body as text.
    #[must_use]
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    /// The body as JSON; null where it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

/// An answer with this status, content type and body.
#[must_use]
pub fn reply(status: u16, content_type: &'static str, body: impl Into<Bytes>) -> RawResponse {
    let headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(content_type))]);
    RawResponse::new(StatusCode::from_u16(status).unwrap(), headers, body)
}

/// What a script may answer with.
pub trait Reply {
    /// The answer.
    fn into_raw(self) -> RawResponse;
}

impl Reply for RawResponse {
    fn into_raw(self) -> RawResponse {
        self
    }
}

/// A status with a JSON body.
impl Reply for (u16, Value) {
    fn into_raw(self) -> RawResponse {
        reply(self.0, "application/json", self.1.to_string())
    }
}

/// A status with a body of no declared type.
impl Reply for (u16, &'static str) {
    fn into_raw(self) -> RawResponse {
        RawResponse::new(StatusCode::from_u16(self.0).unwrap(), HeaderMap::new(), self.1)
    }
}
