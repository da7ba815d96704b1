//! What each error means for each operation. No document has any (CARE-36): those are ours.

use crate::{
    documented::operations::{OPERATIONS, Operation},
    support::mock_server::{care, lines},
};
use caremessenger_client::{ApiFault, CareMessenger, Error, Kind, Outcome, Safety, StopReason};
use serde_json::json;
use wiremock::{MockServer, ResponseTemplate};

const STATUSES: [u16; 8] = [400, 401, 403, 404, 405, 409, 429, 500];

fn error_answer(status: u16) -> ResponseTemplate {
    let answer = ResponseTemplate::new(status).set_body_json(json!({"detail": "It can't be done."}));
    if status == 429 { answer.insert_header("retry-after", "0") } else { answer }
}

async fn fails(operation: &Operation, care: CareMessenger) -> Error {
    (operation.call)(care).await.expect_err(operation.what)
}

#[tokio::test]
async fn every_status_says_what_was_done_and_a_create_is_never_repeated_after_500() {
    // CARE-24, CARE-36
    let server = MockServer::start().await;
    for operation in &OPERATIONS {
        for status in STATUSES {
            server.reset().await;
            let attempts = u64::from(operation.meaning().attempts(status));
            operation.mock().respond_with(error_answer(status)).expect(attempts).mount(&server).await;
            let error = fails(operation, care(&server)).await;
            operation.meaning().assert(&error, status);
            let said = error.fault::<ApiFault>().unwrap().detail.unwrap();
            assert_eq!(said.as_str(), "It can't be done.", "{} {status}", operation.what);
            assert!(!error.to_string().contains(said.as_str()), "{error}");
            server.verify().await;
        }
    }
}

#[tokio::test]
async fn an_error_without_a_body_or_with_a_page_means_the_same() {
    // CARE-36
    let server = MockServer::start().await;
    for operation in &OPERATIONS {
        for answer in
            [ResponseTemplate::new(400), ResponseTemplate::new(400).set_body_raw("<html>no</html>", "text/html")]
        {
            server.reset().await;
            operation.mock().respond_with(answer).mount(&server).await;
            let error = fails(operation, care(&server)).await;
            operation.meaning().assert(&error, 400);
            assert_eq!(error.fault::<ApiFault>(), None);
        }
    }
}

#[tokio::test]
async fn messages_by_field_have_their_path() {
    // CARE-36
    let server = MockServer::start().await;
    let body = json!({"email_notifiers": [{"email": ["Enter a valid email address."]}], "label": ["Too long."]});
    OPERATIONS[0].mock().respond_with(ResponseTemplate::new(400).set_body_json(body)).mount(&server).await;
    let fault = fails(&OPERATIONS[0], care(&server)).await.fault::<ApiFault>().unwrap();
    let paths: Vec<_> = fault.fields.iter().map(|field| field.path.as_str()).collect();
    assert_eq!((fault.detail, paths), (None, vec!["email_notifiers[0].email", "label"]));
}

#[tokio::test]
async fn a_redirect_is_an_error_that_names_the_host_and_is_not_followed() {
    // CARE-34: a slash too many or too few can be answered so, which would lose the body. CARE-37
    let server = MockServer::start().await;
    for operation in &OPERATIONS {
        for (status, outcome) in [(302, Outcome::Unknown), (301, Outcome::Refused), (307, Outcome::Refused)] {
            server.reset().await;
            let redirect = ResponseTemplate::new(status).insert_header("location", "http://10.0.0.7:8000/v2/?canary=1");
            operation.mock().respond_with(redirect).expect(1).mount(&server).await;
            let error = fails(operation, care(&server)).await;
            assert_eq!((error.kind(), error.outcome(), error.attempts()), (Kind::Origin, outcome, 1), "{error}");
            assert_eq!((error.stop_reason(), error.is_retryable()), (StopReason::Final, false), "{error}");
            assert!(
                error.to_string().contains("http://10.0.0.7:8000") && !error.to_string().contains("canary"),
                "{error}"
            );
            server.verify().await;
        }
    }
}

#[tokio::test]
async fn too_many_requests_are_waited_for_as_the_server_asks_and_sent_again() {
    for operation in &OPERATIONS {
        let server = MockServer::start().await;
        operation.mock().respond_with(error_answer(429)).up_to_n_times(1).expect(1).mount(&server).await;
        operation.mock().respond_with(operation.good_answer()).expect(1).mount(&server).await;
        assert_eq!((operation.call)(care(&server)).await.unwrap(), 2, "{}", operation.what);
        server.verify().await;
    }
}

#[tokio::test]
async fn a_server_error_that_passes_is_seen_by_nobody_where_a_repeat_is_safe() {
    for operation in OPERATIONS.iter().filter(|operation| operation.safety != Safety::Once) {
        let server = MockServer::start().await;
        operation.mock().respond_with(error_answer(503)).up_to_n_times(2).expect(2).mount(&server).await;
        operation.mock().respond_with(operation.good_answer()).expect(1).mount(&server).await;
        assert_eq!((operation.call)(care(&server)).await.unwrap(), 3, "{}", operation.what);
        server.verify().await;
    }
}

#[tokio::test]
async fn after_an_unknown_create_the_error_says_not_to_send_it_again() {
    // CARE-24
    let server = MockServer::start().await;
    for operation in OPERATIONS.iter().filter(|operation| operation.safety == Safety::Once) {
        for status in [408, 500, 502, 503, 504] {
            server.reset().await;
            operation.mock().respond_with(ResponseTemplate::new(status)).mount(&server).await;
            let error = fails(operation, care(&server)).await;
            operation.meaning().assert(&error, status);
            assert!(error.to_string().contains("don't send it again before you know"), "{error}");
            assert_eq!(lines(&server).await.len(), 1, "{} {status}", operation.what);
        }
    }
}

#[tokio::test]
async fn a_wrong_password_and_a_wrong_prefix_are_told() {
    let server = MockServer::start().await;
    OPERATIONS[4].mock().respond_with(ResponseTemplate::new(400)).mount(&server).await;
    let error = fails(&OPERATIONS[4], care(&server)).await;
    assert!(error.to_string().contains("the name or the password is wrong"), "{error}");
    server.reset().await;
    let error = fails(&OPERATIONS[2], care(&server)).await;
    assert!(error.is_not_found() && error.to_string().contains("api_prefix()"), "{error}");
}
