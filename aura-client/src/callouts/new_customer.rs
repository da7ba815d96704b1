use care_client_core::Personal;
use serde::{Deserialize, Serialize};

/// The person who needs help, as a new callout names them. All of it is personal data, hidden in `Debug`.
///
/// The guide shows these fields and doesn't say which of them are required (defect [`AURA-48`](crate::defects)); the name and
/// the phone number are what a controller needs to reach the person.
///
/// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020, "Creating a Callout",
/// <https://docs.aura.services/integration-guidelines.html>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewCustomer {
    name: Personal<String>,
    surname: Personal<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    email: Option<Personal<String>>,
    mobile: Personal<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    gender: Option<Personal<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    vehicle_make: Option<Personal<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    vehicle_model: Option<Personal<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    vehicle_colour: Option<Personal<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    vehicle_license_plate: Option<Personal<String>>,
}

impl NewCustomer {
    /// Makes a person of first name, surname and phone number, best in international form, such as `+12025550103`.
    pub fn new(name: impl Into<String>, surname: impl Into<String>, mobile: impl Into<String>) -> Self {
        Self {
            name: Personal(name.into()),
            surname: Personal(surname.into()),
            email: None,
            mobile: Personal(mobile.into()),
            gender: None,
            vehicle_make: None,
            vehicle_model: None,
            vehicle_colour: None,
            vehicle_license_plate: None,
        }
    }

    /// Sets the mail address.
    #[must_use]
    pub fn email(mut self, email: impl Into<String>) -> Self {
        self.email = Some(Personal(email.into()));
        self
    }

    /// Sets the gender; free text, `Neutral` in the documented example.
    #[must_use]
    pub fn gender(mut self, gender: impl Into<String>) -> Self {
        self.gender = Some(Personal(gender.into()));
        self
    }

    /// Sets the make of the person's vehicle, by which a responder recognises it.
    #[must_use]
    pub fn vehicle_make(mut self, make: impl Into<String>) -> Self {
        self.vehicle_make = Some(Personal(make.into()));
        self
    }

    /// Sets the model of the vehicle.
    #[must_use]
    pub fn vehicle_model(mut self, model: impl Into<String>) -> Self {
        self.vehicle_model = Some(Personal(model.into()));
        self
    }

    /// Sets the colour of the vehicle.
    #[must_use]
    pub fn vehicle_colour(mut self, colour: impl Into<String>) -> Self {
        self.vehicle_colour = Some(Personal(colour.into()));
        self
    }

    /// Sets the licence plate of the vehicle.
    #[must_use]
    pub fn vehicle_license_plate(mut self, plate: impl Into<String>) -> Self {
        self.vehicle_license_plate = Some(Personal(plate.into()));
        self
    }
}
