//! An identifier is one path segment, or it is rejected before anything is sent; everything goes to the configured
//! server over https, and nowhere else.

use crate::support::mock_server::{BASIC, bare, client_of, leap, lines, received};
use care_emulators::leap::{Emulator, NewRequest};
use care_testkit::{
    SocketlessTransport,
    contract::{assert_unsent, error_of},
};
use futures_util::{StreamExt, TryStreamExt};
use leap_client::{
    ChangeState, Error, ExternalId, Kind, Leap, LeapBuilder, ListRequests, MemoryChangeStore, Options, Outcome,
    RequestId, RequestKey, RequestUpdate, State, TopicId,
};
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
        ("get", error_of(requests.get(key)).await),
        ("change_state", error_of(requests.change_state(ChangeState::new(key, State::Problem))).await),
        ("comment", error_of(requests.comment(key, "Hello")).await),
        ("change_state_checked", error_of(requests.change_state_checked(key, State::Problem)).await),
        ("post_update_once", error_of(requests.post_update_once(key, RequestUpdate::new().comment("Hello"))).await),
        ("wait_for_state", error_of(requests.wait_for_state(key, [State::Problem])).await),
    ]
}

/// Every operation that takes an identifier.
async fn by_id(leap: &Leap, id: &str) -> Vec<(&'static str, Error)> {
    let requests = leap.requests();
    let mut errors = by_key(leap, &RequestKey::id(id)).await;
    errors.extend([
        ("set_external_id", error_of(requests.set_external_id(id, "MAX-1")).await),
        ("acknowledge", error_of(requests.acknowledge([RequestId::from("1"), id.into()])).await),
        ("ensure_external_id", error_of(requests.ensure_external_id(id, "MAX-1")).await),
    ]);
    errors
}

/// Every operation that takes an external identifier.
async fn by_external_id(leap: &Leap, id: &str) -> Vec<(&'static str, Error)> {
    let requests = leap.requests();
    let mut errors = by_key(leap, &RequestKey::external(id)).await;
    errors.extend([
        ("set_external_id", error_of(requests.set_external_id("1", id)).await),
        ("acknowledge_external", error_of(requests.acknowledge_external([ExternalId::from("1"), id.into()])).await),
        ("ensure_external_id", error_of(requests.ensure_external_id("1", id)).await),
    ]);
    errors
}

