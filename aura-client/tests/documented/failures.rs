//! What each usual error means for each operation. The guide documents none (AURA-40): the answers are ours.

use crate::{
    operations::{OPERATIONS, Operation, error_body},
    support::{CLIENT_ID, CLIENT_SECRET, USER_TOKEN, backend, builder, fixture, lines, ok, received, user},
};
use aura_client::{ApiFault, Aura, Error, Kind, Options, Outcome, RetryPolicy, Safety};
use serde_json::json;
use std::time::Duration;
use wiremock::{
    Mock, MockBuilder, MockServer, ResponseTemplate,
    matchers::{method, path},
};

const STATUSES: [u16; 7] = [400, 401, 403, 404, 409, 429, 500];
const TOKEN_PATH: &str = "/panic-api/oauth/token";

fn on(operation: &Operation) -> MockBuilder {
    Mock::given(method(operation.verb)).and(path(operation.path))
}

fn error_answer(status: u16) -> ResponseTemplate {
    let answer = ResponseTemplate::new(status).set_body_json(error_body(status));
    if status == 429 { answer.insert_header("retry-after", "0") } else { answer }
}

/// A client for the operation. The server's tokens are new each time, so that a rejected one can be renewed.
async fn client(server: &MockServer, operation: &Operation) -> Aura {
    if operation.by_server {
        for n in 1..=2 {
            let token = json!({"accessToken": format!("server-token-{n}")});
            let once = Mock::given(method("POST")).and(path(TOKEN_PATH)).respond_with(ok(&token));
            once.up_to_n_times(1).mount(server).await;
        }
    }
    builder(server).user_token(USER_TOKEN).server_credentials(CLIENT_ID, CLIENT_SECRET).build().unwrap()
}

fn assert_means(error: &Error, operation: &Operation, status: u16) {
    operation.meaning().assert(error, status);
    let said = error_body(status)["message"].as_str().unwrap().to_owned();
    let at = format!("{} {status}", operation.name);
    assert_eq!(error.fault::<ApiFault>().map(|fault| fault.message.into_inner()), Some(said.clone()), "{at}");
    assert!(error.report().contains(&said) && !error.to_string().contains(&said), "{at}");
}

#[tokio::test]
async fn every_status_says_what_was_done_and_once_is_never_repeated_after_500() {
    // AURA-40, AURA-41: `expect` counts the requests; a 500 to register, create or comment is one.
    for operation in &OPERATIONS {
        for status in STATUSES {
            let server = MockServer::start().await;
            let aura = client(&server, operation).await;
            let attempts = u64::from(operation.meaning().attempts(status));
            let failing = on(operation).respond_with(error_answer(status)).expect(attempts);
            failing.named(format!("{} {status}", operation.name)).mount(&server).await;
            let error = (operation.call)(aura).await.unwrap_err();
            assert_means(&error, operation, status);
            server.verify().await;
        }
    }
}

#[tokio::test]
async fn too_many_requests_are_waited_for_as_the_server_asks_and_sent_again() {
    for operation in &OPERATIONS {
        let server = MockServer::start().await;
        let aura = client(&server, operation).await;
        on(operation).respond_with(error_answer(429)).up_to_n_times(1).expect(1).mount(&server).await;
        on(operation).respond_with(ok(&fixture(operation.answer))).expect(1).mount(&server).await;
        assert_eq!((operation.call)(aura).await.unwrap(), 2, "{}", operation.name);
        server.verify().await;
    }
}

#[tokio::test]
async fn the_servers_wait_goes_before_the_policys() {
    let server = MockServer::start().await;
    let get = OPERATIONS.iter().find(|operation| operation.name == "aura.callouts.get").unwrap();
    on(get).respond_with(error_answer(429)).up_to_n_times(1).mount(&server).await;
    on(get).respond_with(ok(&fixture("created"))).mount(&server).await;
    // By its own waits of up to a year the call would miss its deadline at once.
    let year = Duration::from_secs(31_536_000);
    let options = Options::new().retry(RetryPolicy::new().first_delay(year).max_delay(year));
    let aura = builder(&server).user_token(USER_TOKEN).options(options).build().unwrap();
    assert_eq!((get.call)(aura).await.unwrap(), 2);
}

