//! The person who comes to help.

use super::{customer::full_name, said};
use crate::ids::{CalloutId, ResponderId, ResponderLocationId, SupplierId};
use care_client_core::{
    Personal,
    wire::{number, or_empty, timestamp},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The person who comes to help, with the vehicle to look out for.
///
/// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
/// <https://docs.aura.services/integration-guidelines.html>, `responder` in the examples of responses.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Responder {
    /// The number of the responder.
    pub id: Option<ResponderId>,
    /// The given name.
    pub name: Option<Personal<String>>,
    /// The family name.
    pub surname: Option<Personal<String>>,
    /// The name on the radio.
    pub callsign: Option<Personal<String>>,
    /// The supplier's own mark for the responder.
    pub reference: Option<Personal<String>>,
    /// How to reach the responder. In every documented example it is a mail address, whatever its name says (defect
    /// [`AURA-18`](crate::defects)).
    pub mobile: Option<Personal<String>>,
    /// The make of the responder's vehicle.
    pub vehicle_make: Option<String>,
    /// Its model.
    pub vehicle_model: Option<String>,
    /// Its colour.
    pub vehicle_colour: Option<String>,
    /// Its licence plate.
    pub vehicle_license_plate: Option<Personal<String>>,
    /// Whether the responder is on duty; false in every documented example.
    pub active: Option<bool>,
    /// Whether the responder is busy with a callout: true from dispatch to completion.
    pub currently_on_call: Option<bool>,
    /// When the responder was registered.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When the responder's data last changed.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
    /// A number whose meaning isn't documented.
    #[serde(default, with = "number::option")]
    pub operation_time_id: Option<u64>,
    /// A number whose meaning isn't documented.
    #[serde(default, with = "number::option")]
    pub type_id: Option<u64>,
    /// Whether the responder was removed.
    pub deleted: Option<bool>,
    /// Which of [`locations`](Self::locations) is the newest.
    pub latest_responder_location_id: Option<ResponderLocationId>,
    /// The company.
    pub supplier_id: Option<SupplierId>,
    /// Where the responder has been; see [`position`](Self::position).
    #[serde(default, rename = "responderlocations", deserialize_with = "or_empty")]
    pub locations: Vec<ResponderLocation>,
}

impl Responder {
    /// The given and the family name with one blank between, if there is one of them.
    #[must_use]
    pub fn full_name(&self) -> Option<Personal<String>> {
        full_name(self.name.as_ref(), self.surname.as_ref())
    }

    /// Where the responder is: the location that is named as the latest, else the one that changed last.
    #[must_use]
    pub fn position(&self) -> Option<&ResponderLocation> {
        let latest = self.latest_responder_location_id;
        let named = self.locations.iter().find(|location| latest.is_some() && location.id == latest);
        named.or_else(|| self.locations.iter().max_by_key(|location| location.updated_at.or(location.created_at)))
    }

    /// The make of the vehicle, if one was given.
    #[must_use]
    pub fn vehicle_make(&self) -> Option<&str> {
        said(self.vehicle_make.as_deref())
    }

    /// The model of the vehicle, if one was given.
    #[must_use]
    pub fn vehicle_model(&self) -> Option<&str> {
        said(self.vehicle_model.as_deref())
    }

    /// The colour of the vehicle, if one was given.
    #[must_use]
    pub fn vehicle_colour(&self) -> Option<&str> {
        said(self.vehicle_colour.as_deref())
    }

    /// The licence plate, if one was given.
    #[must_use]
    pub fn vehicle_license_plate(&self) -> Option<&str> {
        said(self.vehicle_license_plate.as_deref().map(String::as_str))
    }
}

