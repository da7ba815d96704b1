//! Decoding loses no value of any fixture: every leaf is in the decoded value. Other values and damaged bytes are read
//! or rejected, without a panic.
//!
//! Values are compared by meaning: numeric text equals the number, two spellings of one instant are equal, null and
//! absent are the same, and custom fields are the same under either of their names.

use crate::mock_server::{answer_all, engagement, fixture, ok};
use care_client_core::wire::json;
use care_testkit::json_leaves::{leaves, lost};
use engagement_client::{ApiFault, Fault, Intervention, ListInterventions, RawResponse};
use http::{HeaderMap, StatusCode};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use wiremock::MockServer;

const INTERVENTIONS: [&str; 2] = ["intervention.json", "intervention-french.json"];

fn decode(document: &Value) -> Intervention {
    json::read(document.to_string().as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

/// The document with custom fields under the name that is serialized.
fn under_one_name(mut document: Value) -> Value {
    if let Some(fields) = document.as_object_mut().unwrap().remove("custom_fields") {
        document["custom_field_values"] = fields;
    }
    document
}

#[test]
fn no_leaf_of_an_intervention_is_lost_and_none_is_invented() {
    // ENG-03
    for name in INTERVENTIONS {
        let document = under_one_name(fixture(name));
        let written = serde_json::to_value(decode(&fixture(name))).unwrap();
        assert_eq!(lost(&document, &written), Vec::<String>::new(), "{name}");
        let kept = |(path, leaf): &(String, Value)| leaf.is_null() || document.pointer(path).is_some();
        assert_eq!(leaves(&written).into_iter().filter(|leaf| !kept(leaf)).collect::<Vec<_>>(), [], "{name}");
    }
}

#[test]
fn the_fixture_covers_every_field_with_a_value() {
    let mut typed = serde_json::to_value(decode(&fixture("intervention-french.json"))).unwrap();
    typed["custom_field_values"] = Value::Bool(true);
    let fields = typed.as_object().unwrap();
    assert_eq!(fields.values().filter(|value| value.is_null()).count(), 0, "{typed}");
    assert_eq!(fields.len(), 32);
}

#[test]
fn the_comparison_detects_every_lost_and_every_changed_leaf() {
    for name in INTERVENTIONS {
        let document = under_one_name(fixture(name));
        let written = serde_json::to_value(decode(&document)).unwrap();
        for (path, leaf) in leaves(&document).into_iter().filter(|(_, leaf)| !leaf.is_null()) {
            for wrong in [Value::Null, json!("another"), json!(-1), json!("1999-01-01T00:00:00.000Z")] {
                let mut damaged = written.clone();
                *damaged.pointer_mut(&path).unwrap() = wrong;
                assert_eq!(lost(&document, &damaged), [path.as_str()], "{name}: {leaf}");
            }
        }
    }
}

#[test]
fn a_serialized_intervention_is_read_back_as_the_same_also_without_nulls() {
    for name in INTERVENTIONS {
        let one = decode(&fixture(name));
        let mut written = serde_json::to_value(&one).unwrap();
        assert_eq!(decode(&written), one, "{name}");
        written.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        assert_eq!(decode(&written), one, "{name}");
    }
    let bare = decode(&json!({"id": "1"}));
    assert_eq!(decode(&serde_json::to_value(&bare).unwrap()), bare);
    assert_eq!(bare.custom_fields.all(), None);
}

#[test]
fn every_value_may_be_null_except_the_id() {
    for name in INTERVENTIONS {
        for key in fixture(name).as_object().unwrap().keys() {
            let mut without = fixture(name);
            without[key] = Value::Null;
            assert_eq!(
                json::read::<Intervention>(without.to_string().as_bytes()).is_err(),
                key == "id",
                "{name} {key}"
            );
            without.as_object_mut().unwrap().remove(key);
            assert_eq!(
                json::read::<Intervention>(without.to_string().as_bytes()).is_err(),
                key == "id",
                "{name} {key}"
            );
        }
    }
}

#[test]
fn a_wrong_type_is_an_error_that_names_its_path_and_not_its_value() {
    // ENG-03, ENG-04: a label is any text, and a custom field any value.
    for name in INTERVENTIONS {
        for (key, value) in fixture(name).as_object().unwrap().iter().filter(|(_, value)| !value.is_null()) {
            let is_custom = key.starts_with("custom_field");
            let mut wrong = fixture(name);
            wrong[key] = if is_custom { json!(["S3CRET"]) } else { json!({"k": "S3CRET"}) };
            let error = json::read::<Intervention>(wrong.to_string().as_bytes()).expect_err(key);
            assert_eq!(error.path(), if is_custom { "" } else { key }, "{name} {value}: {error}");
            assert!(!format!("{error} {error:?}").contains("S3CRET"), "{name} {key}: {error}");
        }
    }
}

#[test]
fn unknown_fields_are_ignored() {
    for name in INTERVENTIONS {
        let mut more = fixture(name);
        more["satisfaction_survey_id"] = json!(7);
        more["something_new"] = json!({"id": {"deep": [1, null, "x"]}, "custom_fields": {"a": 1}});
        assert_eq!(decode(&more), decode(&fixture(name)), "{name}");
    }
}

#[test]
fn debug_shows_no_custom_field() {
    for name in INTERVENTIONS {
        let one = decode(&fixture(name));
        let shown = format!("{one:?} {one:#?} {:?}", one.custom_fields);
        for hidden in ["A-1042", "A-2084", "delivery", "refund", "livraison", "order_number", "topics"] {
            assert!(!shown.contains(hidden), "{name}: {hidden}");
        }
        assert!(shown.contains("[personal]"), "{shown}");
    }
}

#[tokio::test]
async fn of_a_list_only_the_echoed_offset_and_limit_are_left_out() {
    // ENG-05, ENG-14
    for file in ["list.json", "created-as-list.json"] {
        let server = MockServer::start().await;
        answer_all(&server, ok(&fixture(file))).await;
        let list = ListInterventions::new();
        let answer = engagement(&server).interventions().list(list).response().await.unwrap();
        let page = &answer.value;
        assert!(page.undecodable.is_empty());
        let written = json!({"count": page.total, "records": page.items});
        assert_eq!(lost(&fixture(file), &written), ["/limit", "/offset"], "{file}");
        // They are available in the body.
        assert_eq!(serde_json::from_slice::<Value>(answer.body()).unwrap(), fixture(file));
    }
}

#[test]
fn no_leaf_of_an_error_is_lost() {
    // ENG-22
    for (file, count) in [("error.json", 3), ("rate-limit-error.json", 3), ("validation-error.json", 6)] {
        let document = fixture(file);
        let raw = RawResponse::new(StatusCode::BAD_REQUEST, HeaderMap::new(), document.to_string());
        let fault = ApiFault::parse(&raw).unwrap();
        let fields: Vec<_> = fault
            .errors
            .iter()
            .map(|field| json!({"attribute": field.attribute, "type": field.kind, "message": field.message.as_deref()}))
            .collect();
        let message = fault.message.as_deref();
        let written = json!({"error": fault.error, "message": message, "status": fault.status, "errors": fields});
        assert_eq!(lost(&document, &written), Vec::<String>::new(), "{file}");
        assert_eq!(leaves(&document).len(), count, "{file}");
        let shown = format!("{fault:?}");
        assert!(!shown.contains(message.unwrap().as_str()) && shown.contains("[personal]"), "{shown}");
    }
}

#[test]
fn custom_fields_keep_every_kind_of_value() {
    // ENG-03
    let fields = decode(&fixture("intervention-french.json")).custom_fields;
    let all = fields.all().map(Map::len);
    assert_eq!((all, fields.text("order_number"), fields.text("urgent")), (Some(5), Some("A-2084"), None));
    assert_eq!((fields.get("urgent"), fields.get("parcels")), (Some(&json!(true)), Some(&json!(2))));
    assert_eq!((fields.get("topics"), fields.get("note")), (Some(&json!(["livraison"])), Some(&Value::Null)));
    assert_eq!(fields.get("nothing"), None);
}

fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        "-?[0-9]{1,20}".prop_map(Value::from),
        "20[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:00(Z|\\.5Z|\\+0100)".prop_map(Value::from),
        "\\PC{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let keys = prop_oneof!["id", "closed", "custom_fields", "custom_field_values", "\\PC{0,4}"];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::vec((keys, inner), 0..3).prop_map(|keys| Value::Object(keys.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn an_intervention_with_other_values_is_rejected_or_survives_a_round_trip(
        name in prop::sample::select(&INTERVENTIONS[..]),
        changes in prop::collection::vec((any::<prop::sample::Index>(), json_value()), 1..4),
        more in prop::collection::vec(("\\PC{0,6}|id|custom_fields|custom_field_values", json_value()), 0..3),
    ) {
        let mut document = fixture(name);
        let paths = leaves(&document);
        for (at, value) in changes {
            // An earlier change may have removed the path.
            if let Some(place) = document.pointer_mut(&at.get(&paths).0) {
                *place = value;
            }
        }
        for (key, value) in more {
            document[key] = value;
        }
        if let Ok(one) = json::read::<Intervention>(document.to_string().as_bytes()) {
            let written = serde_json::to_vec(&one).unwrap();
            prop_assert_eq!(json::read::<Intervention>(&written), Ok(one));
        }
    }

    #[test]
    fn damaged_bytes_are_read_or_rejected(
        name in prop::sample::select(&INTERVENTIONS[..]),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
        length in any::<prop::sample::Index>(),
    ) {
        let mut body = fixture(name).to_string().into_bytes();
        for (at, byte) in damage {
            let at = at.index(body.len());
            body[at] = byte;
        }
        if let Err(error) = json::read::<Intervention>(&body) {
            prop_assert!(!error.what().is_empty());
        }
        let cut = length.index(body.len() - 1);
        prop_assert!(json::read::<Intervention>(&body[..cut]).is_err());
    }

    #[test]
    fn custom_fields_of_any_form_are_read_and_kept(value in json_value()) {
        // ENG-03
        for name in ["custom_fields", "custom_field_values"] {
            let document = json!({"id": "1", name: {"key": value}});
            let one: Intervention = json::read(document.to_string().as_bytes()).unwrap();
            prop_assert_eq!(one.custom_fields.get("key"), Some(&value));
        }
    }
}
