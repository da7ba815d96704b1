//! What is printed is heard, and tells when a mark is in it: of values and errors, and of `tracing`, whatever other
//! threads do. Not a module with a mark in its name, which would stand in what is printed.

use care_client_core::{Options, Pipeline, RequestParts, RetryPolicy};
use care_testkit::{
    RecordingObserver, SocketlessTransport, Step,
    canary::{Echo, Printed, Traced},
    mock_server::answer_all,
};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    thread,
};
use wiremock::MockServer;

fn passes(texts: &[&str]) -> bool {
    let mut printed = Printed::default();
    printed.text(texts.iter().map(|text| (*text).to_owned()));
    catch_unwind(AssertUnwindSafe(|| printed.shows_nothing())).is_ok()
}

#[test]
fn a_mark_is_found_in_any_case_and_nothing_else_is() {
    assert!(passes(&["fine", "+12025550103 at -26.125"]));
    let basic = "Basic Y2FuYXJ5LXVzZXI6Y2FuYXJ5LXBhc3N3b3Jk";
    for shows in ["a CANARY", "+12025550177", "lat -26.707107", basic, &"é canary".repeat(300)] {
        assert!(!passes(&["fine", shows]), "{shows}");
    }
    assert!(!passes(&[]), "nothing was printed at all");
}

#[tokio::test(start_paused = true)]
async fn an_error_is_printed_with_all_its_causes() {
    let transport = SocketlessTransport::script(|_| (200, ""));
    transport.plan("GET", "", vec![Step::Refused; 3]);
    let options = Options::new().transport(transport).retry(RetryPolicy::never());
    let spy = RecordingObserver::default();
    let pipeline = Pipeline::builder("http://localhost", "tests/1.0").options(options.observer(spy.clone()));
    let error = pipeline.build().unwrap().call(RequestParts::get(["x"])).await.unwrap_err();
    let mut printed = Printed::default();
    printed.error(&error);
    for part in [error.to_string(), error.report(), "connection refused".to_owned()] {
        assert!(printed.texts().iter().any(|text| text.contains(&part)), "{part}");
    }
    let notes = spy.events();
    assert!(
        notes.len() == 2 && notes[0].starts_with("AttemptEvent") && notes[1].starts_with("FinishEvent"),
        "{notes:?}"
    );
}

#[tokio::test]
async fn every_echo_answers_with_header_body_and_address_but_the_redirect() {
    let own = Echo::Own(200, "application/xml", |all| format!("<a>{all}</a>"));
    let server = MockServer::start().await;
    for echo in Echo::all().into_iter().chain([own]) {
        answer_all(&server, echo).await;
        let transport = Options::new().retry(RetryPolicy::never());
        let pipeline = Pipeline::builder(server.uri(), "tests/1.0").options(transport).build().unwrap();
        let parts = RequestParts::post(["x"]).query("key", "canary-query").json("canary-body").unwrap();
        let parts = parts.header("authorization".parse().unwrap(), "canary-header".parse().unwrap());
        let body = match pipeline.call(parts).await {
            Ok(answer) => answer.body,
            Err(error) => error.body().cloned().unwrap_or_default(),
        };
        let text = String::from_utf8(body.to_vec()).unwrap();
        let echoed = ["canary-query", "canary-body", "canary-header"].iter().all(|sent| text.contains(sent));
        assert_eq!(echoed, !matches!(echo, Echo::Redirect), "{echo:?}: {text}");
    }
}

#[test]
fn spans_with_their_attributes_and_events_of_every_level_are_heard() {
    let (traced, guard) = Traced::here();
    tracing::info_span!("call", name = "one").in_scope(|| tracing::trace!(number = 2, "attempt"));
    drop(guard);
    tracing::error!("after");
    let text = traced.text();
    for told in ["call", "name=\"one\"", "attempt", "number=2", "close"] {
        assert!(text.contains(told), "{told}: {text}");
    }
    assert!(!text.contains("after"), "{text}");
    traced.tells_and_shows_nothing(&["attempt"]);
    assert!(catch_unwind(|| traced.tells_and_shows_nothing(&["after"])).is_err());
    tracing::subscriber::with_default(tracing_subscriber::fmt().with_writer(traced.clone()).finish(), || {
        tracing::info!("a canary");
    });
    assert!(catch_unwind(|| traced.tells_and_shows_nothing(&["attempt"])).is_err());
}

fn work() {
    tracing::info_span!("work").in_scope(|| tracing::info!("done"));
}

#[test]
fn another_thread_where_nobody_listens_turns_nothing_off() {
    let (traced, _guard) = Traced::here();
    thread::spawn(work).join().unwrap();
    assert_eq!(traced.text(), "");
    work();
    traced.tells_and_shows_nothing(&["work", "done"]);
}
