//! What an error says of its cause, beyond its status: what each status can mean for each operation.

use crate::{
    documented::operations::{OPERATIONS, Operation},
    mock_server::{ID, engagement},
};
use engagement_client::{Engagement, Error};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

const ALL_404: &str = "the server has answered 404 to everything so far: account, platform or base URL may be wrong";
const RATE: &str = "the service allows 500 requests a minute: use rate_limited() on the builder";
const PARAMETER: &str =
    "a parameter is invalid, or the token's user may not impersonate (role flag `impersonate_user`)";
const TOKEN: &str = "the token is wrong or disabled: check access_token() on the builder";
const RIGHTS: &str = "the token's user lacks permission or can't read the source, or the token is wrong";
const MISSING: &str =
    "there is no such intervention, or the token's user can't read its source: the service answers 404 to both";
const BUSY: &str = "another request is closing or cancelling it: wait a few seconds, then read it";
const NOT_OPENED: &str = "it can't be created or reopened: one may already be open in this conversation";
const TO_CLOSE: &str =
    "it is already closed, or has no agent reply (then cancel it instead), or belongs to another user";
const TO_CANCEL: &str = "it is already closed, or has agent replies (then close it instead); or";
const TO_UPDATE: &str =
    "the token's user needs `update_intervention`, or `update_own_intervention` for its own interventions; or";
const ALL: [&str; 11] =
    [ALL_404, RATE, PARAMETER, TOKEN, RIGHTS, MISSING, BUSY, NOT_OPENED, TO_CLOSE, TO_CANCEL, TO_UPDATE];

/// A client whose server has answered successfully before, so that a 404 doesn't suggest a wrong address.
async fn greeted(server: &MockServer) -> Engagement {
    let engagement = engagement(server);
    let get = OPERATIONS.iter().find(|operation| operation.what == "get").unwrap();
    get.mock().respond_with(get.good_answer()).mount(server).await;
    engagement.interventions().get(ID).await.unwrap();
    engagement
}

async fn error_of(
    operation: &Operation,
    engagement: &Engagement,
    server: &MockServer,
    answer: ResponseTemplate,
) -> Error {
    server.reset().await;
    operation.mock().respond_with(answer).mount(server).await;
    (operation.call)(engagement.clone()).await.unwrap_err()
}

/// What the status means for the operation, where it says more than its number.
fn meaning(operation: &Operation, status: u16) -> Vec<&'static str> {
    match (operation.verb_of_name(), status) {
        (_, 400) => vec![PARAMETER],
        (_, 401) => vec![TOKEN],
        (_, 429) => vec![RATE],
        ("close", 403) => vec![RIGHTS, TO_CLOSE],
        ("cancel", 403) => vec![RIGHTS, TO_CANCEL],
        ("reassign" | "update", 403) => vec![RIGHTS, TO_UPDATE],
        (_, 403) => vec![RIGHTS],
        ("create", 422) => vec![NOT_OPENED],
        ("list" | "create", 404 | 409) => vec![],
        (_, 404) => vec![MISSING],
        (_, 409) => vec![BUSY],
        _ => vec![],
    }
}

#[tokio::test]
async fn each_status_says_what_it_can_mean_for_the_operation() {
    // ENG-15: a cancel says what stands against a cancel. ENG-16: the right to edit interventions, not permissions.
    // ENG-17, ENG-18, ENG-23, ENG-28
    let server = MockServer::start().await;
    let engagement = greeted(&server).await;
    for operation in &OPERATIONS {
        for status in [400, 401, 403, 404, 409, 422, 429, 500] {
            let error = error_of(operation, &engagement, &server, ResponseTemplate::new(status)).await;
            for text in [error.to_string(), error.report()] {
                let told: Vec<_> = ALL.into_iter().filter(|hint| text.contains(hint)).collect();
                assert_eq!(told, meaning(operation, status), "{} {status}: {text}", operation.what);
            }
        }
    }
}

#[tokio::test]
async fn hints_of_close_and_cancel_name_each_other() {
    // ENG-15, ENG-16, ENG-18
    let server = MockServer::start().await;
    let engagement = greeted(&server).await;
    let of = |name: &'static str| OPERATIONS.iter().find(|operation| operation.what == name).unwrap();
    let close = error_of(of("close"), &engagement, &server, ResponseTemplate::new(403)).await.to_string();
    let cancel = error_of(of("cancel"), &engagement, &server, ResponseTemplate::new(403)).await.to_string();
    assert!(close.contains("cancel it instead") && close.contains("may not edit interventions"), "{close}");
    assert!(cancel.contains("close it instead") && !cancel.contains("edit"), "{cancel}");
    assert!(!close.contains("permissions"), "{close}");
}

#[tokio::test]
async fn a_server_that_answers_only_404_may_be_the_wrong_one() {
    // ENG-09
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(404)).mount(&server).await;
    for operation in &OPERATIONS {
        let error = (operation.call)(engagement(&server)).await.unwrap_err();
        assert!(error.to_string().contains(ALL_404), "{error}");
    }
}
