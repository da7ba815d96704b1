//! A name is one segment of one address, whatever is in it, or it is refused before anything is sent.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod mocked;

use care_testkit::documented::{assert_unsent, fails};
use leap_client::{Error, ExternalId, Kind, Leap, ListRequests, RequestId, RequestKey, RequestUpdate, State, TopicId};
use mocked::{leap, lines, received};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

/// Names, and the segments that they must be.
const NAMES: [(&str, &str); 18] = [
    ("0000001", "0000001"),
    ("in-progress-alarm", "in-progress-alarm"),
    ("Stolen Spot", "Stolen%20Spot"),
    ("a/b", "a%2Fb"),
    ("/", "%2F"),
    ("a\\b", "a%5Cb"),
    ("100%", "100%25"),
    ("%2F", "%252F"),
    ("%2e%2e", "%252e%252e"),
    ("what?", "what%3F"),
    ("a#b", "a%23b"),
    ("a;b=c&d+e", "a%3Bb%3Dc%26d%2Be"),
    ("Tür", "T%C3%BCr"),
    ("\u{1f697}", "%F0%9F%9A%97"),
    (" 1 ", "%201%20"),
    ("...", "..."),
    ("Extid", "Extid"),
    ("updates", "updates"),
];

/// The words of the service's own addresses that stand where an identifier would.
const RESERVED: [&str; 4] = ["extid", "external", "acked", "by-topic"];

/// A server that knows nothing, so that only what it was asked counts.
async fn knows_nothing() -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(404)).mount(&server).await;
    server
}

/// Every operation that has a request's key in its address, or reads one by it, with its error.
async fn by_key(leap: &Leap, key: &RequestKey) -> Vec<(&'static str, Error)> {
    let requests = leap.requests();
    vec![
        ("get", fails(requests.get(key)).await),
        ("change_state", fails(requests.change_state(key, State::Problem)).await),
        ("comment", fails(requests.comment(key, "Hello")).await),
        ("change_state_checked", fails(requests.change_state_checked(key, State::Problem)).await),
        ("post_update_once", fails(requests.post_update_once(key, RequestUpdate::new().comment("Hello"))).await),
        ("wait_for_state", fails(requests.wait_for_state(key, [State::Problem])).await),
    ]
}

/// Every operation that takes an identifier.
async fn by_id(leap: &Leap, id: &str) -> Vec<(&'static str, Error)> {
    let requests = leap.requests();
    let mut errors = by_key(leap, &RequestKey::id(id)).await;
    errors.extend([
        ("set_external_id", fails(requests.set_external_id(id, "MAX-1")).await),
        ("acknowledge", fails(requests.acknowledge([RequestId::from("1"), id.into()])).await),
        ("ensure_external_id", fails(requests.ensure_external_id(id, "MAX-1")).await),
    ]);
    errors
}

/// Every operation that takes an external identifier.
async fn by_external_id(leap: &Leap, id: &str) -> Vec<(&'static str, Error)> {
    let requests = leap.requests();
    let mut errors = by_key(leap, &RequestKey::external(id)).await;
    errors.extend([
        ("set_external_id", fails(requests.set_external_id("1", id)).await),
        ("acknowledge_external", fails(requests.acknowledge_external([ExternalId::from("1"), id.into()])).await),
        ("ensure_external_id", fails(requests.ensure_external_id("1", id)).await),
    ]);
    errors
}

/// Every operation that takes a topic.
async fn by_topic(leap: &Leap, topic: &str) -> Vec<(&'static str, Error)> {
    let requests = leap.requests();
    let sync = requests.sync_window(None, None).within(ListRequests::topic(topic));
    vec![
        ("list", fails(requests.list(ListRequests::topic(topic))).await),
        ("list", fails(requests.list(ListRequests::topic(topic).in_state(State::New))).await),
        ("sync_window", fails(sync).await),
    ]
}

/// The paths below the service's segment that came since the last look.
async fn taken(server: &MockServer) -> Vec<String> {
    let requests = received(server).await;
    server.reset().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(404)).mount(server).await;
    let below = |path: &str| path.strip_prefix("/api/v1/requests/").unwrap().to_owned();
    requests.iter().map(|request| below(request.url.path())).collect()
}

#[tokio::test]
async fn any_other_name_is_one_segment_in_every_address() {
    // LEAP-08, LEAP-13: digits stay text, nothing is trimmed, nothing ends a path.
    let server = knows_nothing().await;
    let leap = leap(&server);
    for (name, segment) in NAMES {
        let errors = by_id(&leap, name).await;
        assert!(errors.iter().all(|(_, error)| error.is_not_found()), "{name}: {errors:?}");
        let at = |rest: &str| format!("{segment}{rest}");
        let mut wanted = vec![at(""), at("/updates"), at("/updates"), at(""), at(""), at("")];
        wanted.extend([at("/extid"), "acked".to_owned(), "extid/MAX-1".to_owned(), at("")]);
        assert_eq!(taken(&server).await, wanted, "{name}");

        let errors = by_external_id(&leap, name).await;
        assert!(errors.iter().all(|(_, error)| error.is_not_found()), "{name}: {errors:?}");
        let at = |rest: &str| format!("extid/{segment}{rest}");
        let mut wanted = vec![at(""), at("/updates"), at("/updates"), at(""), at(""), at("")];
        wanted.extend(["1/extid".to_owned(), "external/acked".to_owned(), at(""), "1".to_owned()]);
        assert_eq!(taken(&server).await, wanted, "{name}");
    }
}

