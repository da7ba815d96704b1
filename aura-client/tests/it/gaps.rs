//! Where AURA's guide says nothing: answers that aren't shown, errors, lists that don't exist.

use crate::mock_server::{SocketlessTransport, answer, backend, fixture, lines, ok, scripted, user};
use aura_client::{
    ApiFault, ClassificationList, Error, Fix, GetCallout, MemorySessionStore, NewCallout, NewCustomer, NewUser,
    Outcome, SessionPhase, SessionStore,
};
use care_testkit::Step;
use futures_util::FutureExt;
use serde_json::json;
use std::sync::{Arc, Mutex};
use wiremock::{MockServer, ResponseTemplate};

fn new_callout() -> NewCallout {
    NewCallout::new(NewCustomer::new("Test", "Test", "+12025550103"), Fix::new(-26.1, 28.05))
}

#[tokio::test]
async fn a_response_type_is_any_number_or_none() {
    // AURA-35
    let script = SocketlessTransport::script(|_| (200, fixture("created")));
    let aura = scripted(&script);
    aura.callouts().create(new_callout()).await.unwrap();
    aura.callouts().create(new_callout().response_type(4711)).await.unwrap();
    let sent: Vec<_> = script.all().iter().map(|sent| sent.json().get("responseTypeId").cloned()).collect();
    assert_eq!(sent, [None, Some(json!(4711))]);
}

#[tokio::test]
async fn classifications_are_found_in_every_likely_answer() {
    // AURA-36
    for body in [
        json!([{"id": 1, "value": "REAL"}, {"id": 2, "value": "TEST"}]),
        json!({
            "calloutClassifications": [{"id": "1", "name": "Real"}, {"id": 2, "description": "test"}],
            "message": "OK",
        }),
    ] {
        let server = MockServer::start().await;
        answer(&server, "GET", "/panic-api/callout-classifications", ok(&body)).await;
        let list: ClassificationList = user(&server).classifications().list().await.unwrap();
        assert_eq!((list.real().map(|id| id.get()), list.test().map(|id| id.get())), (Some(1), Some(2)), "{body}");
    }
}

#[tokio::test]
async fn a_route_of_any_name_and_form_is_kept() {
    // AURA-37
    let server = MockServer::start().await;
    for (id, key, route) in [
        (1, "route", json!([{"lat": -26.1, "lng": 28.0}])),
        (2, "calloutRoute", json!("_p~iF~ps|U")),
        (3, "polygons", json!({"legs": [{"steps": 7}]})),
    ] {
        let mut document = fixture("responder-dispatched-tech");
        document[key] = route.clone();
        document["id"] = id.into();
        answer(&server, "GET", &format!("/panic-api/callouts/{id}"), ok(&document)).await;
        let callout = user(&server).callouts().get(GetCallout::new(id).include_route()).await.unwrap();
        assert_eq!(callout.route().unwrap().iter().collect::<Vec<_>>(), [(&key.to_owned(), &route)]);
        assert!(!format!("{callout:?}").contains("_p~iF"), "it leads to a person");
    }
    answer(&server, "GET", "/panic-api/callouts/570", ok(&fixture("created"))).await;
    assert_eq!(user(&server).callouts().get(570).await.unwrap().route(), None);
}

#[tokio::test]
async fn any_answer_to_what_has_no_documented_answer_will_do() {
    // AURA-39
    let answers = [
        ResponseTemplate::new(204),
        ResponseTemplate::new(200),
        ResponseTemplate::new(201).set_body_string("Created"),
        ResponseTemplate::new(202).set_body_json(json!(null)),
        ResponseTemplate::new(200).set_body_json(json!([])),
        ResponseTemplate::new(200).set_body_json(json!({"message": "OK", "anything": {"id": "none"}})),
    ];
    for template in answers {
        let server = MockServer::start().await;
        answer(&server, "POST", "/panic-api/oauth/token", ok(&fixture("ours/token-response"))).await;
        for path in ["callouts/570/location", "callouts/570/dismiss", "callout/570/comments", "oauth/user"] {
            answer(&server, "POST", &format!("/panic-api/{path}"), template.clone()).await;
        }
        let aura = backend(&server).with_user_token("token");
        aura.callouts().update_location(570, Fix::new(-26.1, 28.05)).await.unwrap();
        aura.callouts().dismiss(570).await.unwrap();
        assert_eq!(aura.callouts().comment(570, "Hello").await.unwrap().id, None);
        let registered = aura.users().register(NewUser::new("guid_1234@example.com", "hush")).await.unwrap();
        assert_eq!(registered.token, None);
    }
}

