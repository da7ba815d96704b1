//! Positions, distances and times of arrival, and how AURA's answers repeat them.

use super::{
    request_bodies::Fix,
    request_context::{Ids, Timestamp},
};
use serde::Serialize;

/// The customer's position in an answer. Coordinates are strings here, and the accuracy is missing.
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

/// A responder's distance, and the time to cover it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Leg {
    pub(super) metres: u64,
    pub(super) seconds: u64,
}

impl Leg {
    /// Distance and time as the search for responders computes them.
    pub(super) fn searched(metres: u64) -> Self {
        Self { metres, seconds: (metres * 4).div_ceil(25) }
    }

    /// Distance and time as the route computes them. They can differ from the search by a second, as in AURA's
    /// examples.
    pub(super) fn routed(metres: u64) -> Self {
        Self { metres, seconds: metres * 4 / 25 }
    }

    /// The distance as text. It is never "0 m": on arrival AURA says "1 m" for the value 0.
    pub(super) fn distance_text(self) -> String {
        match self.metres {
            0..1000 => format!("{} m", self.metres.max(1)),
            metres => format!("{}.{} km", metres / 1000, metres % 1000 / 100),
        }
    }

    /// The time as text, in whole minutes. It is never "0 mins": on arrival AURA says "1 min" for the value 0.
    pub(super) fn duration_text(self) -> String {
        match (self.seconds + 30) / 60 {
            0 | 1 => "1 min".to_owned(),
            minutes => format!("{minutes} mins"),
        }
    }
}

/// An element of `calloutResponderInRanges`: a responder near the callout when it was first seen, and the response to
/// the request.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct InRange {
    id: u64,
    callout_id: u64,
    responder_id: u64,
    pub(super) requested: bool,
    pub(super) declined: bool,
    distance: u64,
    duration: u64,
    duration_text: String,
    pub(super) acknowledged: bool,
    pub(super) retracted_at: Option<Timestamp>,
    created_at: Timestamp,
    pub(super) updated_at: Timestamp,
}

impl InRange {
    pub(super) fn new(ids: &mut Ids, callout_id: u64, responder_id: u64, metres: u64, now: Timestamp) -> Self {
        let leg = Leg::searched(metres);
        Self {
            id: ids.next(),
            callout_id,
            responder_id,
            requested: false,
            declined: false,
            distance: leg.metres,
            duration: leg.seconds,
            duration_text: leg.duration_text(),
            acknowledged: false,
            retracted_at: None,
            created_at: now,
            updated_at: now,
        }
    }
}

/// An element of `calloutResponseEta`, an array with at most one element.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Eta {
    id: u64,
    callout_id: u64,
    responder_id: u64,
    pub(super) duration_text: String,
    duration_value: u64,
    distance_text: String,
    distance_value: u64,
    created_at: Timestamp,
    updated_at: Timestamp,
}

impl Eta {
    pub(super) fn new(ids: &mut Ids, callout_id: u64, responder_id: u64, metres: u64, now: Timestamp) -> Self {
        let leg = Leg::routed(metres);
        Self {
            id: ids.next(),
            callout_id,
            responder_id,
            duration_text: leg.duration_text(),
            duration_value: leg.seconds,
            distance_text: leg.distance_text(),
            distance_value: leg.metres,
            created_at: now,
            updated_at: now,
        }
    }
}

/// `distance`: the estimate once more. Without an estimate both of its objects are empty, not null.
#[derive(Clone, Default, Serialize)]
pub(super) struct Distance {
    distance: Measure,
    duration: Measure,
}

#[derive(Clone, Default, Serialize)]
struct Measure {
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<u64>,
}

impl From<&Eta> for Distance {
    fn from(eta: &Eta) -> Self {
        let measure = |text: &String, value| Measure { text: Some(text.clone()), value: Some(value) };
        Self {
            distance: measure(&eta.distance_text, eta.distance_value),
            duration: measure(&eta.duration_text, eta.duration_value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Leg;

    #[test]
    fn texts_match_the_documents() {
        let words = |metres, seconds| {
            let leg = Leg { metres, seconds };
            (leg.distance_text(), leg.duration_text())
        };
        for (metres, seconds, distance, duration) in [
            (1213, 195, "1.2 km", "3 mins"),
            (1113, 176, "1.1 km", "3 mins"),
            (112, 17, "112 m", "1 min"),
            (0, 0, "1 m", "1 min"),
        ] {
            assert_eq!(words(metres, seconds), (distance.to_owned(), duration.to_owned()));
        }
    }
}
