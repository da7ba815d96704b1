//! How a service posts: where its secret is, what identifies a delivery, how long it repeats, what it wants as an
//! answer.
//!
//! A [`Receiver`](crate::Receiver) knows nothing of any service. It gets a [`Service`]: mostly one of the two that are
//! here, [`SecretInPath`] for a service that lets you choose the URL, and [`SecretInHeader`] for one that sends a
//! header of yours.
//!
//! ```
//! use care_webhook::{MemorySink, Receiver, SecretInHeader};
//! use std::time::Duration;
//!
//! // Posts carry a secret in a header and an id in their body, for up to three hours.
//! let service = SecretInHeader::new("x-dimelo-secret".parse()?)
//!     .with_id_pointer("/id")
//!     .with_dedupe_window(Duration::from_secs(4 * 3_600));
//! let receiver = Receiver::builder(service, MemorySink::new())
//!     .notifier("inbox", "3f9d2c51b7e04a68")
//!     .build()?;
//! # drop(receiver);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use crate::notification::Notification;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, Response, StatusCode, request::Parts};
use serde_json::Value;
use std::time::Duration;

/// The window of the services in this module, unless set.
const WINDOW: Duration = Duration::from_secs(600);

/// What a receiver has to know about the service that posts.
pub trait Service: Send + Sync + 'static {
    /// The secret that a request shows, from wherever this service puts it. It is called once for each request, before
    /// the body is read, and what it returns is compared once with each notifier's secrets, in constant time.
    fn secret<'r>(&self, request: &'r Parts) -> Option<&'r str>;

    /// What identifies the delivery: the same text for each repetition, and another one for each other delivery. With
    /// `None` the bytes of the body are compared instead, which proves less:
    /// [`Duplicate::Probable`](crate::Duplicate::Probable). Default: none.
    fn delivery_id(&self, _notification: &Notification) -> Option<String> {
        None
    }

    /// How far back deduplication looks: longer than the service repeats a post.
    fn dedupe_window(&self) -> Duration;

    /// The status that acknowledges a post. Default: 200.
    fn acknowledgement(&self) -> StatusCode {
        StatusCode::OK
    }

    /// Answers a request that isn't a POST, such as a check that the URL is yours. Default: `None`, which is answered
    /// 405.
    fn handshake(&self, _request: &Parts) -> Option<Response<Bytes>> {
        None
    }
}

/// A service that posts to a URL of your choice: its last segment is the secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretInPath {
    window: Duration,
}

impl Default for SecretInPath {
    fn default() -> Self {
        Self::new()
    }
}

impl SecretInPath {
    /// Such a service, with a window of 10 minutes.
    #[must_use]
    pub fn new() -> Self {
        Self { window: WINDOW }
    }

    /// Sets how far back deduplication looks. Default: 10 minutes.
    #[must_use]
    pub fn with_dedupe_window(mut self, window: Duration) -> Self {
        self.window = window;
        self
    }
}

impl Service for SecretInPath {
    fn secret<'r>(&self, request: &'r Parts) -> Option<&'r str> {
        request.uri.path().trim_end_matches('/').rsplit('/').next()
    }

    fn dedupe_window(&self) -> Duration {
        self.window
    }
}

/// A service that sends your secret in a header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretInHeader {
    name: HeaderName,
    window: Duration,
    id_pointer: Option<Box<str>>,
}

impl SecretInHeader {
    /// Such a service, with a window of 10 minutes.
    #[must_use]
    pub fn new(name: HeaderName) -> Self {
        Self { name, window: WINDOW, id_pointer: None }
    }

    /// Sets how far back deduplication looks. Default: 10 minutes.
    #[must_use]
    pub fn with_dedupe_window(mut self, window: Duration) -> Self {
        self.window = window;
        self
    }

    /// Sets where in a JSON body the id of the delivery is, as a [JSON pointer](https://www.rfc-editor.org/rfc/rfc6901)
    /// such as `/id`. Default: none.
    #[must_use]
    pub fn with_id_pointer(mut self, pointer: impl Into<Box<str>>) -> Self {
        self.id_pointer = Some(pointer.into());
        self
    }
}

impl Service for SecretInHeader {
    fn secret<'r>(&self, request: &'r Parts) -> Option<&'r str> {
        request.headers.get(&self.name)?.to_str().ok()
    }

    fn delivery_id(&self, notification: &Notification) -> Option<String> {
        id_at(notification, self.id_pointer.as_deref()?)
    }

    fn dedupe_window(&self) -> Duration {
        self.window
    }
}

/// The id at a pointer: a whole number of up to 64 bits, or a text that isn't blank. Any other number is rounded when
/// it is read: two of them could meet, and a call for help would be taken for another one.
pub(crate) fn id_at(notification: &Notification, pointer: &str) -> Option<String> {
    let id = notification.at(pointer)?;
    let is_exact = |id: &Value| id.is_u64() || id.is_i64() || id.as_str().is_some_and(|id| !id.trim().is_empty());
    is_exact(&id).then(|| id.to_string())
}

/// Checks a post beyond its secret: a header that your proxy adds, or a signature, should the service have one.
///
/// A function is one:
///
/// ```
/// # let sink = care_webhook::MemorySink::new();
/// use care_webhook::{Receiver, SecretInPath};
/// use http::HeaderMap;
///
/// let receiver = Receiver::builder(SecretInPath::new(), sink)
///     .notifier("duty desk", "3f9d2c51b7e04a68")
///     .verifier(|headers: &HeaderMap, _body: &[u8]| headers.contains_key("x-from-our-proxy"))
///     .build()?;
/// # Ok::<(), care_webhook::Error>(())
/// ```
pub trait Verifier: Send + Sync {
    /// Whether the post is the service's, by its headers and the bytes of its body. If it isn't, the answer is 401 and
    /// nothing is stored: a mistake here loses calls for help. A verifier that panics is answered 503.
    fn verify(&self, headers: &HeaderMap, body: &Bytes) -> bool;
}

impl<F: Fn(&HeaderMap, &[u8]) -> bool + Send + Sync> Verifier for F {
    fn verify(&self, headers: &HeaderMap, body: &Bytes) -> bool {
        self(headers, body)
    }
}
