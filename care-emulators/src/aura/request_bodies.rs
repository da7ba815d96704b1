//! The bodies that clients send.

use serde::Deserialize;
use std::fmt;

/// The body of `POST /callouts`.
///
/// The guide doesn't say which keys are required. The emulator requires a customer and a position, because without them
/// there is nobody to help.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct NewCallout {
    pub(super) callout_classification_id: Option<u64>,
    pub(super) customer: Details,
    pub(super) callout_location: Fix,
    pub(super) response_type_id: Option<u64>,
    /// Checked and not used further: what the flag changes happens on AURA's production servers.
    #[serde(rename = "internalTest")]
    pub(super) _internal_test: Option<bool>,
}

/// The customer in a new callout. AURA's answers have empty strings for missing values.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Details {
    pub(super) name: String,
    pub(super) surname: String,
    pub(super) email: String,
    pub(super) mobile: String,
    pub(super) gender: String,
    pub(super) vehicle_make: String,
    pub(super) vehicle_model: String,
    pub(super) vehicle_colour: String,
    pub(super) vehicle_license_plate: String,
}

/// A position as a client sent it, in the body of a create or of a location update.
///
/// `Debug` redacts the position.
#[derive(Clone, Copy, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct Fix {
    /// Degrees north, sent as a number.
    pub latitude: f64,
    /// Degrees east, sent as a number.
    pub longitude: f64,
    /// The accuracy in metres, if it was sent.
    pub accuracy: Option<f64>,
}

impl Fix {
    /// Whether the coordinates are in the range of latitudes and longitudes, and the accuracy isn't negative.
    pub(super) fn is_valid(&self) -> bool {
        let accurate = self.accuracy.is_none_or(|accuracy| accuracy >= 0.0);
        (-90.0..=90.0).contains(&self.latitude) && (-180.0..=180.0).contains(&self.longitude) && accurate
    }

    /// The latitude this many metres further north.
    pub(super) fn north(&self, metres: u64) -> f64 {
        const METRES_A_DEGREE: f64 = 111_320.0;
        self.latitude + metres as f64 / METRES_A_DEGREE
    }
}

impl fmt::Debug for Fix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Fix([redacted])")
    }
}

/// The body of a comment.
#[derive(Deserialize)]
pub(super) struct Comment {
    pub(super) message: String,
}

/// The body of `POST /oauth/token`: a client's credentials, or a user's.
///
/// The form of a user's is the emulator's own: AURA's documents name that grant and show no body.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Credentials {
    #[serde(rename_all = "camelCase")]
    Client {
        client_id: String,
        client_secret: String,
    },
    User(User),
}

/// A user's email address and password.
#[derive(Deserialize)]
pub(super) struct User {
    pub(super) email: String,
    pub(super) password: String,
}
