//! What the body of an error says.

use crate::{
    mock_server::{CONTENT, ID, answer_all, engagement, fixture},
    operations::contract,
};
use engagement_client::{ApiFault, Error};
use serde_json::{Value, json};
use wiremock::{MockServer, ResponseTemplate};

async fn error_of(status: u16, body: impl Into<Vec<u8>>, content_type: &str) -> Error {
    let server = MockServer::start().await;
    answer_all(&server, ResponseTemplate::new(status).set_body_raw(body.into(), content_type)).await;
    engagement(&server).interventions().create(CONTENT).await.unwrap_err()
}

fn said(fault: &ApiFault) -> Option<&str> {
    fault.message.as_deref().map(String::as_str)
}

#[tokio::test]
async fn every_operation_reads_the_error_body_of_the_guide() {
    // ENG-22
    let (contract, server) = (contract(), MockServer::start().await);
    for operation in contract.operations() {
        for (status, file, name) in [
            (404, "error.json", "not_found"),
            (422, "validation-error.json", "validation_error"),
            (429, "rate-limit-error.json", "rate_limit_exceeded"),
        ] {
            let body = fixture(file);
            answer_all(&server, ResponseTemplate::new(status).set_body_json(&body)).await;
            let error = operation.run(engagement(&server)).await.unwrap_err();
            let fault = error.fault::<ApiFault>().unwrap();
            assert_eq!(
                (fault.error.as_deref(), fault.status),
                (Some(name), Some(status.into())),
                "{}",
                operation.case_name()
            );
            assert_eq!(said(&fault), body["message"].as_str(), "{}", operation.case_name());
            let fields: Vec<_> = fault
                .errors
                .iter()
                .map(|field| {
                    let message = field.message.as_deref();
                    json!({"attribute": field.attribute, "type": field.kind, "message": message})
                })
                .collect();
            assert_eq!(fields, body["errors"].as_array().cloned().unwrap_or_default(), "{}", operation.case_name());
        }
    }
}

#[tokio::test]
async fn a_validation_error_names_its_fields_and_every_part_is_optional() {
    // ENG-22
    let error = error_of(422, fixture("validation-error.json").to_string(), "application/json").await;
    assert!(error.is_unprocessable());
    let fault = error.fault::<ApiFault>().unwrap();
    let field = &fault.errors[0];
    assert_eq!((field.attribute.as_deref(), field.kind.as_deref()), (Some("content_id"), Some("taken")));
    assert!(!format!("{fault:?}").contains("already"), "the service's words are hidden");
    for (errors, count) in
        [(json!([{}]), 1), (json!([]), 0), (Value::Null, 0), (json!([{"attribute": null}, {"more": 1}]), 2)]
    {
        let body = json!({"error": "validation_error", "errors": errors});
        let fault = error_of(422, body.to_string(), "application/json").await.fault::<ApiFault>().unwrap();
        assert_eq!((fault.errors.len(), fault.status), (count, None), "{body}");
    }
}

#[tokio::test]
async fn a_field_of_unknown_form_hides_no_other() {
    // ENG-22: the status as text, and what no document has.
    for body in [
        json!({"error": "not_found", "message": "gone", "status": "404"}),
        json!({"error": "not_found", "message": "gone", "status": 404, "errors": null, "more": {"a": [1]}}),
        json!({"error": "not_found", "message": "gone", "status": 404, "errors": ["gone"]}),
        json!({"error": "not_found", "message": "gone", "status": 404, "errors": {"id": ["gone"]}}),
        json!({"error": "not_found", "message": "gone", "status": 404, "errors": "gone"}),
    ] {
        let error = error_of(404, body.to_string(), "application/json").await;
        let fault = error.fault::<ApiFault>().unwrap_or_else(|| panic!("{body}"));
        assert_eq!(
            (fault.error.as_deref(), said(&fault), fault.status),
            (Some("not_found"), Some("gone"), Some(404)),
            "{body}"
        );
    }
}

#[tokio::test]
async fn a_name_or_a_message_makes_a_fault() {
    // ENG-22
    for (body, name, message) in [
        (json!({"error": "not_found"}), Some("not_found"), None),
        (json!({"message": "gone"}), None, Some("gone")),
        (json!({"error": null, "message": "gone"}), None, Some("gone")),
    ] {
        let fault = error_of(404, body.to_string(), "application/json").await.fault::<ApiFault>().unwrap();
        assert_eq!((fault.error.as_deref(), said(&fault)), (name, message), "{body}");
    }
    for body in [json!({"status": 404}), json!({"error": null, "message": null}), json!({"errors": [{"type": "a"}]})] {
        let error = error_of(404, body.to_string(), "application/json").await;
        assert_eq!(error.fault::<ApiFault>(), None, "{body}");
    }
}

#[tokio::test]
async fn plain_text_is_kept_exactly_whatever_its_media_type() {
    // ENG-22
    for content_type in ["text/plain; charset=utf-8", "application/json", "text/html"] {
        let error = error_of(403, " Not yours.\nAsk Jo Example. ", content_type).await;
        let fault = error.fault::<ApiFault>().unwrap();
        assert_eq!(said(&fault), Some("Not yours.\nAsk Jo Example."), "{content_type}");
        assert_eq!((fault.error, fault.status, fault.errors.len()), (None, Some(403), 0));
        assert_eq!(error.body().unwrap(), " Not yours.\nAsk Jo Example. ");
    }
}

#[tokio::test]
async fn html_truncated_json_and_binary_bodies_are_kept_without_a_fault() {
    // ENG-22
    for body in
        [&b"<html>busy</html>"[..], b"{\"error\":\"not_fo", b"[1]", b"{}", b"\"gone", b"\xff\xfe", b"null", b"7"]
    {
        let error = error_of(404, body, "application/json").await;
        assert_eq!(error.fault::<ApiFault>(), None, "{}", String::from_utf8_lossy(body));
        assert!(error.is_not_found() && &error.body().unwrap()[..] == body);
    }
}

#[tokio::test]
async fn predicates_distinguish_four_refusals_and_the_body_names_the_reason() {
    // ENG-17: 403 and 404 can both be a right that is missing; which, no status says.
    let server = MockServer::start().await;
    let engagement = engagement(&server);
    for (status, name) in [(403, "forbidden"), (404, "not_found"), (409, "conflict"), (422, "validation_error")] {
        let body = json!({"error": name, "message": "no", "status": status});
        answer_all(&server, ResponseTemplate::new(status).set_body_json(body)).await;
        let error = engagement.interventions().close(ID).await.unwrap_err();
        let reported = [error.is_forbidden(), error.is_not_found(), error.is_conflict(), error.is_unprocessable()];
        assert_eq!(reported, [403, 404, 409, 422].map(|one| one == status), "{status}");
        assert_eq!(error.fault::<ApiFault>().unwrap().error.as_deref(), Some(name));
    }
}
