//! Documents with other values and damaged bytes: each is read or refused, and none panics.

use aura_client::{Callout, CalloutEvent};
use care_client_core::wire::json;
use care_testkit::json_leaves::leaves;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{CALLOUTS, fixture, text};

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
