//! LEAP's operations, one row each, and the contract that holds for all of them.
//!
//! No answer to an acknowledgement, a change of state and a comment is documented, and no body of an error. Where the
//! documents are silent the answer is one of ours: it proves how this crate reads such an answer, not that LEAP sends
//! it.

use crate::support::mock_server::{BASIC, client, fixture};
use care_testkit::contract::{Answer, Contract, ExpectedRequest, Operation};
use chrono::{DateTime, Utc};
use leap_client::{ChangeState, Leap, ListRequests, RequestKey, Scope, State};

pub(crate) const XML: &str = "application/xml; charset=utf-8";
const FORM: &str = "application/x-www-form-urlencoded";
/// What a server says of an error; no document shows the body of one.
const SAID: &str = "it can't be done";

const ACKED_EXTERNAL: &str = "<acknowledgements acknowlegdeUpdates=\"true\"><acknowledgement>MAX-1234</acknowledgement>\
                              <acknowledgement>EXT-1234</acknowledgement></acknowledgements>";
/// Every parameter of a list: the documented dates, and `acked` as documented.
const QUERY: &str = "?last-update-from=2010-04-06T12%3A43%3A17.123Z&last-update-to=2011-12-03T11%3A11%3A12.987Z\
                     &acked=true&limit=100&offset=200";

/// What each row shares: see [`operations`].
pub(crate) fn contract() -> Contract<Leap> {
    Contract::new(client, operations())
        .header("accept", "application/xml")
        .header("authorization", BASIC)
        .header("user-agent", concat!("leap-client/", env!("CARGO_PKG_VERSION")))
        .media_type("application/xml")
        .redirect_hint("the base URL")
        .statuses([400, 401, 403, 404, 409, 422, 429, 500, 503])
        .error_answers(|status| Answer::text("text/plain", SAID).status(status))
        .faults(|error, status| {
            assert_eq!(error.body().unwrap(), SAID, "{status}");
            assert!(error.report().contains(SAID) && !error.to_string().contains(SAID), "{status}: {error}");
        })
        // Whatever the page lists for an operation, each status means the same, and a 500 to a post is one request.
        // Requests say what they are and what is wanted, and redirects to https are not followed.
        .defects(["LEAP-09", "LEAP-18", "LEAP-19", "LEAP-20", "LEAP-21", "LEAP-23", "LEAP-38", "LEAP-39"])
}

/// A request of this crate, with its credentials and no body.
pub(crate) fn expected(line: impl Into<String>) -> ExpectedRequest {
    let agent = concat!("leap-client/", env!("CARGO_PKG_VERSION"));
    let expected = ExpectedRequest::new(line).header("accept", "application/xml").header("user-agent", agent);
    expected.header("authorization", BASIC)
}

pub(crate) fn at(time: &str) -> DateTime<Utc> {
    time.parse().unwrap()
}

