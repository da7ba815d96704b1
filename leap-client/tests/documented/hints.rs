//! What an error says of its cause, beyond its status: what each documented status can mean for each operation.

use crate::{
    mocked::leap,
    operations::{OPERATIONS, Operation},
};
use leap_client::{Error, Leap, ListRequests, RequestKey, State};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

const ALL_404: &str = "the server has answered 404 to everything so far: the root may be wrong";
const TOPIC: &str = "the server has no such topic";
const DATES: &str = "the server takes a date, the limit or the offset for invalid";
const STATE_OR_DATES: &str = "the server takes the state, a date, the limit or the offset for invalid";
const ONE_OF_THEM: &str = "one of the requests doesn't exist; no document says whether the others were acknowledged";
const TRANSITION: &str = "from its present state the request can't go there";
const UNKNOWN_STATE: &str = "the server doesn't know the state";
const TAKEN: &str = "another support request has this external id";
const PASSWORD: &str = "user name or password are wrong";
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
    // LEAP-22: 409 and 400 mean several things. LEAP-36: a 404 to an acknowledgement proves nothing of the other requests.
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
            ("state", requests.change_state(RequestKey::id("a/b"), State::New).await.unwrap_err()),
            ("comment", requests.comment(RequestKey::external("a/b"), "Hello").await.unwrap_err()),
            ("list", requests.list(ListRequests::topic("a/b")).await.unwrap_err()),
        ] {
            let text = error.to_string();
            assert_eq!(text.contains("the name holds a slash"), status != 500, "{what} {status}: {text}");
            assert!(!text.contains("a/b"), "{text}");
        }
    }
}
