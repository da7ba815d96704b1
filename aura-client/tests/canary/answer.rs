use care_testkit::fixtures::Fixtures;
use serde_json::{Value, json};

/// Puts marks into all that is somebody's in an answer.
fn marked(value: &mut Value) {
    const TEXTS: &str = "verifiedBy lastUpdatedBy firstAcknowledgedBy ownedBy incidentDetails contactNumber contactPerson email \
                         surname mobile vehicleLicensePlate formattedAddress gender dateOfBirth auth0UserId body createdBy \
                         callsign reference address description";
    match value {
        Value::Array(list) => list.iter_mut().for_each(marked),
        Value::Object(map) => {
            let is_person = map.contains_key("surname");
            for (key, value) in map {
                match key.as_str() {
                    "latitude" | "longitude" => *value = json!("-26.707107"),
                    "name" if is_person => *value = json!("canary"),
                    key if TEXTS.split(' ').any(|text| text == key) && !value.is_object() => {
                        *value = json!(format!("canary {key}"))
                    }
                    _ => marked(value),
                }
            }
        }
        _ => {}
    }
}

/// A finished callout with events and a route, all of it somebody's.
pub(crate) fn marked_callout(status: &str) -> Value {
    let fixtures = Fixtures::of(env!("CARGO_MANIFEST_DIR"));
    let (mut callout, events) = (fixtures.json("responder-completed.json"), fixtures.json("callout-events.json"));
    callout["calloutEvents"] = events["calloutEvents"].clone();
    marked(&mut callout);
    callout["calloutincidentdetail"]["incidentcategory"]["description"] = json!("Test");
    callout["customerNumberPhoneds"] = json!(["+12025550177"]);
    callout["route"] = json!({"points": [[-26.707_107, 28.707_107]], "to": "canary"});
    callout["status"] = json!(status);
    callout
}