#[tokio::test]
async fn a_topic_is_one_segment_too() {
    // LEAP-08, LEAP-26: the topic is whatever the caller says, as no operation lists them.
    let server = knows_nothing().await;
    let leap = leap(&server);
    for (name, segment) in NAMES.into_iter().chain(RESERVED.map(|word| (word, word))) {
        let listed = by_topic(&leap, name).await;
        assert!(listed.iter().all(|(_, error)| error.is_not_found()), "{name}: {listed:?}");
        let topic = format!("by-topic/{segment}");
        assert_eq!(taken(&server).await, [topic.clone(), format!("{topic}/in-state/NEW"), topic], "{name}");
    }
}

#[tokio::test]
async fn words_of_the_service_are_no_identifiers_but_good_external_ones() {
    // LEAP-08
    let server = knows_nothing().await;
    let leap = leap(&server);
    let mut refusals = Vec::new();
    for word in RESERVED {
        refusals.extend(by_id(&leap, word).await);
    }
    let refusals: Vec<_> = refusals.into_iter().map(|(what, error)| (what, error, "extid, external, acked")).collect();
    assert_unsent(&server, Kind::Request, &refusals).await;
    for word in RESERVED {
        let sent = by_external_id(&leap, word).await;
        assert!(sent.iter().all(|(_, error)| error.is_not_found()), "{word}: {sent:?}");
    }
    assert!(lines(&server).await.contains(&"GET /api/v1/requests/extid/by-topic".to_owned()));
}

#[tokio::test]
async fn what_would_address_something_else_is_refused_everywhere() {
    // LEAP-08: an empty identifier would be the address of the whole list.
    let server = knows_nothing().await;
    let leap = leap(&server);
    for (names, tells) in [
        (&["", " ", "\t\n", "\u{a0}"][..], "is empty"),
        (&[".", ".."][..], "`.` or `..`"),
        (&["canary\n", "\u{0}canary", "can\u{1b}ary", "canary\u{7f}", "canary\u{85}"][..], "a control character"),
    ] {
        for name in names {
            let mut refusals = by_id(&leap, name).await;
            refusals.extend(by_external_id(&leap, name).await);
            refusals.extend(by_topic(&leap, name).await);
            refusals.push(("find_by_external_id", fails(leap.requests().find_by_external_id(*name)).await));
            for (what, error) in &refusals {
                let all = format!("{error} {error:?} {}", error.report());
                assert!(!all.contains("canary"), "{what}: {all}");
            }
            let refusals: Vec<_> = refusals.into_iter().map(|(what, error)| (what, error, tells)).collect();
            assert_unsent(&server, Kind::Request, &refusals).await;
        }
    }
}

#[tokio::test]
async fn in_bodies_names_are_escaped_and_nothing_else() {
    // LEAP-13, LEAP-37
    let server = knows_nothing().await;
    let leap = leap(&server);
    for (name, in_form, in_xml) in [
        ("0000001", "0000001", "0000001"),
        (" a/b ", "+a%2Fb+", " a/b "),
        ("R&D <\"ä\"> 'x'", "R%26D+%3C%22%C3%A4%22%3E+%27x%27", "R&amp;D &lt;\"ä\"&gt; 'x'"),
        ("a=b&extid=c+d%", "a%3Db%26extid%3Dc%2Bd%25", "a=b&amp;extid=c+d%"),
    ] {
        fails(leap.requests().set_external_id("1", name)).await;
        fails(leap.requests().acknowledge([name])).await;
        fails(leap.requests().acknowledge_external([name])).await;
        let bodies: Vec<_> = received(&server).await.into_iter().map(|r| String::from_utf8(r.body).unwrap()).collect();
        let xml = format!(
            "<acknowledgements acknowlegdeUpdates=\"true\"><acknowledgement>{in_xml}</acknowledgement></acknowledgements>"
        );
        assert_eq!(bodies, [format!("extid={in_form}"), xml.clone(), xml]);
        taken(&server).await;
    }
}

#[test]
fn names_are_compared_as_they_are() {
    // LEAP-13
    assert_ne!(RequestId::from("0000001"), RequestId::from("1"));
    assert_ne!(ExternalId::from("MAX-1"), ExternalId::from("max-1"));
    assert_ne!(TopicId::from("Parking"), TopicId::from("Parking "));
    assert_eq!(RequestId::from("000000001").to_string(), "000000001");
}
