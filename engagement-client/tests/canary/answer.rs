use care_testkit::fixtures::Fixtures;
use serde_json::{Value, json};

/// An intervention with marks in its custom fields, under both of their names.
pub(crate) fn marked(closed: bool) -> Value {
    let mut one = Fixtures::of(env!("CARGO_MANIFEST_DIR")).json("intervention.json");
    one["closed"] = closed.into();
    let fields =
        json!({"canary_key": "canary@example.com +12025550177", "several": ["canary", {"canary": 26.707_107}]});
    one["custom_field_values"] = fields.clone();
    one["custom_fields"] = fields;
    one["canary"] = json!({"canary": "canary"});
    one
}

/// A list with that intervention, and with one that can't be read.
pub(crate) fn list() -> Value {
    let mut broken = marked(false);
    broken["id"] = json!("5f0d1c7be4b0a20008c0ffee");
    broken["closed"] = json!("canary");
    json!({"count": 2, "offset": 0, "limit": 150, "records": [marked(false), broken]})
}
