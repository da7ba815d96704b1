//! A success is the service's only if its document is: a page with status 200 is no intervention, and no empty list.

use crate::{
    documented::operations::{OPERATIONS, Operation},
    mock_server::{ID, engagement, fixture},
};
use engagement_client::{Error, Kind, Outcome};
use serde_json::json;
use wiremock::{MockServer, ResponseTemplate};

async fn call(operation: &Operation, answer: ResponseTemplate) -> Result<u32, Error> {
    let server = MockServer::start().await;
    operation.mock().respond_with(answer).expect(1).mount(&server).await;
    let end = (operation.call)(engagement(&server)).await;
    server.verify().await;
    end
}

fn raw(body: impl Into<Vec<u8>>, content_type: &str) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_raw(body.into(), content_type)
}

fn assert_decode(error: &Error, outcome: Outcome, operation: &Operation) {
    let at = format!("{}: {error}", operation.what);
    assert_eq!((error.kind(), error.outcome(), error.attempts()), (Kind::Decode, outcome, 1), "{at}");
    assert_eq!((error.operation(), error.status().unwrap().as_u16()), (operation.name, 200), "{at}");
    assert!(!error.is_retryable() && !error.is_transient(), "{at}");
    assert!(!format!("{at}{error:?}{}", error.report()).contains("canary"), "{at}");
}

#[tokio::test]
async fn html_is_a_foreign_response() {
    let page = "<!DOCTYPE html><html><body><h1>canary</h1><p>Sign in to the network</p></body></html>";
    for operation in &OPERATIONS {
        for content_type in ["text/html", "text/html; charset=utf-8", "application/json"] {
            let error = call(operation, raw(page, content_type)).await.unwrap_err();
            // It may be the service's or not: nobody knows what became of the request.
            assert_decode(&error, Outcome::Unknown, operation);
            assert!(error.to_string().contains("HTML"), "{error}");
        }
    }
}

#[tokio::test]
async fn json_of_another_form_is_a_decode_error() {
    for operation in &OPERATIONS {
        for body in [
            "{}",
            "[]",
            "null",
            "7",
            "\"canary\"",
            "[{\"id\":\"canary\"}]",
            "{\"canary\":1}",
            "{\"id\":{\"canary\":1}}",
        ] {
            let error = call(operation, raw(body, "application/json")).await.unwrap_err();
            assert_decode(&error, Outcome::Completed, operation);
        }
    }
}

#[tokio::test]
async fn only_a_cancel_may_have_an_empty_body() {
    // ENG-02
    for operation in &OPERATIONS {
        for status in [200, 204] {
            let end = call(operation, ResponseTemplate::new(status)).await;
            match operation.what {
                "cancel" => assert_eq!(end.unwrap(), 1),
                _ => assert_eq!(
                    (end.as_ref().unwrap_err().kind(), end.unwrap_err().outcome()),
                    (Kind::Decode, Outcome::Completed)
                ),
            }
        }
    }
}

#[tokio::test]
async fn an_answer_with_another_id_is_a_decode_error() {
    for operation in OPERATIONS.iter().filter(|operation| !["list", "create"].contains(&operation.verb_of_name())) {
        let error = call(operation, raw(fixture("intervention-french.json").to_string(), "application/json")).await;
        let error = error.unwrap_err();
        assert_decode(&error, Outcome::Completed, operation);
        assert!(error.to_string().contains("another intervention"), "{error}");
        // Hexadecimal digits are the same in capital letters.
        let same = json!({"id": ID.to_uppercase()}).to_string();
        assert_eq!(call(operation, raw(same, "application/json")).await.unwrap(), 1, "{}", operation.what);
    }
}

#[tokio::test]
async fn any_2xx_and_any_media_type_are_accepted_if_the_document_is_valid() {
    for operation in &OPERATIONS {
        let document = fixture(operation.answer).to_string();
        for (status, content_type) in [(201, "text/plain"), (202, "application/octet-stream"), (206, "text/html")] {
            let answer = ResponseTemplate::new(status).set_body_raw(document.clone(), content_type);
            assert_eq!(call(operation, answer).await.unwrap(), 1, "{} {status}", operation.what);
        }
        assert_eq!(call(operation, ResponseTemplate::new(200).set_body_bytes(document.clone())).await.unwrap(), 1);
        // A byte order mark is none of its content.
        assert_eq!(call(operation, raw(format!("\u{feff}{document}"), "application/json")).await.unwrap(), 1);
    }
}

#[tokio::test]
async fn a_truncated_document_is_completed_and_a_decode_error() {
    for operation in &OPERATIONS {
        let document = fixture(operation.answer).to_string();
        let error =
            call(operation, raw(&document.as_bytes()[..document.len() - 20], "application/json")).await.unwrap_err();
        assert_decode(&error, Outcome::Completed, operation);
    }
}

#[tokio::test]
async fn an_empty_list_is_not_an_answer_to_a_create() {
    // ENG-01
    let create = OPERATIONS.iter().find(|operation| operation.what == "create").unwrap();
    let error = call(create, raw(r#"{"count":0,"records":[]}"#, "application/json")).await.unwrap_err();
    assert_decode(&error, Outcome::Completed, create);
    assert!(error.to_string().contains("records"), "{error}");
}
