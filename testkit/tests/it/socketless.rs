//! The transport does to a request what its step says, and tells the client how far the exchange came.

use axum::{Router, body::Body, routing::post};
use care_client_core::{Error, Kind, Options, Outcome, Pipeline, RawResponse, RequestParts, RetryPolicy};
use care_testkit::{Signal, SocketlessTransport, Step, reply, secs};
use futures_util::{StreamExt, stream};
use serde_json::json;
use std::{
    future::pending,
    io,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
};
use tokio::time::Instant;

/// A server that counts what it has done.
fn counter() -> (SocketlessTransport, Arc<AtomicUsize>) {
    let done = Arc::new(AtomicUsize::new(0));
    let counts = Arc::clone(&done);
    let add = async move || format!("{{\"n\":{}}}", counts.fetch_add(1, Relaxed) + 1);
    (SocketlessTransport::to(Router::new().route("/add", post(add))), done)
}

fn pipeline(transport: &SocketlessTransport) -> Pipeline {
    let options = Options::new().transport(transport.clone()).attempt_timeout(secs(10)).max_body(64);
    Pipeline::builder("http://localhost", "tests/1.0").options(options).build().unwrap()
}

async fn add(transport: &SocketlessTransport) -> Result<RawResponse, Error> {
    let parts = RequestParts::post(["add"]).query("by", "1").json(&json!({"by": 1})).unwrap();
    pipeline(transport).call(parts).with_retry(RetryPolicy::never()).await
}

#[tokio::test(start_paused = true)]
async fn a_failing_step_says_how_far_it_came_and_does_the_work_or_not() {
    for (step, kind, outcome, works, after) in [
        (Step::Refused, Kind::Connect, Outcome::NotSent, 0, 0),
        (Step::Lost, Kind::Interrupted, Outcome::Unknown, 0, 0),
        (Step::AnswerLost, Kind::Interrupted, Outcome::Unknown, 1, 0),
        (Step::Cut, Kind::Interrupted, Outcome::Completed, 1, 0),
        (Step::Silence, Kind::Timeout, Outcome::Unknown, 0, 10),
        (Step::After(secs(11)), Kind::Timeout, Outcome::Unknown, 1, 10),
        (Step::Answer(400, "{}"), Kind::Api, Outcome::Refused, 0, 0),
        (Step::RetryAfter(429, 7), Kind::Api, Outcome::Refused, 0, 0),
        (Step::text(|body| *body = "x".repeat(65)), Kind::TooLarge, Outcome::Completed, 1, 0),
    ] {
        let (transport, done) = counter();
        transport.plan("POST", "/add", [step.clone()]);
        let begin = Instant::now();
        let error = add(&transport).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (kind, outcome), "{step:?}");
        assert_eq!((done.load(Relaxed), begin.elapsed()), (works, secs(after)), "{step:?}");
        assert_eq!(error.retry_after(), matches!(step, Step::RetryAfter(..)).then(|| secs(7)), "{step:?}");
        assert_eq!(add(&transport).await.unwrap().body, format!("{{\"n\":{}}}", works + 1), "{step:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn answers_come_late_edited_or_from_the_plan() {
    for (step, body) in [
        (Step::Pass, r#"{"n":1}"#),
        (Step::After(secs(9)), r#"{"n":1}"#),
        (Step::json(|body| body["n"] = json!("one")), r#"{"n":"one"}"#),
        (Step::text(|body| *body = body.replace('n', "<n>")), r#"{"<n>":1}"#),
        (Step::edited(|answer| answer.body = "other".into()), "other"),
        (Step::Reply(reply(200, "application/xml", "<n/>")), "<n/>"),
    ] {
        let (transport, _) = counter();
        transport.plan("POST", "/add", [step.clone()]);
        assert_eq!(add(&transport).await.unwrap().body, body, "{step:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_step_is_for_its_method_and_path_and_the_first_that_was_planned_comes_first() {
    let (transport, _) = counter();
    transport.plan("GET", "/add", [Step::Lost]);
    transport.plan("POST", "/other", [Step::Lost]);
    transport.plan("POST", "/add", [Step::Answer(200, "first"), Step::Answer(200, "second")]);
    transport.plan("POST", "dd", [Step::Answer(200, "third")]);
    for body in ["first", "second", "third", r#"{"n":1}"#] {
        assert_eq!(add(&transport).await.unwrap().body, body);
    }
}

#[tokio::test(start_paused = true)]
async fn a_held_step_tells_the_test_and_the_call_never_ends() {
    for (held, works) in [(Step::HeldBefore as fn(Signal) -> Step, 0), (Step::HeldAfter, 1)] {
        let ((transport, done), signal) = (counter(), Signal::default());
        transport.plan("POST", "/add", [held(signal.clone())]);
        tokio::select! {
            () = signal.reached() => {}
            end = add(&transport) => panic!("{end:?}"),
        }
        assert_eq!(done.load(Relaxed), works);
    }
}

#[tokio::test(start_paused = true)]
async fn what_was_sent_is_noted_with_its_time() {
    let (transport, _) = counter();
    for wait in [0, 3, 4] {
        tokio::time::sleep(secs(wait)).await;
        add(&transport).await.unwrap();
    }
    assert_eq!((transport.total(), transport.count("POST", "/add"), transport.count("GET", "")), (3, 3, 0));
    assert_eq!(transport.gaps("POST", "/add"), [secs(3), secs(4)]);
    let sent = &transport.all()[0];
    assert_eq!((sent.line(), sent.origin()), ("POST /add?by=1".to_owned(), "http://localhost".to_owned()));
    assert_eq!((sent.path(), sent.query(), sent.text()), ("/add", "by=1", r#"{"by":1}"#));
    assert_eq!((sent.header("content-type"), sent.json()), (Some("application/json"), json!({"by": 1})));
    assert_eq!(sent.header("x-none"), None);
}

#[tokio::test(start_paused = true)]
async fn a_script_sees_each_request_and_answers_it() {
    let mut number = 0;
    let transport = SocketlessTransport::script(move |sent| {
        number += 1;
        (200, json!({"number": number, "line": sent.line()}))
    });
    add(&transport).await.unwrap();
    let answer: serde_json::Value = add(&transport).await.unwrap().json().unwrap();
    assert_eq!(answer, json!({"number": 2, "line": "POST /add?by=1"}));
    assert!(add(&SocketlessTransport::script(|_| (500, "no"))).await.is_err());
    assert!(add(&SocketlessTransport::script(|_| reply(200, "text/html", "<html>"))).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn a_body_that_stops_or_breaks_off_leaves_what_came() {
    for (breaks, kind) in [(false, Kind::Timeout), (true, Kind::Interrupted)] {
        let half = async move || {
            let end = async move { if breaks { Err(io::Error::other("broken")) } else { pending().await } };
            let begin = stream::iter([Ok("half")]);
            Body::from_stream(begin.chain(stream::once(Box::pin(end))))
        };
        let error = add(&SocketlessTransport::to(Router::new().route("/add", post(half)))).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (kind, Outcome::Completed));
        assert_eq!(error.body().unwrap(), &b"half"[..]);
    }
}
