//! Points in time: written as RFC 3339 in UTC with milliseconds, read from that form and its dialects.
//!
//! Read are the form of RFC 3339 (`2019-06-26T08:26:34.148Z`), any fraction or none, offsets as `Z`, `+02:00`,
//! `+0200`, `+02` or with seconds (`+02:00:30`), and a blank or a small letter where the standard has `T` and `Z`. The
//! end of a day may be `24:00:00`, as in XML Schema's `xs:dateTime`, and the seconds may be left out, as Java's
//! `OffsetDateTime.toString` leaves them out where they are zero (`2011-02-08T22:00Z`). A date and time without an
//! offset is no point in time and is refused, as are leap seconds and dates that don't exist. Digits past the
//! nanosecond are dropped.
//!
//! ```
//! use care_client_core::wire::timestamp;
//! use chrono::{DateTime, Utc};
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Serialize, Deserialize)]
//! struct Callout {
//!     #[serde(with = "timestamp")]
//!     created_at: DateTime<Utc>,
//!     #[serde(default, with = "timestamp::option")]
//!     resolved_at: Option<DateTime<Utc>>,
//! }
//!
//! let text = r#"{"created_at": "2019-06-26 10:26:34+02:00", "resolved_at": ""}"#;
//! let callout: Callout = serde_json::from_str(text)?;
//! assert_eq!(callout.resolved_at, None);
//! let written = r#"{"created_at":"2019-06-26T08:26:34.000Z","resolved_at":null}"#;
//! assert_eq!(serde_json::to_string(&callout)?, written);
//! # Ok::<(), serde_json::Error>(())
//! ```

mod parse;

use std::fmt;

use chrono::{DateTime, Datelike, SecondsFormat, Timelike, Utc};
use serde::de::{self, Deserializer, Unexpected, Visitor};
use serde::ser::{Error as _, Serializer};

pub use parse::parse;

/// Writes a point in time in UTC with milliseconds and `Z`; a finer fraction keeps its digits, so nothing is lost.
///
/// # Errors
///
/// Refuses years outside 0–9999, which the form can't express.
pub fn serialize<S: Serializer>(at: &DateTime<Utc>, serializer: S) -> Result<S::Ok, S::Error> {
    if !(0..=9999).contains(&at.year()) {
        return Err(S::Error::custom("a year outside 0 to 9999 has no RFC 3339 form"));
    }
    let form = if at.nanosecond().is_multiple_of(1_000_000) { SecondsFormat::Millis } else { SecondsFormat::AutoSi };
    serializer.collect_str(&at.to_rfc3339_opts(form, true))
}

/// Reads a point in time.
///
/// # Errors
///
/// Refuses everything but text that [`parse`] accepts; the error doesn't repeat the text.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime<Utc>, D::Error> {
    deserializer.deserialize_str(Instant)
}

/// The same for `Option<DateTime<Utc>>`: `null` and `""` are `None`. Use it with `#[serde(default)]`.
pub mod option {
    use super::{DateTime, Deserializer, MaybeInstant, Serializer, Utc};

    /// Writes a point in time, or `null`.
    ///
    /// # Errors
    ///
    /// As [`timestamp::serialize`](super::serialize()).
    pub fn serialize<S: Serializer>(at: &Option<DateTime<Utc>>, serializer: S) -> Result<S::Ok, S::Error> {
        match at {
            Some(at) => super::serialize(at, serializer),
            None => serializer.serialize_none(),
        }
    }

    /// Reads a point in time, `null` or `""`.
    ///
    /// # Errors
    ///
    /// As [`timestamp::deserialize`](super::deserialize()).
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<DateTime<Utc>>, D::Error> {
        deserializer.deserialize_option(MaybeInstant)
    }
}

struct Instant;

impl Visitor<'_> for Instant {
    type Value = DateTime<Utc>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date and time with offset, as 2019-06-26T08:26:34.148Z")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        parse(text).ok_or_else(|| E::invalid_value(Unexpected::Other("text"), &self))
    }
}

struct MaybeInstant;

impl<'de> Visitor<'de> for MaybeInstant {
    type Value = Option<DateTime<Utc>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Instant.expecting(f)
    }

    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_none<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        if text.is_empty() { Ok(None) } else { Instant.visit_str(text).map(Some) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::{Deserialize, Serialize};

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Row {
        #[serde(with = "super")]
        at: DateTime<Utc>,
        #[serde(default, with = "super::option")]
        then: Option<DateTime<Utc>>,
    }

    fn read(text: &str) -> Result<Row, serde_json::Error> {
        serde_json::from_str(text)
    }

    #[test]
    fn null_absent_and_empty_are_none_but_never_for_a_required_one() {
        for then in ["", r#","then":null"#, r#","then":"""#] {
            assert_eq!(read(&format!(r#"{{"at":"2019-06-26T08:26:34Z"{then}}}"#)).unwrap().then, None, "{then}");
        }
        for at in ["null", r#""""#, "5", "{}", r#""yesterday""#] {
            let error = read(&format!(r#"{{"at":{at}}}"#)).unwrap_err().to_string();
            assert!(error.contains("expected a date and time with offset"), "{error}");
            assert!(!error.contains("yesterday"), "{error}");
        }
        assert!(read(r#"{"at":"2019-06-26T08:26:34Z","then":"soon"}"#).is_err());
    }

    #[test]
    fn written_with_milliseconds_or_more_where_there_is_more() {
        for (read_as, written) in [
            ("2019-06-26T08:26:34Z", "2019-06-26T08:26:34.000Z"),
            ("2019-06-26T08:26:34.148Z", "2019-06-26T08:26:34.148Z"),
            ("2019-06-26T10:26:34.1+02:00", "2019-06-26T08:26:34.100Z"),
            ("2019-06-26T08:26:34.148001Z", "2019-06-26T08:26:34.148001Z"),
            ("2019-06-26T08:26:34.000000001Z", "2019-06-26T08:26:34.000000001Z"),
        ] {
            let at = parse(read_as).unwrap();
            let text = serde_json::to_string(&Row { at, then: Some(at) }).unwrap();
            assert_eq!(text, format!(r#"{{"at":"{written}","then":"{written}"}}"#));
            assert_eq!(read(&text).unwrap(), Row { at, then: Some(at) });
        }
    }

    #[test]
    fn a_year_without_a_form_is_not_written() {
        for at in [DateTime::<Utc>::MAX_UTC, DateTime::<Utc>::MIN_UTC] {
            assert!(serde_json::to_string(&Row { at, then: None }).is_err());
        }
    }
}
