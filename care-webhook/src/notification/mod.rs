use super::{Duplicate, stored::Stored};
use bytes::Bytes;
use care_client_core::wire::json;
use chrono::{DateTime, Utc};
use http::HeaderMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt;

/// A request for help, as it was posted.
///
/// What the body holds, no document says (defect [`CARE-28`](crate::defects)): [`json`](Self::json) reads it if it can be read, and
/// [`Pointers`](super::Pointers) find values in it once you know its form. The URL isn't kept, for its secret would be.
///
/// Its JSON form is a line of a [`FileJournal`](super::FileJournal). `Debug` shows no header values and no body.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Stored", try_from = "Stored")]
#[non_exhaustive]
pub struct Notification {
    /// Which notifier was called: the name that the [builder](super::ReceiverBuilder::notifier) gave its secret (defect
    /// [`CARE-33`](crate::defects)).
    pub notifier: Box<str>,
    /// When it arrived.
    pub received_at: DateTime<Utc>,
    /// The headers as they came.
    pub headers: HeaderMap,
    /// The body as it came.
    pub body: Bytes,
    /// Whether it was stored before, as far as can be told.
    pub duplicate: Duplicate,
}

impl Notification {
    pub(super) fn new(notifier: Box<str>, received_at: DateTime<Utc>, headers: HeaderMap, body: Bytes) -> Self {
        Self { notifier, received_at, headers, body, duplicate: Duplicate::No }
    }

    /// The body as JSON; `None` if it is none. A call for help all the same.
    #[must_use]
    pub fn json(&self) -> Option<Value> {
        json::read(&self.body).ok()
    }

    /// The value in the JSON body at a [JSON pointer](https://www.rfc-editor.org/rfc/rfc6901), such as `/resident/id`.
    #[must_use]
    pub fn at(&self, pointer: &str) -> Option<Value> {
        self.json()?.pointer_mut(pointer).map(Value::take)
    }
}

impl fmt::Debug for Notification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Notification")
            .field("notifier", &self.notifier)
            .field("received_at", &self.received_at)
            .field("headers", &self.headers.len())
            .field("body_bytes", &self.body.len())
            .field("duplicate", &self.duplicate)
            .finish()
    }
}