/// Every operation that takes a topic.
async fn by_topic(leap: &Leap, topic: &str) -> Vec<(&'static str, Error)> {
    let requests = leap.requests();
    let sync = requests.sync_window(None, None).with_list(ListRequests::topic(topic));
    vec![
        ("list", error_of(requests.list(ListRequests::topic(topic))).await),
        ("list", error_of(requests.list(ListRequests::topic(topic).in_state(State::New))).await),
        ("sync_window", error_of(sync).await),
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
async fn any_other_identifier_is_one_path_segment() {
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
async fn a_topic_is_one_path_segment() {
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
async fn reserved_words_are_rejected_as_identifiers_but_not_as_external_ones() {
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
async fn an_identifier_that_would_address_something_else_is_rejected() {
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
            refusals.push(("find_by_external_id", error_of(leap.requests().find_by_external_id(*name)).await));
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
async fn identifiers_in_bodies_are_escaped_and_otherwise_unchanged() {
    // LEAP-13, LEAP-37
    let server = knows_nothing().await;
    let leap = leap(&server);
    for (name, in_form, in_xml) in [
        ("0000001", "0000001", "0000001"),
        (" a/b ", "+a%2Fb+", " a/b "),
        ("R&D <\"ä\"> 'x'", "R%26D+%3C%22%C3%A4%22%3E+%27x%27", "R&amp;D &lt;\"ä\"&gt; 'x'"),
        ("a=b&extid=c+d%", "a%3Db%26extid%3Dc%2Bd%25", "a=b&amp;extid=c+d%"),
    ] {
        error_of(leap.requests().set_external_id("1", name)).await;
        error_of(leap.requests().acknowledge([name])).await;
        error_of(leap.requests().acknowledge_external([name])).await;
        let bodies: Vec<_> = received(&server).await.into_iter().map(|r| String::from_utf8(r.body).unwrap()).collect();
        let xml = format!(
            "<acknowledgements acknowlegdeUpdates=\"true\"><acknowledgement>{in_xml}</acknowledgement>\
             </acknowledgements>"
        );
        assert_eq!(bodies, [format!("extid={in_form}"), xml.clone(), xml]);
        taken(&server).await;
    }
}

#[test]
fn identifiers_are_compared_unchanged() {
    // LEAP-13
    assert_ne!(RequestId::from("0000001"), RequestId::from("1"));
    assert_ne!(ExternalId::from("MAX-1"), ExternalId::from("max-1"));
    assert_ne!(TopicId::from("Parking"), TopicId::from("Parking "));
    assert_eq!(RequestId::from("000000001").to_string(), "000000001");
}

/// Where the list of all requests is looked for by a client of this builder.
async fn list_of(builder: LeapBuilder) -> String {
    let transport = SocketlessTransport::script(|_| (200, "<support-requests/>"));
    let options = Options::new().transport(transport.clone());
    let leap = builder.basic_auth("crm", "hush").options(options).build().unwrap();
    leap.requests().list(ListRequests::new()).await.unwrap();
    let sent = transport.all();
    format!("{}{}", sent[0].origin(), sent[0].path())
}

#[tokio::test]
async fn each_form_of_address_gives_its_base_url_with_requests_once() {
    // LEAP-05: the base that is printed ends in `requests`, and so do the operations begin.
    for (builder, address) in [
        (Leap::builder().company("acme"), "https://acme.leapcities.com/api/v1/requests/"),
        (Leap::builder().own_domain("acme"), "https://api.acme.com/api/v1/requests/"),
        (Leap::builder().base_url("https://leap.example.com"), "https://leap.example.com/api/v1/requests/"),
        (Leap::builder().base_url("https://leap.example.com/"), "https://leap.example.com/api/v1/requests/"),
        (
            Leap::builder().base_url("https://leap.example.com:8443/api/v1"),
            "https://leap.example.com:8443/api/v1/requests/",
        ),
        (Leap::builder().base_url("https://leap.example.com/a/b/"), "https://leap.example.com/a/b/requests/"),
        (Leap::builder().base_url("http://127.0.0.1:7002"), "http://127.0.0.1:7002/api/v1/requests/"),
        (
            Leap::builder().base_url("http://leap.example.com").allow_plain_http(),
            "http://leap.example.com/api/v1/requests/",
        ),
    ] {
        assert_eq!(list_of(builder).await, address);
    }
}

#[test]
fn a_company_name_that_would_change_the_host_is_rejected() {
    let names =
        ["", " ", "evil.example", "a/b", "a@b", "a:1", "-a", "a-", "a b", "ä", "a#", "a?b", "a\\b", "..", "%2e"];
    for name in names {
        for builder in [Leap::builder().company(name), Leap::builder().own_domain(name)] {
            let error = builder.basic_auth("crm", "hush").build().unwrap_err();
            assert_eq!((error.kind(), error.outcome()), (Kind::Config, Outcome::NotSent), "{name:?}");
            assert!(error.to_string().contains("acme"), "it shows what is wanted: {error}");
        }
    }
}

#[test]
fn an_unsafe_base_url_is_rejected() {
    // LEAP-09: plain http.
    for (root, tells) in [
        ("http://acme.leapcities.com/api/v1/", "plain http"),
        ("http://10.0.0.1", "plain http"),
        ("http://localhost.example.com", "plain http"),
        ("ftp://acme.leapcities.com", "https://"),
        ("acme.leapcities.com", "https://host"),
        ("https://crm:canary@acme.leapcities.com", "a user or a password"),
        ("https://acme.leapcities.com/?canary=1", "a query or a fragment"),
        ("https://acme.leapcities.com/api/v1/#canary", "a query or a fragment"),
    ] {
        let error = Leap::builder().base_url(root).basic_auth("crm", "hush").build().unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::Config, Outcome::NotSent), "{root}");
        let all = format!("{error} {error:?} {}", error.report());
        assert!(all.contains(tells) && !all.contains("canary"), "{root}: {all}");
    }
    let error = Leap::builder().basic_auth("crm", "hush").build().unwrap_err();
    assert!(error.to_string().contains("company(\"acme\")"), "{error}");
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_no_other_host_gets_the_credentials() {
    // LEAP-09
    let (here, there) = (MockServer::start().await, MockServer::start().await);
    for status in [301, 302, 303, 307, 308] {
        here.reset().await;
        let redirect =
            ResponseTemplate::new(status).insert_header("location", format!("{}/api/v1/requests/1", there.uri()));
        Mock::given(any()).respond_with(redirect).mount(&here).await;
        let leap = leap(&here);
        let requests = leap.requests();
        for error in [
            requests.get(RequestKey::id("1")).await.unwrap_err(),
            requests.comment(RequestKey::id("1"), "Hello").await.unwrap_err(),
            requests.set_external_id("1", "MAX-1").await.unwrap_err(),
            requests.ensure_external_id("1", "MAX-1").await.unwrap_err(),
            requests.change_state_checked(RequestKey::id("1"), State::Problem).await.unwrap_err(),
            requests.sync_window(None, None).await.unwrap_err(),
        ] {
            assert_eq!((error.kind(), error.attempts()), (Kind::Origin, 1), "{status}: {error}");
        }
        let asked = received(&here).await;
        assert_eq!(asked.len(), 6, "{status}: one request each");
        assert!(asked.iter().all(|request| request.headers["authorization"] == BASIC), "{status}");
    }
    assert_eq!(received(&there).await.len(), 0);
}

#[tokio::test]
async fn the_addresses_in_answers_are_never_fetched() {
    // LEAP-09: they begin with http and name another host; LEAP-12: some references have none.
    let there = MockServer::start().await;
    let emulator = Emulator::builder().reference_origin(there.uri()).start().await.unwrap();
    let controller = emulator.controller();
    let raise = |n: u32| NewRequest::topic("Parking").offer("POF-12345", "Car Park").external_id(format!("MAX-{n}"));
    let ids: Vec<_> = (0..3).map(|n| controller.raise(raise(n).property("PP-01")).unwrap()).collect();
    let leap = client_of(&emulator).build().unwrap();
    let requests = leap.requests();
    let key = RequestKey::id(&*ids[0]);

    let request = requests.get(&key).await.unwrap();
    let hrefs = [&request.href, &request.property.unwrap().href, &request.account.unwrap().href];
    assert!(
        hrefs.into_iter().flatten().all(|href| href.starts_with(&there.uri())) && hrefs.iter().all(|h| h.is_some())
    );
    let bare = [request.topic.unwrap(), request.purchased_product_offer.unwrap()].map(|reference| reference.href);
    assert_eq!(bare, [None, None]);

    assert_eq!(requests.list(ListRequests::new().limit(1)).items().try_collect::<Vec<_>>().await.unwrap().len(), 3);
    requests.find_by_external_id("MAX-1").await.unwrap().unwrap();
    requests.ensure_external_id(&*ids[0], "MAX-9").with_overwrite().await.unwrap();
    requests.post_update_once(&key, RequestUpdate::new().comment("Hello")).await.unwrap();
    requests.change_state_checked(&key, State::Problem).await.unwrap();
    requests.wait_for_state(&key, [State::Problem]).await.unwrap();
    requests.sync_window(None, chrono::Utc::now() + chrono::TimeDelta::days(1)).await.unwrap();
    let mut changes = requests.changes(MemoryChangeStore::new());
    for _ in &ids {
        changes.next().await.unwrap().unwrap().done().await.unwrap();
    }
    assert!(emulator.journal().requests().len() > 20);
    assert_eq!(received(&there).await.len(), 0);
}

#[tokio::test]
async fn invalid_credentials_are_rejected_by_build() {
    let server = MockServer::start().await;
    let error = bare(&server).basic_auth("crm:canary", "hush").build().unwrap_err();
    assert_eq!(error.kind(), Kind::Config);
    let error =
        bare(&server).header_auth(http::header::AUTHORIZATION, "Bearer canary\r\nx-injected: 1").build().unwrap_err();
    assert_eq!(error.kind(), Kind::Config);
    assert!(!format!("{error} {error:?}").contains("canary"));
    assert_eq!(received(&server).await.len(), 0);
}
