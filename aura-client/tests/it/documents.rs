//! The documented examples: fixtures hold no person's data, parse strictly, and are accounted for in
//! `fixtures/README.md`; the catalogue of defects is whole; and decoding loses no documented value.
//!
//! Values are compared by meaning: numeric text equals the number, two spellings of one instant are equal, and null,
//! `{}` and absent are the same.

use aura_client::{Callout, CalloutEvent, CalloutId};
use care_client_core::wire::json;
use care_testkit::{
    fixtures::Fixtures,
    json_leaves::{leaves, lost},
};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

fn fixtures() -> Fixtures {
    Fixtures::of(env!("CARGO_MANIFEST_DIR"))
}

care_testkit::fixture_tests!(fixtures());

#[test]
fn a_person_has_one_value_everywhere() {
    let customers = [
        "created",
        "responder-dispatched-tech",
        "responder-cancelled",
        "responder-arrived",
        "responder-completed",
        "closed",
    ];
    for file in customers {
        let callout = fixtures().json(&format!("{file}.json"));
        let customer = &callout["customer"];
        assert_eq!(customer["email"], "customer@example.com", "{file}");
        assert_eq!(customer["mobile"], "+12025550103", "{file}");
        for key in ["firstAcknowledgedBy", "verifiedBy", "ownedBy", "lastUpdatedBy"] {
            let staff = &callout[key];
            assert!(staff.is_null() || staff == "controller@example.com", "{file}: {key} is {staff}");
        }
        let responder = &callout["calloutincidentdetail"]["responder"];
        assert!(responder.is_null() || responder["mobile"] == "responder@example.com", "{file}");
    }
}

care_testkit::defect_tests!("AURA", aura_client::defects::ALL, aura_client::defects::find);

#[test]
fn no_leaf_of_a_documented_callout_is_lost_and_none_is_invented() {
    for (name, document) in documents() {
        let written = serde_json::to_value(decode(&document)).unwrap();
        assert_eq!(lost(&document, &written), Vec::<String>::new(), "{name}");
        let kept = |(path, leaf): &(String, Value)| leaf.is_null() || document.pointer(path).is_some();
        assert_eq!(leaves(&written).into_iter().filter(|leaf| !kept(leaf)).collect::<Vec<_>>(), [], "{name}");
    }
}

#[test]
fn all_documented_top_level_keys_are_typed() {
    for (name, document) in documents() {
        assert_eq!(document.as_object().map(Map::len), Some(if name.ends_with("events") { 34 } else { 33 }), "{name}");
        assert_eq!(decode(&document).route(), None, "{name}");
    }
}

