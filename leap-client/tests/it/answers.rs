//! How documented answers are read: the values by which a program acts (`crate::fixtures` compares all values), the
//! examples as the vendor's page prints them, and the history of a request.

use crate::support::{
    mock_server::{answer, empty, fixture, get, leap, list, read, xml},
    scene::client,
};
use care_emulators::leap::{Emulator, NewRequest};
use care_testkit::{SocketlessTransport, Step};
use futures_util::StreamExt;
use leap_client::{
    ChangeState, EntityRef, Kind, Leap, ListRequests, MemoryChangeStore, Outcome, Posted, RequestKey, RequestUpdate,
    Settled, State, SupportRequest, UpdateType,
};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

async fn serving(file: &str) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(xml(fixture(file))).mount(&server).await;
    server
}

fn ids(reference: Option<&EntityRef>) -> Option<(&str, Option<&str>)> {
    reference.map(|reference| (reference.identifier.as_str(), reference.extid.as_deref()))
}

#[tokio::test]
async fn a_request_has_its_history_and_its_flags() {
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
async fn utc_offsets_are_applied() {
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
async fn where_no_answer_is_documented_nothing_and_any_document_of_leap_is_accepted() {
    // LEAP-20
    let ours = ["request-detail.xml", "set-extid-response.xml", "comment-request.xml", "acknowledgements-request.xml"];
    let documents = ours.map(|file| xml(fixture(file)));
    for good in [empty(), ResponseTemplate::new(204)].into_iter().chain(documents) {
        let server = MockServer::start().await;
        for path in ["acked", "external/acked", "1/updates"] {
            answer(&server, "POST", &format!("/api/v1/requests/{path}"), good.clone()).await;
        }
        let leap = leap(&server);
        leap.requests().acknowledge(["1"]).await.unwrap();
        leap.requests().acknowledge_external(["1"]).await.unwrap();
        leap.requests().change_state(ChangeState::new(RequestKey::id("1"), State::Problem)).await.unwrap();
        leap.requests().comment(RequestKey::id("1"), "Hello").await.unwrap();
    }
}

const LISTS: [&str; 3] = ["list-all.xml", "list-by-topic.xml", "list-by-topic-in-state.xml"];

/// One line with a blank between elements, as on the page.
fn one_line(document: &str) -> String {
    document.lines().map(str::trim).collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn an_ellipsis_between_requests_is_skipped() {
    // LEAP-02
    for file in LISTS {
        let clean = list(fixture(file)).await.unwrap();
        let line = one_line(&fixture(file));
        let end = "</support-request> </support-requests>";
        let printed = line.replace(end, "</support-request> ... </support-requests>");
        assert!(line.contains(end) && printed != line);
        assert_eq!(list(printed).await.unwrap(), clean, "{file}");
        let twice = line.replace("</support-request> ", "</support-request> ... <!-- and so on --> &#8230; ");
        assert_eq!(list(twice).await.unwrap(), clean, "{file}");
    }
}

#[tokio::test]
async fn a_missing_quote_is_an_error_that_names_the_element() {
    // LEAP-01: as printed, an attribute runs on into the next element. Nothing is repaired.
    let detail = fixture("request-detail.xml");
    let printed = one_line(&detail).replace("extid=\"1\"/>", "extid=\"1/>").replace("extid=\"2\"/>", "extid=\"2/>");
    let broken = [one_line(&detail).replace("extid=\"2\"/>", "extid=\"2/>"), printed];
    for document in broken {
        let error = get(document.clone()).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::Decode, Outcome::Completed), "{error}");
        let says =
            ["the quotes of an attribute's value aren't closed", "a tag or another piece of markup isn't closed"];
        assert!(says.into_iter().any(|text| error.to_string().contains(text)), "{error}");
        let rows = format!("<support-requests>{detail}{document}</support-requests>");
        let error = list(rows).await.unwrap_err();
        assert!(error.to_string().contains("support-requests/support-request[2]"), "{error}");
    }
}

#[tokio::test]
async fn layout_is_ignored_and_line_breaks_in_texts_are_kept() {
    // LEAP-04
    for file in LISTS {
        assert_eq!(list(one_line(&fixture(file))).await.unwrap(), list(fixture(file)).await.unwrap(), "{file}");
    }
    let detail = fixture("request-detail.xml");
    assert_eq!(get(one_line(&detail)).await.unwrap(), get(detail.clone()).await.unwrap());
    for (sent, read) in [
        ("time.\nCould", "time.\nCould"),
        ("time.\r\n\r\n Could", "time.\n\n Could"),
        ("time.&#10;Could", "time.\nCould"),
    ] {
        let request = get(detail.replace("time.Could", sent)).await.unwrap();
        assert!(request.description.unwrap().contains(read), "{sent:?}");
    }
}

#[tokio::test]
async fn new_elements_and_attributes_are_skipped() {
    // LEAP-28, LEAP-03: whatever is announced later, wherever it stands, in whatever namespace.
    let clean = get(fixture("request-detail.xml")).await.unwrap();
    for new in [
        "<priority>HIGH</priority>",
        "<rating stars=\"5\"/>",
        "<survey><state>NEW</state><updates><update/></updates></survey>",
        "<x:state xmlns:x=\"urn:later\">NEW</x:state>",
        "later",
    ] {
        let grown: String = fixture("request-detail.xml")
            .lines()
            .map(|line| if line.starts_with("</") { format!("{new}{line}\n") } else { format!("{line}\n") })
            .map(|line| line.replace("  <update", &format!("{new}<update")).replace("  <s", &format!("{new}<s")))
            .map(|line| line.replacen("<topic ", "<topic later=\"1\" ", 1))
            .collect();
        assert!(grown.matches(new).count() > 4, "{grown}");
        assert_eq!(get(grown).await.unwrap(), clean, "{new}");
    }
}

#[tokio::test]
async fn new_elements_in_a_list_are_skipped() {
    // LEAP-28
    for file in LISTS {
        let clean = list(fixture(file)).await.unwrap();
        let grown = fixture(file).replace("  <support-request ", "  <total>1</total><support-request later=\"1\" ");
        assert!(grown.contains("<total>"));
        assert_eq!(list(grown).await.unwrap(), clean, "{file}");
    }
}

async fn request_with(updates: &str) -> SupportRequest {
    read(&format!("<updates>{updates}</updates>")).await
}

#[tokio::test]
async fn an_update_of_any_type_may_have_any_of_the_elements() {
    // LEAP-27: ASSIGNED has no example, and nothing says what each type has.
    let time = "<update-time>2011-02-08T22:07:43.000+0000</update-time>";
    let whole = "<state>IN_PROGRESS</state><updater>Sam Example</updater><comment>Hello</comment>";
    let types = [
        ("COMMENT_ADDED", UpdateType::CommentAdded),
        ("STATE_CHANGED", UpdateType::StateChanged),
        ("ASSIGNED", UpdateType::Assigned),
        ("MERGED", UpdateType::Other("MERGED".into())),
    ];
    for (word, kind) in types {
        let bare = format!("<update><type>{word}</type>{time}</update>");
        let full = format!("<update><type>{word}</type>{whole}{time}</update>");
        let updates = request_with(&format!("{bare}{full}")).await.updates.unwrap();
        assert_eq!((&updates[0].kind, &updates[1].kind), (&kind, &kind));
        assert_eq!((&updates[0].state, &updates[0].updater, &updates[0].comment), (&None, &None, &None), "{word}");
        assert_eq!(updates[1].state, Some(State::InProgress), "{word}");
        assert_eq!(updates[1].comment.as_ref().unwrap().as_str(), "Hello", "{word}");
    }
}

#[tokio::test]
async fn the_history_is_sorted_by_time_and_stable_for_equal_times() {
    // LEAP-40: two updates of the example have the same time, and no order is documented.
    let update = |comment: &str, time: &str| {
        format!(
            "<update><type>COMMENT_ADDED</type><update-time>{time}</update-time><comment>{comment}</comment></update>"
        )
    };
    let mixed = [
        update("4", "2011-02-08T23:00:00.000+0000"),
        update("1", "2011-02-09T08:00:00.000+1000"),
        update("2", "2011-02-08T22:00:00.000+0000"),
        update("3", "2011-02-08T22:00:00.001Z"),
    ];
    let request = request_with(&mixed.concat()).await;
    let said = |updates: Vec<&leap_client::Update>| -> String {
        updates.iter().map(|update| update.comment.as_ref().unwrap().as_str()).collect()
    };
    assert_eq!(said(request.updates.iter().flatten().collect()), "4123");
    assert_eq!(said(request.history()), "1234");
}

async fn emulator_with_one(flags_own: bool) -> (Emulator, Leap, SocketlessTransport, String) {
    let emulator = Emulator::builder().flag_own_writes(flags_own).start().await.unwrap();
    let id = emulator.controller().raise(NewRequest::topic("Parking")).unwrap();
    let (leap, transport) = client(&emulator);
    (emulator, leap, transport, id)
}

#[tokio::test(start_paused = true)]
async fn the_second_of_two_equal_comments_is_a_new_update() {
    // LEAP-40: an update that looks like one seen before, at the same time, counts all the same.
    let (emulator, leap, _, id) = emulator_with_one(true).await;
    emulator.clock().freeze();
    let controller = emulator.controller();
    controller.comment(&id, "Robin Example", "Still dark").unwrap();
    let mut changes = leap.requests().changes(MemoryChangeStore::new());
    let first = changes.next().await.unwrap().unwrap();
    assert_eq!(first.updates().len(), 1);
    let again = id.clone();
    controller.before_next("POST", "/requests/acked", move |controller| {
        controller.comment(&again, "Robin Example", "Still dark").unwrap();
    });
    assert_eq!(first.done().await.unwrap(), Settled::ChangedSince);
    let late = changes.next().await.unwrap().unwrap();
    assert!(late.is_late());
    assert_eq!(late.updates().len(), 1, "one of the two is new");
    assert_eq!(late.request().updates.as_ref().unwrap().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn an_equal_earlier_comment_does_not_prove_the_post() {
    // LEAP-39, LEAP-40
    let (emulator, leap, transport, id) = emulator_with_one(true).await;
    emulator.clock().freeze();
    let hello = || leap.requests().post_update_once(RequestKey::id(&*id), RequestUpdate::new().comment("Hello"));
    assert_eq!(hello().await.unwrap(), Posted::Answered);
    transport.plan("POST", "/updates", [Step::Lost]);
    let error = hello().await.unwrap_err();
    assert_eq!(leap_client::WorkflowFailure::of(&error), Some(&leap_client::WorkflowFailure::NotPosted), "{error}");
    transport.plan("POST", "/updates", [Step::AnswerLost]);
    assert_eq!(hello().await.unwrap(), Posted::ReadBack);
    assert_eq!(emulator.controller().request(&id).unwrap().updates.len(), 2);
}

#[tokio::test(start_paused = true)]
async fn own_comments_come_back_as_changes_where_the_server_flags_them() {
    // LEAP-33: no document says whether it does; either way nothing is lost.
    for flags_own in [true, false] {
        let (_emulator, leap, _, id) = emulator_with_one(flags_own).await;
        let mut changes = leap.requests().changes(MemoryChangeStore::new());
        let raised = changes.next().await.unwrap().unwrap();
        assert!(raised.is_new());
        assert_eq!(raised.done().await.unwrap(), Settled::Acknowledged);
        leap.requests().comment(RequestKey::id(&*id), "We are on it").await.unwrap();
        let mut changes = leap.requests().changes(MemoryChangeStore::new());
        if flags_own {
            let own = changes.next().await.unwrap().unwrap();
            assert_eq!(own.updates()[0].comment.as_ref().unwrap().as_str(), "We are on it");
            assert_eq!(own.done().await.unwrap(), Settled::Acknowledged);
        }
        let limit = std::time::Duration::from_secs(300);
        assert!(tokio::time::timeout(limit, changes.next()).await.is_err(), "nothing else comes");
    }
}
