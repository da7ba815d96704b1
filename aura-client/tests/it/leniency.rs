//! Answers are read as AURA writes them, in all the ways in which its guide contradicts itself.

use crate::mock_server::{answer, callout, changed, fixture, ok, read, user};
use aura_client::{Callout, CalloutStatus, EventRole, Kind, Outcome};
use serde_json::{Value, json};
use wiremock::{MockServer, ResponseTemplate};

#[tokio::test]
async fn the_broken_key_of_the_examples_is_refused_and_the_mended_one_read() {
    // AURA-01: no guess is made at JSON that is none.
    let printed =
        fixture("created").to_string().replace(r#""calloutClassificationId":2"#, r#""calloutClassificationId: 2"#);
    let server = MockServer::start().await;
    answer(&server, "GET", "/panic-api/callouts/1", ResponseTemplate::new(200).set_body_string(printed)).await;
    answer(&server, "GET", "/panic-api/callouts/2", ok(&fixture("created"))).await;
    let error = user(&server).callouts().get(1).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (Kind::Decode, Outcome::Completed), "{error}");
    let mended = user(&server).callouts().get(2).await.unwrap();
    assert_eq!(mended.classification_id.map(|id| id.get()), Some(2));
}

#[test]
fn the_ids_that_were_put_in_by_hand_may_be_number_text_null_or_missing() {
    // AURA-03
    let mut document = json!({"status": "created", "calloutClassificationId": 2, "responseTypeId": "1", "id": 570});
    let ids =
        |callout: Callout| (callout.classification_id.map(|id| id.get()), callout.response_type_id.map(|id| id.get()));
    assert_eq!(ids(read(&document)), (Some(2), Some(1)));
    document["calloutClassificationId"] = json!("2");
    document["responseTypeId"] = Value::Null;
    assert_eq!(ids(read(&document)), (Some(2), None));
    assert_eq!(ids(read(&json!({"id": 570, "status": "created"}))), (None, None));
}

#[test]
fn events_may_stand_in_the_callout_or_beside_it_or_be_none() {
    // AURA-04
    let events = fixture("callout-events")["calloutEvents"].clone();
    let bare = json!({"id": 1, "status": "created", "calloutEvents": events});
    let inside = json!({"callout": bare});
    let beside = json!({"message": "OK", "callout": {"id": 1, "status": "created"}, "calloutEvents": events});
    for document in [bare, inside, beside] {
        let said: Vec<_> = read(&document).events.iter().map(|event| event.role().cloned()).collect();
        assert_eq!(said, [Some(EventRole::User), Some(EventRole::Admin)], "{document}");
    }
    for none in [json!({"id": 1, "status": "created", "calloutEvents": null}), json!({"id": 1, "status": "created"})] {
        assert!(read(&none).events.is_empty(), "{none}");
    }
}

#[test]
fn white_space_says_nothing() {
    // AURA-06
    for name in ["created", "closed"] {
        let document = fixture(name);
        let (short, long) = (document.to_string(), serde_json::to_string_pretty(&document).unwrap());
        let spread = long.replace('\n', "\r\n\t ");
        let read = |text: &str| serde_json::from_str::<Callout>(text).unwrap();
        assert_eq!(read(&short), read(&long));
        assert_eq!(read(&short), read(&spread));
    }
}

#[test]
fn coordinates_are_read_as_text_and_as_numbers() {
    // AURA-13
    for value in [json!("-26.5"), json!(-26.5), json!(" -26.50 ")] {
        let callout = read(&changed("created", "/location/latitude", value.clone()));
        assert_eq!(*callout.location.unwrap().latitude.unwrap(), -26.5, "{value}");
        let at = "/calloutincidentdetail/responder/responderlocations/0/latitude";
        let callout = read(&changed("responder-arrived", at, value.clone()));
        let latitude = callout.dispatch().unwrap().responder().unwrap().position().unwrap().latitude;
        assert_eq!(*latitude.unwrap(), -26.5, "{value}");
    }
    assert_eq!(callout("created").location.unwrap().coordinates().unwrap().0.0, -26.1000004);
}

