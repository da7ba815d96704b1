//! Positions: what a client sends, and what AURA makes of it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::ids::Ids;
use super::moment::Moment;

/// A position as a client sent it, in the body of a create or of a location update.
///
/// `Debug` doesn't show the position.
#[derive(Clone, Copy, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct Fix {
    /// Degrees north, sent as a number.
    pub latitude: f64,
    /// Degrees east, sent as a number.
    pub longitude: f64,
    /// Its accuracy in metres, if it was sent.
    pub accuracy: Option<f64>,
}

impl Fix {
    pub(super) fn is_on_earth(&self) -> bool {
        let accurate = self.accuracy.is_none_or(|accuracy| accuracy >= 0.0);
        (-90.0..=90.0).contains(&self.latitude) && (-180.0..=180.0).contains(&self.longitude) && accurate
    }

    /// The latitude so many metres further north.
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

/// The customer's position in an answer: coordinates are strings there, and the accuracy is gone.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Place {
    id: u64,
    pub(super) latitude: String,
    pub(super) longitude: String,
    formatted_address: Option<String>,
    region: Option<&'static str>,
    city: Option<&'static str>,
    country: Option<&'static str>,
    description: (),
    place_id: (),
    callout_id: u64,
    created_at: Moment,
    updated_at: Moment,
    source: &'static str,
    /// Present once there is an estimate of the responder's arrival.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) duration_text: Option<String>,
}

impl Place {
    pub(super) fn new(ids: &mut Ids, callout_id: u64, fix: &Fix, now: Moment) -> Self {
        Self {
            id: ids.next(),
            latitude: fix.latitude.to_string(),
            longitude: fix.longitude.to_string(),
            formatted_address: None,
            region: None,
            city: None,
            country: None,
            description: (),
            place_id: (),
            callout_id,
            created_at: now,
            updated_at: now,
            source: "PANIC_APP",
            duration_text: None,
        }
    }

    /// Finds an address for the position, an invented one.
    pub(super) fn find_address(&mut self) {
        self.formatted_address = Some(format!("{} Mill Lane, Riverton, 0000, Nowhere", self.id % 90 + 1));
        self.region = Some("Northern Region");
        self.city = Some("Riverton");
        self.country = Some("Nowhere");
    }
}
