//! No secret and no personal value shows where programs print: in `Debug`, errors, reports, spans, observers' notes and
//! files.

use crate::{
    operations::{
        contract,
        marked::{LATITUDE, here, new_callout, person},
    },
    support::*,
};
use aura_client::*;
use care_testkit::{
    RecordingObserver,
    canary::{Echo, Printed},
    fixtures::Fixtures,
    mock_server::{answer_all, ok, options},
};
use futures_util::StreamExt;
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};
use wiremock::MockServer;

/// Success with values of the wrong type.
const WRONG_TYPE: Echo = Echo::Own(200, "application/json", |all| {
    json!({"id": all, "status": {"of": all}, "accessToken": [all], "callout": {"id": all}}).to_string()
});

/// Success that ends in the middle.
const HALF: Echo = Echo::Own(200, "application/json", |all| format!("{{\"id\": 570, \"accessToken\": \"{all}"));

/// A client whose credentials are marked.
fn marked_builder(server: &MockServer, options: Options) -> AuraBuilder {
    let secrets = Aura::builder().server_credentials("canary-client-id", "canary-client-secret");
    let fast = Duration::from_millis(1)..Duration::from_millis(5);
    secrets.user_token("canary-token").base_url(server.uri()).options(options).poll_interval(fast)
}

fn marked_client(server: &MockServer, options: Options) -> Aura {
    marked_builder(server, options).token_store(MemoryTokenStore::new()).build().unwrap()
}

/// What isn't an operation of the table: requests of the caller's own, and what is refused before it is sent.
async fn everything_else(aura: &Aura, printed: &mut Printed) {
    let raw = RequestParts::post(["canary"]).query("key", "canary").json(&json!({"key": "canary"})).unwrap();
    printed.debug(&raw);
    let (calls, users) = (aura.callouts(), aura.users());
    printed.debug(&users.register(NewUser::new("canary@example.com", "canary-password")));
    printed.result(aura.raw(raw).await);
    printed.result(aura.with_user("canary-unknown@example.com").await);
    printed.result(aura.with_user_token("canary\nbroken").callouts().get(570).await);
    printed.result(calls.create(new_callout().location(Fix::new(991.707_107, 0.0))).await);
    printed.result(calls.create(NewCallout::demo(9).customer(person())).await);
    if let Err(quoted) = calls.create(new_callout()).await {
        let body = quoted.body().map(|body| String::from_utf8_lossy(body).into_owned());
        assert!(body.is_none_or(|body| body.is_empty() || body.contains("Canary-name")), "the server does quote them");
    }
}

#[tokio::test]
async fn not_in_the_errors_of_a_server_that_quotes_all_it_was_sent() {
    contract().errors_reveal_nothing(marked_client, &[WRONG_TYPE, HALF], everything_else).await;
}

#[cfg(feature = "tracing")]
#[tokio::test]
async fn not_in_spans_and_events() {
    contract().traces_reveal_nothing(marked_client, &[WRONG_TYPE], &["aura.raw"], everything_else).await;
}

