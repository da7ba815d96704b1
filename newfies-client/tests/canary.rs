//! No secret and no personal value shows where programs print: in `Debug`, errors, reports, spans and observers' notes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

#[path = "canary/answer.rs"]
mod answer;
#[path = "canary/calls.rs"]
mod calls;

use answer::answers;
use calls::{builder, every_call, every_debug, every_workflow};
use care_emulators::newfies::{Emulator, Generation};
use care_testkit::{
    RecordingObserver, SocketlessTransport, Step,
    canary::{Echo, Printed},
};
use newfies_client::*;
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{any, method, path},
};

/// Success with a row whose values are of the wrong form.
const WRONG_FORM: Echo = Echo::Own(200, "application/json", |all| {
    serde_json::json!({"url": all, "title": [all], "id": all, "start": all, "name": {"a": all}, "username": 7})
        .to_string()
});
/// Success with a page whose only row can't be read.
const WRONG_ROW: Echo = Echo::Own(200, "application/json", |all| {
    serde_json::json!({"count": 1, "next": all, "previous": all, "results": [{"url": all, "canary": all}]}).to_string()
});
/// A refusal with messages by field.
const FIELDS: Echo = Echo::Own(400, "application/json", |all| {
    serde_json::json!({"title": [all], "__all__": [all], "data": {"doc_name": [all]}}).to_string()
});
/// A refusal with a detail.
const DETAIL: Echo = Echo::Own(403, "application/json", |all| serde_json::json!({"detail": all}).to_string());
/// An error with status 200.
const ERROR: Echo = Echo::Own(200, "application/json", |all| serde_json::json!({"error": all}).to_string());
/// Success that ends in the middle.
const HALF: Echo = Echo::Own(200, "application/json", |all| format!("{{\"title\": \"{}", all.replace('"', " ")));

fn echoes() -> Vec<Echo> {
    Echo::all().into_iter().chain([WRONG_FORM, WRONG_ROW, FIELDS, DETAIL, ERROR, HALF]).collect()
}

#[tokio::test]
async fn not_in_the_errors_of_a_server_that_quotes_all_it_was_sent() {
    let server = MockServer::start().await;
    for echo in echoes() {
        server.reset().await;
        Mock::given(any()).respond_with(echo).mount(&server).await;
        let (mut printed, spy) = (Printed::default(), RecordingObserver::default());
        let newfies = builder(server.uri(), &spy).build().unwrap();
        every_call(&newfies, &mut printed).await;
        every_workflow(&newfies, &mut printed).await;
        printed.text(spy.events());
        assert!(printed.texts().len() > 100 && !spy.events().is_empty(), "{echo:?}: {}", printed.texts().len());
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
    for echo in [Echo::Message(401), Echo::Message(503), WRONG_FORM, WRONG_ROW, FIELDS, Echo::Redirect] {
        server.reset().await;
        Mock::given(any()).respond_with(echo).mount(&server).await;
        let newfies = builder(server.uri(), &RecordingObserver::default()).build().unwrap();
        every_call(&newfies, &mut Printed::default()).await;
        every_workflow(&newfies, &mut Printed::default()).await;
    }
    let told = ["newfies.events.create", "newfies.alarms.list", "http.response.status_code=503", "number=2"];
    traced.tells_and_shows_nothing(&told);
}

#[tokio::test]
async fn not_in_anything_that_the_crate_makes_of_good_answers() {
    let server = MockServer::start().await;
    for (verb, at, body) in answers() {
        let answer = ResponseTemplate::new(200).set_body_json(body);
        Mock::given(method(verb)).and(path(format!("/rest-api/{at}"))).respond_with(answer).mount(&server).await;
    }
    Mock::given(method("DELETE")).respond_with(ResponseTemplate::new(204)).mount(&server).await;
    let (mut printed, spy) = (Printed::default(), RecordingObserver::default());
    let builder = builder(server.uri(), &spy);
    printed.debug(&builder);
    let newfies = builder.build().unwrap();
    printed.debug(&(&newfies, newfies.clone(), newfies.events()));
    every_debug(&newfies, &mut printed);
    every_call(&newfies, &mut printed).await;
    every_workflow(&newfies, &mut printed).await;
    let event = newfies.events().get(7).await.unwrap();
    assert!(event.title.contains("canary") && event.data.is_some(), "they can be had");
    let user = newfies.calendar_users().get(7).await.unwrap();
    assert!(user.password.unwrap().expose().contains("canary"));
    printed.text(spy.events());
    printed.shows_nothing();
}

#[tokio::test(start_paused = true)]
async fn not_in_what_workflows_say_of_their_ends() {
    let emulator = Emulator::builder().generation(Generation::G1).credentials("canary-user", "canary-password");
    let emulator = emulator.start().await.unwrap();
    let transport = SocketlessTransport::to(emulator.router());
    let newfies = Newfies::builder().base_url("http://127.0.0.1").basic_auth("canary-user", "canary-password");
    let newfies = newfies.options(Options::new().transport(transport.clone())).build().unwrap();
    let mut printed = Printed::default();
    let reminder = calls::reminder(Whose::from(NewCalendarUser::new("canary-doctor", "canary-password")));
    transport.plan("POST", "/alarm/", [Step::Lost, Step::AnswerLost]);
    for _ in 0..2 {
        match newfies.schedule_reminder(reminder.clone()).await {
            Ok(scheduled) => printed.debug(&scheduled),
            Err(error) => printed.error(&error),
        }
    }
    let scheduled = newfies.schedule_reminder(reminder.clone()).await.unwrap();
    emulator.controller().ring(scheduled.alarms[0].get()).unwrap();
    emulator.controller().confirm(scheduled.alarms[0].get()).unwrap();
    printed.debug(&newfies.wait_for_result(scheduled.alarms[0]).await.unwrap());
    printed.debug(&newfies.summary(scheduled.event).await.unwrap());
    printed.debug(&newfies.series(scheduled.event).await.unwrap());
    printed.debug(&newfies.pause_series(scheduled.event).await.unwrap());
    printed.debug(&newfies.preflight().await.unwrap());
    printed.error(&newfies.schedule_reminder(calls::reminder(Whose::named("canary-nobody"))).await.unwrap_err());
    printed.shows_nothing();
}
