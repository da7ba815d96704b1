//! Answers are read as AURA writes them, in all the ways in which its guide contradicts itself: odd places, odd names
//! and odd meanings are read for what they are.

use crate::mock_server::{answer, callout, changed, fixture, ok, read, user};
use aura_client::{Callout, CalloutStatus, Dispatch, EventRole, Kind, Outcome};
use care_testkit::defects::Catalogue;
use serde_json::{Value, json};
use wiremock::{MockServer, ResponseTemplate};

#[tokio::test]
async fn the_broken_key_of_the_examples_is_refused_and_the_mended_one_read() {
    // AURA-01: no guess is made at JSON that is none.
    let printed =
        fixture("created").to_string().replace(r#""calloutClassificationId":2"#, r#""calloutClassificationId: 2"#);
    let server = MockServer::start().await;
    answer(&server, "GET", "/panic-api/callouts/1", ResponseTemplate::new(200).set_body_string(printed)).await;
    answer(&server, "GET", "/panic-api/callouts/570", ok(&fixture("created"))).await;
    let error = user(&server).callouts().get(1).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (Kind::Decode, Outcome::Completed), "{error}");
    let mended = user(&server).callouts().get(570).await.unwrap();
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

#[test]
fn each_key_is_read_and_written_as_it_is_printed() {
    // AURA-22
    let (document, callout) = (fixture("closed"), callout("closed"));
    let detail = callout.incident_detail.as_ref().unwrap();
    let counts = (callout.response_etas.len(), callout.locations.len(), callout.responders_in_range.len());
    assert_eq!(counts, (1, 1, 1));
    assert_eq!(detail.responder.as_ref().unwrap().locations.len(), 1);
    assert!(detail.incident_category.as_ref().unwrap().type_of_emergency.is_some());
    let written = serde_json::to_value(&callout).unwrap();
    for at in [
        "/calloutResponseEta/0/id",
        "/calloutlocations/0/id",
        "/calloutResponderInRanges/0/id",
        "/customerNumberPhoneds",
        "/calloutincidentdetail/responder/responderlocations/0/id",
        "/calloutincidentdetail/incidentcategory/typeofemergency/id",
    ] {
        assert_eq!(written.pointer(at), Some(document.pointer(at).unwrap()), "{at}");
    }
}

#[test]
fn the_incident_details_number_is_never_the_callouts() {
    // AURA-25
    for (name, callout_id, detail_id) in
        [("created", 570, 570), ("responder-cancelled", 9301, 9267), ("responder-dispatched-manual", 21671, 21622)]
    {
        let callout = callout(name);
        let detail = callout.incident_detail.unwrap();
        assert_eq!((callout.id.get(), detail.id.unwrap().get()), (callout_id, detail_id), "{name}");
        assert_eq!(detail.callout_id, Some(callout.id), "{name}");
    }
}

#[test]
fn a_fresh_callout_may_lack_everything_but_id_and_status() {
    // AURA-26
    let mut nothing = fixture("created");
    for (key, value) in nothing.as_object_mut().unwrap() {
        if key != "id" && key != "status" {
            *value = Value::Null;
        }
    }
    let bare = json!({"id": 570, "status": "created"});
    assert_eq!(read(&nothing), read(&bare));
    let fresh = read(&fixture("ours/create-response-wrapped"));
    assert_eq!(
        (fresh.id.get(), fresh.dispatch(), fresh.eta(), fresh.first_acknowledged_by.as_ref()),
        (571, None, None, None)
    );
}

#[test]
fn cut_keys_are_read_and_so_will_be_whole_ones() {
    // AURA-27
    let at = "/calloutincidentdetail/incidentcategory/typeofemergency";
    let whole = json!({"id": 5, "description": "Test Callout", "createdAt": "2017-08-15T10:37:00.000Z"});
    for document in [fixture("closed"), changed("closed", at, whole)] {
        let category = read(&document).incident_detail.unwrap().incident_category.unwrap();
        let kind = category.type_of_emergency.unwrap();
        assert_eq!((kind.description.as_deref(), kind.created_at.is_some()), (Some("Test Callout"), true));
    }
}

#[test]
fn a_position_may_hold_a_duration_or_none() {
    // AURA-28
    for (name, text) in [("created", None), ("responder-dispatched-tech", Some("3 mins")), ("closed", Some("1 min"))] {
        let callout = callout(name);
        assert_eq!(callout.location.unwrap().duration_text.as_deref(), text, "{name}");
        assert_eq!(callout.locations[0].duration_text.as_deref(), text, "{name}");
    }
}

#[test]
fn after_a_cancellation_nobody_is_on_the_way_whatever_the_estimates_say() {
    // AURA-29
    let cancelled = callout("responder-cancelled");
    assert_eq!(cancelled.response_etas[0].duration_value, Some(175), "the field has what came");
    assert!(cancelled.distance.as_ref().unwrap().duration.is_some());
    assert_eq!((cancelled.eta(), cancelled.dispatch()), (None, None));
    let named = read(&changed("responder-cancelled", "/calloutincidentdetail/responder", json!({"id": 112})));
    assert!(named.dispatch().is_some());
    assert_eq!(named.eta(), None, "also if the responder is still named");
}

#[test]
fn who_comes_is_told_without_the_suppliers_in_range() {
    // AURA-30
    let callout = callout("responder-dispatched-manual");
    let Some(Dispatch::Manual { supplier }) = callout.dispatch() else { panic!("{:?}", callout.dispatch()) };
    assert_eq!(supplier.id.unwrap().get(), 14);
    assert!(!callout.suppliers_in_range.contains(&supplier.id.unwrap()));
    assert_eq!(callout.company(), Some("Example Security"));
}

#[test]
fn no_misspelt_word_of_the_guide_is_in_a_name_or_a_text_of_this_crate() {
    // AURA-31
    let catalogue = Catalogue::of(env!("CARGO_MANIFEST_DIR"), "AURA", aura_client::defects::ALL);
    catalogue.misspelt_words_are_only_quoted(&["envirnonment", "the their"], &[]);
}

#[test]
fn numbers_that_were_phoned_may_be_anything() {
    // AURA-43
    for phoned in [json!(["+12025550101"]), json!([{"number": "+12025550101", "at": null}, 7])] {
        let callout = read(&changed("created", "/customerNumberPhoneds", phoned.clone()));
        let kept: Vec<_> = callout.numbers_phoned.iter().map(|number| number.0.clone()).collect();
        assert_eq!(Value::from(kept), phoned);
        assert!(!format!("{callout:?}").contains("2025550101"), "they are personal");
    }
}

#[test]
fn distances_are_metres_and_durations_seconds() {
    // AURA-47
    let dispatched = callout("responder-dispatched-tech");
    let (eta, near) = (dispatched.eta().unwrap(), &dispatched.responders_in_range[0]);
    assert_eq!((eta.duration.as_secs(), eta.metres), (195, Some(1213)));
    assert_eq!((near.duration, near.duration_text.as_deref(), near.distance), (Some(195), Some("3 mins"), Some(1213)));
    // Rounded up, the texts of an arrival still have a way to go.
    let arrived = callout("responder-arrived");
    assert_eq!(arrived.response_etas[0].duration_text.as_deref(), Some("1 min"));
    assert!(arrived.eta().unwrap().duration.is_zero());
}

#[test]
fn a_field_that_was_always_null_may_hold_anything() {
    // AURA-49
    for value in [json!(7), json!("text"), json!({"x": [1]}), json!([]), json!(true)] {
        let mut document = fixture("responder-arrived");
        document["customer"]["imageId"] = Value::Null;
        let fields = [
            "/lastUpdatedByClientId",
            "/source",
            "/messageId",
            "/customer/dateOfBirth",
            "/customer/imageId",
            "/location/description",
            "/location/placeId",
            "/calloutincidentdetail/situationNeutral",
            "/calloutincidentdetail/supplier/lastUpdatedBy",
            "/calloutincidentdetail/supplier/supplierLogoUrl",
            "/calloutincidentdetail/responder/responderlocations/0/formattedAddress",
            "/calloutincidentdetail/responder/responderlocations/0/region",
            "/calloutincidentdetail/responder/responderlocations/0/city",
            "/calloutincidentdetail/responder/responderlocations/0/country",
        ];
        for at in fields {
            let field = document.pointer_mut(at).unwrap();
            assert!(field.is_null(), "{at}");
            *field = value.clone();
        }
        let written = serde_json::to_value(read(&document)).unwrap();
        for at in fields {
            assert_eq!(written.pointer(at), Some(&value), "{at}");
        }
    }
}

#[test]
fn an_event_of_an_unknown_type_fails_nothing() {
    // AURA-50
    let events = json!([
        {"id": 1, "calloutEventTypeId": 99, "event": {"image": "x"}},
        {"id": 2, "calloutEventTypeId": null, "event": "a text"},
        {"id": 4, "calloutEventTypeId": "7", "event": {"body": {"html": "x"}, "role": 7}},
        {"id": 3, "calloutEventTypeId": 2, "event": {"body": "Hello", "role": "Responder"}},
    ]);
    let callout = read(&json!({"id": 1, "status": "created", "calloutEvents": events}));
    let bodies: Vec<_> = callout.events.iter().map(|event| event.body()).collect();
    assert_eq!(bodies, [None, None, None, Some("Hello")]);
    assert_eq!(callout.events[0].event_type_id, Some(99));
    assert_eq!(callout.events[3].role(), Some(&EventRole::Other("Responder".into())));
}
