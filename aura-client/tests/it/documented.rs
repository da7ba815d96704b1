//! Every documented operation as it goes over the wire: what is sent, and what each usual error means.

use crate::{
    mock_server::{CLIENT_ID, CLIENT_SECRET, answer, backend, builder, fixture, lines, received},
    operations::{contract, error_body, new_user},
};
use aura_client::{ApiFault, Kind, Outcome, Safety};
use care_testkit::contract::{Answer, ExpectedRequest, assert_sent};
use serde_json::json;
use std::collections::BTreeSet;
use wiremock::MockServer;

care_testkit::contract_tests!(contract());

#[tokio::test]
async fn a_success_with_an_empty_body_is_an_answer_only_where_nothing_is_read_from_it() {
    // AURA-39
    contract().empty_answers_mean(Outcome::Completed).await;
}

#[tokio::test]
async fn nothing_is_sent_without_credentials() {
    // AURA-45: who may do what is decided here, before anything is sent.
    let nobody = |server: &MockServer, options| builder(server).options(options).build().unwrap();
    contract().nothing_is_sent_without_credentials(nobody).await;
}

#[tokio::test]
async fn a_404_to_everything_may_be_a_wrong_prefix() {
    // AURA-10
    contract().a_404_to_everything_has_the_hint("the path prefix may be wrong").await;
}

#[tokio::test]
async fn an_error_without_a_body_has_no_fault() {
    // AURA-40
    let (contract, server) = (contract(), MockServer::start().await);
    for operation in contract.operations() {
        let error = contract.exchange(&server, operation, &[Answer::empty(400)]).await.error(operation.case_name());
        assert_eq!(error.fault::<ApiFault>(), None, "{error}");
    }
}

#[tokio::test]
async fn the_server_token_is_fetched_once_and_renewed_once_after_a_401() {
    // AURA-32, AURA-45
    let (contract, server) = (contract(), MockServer::start().await);
    let register = contract.operation("aura.users.register");
    let rejected = Answer::json(&error_body(401)).status(401);
    let exchange = contract.exchange(&server, register, &[rejected, register.answer().clone()]).await;
    assert_eq!(exchange.attempts("register"), 2);
    let request = |line: &str| {
        let agent = concat!("aura-client/", env!("CARGO_PKG_VERSION"));
        ExpectedRequest::new(line).header("accept", "application/json").header("user-agent", agent)
    };
    let fetch = || {
        let credentials = json!({"clientId": CLIENT_ID, "clientSecret": CLIENT_SECRET});
        request("POST /panic-api/oauth/token").json(credentials)
    };
    let register = |n: u8| {
        let user = json!({"email": "guid_1234@example.com", "password": "hush"});
        let register = request("POST /panic-api/oauth/user").json(user);
        register.header("authorization", format!("Bearer server-token-{n}"))
    };
    assert_sent(&server, &[fetch(), register(1), fetch(), register(2)]).await;
}

#[tokio::test]
async fn one_server_token_serves_many_registrations_and_the_users_token_is_read() {
    // AURA-32
    let (contract, server) = (contract(), MockServer::start().await);
    let register = contract.operation("aura.users.register");
    let aura = backend(&server);
    contract.exchange_of(&server, aura.clone(), register, &[register.answer().clone()]).await.attempts("register");
    let registered = aura.users().register(new_user()).await.unwrap();
    let token = registered.token.unwrap();
    assert_eq!(token.secret().expose(), fixture("ours/register-response")["accessToken"].as_str().unwrap());
    assert_eq!(token.expiry().unwrap().timestamp(), 17_359_833_600);
    let (fetch, register) = ("POST /panic-api/oauth/token", "POST /panic-api/oauth/user");
    assert_eq!(lines(&server).await, [fetch, register, register]);
}

#[tokio::test]
async fn without_a_server_token_the_error_is_of_auth_and_the_operation_is_not_sent() {
    // AURA-32
    let (contract, server) = (contract(), MockServer::start().await);
    let register = contract.operation("aura.users.register");
    for status in [400, 401, 403, 404, 409, 429, 500] {
        server.reset().await;
        let mut failing = Answer::json(&error_body(status)).status(status);
        if status == 429 {
            failing = failing.header("retry-after", "0");
        }
        answer(&server, "POST", "/panic-api/oauth/token", failing.into()).await;
        let error = register.run(backend(&server)).await.unwrap_err();
        let fetches = if status == 429 || status == 500 { 3 } else { 1 };
        assert_eq!((error.kind(), error.outcome(), error.attempts()), (Kind::Auth, Outcome::NotSent, 0), "{status}");
        assert_eq!((error.operation(), error.status()), ("aura.users.register", None), "{status}");
        assert_eq!(error.is_retryable(), fetches == 3, "{status}");
        let cause = error.cause().unwrap();
        assert_eq!(cause.operation(), "aura.oauth.server_token", "{status}");
        assert_eq!(cause.status().map(|status| status.as_u16()), Some(status));
        assert!(cause.fault::<ApiFault>().is_some(), "{status}");
        let sent = lines(&server).await;
        assert_eq!(sent, vec!["POST /panic-api/oauth/token"; fetches], "{status}");
    }
    assert!(received(&server).await.iter().all(|request| !request.headers.contains_key("authorization")));
}

#[test]
fn what_is_done_once_is_what_creates() {
    let contract = contract();
    let once = contract.operations().iter().filter(|operation| operation.safety() == Safety::Once);
    let names: BTreeSet<_> = once.map(|operation| operation.verb()).collect();
    assert_eq!(names.into_iter().collect::<Vec<_>>(), ["comment", "create", "register"]);
}
