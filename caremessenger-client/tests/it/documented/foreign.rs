//! A success is CareMessenger's only if its body is: a page with status 200 is no empty list.

use crate::{documented::operations::OPERATIONS, support::mock_server::care};
use caremessenger_client::{Kind, Outcome};
use wiremock::{MockServer, ResponseTemplate};

#[tokio::test]
async fn a_page_of_html_is_no_answer_of_caremessengers() {
    let page = "<!DOCTYPE html><html><body><h1>canary</h1><p>Sign in to the network</p></body></html>";
    for operation in &OPERATIONS {
        for content_type in ["text/html", "application/json"] {
            let server = MockServer::start().await;
            let answer = ResponseTemplate::new(200).set_body_raw(page, content_type);
            operation.mock().respond_with(answer).expect(1).mount(&server).await;
            let error = (operation.call)(care(&server)).await.unwrap_err();
            assert_eq!(
                (error.kind(), error.outcome(), error.attempts()),
                (Kind::Decode, Outcome::Unknown, 1),
                "{error}"
            );
            assert!(error.to_string().contains("HTML") && !error.report().contains("canary"), "{error}");
            server.verify().await;
        }
    }
}

#[tokio::test]
async fn json_of_another_form_was_answered_all_the_same() {
    for operation in &OPERATIONS {
        for body in ["{}", "null", "7", r#"{"detail": "ok"}"#, r#"{"id": 10, "name": "#] {
            let server = MockServer::start().await;
            let answer = ResponseTemplate::new(200).set_body_raw(body, "application/json");
            operation.mock().respond_with(answer).mount(&server).await;
            let error = (operation.call)(care(&server)).await.unwrap_err();
            assert_eq!(
                (error.kind(), error.outcome()),
                (Kind::Decode, Outcome::Completed),
                "{} {body}",
                operation.what
            );
        }
    }
}
