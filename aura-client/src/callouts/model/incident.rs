//! What is known about the incident, and who deals with it.

use care_client_core::Personal;
use care_client_core::wire::timestamp;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{IncidentCategory, Responder, Supplier};
use crate::ids::{CalloutId, IncidentCategoryId, IncidentDetailId, ResponderId, SupplierId, TypeOfEmergencyId};

/// What is known about the incident, and who deals with it.
///
/// Never compare its dates to see whether something has changed: later answers cut them to the second (defect
/// [`AURA-20`](crate::defects)).
///
/// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
/// <https://docs.aura.services/integration-guidelines.html>, `calloutincidentdetail` in the examples of responses.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct IncidentDetail {
    /// The number of this detail, which is not the callout's (defect [`AURA-25`](crate::defects)).
    pub id: Option<IncidentDetailId>,
    /// What happened, in a controller's words.
    pub incident_details: Option<Personal<String>>,
    /// The company's name; null after a dispatch by hand, where [`supplier`](Self::supplier) has it.
    pub responder_company: Option<String>,
    /// Whether somebody was dispatched and not cancelled.
    pub responder_dispatched: Option<bool>,
    /// The callout.
    pub callout_id: Option<CalloutId>,
    /// When somebody was dispatched.
    #[serde(default, with = "timestamp::option")]
    pub responder_dispatched_at: Option<DateTime<Utc>>,
    /// When the responder arrived.
    #[serde(default, with = "timestamp::option")]
    pub responder_arrived_at: Option<DateTime<Utc>>,
    /// When the responder had finished.
    #[serde(default, with = "timestamp::option")]
    pub responder_completed_at: Option<DateTime<Utc>>,
    /// When this detail was made.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// Null in every documented example; its type isn't documented (defect [`AURA-49`](crate::defects)).
    pub situation_neutral: Option<Value>,
    /// Whether anybody was hurt; known once the responder has finished.
    pub any_injuries: Option<bool>,
    /// Whether the customer was content; known once the responder has finished.
    pub customer_happy: Option<bool>,
    /// Whether more is to be done; known once the responder has finished.
    pub follow_up_required: Option<bool>,
    /// When this detail last changed.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
    /// The controller who changed it last.
    pub last_updated_by: Option<Personal<String>>,
    /// The responder's number.
    pub responder_id: Option<ResponderId>,
    /// The company's number.
    pub supplier_id: Option<SupplierId>,
    /// The number of the type of emergency; known once the responder has finished.
    pub type_of_emergency_id: Option<TypeOfEmergencyId>,
    /// The number of the category; known once the responder has finished.
    pub incident_category_id: Option<IncidentCategoryId>,
    /// What the callout was filed under; known once the responder has finished.
    #[serde(rename = "incidentcategory")]
    pub incident_category: Option<IncidentCategory>,
    /// The company that responds.
    pub supplier: Option<Supplier>,
    /// The person who responds; null after a dispatch by hand.
    pub responder: Option<Responder>,
}
