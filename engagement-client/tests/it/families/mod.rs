//! The operations beside those of interventions, one row each, and the contract that holds for all of them.
//!
//! The vendor's specification has few samples of these answers. The answers here are ours, with every field of the
//! specification: they prove how this crate reads them, not that the service sends them.

mod conversations;
mod coverage;
mod fields;
mod knowledge;
mod organization;
mod people;

use crate::{
    mock_server::{BEARER, fixture},
    operations::{error_body, with_token, without_token},
};
use care_testkit::contract::{Answer, Contract, Operation};
use chrono::{DateTime, Utc};
use engagement_client::{Engagement, Kind, Options, Outcome};
use serde_json::{Value, json};
use std::{fs, path::Path};
use wiremock::MockServer;

/// The media type of a form body.
const FORM: &str = "application/x-www-form-urlencoded";

/// An object with every field.
fn object(file: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/families/answers").join(file);
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// The answer with one object.
fn one(file: &str) -> Answer {
    Answer::json(&object(file))
}

/// The answer with the object `ID-1`.
fn same(file: &str) -> Answer {
    let mut object = object(file);
    object["id"] = "ID-1".into();
    Answer::json(&object)
}

/// The answer with a page of one object.
fn page(file: &str) -> Answer {
    Answer::json(&json!({"count": 1, "offset": 0, "limit": 150, "records": [object(file)]}))
}

/// The answer with a bare array of one object.
fn array(file: &str) -> Answer {
    Answer::json(&json!([object(file)]))
}

/// The answer with the status of the agent `AGENT-1`.
fn agent() -> Answer {
    let mut status = object("agent-status.json");
    status["agent_id"] = "AGENT-1".into();
    Answer::json(&status)
}

/// The answer with an intervention.
fn intervention() -> Answer {
    Answer::json(&fixture("intervention.json"))
}

fn moment() -> DateTime<Utc> {
    "2024-03-05T09:12:44Z".parse().unwrap()
}

fn connect(server: &MockServer, options: Options) -> Engagement {
    with_token(server, options).build().unwrap()
}

/// What all rows share.
pub(crate) fn contract() -> Contract<Engagement> {
    let families =
        [organization::operations(), knowledge::operations(), people::operations(), conversations::operations()];
    Contract::new(connect, families.into_iter().flatten().collect::<Vec<Operation<Engagement>>>())
        .header("accept", "application/json")
        .header("user-agent", concat!("engagement-client/", env!("CARGO_PKG_VERSION")))
        .header("authorization", BEARER)
        .error_answers(|status| Answer::json(&error_body(status)).status(status))
        .redirect_hint("base URL")
        .defects(["ENG-08", "ENG-12", "ENG-22", "ENG-23"])
}

care_testkit::contract_tests!(contract());

#[tokio::test]
async fn every_operation_requires_a_token() {
    // ENG-08
    contract().nothing_is_sent_without_credentials(without_token).await;
}

#[tokio::test]
async fn an_answer_about_another_object_is_a_strangers_and_proves_nothing() {
    let (contract, server) = (contract(), MockServer::start().await);
    let mut tried = 0;
    for operation in contract.operations().iter().filter(|one| ["get", "update"].contains(&one.verb())) {
        let Ok(Value::Object(mut answer)) = serde_json::from_slice(&operation.answer().body()) else { continue };
        if answer.get("id") != Some(&"ID-1".into()) {
            continue;
        }
        tried += 1;
        answer.insert("id".into(), "ID-2".into());
        let without_id = json!({"status": "ok"});
        for body in [Value::Object(answer), without_id] {
            let exchange = contract.exchange(&server, operation, &[Answer::json(&body)]).await;
            let error = exchange.error(operation.case_name());
            let at = format!("{}: {error}", operation.case_name());
            assert_eq!((error.kind(), error.outcome(), error.attempts()), (Kind::Decode, Outcome::Unknown, 1), "{at}");
        }
    }
    assert!(tried > 20, "{tried}");
}

#[tokio::test]
async fn after_a_lost_answer_only_the_services_own_404_shows_that_an_object_is_deleted() {
    let (contract, server) = (contract(), MockServer::start().await);
    let lost = Answer::empty(504);
    let own = Answer::json(&error_body(404)).status(404);
    let gateway = Answer::text("text/html", "<html>no such page</html>".to_owned()).status(404);
    let mut tried = 0;
    for operation in contract.operations().iter().filter(|one| one.verb() == "delete") {
        tried += 1;
        let at = operation.case_name();
        assert_eq!(contract.exchange(&server, operation, &[lost.clone(), own.clone()]).await.attempts(at), 2);
        let error = contract.exchange(&server, operation, &[lost.clone(), gateway.clone()]).await.error(at);
        assert_ne!(error.outcome(), Outcome::Completed, "{at}: {error}");
    }
    assert!(tried > 10, "{tried}");
}
