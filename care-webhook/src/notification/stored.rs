//! The form in which a notification is written: one line of JSON. It has not changed since revision 3e992b3.

use super::{Duplicate, Notification};
use base64::prelude::{BASE64_STANDARD, Engine};
use bytes::Bytes;
use care_client_core::wire::timestamp;
use chrono::{DateTime, Utc};
use http::{HeaderMap, HeaderName, HeaderValue};
use serde::{Deserialize, Serialize};

/// How a notification is written. The time comes first: that is how a journal is known for one.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Stored {
    #[serde(with = "timestamp")]
    received_at: DateTime<Utc>,
    notifier: Box<str>,
    #[serde(default)]
    duplicate: Duplicate,
    #[serde(default)]
    headers: Vec<(Box<str>, Octets)>,
    body: Octets,
}

/// How each line of a journal begins.
pub(crate) const START: &[u8] = br#"{"received_at":""#;

/// Bytes that are text most of the time.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Octets {
    Text(String),
    Base64(String),
}

impl Octets {
    fn of(bytes: &[u8]) -> Self {
        match str::from_utf8(bytes) {
            Ok(text) => Self::Text(text.to_owned()),
            Err(_) => Self::Base64(BASE64_STANDARD.encode(bytes)),
        }
    }

    fn bytes(self) -> Result<Bytes, &'static str> {
        match self {
            Self::Text(text) => Ok(text.into()),
            Self::Base64(text) => BASE64_STANDARD.decode(text).map(Bytes::from).map_err(|_| "the bytes are no base64"),
        }
    }
}

impl From<Notification> for Stored {
    fn from(notification: Notification) -> Self {
        let Notification { notifier, received_at, headers, body, duplicate } = notification;
        let header = |(name, value): (&HeaderName, &HeaderValue)| (name.as_str().into(), Octets::of(value.as_bytes()));
        Self {
            received_at,
            notifier,
            duplicate,
            headers: headers.iter().map(header).collect(),
            body: Octets::of(&body),
        }
    }
}

impl TryFrom<Stored> for Notification {
    type Error = &'static str;

    fn try_from(stored: Stored) -> Result<Self, Self::Error> {
        let mut headers = HeaderMap::new();
        for (name, value) in stored.headers {
            let name: HeaderName = name.parse().map_err(|_| "a header's name is none")?;
            let value = HeaderValue::from_maybe_shared(value.bytes()?).map_err(|_| "a header's value is none")?;
            headers.append(name, value);
        }
        let Stored { notifier, received_at, duplicate, body, .. } = stored;
        Ok(Self { notifier, received_at, headers, body: body.bytes()?, duplicate })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_comes_back() {
        let mut headers = HeaderMap::new();
        headers.append("x-a", HeaderValue::from_static("1"));
        headers.append("x-a", HeaderValue::from_bytes(b"\xe4").unwrap());
        for body in [&b""[..], b"{\"a\":\n1}", b"\xff\x00\n", "ä\u{2028}\u{0}".as_bytes(), b"<a/>"] {
            let at = "2026-11-28T02:03:04.000000005Z".parse().unwrap();
            let mut notification = Notification::new("desk".into(), at, headers.clone(), Bytes::from(body));
            notification.duplicate = Duplicate::Probable;
            let line = serde_json::to_string(&notification).unwrap();
            assert!(line.as_bytes().starts_with(START) && !line.contains('\n'), "{line}");
            assert_eq!(serde_json::from_str::<Notification>(&line).unwrap(), notification);
        }
    }

    #[test]
    fn a_line_of_a_newer_version_and_one_without_what_can_be_missing_are_read() {
        let line = r#"{"received_at":"2026-11-28T02:03:04Z","notifier":"desk","body":{"text":"x"},"new":1}"#;
        assert_eq!(serde_json::from_str::<Notification>(line).unwrap().body, "x");
        for wrong in [
            r#"{"received_at":"2026-11-28T02:03:04Z","notifier":"desk","body":{"base64":"?"}}"#,
            r#"{"received_at":"2026-11-28T02:03:04Z","notifier":"","headers":[["a ",{"text":""}]],"body":{"text":""}}"#,
            r#"{"received_at":"2026-11-28T02:03:04Z","notifier":"desk"}"#,
        ] {
            assert!(serde_json::from_str::<Notification>(wrong).is_err(), "{wrong}");
        }
    }
}