fn operations() -> Vec<Operation<Leap>> {
    vec![
        row(Operation::read("leap.requests.get").sends("GET /api/v1/requests/10000001"))
            .case("get by identifier")
            .answers(answer("request-detail.xml"))
            .call(|leap: Leap| leap.requests().get(RequestKey::id("10000001"))),
        row(Operation::read("leap.requests.get").sends("GET /api/v1/requests/extid/MAX-1234"))
            .case("get by external identifier")
            .answers(answer("request-detail.xml"))
            .call(|leap: Leap| leap.requests().get(RequestKey::external("MAX-1234"))),
        row(Operation::idempotent("leap.requests.set_external_id").sends("POST /api/v1/requests/000000001/extid"))
            .text(FORM, printed("set-extid-request.txt"))
            .answers(answer("set-extid-response.xml"))
            .call(|leap: Leap| leap.requests().set_external_id("000000001", "MAX-56789")),
        row(Operation::once("leap.requests.acknowledge").sends("POST /api/v1/requests/acked"))
            .text(XML, printed("acknowledgements-request.xml"))
            .ignores_answer()
            // A body where none is announced.
            .defects(["LEAP-24"])
            .call(|leap: Leap| leap.requests().acknowledge(["10000001", "10000002"])),
        row(Operation::once("leap.requests.acknowledge_external").sends("POST /api/v1/requests/external/acked"))
            .text(XML, ACKED_EXTERNAL)
            .ignores_answer()
            .defects(["LEAP-07"])
            .call(|leap: Leap| leap.requests().acknowledge_external(["MAX-1234", "EXT-1234"])),
        // `requests` once, and of all paths this one alone ends in a slash.
        row(Operation::read("leap.requests.list").sends(format!("GET /api/v1/requests/{QUERY}")))
            .answers(answer("list-all.xml"))
            .defects(["LEAP-05", "LEAP-06"])
            .call(|leap: Leap| leap.requests().list(every_parameter(ListRequests::new()))),
        row(Operation::read("leap.requests.list_by_topic")
            .sends(format!("GET /api/v1/requests/by-topic/Parking{QUERY}")))
        .answers(answer("list-by-topic.xml"))
        .call(|leap: Leap| leap.requests().list(every_parameter(ListRequests::topic("Parking")))),
        // The state in the path is the word of the documents.
        row(Operation::read("leap.requests.list_in_state")
            .sends(format!("GET /api/v1/requests/by-topic/Alarm/in-state/IN_PROGRESS{QUERY}")))
        .answers(answer("list-by-topic-in-state.xml"))
        .defects(["LEAP-14"])
        .call(|leap: Leap| {
            leap.requests().list(every_parameter(ListRequests::topic("Alarm").in_state(State::InProgress)))
        }),
        row(Operation::once("leap.requests.change_state").sends("POST /api/v1/requests/10000001/updates"))
            .case("change the state by identifier")
            .text(XML, printed("status-change-request.xml"))
            .ignores_answer()
            .call(|leap: Leap| change_state(&leap, RequestKey::id("10000001"), "optional comment"))
            .marked(|leap: Leap| change_state(&leap, RequestKey::id("10000001"), "canary comment")),
        row(Operation::once("leap.requests.change_state").sends("POST /api/v1/requests/extid/MAX-1234/updates"))
            .case("change the state by external identifier")
            .text(XML, printed("status-change-request.xml"))
            .ignores_answer()
            .call(|leap: Leap| change_state(&leap, RequestKey::external("MAX-1234"), "optional comment")),
        row(Operation::once("leap.requests.comment").sends("POST /api/v1/requests/10000001/updates"))
            .case("comment by identifier")
            .text(XML, printed("comment-request.xml"))
            .ignores_answer()
            .call(|leap: Leap| {
                leap.requests().comment(RequestKey::id("10000001"), "adding a comment without state change")
            })
            .marked(|leap: Leap| leap.requests().comment(RequestKey::id("10000001"), "canary comment")),
        row(Operation::once("leap.requests.comment").sends("POST /api/v1/requests/extid/MAX-1234/updates"))
            .case("comment by external identifier")
            .text(XML, printed("comment-request.xml"))
            .ignores_answer()
            .call(|leap: Leap| {
                leap.requests().comment(RequestKey::external("MAX-1234"), "adding a comment without state change")
            }),
    ]
}

fn row(operation: Operation<Leap>) -> Operation<Leap> {
    operation.needs("basic_auth()")
}

/// A documented answer.
fn answer(file: &str) -> Answer {
    Answer::text("application/xml", fixture(file))
}

/// A documented body of a request, as it is sent: in one line.
fn printed(file: &str) -> String {
    fixture(file).lines().map(str::trim).collect()
}

fn every_parameter<S: Scope>(list: ListRequests<S>) -> ListRequests<S> {
    let list = list.updated_from(at("2010-04-06T12:43:17.123Z")).updated_to(at("2011-12-03T11:11:12.987Z"));
    list.acked(true).limit(100).offset(200)
}

fn change_state(leap: &Leap, key: RequestKey, comment: &str) -> leap_client::Call<ChangeState> {
    leap.requests().change_state(ChangeState::new(key, State::InProgress).comment(comment))
}