#[tokio::test]
async fn a_server_error_that_passes_is_seen_by_nobody_where_a_repeat_is_safe() {
    for operation in OPERATIONS.iter().filter(|operation| operation.safety != Safety::Once) {
        let server = MockServer::start().await;
        let aura = client(&server, operation).await;
        on(operation).respond_with(error_answer(500)).up_to_n_times(2).expect(2).mount(&server).await;
        on(operation).respond_with(ok(&fixture(operation.answer))).expect(1).mount(&server).await;
        assert_eq!((operation.call)(aura).await.unwrap(), 3, "{}", operation.name);
        server.verify().await;
    }
}

#[tokio::test]
async fn a_rejected_server_token_is_renewed_once_and_the_user_is_registered() {
    let server = MockServer::start().await;
    let register = &OPERATIONS[0];
    let aura = client(&server, register).await;
    on(register).respond_with(error_answer(401)).up_to_n_times(1).mount(&server).await;
    on(register).respond_with(ok(&fixture(register.answer))).mount(&server).await;
    assert_eq!((register.call)(aura).await.unwrap(), 2);
    let tokens: Vec<_> = received(&server).await.iter().map(|r| r.headers.get("authorization").cloned()).collect();
    let tokens: Vec<_> = tokens.iter().map(|value| value.as_ref().map(|value| value.to_str().unwrap())).collect();
    assert_eq!(tokens, [None, Some("Bearer server-token-1"), None, Some("Bearer server-token-2")]);
}

#[tokio::test]
async fn a_server_token_that_cannot_be_had_is_an_auth_error_and_the_operation_is_not_sent() {
    // AURA-32
    for status in STATUSES {
        let server = MockServer::start().await;
        let fetches = if status == 429 || status == 500 { 3 } else { 1 };
        let failing = Mock::given(method("POST")).and(path(TOKEN_PATH)).respond_with(error_answer(status));
        failing.expect(fetches).mount(&server).await;
        let error = (OPERATIONS[0].call)(backend(&server)).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome(), error.attempts()), (Kind::Auth, Outcome::NotSent, 0), "{status}");
        assert_eq!((error.operation(), error.status()), ("aura.users.register", None), "{status}");
        assert_eq!(error.is_retryable(), fetches == 3, "{status}");
        let cause = error.cause().unwrap();
        assert_eq!(cause.operation(), "aura.oauth.server_token", "{status}");
        assert_eq!(cause.status().map(|status| status.as_u16()), Some(status));
        assert!(cause.fault::<ApiFault>().is_some(), "{status}");
        server.verify().await;
        assert!(lines(&server).await.iter().all(|line| line == "POST /panic-api/oauth/token"), "{status}");
    }
}

#[tokio::test]
async fn an_error_without_any_body_has_no_fault_and_means_the_same() {
    for operation in &OPERATIONS {
        let server = MockServer::start().await;
        let aura = client(&server, operation).await;
        on(operation).respond_with(ResponseTemplate::new(400)).mount(&server).await;
        let error = (operation.call)(aura).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::Api, Outcome::Refused), "{}", operation.name);
        assert_eq!(error.fault::<ApiFault>(), None, "{}", operation.name);
    }
}

#[tokio::test]
async fn a_page_with_status_200_is_no_answer_of_aura() {
    // AURA-39: whatever AURA answers is accepted, but a proxy's page isn't AURA's.
    for operation in &OPERATIONS {
        let server = MockServer::start().await;
        let aura = client(&server, operation).await;
        let page = ResponseTemplate::new(200).set_body_raw("<html>Sign in to the network</html>", "text/html");
        on(operation).respond_with(page).expect(1).mount(&server).await;
        let error = (operation.call)(aura).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::Decode, Outcome::Unknown), "{}", operation.name);
        server.verify().await;
    }
}

#[tokio::test]
async fn after_an_unknown_create_the_error_says_not_to_send_it_again() {
    let server = MockServer::start().await;
    let create = OPERATIONS.iter().find(|operation| operation.name == "aura.callouts.create").unwrap();
    on(create).respond_with(error_answer(500)).mount(&server).await;
    let error = (create.call)(user(&server)).await.unwrap_err();
    assert!(error.to_string().contains("don't send it again before you know"), "{error}");
}
