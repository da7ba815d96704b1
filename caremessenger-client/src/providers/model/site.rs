use crate::ids::{CalendarId, CustomerId, SiteId};
use care_client_core::{Personal, wire::timestamp};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::value::RawValue;
use std::fmt;

/// A site, as it stands within a provider that hangs on it.
///
/// Source: CareMessenger, *Assistance Requests*, "Response Format", <https://docs.caremessenger.co.uk/assistance.html>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Site {
    /// Its id: what was sent as `object_id`.
    pub id: SiteId,
    /// Its name.
    pub name: String,
    /// The name in small letters with hyphens.
    pub slug: String,
    /// The organisation that it belongs to.
    pub customer: CustomerId,
    /// When it was made. It differs from [`modified`](Self::modified) by milliseconds in the documented example, so the
    /// two don't tell whether a site was ever changed (defect [`CARE-14`](crate::defects)).
    #[serde(with = "timestamp")]
    pub created: DateTime<Utc>,
    /// When it was last changed.
    #[serde(with = "timestamp")]
    pub modified: DateTime<Utc>,
    /// The latitude, if it is set.
    #[serde(default)]
    pub lat: Option<Personal<Coordinate>>,
    /// The longitude, if it is set.
    #[serde(default)]
    pub lon: Option<Personal<Coordinate>>,
    /// Whether it is in use.
    pub is_active: bool,
    /// Its calendar, if it has one (defect [`CARE-16`](crate::defects)).
    #[serde(default)]
    pub calendar: Option<CalendarId>,
}

/// A latitude or longitude in degrees, as the server wrote it: defect [`CARE-13`](crate::defects).
///
/// The documents show none but `null`, and the vendor's framework writes decimals as text by default. Both a number and
/// a text that is one are read, and the digits are kept as they came; it is written as text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Coordinate(Box<str>);

impl Coordinate {
    /// The digits as the server wrote them.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number, in degrees.
    #[must_use]
    pub fn degrees(&self) -> f64 {
        // It was a finite number when it was read.
        self.0.parse().unwrap_or_default()
    }

    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let number: f64 = text.parse().ok()?;
        number.is_finite().then(|| Self(text.into()))
    }
}

impl fmt::Display for Coordinate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Coordinate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Coordinate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        let text = serde_json::from_str::<String>(raw.get());
        let text = text.as_deref().unwrap_or(raw.get());
        Self::parse(text).ok_or_else(|| de::Error::custom("expected a finite number of degrees, or text that is one"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_texts_keep_their_digits() {
        // CARE-13
        for (json, text, degrees) in [
            ("51.50", "51.50", 51.5),
            (r#""51.507400""#, "51.507400", 51.5074),
            ("-0.1278123456789012345", "-0.1278123456789012345", -0.127_812_345_678_901_23),
            (r#"" 7 ""#, "7", 7.0),
            ("-1e-2", "-1e-2", -0.01),
        ] {
            let read: Coordinate = serde_json::from_str(json).unwrap();
            assert_eq!((read.as_str(), read.degrees()), (text, degrees), "{json}");
            let written = serde_json::to_string(&read).unwrap();
            assert_eq!(serde_json::from_str::<Coordinate>(&written).unwrap(), read);
            let value: serde_json::Value = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::from_value::<Coordinate>(value).unwrap().degrees(), degrees, "{json}");
        }
        for json in ["true", r#""""#, r#""north""#, r#""NaN""#, r#""inf""#, "[]", "{}", "null"] {
            assert!(serde_json::from_str::<Coordinate>(json).is_err(), "{json}");
        }
    }
}
