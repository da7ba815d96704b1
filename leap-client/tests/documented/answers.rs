//! How the documented answers are read: here are the values by which a program acts. `tests/leaves.rs` compares all of them.

use crate::mocked::{answer, empty, fixture, leap, xml};
use leap_client::{EntityRef, ListRequests, RequestKey, State, SupportRequest, UpdateType};
use wiremock::{Mock, MockServer, matchers::any};

async fn serving(file: &str) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(xml(fixture(file))).mount(&server).await;
    server
}

fn ids(reference: Option<&EntityRef>) -> Option<(&str, Option<&str>)> {
    reference.map(|reference| (reference.identifier.as_str(), reference.extid.as_deref()))
}

#[tokio::test]
async fn a_request_has_its_history_and_says_what_is_unacknowledged() {
    // LEAP-01: the two attributes whose quotes are missing on the page.
    let server = serving("request-detail.xml").await;
    for key in [RequestKey::id("10000001"), RequestKey::external("MAX-1234")] {
        let request = leap(&server).requests().get(key).await.unwrap();
        assert_eq!((request.identifier.as_str(), request.state.clone()), ("10000001", State::InProgress));
        assert_eq!(request.extid.as_ref().map(AsRef::as_ref), Some("MAX-1234"));
        assert_eq!(request.unacked_since.unwrap().to_rfc3339(), "2011-02-08T22:07:43+00:00");
        assert_eq!(ids(request.topic.as_ref()), Some(("Parking", Some("1"))));
        assert_eq!(ids(request.sub_topic.as_ref()), Some(("Stolen Spot", Some("2"))));
        assert_eq!(ids(request.account.as_ref()), Some(("01234574", None)));
        let updates = request.updates.as_ref().unwrap();
        let kinds: Vec<_> = updates.iter().map(|update| (&update.kind, update.unacked_since.is_some())).collect();
        assert_eq!(kinds, [(&UpdateType::CommentAdded, true), (&UpdateType::StateChanged, false)]);
        assert!(updates[0].comment.as_ref().unwrap().starts_with("I've called the maintenance driver"));
        assert_eq!((&updates[1].state, &updates[1].comment), (&Some(State::InProgress), &None));
    }
}

/// Identifier, external id, topic, whether it is unacknowledged, the ids of its property, the name of its offer.
type Row<'a> = (&'a str, &'a str, &'a str, bool, Option<(&'a str, Option<&'a str>)>, Option<&'a str>);

fn row(request: &SupportRequest) -> Row<'_> {
    (
        request.identifier.as_str(),
        request.extid.as_ref().unwrap().as_str(),
        request.topic.as_ref().unwrap().identifier.as_str(),
        request.unacked_since.is_some(),
        ids(request.property.as_ref()),
        request.purchased_product_offer_name.as_deref(),
    )
}

#[tokio::test]
async fn the_three_lists_have_one_request_each_without_a_history() {
    // LEAP-11: the property's `external-reference`. LEAP-13: identifiers are text. LEAP-25: no list has updates.
    let property = Some(("PP-01", Some("PROP-1234")));
    let lists: [(&str, Row<'_>); 3] = [
        ("list-all.xml", ("10000001", "MAX-1234", "Parking", true, None, None)),
        ("list-by-topic.xml", ("0000001", "EXT-1234", "Parking", false, property, Some("Car Park"))),
        ("list-by-topic-in-state.xml", ("in-progress-alarm", "MY_SPECIAL_REFERENCE", "Alarm", false, property, None)),
    ];
    for (file, wanted) in lists {
        let server = serving(file).await;
        let leap = leap(&server);
        for page in [
            leap.requests().list(ListRequests::new()).await.unwrap(),
            leap.requests().list(ListRequests::topic("Parking")).await.unwrap(),
            leap.requests().list(ListRequests::topic("Parking").in_state(State::New)).await.unwrap(),
        ] {
            assert!(page.undecodable.is_empty() && page.items.len() == 1, "{file}: {page:?}");
            assert_eq!(row(&page.items[0]), wanted, "{file}");
            assert_eq!(page.items[0].updates, None, "{file}");
        }
    }
}

#[tokio::test]
async fn offsets_of_time_are_counted() {
    // LEAP-15: one example has +0000, two have +1000, none has a colon.
    for (file, updated) in [
        ("list-all.xml", "2011-02-08T22:07:43+00:00"),
        ("list-by-topic.xml", "2010-08-10T05:30:10+00:00"),
        ("list-by-topic-in-state.xml", "2010-08-10T05:30:10+00:00"),
    ] {
        let server = serving(file).await;
        let page = leap(&server).requests().list(ListRequests::new()).await.unwrap();
        assert_eq!(page.items[0].last_update_time.to_rfc3339(), updated, "{file}");
    }
}

#[tokio::test]
async fn a_new_external_id_is_confirmed() {
    let server = serving("set-extid-response.xml").await;
    let confirmed = leap(&server).requests().set_external_id("000000001", "MAX-56789").await.unwrap();
    assert_eq!((confirmed.identifier.as_str(), confirmed.extid.as_str()), ("000000001", "MAX-56789"));
    assert_eq!(confirmed.href.as_deref(), Some("http://company.leapcities.com/api/v1/requests/000000001"));
}

/// No answer is documented: an empty one, a plain word and LEAP's own documents are ours.
#[tokio::test]
async fn what_has_no_documented_answer_takes_any_of_leaps() {
    // LEAP-20
    let plain = care_testkit::mock_server::ok_text("OK", "text/plain");
    let ours = ["request-detail.xml", "set-extid-response.xml", "comment-request.xml", "acknowledgements-request.xml"];
    let documents = ours.map(|file| xml(fixture(file)));
    for good in [empty(), wiremock::ResponseTemplate::new(204), plain].into_iter().chain(documents) {
        let server = MockServer::start().await;
        for path in ["acked", "external/acked", "1/updates"] {
            answer(&server, "POST", &format!("/api/v1/requests/{path}"), good.clone()).await;
        }
        let leap = leap(&server);
        leap.requests().acknowledge(["1"]).await.unwrap();
        leap.requests().acknowledge_external(["1"]).await.unwrap();
        leap.requests().change_state(RequestKey::id("1"), State::Problem).await.unwrap();
        leap.requests().comment(RequestKey::id("1"), "Hello").await.unwrap();
    }
}
