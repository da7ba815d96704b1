//! A success is LEAP's only if its document is: a page with status 200 is no empty list.

use crate::{
    mocked::{empty, leap, ok_text, xml},
    operations::{OPERATIONS, Operation},
};
use leap_client::{Error, Kind, Outcome};
use wiremock::{MockServer, ResponseTemplate};

async fn call(operation: &Operation, answer: ResponseTemplate) -> Result<u32, Error> {
    let server = MockServer::start().await;
    operation.mock().respond_with(answer).expect(1).mount(&server).await;
    let end = (operation.call)(leap(&server)).await;
    server.verify().await;
    end
}

/// It may be LEAP's or not: nobody knows what became of the request.
fn assert_stranger(error: &Error, operation: &Operation, what: &str) {
    let at = format!("{} {what}: {error}", operation.what);
    assert_eq!((error.kind(), error.outcome(), error.attempts()), (Kind::Decode, Outcome::Unknown, 1), "{at}");
    assert_eq!((error.operation(), error.status().unwrap().as_u16()), (operation.name, 200), "{at}");
    assert!(!error.is_retryable() && !error.is_transient(), "{at}");
    assert!(!format!("{at}{error:?}{}", error.report()).contains("canary"), "{at}");
}

#[tokio::test]
async fn a_page_of_html_is_no_answer_of_leaps() {
    // LEAP-19, LEAP-20
    let page = "<!DOCTYPE html><html><body><h1>canary</h1><p>Sign in to the network</p></body></html>";
    for operation in &OPERATIONS {
        for content_type in ["text/html", "text/html; charset=utf-8", "application/xml"] {
            let error = call(operation, ok_text(page, content_type)).await.unwrap_err();
            assert_stranger(&error, operation, content_type);
            assert!(error.to_string().contains("HTML"), "{}: {error}", operation.what);
        }
    }
}

#[tokio::test]
async fn a_document_with_another_root_is_no_answer_of_leaps() {
    // LEAP-19, LEAP-20
    for operation in &OPERATIONS {
        for (what, document) in [
            ("another root", "<maintenance until=\"canary\"/>"),
            ("another namespace", "<support-requests xmlns=\"urn:canary\"/>"),
        ] {
            let error = call(operation, xml(document)).await.unwrap_err();
            assert_stranger(&error, operation, what);
        }
    }
}

#[tokio::test]
async fn an_empty_body_is_an_answer_only_where_none_is_documented() {
    // LEAP-19, LEAP-20
    for operation in &OPERATIONS {
        let end = call(operation, empty()).await;
        match operation.answer {
            None => assert_eq!(end.unwrap(), 1, "{}", operation.what),
            Some(_) => assert_stranger(&end.unwrap_err(), operation, "empty"),
        }
    }
}

#[tokio::test]
async fn any_success_and_any_media_type_will_do_if_the_document_is_right() {
    // LEAP-19
    for operation in OPERATIONS.iter().filter(|operation| operation.answer.is_some()) {
        let document = crate::mocked::fixture(operation.answer.unwrap());
        for (status, content_type) in [(201, "text/xml"), (202, "text/plain"), (206, "application/octet-stream")] {
            let answer = ResponseTemplate::new(status).set_body_raw(document.clone(), content_type);
            assert_eq!(call(operation, answer).await.unwrap(), 1, "{} {status}", operation.what);
        }
        assert_eq!(call(operation, ResponseTemplate::new(200).set_body_bytes(document)).await.unwrap(), 1);
    }
}

#[tokio::test]
async fn a_document_of_leaps_that_cannot_be_read_was_answered_all_the_same() {
    for operation in OPERATIONS.iter().filter(|operation| operation.answer.is_some()) {
        let document = crate::mocked::fixture(operation.answer.unwrap());
        let cut = &document[..document.len() - 20];
        let error = call(operation, xml(cut)).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::Decode, Outcome::Completed), "{}: {error}", operation.what);
        assert!(error.to_string().contains("(byte "), "it says where: {error}");
    }
}
