//! Reporting where the person is: a position, and the operation that sends it.

use crate::{environment::DOCUMENT, ids::CalloutId};
use care_client_core::{DecodeError, Endpoint, Error, Operation, Personal, RawResponse, RequestParts, Safety};
use serde::{Deserialize, Deserializer, Serialize};

/// A position as a phone measured it, in degrees of WGS 84 and metres.
///
/// It is personal data: `Debug` hides it. AURA takes coordinates as numbers and answers them as text (defect
/// [`AURA-13`](crate::defects)).
///
/// ```
/// use aura_client::Fix;
///
/// let fix = Fix::new(-26.100054, 28.051).accuracy(12.5);
/// assert_eq!(fix.accuracy_metres(), Some(12.5));
/// ```
///
/// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020, "Creating a Callout" and "Callout Location Updates",
/// <https://docs.aura.services/integration-guidelines.html>.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Fix {
    latitude: Personal<f64>,
    longitude: Personal<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "known_accuracy")]
    accuracy: Option<Personal<f64>>,
}

/// As [`Fix::accuracy`] takes it.
fn known_accuracy<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Personal<f64>>, D::Error> {
    let metres = Option::<f64>::deserialize(deserializer)?;
    Ok(metres.and_then(|metres| Fix::new(0.0, 0.0).accuracy(metres).accuracy))
}

impl Fix {
    /// Creates a position from latitude (north is positive) and longitude (east is positive), in degrees.
    #[must_use]
    pub const fn new(latitude: f64, longitude: f64) -> Self {
        Self { latitude: Personal(latitude), longitude: Personal(longitude), accuracy: None }
    }

    /// Sets its accuracy in metres: how far off it may be. A negative number, by which phones say that they don't know,
    /// and one that isn't finite count as unknown: a call for help goes out all the same.
    #[must_use]
    pub const fn accuracy(mut self, metres: f64) -> Self {
        self.accuracy = if metres >= 0.0 && metres.is_finite() { Some(Personal(metres)) } else { None };
        self
    }

    /// The latitude in degrees.
    #[must_use]
    pub const fn latitude(&self) -> f64 {
        self.latitude.0
    }

    /// The longitude in degrees.
    #[must_use]
    pub const fn longitude(&self) -> f64 {
        self.longitude.0
    }

    /// Its accuracy in metres, if the phone measured it.
    #[must_use]
    pub fn accuracy_metres(&self) -> Option<f64> {
        self.accuracy.map(Personal::into_inner)
    }

    /// Refuses invalid coordinates. JSON would write NaN as null, and nobody would find the person.
    pub(crate) fn checked(&self) -> Result<(), Error> {
        let within = |value: f64, limit: f64| value.is_finite() && value.abs() <= limit;
        if !within(self.latitude(), 90.0) || !within(self.longitude(), 180.0) {
            return Err(Error::request(
                "invalid coordinates: latitude goes from -90 to 90 degrees, longitude from -180 to 180; check that \
                 they \
                 aren't swapped",
            ));
        }
        Ok(())
    }
}

/// Reports where the person is now. Made by [`Callouts::update_location`](super::Callouts::update_location).
///
/// The guide shows no body; this sends what the create call sends, and accepts any answer of the service: defects
/// [`AURA-38`](crate::defects) and [`AURA-39`](crate::defects).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UpdateLocation {
    id: CalloutId,
    fix: Fix,
}

impl UpdateLocation {
    pub(crate) fn new(id: CalloutId, fix: Fix) -> Self {
        Self { id, fix }
    }
}

impl Endpoint for UpdateLocation {
    type Output = ();

    const OPERATION: &'static Operation = &Operation::new(
        "aura.callouts.update_location",
        "/callouts/{calloutId}/location",
        Safety::Idempotent,
        DOCUMENT,
    );

    fn parts(&self) -> Result<RequestParts, Error> {
        self.fix.checked()?;
        RequestParts::post(["callouts".into(), self.id.to_string(), "location".into()]).json(&self.fix)
    }

    fn decode(&self, response: &RawResponse) -> Result<(), DecodeError> {
        response.accepted()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invalid_positions_are_refused_without_being_quoted() {
        for (latitude, longitude) in [(90.01, 0.0), (0.0, -180.01), (f64::NAN, 0.0), (0.0, f64::INFINITY)] {
            let error = Fix::new(latitude, longitude).checked().unwrap_err();
            assert_eq!(error.kind(), care_client_core::Kind::Request);
            assert!(!error.to_string().contains(".01"));
        }
        assert!(Fix::new(-90.0, 180.0).accuracy(0.0).checked().is_ok());
    }

    #[test]
    fn an_accuracy_that_is_none_is_left_out_and_stops_no_call_for_help() {
        for metres in [-1.0, -0.1, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let fix = Fix::new(-26.5, 28.25).accuracy(20.0).accuracy(metres);
            assert!(fix.checked().is_ok() && fix.accuracy_metres().is_none(), "{metres}");
            assert!(!serde_json::to_string(&fix).unwrap().contains("accuracy"), "{metres}");
        }
        let fix: Fix = serde_json::from_str(r#"{"latitude":1,"longitude":2,"accuracy":-1}"#).unwrap();
        assert_eq!(fix, Fix::new(1.0, 2.0));
        assert_eq!(Fix::new(1.0, 2.0).accuracy(0.0).accuracy_metres(), Some(0.0));
    }

    #[test]
    fn it_is_hidden_in_debug_and_written_as_numbers() {
        let fix = Fix::new(-26.5, 28.25);
        assert!(!format!("{fix:?}").contains("26"));
        assert_eq!(serde_json::to_string(&fix).unwrap(), r#"{"latitude":-26.5,"longitude":28.25}"#);
    }

    #[test]
    fn coordinates_go_out_as_numbers() {
        let parts = UpdateLocation::new(570.into(), Fix::new(-26.5, 28.25).accuracy(20.0)).parts().unwrap();
        assert_eq!(parts.path(), ["callouts", "570", "location"]);
        assert_eq!(&parts.body_bytes()[..], br#"{"latitude":-26.5,"longitude":28.25,"accuracy":20.0}"#);
    }
}