#[tokio::test]
async fn the_message_of_an_error_is_read_and_shown_without_what_was_sent() {
    // AURA-40
    let server = MockServer::start().await;
    let body = json!({"message": "no customer +12025550103 named Canary", "code": 7});
    answer(&server, "POST", "/panic-api/callouts", ResponseTemplate::new(400).set_body_json(&body)).await;
    let person = NewCustomer::new("Canary", "Test", "+12025550103");
    let error = user(&server).callouts().create(NewCallout::new(person, Fix::new(0.0, 0.0))).await.unwrap_err();
    let fault = error.fault::<ApiFault>().unwrap();
    assert_eq!(fault.message.as_str(), body["message"].as_str().unwrap());
    for shown in [format!("{error}"), format!("{error:?}"), error.report(), format!("{fault:?}")] {
        assert!(!shown.contains("Canary") && !shown.contains("2025550103"), "{shown}");
    }
    assert!(error.report().contains("no customer"), "{}", error.report());
}

#[tokio::test]
async fn help_is_asked_for_once_whatever_becomes_of_the_answer() {
    // AURA-41
    for status in [408, 500, 502, 503, 504] {
        let server = MockServer::start().await;
        answer(&server, "POST", "/panic-api/callouts", ResponseTemplate::new(status)).await;
        let error = user(&server).callouts().create(new_callout()).await.unwrap_err();
        assert_eq!((error.outcome(), error.is_retryable()), (Outcome::Unknown, false), "{status}");
        assert_eq!(lines(&server).await.len(), 1, "{status}");
    }
}

#[tokio::test(start_paused = true)]
async fn help_is_asked_for_again_where_nobody_can_have_heard() {
    // AURA-41
    let script = SocketlessTransport::script(|_| (200, fixture("created")));
    script.plan("POST", "/callouts", vec![Step::Refused; 9]);
    let error = scripted(&script).callouts().create(new_callout()).await.unwrap_err();
    assert_eq!((error.outcome(), error.attempts(), error.is_retryable()), (Outcome::NotSent, 3, true));
}

#[tokio::test]
async fn the_id_of_a_new_callout_is_kept_from_an_answer_that_is_readable_in_part() {
    // AURA-42
    for (body, status) in [
        (json!({"callout": {"id": 570}}), ""),
        (json!({"id": "570", "status": 7}), ""),
        (json!({"message": "OK", "callout": {"id": 570, "status": "created", "calloutlocations": "none"}}), "created"),
    ] {
        let script = SocketlessTransport::script(move |_| (201, body.clone()));
        let created = scripted(&script).callouts().create(new_callout()).await.unwrap();
        assert_eq!((created.id.get(), created.status.as_str()), (570, status));
    }
}

#[tokio::test]
async fn a_raised_callout_is_saved_as_being_created_before_it_is_sent_and_with_its_id_before_it_returns() {
    // AURA-42
    async fn phases(store: &MemorySessionStore) -> Vec<SessionPhase> {
        store.load().await.unwrap().iter().map(|state| state.phase()).collect()
    }
    let store = MemorySessionStore::new();
    let seen = Arc::new(Mutex::new(None));
    let (looked, at_post) = (store.clone(), Arc::clone(&seen));
    let script = SocketlessTransport::script(move |_| {
        *at_post.lock().unwrap() = phases(&looked).now_or_never();
        (200, fixture("created"))
    });
    let session = scripted(&script).raise(new_callout(), &store).await.unwrap();
    assert_eq!(seen.lock().unwrap().take(), Some(vec![SessionPhase::Creating]));
    assert_eq!(phases(&store).await, [SessionPhase::Active(570.into())]);
    session.abandon().await;
}

#[tokio::test]
async fn a_refused_callout_leaves_nothing_behind_and_an_unknown_one_does() {
    // AURA-42
    for (status, left) in [(400, 0), (403, 0), (500, 1)] {
        let store = MemorySessionStore::new();
        let script = SocketlessTransport::script(move |_| (status, json!({"message": "no"})));
        let error: Error = scripted(&script).raise(new_callout(), &store).await.unwrap_err();
        assert_eq!(error.outcome() == Outcome::Unknown, left == 1, "{status}");
        assert_eq!(store.load().await.unwrap().len(), left, "{status}");
        assert_eq!(script.all().len(), 1, "{status}");
    }
}

#[tokio::test]
async fn a_new_callout_names_a_person_and_a_place_and_nothing_that_was_not_given() {
    // AURA-48, AURA-19
    let script = SocketlessTransport::script(|_| (200, fixture("created")));
    scripted(&script).callouts().create(new_callout()).await.unwrap();
    let wanted = json!({
        "customer": {"name": "Test", "surname": "Test", "mobile": "+12025550103"},
        "calloutLocation": {"latitude": -26.1, "longitude": 28.05},
    });
    assert_eq!(script.all()[0].json(), wanted);
}
