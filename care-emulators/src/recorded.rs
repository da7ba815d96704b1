//! One request in the journal.

use std::fmt;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use bytes::Bytes;
use http::{HeaderMap, Method};
use serde_json::Value;

/// What stands in `Debug` where a value may be secret or personal.
const REDACTED: &str = "[redacted]";

/// Headers whose values are never secret; of all others `Debug` shows the names only.
const PLAIN: [&str; 6] = ["accept", "connection", "content-length", "content-type", "host", "user-agent"];

/// A request as an emulator received it.
///
/// `Debug` redacts the query, the body, and every header that may hold a secret. To compare those, use the fields and methods.
#[derive(Clone)]
#[non_exhaustive]
pub struct Recorded {
    /// Its method.
    pub method: Method,
    /// Its path as sent, prefix included.
    pub path: String,
    /// Its query without the question mark.
    pub query: Option<String>,
    /// Its headers. Values that may be secret are marked sensitive, so that `Debug` of the map doesn't show them either.
    pub headers: HeaderMap,
    body: Bytes,
}

impl Recorded {
    pub(crate) fn new(head: &http::request::Parts, body: Bytes) -> Self {
        let mut headers = head.headers.clone();
        for (name, value) in &mut headers {
            value.set_sensitive(!PLAIN.contains(&name.as_str()));
        }
        let query = head.uri.query().map(str::to_owned);
        Self { method: head.method.clone(), path: head.uri.path().to_owned(), query, headers, body }
    }

    /// Its body, empty when there was none.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Its body as JSON, `None` when it is none.
    #[must_use]
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// The first value of a header, `None` when it is absent or not visible ASCII.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Whether it was sent with this bearer token.
    #[must_use]
    pub fn has_bearer(&self, token: &str) -> bool {
        self.header("authorization").and_then(|value| value.strip_prefix("Bearer ")) == Some(token)
    }

    /// Whether it was sent with this user name and password by HTTP Basic.
    #[must_use]
    pub fn has_basic(&self, username: &str, password: &str) -> bool {
        let credentials = BASE64_STANDARD.encode(format!("{username}:{password}"));
        self.header("authorization").and_then(|value| value.strip_prefix("Basic ")) == Some(&credentials)
    }

    pub(crate) fn matches(&self, method: &str, path_suffix: &str) -> bool {
        self.method.as_str() == method && self.path.ends_with(path_suffix)
    }
}

impl fmt::Debug for Recorded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |name: &str| if PLAIN.contains(&name) { self.header(name) } else { None };
        let headers: Vec<_> =
            self.headers.keys().map(|name| (name.as_str(), shown(name.as_str()).unwrap_or(REDACTED))).collect();
        f.debug_struct("Recorded")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("query", &self.query.as_ref().map(|_| REDACTED))
            .field("headers", &headers)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}
