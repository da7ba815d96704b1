//! The person who needs help, and where that person is.

use super::said;
use crate::ids::{CalloutId, CalloutLocationId, CustomerId, CustomerSourceId};
use care_client_core::{
    Personal,
    wire::{number, timestamp},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The person who needs help, as AURA has stored them.
///
/// Fields hold what was sent, blanks and all: an unknown text may be `""` or null (defect
/// [`AURA-19`](crate::defects)). The methods treat both as absent.
///
/// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
/// <https://docs.aura.services/integration-guidelines.html>, `customer` in the examples of responses.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Customer {
    /// The number of the customer.
    pub id: Option<CustomerId>,
    /// The given name; one documented example ends in a blank.
    pub name: Option<Personal<String>>,
    /// The family name.
    pub surname: Option<Personal<String>>,
    /// The phone, as it was given: with a country's prefix (`+…`) or without (`0…`); defect
    /// [`AURA-18`](crate::defects).
    pub mobile: Option<Personal<String>>,
    /// The gender, a free text.
    pub gender: Option<Personal<String>>,
    /// The mail address.
    pub email: Option<Personal<String>>,
    /// The make of the customer's vehicle.
    pub vehicle_make: Option<Personal<String>>,
    /// Its model.
    pub vehicle_model: Option<Personal<String>>,
    /// Its colour.
    pub vehicle_colour: Option<Personal<String>>,
    /// Its licence plate.
    pub vehicle_license_plate: Option<Personal<String>>,
    /// The integration that the customer came from.
    pub customer_source_id: Option<CustomerSourceId>,
    /// Null in every documented example; its form isn't documented (defect [`AURA-49`](crate::defects)).
    pub date_of_birth: Option<Personal<Value>>,
    /// The account that the customer signs in with.
    #[serde(rename = "auth0UserId")]
    pub auth0_user_id: Option<Personal<String>>,
    /// Null or absent in every documented example; its type isn't documented (defect [`AURA-49`](crate::defects)).
    pub image_id: Option<Personal<Value>>,
    /// When the customer was registered.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When the customer's data last changed.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
}

impl Customer {
    /// The given and the family name with one blank between, if there is one of them.
    ///
    /// ```
    /// let text = r#"{"name": "Alex ", "surname": "Example"}"#;
    /// let customer: aura_client::Customer = serde_json::from_str(text)?;
    /// assert_eq!(customer.full_name().as_deref().map(String::as_str), Some("Alex Example"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn full_name(&self) -> Option<Personal<String>> {
        full_name(self.name.as_ref(), self.surname.as_ref())
    }

    /// The gender, if one was given.
    #[must_use]
    pub fn gender(&self) -> Option<&str> {
        said(self.gender.as_deref().map(String::as_str))
    }

    /// The phone, if one was given.
    #[must_use]
    pub fn mobile(&self) -> Option<&str> {
        said(self.mobile.as_deref().map(String::as_str))
    }

    /// The make of the vehicle, if one was given.
    #[must_use]
    pub fn vehicle_make(&self) -> Option<&str> {
        said(self.vehicle_make.as_deref().map(String::as_str))
    }

    /// The model of the vehicle, if one was given.
    #[must_use]
    pub fn vehicle_model(&self) -> Option<&str> {
        said(self.vehicle_model.as_deref().map(String::as_str))
    }

    /// The colour of the vehicle, if one was given.
    #[must_use]
    pub fn vehicle_colour(&self) -> Option<&str> {
        said(self.vehicle_colour.as_deref().map(String::as_str))
    }

    /// The licence plate, if one was given.
    #[must_use]
    pub fn vehicle_license_plate(&self) -> Option<&str> {
        said(self.vehicle_license_plate.as_deref().map(String::as_str))
    }
}

pub(super) fn full_name(
    name: Option<&Personal<String>>,
    surname: Option<&Personal<String>>,
) -> Option<Personal<String>> {
    let [name, surname] = [name, surname].map(|name| said(name.map(|name| name.as_str())));
    match (name, surname) {
        (Some(name), Some(surname)) => Some(Personal(format!("{name} {surname}"))),
        (name, surname) => name.or(surname).map(Personal::from),
    }
}

/// A position of the customer, as AURA has stored it.
///
/// Coordinates are numbers when they are sent and text when they come back (defect [`AURA-13`](crate::defects)); here
/// they are numbers. The accuracy that was sent does not come back.
///
/// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
/// <https://docs.aura.services/integration-guidelines.html>, `calloutlocations` and `location` in the examples of
/// responses.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CalloutLocation {
    /// The number of the position.
    pub id: Option<CalloutLocationId>,
    /// Degrees north.
    #[serde(default, with = "number::option")]
    pub latitude: Option<Personal<f64>>,
    /// Degrees east.
    #[serde(default, with = "number::option")]
    pub longitude: Option<Personal<f64>>,
    /// The address that AURA found for the position.
    pub formatted_address: Option<Personal<String>>,
    /// The region of that address.
    pub region: Option<Personal<String>>,
    /// The city of that address.
    pub city: Option<Personal<String>>,
    /// The country of that address.
    pub country: Option<Personal<String>>,
    /// Null in every documented example; its type isn't documented (defect [`AURA-49`](crate::defects)).
    pub description: Option<Personal<Value>>,
    /// Null in every documented example; its type isn't documented (defect [`AURA-49`](crate::defects)).
    pub place_id: Option<Personal<Value>>,
    /// The callout.
    pub callout_id: Option<CalloutId>,
    /// When the position was stored.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When this row last changed.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
    /// What sent the position; `PANIC_APP` in every documented example.
    pub source: Option<String>,
    /// How long a responder needs to this position, in words; absent until somebody is on the way (defect
    /// [`AURA-28`](crate::defects)).
    ///
    /// Prefer [`Callout::eta`](crate::Callout::eta): at arrival the words still say "1 min".
    pub duration_text: Option<String>,
}

impl CalloutLocation {
    /// Latitude and longitude in degrees, if both are known.
    #[must_use]
    pub fn coordinates(&self) -> Option<Personal<(f64, f64)>> {
        Some(Personal((*self.latitude?, *self.longitude?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_and_blank_text_is_absent_but_kept_in_the_field() {
        let text = r#"{"gender":"","mobile":" ","vehicleMake":"","vehicleModel":null,"vehicleColour":"Red",
            "vehicleLicensePlate":""}"#;
        let customer: Customer = serde_json::from_str(text).unwrap();
        assert_eq!((customer.gender(), customer.mobile(), customer.vehicle_license_plate()), (None, None, None));
        assert_eq!(
            (customer.vehicle_make(), customer.vehicle_model(), customer.vehicle_colour()),
            (None, None, Some("Red"))
        );
        assert_eq!(
            (customer.gender.unwrap().into_inner(), customer.vehicle_make.unwrap().into_inner()),
            (String::new(), String::new())
        );
    }

    #[test]
    fn a_name_is_made_of_what_there_is() {
        let name = |name, surname| {
            full_name(Some(&Personal::from(name)), Some(&Personal::from(surname))).map(Personal::into_inner)
        };
        assert_eq!(name(" Alex ", "Example").as_deref(), Some("Alex Example"));
        assert_eq!(name("", "Example").as_deref(), Some("Example"));
        assert_eq!(name("Alex", " ").as_deref(), Some("Alex"));
        assert_eq!(name("", ""), None);
        assert_eq!(full_name(None, None), None);
    }
}
