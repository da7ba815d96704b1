//! The transport does to a request what its step says, and tells the client how far the exchange came; a faulty store
//! keeps a save back, or lets it through and says so.

use axum::{Router, body::Body, routing::post};
use care_client_core::{Error, Kind, Options, Outcome, Pipeline, RawResponse, RequestParts, RetryPolicy, StoreError};
use care_testkit::{FaultyStore, Signal, SocketlessTransport, Step, When, reply, secs};
use futures_util::{StreamExt, stream};
use serde_json::json;
use std::{
    future::pending,
    io,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    time::Duration,
};
use tokio::time::{Instant, timeout};

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

/// What becomes of three saves, each given a minute: whether it ended well, and how many were done by then.
async fn saved(trouble: &FaultyStore, mend_after: usize) -> Vec<(Option<bool>, usize)> {
    let (done, mut ends) = (AtomicUsize::new(0), Vec::new());
    for n in 0..3 {
        if n == mend_after {
            trouble.repair();
        }
        let save = async { Ok::<_, StoreError>(done.fetch_add(1, Relaxed)) };
        let end = timeout(Duration::from_secs(60), trouble.run(save)).await;
        ends.push((end.ok().map(|end| end.is_ok()), done.load(Relaxed)));
    }
    ends
}

#[tokio::test(start_paused = true)]
async fn each_kind_does_what_it_says_until_it_is_mended() {
    let (well, fails, never) = (Some(true), Some(false), None);
    let held = |number, when| FaultyStore::held(number, when, Signal::default());
    for (trouble, expected) in [
        (FaultyStore::healthy(), [(well, 1), (well, 2), (well, 3)]),
        (FaultyStore::failing(), [(fails, 0), (fails, 0), (well, 1)]),
        (FaultyStore::hanging(), [(never, 0), (never, 0), (well, 1)]),
        (FaultyStore::slow(Duration::from_secs(59)), [(well, 1), (well, 2), (well, 3)]),
        (FaultyStore::slow(Duration::from_secs(61)), [(never, 0), (never, 0), (well, 1)]),
        (held(2, When::Before), [(well, 1), (never, 1), (well, 2)]),
        (held(2, When::After), [(well, 1), (never, 2), (well, 3)]),
        (held(3, When::Before), [(well, 1), (well, 2), (well, 3)]),
    ] {
        assert_eq!(saved(&trouble, 2).await, expected, "{trouble:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_slow_save_takes_its_time_and_a_held_one_tells() {
    let begin = Instant::now();
    FaultyStore::slow(Duration::from_secs(7)).run(async { Ok(()) }).await.unwrap();
    assert_eq!(begin.elapsed(), Duration::from_secs(7));
    let signal = Signal::default();
    let held = FaultyStore::held(1, When::Before, signal.clone());
    tokio::select! {
        () = signal.reached() => {}
        end = held.run(async { Ok(()) }) => panic!("{end:?}"),
    }
}