#[tokio::test]
async fn not_in_anything_that_the_crate_makes_of_good_answers() {
    let server = MockServer::start().await;
    let mut body = marked_callout("closed");
    body["accessToken"] = json!("canary-fetched-token");
    answer_all(&server, ok(&body)).await;
    let (mut printed, observer, tokens) =
        (Printed::default(), RecordingObserver::default(), Arc::new(MemoryTokenStore::new()));
    let folder = Folder::new();
    let store = FileSessionStore::open(folder.file("callouts.json")).unwrap();
    let builder = marked_builder(&server, options().observer(observer.clone())).token_store(Arc::clone(&tokens));
    printed.debug(&builder);
    let aura = builder.build().unwrap();
    contract().print_every_call(&aura, &mut printed).await;
    everything_else(&aura, &mut printed).await;
    printed.debug(&(&aura, aura.with_user_token("canary"), aura.users(), aura.callouts(), aura.classifications()));
    printed.debug(&(&tokens, aura.with_user("canary@example.com").await.unwrap()));
    printed.debug(&(person(), here(), new_callout(), NewUser::new("canary@example.com", "canary-password")));

    let session = aura.raise(new_callout(), &store).await.unwrap();
    session.report_location(here()).unwrap();
    let mut watch = aura.callouts().watch(570).include_events();
    printed.debug(&(&watch, aura.callouts().report_location(570), session.location_progress()));
    let mut told = Vec::new();
    while let Some(update) = watch.next().await {
        told.push(update.unwrap());
    }
    printed.debug(&(&told, &watch, &session, session.updates(), session.state(), &store));
    printed.debug(&aura.resume(session.state()).with_store(&store));
    let Some(CalloutUpdate::Changed(callout)) = told.last() else { panic!("{told:?}") };
    let (customer, location) = (callout.customer.as_ref().unwrap(), callout.location.as_ref().unwrap());
    assert_eq!((customer.name.as_ref().unwrap().as_str(), location.latitude.as_deref()), ("canary", Some(&LATITUDE)));
    assert!(told.len() == 3 && callout.route().is_some());
    printed.debug(&(callout.dispatch(), callout.eta(), &callout.events, &callout.incident_detail));

    printed.text(observer.events());
    printed.text([std::fs::read_to_string(store.path()).unwrap()]);
    printed.shows_nothing();
}

#[tokio::test(start_paused = true)]
async fn not_in_what_a_session_says_of_its_troubles() {
    let emulator = Emulator::start().await.unwrap();
    let transport = SocketlessTransport::to(emulator.router());
    let token = emulator.issue_user_token("canary@example.com");
    let options = Options::new().transport(transport.clone());
    let aura = Aura::builder().base_url("http://localhost").user_token(token.clone()).options(options).build().unwrap();
    let session = aura.raise(new_callout(), &MemorySessionStore::new()).await.unwrap();
    let mut printed = Printed::default();
    transport.plan("GET", "/570", [Step::Answer(503, "{}")]);
    transport.plan("GET", "/570", vec![Step::Answer(403, "{}"); 20]);
    transport.plan("POST", "/location", vec![Step::Answer(403, "{}"); 20]);
    session.report_location(here()).unwrap();
    let mut updates = session.updates();
    while let Some(update) = updates.next().await {
        printed.debug(&update);
    }
    printed.debug(&(session.location_progress(), session.report_location(here()), &session, &updates));
    printed.error(&session.report_location(here()).unwrap_err());
    assert!(printed.texts().len() > 8 && printed.texts().iter().all(|text| !text.contains(&token)));
    printed.shows_nothing();
}

/// Puts marks into all that is somebody's in an answer.
fn marked(value: &mut Value) {
    const TEXTS: &str = "verifiedBy lastUpdatedBy firstAcknowledgedBy ownedBy incidentDetails contactNumber \
                         contactPerson email \
                         surname mobile vehicleLicensePlate formattedAddress gender dateOfBirth auth0UserId body \
                         createdBy \
                         callsign reference address description";
    match value {
        Value::Array(list) => list.iter_mut().for_each(marked),
        Value::Object(map) => {
            let is_person = map.contains_key("surname");
            for (key, value) in map {
                match key.as_str() {
                    "latitude" | "longitude" => *value = json!("-26.707107"),
                    "name" if is_person => *value = json!("canary"),
                    key if TEXTS.split(' ').any(|text| text == key) && !value.is_object() => {
                        *value = json!(format!("canary {key}"))
                    }
                    _ => marked(value),
                }
            }
        }
        _ => {}
    }
}

/// A finished callout with events and a route, all of it somebody's.
fn marked_callout(status: &str) -> Value {
    let fixtures = Fixtures::of(env!("CARGO_MANIFEST_DIR"));
    let (mut callout, events) = (fixtures.json("responder-completed.json"), fixtures.json("callout-events.json"));
    callout["calloutEvents"] = events["calloutEvents"].clone();
    marked(&mut callout);
    callout["calloutincidentdetail"]["incidentcategory"]["description"] = json!("Test");
    callout["customerNumberPhoneds"] = json!(["+12025550177"]);
    callout["route"] = json!({"points": [[-26.707_107, 28.707_107]], "to": "canary"});
    callout["status"] = json!(status);
    callout
}
