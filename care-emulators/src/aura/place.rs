//! The customer's position in an answer.

use super::{
    request_bodies::Fix,
    request_context::{Ids, Timestamp},
};
use serde::Serialize;

/// The customer's position. Coordinates are strings here, and the accuracy is missing.
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
    created_at: Timestamp,
    updated_at: Timestamp,
    source: &'static str,
    /// Present once there is an estimate of the responder's arrival.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) duration_text: Option<String>,
}

impl Place {
    pub(super) fn new(ids: &mut Ids, callout_id: u64, fix: &Fix, now: Timestamp) -> Self {
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

    /// Adds an invented address for the position.
    pub(super) fn find_address(&mut self) {
        self.formatted_address = Some(format!("{} Mill Lane, Riverton, 0000, Nowhere", self.id % 90 + 1));
        self.region = Some("Northern Region");
        self.city = Some("Riverton");
        self.country = Some("Nowhere");
    }
}
