//! The switches for servers that differ: the namespace of what is sent, and the spelling of the flag that keeps updates.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod mocked;

use care_emulators::leap::{AckSpelling, Emulator, NewRequest};
use futures_util::StreamExt;
use leap_client::{AckFlagSpelling, Leap, MemoryChangeStore, RequestKey, RequestUpdate, State};
use mocked::{builder, client_of, empty, leap, received};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

const SPELT: [AckFlagSpelling; 3] = [AckFlagSpelling::Example, AckFlagSpelling::Prose, AckFlagSpelling::Both];
const NAMESPACE: &str = " xmlns=\"http://schema.majitek.com/leap-ws-v1.0\"";

async fn taking_all() -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(empty()).mount(&server).await;
    server
}

/// The attributes of the acknowledgements that came.
async fn flags(server: &MockServer) -> Vec<String> {
    let bodies = received(server).await.into_iter().map(|request| String::from_utf8(request.body).unwrap());
    let flags = bodies.map(|body| {
        let (root, rest) = body.strip_prefix("<acknowledgements ").unwrap().split_once('>').unwrap();
        assert_eq!(rest, "<acknowledgement>1</acknowledgement></acknowledgements>");
        root.to_owned()
    });
    flags.collect()
}

#[tokio::test]
async fn the_flag_that_keeps_updates_is_spelt_both_ways_unless_told_otherwise() {
    // LEAP-10
    let server = taking_all().await;
    assert_eq!(AckFlagSpelling::default(), AckFlagSpelling::Both);
    let clients = SPELT.map(|spelling| builder(&server).ack_flag_spelling(spelling).build().unwrap());
    for leap in [&leap(&server), &clients[0], &clients[1], &clients[2]] {
        leap.requests().acknowledge(["1"]).keep_updates().await.unwrap();
        leap.requests().acknowledge_external(["1"]).keep_updates().await.unwrap();
    }
    let (example, prose) = ("acknowlegdeUpdates=\"false\"", "acknowledgeUpdates=\"false\"");
    let both = format!("{example} {prose}");
    assert_eq!(flags(&server).await, [&*both, &*both, example, example, prose, prose, &*both, &*both]);
}

#[tokio::test]
async fn to_acknowledge_all_is_written_as_in_the_example_whatever_the_spelling() {
    // LEAP-10, LEAP-31: the flag is never left out, since nobody knows which sentence counts.
    let server = taking_all().await;
    for spelling in SPELT {
        let leap = builder(&server).ack_flag_spelling(spelling).build().unwrap();
        leap.requests().acknowledge(["1"]).await.unwrap();
        leap.requests().acknowledge_external(["1"]).await.unwrap();
    }
    assert_eq!(flags(&server).await, ["acknowlegdeUpdates=\"true\""; 6]);
}

/// Acknowledges a request and keeps its updates; whether the request and its update wait for an acknowledgement then.
async fn kept(server: AckSpelling, client: AckFlagSpelling) -> (bool, bool) {
    let emulator = Emulator::builder().ack_spelling(server).start().await.unwrap();
    let portal = emulator.controller();
    let id = portal.raise(NewRequest::topic("Parking")).unwrap();
    portal.comment(&id, "Robin Example", "Still dark").unwrap();
    let leap = client_of(&emulator).ack_flag_spelling(client).build().unwrap();
    leap.requests().acknowledge([&*id]).keep_updates().await.unwrap();
    let request = leap.requests().get(RequestKey::id(&*id)).await.unwrap();
    assert_eq!(request.unacked_since.is_some(), portal.request(&id).unwrap().unacked_since.is_some());
    (request.unacked_since.is_some(), request.updates.unwrap()[0].unacked_since.is_some())
}

#[tokio::test]
async fn updates_are_kept_by_every_server_that_is_told_in_both_spellings() {
    // LEAP-10, LEAP-31: one spelling alone loses them without a word where the server knows the other.
    let servers = [AckSpelling::Example, AckSpelling::Prose, AckSpelling::Both];
    for (client, updates) in SPELT.into_iter().zip([[true, false, true], [false, true, true], [true, true, true]]) {
        for (server, update) in servers.into_iter().zip(updates) {
            assert_eq!(kept(server, client).await, (false, update), "{client:?} to {server:?}");
        }
    }
}

#[tokio::test]
async fn a_server_that_refuses_both_spellings_at_once_says_so_and_loses_nothing() {
    // LEAP-10
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(400)).mount(&server).await;
    let leap = leap(&server);
    let error = leap.requests().acknowledge(["1"]).keep_updates().await.unwrap_err();
    assert!(error.to_string().contains("ack_flag_spelling()"), "{error}");
    let error = leap.requests().acknowledge(["1"]).await.unwrap_err();
    assert!(!error.to_string().contains("ack_flag_spelling()"), "{error}");
}

/// Sends a document of each kind, also by the workflows, and gives all that were sent.
async fn documents(build: impl FnOnce(&Emulator) -> Leap) -> Vec<String> {
    let emulator = Emulator::start().await.unwrap();
    let portal = emulator.controller();
    let id = portal.raise(NewRequest::topic("Parking").external_id("MAX-1")).unwrap();
    let leap = build(&emulator);
    let (requests, key) = (leap.requests(), RequestKey::id(&*id));
    requests.comment(&key, "A").await.unwrap();
    requests.change_state(&key, State::Problem).comment("B").await.unwrap();
    requests.post_update_once(&key, RequestUpdate::new().comment("C")).await.unwrap();
    requests.change_state_checked(&key, State::InProgress).await.unwrap();
    requests.acknowledge([&*id]).await.unwrap();
    requests.acknowledge_external(["MAX-1"]).await.unwrap();
    portal.comment(&id, "Robin Example", "Still dark").unwrap();
    let mut changes = requests.changes(MemoryChangeStore::new());
    changes.next().await.unwrap().unwrap().done().await.unwrap();
    portal.comment(&id, "Robin Example", "Still darker").unwrap();
    let mut changes = requests.changes(MemoryChangeStore::new());
    let change = changes.next().await.unwrap().unwrap();
    leap_client::Change::done_all(vec![change]).await.remove(0).unwrap();
    let posts = emulator.journal().requests().into_iter().filter(|request| request.method == "POST");
    posts.map(|request| String::from_utf8(request.body().to_vec()).unwrap()).collect()
}

#[tokio::test]
async fn the_namespace_is_written_into_every_document_when_asked_for_and_into_none_else() {
    // LEAP-03
    let plain = documents(|emulator| client_of(emulator).build().unwrap()).await;
    let spelt = documents(|emulator| client_of(emulator).request_namespace(true).build().unwrap()).await;
    assert_eq!(plain.len(), 8, "{plain:?}");
    let roots = ["<support-request-update", "<acknowledgements"];
    for (plain, spelt) in plain.iter().zip(&spelt) {
        let root = roots.into_iter().find(|root| plain.starts_with(root)).unwrap();
        assert!(!plain.contains("xmlns"), "{plain}");
        assert_eq!(spelt.replacen(NAMESPACE, "", 1), *plain);
        assert!(spelt.starts_with(&format!("{root}{NAMESPACE}")), "{spelt}");
    }
    assert_eq!(documents(|emulator| client_of(emulator).request_namespace(false).build().unwrap()).await, plain);
}
