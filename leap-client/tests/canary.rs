//! No secret and no personal value shows where programs print: in `Debug`, errors, reports, spans, observers' notes and files.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

#[path = "canary/answer.rs"]
mod answer;
#[path = "canary/calls.rs"]
mod calls;

use answer::{detail, list};
use calls::{builder, every_call, every_debug, every_workflow};
use care_emulators::leap::{Emulator, NewRequest};
use care_testkit::{
    Folder, RecordingObserver, SocketlessTransport, Step,
    canary::{Echo, Printed},
};
use futures_util::StreamExt;
use leap_client::{Change, FileChangeStore, Leap, ListRequests, Options, RequestKey, Settled, State};
use std::time::Duration;
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{any, method, path},
};

/// Success with a request whose values are of the wrong form.
const WRONG_FORM: Echo = Echo::Own(200, "application/xml", |all| {
    let all = all.replace(['<', '&', '"'], " ");
    format!(
        "<support-request identifier=\"{all}\"><state>{all}</state><creation-time>{all}</creation-time></support-request>"
    )
});
/// Success with a list whose only row can't be read.
const WRONG_ROW: Echo = Echo::Own(200, "application/xml", |all| {
    let all = all.replace(['<', '&', '"'], " ");
    format!(
        "<support-requests><support-request canary=\"{all}\"><email>{all}</email></support-request></support-requests>"
    )
});
/// Success that confirms another external id.
const WRONG_REF: Echo =
    Echo::Own(200, "application/xml", |_| "<ref identifier=\"canary\" extid=\"canary\" ref=\"canary\"/>".to_owned());
/// Success that ends in the middle.
const HALF: Echo = Echo::Own(200, "application/xml", |all| format!("<support-request identifier=\"1\"><email>{all}"));
/// A document whose root is a value.
const ROOT: Echo = Echo::Own(200, "application/xml", |_| "<canary-1 canary=\"1\"/>".to_owned());

fn echoes() -> Vec<Echo> {
    Echo::all().into_iter().chain([WRONG_FORM, WRONG_ROW, WRONG_REF, HALF, ROOT]).collect()
}

#[tokio::test]
async fn not_in_the_errors_of_a_server_that_quotes_all_it_was_sent() {
    let server = MockServer::start().await;
    for echo in echoes() {
        server.reset().await;
        Mock::given(any()).respond_with(echo).mount(&server).await;
        let (mut printed, spy) = (Printed::default(), RecordingObserver::default());
        let leap = builder(server.uri(), &spy).build().unwrap();
        // Names are no secrets, but an error may hold none of them: they can be a person's.
        every_call(&leap, "canary", &mut printed).await;
        every_workflow(&leap, "canary", &mut printed).await;
        printed.text(spy.events());
        assert!(printed.texts().len() > 40 && !spy.events().is_empty(), "{echo:?}: {}", printed.texts().len());
        // Nor what the header says of both.
        assert!(printed.texts().iter().all(|text| !text.contains("Y2FuYXJ5")), "{echo:?}");
        printed.shows_nothing();
    }
}

#[cfg(feature = "tracing")]
#[tokio::test]
async fn not_in_spans_and_events() {
    let (traced, _guard) = care_testkit::canary::Traced::here();
    let server = MockServer::start().await;
    for echo in [Echo::Message(401), Echo::Message(503), WRONG_FORM, WRONG_ROW, Echo::Redirect] {
        server.reset().await;
        Mock::given(any()).respond_with(echo).mount(&server).await;
        let leap = builder(server.uri(), &RecordingObserver::default()).build().unwrap();
        every_call(&leap, "canary", &mut Printed::default()).await;
        every_workflow(&leap, "canary", &mut Printed::default()).await;
    }
    let text = traced.text();
    for told in ["leap.requests.get", "leap.requests.comment", "http.response.status_code=503", "number=2"] {
        assert!(text.contains(told), "{told} isn't told");
    }
    let mut printed = Printed::default();
    printed.text([text]);
    printed.shows_nothing();
}

#[tokio::test]
async fn not_in_anything_that_the_crate_makes_of_good_answers() {
    let server = MockServer::start().await;
    for list_path in ["/api/v1/requests/", "/api/v1/requests/by-topic/Parking"] {
        let page = ResponseTemplate::new(200).set_body_raw(list(), "application/xml");
        Mock::given(method("GET")).and(path(list_path)).respond_with(page).mount(&server).await;
    }
    let request = ResponseTemplate::new(200).set_body_raw(detail(), "application/xml");
    Mock::given(method("GET")).respond_with(request).mount(&server).await;
    Mock::given(method("POST")).respond_with(ResponseTemplate::new(204)).mount(&server).await;
    let (mut printed, spy) = (Printed::default(), RecordingObserver::default());
    let builder = builder(server.uri(), &spy);
    printed.debug(&builder);
    let leap = builder.build().unwrap();
    printed.debug(&(&leap, leap.requests(), leap.clone()));
    every_debug(&leap, &mut printed);
    every_call(&leap, "10000001", &mut printed).await;
    every_workflow(&leap, "10000001", &mut printed).await;

    let request = leap.requests().get(RequestKey::id("10000001")).await.unwrap();
    let personal = [&request.summary, &request.description, &request.creator, &request.assignee, &request.email];
    assert!(personal.into_iter().all(|text| text.as_ref().unwrap().contains("canary")), "they can be had");
    let updates = request.updates.as_ref().unwrap();
    assert!(updates[0].updater.as_ref().unwrap().contains("canary") && updates[0].comment.is_some());
    printed.debug(&(
        &request,
        request.history(),
        updates,
        &request.topic,
        &request.state,
        leap.requests().list(ListRequests::new()),
    ));
    let page = leap.requests().list(ListRequests::new()).await.unwrap();
    assert_eq!((page.items.len(), page.undecodable.len()), (1, 1));
    printed.debug(&page);
    printed.error(
        &page.undecodable.into_iter().next().unwrap().into_error(<ListRequests as leap_client::Endpoint>::OPERATION),
    );
    printed.text(spy.events());
    printed.shows_nothing();
}

