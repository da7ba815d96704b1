//! When the responder will be there.

use serde::Serialize;

use super::ids::Ids;
use super::moment::Moment;
use super::reach::Reach;

/// An element of `calloutResponderInRanges`: a responder who was near when the callout was first seen, and how the responder took the ring.
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
    pub(super) retracted_at: Option<Moment>,
    created_at: Moment,
    pub(super) updated_at: Moment,
}

impl InRange {
    pub(super) fn new(ids: &mut Ids, callout_id: u64, responder_id: u64, metres: u64, now: Moment) -> Self {
        let reach = Reach::searched(metres);
        Self {
            id: ids.next(),
            callout_id,
            responder_id,
            requested: false,
            declined: false,
            distance: reach.metres,
            duration: reach.seconds,
            duration_text: reach.duration_text(),
            acknowledged: false,
            retracted_at: None,
            created_at: now,
            updated_at: now,
        }
    }
}

/// An element of `calloutResponseEta`. The array has one at most, in spite of its name and its kind.
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
    created_at: Moment,
    updated_at: Moment,
}

impl Eta {
    pub(super) fn new(ids: &mut Ids, callout_id: u64, responder_id: u64, metres: u64, now: Moment) -> Self {
        let reach = Reach::routed(metres);
        Self {
            id: ids.next(),
            callout_id,
            responder_id,
            duration_text: reach.duration_text(),
            duration_value: reach.seconds,
            distance_text: reach.distance_text(),
            distance_value: reach.metres,
            created_at: now,
            updated_at: now,
        }
    }
}

/// `distance`: the same once more. Both of its objects are empty, not null, as long as there is nothing to tell.
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
