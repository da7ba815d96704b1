//! No secret and no personal value shows where programs print: in `Debug`, errors, reports, spans, observers' notes and files.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

#[path = "canary/answer.rs"]
mod answer;
#[path = "canary/calls.rs"]
mod calls;
mod common;

use answer::marked_callout;
use aura_client::*;
use calls::*;
use care_testkit::{
    RecordingObserver,
    canary::{Echo, Printed},
    mock_server::{answer_all, ok},
};
use common::{Folder, SocketlessTransport, Step};
use futures_util::StreamExt;
use serde_json::json;
use std::sync::Arc;
use wiremock::MockServer;

/// Success with values of the wrong type.
const WRONG_TYPE: Echo = Echo::Own(200, "application/json", |all| {
    json!({"id": all, "status": {"of": all}, "accessToken": [all], "callout": {"id": all}}).to_string()
});

/// Success that ends in the middle.
const HALF: Echo = Echo::Own(200, "application/json", |all| format!("{{\"id\": 570, \"accessToken\": \"{all}"));

#[tokio::test]
async fn not_in_the_errors_of_a_server_that_quotes_all_it_was_sent() {
    let server = MockServer::start().await;
    for echo in Echo::all().into_iter().chain([WRONG_TYPE, HALF]) {
        answer_all(&server, echo).await;
        let (mut printed, spy) = (Printed::default(), RecordingObserver::default());
        let aura = builder(server.uri(), &spy, &Arc::default()).build().unwrap();
        every_call(&aura, &mut printed).await;
        let quoted = aura.callouts().create(new_callout()).await.unwrap_err();
        let body = quoted.body().map(|body| String::from_utf8_lossy(body).into_owned());
        assert!(body.is_none_or(|body| body.is_empty() || body.contains("Canary-name")), "it does quote them");
        printed.text(spy.events());
        assert!(printed.texts().len() > 60 && !spy.events().is_empty());
        printed.shows_nothing();
    }
}

#[cfg(feature = "tracing")]
#[tokio::test]
async fn not_in_spans_and_events() {
    let (traced, _guard) = care_testkit::canary::Traced::here();
    let server = MockServer::start().await;
    for echo in [Echo::Message(401), Echo::Message(503), WRONG_TYPE, Echo::Redirect] {
        answer_all(&server, echo).await;
        let aura = builder(server.uri(), &RecordingObserver::default(), &Arc::default()).build().unwrap();
        every_call(&aura, &mut Printed::default()).await;
    }
    let told = ["aura.callouts.create", "aura.users.register", "http.response.status_code=503", "number=2"];
    traced.tells_and_shows_nothing(&told);
}

#[tokio::test]
async fn not_in_anything_that_the_crate_makes_of_good_answers() {
    let server = MockServer::start().await;
    let mut body = marked_callout("closed");
    body["accessToken"] = json!("canary-fetched-token");
    answer_all(&server, ok(&body)).await;
    let (mut printed, spy, tokens) =
        (Printed::default(), RecordingObserver::default(), Arc::new(MemoryTokenStore::new()));
    let folder = Folder::new();
    let store = FileSessionStore::open(folder.file("callouts.json")).unwrap();
    let builder = builder(server.uri(), &spy, &tokens);
    printed.debug(&builder);
    let aura = builder.build().unwrap();
    every_call(&aura, &mut printed).await;
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

    printed.text(spy.events());
    printed.text([std::fs::read_to_string(store.path()).unwrap()]);
    printed.shows_nothing();
}

#[tokio::test(start_paused = true)]
async fn not_in_what_a_session_says_of_its_troubles() {
    let emulator = care_emulators::aura::Emulator::start().await.unwrap();
    let transport = SocketlessTransport::to(emulator.router());
    let token = emulator.issue_user_token("canary@example.com");
    let options = Options::new().transport(transport.clone());
    let aura = Aura::builder().base_url("http://localhost").user_token(token.clone()).options(options).build().unwrap();
    let session = aura.raise(new_callout(), &MemorySessionStore::new()).await.unwrap();
    let mut printed = Printed::default();
    transport.plan("GET", "/570", [Step::Answer(503, "{}"), Step::Answer(403, "{}")]);
    transport.plan("POST", "/location", [Step::Answer(403, "{}")]);
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
