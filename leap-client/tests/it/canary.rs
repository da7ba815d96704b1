//! No secret and no personal value shows where programs print: in `Debug`, errors, reports, spans, observers' events
//! and files.

use crate::{operations::contract, support::mock_server::options};
use care_emulators::leap::{Emulator, NewRequest};
use care_testkit::{
    Folder, RecordingObserver, SocketlessTransport, Step,
    canary::{Echo, Printed},
    fixtures::Fixtures,
};
use chrono::{TimeDelta, Utc};
use futures_util::StreamExt;
use http::Method;
use leap_client::{
    Acknowledge, Change, ChangeState, FileChangeStore, Leap, LeapBuilder, ListRequests, Options, RequestKey,
    RequestParts, RequestUpdate, Settled, State,
};
use std::time::Duration;
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{method, path},
};

/// Success with a request whose values are of the wrong form.
const WRONG_FORM: Echo = Echo::Own(200, "application/xml", |all| {
    let all = all.replace(['<', '&', '"'], " ");
    format!(
        "<support-request identifier=\"{all}\"><state>{all}</state><creation-time>{all}</creation-time>\
         </support-request>"
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

const OWN: [Echo; 5] = [WRONG_FORM, WRONG_ROW, WRONG_REF, HALF, ROOT];

#[tokio::test]
async fn not_in_the_errors_of_a_server_that_quotes_all_it_was_sent() {
    contract().errors_reveal_nothing(marked_client, &OWN, everything_else).await;
}

#[cfg(feature = "tracing")]
#[tokio::test]
async fn not_in_spans_and_events() {
    contract().traces_reveal_nothing(marked_client, &[WRONG_FORM, WRONG_ROW], &["leap.raw"], everything_else).await;
}

#[tokio::test]
async fn not_in_values_of_good_answers() {
    let server = MockServer::start().await;
    for list_path in ["/api/v1/requests/", "/api/v1/requests/by-topic/Parking"] {
        let page = ResponseTemplate::new(200).set_body_raw(list(), "application/xml");
        Mock::given(method("GET")).and(path(list_path)).respond_with(page).mount(&server).await;
    }
    let request = ResponseTemplate::new(200).set_body_raw(detail(), "application/xml");
    Mock::given(method("GET")).respond_with(request).mount(&server).await;
    Mock::given(method("POST")).respond_with(ResponseTemplate::new(204)).mount(&server).await;
    let (mut printed, observer) = (Printed::default(), RecordingObserver::default());
    let builder = marked_builder(&server, options().observer(observer.clone()));
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
    printed.text(observer.events());
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
    let builder = Leap::builder().base_url(emulator.base_url()).basic_auth("canary-user", "canary-password");
    let leap = builder.options(Options::new().transport(transport.clone())).build().unwrap();
    (emulator, transport, leap, id)
}

#[tokio::test(start_paused = true)]
async fn not_in_the_feed_nor_in_its_file() {
    let (emulator, transport, leap, id) = emulator().await;
    let folder = Folder::new();
    let store = FileChangeStore::open(folder.file("changes.json")).unwrap();
    let mut printed = Printed::default();
    let mut changes = leap.requests().changes(store.clone());
    printed.debug(&changes);
    let change = changes.next().await.unwrap().unwrap();
    printed.debug(&(&change, change.request(), change.updates(), &changes, &store));
    let late = id.clone();
    emulator.controller().before_next("POST", "/acked", move |controller| {
        controller.comment(&late, "canary customer", "canary again").unwrap();
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
async fn not_in_errors_of_workflows() {
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
    printed.error(&requests.change_state_checked(&key, State::New).with_comment("canary text").await.unwrap_err());
    printed.error(&requests.change_state_checked(&key, State::New).with_comment("canary text").await.unwrap_err());
    requests.change_state(ChangeState::new(&key, State::Successful).comment("canary text")).await.unwrap();
    printed.error(&requests.change_state_checked(&key, State::New).with_comment("canary text").await.unwrap_err());
    printed.error(&requests.wait_for_state(&key, [State::Other("canary".into())]).await.unwrap_err());
    let waiting = requests.wait_for_state(RequestKey::id("canary"), [State::New]).with_timeout(Duration::from_secs(60));
    printed.error(&waiting.await.unwrap_err());
    emulator.controller().raise(NewRequest::topic("Parking").with_id("7").external_id("MAX-1")).unwrap();
    printed.error(&requests.ensure_external_id(&*id, "MAX-1").await.unwrap_err());
    printed.error(&requests.ensure_external_id("7", "canary").await.unwrap_err());
    printed.shows_nothing();
}

/// The documented answer for one request with a mark in all that is somebody's.
fn detail() -> String {
    let mut document = Fixtures::of(env!("CARGO_MANIFEST_DIR")).text("request-detail.xml");
    let marked = ["summary", "description", "creator", "assignee", "email", "updater", "comment"];
    for name in marked {
        let (start, end) = (format!("<{name}>"), format!("</{name}>"));
        let mut pieces = document.split(&start).map(str::to_owned).collect::<Vec<_>>();
        for piece in &mut pieces[1..] {
            let rest = piece.split_off(piece.find(&end).unwrap());
            *piece = format!("canary {name}@example.com +12025550177{rest}");
        }
        assert!(pieces.len() > 1, "{name}");
        document = pieces.join(&start);
    }
    document
}

/// A list with that request, and with one that has no state.
fn list() -> String {
    let (row, broken) = (detail(), detail().replacen("<state>IN_PROGRESS</state>", "<canary>canary</canary>", 1));
    format!("<support-requests>{row}{}</support-requests>", broken.replace("\"10000001\"", "\"10000002\""))
}

/// A client whose credentials are marked.
fn marked_builder(server: &MockServer, options: Options) -> LeapBuilder {
    Leap::builder().base_url(server.uri()).basic_auth("canary-user", "canary-password").options(options)
}

fn marked_client(server: &MockServer, options: Options) -> Leap {
    marked_builder(server, options).build().unwrap()
}

/// What isn't in the table. Identifiers are no secrets, but an error shows none of them: they can be a person's.
async fn everything_else(leap: &Leap, printed: &mut Printed) {
    every_call(leap, "canary", printed).await;
    every_workflow(leap, "canary", printed).await;
}

fn raw() -> RequestParts {
    RequestParts::new(Method::POST, ["canary"]).query("key", "canary").form([("canary", "canary")])
}

fn update() -> RequestUpdate {
    RequestUpdate::new().state(State::Problem).comment("canary comment")
}

/// What is not sent yet: calls, workflows and their parts.
fn every_debug(leap: &Leap, printed: &mut Printed) {
    let (requests, key) = (leap.requests(), RequestKey::id("10000001"));
    let change = requests.change_state(ChangeState::new(&key, State::Problem).comment("canary comment"));
    let comment = requests.comment(&key, "canary comment");
    printed.debug(&(comment.parts().unwrap(), change.parts().unwrap(), &comment, &change));
    printed.debug(&(requests.get(&key), requests.acknowledge(["10000001"]), requests.set_external_id("1", "MAX-1")));
    printed.debug(&(requests.post_update_once(&key, update()), update()));
    printed.debug(&requests.change_state_checked(&key, State::Problem).with_comment("canary comment"));
    printed.debug(&(requests.ensure_external_id("1", "MAX-1"), requests.wait_for_state(&key, [State::New])));
    printed.debug(&(requests.sync_window(None, None), requests.list(ListRequests::topic("Parking")), raw()));
}

/// Every operation once, on the request with this name, with its failure if it fails.
async fn every_call(leap: &Leap, name: &str, printed: &mut Printed) {
    let (requests, key) = (leap.requests(), RequestKey::id(name));
    printed.result(requests.get(&key).response().await);
    printed.result(requests.get(RequestKey::external(name)).await);
    printed.result(requests.list(ListRequests::new()).await);
    let topic = if name == "canary" { name } else { "Parking" };
    printed.result(requests.list(ListRequests::topic(topic)).await);
    printed.result(requests.set_external_id(name, "canary-external").await);
    printed.result(requests.acknowledge([name]).await);
    printed.result(requests.acknowledge_external(Acknowledge::external([name]).keep_updates()).response().await);
    printed.result(
        requests.change_state(ChangeState::new(&key, State::Problem).comment("canary comment")).response().await,
    );
    printed.result(requests.comment(&key, "canary comment").response().await);
    printed.result(leap.raw(raw()).await);
    // What is refused before it is sent says as little.
    printed.result(requests.comment(&key, "canary\u{0}comment").await);
    printed.result(requests.change_state(ChangeState::new(&key, State::from("canary"))).await);
    printed.result(requests.get(RequestKey::id("canary\n")).await);
}

/// Every workflow once.
async fn every_workflow(leap: &Leap, name: &str, printed: &mut Printed) {
    let (requests, key) = (leap.requests(), RequestKey::id(name));
    printed.result(requests.find_by_external_id(name).await);
    printed.result(requests.ensure_external_id(name, "canary-external").with_overwrite().await);
    printed.result(requests.change_state_checked(&key, State::New).with_comment("canary comment").await);
    printed.result(requests.sync_window(Utc::now() - TimeDelta::hours(1), None).await);
    let waiting = requests.wait_for_state(&key, [State::InProgress]).with_timeout(Duration::from_millis(20));
    printed.result(waiting.await);
    printed.result(requests.post_update_once(&key, update()).await);
}
