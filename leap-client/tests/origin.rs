//! Everything goes to the server that the client was given, over https, and nowhere else.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod mocked;

use care_emulators::leap::{Emulator, NewRequest};
use care_testkit::SocketlessTransport;
use futures_util::{StreamExt, TryStreamExt};
use leap_client::{
    Kind, Leap, LeapBuilder, ListRequests, MemoryChangeStore, Options, Outcome, RequestKey, RequestUpdate, State,
};
use mocked::{BASIC, bare, client_of, leap, received};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

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
async fn companies_domains_and_roots_lead_to_their_servers_and_requests_stands_there_once() {
    // LEAP-05: the base that is printed ends in `requests`, and so do the operations begin.
    for (builder, address) in [
        (Leap::builder().company("acme"), "https://acme.leapcities.com/api/v1/requests/"),
        (Leap::builder().own_domain("acme"), "https://api.acme.com/api/v1/requests/"),
        (Leap::builder().root("https://leap.example.com"), "https://leap.example.com/api/v1/requests/"),
        (Leap::builder().root("https://leap.example.com/"), "https://leap.example.com/api/v1/requests/"),
        (
            Leap::builder().root("https://leap.example.com:8443/api/v1"),
            "https://leap.example.com:8443/api/v1/requests/",
        ),
        (Leap::builder().root("https://leap.example.com/a/b/"), "https://leap.example.com/a/b/requests/"),
        (Leap::builder().root("http://127.0.0.1:7002"), "http://127.0.0.1:7002/api/v1/requests/"),
        (
            Leap::builder().root("http://leap.example.com").allow_plain_http(),
            "http://leap.example.com/api/v1/requests/",
        ),
    ] {
        assert_eq!(list_of(builder).await, address);
    }
}

#[test]
fn a_name_that_would_be_another_host_is_refused() {
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
fn a_root_that_is_no_place_for_credentials_is_refused() {
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
        let error = Leap::builder().root(root).basic_auth("crm", "hush").build().unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::Config, Outcome::NotSent), "{root}");
        let all = format!("{error} {error:?} {}", error.report());
        assert!(all.contains(tells) && !all.contains("canary"), "{root}: {all}");
    }
    let error = Leap::builder().basic_auth("crm", "hush").build().unwrap_err();
    assert!(error.to_string().contains("company(\"acme\")"), "{error}");
}

#[tokio::test]
async fn a_redirect_leads_nowhere_and_no_other_host_hears_of_the_credentials() {
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
    let portal = emulator.controller();
    let raise = |n: u32| NewRequest::topic("Parking").offer("POF-12345", "Car Park").external_id(format!("MAX-{n}"));
    let ids: Vec<_> = (0..3).map(|n| portal.raise(raise(n).property("PP-01")).unwrap()).collect();
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
    requests.ensure_external_id(&*ids[0], "MAX-9").overwrite().await.unwrap();
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
async fn a_client_without_credentials_or_with_broken_ones_sends_nothing() {
    let server = MockServer::start().await;
    let error = bare(&server).basic_auth("crm:canary", "hush").build().unwrap_err();
    assert_eq!(error.kind(), Kind::Config);
    let error =
        bare(&server).header_auth(http::header::AUTHORIZATION, "Bearer canary\r\nx-injected: 1").build().unwrap_err();
    assert_eq!(error.kind(), Kind::Config);
    assert!(!format!("{error} {error:?}").contains("canary"));
    assert_eq!(received(&server).await.len(), 0);
}
