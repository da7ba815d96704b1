//! What each status means for each operation.

use crate::{
    documented::operations::operations,
    mock_server::{answer_all, failing, lines, newfies},
};
use newfies_client::{ApiFault, Denial, Error, Kind, Outcome, Safety};
use serde_json::{Value, json};
use wiremock::{MockServer, ResponseTemplate};

async fn failed(server: &MockServer, operation: &super::operations::Operation) -> Error {
    (operation.call)(newfies(server)).await.unwrap_err()
}

#[tokio::test]
async fn every_status_means_the_same_for_every_operation() {
    let server = MockServer::start().await;
    for operation in &operations() {
        for (status, detail) in [
            (400, "JSON parse error - No JSON object could be decoded"),
            (401, "Invalid username/password"),
            (403, "You do not have permission to perform this action."),
            (404, "Not found"),
            (405, "Method 'GET' not allowed."),
            (406, "Could not satisfy the request's Accept header"),
            (415, "Unsupported media type 'text/plain' in request."),
            (429, "Request was throttled. Expected available in 0 second(s)."),
            (500, ""),
            (502, ""),
            (503, ""),
        ] {
            answer_all(&server, failing(status, &json!({"detail": detail}))).await;
            let error = failed(&server, operation).await;
            operation.meaning().assert(&error, status);
            let fault = error.fault::<ApiFault>().unwrap();
            assert_eq!(fault.detail.as_deref().map(String::as_str), Some(detail));
            let attempts = operation.meaning().attempts(status) as usize;
            assert_eq!(lines(&server).await.len(), attempts, "{} {status}", operation.name);
        }
    }
}

#[tokio::test]
async fn what_must_happen_once_is_sent_once_when_nobody_knows() {
    let server = MockServer::start().await;
    let once: Vec<_> = operations().into_iter().filter(|operation| operation.safety == Safety::Once).collect();
    assert_eq!(once.len(), 14, "seven creates and seven replacements");
    for operation in &once {
        for status in [408, 500, 502, 503, 504] {
            answer_all(&server, ResponseTemplate::new(status)).await;
            let error = failed(&server, operation).await;
            assert_eq!((error.outcome(), lines(&server).await.len()), (Outcome::Unknown, 1), "{}", operation.name);
            assert!(error.to_string().contains("don't send it again before you know"), "{error}");
        }
    }
}

#[tokio::test]
async fn a_delete_whose_first_answer_was_lost_is_done_when_there_is_none_left() {
    let server = MockServer::start().await;
    let deletes: Vec<_> = operations().into_iter().filter(|operation| operation.verb == "DELETE").collect();
    assert_eq!(deletes.len(), 7);
    for operation in &deletes {
        server.reset().await;
        operation.mock().respond_with(ResponseTemplate::new(503)).up_to_n_times(1).mount(&server).await;
        operation.mock().respond_with(failing(404, &json!({"detail": "Not found"}))).mount(&server).await;
        assert_eq!((operation.call)(newfies(&server)).await.unwrap(), 2, "{}", operation.name);
        // Without a lost answer before it, it is an error.
        assert!(failed(&server, operation).await.is_not_found());
    }
}

#[tokio::test]
async fn a_redirect_to_the_path_with_a_slash_is_an_error_and_not_followed() {
    // NEWF-49
    let server = MockServer::start().await;
    for operation in &operations() {
        let target = format!("{}{}", server.uri(), operation.whole_path());
        answer_all(&server, ResponseTemplate::new(301).insert_header("location", target)).await;
        let error = failed(&server, operation).await;
        assert_eq!((error.kind(), error.outcome()), (Kind::Origin, Outcome::Refused), "{}", operation.name);
        assert_eq!(lines(&server).await.len(), 1);
        assert!(error.to_string().contains("base_url"), "{error}");
    }
}

