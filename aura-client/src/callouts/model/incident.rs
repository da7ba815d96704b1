//! What is known about the incident, and what a finished callout was filed under.

use super::{Responder, Supplier};
use crate::ids::{CalloutId, IncidentCategoryId, IncidentDetailId, ResponderId, SupplierId, TypeOfEmergencyId};
use care_client_core::{Personal, wire::timestamp};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

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

/// What a finished callout was filed under.
///
/// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
/// <https://docs.aura.services/integration-guidelines.html>, `incidentcategory` in "Responder Completed API Example
/// Response".
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct IncidentCategory {
    /// The number of the category.
    pub id: Option<IncidentCategoryId>,
    /// The category in words.
    pub description: Option<String>,
    /// When the category was made.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When the category last changed.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
    /// The type of emergency that the category belongs to.
    pub type_of_emergency_id: Option<TypeOfEmergencyId>,
    /// That type itself.
    #[serde(rename = "typeofemergency")]
    pub type_of_emergency: Option<TypeOfEmergency>,
}

/// A type of emergency, which groups incident categories.
///
/// On the wire its keys are cut short: `descript`, `createdA`, `updatedA` (defect [`AURA-27`](crate::defects)). They
/// are read so and in full, also if a server sends both, and written as documented.
///
/// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
/// <https://docs.aura.services/integration-guidelines.html>, `typeofemergency` in "Responder Completed API Example
/// Response".
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Keys")]
#[non_exhaustive]
pub struct TypeOfEmergency {
    /// The number of the type.
    pub id: Option<TypeOfEmergencyId>,
    /// The type in words.
    #[serde(rename = "descript")]
    pub description: Option<String>,
    /// When the type was made.
    #[serde(rename = "createdA", with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When the type last changed.
    #[serde(rename = "updatedA", with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
}

/// Both spellings. A serde alias won't do: it fails where both come at once, as they may while a server mends its keys.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Keys {
    id: Option<TypeOfEmergencyId>,
    descript: Option<String>,
    description: Option<String>,
    #[serde(default, with = "timestamp::option")]
    created_a: Option<DateTime<Utc>>,
    #[serde(default, with = "timestamp::option")]
    created_at: Option<DateTime<Utc>>,
    #[serde(default, with = "timestamp::option")]
    updated_a: Option<DateTime<Utc>>,
    #[serde(default, with = "timestamp::option")]
    updated_at: Option<DateTime<Utc>>,
}

impl From<Keys> for TypeOfEmergency {
    fn from(keys: Keys) -> Self {
        Self {
            id: keys.id,
            description: keys.description.or(keys.descript),
            created_at: keys.created_at.or(keys.created_a),
            updated_at: keys.updated_at.or(keys.updated_a),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::TypeOfEmergency;
    use serde_json::json;

    #[test]
    fn cut_keys_full_keys_and_both_are_the_same_and_written_as_documented() {
        let at = "2017-08-15T10:37:00.000Z";
        let cut = json!({"id": 5, "descript": "Test Callout", "createdA": at, "updatedA": at});
        let full = json!({"id": 5, "description": "Test Callout", "createdAt": at, "updatedAt": at});
        let mut both = full.clone();
        both.as_object_mut().unwrap().append(cut.clone().as_object_mut().unwrap());
        for document in [&cut, &full, &both] {
            let read: TypeOfEmergency = serde_json::from_value(document.clone()).unwrap();
            assert_eq!(read.description.as_deref(), Some("Test Callout"), "{document}");
            assert_eq!(serde_json::to_value(&read).unwrap(), cut, "{document}");
        }
    }
}
