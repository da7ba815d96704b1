//! Changes set flags, and acknowledgements clear them.

use crate::support::leap::{post, read, request};
use care_emulators::leap::{AckSpelling, ControlError, Controller, Emulator, EmulatorBuilder, NewRequest, State};
use std::time::Duration;

/// An emulator with two requests, with two flagged updates each.
async fn two(builder: EmulatorBuilder) -> (Emulator, [String; 2]) {
    let emulator = builder.start().await.unwrap();
    emulator.clock().freeze();
    let controller = emulator.controller();
    let ids = ["CRM-1", "CRM-2"].map(|external| {
        let id = controller.raise(NewRequest::topic("Lighting").external_id(external).property("PP-7")).unwrap();
        controller.assign(&id, "Kim Example").unwrap();
        id
    });
    emulator.clock().advance(Duration::from_secs(5));
    (emulator, ids)
}

fn body(flags: &str, ids: &[&str]) -> String {
    let ids: String = ids.iter().map(|id| format!("<acknowledgement>{id}</acknowledgement>")).collect();
    format!("<acknowledgements{flags}>{ids}</acknowledgements>")
}

/// Whether a request is flagged, and which of its updates are.
fn flags(controller: &Controller, id: &str) -> (bool, Vec<bool>) {
    let request = controller.request(id).unwrap();
    (request.unacked_since.is_some(), request.updates.iter().map(|update| update.unacked_since.is_some()).collect())
}

const ALL: (bool, [bool; 2]) = (true, [true; 2]);
const NONE: (bool, [bool; 2]) = (false, [false; 2]);
const UPDATES: (bool, [bool; 2]) = (false, [true; 2]);

fn are(flags: (bool, [bool; 2])) -> (bool, Vec<bool>) {
    (flags.0, flags.1.to_vec())
}

#[tokio::test]
async fn an_acknowledgement_clears_only_its_requests_and_their_updates() {
    let (emulator, [first, second]) = two(Emulator::builder()).await;
    let controller = emulator.controller();
    let before = controller.request(&first).unwrap().last_updated;
    assert_eq!(post(&emulator, "/requests/acked", &body("", &[&first])).await, 200);
    assert_eq!((flags(&controller, &first), flags(&controller, &second)), (are(NONE), are(ALL)));
    let shown = read(&emulator, &format!("/requests/{first}")).await;
    assert_eq!((shown.attribute("unacked-since"), shown.flags()), (None, vec![false, false]));
    assert_eq!(controller.request(&first).unwrap().last_updated, before);
    // Again is no mistake.
    assert_eq!(post(&emulator, "/requests/acked", &body("", &[&first, &second, &first])).await, 200);
    assert_eq!(flags(&controller, &second), are(NONE));
}

#[tokio::test]
async fn external_identifiers_are_acknowledged_at_their_own_path() {
    let (emulator, [first, second]) = two(Emulator::builder()).await;
    let controller = emulator.controller();
    assert_eq!(post(&emulator, "/requests/external/acked", &body("", &["CRM-2"])).await, 200);
    assert_eq!((flags(&controller, &first), flags(&controller, &second)), (are(ALL), are(NONE)));
    for (path, id) in [("/requests/external/acked", first.as_str()), ("/requests/acked", "CRM-1")] {
        assert_eq!(post(&emulator, path, &body("", &[id])).await, 404, "{path}");
    }
    assert_eq!(post(&emulator, "/requests/extid/acked", &body("", &["CRM-1"])).await, 405);
    assert_eq!(flags(&controller, &first), are(ALL));
}

#[tokio::test]
async fn the_flag_has_a_spelling_and_defaults_to_true() {
    let example = |value: &str| format!(" acknowlegdeUpdates=\"{value}\"");
    let prose = |value: &str| format!(" acknowledgeUpdates='{value}'");
    let both = |one: &str, other: &str| format!("{}{}", example(one), prose(other));
    let cases = [
        (AckSpelling::Both, String::new(), NONE),
        (AckSpelling::Both, example("true"), NONE),
        (AckSpelling::Both, prose("true"), NONE),
        (AckSpelling::Both, example("false"), UPDATES),
        (AckSpelling::Both, prose("false"), UPDATES),
        (AckSpelling::Both, both("false", "true"), UPDATES),
        (AckSpelling::Both, both("true", "false"), UPDATES),
        (AckSpelling::Example, example("false"), UPDATES),
        (AckSpelling::Example, prose("false"), NONE),
        (AckSpelling::Example, both("false", "false"), UPDATES),
        (AckSpelling::Example, prose("rubbish"), NONE),
        (AckSpelling::Prose, example("false"), NONE),
        (AckSpelling::Prose, prose("false"), UPDATES),
        (AckSpelling::Prose, both("true", "false"), UPDATES),
    ];
    for (spelling, attributes, expected) in cases {
        let (emulator, [id, _]) = two(Emulator::builder().ack_spelling(spelling)).await;
        assert_eq!(post(&emulator, "/requests/acked", &body(&attributes, &[&id])).await, 200);
        assert_eq!(flags(&emulator.controller(), &id), are(expected), "{spelling:?}{attributes}");
    }
}

#[tokio::test]
async fn one_unknown_identifier_refuses_all_unless_the_builder_says_otherwise() {
    for (builder, expected) in [(Emulator::builder(), ALL), (Emulator::builder().acknowledge_partially(), NONE)] {
        let (emulator, [first, second]) = two(builder).await;
        let controller = emulator.controller();
        assert_eq!(post(&emulator, "/requests/acked", &body("", &[&first, "1", &second])).await, 404);
        assert_eq!((flags(&controller, &first), flags(&controller, &second)), (are(expected), are(expected)));
    }
}

