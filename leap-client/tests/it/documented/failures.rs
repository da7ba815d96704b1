//! What each error means for each operation. No document shows the body of one (LEAP-23): those are ours.

use crate::{
    documented::{OPERATIONS, Operation},
    support::mock_server::{builder, leap, lines, options},
};
use leap_client::{
    ChangeState, Error, Kind, Leap, ListRequests, Outcome, RequestKey, RetryPolicy, Safety, State, StopReason,
};
use std::time::Duration;
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

const STATUSES: [u16; 7] = [400, 401, 403, 404, 409, 429, 500];
const SAID: &str = "it can't be done";

fn error_answer(status: u16) -> ResponseTemplate {
    let answer = ResponseTemplate::new(status).set_body_string(SAID);
    if status == 429 { answer.insert_header("retry-after", "0") } else { answer }
}

async fn fails(operation: &Operation, leap: Leap) -> Error {
    (operation.call)(leap).await.expect_err(operation.what)
}

#[tokio::test]
async fn every_status_says_what_was_done_and_once_is_never_repeated_after_500() {
    // LEAP-21: whatever the page lists for the operation, each status means the same. LEAP-39: a 500 to a post is one
    // request.
    let server = MockServer::start().await;
    for operation in &OPERATIONS {
        for status in STATUSES {
            server.reset().await;
            let attempts = u64::from(operation.meaning().attempts(status));
            operation.mock().respond_with(error_answer(status)).expect(attempts).mount(&server).await;
            let error = fails(operation, leap(&server)).await;
            operation.meaning().assert(&error, status);
            assert_eq!(error.body().unwrap(), SAID, "LEAP-23: {} {status}", operation.what);
            assert!(error.report().contains(SAID) && !error.to_string().contains(SAID), "{}", operation.what);
            server.verify().await;
        }
    }
}

#[tokio::test]
async fn an_error_without_a_body_means_the_same() {
    // LEAP-23
    let server = MockServer::start().await;
    for operation in &OPERATIONS {
        server.reset().await;
        operation.mock().respond_with(ResponseTemplate::new(400)).mount(&server).await;
        let error = fails(operation, leap(&server)).await;
        operation.meaning().assert(&error, 400);
        assert!(error.body().unwrap().is_empty(), "{}", operation.what);
    }
}

#[tokio::test]
async fn a_redirect_is_an_error_that_names_the_host_and_is_not_followed() {
    // LEAP-09: plain http is answered so, with the https address; a post would become a get there.
    let server = MockServer::start().await;
    for operation in &OPERATIONS {
        for (status, outcome) in [(302, Outcome::Unknown), (301, Outcome::Refused), (307, Outcome::Refused)] {
            server.reset().await;
            let there = "https://acme.leapcities.com/api/v1/requests?canary=1";
            let redirect = ResponseTemplate::new(status).insert_header("location", there);
            operation.mock().respond_with(redirect).expect(1).mount(&server).await;
            let error = fails(operation, leap(&server)).await;
            let at = format!("{} {status}: {error}", operation.what);
            assert_eq!((error.kind(), error.outcome(), error.attempts()), (Kind::Origin, outcome, 1), "{at}");
            assert_eq!(error.stop_reason(), StopReason::Final, "{at}");
            assert_eq!((error.operation(), error.is_retryable()), (operation.name, false), "{at}");
            let text = error.to_string();
            assert!(text.contains("https://acme.leapcities.com") && text.contains("the base URL"), "{at}");
            assert!(!text.contains("canary"), "{at}");
            server.verify().await;
        }
    }
}

#[tokio::test]
async fn too_many_requests_are_waited_for_as_the_server_asks_and_sent_again() {
    // LEAP-23: no limit is documented, and one is obeyed.
    for operation in &OPERATIONS {
        let server = MockServer::start().await;
        operation.mock().respond_with(error_answer(429)).up_to_n_times(1).expect(1).mount(&server).await;
        operation.mock().respond_with(operation.good_answer()).expect(1).mount(&server).await;
        assert_eq!((operation.call)(leap(&server)).await.unwrap(), 2, "{}", operation.what);
        server.verify().await;
    }
}

