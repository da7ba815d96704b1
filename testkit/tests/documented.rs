//! The checks of documented operations tell a request, a refusal or an error from another.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

use care_client_core::{Error, Kind, Options, Pipeline, RequestParts, RetryPolicy, Safety};
use care_testkit::{
    SocketlessTransport,
    documented::{Meaning, Wanted, assert_sent, assert_unsent, fails},
    mock_server::{answer, lines, ok, ok_text},
};
use serde_json::json;
use std::panic::{AssertUnwindSafe, catch_unwind};
use tokio::task::JoinSet;
use wiremock::MockServer;

async fn panics(check: impl Future<Output = ()> + Send + 'static) -> bool {
    let mut tasks = JoinSet::new();
    tasks.spawn(check);
    tasks.join_next().await.unwrap().is_err()
}

fn pipeline(server: &MockServer) -> Pipeline {
    Pipeline::builder(server.uri(), "tests/1.0").build().unwrap()
}

#[tokio::test]
async fn a_request_is_told_by_line_headers_and_body() {
    let server = MockServer::start().await;
    answer(&server, "POST", "/x", ok(&json!({}))).await;
    answer(&server, "GET", "/y", ok_text("<a/>", "application/xml")).await;
    let parts = RequestParts::post(["x"]).query("a", "1").json(&json!({"k": [1, 2]})).unwrap();
    pipeline(&server).call(parts).await.unwrap();
    let found = pipeline(&server).call(RequestParts::get(["y"])).await.unwrap();
    assert_eq!((&found.body[..], found.headers["content-type"].to_str().unwrap()), (&b"<a/>"[..], "application/xml"));
    assert_eq!(lines(&server).await, ["POST /x?a=1", "GET /y"]);

    let requests = server.received_requests().await.unwrap();
    let line = |line: &str| Wanted::new(line).header("user-agent", "tests/1.0").header("accept", "application/json");
    let post = || line("POST /x?a=1");
    let body = || json!({"k": [1, 2]});
    let all = [post().text("application/json", r#"{"k":[1,2]}"#), line("GET /y")];
    post().json(body()).assert(&requests[0]);
    assert_sent(&server, &all).await;
    for other in [
        post(),
        post().header("content-type", "application/json"),
        line("POST /x").json(body()),
        line("PUT /x?a=1").json(body()),
        post().json(json!({"k": [2, 1]})),
        post().json(body()).header("x-more", "1"),
        post().json(body()).header("accept", "text/html"),
        post().text("application/json", r#"{"k": [1, 2]}"#),
        post().text("application/xml", r#"{"k":[1,2]}"#),
    ] {
        assert!(catch_unwind(AssertUnwindSafe(|| other.assert(&requests[0]))).is_err(), "{other:?} passes");
    }
    let only = all[..1].to_vec();
    assert!(panics(async move { assert_sent(&server, &only).await }).await, "one more came");
}

#[tokio::test]
async fn a_refusal_is_told_from_what_was_sent_and_from_another() {
    for (path, kind, tells, passes) in [
        ("..", Kind::Request, "`.` or `..`", true),
        ("..", Kind::Config, "`.` or `..`", false),
        ("..", Kind::Request, "other words", false),
        ("sent", Kind::Api, "404", false),
        ("..", Kind::Request, "", false),
    ] {
        let server = MockServer::start().await;
        if tells.is_empty() {
            pipeline(&server).call(RequestParts::get(["before"])).await.unwrap_err();
        }
        let error = fails(pipeline(&server).call(RequestParts::get([path]))).await;
        let check = async move { assert_unsent(&server, kind, &[("it", error, tells)]).await };
        assert_eq!(!panics(check).await, passes, "{path} {kind} {tells}");
    }
}

async fn refused(status: u16, safety: Safety) -> Error {
    let options = Options::new().transport(SocketlessTransport::script(move |_| (status, "{}")));
    let pipeline = Pipeline::builder("http://localhost", "tests/1.0").options(options).build().unwrap();
    pipeline.call(RequestParts::post(["x"])).with_safety(safety).with_retry(RetryPolicy::new()).await.unwrap_err()
}

#[tokio::test(start_paused = true)]
async fn an_error_means_what_its_status_means_and_nothing_else() {
    for safety in [Safety::Read, Safety::Idempotent, Safety::Once] {
        let meaning = Meaning { operation: "raw", safety, renewable: false };
        for status in [400, 401, 403, 404, 408, 409, 421, 425, 429, 500, 501, 502, 503, 504] {
            meaning.assert(&refused(status, safety).await, status);
        }
        let renewable = Meaning { renewable: true, ..meaning };
        let other = if safety == Safety::Once { Safety::Read } else { Safety::Once };
        for (wrong, status) in [
            (meaning, 403),
            (renewable, 401),
            (Meaning { safety: other, ..meaning }, 500),
            (Meaning { operation: "other", ..meaning }, 500),
        ] {
            let error = refused(if status == 403 { 404 } else { status }, safety).await;
            assert!(catch_unwind(AssertUnwindSafe(|| wrong.assert(&error, status))).is_err(), "{wrong:?} {status}");
        }
    }
}
