//! The life of a callout: transitions, positions, and what each action changes.

use crate::support::{
    RawRequest,
    aura::{create, get, prefixed, real_callout, test_callout},
};
use axum::body::Body;
use care_emulators::aura::{ControlError, Controller, Emulator, Status};
use http::Request;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use std::time::Duration;
use tower::ServiceExt;

type Act = fn(&Controller, u64) -> Result<(), ControlError>;

/// An emulator with one callout.
struct One {
    emulator: Emulator,
    token: String,
    id: u64,
}

impl One {
    async fn new(body: &Value) -> Self {
        let emulator = Emulator::start().await.unwrap();
        let token = emulator.issue_user_token("customer@example.com");
        let id = create(&emulator, &token, body).await;
        Self { emulator, token, id }
    }

    fn act(&self, acts: &[Act]) -> Result<(), ControlError> {
        acts.iter().try_for_each(|act| act(&self.emulator.controller(), self.id))
    }

    async fn get(&self, query: &str) -> Value {
        get(&self.emulator, &self.token, self.id, query).await
    }

    async fn post(&self, path: &str, body: &Value) -> u16 {
        RawRequest::post(prefixed(path), body).token(&self.token).send(&self.emulator).await.status
    }
}

#[tokio::test]
async fn a_test_callout_must_be_verified_before_a_dispatch() {
    for dispatch in [Controller::dispatch as Act, Controller::dispatch_by_hand] {
        let one = One::new(&test_callout()).await;
        let before = one.get("").await;
        let refusal = one.act(&[dispatch]).unwrap_err();
        assert_eq!(refusal, ControlError::NotVerified { callout: one.id });
        assert_eq!(one.get("").await, before);
        let text = refusal.to_string();
        assert!(
            text.contains("`created`") && text.contains("`Responder Dispatched`") && text.contains("TEST"),
            "{text}"
        );
        one.act(&[Controller::verify, dispatch]).unwrap();
        assert_eq!(one.get("").await["status"], "Responder Dispatched");
    }
}

#[tokio::test]
async fn a_real_callout_needs_no_verification_before_a_dispatch() {
    let mut unclassified = real_callout();
    unclassified.as_object_mut().unwrap().remove("calloutClassificationId");
    for body in [real_callout(), unclassified] {
        let one = One::new(&body).await;
        one.act(&[Controller::dispatch]).unwrap();
        let callout = one.get("").await;
        assert_eq!((&callout["verified"], &callout["verifiedBy"]), (&true.into(), &Value::Null));
        assert_eq!(callout["calloutClassificationId"], 1);
    }
}

const TO: [(Status, Act); 5] = [
    (Status::Dispatched, Controller::dispatch),
    (Status::Cancelled, Controller::cancel_responder),
    (Status::Arrived, Controller::arrive),
    (Status::Completed, Controller::complete),
    (Status::Closed, Controller::close),
];

#[tokio::test]
async fn only_documented_transitions_are_allowed() {
    let ways: [(Status, &[Act], &[Status]); 6] = [
        (Status::Created, &[], &[Status::Dispatched, Status::Closed]),
        (Status::Dispatched, &[Controller::dispatch], &[Status::Cancelled, Status::Arrived]),
        (
            Status::Cancelled,
            &[Controller::dispatch, Controller::cancel_responder],
            &[Status::Dispatched, Status::Closed],
        ),
        (Status::Arrived, &[Controller::dispatch, Controller::arrive], &[Status::Completed]),
        (Status::Completed, &[Controller::dispatch, Controller::arrive, Controller::complete], &[Status::Closed]),
        (Status::Closed, &[Controller::close], &[]),
    ];
    for (from, way, onward) in ways {
        for (to, act) in TO {
            let one = One::new(&real_callout()).await;
            one.act(way).unwrap();
            assert_eq!(one.emulator.controller().status(one.id), Ok(from));
            let done = one.act(&[act]);
            if onward.contains(&to) {
                assert_eq!(done, Ok(()), "{from} to {to}");
                assert_eq!(one.get("").await["status"], to.as_str());
            } else {
                assert_eq!(done, Err(ControlError::Forbidden { callout: one.id, from, to }));
                assert_eq!(one.get("").await["status"], from.as_str());
            }
        }
    }
}

