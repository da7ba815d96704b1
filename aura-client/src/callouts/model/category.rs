//! What a finished callout was filed under.

use care_client_core::wire::timestamp;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{IncidentCategoryId, TypeOfEmergencyId};

/// What a finished callout was filed under.
///
/// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
/// <https://docs.aura.services/integration-guidelines.html>, `incidentcategory` in "Responder Completed API Example Response".
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
/// On the wire its keys are cut short: `descript`, `createdA`, `updatedA` (defect [`AURA-27`](crate::defects)). They are read
/// so and in full, also if a server sends both, and written as documented.
///
/// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
/// <https://docs.aura.services/integration-guidelines.html>, `typeofemergency` in "Responder Completed API Example Response".
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