#[test]
fn accuracy_is_read_whole_and_with_a_fraction() {
    // AURA-14
    for (value, metres) in [(json!(20), 20.0), (json!(12.5), 12.5), (json!("20"), 20.0)] {
        let at = "/calloutincidentdetail/responder/responderlocations/0/accuracy";
        let callout = read(&changed("responder-arrived", at, value));
        assert_eq!(callout.dispatch().unwrap().responder().unwrap().position().unwrap().accuracy, Some(metres));
    }
}

#[test]
fn an_unknown_distance_is_none_in_every_form_and_zero_is_a_distance() {
    // AURA-16
    for value in [json!({}), Value::Null, json!({"text": null, "value": null})] {
        let callout = read(&changed("responder-arrived", "/distance/distance", value.clone()));
        assert_eq!(callout.distance.unwrap().distance, None, "{value}");
    }
    let unknown = callout("created").distance.unwrap();
    assert_eq!((unknown.distance, unknown.duration), (None, None));
    let arrived = callout("responder-arrived").distance.unwrap();
    assert_eq!(arrived.distance.unwrap().value, Some(0));
}

#[test]
fn verified_has_three_states() {
    // AURA-17
    for (value, state) in [(Value::Null, None), (json!(false), Some(false)), (json!(true), Some(true))] {
        assert_eq!(read(&changed("created", "/verified", value)).verified, state);
    }
}

#[test]
fn what_is_called_mobile_may_be_any_text() {
    // AURA-18
    let arrived = callout("responder-arrived");
    let responder = arrived.dispatch().unwrap().responder().unwrap();
    assert_eq!(responder.mobile.as_ref().unwrap().as_str(), "responder@example.com");
    let customer = callout("responder-dispatched-manual").customer.unwrap();
    assert_eq!(customer.mobile(), Some("0000000000"));
}

#[test]
fn empty_text_and_null_are_both_none() {
    // AURA-19
    for none in [json!(""), json!(" "), Value::Null] {
        let customer = read(&changed("created", "/customer/gender", none)).customer.unwrap();
        assert_eq!(customer.gender(), None);
    }
    let manual = callout("responder-dispatched-manual");
    assert_eq!(manual.dispatch().unwrap().supplier().unwrap().address(), None);
    assert_eq!(manual.customer.as_ref().unwrap().gender.as_ref().unwrap().as_str(), "", "the field has what came");
}

#[test]
fn statuses_are_known_in_any_case_and_unknown_ones_kept() {
    // AURA-21
    let status = |word: &str| read(&changed("created", "/status", json!(word))).status;
    for word in ["Responder Dispatched", "responder dispatched", "RESPONDER DISPATCHED"] {
        assert_eq!(status(word), CalloutStatus::ResponderDispatched, "{word}");
    }
    for word in ["closed", "Closed", "CLOSED"] {
        assert!(status(word).is_closed(), "{word}");
    }
    let unknown = status("Responder Delayed");
    assert_eq!(unknown, CalloutStatus::Other("Responder Delayed".into()));
    assert!(unknown.is_active_for_user() && !unknown.is_closed());
}

#[tokio::test]
async fn a_callout_may_come_alone_or_in_a_wrapper_from_get_and_from_create() {
    // AURA-23
    let bare = fixture("created");
    for document in [bare.clone(), json!({"callout": bare}), json!({"message": "OK", "callout": bare})] {
        let server = MockServer::start().await;
        answer(&server, "GET", "/panic-api/callouts/570", ok(&document)).await;
        answer(&server, "POST", "/panic-api/callouts", ok(&document)).await;
        let aura = user(&server);
        let got = aura.callouts().get(570).await.unwrap();
        assert_eq!(got, read(&bare));
        let person = aura_client::NewCustomer::new("Test", "Test", "+12025550103");
        let new = aura_client::NewCallout::new(person, aura_client::Fix::new(0.0, 0.0));
        assert_eq!(aura.callouts().create(new).await.unwrap(), got);
    }
}