#[tokio::test]
async fn another_responder_can_be_dispatched_after_a_cancellation() {
    let one = One::new(&real_callout()).await;
    one.act(&[Controller::dispatch]).unwrap();
    let first = one.get("").await["calloutincidentdetail"]["responder"]["id"].clone();
    one.act(&[Controller::cancel_responder, Controller::dispatch]).unwrap();
    let callout = one.get("").await;
    let second = &callout["calloutincidentdetail"]["responder"]["id"];
    assert!(second.is_u64() && *second != first, "{first} and {second}");
    assert_eq!(callout["calloutResponderInRanges"][0]["responderId"], *second);
    assert_eq!(callout["calloutResponderInRanges"][0]["retractedAt"], Value::Null);
    assert_eq!(callout["calloutResponseEta"][0]["responderId"], *second);

    one.act(&[Controller::cancel_responder, Controller::dispatch_by_hand]).unwrap();
    let callout = one.get("").await;
    assert_eq!(callout["distance"], json!({ "distance": {}, "duration": {} }));
    assert_eq!(callout["calloutincidentdetail"]["responder"], Value::Null);
    one.act(&[Controller::arrive, Controller::complete, Controller::close]).unwrap();
}

#[tokio::test]
async fn each_move_brings_the_responder_nearer() {
    let one = One::new(&real_callout()).await;
    let unable = Err(ControlError::NoResponder { callout: one.id });
    assert_eq!(one.act(&[Controller::move_responder]), unable);
    one.act(&[Controller::dispatch]).unwrap();
    let mut before = one.get("").await;
    for _ in 0..3 {
        one.act(&[Controller::move_responder]).unwrap();
        let now = one.get("").await;
        let away = |callout: &Value| callout["calloutResponseEta"][0]["distanceValue"].as_u64().unwrap();
        assert!(away(&now) < away(&before));
        let at = |callout: &Value| callout["calloutincidentdetail"]["responder"]["latestResponderLocationId"].clone();
        assert_ne!(at(&now), at(&before));
        assert_eq!(now["status"], before["status"]);
        before = now;
    }
    one.act(&[Controller::arrive]).unwrap();
    assert_eq!(one.act(&[Controller::move_responder]), unable);
}

#[tokio::test]
async fn a_dismissed_callout_continues() {
    let one = One::new(&real_callout()).await;
    let path = format!("/callouts/{}/dismiss", one.id);
    let controller = one.emulator.controller();
    assert_eq!(controller.dismissed(one.id), Ok(false));
    assert_eq!(one.post(&path, &json!({})).await, 200);
    let bare = RawRequest::new("POST", prefixed(&path)).token(&one.token);
    assert_eq!(bare.send(&one.emulator).await.status, 200);
    assert_eq!(controller.dismissed(one.id), Ok(true));
    one.act(&[Controller::dispatch, Controller::arrive]).unwrap();
    assert_eq!(one.get("").await["status"], "Responder Arrived");
}

#[tokio::test]
async fn positions_are_accepted_after_the_close_and_shown_as_text() {
    let one = One::new(&real_callout()).await;
    let path = format!("/callouts/{}/location", one.id);
    one.act(&[Controller::dispatch]).unwrap();
    let dispatched = one.get("").await;
    assert_eq!(one.post(&path, &json!({ "latitude": 51.50001, "longitude": -0.12, "accuracy": 12.5 })).await, 200);
    let callout = one.get("").await;
    assert_eq!(
        (&callout["location"]["latitude"], &callout["location"]["longitude"]),
        (&"51.50001".into(), &"-0.12".into())
    );
    assert_eq!(callout["calloutlocations"], json!([callout["location"]]));
    assert_ne!(callout["location"]["id"], dispatched["location"]["id"]);
    assert_eq!(callout["location"]["durationText"], dispatched["location"]["durationText"]);

    one.act(&[Controller::arrive, Controller::complete, Controller::close]).unwrap();
    assert_eq!(one.post(&path, &json!({ "latitude": 51.6, "longitude": -0.2 })).await, 200);
    assert_eq!(one.get("").await["status"], "closed");
    let fixes = one.emulator.controller().locations(one.id).unwrap();
    assert_eq!(
        fixes.iter().map(|fix| (fix.latitude, fix.accuracy)).collect::<Vec<_>>(),
        [(51.50001, Some(12.5)), (51.6, None)]
    );
}

