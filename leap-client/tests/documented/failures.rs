//! What each error means for each operation. No document shows the body of one (LEAP-23): those are ours.

use crate::{
    mocked::{builder, leap, lines, options},
    operations::{OPERATIONS, Operation},
};
use leap_client::{Error, Kind, Leap, Outcome, RetryPolicy, Safety, StopReason};
use std::time::Duration;
use wiremock::{MockServer, ResponseTemplate};

const STATUSES: [u16; 7] = [400, 401, 403, 404, 409, 429, 500];
const SAID: &str = "it can't be done";

fn error_answer(status: u16) -> ResponseTemplate {
    let answer = ResponseTemplate::new(status).set_body_string(SAID);
    if status == 429 { answer.insert_header("retry-after", "0") } else { answer }
}

async fn fails(operation: &Operation, leap: Leap) -> Error {
    (operation.call)(leap).await.expect_err(operation.what)
}

#[tokio::test]
async fn every_status_says_what_was_done_and_once_is_never_repeated_after_500() {
    // LEAP-21: whatever the page lists for the operation, each status means the same. LEAP-39: a 500 to a post is one request.
    let server = MockServer::start().await;
    for operation in &OPERATIONS {
        for status in STATUSES {
            server.reset().await;
            let attempts = u64::from(operation.meaning().attempts(status));
            operation.mock().respond_with(error_answer(status)).expect(attempts).mount(&server).await;
            let error = fails(operation, leap(&server)).await;
            operation.meaning().assert(&error, status);
            assert_eq!(error.body().unwrap(), SAID, "LEAP-23: {} {status}", operation.what);
            assert!(error.report().contains(SAID) && !error.to_string().contains(SAID), "{}", operation.what);
            server.verify().await;
        }
    }
}

#[tokio::test]
async fn an_error_without_a_body_means_the_same() {
    // LEAP-23
    let server = MockServer::start().await;
    for operation in &OPERATIONS {
        server.reset().await;
        operation.mock().respond_with(ResponseTemplate::new(400)).mount(&server).await;
        let error = fails(operation, leap(&server)).await;
        operation.meaning().assert(&error, 400);
        assert!(error.body().unwrap().is_empty(), "{}", operation.what);
    }
}

#[tokio::test]
async fn a_redirect_is_an_error_that_names_the_host_and_is_not_followed() {
    // LEAP-09: plain http is answered so, with the https address; a post would become a get there.
    let server = MockServer::start().await;
    for operation in &OPERATIONS {
        for (status, outcome) in [(302, Outcome::Unknown), (301, Outcome::Refused), (307, Outcome::Refused)] {
            server.reset().await;
            let there = "https://acme.leapcities.com/api/v1/requests?canary=1";
            let redirect = ResponseTemplate::new(status).insert_header("location", there);
            operation.mock().respond_with(redirect).expect(1).mount(&server).await;
            let error = fails(operation, leap(&server)).await;
            let at = format!("{} {status}: {error}", operation.what);
            assert_eq!((error.kind(), error.outcome(), error.attempts()), (Kind::Origin, outcome, 1), "{at}");
            assert_eq!(error.stop_reason(), StopReason::Final, "{at}");
            assert_eq!((error.operation(), error.is_retryable()), (operation.name, false), "{at}");
            let text = error.to_string();
            assert!(text.contains("https://acme.leapcities.com") && text.contains("the root"), "{at}");
            assert!(!text.contains("canary"), "{at}");
            server.verify().await;
        }
    }
}

#[tokio::test]
async fn too_many_requests_are_waited_for_as_the_server_asks_and_sent_again() {
    // LEAP-23: no limit is documented, and one is obeyed.
    for operation in &OPERATIONS {
        let server = MockServer::start().await;
        operation.mock().respond_with(error_answer(429)).up_to_n_times(1).expect(1).mount(&server).await;
        operation.mock().respond_with(operation.good_answer()).expect(1).mount(&server).await;
        assert_eq!((operation.call)(leap(&server)).await.unwrap(), 2, "{}", operation.what);
        server.verify().await;
    }
}

#[tokio::test]
async fn the_servers_wait_goes_before_the_policys() {
    // LEAP-23
    let server = MockServer::start().await;
    let get = &OPERATIONS[0];
    get.mock().respond_with(error_answer(429)).up_to_n_times(1).mount(&server).await;
    get.mock().respond_with(get.good_answer()).mount(&server).await;
    // By its own waits of up to a year the call would miss its deadline at once.
    let year = Duration::from_secs(31_536_000);
    let options = options().retry(RetryPolicy::new().first_delay(year).max_delay(year));
    assert_eq!((get.call)(builder(&server).options(options).build().unwrap()).await.unwrap(), 2);
}

#[tokio::test]
async fn a_server_error_that_passes_is_seen_by_nobody_where_a_repeat_is_safe() {
    for operation in OPERATIONS.iter().filter(|operation| operation.safety != Safety::Once) {
        let server = MockServer::start().await;
        operation.mock().respond_with(error_answer(503)).up_to_n_times(2).expect(2).mount(&server).await;
        operation.mock().respond_with(operation.good_answer()).expect(1).mount(&server).await;
        assert_eq!((operation.call)(leap(&server)).await.unwrap(), 3, "{}", operation.what);
        server.verify().await;
    }
}

#[tokio::test]
async fn after_an_unknown_post_the_error_says_not_to_send_it_again() {
    // LEAP-38, LEAP-39
    let server = MockServer::start().await;
    for operation in OPERATIONS.iter().filter(|operation| operation.safety == Safety::Once) {
        for status in [408, 500, 502, 503, 504] {
            server.reset().await;
            operation.mock().respond_with(ResponseTemplate::new(status)).mount(&server).await;
            let error = fails(operation, leap(&server)).await;
            operation.meaning().assert(&error, status);
            assert!(error.to_string().contains("don't send it again before you know"), "{error}");
            assert_eq!(lines(&server).await.len(), 1, "{} {status}", operation.what);
        }
    }
}
