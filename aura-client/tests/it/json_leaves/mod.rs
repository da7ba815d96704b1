//! Decoding loses no documented value: every leaf of every documented example is in the decoded value.
//!
//! Values are compared by meaning: numeric text equals the number, two spellings of one instant are equal, and null, `{}` and
//! absent are the same.

mod damage;

use aura_client::{Callout, CalloutId};
use care_client_core::wire::json;
use care_testkit::{
    fixtures::Fixtures,
    json_leaves::{leaves, lost},
};
use serde_json::{Map, Value, json};

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

fn fixtures() -> Fixtures {
    Fixtures::of(env!("CARGO_MANIFEST_DIR"))
}

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