#[tokio::test]
async fn an_invalid_acknowledgement_gets_400_and_clears_nothing() {
    let (emulator, [id, _]) = two(Emulator::builder()).await;
    let wrong = [
        String::new(),
        id.clone(),
        "<acknowledgements/>".to_owned(),
        format!("<acknowledgements>{id}</acknowledgements>"),
        format!("<acknowledgement>{id}</acknowledgement>"),
        format!("<acknowledgements><id>{id}</id></acknowledgements>"),
        format!("<acknowledgements><acknowledgement><id>{id}</id></acknowledgement></acknowledgements>"),
        body(" acknowlegdeUpdates=\"no\"", &[&id]),
        body(" acknowledgeUpdates=\"\"", &[&id]),
        body(" xmlns=\"http://example.com/\"", &[&id]),
    ];
    for body in wrong {
        assert_eq!(post(&emulator, "/requests/acked", &body).await, 400, "{body}");
    }
    let sent = request("POST", "/requests/acked").header("content-type: text/plain").body(body("", &[&id]));
    assert_eq!(sent.send(&emulator).await.status, 415);
    assert_eq!(flags(&emulator.controller(), &id), are(ALL));
    let spaced = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}\n", body("", &[&id]).replace("><", ">\n  <"));
    assert_eq!(post(&emulator, "/requests/acked", &spaced).await, 200);
    assert_eq!(flags(&emulator.controller(), &id), are(NONE));
}

#[tokio::test]
async fn the_flag_of_a_property_is_independent_of_the_request() {
    let (emulator, [id, _]) = two(Emulator::builder()).await;
    let controller = emulator.controller();
    assert_eq!(post(&emulator, "/requests/acked", &body("", &[&id])).await, 200);
    controller.flag_property(&id).unwrap();
    assert_eq!(flags(&controller, &id), are(NONE));
    assert_eq!(post(&emulator, "/requests/acked", &body("", &[&id])).await, 200);
    assert!(controller.request(&id).unwrap().property_unacked_since.is_some());
    let shown = read(&emulator, &format!("/requests/{id}")).await;
    assert_eq!(shown.attribute("unacked-since"), None);
    assert_eq!(shown.child("property").attribute("unacked-since").map(str::len), Some(28));
    let none = controller.raise(NewRequest::topic("Lighting")).unwrap();
    assert_eq!(controller.flag_property(&none), Err(ControlError::NoProperty { id: none }));
}

#[tokio::test]
async fn an_acknowledgement_can_be_an_update_of_the_request() {
    let (emulator, [id, _]) = two(Emulator::builder().acknowledge_touches()).await;
    assert_eq!(post(&emulator, "/requests/acked", &body("", &[&id])).await, 200);
    let request = emulator.controller().request(&id).unwrap();
    assert_eq!(request.last_updated - request.created, chrono::TimeDelta::seconds(5));
    assert_eq!(flags(&emulator.controller(), &id), are(NONE));
}

#[tokio::test]
async fn flags_keep_the_time_of_the_first_unacknowledged_change() {
    let (emulator, [id, _]) = two(Emulator::builder()).await;
    let controller = emulator.controller();
    let since = |id: &str| controller.request(id).unwrap().unacked_since;
    let created = controller.request(&id).unwrap().created;
    controller.comment(&id, "Kim Example", "still dark").unwrap();
    assert_eq!(since(&id), Some(created));

    type Act = fn(&Controller, &str);
    let acts: [(Act, usize); 4] = [
        (|controller, id| controller.comment(id, "Lou Example", "and dirty").unwrap(), 1),
        (|controller, id| controller.change_state(id, State::Problem, "Kim Example", "").unwrap(), 1),
        (|controller, id| controller.assign(id, "Max Example").unwrap(), 1),
        (|controller, id| controller.edit_summary(id, "It is very dark").unwrap(), 0),
    ];
    for (act, updates) in acts {
        assert_eq!(post(&emulator, "/requests/acked", &body("", &[&id])).await, 200);
        emulator.clock().advance(Duration::from_millis(1));
        act(&controller, &id);
        let request = controller.request(&id).unwrap();
        assert_eq!(request.unacked_since, Some(request.last_updated));
        assert_ne!(request.unacked_since, Some(created));
        assert_eq!(flags(&controller, &id).1.iter().filter(|flag| **flag).count(), updates);
    }
    assert_eq!(read(&emulator, &format!("/requests/{id}")).await.child("summary").text, "It is very dark");
}

#[tokio::test]
async fn own_writes_set_flags_unless_the_builder_says_otherwise() {
    for (own, expected) in [(true, (true, vec![true, true])), (false, (false, vec![false, false]))] {
        let emulator = Emulator::builder().flag_own_writes(own).start().await.unwrap();
        let controller = emulator.controller();
        let id = controller.raise(NewRequest::topic("Lighting")).unwrap();
        assert_eq!(post(&emulator, "/requests/acked", &body("", &[&id])).await, 200);
        for update in ["<state>PROBLEM</state>", "<comment>no lamp</comment>"] {
            let body = format!("<support-request-update>{update}</support-request-update>");
            assert_eq!(post(&emulator, &format!("/requests/{id}/updates"), &body).await, 200);
        }
        assert_eq!(flags(&controller, &id), expected);
    }
}
