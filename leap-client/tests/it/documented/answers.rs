//! How the documented answers are read: here are the values by which a program acts. `crate::fixtures` compares all of
//! them.

use crate::{
    documented::{OPERATIONS, Operation},
    support::mock_server::{answer, empty, fixture, get, leap, list, ok_text, xml},
};
use leap_client::{
    ChangeState, EntityRef, Error, Kind, ListRequests, Outcome, RequestKey, State, SupportRequest, UpdateType,
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
        leap.requests().change_state(ChangeState::new(RequestKey::id("1"), State::Problem)).await.unwrap();
        leap.requests().comment(RequestKey::id("1"), "Hello").await.unwrap();
    }
}

async fn answered(operation: &Operation, answer: ResponseTemplate) -> Result<u32, Error> {
    let server = MockServer::start().await;
    operation.mock().respond_with(answer).expect(1).mount(&server).await;
    let end = (operation.call)(leap(&server)).await;
    server.verify().await;
    end
}

/// It may be LEAP's or not: nobody knows what became of the request.
fn assert_foreign(error: &Error, operation: &Operation, what: &str) {
    let at = format!("{} {what}: {error}", operation.what);
    assert_eq!((error.kind(), error.outcome(), error.attempts()), (Kind::Decode, Outcome::Unknown, 1), "{at}");
    assert_eq!((error.operation(), error.status().unwrap().as_u16()), (operation.name, 200), "{at}");
    assert!(!error.is_retryable() && !error.is_transient(), "{at}");
    assert!(!format!("{at}{error:?}{}", error.report()).contains("canary"), "{at}");
}

#[tokio::test]
async fn a_page_of_html_is_no_answer_of_leaps() {
    // LEAP-19, LEAP-20
    let page = "<!DOCTYPE html><html><body><h1>canary</h1><p>Sign in to the network</p></body></html>";
    for operation in &OPERATIONS {
        for content_type in ["text/html", "text/html; charset=utf-8", "application/xml"] {
            let error = answered(operation, ok_text(page, content_type)).await.unwrap_err();
            assert_foreign(&error, operation, content_type);
            assert!(error.to_string().contains("HTML"), "{}: {error}", operation.what);
        }
    }
}

#[tokio::test]
async fn a_document_with_another_root_is_no_answer_of_leaps() {
    // LEAP-19, LEAP-20
    for operation in &OPERATIONS {
        for (what, document) in [
            ("another root", "<maintenance until=\"canary\"/>"),
            ("another namespace", "<support-requests xmlns=\"urn:canary\"/>"),
        ] {
            let error = answered(operation, xml(document)).await.unwrap_err();
            assert_foreign(&error, operation, what);
        }
    }
}

#[tokio::test]
async fn an_empty_body_is_an_answer_only_where_none_is_documented() {
    // LEAP-19, LEAP-20
    for operation in &OPERATIONS {
        let end = answered(operation, empty()).await;
        match operation.answer {
            None => assert_eq!(end.unwrap(), 1, "{}", operation.what),
            Some(_) => assert_foreign(&end.unwrap_err(), operation, "empty"),
        }
    }
}

#[tokio::test]
async fn any_success_and_any_media_type_will_do_if_the_document_is_right() {
    // LEAP-19
    for operation in OPERATIONS.iter().filter(|operation| operation.answer.is_some()) {
        let document = fixture(operation.answer.unwrap());
        for (status, content_type) in [(201, "text/xml"), (202, "text/plain"), (206, "application/octet-stream")] {
            let answer = ResponseTemplate::new(status).set_body_raw(document.clone(), content_type);
            assert_eq!(answered(operation, answer).await.unwrap(), 1, "{} {status}", operation.what);
        }
        assert_eq!(answered(operation, ResponseTemplate::new(200).set_body_bytes(document)).await.unwrap(), 1);
    }
}

#[tokio::test]
async fn a_document_of_leaps_that_cannot_be_read_was_answered_all_the_same() {
    for operation in OPERATIONS.iter().filter(|operation| operation.answer.is_some()) {
        let document = fixture(operation.answer.unwrap());
        let cut = &document[..document.len() - 20];
        let error = answered(operation, xml(cut)).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::Decode, Outcome::Completed), "{}: {error}", operation.what);
        assert!(error.to_string().contains("(byte "), "it says where: {error}");
    }
}

const LISTS: [&str; 3] = ["list-all.xml", "list-by-topic.xml", "list-by-topic-in-state.xml"];

/// One line with a blank between elements, as on the page.
fn one_line(document: &str) -> String {
    document.lines().map(str::trim).collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn an_ellipsis_between_the_requests_of_a_list_is_no_request() {
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
async fn a_missing_quote_is_an_error_that_names_the_element_and_no_shorter_list() {
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
async fn layout_says_nothing_and_line_breaks_in_texts_say_what_they_say() {
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
async fn new_elements_and_attributes_between_the_known_ones_change_nothing() {
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
async fn a_list_grows_by_new_elements_too() {
    // LEAP-28
    for file in LISTS {
        let clean = list(fixture(file)).await.unwrap();
        let grown = fixture(file).replace("  <support-request ", "  <total>1</total><support-request later=\"1\" ");
        assert!(grown.contains("<total>"));
        assert_eq!(list(grown).await.unwrap(), clean, "{file}");
    }
}
