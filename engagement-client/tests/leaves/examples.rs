//! The fixtures that are interventions.

use care_client_core::wire::json;
use engagement_client::Intervention;
use serde_json::Value;

pub(crate) use crate::mocked::fixture;

pub(crate) const INTERVENTIONS: [&str; 2] = ["intervention.json", "intervention-french.json"];

pub(crate) fn decode(document: &Value) -> Intervention {
    json::read(document.to_string().as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

/// The same with custom fields under the name that they are written under.
pub(crate) fn under_one_name(mut document: Value) -> Value {
    if let Some(fields) = document.as_object_mut().unwrap().remove("custom_fields") {
        document["custom_field_values"] = fields;
    }
    document
}
