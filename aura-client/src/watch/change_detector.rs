//! Decides which answers and events are worth an update: what a person would want to know, once.

use crate::{
    callouts::{Callout, CalloutEvent, Dispatch, Responder},
    ids::CalloutEventId,
};
use care_client_core::Personal;
use std::{
    collections::BTreeMap,
    hash::{DefaultHasher, Hash, Hasher},
};

/// What a watcher has reported already, as hashes instead of documents: a watcher is small, and there may be many.
#[derive(Debug, Default)]
pub(super) struct ChangeDetector {
    callout: Option<u64>,
    status: Option<u64>,
    /// The hashes of events when they were reported, by their id.
    events: BTreeMap<u64, u64>,
    known_up_to: Option<CalloutEventId>,
}

impl ChangeDetector {
    /// Treats events up to this one as reported.
    pub(super) fn assume_reported_up_to(&mut self, last: CalloutEventId) {
        self.known_up_to = Some(last);
    }

    /// Whether something changed that a person would want to know.
    pub(super) fn has_changed(&mut self, callout: &Callout) -> bool {
        let now = fingerprint(callout);
        self.has_new_status(callout);
        self.callout.replace(now) != Some(now)
    }

    /// Whether the status changed; for answers of which nothing else can be read.
    pub(super) fn has_new_status(&mut self, callout: &Callout) -> bool {
        let now = hash_of(&callout.status);
        self.status.replace(now) != Some(now)
    }

    /// Whether the event is new, or changed since it was reported.
    pub(super) fn is_new_event(&mut self, event: &CalloutEvent) -> bool {
        // To the second: AURA truncates later (defect AURA-20).
        let changed = event.updated_at.or(event.created_at).map(|at| at.timestamp());
        let look = hash_of(&(event.body(), changed));
        let id = event.id.map_or(look, CalloutEventId::get);
        let before = self.events.insert(id, look);
        let known = before.is_none() && event.id <= self.known_up_to && event.id.is_some();
        before != Some(look) && !known
    }
}

fn hash_of(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Status, people, times of arrival and positions. No dates: AURA truncates them to the second later, which is no
/// change (defect AURA-20).
fn fingerprint(callout: &Callout) -> u64 {
    let mut hasher = DefaultHasher::new();
    callout.status.hash(&mut hasher);
    (callout.verified, callout.cancelled_by_customer, callout.acknowledged, callout.owned).hash(&mut hasher);
    if let Some(detail) = &callout.incident_detail {
        (detail.responder_id, detail.supplier_id).hash(&mut hasher);
    }
    let responder = callout.dispatch().and_then(Dispatch::responder);
    if let Some(place) = responder.and_then(Responder::position) {
        let bits = |degrees: Option<Personal<f64>>| degrees.map(|value| value.to_bits());
        (bits(place.latitude), bits(place.longitude)).hash(&mut hasher);
    }
    for eta in &callout.response_etas {
        (eta.responder_id, eta.duration_value, eta.distance_value).hash(&mut hasher);
    }
    hasher.finish()
}
