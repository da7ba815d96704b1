//! What each error means for each operation.

use crate::{
    documented::operations::{OPERATIONS, Operation},
    mock_server::{builder, engagement, fixture, lines, options},
};
use engagement_client::{ApiFault, Engagement, Error, Kind, Outcome, RetryPolicy, Safety, StopReason};
use serde_json::json;
use std::time::Duration;
use wiremock::{MockServer, ResponseTemplate};

const STATUSES: [u16; 9] = [400, 401, 403, 404, 409, 422, 429, 500, 503];
const SAID: &str = "it can't be done";

/// An error in the form of the guide.
fn error_answer(status: u16) -> ResponseTemplate {
    let body = json!({"error": "some_reason", "message": SAID, "status": status});
    ResponseTemplate::new(status).set_body_json(body)
}

async fn fails(operation: &Operation, engagement: Engagement) -> Error {
    (operation.call)(engagement).await.expect_err(operation.what)
}

#[tokio::test]
async fn every_status_has_its_outcome_and_once_is_never_retried_after_500() {
    // ENG-22: whatever the page lists for the operation, each status means the same. ENG-28: a close and a cancel whose
    // end nobody knows are one request.
    let server = MockServer::start().await;
    for operation in &OPERATIONS {
        for status in STATUSES {
            server.reset().await;
            let attempts = u64::from(operation.meaning().attempts(status));
            operation.mock().respond_with(error_answer(status)).expect(attempts).mount(&server).await;
            let error = fails(operation, engagement(&server)).await;
            operation.meaning().assert(&error, status);
            let fault = error.fault::<ApiFault>().unwrap();
            let told = (fault.error.as_deref(), fault.message.as_deref().map(String::as_str), fault.status);
            assert_eq!(told, (Some("some_reason"), Some(SAID), Some(status.into())), "{}", operation.what);
            assert!(error.report().contains(SAID) && !error.to_string().contains(SAID), "{}", operation.what);
            server.verify().await;
        }
    }
}

#[tokio::test]
async fn an_error_in_plain_text_or_without_a_body_means_the_same() {
    // ENG-22
    let server = MockServer::start().await;
    for operation in &OPERATIONS {
        for status in STATUSES {
            server.reset().await;
            operation.mock().respond_with(ResponseTemplate::new(status).set_body_string(SAID)).mount(&server).await;
            let error = fails(operation, engagement(&server)).await;
            operation.meaning().assert(&error, status);
            let fault = error.fault::<ApiFault>().unwrap();
            assert_eq!(fault.message.as_deref().map(String::as_str), Some(SAID), "{} {status}", operation.what);
            assert_eq!((fault.error, fault.status), (None, Some(status.into())));
            assert_eq!(error.body().unwrap(), SAID);
            assert!(error.report().contains(SAID) && !error.to_string().contains(SAID), "{}", operation.what);
        }
        server.reset().await;
        operation.mock().respond_with(ResponseTemplate::new(400)).mount(&server).await;
        let error = fails(operation, engagement(&server)).await;
        operation.meaning().assert(&error, 400);
        assert_eq!((error.fault::<ApiFault>(), error.body().unwrap().len()), (None, 0), "{}", operation.what);
    }
}

#[tokio::test]
async fn a_redirect_is_an_error_that_names_the_host() {
    let server = MockServer::start().await;
    for operation in &OPERATIONS {
        for (status, outcome) in [(302, Outcome::Unknown), (301, Outcome::Refused), (307, Outcome::Refused)] {
            server.reset().await;
            let there = "https://acme.digital.ringcentral.com/1.0/interventions?canary=1";
            let redirect = ResponseTemplate::new(status).insert_header("location", there);
            operation.mock().respond_with(redirect).expect(1).mount(&server).await;
            let error = fails(operation, engagement(&server)).await;
            let at = format!("{} {status}: {error}", operation.what);
            assert_eq!((error.kind(), error.outcome(), error.attempts()), (Kind::Origin, outcome, 1), "{at}");
            assert_eq!(error.stop_reason(), StopReason::Final, "{at}");
            assert_eq!((error.operation(), error.is_retryable()), (operation.name, false), "{at}");
            let text = error.to_string();
            assert!(text.contains("https://acme.digital.ringcentral.com") && text.contains("base URL"), "{at}");
            assert!(!text.contains("canary"), "{at}");
            server.verify().await;
        }
    }
}

