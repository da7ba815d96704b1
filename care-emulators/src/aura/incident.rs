//! The incident report: who was sent, and the result.

use super::{
    request_context::{Ids, Timestamp},
    responder::Responder,
    seed_data::Supplier,
};
use serde::Serialize;

/// `calloutincidentdetail`: 22 keys, all always present. Its id differs from the callout's.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Incident {
    id: u64,
    pub(super) incident_details: Option<&'static str>,
    pub(super) responder_company: Option<&'static str>,
    pub(super) responder_dispatched: bool,
    callout_id: u64,
    pub(super) responder_dispatched_at: Option<Timestamp>,
    pub(super) responder_arrived_at: Option<Timestamp>,
    pub(super) responder_completed_at: Option<Timestamp>,
    created_at: Timestamp,
    situation_neutral: (),
    any_injuries: Option<bool>,
    customer_happy: Option<bool>,
    follow_up_required: Option<bool>,
    pub(super) updated_at: Timestamp,
    pub(super) last_updated_by: Option<&'static str>,
    responder_id: Option<u64>,
    supplier_id: Option<u64>,
    type_of_emergency_id: Option<u64>,
    incident_category_id: Option<u64>,
    #[serde(rename = "incidentcategory")]
    category: Option<Category>,
    supplier: Option<Supplier>,
    pub(super) responder: Option<Responder>,
}

#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct Category {
    id: u64,
    description: &'static str,
    created_at: &'static str,
    updated_at: &'static str,
    type_of_emergency_id: u64,
    #[serde(rename = "typeofemergency")]
    emergency: Emergency,
}

/// The last three keys are truncated on the wire.
#[derive(Clone, Serialize)]
struct Emergency {
    id: u64,
    descript: &'static str,
    #[serde(rename = "createdA")]
    created: &'static str,
    #[serde(rename = "updatedA")]
    updated: &'static str,
}

const CATEGORISED: &str = "2016-02-29T12:00:00.000Z";

const CATEGORY: Category = Category {
    id: 72,
    description: "Rehearsal",
    created_at: CATEGORISED,
    updated_at: CATEGORISED,
    type_of_emergency_id: 9,
    emergency: Emergency { id: 9, descript: "Exercise", created: CATEGORISED, updated: CATEGORISED },
};

impl Incident {
    pub(super) fn new(ids: &mut Ids, callout_id: u64, now: Timestamp) -> Self {
        Self {
            id: ids.next(),
            incident_details: None,
            responder_company: None,
            responder_dispatched: false,
            callout_id,
            responder_dispatched_at: None,
            responder_arrived_at: None,
            responder_completed_at: None,
            created_at: now,
            situation_neutral: (),
            any_injuries: None,
            customer_happy: None,
            follow_up_required: None,
            updated_at: now,
            last_updated_by: None,
            responder_id: None,
            supplier_id: None,
            type_of_emergency_id: None,
            incident_category_id: None,
            category: None,
            supplier: None,
            responder: None,
        }
    }

    /// A company was sent, with a responder if it uses AURA's app.
    pub(super) fn send(&mut self, supplier: Supplier, responder: Option<Responder>, now: Timestamp) {
        self.responder_dispatched = true;
        self.responder_dispatched_at = Some(now);
        // A company that was called by telephone appears only in `supplier`.
        self.responder_company = responder.as_ref().map(|_| supplier.name);
        self.responder_id = responder.as_ref().map(|responder| responder.id);
        self.supplier_id = Some(supplier.id);
        self.supplier = Some(supplier);
        self.responder = responder;
        self.updated_at = now;
    }

    /// The company isn't coming: removes all traces of it.
    pub(super) fn recall(&mut self, now: Timestamp) {
        self.responder_dispatched = false;
        self.responder_dispatched_at = None;
        self.responder_company = None;
        self.responder_id = None;
        self.supplier_id = None;
        self.supplier = None;
        self.responder = None;
        self.last_updated_by = None;
        self.updated_at = now;
    }

    pub(super) fn complete(&mut self, now: Timestamp) {
        self.responder_completed_at = Some(now);
        self.any_injuries = Some(false);
        self.customer_happy = Some(false);
        self.follow_up_required = Some(false);
        self.type_of_emergency_id = Some(CATEGORY.type_of_emergency_id);
        self.incident_category_id = Some(CATEGORY.id);
        self.category = Some(CATEGORY);
        if let Some(responder) = &mut self.responder {
            responder.finish(now);
        }
        self.updated_at = now;
    }

    /// The report is written. Dispatch and arrival lose their milliseconds by that, the completion doesn't.
    pub(super) fn close(&mut self, by: &'static str, now: Timestamp) {
        self.incident_details = Some("Closed by the control room");
        self.responder_dispatched_at = self.responder_dispatched_at.map(Timestamp::whole_second);
        self.responder_arrived_at = self.responder_arrived_at.map(Timestamp::whole_second);
        self.last_updated_by = Some(by);
        self.updated_at = now;
    }
}
