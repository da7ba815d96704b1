//! Every documented operation as it goes over the wire: what is sent, which answers are LEAP's own, and what each error
//! means and says.

use crate::{
    operations::{XML, at, contract, expected},
    support::mock_server::{bare, fixture, leap, xml},
};
use care_testkit::{
    contract::{Answer, Operation, assert_sent},
    mock_server::answer_all,
};
use http::HeaderName;
use leap_client::{ChangeState, Kind, Leap, ListRequests, Outcome, RequestKey, State};
use wiremock::{MockServer, ResponseTemplate};

care_testkit::contract_tests!(contract());

#[tokio::test]
async fn nothing_is_sent_without_credentials() {
    // LEAP-18
    let nobody = |server: &MockServer, options| bare(server).options(options).build().unwrap();
    contract().nothing_is_sent_without_credentials(nobody).await;
}

#[tokio::test]
async fn the_configured_header_replaces_user_and_password() {
    // LEAP-18
    let keyed = |server: &MockServer, options| {
        let key = HeaderName::from_static("x-leap-key");
        bare(server).options(options).header_auth(key, "abc 123").build().unwrap()
    };
    let expect = |request: care_testkit::contract::ExpectedRequest| {
        request.without_header("authorization").header("x-leap-key", "abc 123")
    };
    contract().requests_match_with(keyed, expect).await;
}

#[tokio::test]
async fn each_list_sends_its_filters_and_always_its_limit() {
    // LEAP-29: `acked=false` are those that need acknowledging. LEAP-30: the limit is never left to the server.
    let server = MockServer::start().await;
    answer_all(&server, xml(fixture("list-all.xml"))).await;
    let leap = leap(&server);
    let requests = leap.requests();
    requests.list(ListRequests::new()).await.unwrap();
    requests.list(ListRequests::new().acked(false)).await.unwrap();
    requests.list(ListRequests::topic("Parking").limit(1)).await.unwrap();
    requests.list(ListRequests::topic("Parking").updated_to(at("2011-12-03T11:11:12Z")).offset(7)).await.unwrap();
    requests.list(ListRequests::topic("Parking").in_state(State::New).acked(true).limit(25)).await.unwrap();
    let lines = [
        "/?limit=100&offset=0",
        "/?acked=false&limit=100&offset=0",
        "/by-topic/Parking?limit=1&offset=0",
        "/by-topic/Parking?last-update-to=2011-12-03T11%3A11%3A12.000Z&limit=100&offset=7",
        "/by-topic/Parking/in-state/NEW?acked=true&limit=25&offset=0",
    ];
    assert_sent(&server, &lines.map(|line| expected(format!("GET /api/v1/requests{line}")))).await;
}

#[tokio::test]
async fn dates_are_sent_in_the_documented_form() {
    // LEAP-15: UTC, milliseconds and `Z`; the beginning rounded down and the end up.
    let server = MockServer::start().await;
    answer_all(&server, xml(fixture("list-all.xml"))).await;
    let list = ListRequests::new()
        .updated_from(at("2010-04-06T22:43:17.1239+10:00"))
        .updated_to(at("2011-12-03T11:11:12.986001Z"));
    leap(&server).requests().list(list).await.unwrap();
    let line = "GET /api/v1/requests/?last-update-from=2010-04-06T12%3A43%3A17.123Z\
                &last-update-to=2011-12-03T11%3A11%3A12.987Z&limit=100&offset=0";
    assert_sent(&server, &[expected(line)]).await;
}

#[tokio::test]
async fn every_state_has_its_word_and_a_blank_comment_no_element() {
    // LEAP-14, LEAP-16
    let server = MockServer::start().await;
    answer_all(&server, ResponseTemplate::new(200)).await;
    let leap = leap(&server);
    let key = || RequestKey::id("10000001");
    let mut sent = Vec::new();
    for (state, word) in [
        (State::New, "NEW"),
        (State::InProgress, "IN_PROGRESS"),
        (State::Problem, "PROBLEM"),
        (State::Successful, "SUCCESSFUL"),
        (State::Cancelled, "CANCELLED"),
    ] {
        leap.requests().change_state(ChangeState::new(key(), state.clone())).await.unwrap();
        leap.requests().change_state(ChangeState::new(key(), state).comment("")).await.unwrap();
        let body = format!("<support-request-update><state>{word}</state></support-request-update>");
        sent.extend([body.clone(), body]);
    }
    let updates = || expected("POST /api/v1/requests/10000001/updates");
    let wanted: Vec<_> = sent.into_iter().map(|body| updates().text(XML, body)).collect();
    assert_sent(&server, &wanted).await;
}