#[tokio::test]
async fn the_servers_wait_goes_before_the_policys() {
    // LEAP-23
    let server = MockServer::start().await;
    let get = &OPERATIONS[0];
    get.mock().respond_with(error_answer(429)).up_to_n_times(1).mount(&server).await;
    get.mock().respond_with(get.good_answer()).mount(&server).await;
    // By its own waits of up to a year the call would miss its deadline at once.
    let year = Duration::from_secs(31_536_000);
    let options = options().retry(RetryPolicy::new().first_delay(year).max_delay(year));
    assert_eq!((get.call)(builder(&server).options(options).build().unwrap()).await.unwrap(), 2);
}

#[tokio::test]
async fn a_server_error_that_passes_is_seen_by_nobody_where_a_repeat_is_safe() {
    for operation in OPERATIONS.iter().filter(|operation| operation.safety != Safety::Once) {
        let server = MockServer::start().await;
        operation.mock().respond_with(error_answer(503)).up_to_n_times(2).expect(2).mount(&server).await;
        operation.mock().respond_with(operation.good_answer()).expect(1).mount(&server).await;
        assert_eq!((operation.call)(leap(&server)).await.unwrap(), 3, "{}", operation.what);
        server.verify().await;
    }
}

#[tokio::test]
async fn after_an_unknown_post_the_error_says_not_to_send_it_again() {
    // LEAP-38, LEAP-39
    let server = MockServer::start().await;
    for operation in OPERATIONS.iter().filter(|operation| operation.safety == Safety::Once) {
        for status in [408, 500, 502, 503, 504] {
            server.reset().await;
            operation.mock().respond_with(ResponseTemplate::new(status)).mount(&server).await;
            let error = fails(operation, leap(&server)).await;
            operation.meaning().assert(&error, status);
            assert!(error.to_string().contains("don't send it again before you know"), "{error}");
            assert_eq!(lines(&server).await.len(), 1, "{} {status}", operation.what);
        }
    }
}

const ALL_404: &str = "the server has answered 404 to every request so far: the base URL may be wrong";
const TOPIC: &str = "the server does not know this topic";
const DATES: &str = "the server rejects a date, the limit or the offset";
const STATE_OR_DATES: &str = "the server rejects the state, a date, the limit or the offset";
const ONE_OF_THEM: &str =
    "one of the requests does not exist; it is not documented whether the others were acknowledged";
const TRANSITION: &str = "transition not allowed from the current state";
const UNKNOWN_STATE: &str = "the server doesn't know the state";
const TAKEN: &str = "another support request already has this external id";
const PASSWORD: &str = "the user name or the password is wrong";
const PERMISSION: &str = "the permission \"External Access to Support Requests\"";

/// A client whose server has answered well before, so that a 404 is no sign of a wrong root.
async fn greeted(server: &MockServer) -> Leap {
    let leap = leap(server);
    for operation in &OPERATIONS {
        server.reset().await;
        operation.mock().respond_with(operation.good_answer()).mount(server).await;
        (operation.call)(leap.clone()).await.unwrap();
    }
    leap
}

async fn error_of(operation: &Operation, leap: &Leap, server: &MockServer, answer: ResponseTemplate) -> Error {
    server.reset().await;
    operation.mock().respond_with(answer).mount(server).await;
    (operation.call)(leap.clone()).await.unwrap_err()
}

/// What the status means for the operation, where it says more than its number.
fn meaning(operation: &Operation, status: u16) -> Option<&'static str> {
    Some(match (operation.name.trim_start_matches("leap.requests."), status) {
        (_, 401) => PASSWORD,
        (_, 403) => PERMISSION,
        ("set_external_id", 409) => TAKEN,
        ("acknowledge" | "acknowledge_external", 404) => ONE_OF_THEM,
        ("list_by_topic" | "list_in_state", 404) => TOPIC,
        ("list" | "list_by_topic", 400) => DATES,
        ("list_in_state", 400) => STATE_OR_DATES,
        ("change_state", 400) => UNKNOWN_STATE,
        ("change_state", 409) => TRANSITION,
        _ => return None,
    })
}

