//! What this server's failures mean, beyond what holds for every service.

use super::operations::contract;
use crate::mock_server::received;
use care_testkit::contract::{Answer, Operation};
use newfies_client::{ApiFault, Denial, Error, Kind, Newfies, Outcome, Safety};
use serde_json::{Map, Value, json};
use wiremock::MockServer;

/// The error of a call that gets this answer.
async fn failed(server: &MockServer, operation: &Operation<Newfies>, answer: Answer) -> Error {
    contract().exchange(server, operation, &[answer]).await.error(operation.case_name())
}

fn refused(status: u16, body: &Value) -> Answer {
    Answer::json(body).status(status)
}

#[test]
fn seven_creates_and_seven_replacements_are_once() {
    let once = contract().operations().iter().filter(|operation| operation.safety() == Safety::Once).count();
    assert_eq!(once, 14);
}

#[tokio::test]
async fn a_delete_whose_first_answer_was_lost_succeeds_on_404() {
    let (contract, server) = (contract(), MockServer::start().await);
    let deletes: Vec<_> = contract.operations().iter().filter(|operation| operation.method() == "DELETE").collect();
    assert_eq!(deletes.len(), 7);
    for operation in deletes {
        let missing = refused(404, &json!({"detail": "Not found"}));
        let exchange = contract.exchange(&server, operation, &[Answer::empty(503), missing.clone()]).await;
        assert_eq!(exchange.attempts(operation.name()), 2);
        // Without a lost answer before it, a 404 is an error.
        assert!(failed(&server, operation, missing).await.is_not_found());
    }
}

#[tokio::test]
async fn a_redirect_to_the_path_with_a_slash_is_not_followed() {
    // NEWF-49
    let (contract, server) = (contract(), MockServer::start().await);
    for operation in contract.operations() {
        let target = format!("{}{}", server.uri(), operation.path());
        let exchange = contract.exchange(&server, operation, &[Answer::empty(301).header("location", target)]).await;
        assert_eq!(exchange.requests, 1);
        let error = exchange.error(operation.name());
        assert_eq!((error.kind(), error.outcome()), (Kind::Origin, Outcome::Refused), "{}", operation.name());
        assert!(error.to_string().contains("base_url"), "{error}");
    }
}

#[tokio::test]
async fn wrong_credentials_are_distinguished_from_missing_rights() {
    // NEWF-36, NEWF-37, NEWF-38
    let (contract, server) = (contract(), MockServer::start().await);
    for operation in contract.operations() {
        for (detail, denial, tells) in [
            ("Invalid username/password", Denial::Credentials, "doesn't know the user"),
            ("Authentication credentials were not provided.", Denial::Credentials, "doesn't know the user"),
            ("You do not have permission to perform this action.", Denial::Permission, ""),
            ("Verboten", Denial::Unspecified, ""),
        ] {
            let error = failed(&server, operation, refused(403, &json!({"detail": detail}))).await;
            assert_eq!(error.fault::<ApiFault>().unwrap().denial, Some(denial), "{}", operation.name());
            assert!(error.is_forbidden() && error.to_string().contains(tells), "{error}");
            if denial == Denial::Unspecified {
                assert!(error.to_string().contains("wrong"), "{error}");
            }
            // The rights to write profiles and alarm requests can be granted.
            let reads = ["profiles", "alarm_requests", "rules"].iter().any(|part| operation.name().contains(part));
            let needs_superuser = operation.name().contains("calendar_users") || (reads && operation.method() == "GET");
            assert_eq!(
                error.to_string().contains("superuser"),
                needs_superuser && denial != Denial::Credentials,
                "{error}"
            );
        }
    }
}

#[tokio::test]
async fn an_error_names_the_rejected_fields_that_its_operation_sends_and_no_others() {
    // NEWF-33
    let (contract, server) = (contract(), MockServer::start().await);
    for operation in contract.operations().iter().filter(|operation| operation.has_body()) {
        contract.exchange(&server, operation, &[operation.answer().clone()]).await.attempts(operation.name());
        let sent: Map<String, Value> = received(&server).await[0].body_json().unwrap();
        let mut rejected: Map<String, Value> = sent.keys().map(|name| (name.clone(), json!(["x", "y"]))).collect();
        rejected.insert("canary".into(), json!(["canary is too long"]));
        let error = failed(&server, operation, refused(400, &rejected.into())).await;
        let fault = error.fault::<ApiFault>().unwrap();
        assert!(sent.keys().all(|name| fault.messages(name).len() == 2), "{}", operation.name());
        assert_eq!((fault.messages("canary").len(), fault.fields.len()), (1, sent.len() + 1));
        let shown = error.to_string();
        let names = sent.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
        assert!(shown.contains(&format!("rejected {names};")) && !shown.contains("canary"), "{shown}");
    }
}

#[tokio::test]
async fn foreign_answers_are_explained() {
    // NEWF-45, NEWF-48, NEWF-50
    let (contract, server) = (contract(), MockServer::start().await);
    for operation in contract.operations() {
        let page = Answer::text("text/html", "<h1>Bad Request (400)</h1>").status(400);
        let error = failed(&server, operation, page).await;
        assert!(error.to_string().contains("ALLOWED_HOSTS"), "{}: {error}", operation.name());
        assert_eq!(error.fault::<ApiFault>(), None);
        let text = Answer::text("text/plain", "A server error occurred.").status(500);
        let error = failed(&server, operation, text).await;
        assert!(error.to_string().contains("base_url"), "{}: {error}", operation.name());
    }
}

#[tokio::test]
async fn an_unreadable_body_is_a_decode_error_with_a_true_outcome() {
    contract().documents_are_refused(&["7", "[7]", "null"], Outcome::Completed).await;
    // The status of a last child is answered by a text that proves nothing, so any body will do.
    let (contract, server) = (contract(), MockServer::start().await);
    let set = contract.operation("newfies.events.set_last_child_status");
    for body in [json!(7), json!([7]), Value::Null] {
        assert_eq!(contract.exchange(&server, set, &[Answer::json(&body)]).await.attempts("set"), 1);
    }
}