#[tokio::test]
async fn a_document_with_another_root_is_foreign_even_where_no_answer_is_documented() {
    // LEAP-19, LEAP-20
    let (contract, server) = (contract(), MockServer::start().await);
    let documents = ["<maintenance until=\"canary\"/>", "<support-requests xmlns=\"urn:canary\"/>"];
    contract.documents_are_refused(&documents, Outcome::Unknown).await;
    for operation in contract.operations().iter().filter(|operation| !operation.reads_answer()) {
        for document in documents {
            let foreign = [Answer::text("application/xml", document)];
            let error = contract.exchange(&server, operation, &foreign).await.error(operation.case_name());
            let at = format!("{}: {error}", operation.case_name());
            assert_eq!((error.kind(), error.outcome(), error.attempts()), (Kind::Decode, Outcome::Unknown, 1), "{at}");
            assert!(!error.is_retryable() && !format!("{error:?}{}", error.report()).contains("canary"), "{at}");
        }
    }
}

#[tokio::test]
async fn an_empty_body_is_an_answer_only_where_none_is_documented() {
    // LEAP-19, LEAP-20
    contract().empty_answers_mean(Outcome::Unknown).await;
}

#[tokio::test]
async fn any_success_and_any_media_type_is_accepted_if_the_document_is_right() {
    // LEAP-19
    contract().any_success_is_read(&["text/xml", "text/plain", "application/octet-stream"]).await;
    let server = MockServer::start().await;
    for operation in contract().operations().iter().filter(|operation| operation.reads_answer()) {
        answer_all(&server, ResponseTemplate::new(200).set_body_bytes(operation.answer().body().to_vec())).await;
        assert_eq!(operation.run(leap(&server)).await.unwrap().attempts, 1, "{}", operation.case_name());
    }
}

#[tokio::test]
async fn an_unreadable_document_of_leaps_says_where() {
    let (contract, server) = (contract(), MockServer::start().await);
    for operation in contract.operations().iter().filter(|operation| operation.reads_answer()) {
        let cut = [operation.answer().clone().truncated(20)];
        let error = contract.exchange(&server, operation, &cut).await.error(operation.case_name());
        assert_eq!((error.kind(), error.outcome()), (Kind::Decode, Outcome::Completed), "{error}");
        assert!(error.to_string().contains("(byte "), "{error}");
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

/// What the status means for the operation, where it says more than its number.
fn hint(operation: &Operation<Leap>, status: u16) -> Option<&'static str> {
    Some(match (operation.verb(), status) {
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
    // LEAP-22: 409 and 400 mean several things. LEAP-36: a 404 to an acknowledgement proves nothing about the other
    // requests.
    let all =
        [ALL_404, TOPIC, DATES, STATE_OR_DATES, ONE_OF_THEM, TRANSITION, UNKNOWN_STATE, TAKEN, PASSWORD, PERMISSION];
    let expected = |operation: &Operation<Leap>, status| Vec::from_iter(hint(operation, status));
    contract().statuses_have_hints(&[400, 401, 403, 404, 409, 500], &all, expected).await;
}

#[tokio::test]
async fn a_404_to_everything_may_be_a_wrong_base_url() {
    // LEAP-05: `requests` once too often is answered so.
    contract().a_404_to_everything_has_the_hint(ALL_404).await;
}

#[tokio::test]
async fn a_401_names_the_scheme_that_the_server_wants() {
    // LEAP-18
    let (contract, server) = (contract(), MockServer::start().await);
    for (asked, named) in [
        (Some("Digest realm=\"LEAP\", nonce=\"canary\""), "the server wants Digest authentication"),
        (Some("Negotiate"), "the server wants Negotiate authentication"),
        (Some("Basic realm=\"canary\""), PASSWORD),
        (Some("basic"), PASSWORD),
        (Some("<script>"), PASSWORD),
        (Some(""), PASSWORD),
        (None, PASSWORD),
    ] {
        for operation in contract.operations() {
            let mut answer = Answer::empty(401);
            if let Some(asked) = asked {
                answer = answer.header("www-authenticate", asked);
            }
            let exchange = contract.exchange(&server, operation, &[answer]).await;
            let text = exchange.error(operation.case_name()).to_string();
            assert!(text.contains(named) && !text.contains("canary") && !text.contains("script"), "{asked:?}: {text}");
        }
    }
}

#[tokio::test]
async fn a_slash_in_an_identifier_is_named_as_a_possible_cause() {
    // LEAP-08: many servers refuse a path with %2F.
    let server = MockServer::start().await;
    answer_all(&server, xml(fixture("request-detail.xml"))).await;
    let leap = leap(&server);
    // An answer before, so that a 404 is no sign of a wrong base URL.
    leap.requests().get(RequestKey::id("10000001")).await.unwrap();
    let requests = leap.requests();
    for status in [400, 404, 500] {
        answer_all(&server, ResponseTemplate::new(status)).await;
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
