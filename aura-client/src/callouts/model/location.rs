//! Where the customer is.

use care_client_core::Personal;
use care_client_core::wire::{number, timestamp};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::ids::{CalloutId, CalloutLocationId};

/// A position of the customer, as AURA has stored it.
///
/// Coordinates are numbers when they are sent and text when they come back (defect [`AURA-13`](crate::defects)); here they are
/// numbers. The accuracy that was sent does not come back.
///
/// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
/// <https://docs.aura.services/integration-guidelines.html>, `calloutlocations` and `location` in the examples of responses.
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
