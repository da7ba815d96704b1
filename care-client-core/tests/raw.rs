//! What no crate has an operation for goes as it is, through the same credentials, errors and rules, and is sent once.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on fails")]

mod common;

use care_client_core::{Credentials, Kind, Operation, Outcome, RequestParts, Safety, Secret, StopReason};
use common::*;
use http::{HeaderValue, Method, header::CONTENT_TYPE};

#[tokio::test]
async fn it_is_sent_and_answered_as_it_is() {
    let server = Server::start([answer(201, "<made/>").header("x-request-id", "r-7")]).await;
    let credentials = Credentials::bearer(&Secret::new("token")).unwrap();
    let pipeline = pipeline_with(server.url(), quick(), credentials);
    let parts = RequestParts::new(Method::PUT, ["things", "a b"])
        .query("q", "1&2")
        .header(http::HeaderName::from_static("x-note"), HeaderValue::from_static("hello"))
        .body(HeaderValue::from_static("text/plain"), "the body");
    let call = pipeline.call(parts.clone());
    assert_eq!(call.parts().unwrap(), parts, "to look without sending");
    assert_eq!(server.requests(), 0);
    let raw = call.await.unwrap();
    assert_eq!((raw.status.as_u16(), raw.body.as_ref(), raw.request_id()), (201, b"<made/>".as_slice(), Some("r-7")));
    let heard = &server.heard()[0];
    assert!(heard.starts_with("PUT /things/a%20b?q=1%262 HTTP/1.1\r\n"), "{heard}");
    for line in ["authorization: Bearer token", "x-note: hello", "content-type: text/plain", "user-agent: tests/1.0"] {
        assert!(heard.contains(&format!("\r\n{line}\r\n")), "{line} in {heard}");
    }
    assert!(heard.ends_with("\r\n\r\nthe body"), "{heard}");
    assert!(!heard.contains("accept-encoding"), "{heard}");
}

#[tokio::test(start_paused = true)]
async fn it_counts_as_once_unless_the_call_says_otherwise() {
    let scripted = Scripted::new(|_, _| Step::Broken);
    let error = over(&scripted).call(RequestParts::get(["things"])).await.unwrap_err();
    assert_eq!((error.operation(), error.stop_reason()), ("raw", StopReason::Once));
    assert_eq!((error.outcome(), scripted.count()), (Outcome::Unknown, 1));
    let read = over(&scripted).call(RequestParts::get(["things"])).with_safety(Safety::Read);
    assert_eq!(read.await.unwrap_err().attempts(), 3);
}

#[tokio::test(start_paused = true)]
async fn its_errors_are_those_of_every_operation() {
    let error = over(&Scripted::always(404, "")).call(RequestParts::get(["things"])).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome(), error.is_not_found()), (Kind::Api, Outcome::Refused, true));
}

#[tokio::test(start_paused = true)]
async fn a_header_of_the_call_goes_instead_of_the_requests_own() {
    let scripted = Scripted::always(200, "");
    let json = HeaderValue::from_static("application/json");
    let parts = RequestParts::post(["things"]).body(HeaderValue::from_static("text/plain"), "{}");
    over(&scripted).call(parts).with_header(CONTENT_TYPE, json).await.unwrap();
    assert_eq!(scripted.headers("content-type"), ["application/json"]);
}

const NAMED: Operation = Operation::new("test.raw", "/anything", Safety::Idempotent, "https://docs.example.com");

#[tokio::test(start_paused = true)]
async fn a_service_crate_gives_it_the_services_name_and_safety() {
    let scripted = Scripted::new(|_, _| Step::Broken);
    let named = || over(&scripted).call(RequestParts::get(["things"])).as_operation(&NAMED);
    let error = named().await.unwrap_err();
    assert_eq!((error.operation(), error.attempts()), ("test.raw", 3));
    // The caller still has the last word.
    assert_eq!(named().with_safety(Safety::Once).await.unwrap_err().attempts(), 1);
    let unsent = over(&scripted).call(RequestParts::get([".."])).as_operation(&NAMED).await.unwrap_err();
    assert_eq!((unsent.operation(), unsent.kind()), ("test.raw", Kind::Request));
}
