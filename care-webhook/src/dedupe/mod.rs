//! Marks repetitions. What a post has in common with its repetitions is a [`DedupeKey`]; a [`DedupeStore`] remembers
//! which keys were stored, and two posts with the same key that come at once pass one after the other.
//!
//! Marks are all that deduplication gives: nothing is dropped for being a duplicate, unless
//! [`ReceiverBuilder::suppress`](crate::ReceiverBuilder::suppress) says so.

mod in_flight;
mod memory;

pub(crate) use in_flight::InFlight;
pub use memory::MemoryDedupeStore;

use crate::notification::Notification;
use care_client_core::{BoxFuture, StoreError};
use chrono::{DateTime, Utc};
use std::{fmt, sync::Arc};

/// What two posts have in common if they may be the same one: the notifier, and the delivery's id, or else a hash of
/// the body.
///
/// `Debug` shows which of the two it is, and nothing of it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct DedupeKey {
    text: Box<str>,
    is_certain: bool,
}

impl DedupeKey {
    /// The key of a notification: its id, or else a hash of its body.
    pub(crate) fn new(notification: &Notification, id: Option<&str>) -> Self {
        let Notification { notifier, body, .. } = notification;
        match id {
            Some(id) => Self { text: format!("{notifier}:id:{id}").into(), is_certain: true },
            None => {
                Self { text: format!("{notifier}:body:{}:{:032x}", body.len(), hash(body)).into(), is_certain: false }
            }
        }
    }

    /// The key as text, for a database: the same for the same post, in every process and every version.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it is made of an id, so that a second one with this key is certainly the same request.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        self.is_certain
    }
}

impl fmt::Debug for DedupeKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DedupeKey").field("is_certain", &self.is_certain).finish_non_exhaustive()
    }
}

/// FNV-1a with 128 bits, by its published constants: the same in every version of Rust, and wide enough that two
/// different calls for help don't meet by chance. Whoever could make them meet on purpose has a valid secret.
fn hash(bytes: &[u8]) -> u128 {
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    bytes.iter().fold(OFFSET, |hash, byte| (hash ^ u128::from(*byte)).wrapping_mul(PRIME))
}

/// Remembers which posts were stored: a [`MemoryDedupeStore`](MemoryDedupeStore), or a database of yours, for a
/// receiver that runs in several processes.
///
/// A store that fails, panics or hangs never keeps a notification back: it is stored without a mark then.
pub trait DedupeStore: Send + Sync {
    /// Whether this key was recorded, not so long before `at` that it must be another request.
    ///
    /// # Errors
    ///
    /// Anything that kept it from looking.
    fn seen<'a>(&'a self, key: &'a DedupeKey, at: DateTime<Utc>) -> BoxFuture<'a, Result<bool, StoreError>>;

    /// Records a key, after its notification was stored.
    ///
    /// # Errors
    ///
    /// Anything that kept it from recording.
    fn record<'a>(&'a self, key: &'a DedupeKey, at: DateTime<Utc>) -> BoxFuture<'a, Result<(), StoreError>>;
}

impl<S: DedupeStore + ?Sized> DedupeStore for Arc<S> {
    fn seen<'a>(&'a self, key: &'a DedupeKey, at: DateTime<Utc>) -> BoxFuture<'a, Result<bool, StoreError>> {
        (**self).seen(key, at)
    }

    fn record<'a>(&'a self, key: &'a DedupeKey, at: DateTime<Utc>) -> BoxFuture<'a, Result<(), StoreError>> {
        (**self).record(key, at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderMap;

    fn key(notifier: &str, body: &'static str, pointer: Option<&str>) -> DedupeKey {
        let notification = Notification::new(notifier.into(), DateTime::UNIX_EPOCH, HeaderMap::new(), body.into());
        let id = pointer.and_then(|pointer| crate::service::id_at(&notification, pointer));
        DedupeKey::new(&notification, id.as_deref())
    }

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(hash(b""), 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d);
        assert_eq!(hash(b"a"), 0xd228_cb69_6f1a_8caf_7891_2b70_4e4a_8964);
    }

    #[test]
    fn an_id_is_certain_and_bytes_are_not() {
        let by_id = key("desk", r#"{"id":7,"try":1}"#, Some("/id"));
        assert_eq!((by_id.as_str(), by_id.is_certain()), ("desk:id:7", true));
        assert_eq!(by_id, key("desk", r#"{"id":7,"try":2}"#, Some("/id")));
        assert_ne!(by_id, key("desk", r#"{"id":"7"}"#, Some("/id")), "another type is another id");
        assert_ne!(by_id, key("night", r#"{"id":7}"#, Some("/id")));
        for id in ["18446744073709551615", "-9223372036854775808"] {
            let body: &'static str = Box::leak(format!(r#"{{"id":{id}}}"#).into());
            let key = key("desk", body, Some("/id"));
            assert_eq!(
                (key.as_str(), key.is_certain()),
                (format!("desk:id:{id}").as_str(), true),
                "every digit counts"
            );
        }
        for (body, pointer) in [
            (r#"{"id":7}"#, None),
            (r#"{"id":null}"#, Some("/id")),
            (r#"{"id":" "}"#, Some("/id")),
            (r#"{"id":[7]}"#, Some("/id")),
            (r#"{"id":12345678901234567890123}"#, Some("/id")),
            (r#"{"id":7.0}"#, Some("/id")),
            ("help", Some("/id")),
            ("", None),
        ] {
            let key = key("desk", body, pointer);
            assert!(!key.is_certain() && key.as_str().starts_with("desk:body:"), "{body}");
            assert!(!format!("{key:?}").contains("desk"));
        }
        assert_ne!(key("desk", "a", None), key("desk", "b", None));
    }
}