#[test]
fn the_comparison_notices_every_single_lost_and_every_single_changed_leaf() {
    for (name, document) in documents() {
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
fn a_written_callout_is_read_back_as_the_same() {
    for (name, mut document) in documents() {
        document["route"] = json!({"polygons": [[-26.1, 28.05]]});
        document["zone"] = json!(7);
        let callout = decode(&document);
        assert_eq!(callout.route().map(Map::len), Some(2), "{name}");
        assert_eq!(decode(&serde_json::to_value(&callout).unwrap()), callout, "{name}");
    }
}

#[test]
fn a_wrapper_changes_nothing_in_either_order() {
    for (name, document) in documents() {
        let bare = decode(&document);
        for wrapped in [
            format!(r#"{{"callout":{document}}}"#),
            format!(r#"{{"callout":{document},"message":"OK"}}"#),
            format!(r#"{{"message":null,"callout":{document}}}"#),
        ] {
            assert_eq!(json::read::<Callout>(wrapped.as_bytes()), Ok(bare.clone()), "{name}");
        }
    }
}

#[test]
fn what_stands_beside_a_wrapped_callout_is_kept() {
    let events = &fixture("callout-events")["calloutEvents"];
    let text = format!(r#"{{"route":[1],"callout":{{"id":570,"status":"created"}},"calloutEvents":{events}}}"#);
    let callout: Callout = json::read(text.as_bytes()).unwrap();
    assert_eq!((callout.id, callout.events.len()), (CalloutId::from(570), 2));
    assert_eq!(callout.route().and_then(|keys| keys.get("route")), Some(&json!([1])));
}

#[test]
fn every_documented_value_may_be_null_except_id_and_status() {
    for (name, document) in documents() {
        let values = leaves(&document).into_iter().map(|(path, _)| path);
        let objects = document.as_object().unwrap().keys().map(|key| format!("/{key}"));
        for path in values.chain(objects).filter(|path| path != "/id" && path != "/status") {
            let mut without = document.clone();
            *without.pointer_mut(&path).unwrap() = Value::Null;
            let read = json::read::<Callout>(without.to_string().as_bytes());
            // An element of a list of ids is the one thing that has no place for null.
            let is_element = path.starts_with("/uniqueSuppliersInRange/");
            assert_eq!(read.is_err(), is_element, "{name}{path}: {:?}", read.err());
        }
    }
}

#[test]
fn a_wrong_type_is_an_error_that_names_its_path_and_not_its_value() {
    for (name, document) in documents() {
        for (path, _) in
            leaves(&document).into_iter().filter(|(path, leaf)| !leaf.is_null() && !path.contains("/event/"))
        {
            let mut wrong = document.clone();
            *wrong.pointer_mut(&path).unwrap() = json!({"k": "S3CRET"});
            let error = json::read::<Callout>(wrong.to_string().as_bytes()).expect_err(&path);
            let shown = error.path().replace('[', "/").replace(']', "").replace('.', "/");
            assert_eq!(format!("/{shown}"), path, "{name}");
            assert!(!format!("{error} {error:?}").contains("S3CRET"), "{name}{path}: {error}");
        }
    }
}

#[test]
fn debug_shows_no_documented_person() {
    let people =
        ["example.com", "Example", "Testy", "+1202", "0000", "26.10", "28.05", "Sandton", "TESTY GP", "Welcome"];
    for (name, mut document) in documents() {
        document["route"] = json!({"polygons": [[-26.1, 28.05]]});
        let callout = decode(&document);
        let shown = format!("{callout:?} {callout:#?} {:?}", callout.dispatch());
        // The supplier is a company, whose name a user may be told.
        let shown = shown.replace("Example Security", "");
        assert_eq!(people.iter().find(|person| shown.contains(**person)), None, "{name}");
    }
}

/// The documented callouts.
pub(crate) const CALLOUTS: [&str; 7] = [
    "created",
    "responder-dispatched-tech",
    "responder-dispatched-manual",
    "responder-cancelled",
    "responder-arrived",
    "responder-completed",
    "closed",
];

pub(crate) fn text(name: &str) -> String {
    fixtures().text(&format!("{name}.json"))
}

pub(crate) fn fixture(name: &str) -> Value {
    fixtures().json(&format!("{name}.json"))
}

pub(crate) fn decode(document: &Value) -> Callout {
    json::read(document.to_string().as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

/// Every documented callout, with and without the documented events.
pub(crate) fn documents() -> Vec<(String, Value)> {
    let events = fixture("callout-events");
    CALLOUTS
        .iter()
        .flat_map(|name| {
            let bare = fixture(name);
            let mut full = bare.clone();
            full["calloutEvents"] = events["calloutEvents"].clone();
            [((*name).to_owned(), bare), (format!("{name} with events"), full)]
        })
        .collect()
}

fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        // Up to 15 digits: beyond them serde_json may miss the nearest number by one unit in the last place.
        (-999_999_999_999_999_i64..=999_999_999_999_999, -15..=15).prop_map(|(digits, scale)| format!(
            "{digits}e{scale}"
        )
        .parse::<f64>()
        .unwrap()
        .into()),
        "-?[0-9]{1,3}\\.[0-9]{1,12}".prop_map(Value::from),
        "20[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:00Z".prop_map(Value::from),
        "\\PC{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let keys = prop_oneof!["id", "status", "callout", "body", "text", "value", "\\PC{0,4}"];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::vec((keys, inner), 0..3).prop_map(|keys| Value::Object(keys.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn a_document_with_other_values_is_read_or_refused_and_what_is_read_is_written_as_it_is(
        name in prop::sample::select(&CALLOUTS[..]),
        changes in prop::collection::vec((any::<prop::sample::Index>(), json_value()), 1..4),
        more in prop::collection::vec(("\\PC{0,6}|callout|message|id", json_value()), 0..3),
    ) {
        let mut document = fixture(name);
        let paths = leaves(&document);
        for (at, value) in changes {
            // An earlier change may have removed the place.
            if let Some(place) = document.pointer_mut(&at.get(&paths).0) {
                *place = value;
            }
        }
        for (key, value) in more {
            document[key] = value;
        }
        if let Ok(callout) = json::read::<Callout>(document.to_string().as_bytes()) {
            let written = serde_json::to_vec(&callout).unwrap();
            prop_assert_eq!(json::read::<Callout>(&written), Ok(callout));
        }
    }

    #[test]
    fn damaged_bytes_are_read_or_refused(
        name in prop::sample::select(&CALLOUTS[..]),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
        length in any::<prop::sample::Index>(),
    ) {
        let mut body = text(name).into_bytes();
        for (at, byte) in damage {
            let at = at.index(body.len());
            body[at] = byte;
        }
        if let Err(error) = json::read::<Callout>(&body) {
            prop_assert!(!error.what().is_empty());
        }
        let cut = length.index(body.len() - 2);
        prop_assert!(json::read::<Callout>(&body[..cut]).is_err());
    }

    #[test]
    fn an_event_of_any_form_is_read_or_refused(event in json_value()) {
        let text = json!({"id": 1, "event": event}).to_string();
        prop_assert!(json::read::<CalloutEvent>(text.as_bytes()).is_ok());
    }
}
