//! A post as it is kept: the [`Notification`], its mark, and how values are found in its body.

mod pointers;
mod stored;

pub use pointers::Pointers;
pub(crate) use stored::START;

use bytes::Bytes;
use care_client_core::wire::json;
use chrono::{DateTime, Utc};
use http::HeaderMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt;
use stored::Stored;

/// A request for help, as it was posted.
///
/// The body is kept as it came, whatever it holds: [`json`](Self::json) reads it if it can be read, and [`Pointers`]
/// find values in it once you know its form. The URL isn't kept, because a secret may be part of it.
///
/// Its JSON form is a line of a [`FileJournal`](crate::FileJournal). `Debug` shows no header values and no body.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Stored", try_from = "Stored")]
#[non_exhaustive]
pub struct Notification {
    /// Which notifier was called: the name that the [builder](crate::ReceiverBuilder::notifier) gave its secret.
    pub notifier: Box<str>,
    /// When it arrived.
    pub received_at: DateTime<Utc>,
    /// The headers as they came.
    pub headers: HeaderMap,
    /// The body as it came.
    pub body: Bytes,
    /// Whether it was stored before, as far as can be known.
    pub duplicate: Duplicate,
}

impl Notification {
    pub(crate) fn new(notifier: Box<str>, received_at: DateTime<Utc>, headers: HeaderMap, body: Bytes) -> Self {
        Self { notifier, received_at, headers, body, duplicate: Duplicate::No }
    }

    /// The body as JSON; `None` if it isn't JSON. It is a call for help all the same.
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

/// Whether a notification was stored before, as far as can be known.
///
/// A post is repeated when its acknowledgement was lost. Unless the service gives each delivery an id, nothing tells a
/// repetition from a second request: a resident who asks twice may send the same bytes twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Duplicate {
    /// Nothing like it was stored within the window.
    #[default]
    No,
    /// The same notifier got the same bytes before: a repetition, **or a second call for help**. Treat it as a second
    /// call.
    Probable,
    /// It has the id of a delivery that was stored before: see [`Service::delivery_id`](crate::Service::delivery_id)
    /// and [`ReceiverBuilder::id_pointer`](crate::ReceiverBuilder::id_pointer).
    Certain,
}

impl Duplicate {
    /// Whether somebody has to act on it: yes, unless it is certainly a delivery that was stored before.
    #[must_use]
    pub fn needs_action(self) -> bool {
        self != Self::Certain
    }
}