#[tokio::test]
async fn wrong_credentials_are_told_from_missing_rights() {
    // NEWF-36, NEWF-37, NEWF-38
    let server = MockServer::start().await;
    for operation in &operations() {
        for (detail, denial, tells) in [
            ("Invalid username/password", Denial::Credentials, "doesn't know the user"),
            ("Authentication credentials were not provided.", Denial::Credentials, "doesn't know the user"),
            ("You do not have permission to perform this action.", Denial::Permission, ""),
            ("Verboten", Denial::Unsaid, ""),
        ] {
            answer_all(&server, failing(403, &json!({"detail": detail}))).await;
            let error = failed(&server, operation).await;
            assert_eq!(error.fault::<ApiFault>().unwrap().denial, Some(denial), "{}", operation.name);
            assert!(error.is_forbidden() && error.to_string().contains(tells), "{error}");
            if denial == Denial::Unsaid {
                assert!(error.to_string().contains("wrong"), "{error}");
            }
            // The rights to write profiles and alarm requests can be granted.
            let read = ["profiles", "alarm_requests", "rules"].iter().any(|part| operation.name.contains(part));
            let is_superusers = operation.name.contains("calendar_users") || (read && operation.verb == "GET");
            assert_eq!(
                error.to_string().contains("superuser"),
                is_superusers && denial != Denial::Credentials,
                "{error}"
            );
        }
    }
}

#[tokio::test]
async fn field_messages_are_found_by_their_way_and_only_known_names_are_shown() {
    // NEWF-33
    let server = MockServer::start().await;
    let body = json!({"title": ["canary is too long"], "calendar": ["x", "y"], "canary": ["z"]});
    answer_all(&server, failing(400, &body)).await;
    for operation in operations().iter().filter(|operation| operation.body.is_some()) {
        let error = failed(&server, operation).await;
        let fault = error.fault::<ApiFault>().unwrap();
        assert_eq!((fault.messages("calendar").len(), fault.fields.len()), (2, 3));
        let shown = error.to_string();
        assert!(!shown.contains("canary"), "{shown}");
        assert!(operation.name.ends_with("set_last_child_status") || shown.contains("calendar, title"), "{shown}");
    }
}

#[tokio::test]
async fn answers_that_are_not_the_apis_say_so() {
    // NEWF-45, NEWF-48, NEWF-50
    let server = MockServer::start().await;
    let page = |status| ResponseTemplate::new(status).set_body_raw("<h1>Bad Request (400)</h1>", "text/html");
    for operation in &operations() {
        answer_all(&server, page(400)).await;
        let error = failed(&server, operation).await;
        assert!(error.to_string().contains("ALLOWED_HOSTS"), "{}: {error}", operation.name);
        assert_eq!(error.fault::<ApiFault>(), None);
        answer_all(&server, ResponseTemplate::new(500).set_body_string("A server error occurred.")).await;
        let error = failed(&server, operation).await;
        assert!(error.to_string().contains("base_url"), "{}: {error}", operation.name);
        answer_all(&server, page(200)).await;
        let error = failed(&server, operation).await;
        assert_eq!((error.kind(), error.outcome()), (Kind::Decode, Outcome::Unknown), "{}", operation.name);
    }
}

#[tokio::test]
async fn a_body_that_is_cut_or_something_else_is_a_decode_error_of_what_was_done() {
    let server = MockServer::start().await;
    for operation in operations().iter().filter(|operation| !["DELETE"].contains(&operation.verb)) {
        for body in [json!(7), json!([7]), Value::Null] {
            answer_all(&server, ResponseTemplate::new(200).set_body_json(body)).await;
            if operation.name.ends_with("set_last_child_status") {
                assert_eq!((operation.call)(newfies(&server)).await.unwrap(), 1);
                continue;
            }
            let error = failed(&server, operation).await;
            assert_eq!((error.kind(), error.outcome()), (Kind::Decode, Outcome::Completed), "{}", operation.name);
        }
    }
}
