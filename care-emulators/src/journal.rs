//! The journal: the requests that reached an emulator.

use crate::lock::lock;
use base64::prelude::{BASE64_STANDARD, Engine as _};
use bytes::Bytes;
use http::{HeaderMap, Method};
use serde_json::Value;
use std::{
    collections::VecDeque,
    fmt,
    sync::{Arc, Mutex},
};

/// The requests that reached an emulator, oldest first.
///
/// A request is recorded once it was read completely, whatever happens to it afterwards, also if a planned failure
/// drops it before its commit. Requests that ended earlier (refused while the emulator is down, closed unread) and
/// requests to the emulator's own control endpoints are not recorded.
///
/// The journal keeps the newest [`CAPACITY`](Journal::CAPACITY) requests and at most [`MAX_BYTES`](Journal::MAX_BYTES)
/// of their bodies; it drops the oldest first, and [`total`](Journal::total) still counts them. Clones share one
/// journal.
#[derive(Debug, Clone, Default)]
pub struct Journal(Arc<Mutex<Kept>>);

#[derive(Debug, Default)]
struct Kept {
    requests: VecDeque<Recorded>,
    bytes: usize,
    total: u64,
}

impl Journal {
    /// The maximum number of kept requests: 10,000.
    pub const CAPACITY: usize = 10_000;
    /// The maximum size of all kept bodies: 64 MiB.
    pub const MAX_BYTES: usize = 64 << 20;

    pub(crate) fn record(&self, request: Recorded) {
        let mut kept = lock(&self.0);
        kept.total += 1;
        kept.bytes += request.body().len();
        kept.requests.push_back(request);
        while kept.requests.len() > Self::CAPACITY || kept.bytes > Self::MAX_BYTES {
            let Some(oldest) = kept.requests.pop_front() else { break };
            kept.bytes -= oldest.body().len();
        }
    }

    /// Returns the kept requests, oldest first.
    #[must_use]
    pub fn requests(&self) -> Vec<Recorded> {
        lock(&self.0).requests.iter().cloned().collect()
    }

    /// Counts the kept requests with this method and a path that ends with `path_suffix`.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// let emulator = care_emulators::aura::Emulator::start().await?;
    /// assert_eq!(emulator.journal().count(http::Method::POST, "/callouts"), 0);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn count(&self, method: impl AsRef<str>, path_suffix: &str) -> usize {
        lock(&self.0).requests.iter().filter(|request| request.matches(method.as_ref(), path_suffix)).count()
    }

    /// Returns how many requests were recorded since the journal was last cleared, including dropped ones.
    #[must_use]
    pub fn total(&self) -> u64 {
        lock(&self.0).total
    }

    /// Removes all requests and resets [`total`](Journal::total).
    pub fn clear(&self) {
        *lock(&self.0) = Kept::default();
    }
}

/// What `Debug` prints for a value that may be secret or personal.
const REDACTED: &str = "[redacted]";

/// Headers whose values are never secret. Of all others, `Debug` prints only the names.
const PLAIN: [&str; 6] = ["accept", "connection", "content-length", "content-type", "host", "user-agent"];

/// A request as an emulator received it.
///
/// `Debug` redacts the query, the body, and every header that may hold a secret. Use the fields and methods to compare
/// those.
#[derive(Clone)]
#[non_exhaustive]
pub struct Recorded {
    /// The method.
    pub method: Method,
    /// The path as sent, including the prefix.
    pub path: String,
    /// The query without the question mark.
    pub query: Option<String>,
    /// The headers. Values that may be secret are marked sensitive, so that `Debug` of the map redacts them, too.
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

    /// Returns the body, which is empty if there was none.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Returns the body as JSON, or `None` if it isn't JSON.
    #[must_use]
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// Returns the first value of a header, or `None` if it is absent or isn't visible ASCII.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Returns whether the request carried this bearer token.
    #[must_use]
    pub fn has_bearer(&self, token: &str) -> bool {
        self.header("authorization").and_then(|value| value.strip_prefix("Bearer ")) == Some(token)
    }

    /// Returns whether the request carried this user name and password as HTTP Basic.
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

#[cfg(test)]
mod tests {
    use super::*;

    fn request(path: &str, body: Bytes) -> Recorded {
        let (head, ()) = http::Request::post(path).body(()).unwrap().into_parts();
        Recorded::new(&head, body)
    }

    #[test]
    fn keeps_the_newest_and_counts_all() {
        let journal = Journal::default();
        for n in 0..=Journal::CAPACITY {
            journal.record(request(&format!("/{n}"), Bytes::new()));
        }
        assert_eq!(journal.total(), Journal::CAPACITY as u64 + 1);
        let kept = journal.requests();
        assert_eq!(kept.len(), Journal::CAPACITY);
        assert_eq!(kept[0].path, "/1");
    }

    #[test]
    fn keeps_a_bounded_number_of_bytes() {
        let journal = Journal::default();
        let body = Bytes::from(vec![0; Journal::MAX_BYTES / 2]);
        for path in ["/a", "/b", "/c"] {
            journal.record(request(path, body.clone()));
        }
        let kept: Vec<_> = journal.requests().into_iter().map(|request| request.path).collect();
        assert_eq!(kept, ["/b", "/c"]);
        journal.clear();
        journal.record(request("/d", body));
        assert_eq!((journal.total(), journal.requests().len()), (1, 1));
    }
}
