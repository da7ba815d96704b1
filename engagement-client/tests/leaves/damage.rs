//! Interventions with other values and damaged bytes: each is read or refused, and none panics.

use care_client_core::wire::json;
use care_testkit::json_leaves::leaves;
use engagement_client::Intervention;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::examples::{INTERVENTIONS, fixture};

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
    fn an_intervention_with_other_values_is_read_or_refused_and_what_is_read_is_written_as_it_is(
        name in prop::sample::select(&INTERVENTIONS[..]),
        changes in prop::collection::vec((any::<prop::sample::Index>(), json_value()), 1..4),
        more in prop::collection::vec(("\\PC{0,6}|id|custom_fields|custom_field_values", json_value()), 0..3),
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
        if let Ok(one) = json::read::<Intervention>(document.to_string().as_bytes()) {
            let written = serde_json::to_vec(&one).unwrap();
            prop_assert_eq!(json::read::<Intervention>(&written), Ok(one));
        }
    }

    #[test]
    fn damaged_bytes_are_read_or_refused(
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
