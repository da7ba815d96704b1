//! Identifiers: text that is compared and sent unchanged.
//!
//! `0000001`, `in-progress-alarm` and `Stolen Spot` are documented identifiers, so nothing is trimmed, and digits stay
//! text (defect `LEAP-13`).

use care_client_core::Error;

care_client_core::wire::text_id! {
    /// LEAP's identifier of a support request, such as `10000001`, `0000001` or `in-progress-alarm`.
    ///
    /// Source: Majitek, *Requests Web Services API*, <http://docs.majitek.com/plaza/dev/Requests+Web+Services+API>.
    pub struct RequestId;

    /// The identifier that an external system has given a support request, such as `MAX-1234`.
    ///
    /// It is optional, and any external system can change it at any time.
    ///
    /// Source: Majitek, *Requests Web Services API*, "Update the external identifier for a support request",
    /// <http://docs.majitek.com/plaza/dev/Requests+Web+Services+API>.
    pub struct ExternalId;

    /// LEAP's identifier of a topic (the type of an issue), such as `Parking`.
    ///
    /// No operation lists topics (defect [`LEAP-26`](crate::defects)): ask the operator, or collect them from requests.
    ///
    /// Source: Majitek, *Requests Web Services API*, "Find all support requests classified by topic",
    /// <http://docs.majitek.com/plaza/dev/Requests+Web+Services+API>.
    pub struct TopicId;
}

/// Identifies a support request, by LEAP's identifier or by its external one.
///
/// Plain text does not convert to a key: nothing in it says which of the two identifiers it is, and the wrong one may
/// identify another request.
///
/// ```
/// use leap_client::{RequestId, RequestKey};
///
/// let key = RequestKey::external("MAX-1234");
/// assert_eq!(RequestKey::from(RequestId::from("10000001")), RequestKey::id("10000001"));
/// assert_ne!(key, RequestKey::id("MAX-1234"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RequestKey {
    /// By LEAP's identifier.
    Id(RequestId),
    /// By its external identifier.
    External(ExternalId),
}

impl RequestKey {
    /// By LEAP's identifier.
    pub fn id(id: impl Into<RequestId>) -> Self {
        Self::Id(id.into())
    }

    /// By its external identifier.
    pub fn external(id: impl Into<ExternalId>) -> Self {
        Self::External(id.into())
    }

    /// The identifier as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Id(id) => id.as_str(),
            Self::External(id) => id.as_str(),
        }
    }

    /// # Errors
    ///
    /// As [`RequestId::check`] or [`ExternalId::check`].
    pub(crate) fn check(&self) -> Result<(), Error> {
        match self {
            Self::Id(id) => id.check(),
            Self::External(id) => id.check(),
        }
    }
}

impl From<RequestId> for RequestKey {
    fn from(id: RequestId) -> Self {
        Self::Id(id)
    }
}

impl From<&RequestId> for RequestKey {
    fn from(id: &RequestId) -> Self {
        Self::Id(id.clone())
    }
}

impl From<ExternalId> for RequestKey {
    fn from(id: ExternalId) -> Self {
        Self::External(id)
    }
}

impl From<&ExternalId> for RequestKey {
    fn from(id: &ExternalId) -> Self {
        Self::External(id.clone())
    }
}

impl From<&RequestKey> for RequestKey {
    fn from(key: &RequestKey) -> Self {
        key.clone()
    }
}

/// Path segments of the service that stand where an identifier would.
const RESERVED: [&str; 4] = ["extid", "external", "acked", "by-topic"];

impl RequestId {
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if a path with it would address something else (defect
    /// [`LEAP-08`](crate::defects)): without an identifier, for example, it is the path of the whole list.
    pub(crate) fn check(&self) -> Result<(), Error> {
        check(self.as_str(), "the identifier of the request")?;
        if RESERVED.contains(&self.as_str()) {
            return Err(Error::request(
                "the identifier of the request is reserved: extid, external, acked and by-topic are path segments",
            ));
        }
        Ok(())
    }
}

impl ExternalId {
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if a path with it would address something else.
    pub(crate) fn check(&self) -> Result<(), Error> {
        check(self.as_str(), "the external identifier")
    }
}

impl TopicId {
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if a path with it would address something else.
    pub(crate) fn check(&self) -> Result<(), Error> {
        check(self.as_str(), "the identifier of the topic")
    }
}

fn check(text: &str, what: &str) -> Result<(), Error> {
    let wrong = if text.trim().is_empty() {
        "is empty"
    } else if matches!(text, "." | "..") {
        "is `.` or `..`, which would change the path"
    } else if text.chars().any(char::is_control) {
        "contains a control character, such as a line break"
    } else {
        return Ok(());
    };
    Err(Error::request(format!("{what} {wrong}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use care_client_core::Kind;

    #[test]
    fn a_name_that_would_address_something_else_is_rejected() {
        for text in ["", " ", "\u{a0}\t", ".", "..", "CANARY\n", "\u{0}CANARY", "CANARY\u{7f}", "CANARY\u{85}"] {
            for error in [
                RequestKey::id(text).check(),
                RequestKey::external(text).check(),
                RequestId::from(text).check(),
                ExternalId::from(text).check(),
                TopicId::from(text).check(),
            ] {
                let error = error.expect_err(text);
                assert_eq!(error.kind(), Kind::Request, "{text:?}");
                assert!(!format!("{error} {error:?} {}", error.report()).contains("CANARY"), "{text:?}: {error}");
            }
        }
    }

    #[test]
    fn reserved_segments_are_rejected_only_as_request_identifiers() {
        for word in RESERVED {
            assert!(RequestId::from(word).check().is_err() && RequestKey::id(word).check().is_err(), "{word}");
            assert!(ExternalId::from(word).check().is_ok() && RequestKey::external(word).check().is_ok(), "{word}");
            assert!(TopicId::from(word).check().is_ok(), "{word}");
        }
    }

    #[test]
    fn any_other_text_is_an_identifier_unchanged() {
        for text in ["0000001", "in-progress-alarm", "a/b", " 1 ", "%2e%2e", "...", "Extid", "ä?#&", "in-state"] {
            for checked in [RequestId::from(text).check(), ExternalId::from(text).check(), TopicId::from(text).check()]
            {
                assert!(checked.is_ok(), "{text}");
            }
            assert_eq!(RequestKey::id(text).as_str(), text);
        }
    }
}
