//! What each operation sends: method, path, query, headers and body, and nothing else.

use crate::{
    documented::{OPERATIONS, Operation, at},
    support::mock_server::{BASIC, bare, fixture, leap, xml},
};
use care_testkit::documented::{Wanted, assert_sent, assert_unsent, fails};
use http::HeaderName;
use leap_client::{Acknowledge, ChangeState, Kind, ListRequests, RequestId, RequestKey, State};
use wiremock::{Mock, MockServer, matchers::any};

/// What this crate's requests have in common.
fn wanted(line: String, body: Option<(&str, &str)>) -> Wanted {
    let agent = concat!("leap-client/", env!("CARGO_PKG_VERSION"));
    let wanted = Wanted::new(line).header("accept", "application/xml").header("user-agent", agent);
    match body {
        Some((content_type, body)) => wanted.text(content_type, body),
        None => wanted,
    }
}

fn with_password(line: String, body: Option<(&str, &str)>) -> Wanted {
    wanted(line, body).header("authorization", BASIC)
}

fn line(operation: &Operation) -> String {
    format!("{} {}{}", operation.verb, operation.path, operation.query)
}

async fn server(operation: &Operation) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(operation.good_answer()).mount(&server).await;
    server
}

#[tokio::test]
async fn every_operation_is_sent_as_documented() {
    // LEAP-05: `requests` once. LEAP-06: the list of all alone ends in a slash. LEAP-07: `external/acked`. LEAP-14: the
    // state in the path is the word of the documents. LEAP-18: basic authentication. LEAP-24: a body each time.
    // LEAP-19: what is sent says what it is, and what is wanted.
    for operation in &OPERATIONS {
        let server = server(operation).await;
        assert_eq!((operation.call)(leap(&server)).await.unwrap(), 1, "{}", operation.what);
        assert_sent(&server, &[with_password(line(operation), operation.body)]).await;
    }
}

#[test]
fn the_bodies_are_the_documented_examples() {
    for (what, file) in [
        ("set the external identifier", "set-extid-request.txt"),
        ("acknowledge by identifiers", "acknowledgements-request.xml"),
        ("change the state by external identifier", "status-change-request.xml"),
        ("comment by identifier", "comment-request.xml"),
    ] {
        let operation = OPERATIONS.iter().find(|operation| operation.what == what).unwrap();
        let printed: String = fixture(file).lines().map(str::trim).collect();
        assert_eq!(operation.body.unwrap().1, printed, "{file}");
    }
}

#[tokio::test]
async fn the_header_that_was_chosen_goes_instead_of_user_and_password() {
    // LEAP-18
    for operation in &OPERATIONS {
        let server = server(operation).await;
        let key = HeaderName::from_static("x-leap-key");
        (operation.call)(bare(&server).header_auth(key, "abc 123").build().unwrap()).await.unwrap();
        assert_sent(&server, &[wanted(line(operation), operation.body).header("x-leap-key", "abc 123")]).await;
    }
}

#[tokio::test]
async fn each_list_sends_what_was_asked_for_and_always_its_limit() {
    // LEAP-29: `acked=false` are those that need acknowledging. LEAP-30: the limit is never left to the server.
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(xml(fixture("list-all.xml"))).mount(&server).await;
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
    assert_sent(&server, &lines.map(|line| with_password(format!("GET /api/v1/requests{line}"), None))).await;
}

#[tokio::test]
async fn dates_are_sent_in_the_documented_form_whatever_they_are_given_in() {
    // LEAP-15: UTC, milliseconds and `Z`; the beginning rounded down and the end up.
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(xml(fixture("list-all.xml"))).mount(&server).await;
    let list = ListRequests::new()
        .updated_from(at("2010-04-06T22:43:17.1239+10:00"))
        .updated_to(at("2011-12-03T11:11:12.986001Z"));
    leap(&server).requests().list(list).await.unwrap();
    let line = "GET /api/v1/requests/?last-update-from=2010-04-06T12%3A43%3A17.123Z\
                &last-update-to=2011-12-03T11%3A11%3A12.987Z&limit=100&offset=0";
    assert_sent(&server, &[with_password(line.to_owned(), None)]).await;
}