/// A position of a responder.
///
/// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
/// <https://docs.aura.services/integration-guidelines.html>, `responderlocations` in the examples of responses.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ResponderLocation {
    /// The number of the position.
    pub id: Option<ResponderLocationId>,
    /// Degrees north; text on the wire (defect [`AURA-13`](crate::defects)).
    #[serde(default, with = "number::option")]
    pub latitude: Option<Personal<f64>>,
    /// Degrees east; text on the wire (defect [`AURA-13`](crate::defects)).
    #[serde(default, with = "number::option")]
    pub longitude: Option<Personal<f64>>,
    /// The radius in metres within which the responder is; a whole number in the examples, unlike that of a new callout
    /// (defect [`AURA-14`](crate::defects)).
    #[serde(default, with = "number::option")]
    pub accuracy: Option<f64>,
    /// What measured the position, such as `gps`.
    pub provider: Option<String>,
    /// What the responder was doing; `""` in every documented example.
    pub activity_status: Option<String>,
    /// Null in every documented example; its type isn't documented (defect [`AURA-49`](crate::defects)).
    pub formatted_address: Option<Personal<Value>>,
    /// Null in every documented example; its type isn't documented (defect [`AURA-49`](crate::defects)).
    pub region: Option<Personal<Value>>,
    /// Null in every documented example; its type isn't documented (defect [`AURA-49`](crate::defects)).
    pub city: Option<Personal<Value>>,
    /// Null in every documented example; its type isn't documented (defect [`AURA-49`](crate::defects)).
    pub country: Option<Personal<Value>>,
    /// When the position was measured.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When this row last changed.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
    /// The responder.
    pub responder_id: Option<ResponderId>,
}

impl ResponderLocation {
    /// Latitude and longitude in degrees, if both are known.
    #[must_use]
    pub fn coordinates(&self) -> Option<Personal<(f64, f64)>> {
        Some(Personal((*self.latitude?, *self.longitude?)))
    }

    /// What the responder was doing, if it was said.
    #[must_use]
    pub fn activity_status(&self) -> Option<&str> {
        said(self.activity_status.as_deref())
    }
}

/// A responder near enough to be asked, and what became of asking.
///
/// Being in range doesn't mean being on the way: see [`Callout::dispatch`](crate::Callout::dispatch).
///
/// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
/// <https://docs.aura.services/integration-guidelines.html>, `calloutResponderInRanges` in the examples of responses.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ResponderInRange {
    /// The number of this row.
    #[serde(default, with = "number::option")]
    pub id: Option<u64>,
    /// The callout.
    pub callout_id: Option<CalloutId>,
    /// The responder.
    pub responder_id: Option<ResponderId>,
    /// Whether the responder was asked.
    pub requested: Option<bool>,
    /// Whether the responder declined.
    pub declined: Option<bool>,
    /// How far away the responder was, in metres. The unit isn't documented (defect [`AURA-47`](crate::defects)): 1213
    /// goes with "1.2 km".
    #[serde(default, with = "number::option")]
    pub distance: Option<u64>,
    /// How long the way would take, in seconds. The unit isn't documented (defect [`AURA-47`](crate::defects)): 195
    /// goes with "3 mins".
    ///
    /// It is computed apart from [`ResponseEta::duration_value`](crate::ResponseEta::duration_value) and may differ
    /// from it.
    #[serde(default, with = "number::option")]
    pub duration: Option<u64>,
    /// The duration in words.
    pub duration_text: Option<String>,
    /// Whether the responder accepted.
    pub acknowledged: Option<bool>,
    /// When the request was taken back, as it is when a responder is cancelled.
    #[serde(default, with = "timestamp::option")]
    pub retracted_at: Option<DateTime<Utc>>,
    /// When this row was made.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When this row last changed.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str) -> Option<u64> {
        let responder: Responder = serde_json::from_str(text).unwrap();
        responder.position().and_then(|location| location.id).map(ResponderLocationId::get)
    }

    #[test]
    fn the_position_is_the_one_named_latest_else_the_newest() {
        let locations = r#""responderlocations":[{"id":1,"updatedAt":"2019-06-26T08:29:13Z"},
            {"id":2,"updatedAt":"2019-06-26T08:31:13Z"},{"id":3,"createdAt":"2019-06-26T08:30:13Z"}]"#;
        assert_eq!(ids(&format!(r#"{{"latestResponderLocationId":1,{locations}}}"#)), Some(1));
        assert_eq!(ids(&format!(r#"{{"latestResponderLocationId":9,{locations}}}"#)), Some(2));
        assert_eq!(ids(&format!("{{{locations}}}")), Some(2));
        assert_eq!(ids(r#"{"responderlocations":null}"#), None);
    }
}