#[tokio::test]
async fn a_429_is_retried_with_and_without_retry_after() {
    // ENG-23
    let server = MockServer::start().await;
    let bare = ResponseTemplate::new(429).set_body_json(fixture("rate-limit-error.json"));
    for operation in &OPERATIONS {
        for busy in [bare.clone(), bare.clone().insert_header("retry-after", "0")] {
            server.reset().await;
            operation.mock().respond_with(busy).up_to_n_times(2).expect(2).mount(&server).await;
            operation.mock().respond_with(operation.good_answer()).expect(1).mount(&server).await;
            assert_eq!((operation.call)(engagement(&server)).await.unwrap(), 3, "{}", operation.what);
            server.verify().await;
        }
    }
}

#[tokio::test]
async fn retry_after_overrides_the_backoff_and_a_wait_beyond_the_deadline_fails_at_once() {
    // ENG-23
    let server = MockServer::start().await;
    let get = OPERATIONS.iter().find(|operation| operation.what == "get").unwrap();
    let year = Duration::from_secs(31_536_000);
    let options = || options().retry(RetryPolicy::new().first_delay(year).max_delay(year));
    let patient = || builder(&server).options(options()).build().unwrap();
    get.mock().respond_with(error_answer(429).insert_header("retry-after", "0")).up_to_n_times(1).mount(&server).await;
    get.mock().respond_with(get.good_answer()).mount(&server).await;
    assert_eq!((get.call)(patient()).await.unwrap(), 2);
    for (answer, wait) in
        [(error_answer(429), None), (error_answer(429).insert_header("retry-after", "3600"), Some(3600))]
    {
        server.reset().await;
        get.mock().respond_with(answer).mount(&server).await;
        let error = fails(get, patient()).await;
        assert_eq!((error.stop_reason(), error.attempts()), (StopReason::Deadline, 1), "{error}");
        assert_eq!(error.retry_after(), wait.map(Duration::from_secs));
        assert!(error.is_throttled() && error.is_retryable());
    }
}

#[tokio::test]
async fn a_transient_server_error_is_retried_where_that_is_safe() {
    for operation in OPERATIONS.iter().filter(|operation| operation.safety != Safety::Once) {
        for status in [500, 503] {
            let server = MockServer::start().await;
            operation.mock().respond_with(error_answer(status)).up_to_n_times(2).expect(2).mount(&server).await;
            operation.mock().respond_with(operation.good_answer()).expect(1).mount(&server).await;
            assert_eq!((operation.call)(engagement(&server)).await.unwrap(), 3, "{}", operation.what);
            server.verify().await;
        }
    }
}

#[tokio::test]
async fn the_error_of_an_unknown_create_close_or_cancel_warns_against_sending_it_again() {
    // ENG-28
    let server = MockServer::start().await;
    let once: Vec<_> = OPERATIONS.iter().filter(|operation| operation.safety == Safety::Once).collect();
    assert_eq!(once.iter().map(|operation| operation.what).collect::<Vec<_>>(), ["create", "close", "cancel"]);
    for operation in once {
        for status in [408, 500, 502, 503, 504] {
            for wait in [None, Some("0")] {
                server.reset().await;
                let mut answer = ResponseTemplate::new(status);
                if let Some(wait) = wait {
                    answer = answer.insert_header("retry-after", wait);
                }
                operation.mock().respond_with(answer).mount(&server).await;
                let error = fails(operation, engagement(&server)).await;
                operation.meaning().assert(&error, status);
                assert!(error.to_string().contains("don't send it again before you know"), "{error}");
                assert_eq!(lines(&server).await.len(), 1, "{} {status}", operation.what);
            }
        }
    }
}

#[tokio::test]
async fn no_refusal_counts_as_success() {
    // ENG-28: nothing but the intervention itself shows that it is gone or closed, so no refusal is taken for success.
    let server = MockServer::start().await;
    for operation in OPERATIONS.iter().filter(|operation| operation.safety == Safety::Once) {
        for refused in [403, 404, 409, 422] {
            server.reset().await;
            let busy = error_answer(429);
            operation.mock().respond_with(busy).up_to_n_times(1).mount(&server).await;
            operation.mock().respond_with(error_answer(refused)).mount(&server).await;
            let error = fails(operation, engagement(&server)).await;
            assert_eq!((error.outcome(), error.attempts()), (Outcome::Refused, 2), "{} {refused}", operation.what);
        }
    }
}
