//! Input that is rejected before anything is sent.

use crate::{operations::at, support::mock_server::leap};
use care_testkit::contract::{assert_unsent, error_of};
use leap_client::{Acknowledge, ChangeState, Kind, Leap, ListRequests, RequestId, RequestKey, State};
use wiremock::MockServer;

#[tokio::test]
async fn invalid_lists_are_rejected() {
    // LEAP-30: what a limit beyond the greatest does is not said.
    let server = MockServer::start().await;
    let leap = leap(&server);
    let requests = leap.requests();
    let (early, late) = (at("2010-04-06T12:43:17.123Z"), at("2011-12-03T11:11:12.987Z"));
    let between = |from, to| error_of(requests.list(ListRequests::new().updated_from(from).updated_to(to)));
    let (limit, window) = ("between 1 and 100", "updated_from must be earlier than updated_to");
    assert_unsent(
        &server,
        Kind::Request,
        &[
            ("no rows", error_of(requests.list(ListRequests::new().limit(0))).await, limit),
            ("too many rows", error_of(requests.list(ListRequests::topic("Parking").limit(101))).await, limit),
            ("a window of nothing", between(early, early).await, window),
            ("a window that ends first", between(late, early).await, window),
            ("a year of five digits", between(early, at("+10000-01-01T00:00:00Z")).await, "in the years 0 to 9999"),
        ],
    )
    .await;
}

#[test]
fn credentials_that_were_read_with_a_line_break_are_rejected_when_the_client_is_built() {
    for end in ["\n", "\r\n", "\r", "\u{85}", "\u{2028}"] {
        let canary = format!("canary{end}");
        let header = http::HeaderName::from_static("x-leap-key");
        let bare = || Leap::builder().company("acme");
        for builder in [
            bare().basic_auth("crm", canary.as_str()),
            bare().basic_auth(canary.as_str(), "hush"),
            bare().header_auth(header, canary.as_str()),
        ] {
            let error = builder.build().unwrap_err();
            let text = format!("{error} {error:?} {}", error.report());
            assert!(error.kind() == Kind::Config && text.contains("trailing newline"), "{end:?}: {text}");
            assert!(!text.contains("canary"), "{text}");
        }
    }
}

#[tokio::test]
async fn undocumented_states_are_rejected() {
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
            ("posted", error_of(requests.change_state(ChangeState::new(RequestKey::id("1"), other()))).await, says),
            ("listed", error_of(requests.list(ListRequests::topic("Parking").in_state(other()))).await, says),
        ],
    )
    .await;
}

#[tokio::test]
async fn blank_comments_and_characters_that_xml_can_not_represent_are_rejected() {
    // LEAP-37
    let server = MockServer::start().await;
    let leap = leap(&server);
    let requests = leap.requests();
    let key = || RequestKey::id("1");
    let (empty, broken) = ("the comment is empty", "a character that XML can't represent");
    let mut refusals = Vec::new();
    for text in ["", " ", "\n\t"] {
        refusals.push(("a comment", error_of(requests.comment(key(), text)).await, empty));
    }
    for text in ["a\u{0}b", "\u{8}", "a\u{b}", "a\u{c}", "a\u{1f}", "\u{fffe}", "\u{ffff}"] {
        refusals.push(("a comment", error_of(requests.comment(key(), text)).await, broken));
        let change = requests.change_state(ChangeState::new(key(), State::Problem).comment(text));
        refusals.push(("a comment of a change", error_of(change).await, broken));
    }
    assert_unsent(&server, Kind::Request, &refusals).await;
}

#[tokio::test]
async fn empty_acknowledgements_are_rejected() {
    let server = MockServer::start().await;
    let leap = leap(&server);
    let requests = leap.requests();
    let says = "give at least one identifier";
    assert_unsent(
        &server,
        Kind::Request,
        &[
            ("by identifiers", error_of(requests.acknowledge([""; 0])).await, says),
            (
                "by identifiers, updates kept",
                error_of(requests.acknowledge(Acknowledge::new(Vec::<RequestId>::new()).keep_updates())).await,
                says,
            ),
            ("by external identifiers", error_of(requests.acknowledge_external([""; 0])).await, says),
        ],
    )
    .await;
}