#[tokio::test]
async fn a_route_is_shown_on_request_while_a_responder_is_on_the_way() {
    let one = One::new(&real_callout()).await;
    let both = "?shouldIncludeRoute=true&shouldIncludeEvents=true";
    let callout = one.get(both).await;
    assert_eq!((callout.get("route"), &callout["calloutEvents"]), (None, &json!([])));
    one.act(&[Controller::dispatch]).unwrap();
    assert_eq!(one.get("").await.get("route"), None);
    assert_eq!(one.get("?shouldIncludeRoute=false").await.get("route"), None);
    let callout = one.get(both).await;
    assert!(callout["route"].is_object() && callout["calloutEvents"].is_array());
    let one = One::new(&real_callout()).await;
    one.act(&[Controller::dispatch_by_hand]).unwrap();
    assert_eq!(one.get(both).await.get("route"), None);
}

#[tokio::test]
async fn the_builder_decides_whether_answers_are_wrapped() {
    let emulator = Emulator::builder().bare_created().wrapped_get().start().await.unwrap();
    let token = emulator.issue_user_token("customer@example.com");
    let created = RawRequest::post(prefixed("/callouts"), &test_callout()).token(&token).send(&emulator).await.json();
    assert_eq!(created["id"], 570);
    let callout = get(&emulator, &token, 570, "").await;
    assert_eq!((callout.get("id"), &callout["callout"]["id"]), (None, &570.into()));
}

#[tokio::test]
async fn control_errors_name_the_callout_and_the_reason() {
    let one = One::new(&test_callout()).await;
    let controller = one.emulator.controller();
    assert_eq!(controller.close(1), Err(ControlError::UnknownCallout { callout: 1 }));
    assert_eq!(controller.status(1), Err(ControlError::UnknownCallout { callout: 1 }));
    assert_eq!(controller.send_message(one.id, ""), Err(ControlError::EmptyText));
    controller.close(one.id).unwrap();
    assert_eq!(controller.verify(one.id), Err(ControlError::Closed { callout: one.id }));
    let text = controller.arrive(one.id).unwrap_err().to_string();
    assert_eq!(text, "callout 570 can't go from `closed` to `Responder Arrived`");
}

async fn poll(emulator: &Emulator, token: &str, id: u64) -> Value {
    let request = Request::get(prefixed(&format!("/callouts/{id}?shouldIncludeEvents=true")))
        .header("authorization", format!("Bearer {token}"))
        .body(Body::empty())
        .unwrap();
    let response = emulator.router().oneshot(request).await.unwrap();
    serde_json::from_slice(&response.into_body().collect().await.unwrap().to_bytes()).unwrap()
}

#[tokio::test(start_paused = true)]
async fn autoplay_closes_every_callout() {
    let step = Duration::from_secs(10);
    let emulator = Emulator::builder().autoplay(step).start().await.unwrap();
    let token = emulator.issue_user_token("customer@example.com");
    let raise: Request<Body> = Request::post(prefixed("/callouts"))
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", "application/json")
        .body(test_callout().to_string().into())
        .unwrap();
    emulator.router().oneshot(raise).await.unwrap();
    tokio::time::sleep(step / 2).await;
    let mut seen = Vec::new();
    for _ in 0..8 {
        let callout = poll(&emulator, &token, 570).await;
        let verified = callout["verified"] == true;
        let messages = callout["calloutEvents"].as_array().unwrap().len();
        seen.push(format!("{} {verified} {messages}", callout["status"].as_str().unwrap()));
        tokio::time::sleep(step).await;
    }
    let expected = [
        "created false 0",
        "created true 0",
        "Responder Dispatched true 0",
        "Responder Dispatched true 0",
        "Responder Arrived true 0",
        "Responder Arrived true 1",
        "Responder Completed true 1",
        "closed true 1",
    ];
    assert_eq!(seen, expected);
}