#[tokio::test]
async fn each_status_says_what_it_can_mean_for_the_operation() {
    // LEAP-22: 409 and 400 mean several things. LEAP-36: a 404 to an acknowledgement proves nothing of the other
    // requests.
    let server = MockServer::start().await;
    let leap = greeted(&server).await;
    let all =
        [ALL_404, TOPIC, DATES, STATE_OR_DATES, ONE_OF_THEM, TRANSITION, UNKNOWN_STATE, TAKEN, PASSWORD, PERMISSION];
    for operation in &OPERATIONS {
        for status in [400, 401, 403, 404, 409, 500] {
            let error = error_of(operation, &leap, &server, ResponseTemplate::new(status)).await;
            for text in [error.to_string(), error.report()] {
                let told: Vec<_> = all.into_iter().filter(|hint| text.contains(hint)).collect();
                assert_eq!(told, Vec::from_iter(meaning(operation, status)), "{} {status}: {text}", operation.what);
            }
        }
    }
}

#[tokio::test]
async fn a_server_that_knows_nothing_at_all_may_be_the_wrong_root() {
    // LEAP-05: `requests` once too often is answered so.
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(404)).mount(&server).await;
    for operation in &OPERATIONS {
        let error = (operation.call)(leap(&server)).await.unwrap_err();
        assert!(error.to_string().contains(ALL_404), "{error}");
    }
}

#[tokio::test]
async fn a_401_names_the_scheme_that_the_server_wants() {
    // LEAP-18
    let server = MockServer::start().await;
    let leap = leap(&server);
    for (asked, told) in [
        (Some("Digest realm=\"LEAP\", nonce=\"canary\""), "the server wants Digest authentication"),
        (Some("Negotiate"), "the server wants Negotiate authentication"),
        (Some("Basic realm=\"canary\""), PASSWORD),
        (Some("basic"), PASSWORD),
        (Some("<script>"), PASSWORD),
        (Some(""), PASSWORD),
        (None, PASSWORD),
    ] {
        for operation in &OPERATIONS {
            let mut answer = ResponseTemplate::new(401);
            if let Some(asked) = asked {
                answer = answer.insert_header("www-authenticate", asked);
            }
            let text = error_of(operation, &leap, &server, answer).await.to_string();
            assert!(text.contains(told) && !text.contains("canary") && !text.contains("script"), "{asked:?}: {text}");
        }
    }
}

#[tokio::test]
async fn a_slash_in_a_name_is_told_where_it_may_be_the_cause() {
    // LEAP-08: many servers refuse a path with %2F.
    let server = MockServer::start().await;
    let leap = greeted(&server).await;
    let requests = leap.requests();
    for status in [400, 404, 500] {
        server.reset().await;
        Mock::given(any()).respond_with(ResponseTemplate::new(status)).mount(&server).await;
        for (what, error) in [
            ("get", requests.get(RequestKey::id("a/b")).await.unwrap_err()),
            ("get", requests.get(RequestKey::external("a/b")).await.unwrap_err()),
            ("set", requests.set_external_id("a/b", "1").await.unwrap_err()),
            ("state", requests.change_state(ChangeState::new(RequestKey::id("a/b"), State::New)).await.unwrap_err()),
            ("comment", requests.comment(RequestKey::external("a/b"), "Hello").await.unwrap_err()),
            ("list", requests.list(ListRequests::topic("a/b")).await.unwrap_err()),
        ] {
            let text = error.to_string();
            assert_eq!(text.contains("the identifier contains a slash"), status != 500, "{what} {status}: {text}");
            assert!(!text.contains("a/b"), "{text}");
        }
    }
}
