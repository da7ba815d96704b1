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
use engagement_client::{Engagement, Options};
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