#[tokio::test]
async fn every_state_has_its_word_and_no_comment_is_no_element() {
    // LEAP-14, LEAP-16
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(crate::support::mock_server::empty()).mount(&server).await;
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
    let content_type = "application/xml; charset=utf-8";
    let wanted = sent.iter().map(|body| {
        with_password("POST /api/v1/requests/10000001/updates".to_owned(), Some((content_type, body.as_str())))
    });
    assert_sent(&server, &wanted.collect::<Vec<_>>()).await;
}

#[tokio::test]
async fn lists_that_the_service_has_no_answer_to() {
    // LEAP-30: what a limit beyond the greatest does is not said.
    let server = MockServer::start().await;
    let leap = leap(&server);
    let requests = leap.requests();
    let (early, late) = (at("2010-04-06T12:43:17.123Z"), at("2011-12-03T11:11:12.987Z"));
    let between = |from, to| fails(requests.list(ListRequests::new().updated_from(from).updated_to(to)));
    let (limit, window) = ("between 1 and 100", "updated_from must be earlier than updated_to");
    assert_unsent(
        &server,
        Kind::Request,
        &[
            ("no rows", fails(requests.list(ListRequests::new().limit(0))).await, limit),
            ("too many rows", fails(requests.list(ListRequests::topic("Parking").limit(101))).await, limit),
            ("a window of nothing", between(early, early).await, window),
            ("a window that ends first", between(late, early).await, window),
            ("a year of five digits", between(early, at("+10000-01-01T00:00:00Z")).await, "in the years 0 to 9999"),
        ],
    )
    .await;
}

#[tokio::test]
async fn states_that_no_document_lists() {
    // LEAP-14, LEAP-34
    let server = MockServer::start().await;
    let leap = leap(&server);
    let requests = leap.requests();
    let other = || State::from("ON_HOLD");
    let says = "not NEW, IN_PROGRESS, PROBLEM, SUCCESSFUL or CANCELLED";
    assert_unsent(
        &server,
        Kind::Request,
        &[
            ("posted", fails(requests.change_state(ChangeState::new(RequestKey::id("1"), other()))).await, says),
            ("listed", fails(requests.list(ListRequests::topic("Parking").in_state(other()))).await, says),
        ],
    )
    .await;
}

#[tokio::test]
async fn comments_that_say_nothing_or_that_xml_cannot_carry() {
    // LEAP-37
    let server = MockServer::start().await;
    let leap = leap(&server);
    let requests = leap.requests();
    let key = || RequestKey::id("1");
    let (empty, broken) = ("the comment is empty", "a character that XML can't represent");
    let mut refusals = Vec::new();
    for text in ["", " ", "\n\t"] {
        refusals.push(("a comment", fails(requests.comment(key(), text)).await, empty));
    }
    for text in ["a\u{0}b", "\u{8}", "a\u{b}", "a\u{c}", "a\u{1f}", "\u{fffe}", "\u{ffff}"] {
        refusals.push(("a comment", fails(requests.comment(key(), text)).await, broken));
        let change = requests.change_state(ChangeState::new(key(), State::Problem).comment(text));
        refusals.push(("a comment of a change", fails(change).await, broken));
    }
    assert_unsent(&server, Kind::Request, &refusals).await;
}

#[tokio::test]
async fn acknowledgements_of_nothing() {
    let server = MockServer::start().await;
    let leap = leap(&server);
    let requests = leap.requests();
    let says = "give at least one identifier";
    assert_unsent(
        &server,
        Kind::Request,
        &[
            ("by identifiers", fails(requests.acknowledge([""; 0])).await, says),
            (
                "by identifiers, updates kept",
                fails(requests.acknowledge(Acknowledge::new(Vec::<RequestId>::new()).keep_updates())).await,
                says,
            ),
            ("by external identifiers", fails(requests.acknowledge_external([""; 0])).await, says),
        ],
    )
    .await;
}

#[tokio::test]
async fn everything_without_credentials() {
    // LEAP-18
    let server = MockServer::start().await;
    let leap = bare(&server).build().unwrap();
    let mut refusals = Vec::new();
    for operation in &OPERATIONS {
        refusals.push((operation.what, (operation.call)(leap.clone()).await.unwrap_err(), "basic_auth()"));
    }
    assert_unsent(&server, Kind::Config, &refusals).await;
}