async fn emulator() -> (Emulator, SocketlessTransport, Leap, String) {
    let emulator = Emulator::builder().credentials("canary-user", "canary-password").display_name("canary system");
    let emulator = emulator.start().await.unwrap();
    let new = NewRequest::topic("Parking").summary("canary summary").description("canary description");
    let new = new.creator("canary creator").assignee("canary agent").email("canary@example.com");
    let id = emulator.controller().raise(new).unwrap();
    emulator.controller().comment(&id, "canary customer", "canary comment").unwrap();
    let transport = SocketlessTransport::to(emulator.router());
    let builder = Leap::builder().root(emulator.root()).basic_auth("canary-user", "canary-password");
    let leap = builder.options(Options::new().transport(transport.clone())).build().unwrap();
    (emulator, transport, leap, id)
}

#[tokio::test(start_paused = true)]
async fn not_in_the_feed_nor_in_the_file_that_it_keeps() {
    let (emulator, transport, leap, id) = emulator().await;
    let folder = Folder::new();
    let store = FileChangeStore::open(folder.file("changes.json")).unwrap();
    let mut printed = Printed::default();
    let mut changes = leap.requests().changes(store.clone());
    printed.debug(&changes);
    let change = changes.next().await.unwrap().unwrap();
    printed.debug(&(&change, change.request(), change.updates(), &changes, &store));
    let late = id.clone();
    emulator.controller().before_next("POST", "/acked", move |portal| {
        portal.comment(&late, "canary customer", "canary again").unwrap();
    });
    assert_eq!(change.done().await.unwrap(), Settled::ChangedSince);
    printed.text([std::fs::read_to_string(store.path()).unwrap()]);
    let change = changes.next().await.unwrap().unwrap();
    printed.debug(&(&change, &changes));
    printed.debug(&change.done().await.unwrap());
    emulator.controller().comment(&id, "canary customer", "canary more").unwrap();
    let change = changes.next().await.unwrap().unwrap();
    transport.plan("POST", "/acked", [Step::Lost, Step::AnswerLost]);
    transport.plan("GET", &id, [Step::Pass, Step::Answer(403, "<canary>")]);
    printed.error(&change.done().await.unwrap_err());
    printed.text([std::fs::read_to_string(store.path()).unwrap()]);
    for _ in 0..4 {
        match changes.next().await.unwrap() {
            Ok(change) => Change::done_all(vec![change]).await.into_iter().for_each(|end| printed.debug(&end)),
            Err(error) => printed.error(&error),
        }
        emulator.controller().comment(&id, "canary customer", "canary more").unwrap();
    }
    printed.text([std::fs::read_to_string(store.path()).unwrap()]);
    printed.shows_nothing();
}

#[tokio::test(start_paused = true)]
async fn not_in_what_workflows_say_of_their_troubles() {
    let (emulator, transport, leap, id) = emulator().await;
    let (requests, key) = (leap.requests(), RequestKey::id(&*id));
    let mut printed = Printed::default();
    transport.plan("POST", "/updates", [Step::Lost, Step::AnswerLost, Step::Lost, Step::Answer(409, "<canary>")]);
    for update in [
        leap_client::RequestUpdate::new().comment("canary text"),
        leap_client::RequestUpdate::new().state(State::Problem),
    ] {
        match requests.post_update_once(&key, update).await {
            Ok(posted) => printed.debug(&posted),
            Err(error) => printed.error(&error),
        }
    }
    printed.error(&requests.change_state_checked(&key, State::New).comment("canary text").await.unwrap_err());
    printed.error(&requests.change_state_checked(&key, State::New).comment("canary text").await.unwrap_err());
    requests.change_state(&key, State::Successful).comment("canary text").await.unwrap();
    printed.error(&requests.change_state_checked(&key, State::New).comment("canary text").await.unwrap_err());
    printed.error(&requests.wait_for_state(&key, [State::Other("canary".into())]).await.unwrap_err());
    let waiting = requests.wait_for_state(RequestKey::id("canary"), [State::New]).with_timeout(Duration::from_secs(60));
    printed.error(&waiting.await.unwrap_err());
    emulator.controller().raise(NewRequest::topic("Parking").with_id("7").external_id("MAX-1")).unwrap();
    printed.error(&requests.ensure_external_id(&*id, "MAX-1").await.unwrap_err());
    printed.error(&requests.ensure_external_id("7", "canary").await.unwrap_err());
    printed.shows_nothing();
}
