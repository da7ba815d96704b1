//! Documents are written exactly as documented, and any XML parser gets back the same text; the settings for servers
//! that differ.

use crate::support::mock_server::{XMLNS, builder, client_of, empty, fixture, leap, read, received};
use care_client_core::{Kind, Outcome};
use care_emulators::leap::{AckSpelling, Emulator, NewRequest};
use futures_util::StreamExt;
use leap_client::{
    AckFlagSpelling, Acknowledge, ChangeState, Leap, LeapBuilder, MemoryChangeStore, RequestKey, RequestUpdate, State,
};
use proptest::prelude::*;
use quick_xml::{events::Event, reader::Reader};
use std::sync::LazyLock;
use wiremock::{Mock, MockServer, ResponseTemplate, matchers};

fn offline_builder() -> LeapBuilder {
    Leap::builder().base_url("https://leap.example.com").basic_auth("crm", "secret")
}

fn offline() -> &'static Leap {
    static LEAP: LazyLock<Leap> = LazyLock::new(|| offline_builder().build().unwrap());
    &LEAP
}

fn body(parts: Result<leap_client::RequestParts, care_client_core::Error>) -> String {
    String::from_utf8(parts.unwrap().body_bytes().to_vec()).unwrap()
}

fn comment(text: &str) -> String {
    body(offline().requests().comment(RequestKey::id("1"), text).parts())
}

/// A documented request, without the blanks between its elements.
fn documented(name: &str) -> String {
    fixture(name).lines().map(str::trim).collect()
}

#[test]
fn the_documented_requests_are_written_exactly() {
    let leap = offline();
    let requests = leap.requests();
    let acknowledgements = requests.acknowledge(["10000001", "10000002"]).parts();
    assert_eq!(body(acknowledgements), documented("acknowledgements-request.xml"));
    let change = requests
        .change_state(ChangeState::new(RequestKey::id("1"), State::InProgress).comment("optional comment"))
        .parts();
    assert_eq!(body(change), documented("status-change-request.xml"));
    let comment = requests.comment(RequestKey::id("1"), "adding a comment without state change").parts();
    assert_eq!(body(comment), documented("comment-request.xml"));
}

#[test]
fn identifiers_are_written_unchanged() {
    let body = body(offline().requests().acknowledge_external(["0001", "R&D <1>", " a "]).parts());
    let expected = "<acknowledgement>0001</acknowledgement><acknowledgement>R&amp;D &lt;1&gt;</acknowledgement>\
                    <acknowledgement> a </acknowledgement>";
    assert!(body.contains(expected), "{body}");
}

#[test]
fn the_flag_that_keeps_updates_is_spelt_as_configured() {
    for (spelling, flag) in [
        (None, r#" acknowlegdeUpdates="false" acknowledgeUpdates="false">"#),
        (Some(AckFlagSpelling::Both), r#" acknowlegdeUpdates="false" acknowledgeUpdates="false">"#),
        (Some(AckFlagSpelling::Example), r#"<acknowledgements acknowlegdeUpdates="false">"#),
        (Some(AckFlagSpelling::Prose), r#"<acknowledgements acknowledgeUpdates="false">"#),
    ] {
        let builder = spelling.into_iter().fold(offline_builder(), LeapBuilder::ack_flag_spelling);
        let leap = builder.build().unwrap();
        let kept = body(leap.requests().acknowledge(Acknowledge::new(["1"]).keep_updates()).parts());
        assert!(kept.contains(flag), "{kept}");
        let both = body(leap.requests().acknowledge(["1"]).parts());
        assert!(both.starts_with(r#"<acknowledgements acknowlegdeUpdates="true">"#), "{both}");
    }
}

#[test]
fn the_namespace_is_written_if_configured() {
    let leap = offline_builder().request_namespace(true).build().unwrap();
    let update = body(leap.requests().comment(RequestKey::id("1"), "x").parts());
    assert!(update.starts_with(&format!("<support-request-update {}>", XMLNS)), "{update}");
    let acknowledgements = body(leap.requests().acknowledge(["1"]).parts());
    assert!(acknowledgements.starts_with(&format!("<acknowledgements {} ", XMLNS)), "{acknowledgements}");
}

#[test]
fn no_comment_is_no_element() {
    let leap = offline();
    for change in [
        leap.requests().change_state(ChangeState::new(RequestKey::id("1"), State::Problem)),
        leap.requests().change_state(ChangeState::new(RequestKey::id("1"), State::Problem).comment("")),
    ] {
        let expected = "<support-request-update><state>PROBLEM</state></support-request-update>";
        assert_eq!(body(change.parts()), expected);
    }
}

#[test]
fn characters_that_xml_can_not_represent_are_rejected_with_their_position() {
    let forbidden = (0..0x20).filter(|code| !matches!(code, 9 | 10 | 13)).chain([0xFFFE, 0xFFFF]);
    for character in forbidden.map(|code| char::from_u32(code).unwrap()) {
        let error =
            offline().requests().comment(RequestKey::id("1"), format!("äCANARY{character}!")).parts().unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::Request, Outcome::NotSent));
        let shown = format!("{error} {error:?}");
        assert!(shown.contains(&format!("U+{:04X} at index 7", u32::from(character))), "{shown}");
        assert!(!shown.contains("CANARY"), "{shown}");
    }
    for legal in ["\t", "\n", "\r", "\u{7f}", "\u{85}", "\u{d7ff}", "\u{e000}", "\u{fffd}", "\u{1fffe}", "\u{10ffff}"] {
        assert!(offline().requests().comment(RequestKey::id("1"), format!("a{legal}")).parts().is_ok(), "{legal:?}");
    }
    assert!(offline().requests().acknowledge(["1", "\u{ffff}"]).parts().is_err());
}

/// All text of a document, as a plain parser has it.
fn parsed(document: &str) -> String {
    let mut reader = Reader::from_str(document);
    let mut text = String::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Text(piece) => text += &piece.xml10_content(),
            Event::GeneralRef(reference) => match reference.resolve_char_ref().unwrap() {
                Some(character) => text.push(character),
                None => text += quick_xml::escape::resolve_predefined_entity(&reference).unwrap(),
            },
            Event::Eof => return text,
            Event::Start(_) | Event::End(_) => {}
            other => panic!("{other:?}"),
        }
    }
}

fn legal() -> impl Strategy<Value = String> {
    let special = prop::sample::select(
        &["&", "<", ">", "\"", "'", "\r", "\n", "\r\n", "\t", "]]>", "&amp;", "&#13;", " ", "é😀"][..],
    );
    let any = any::<char>().prop_filter("XML can't carry it", |character| {
        !matches!(character, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
    });
    let piece = prop_oneof![special.prop_map(str::to_owned), any.prop_map(String::from), "[ -~]{1,5}"];
    prop::collection::vec(piece, 1..20).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_legal_text_survives_a_round_trip(
        text in legal().prop_filter("a comment is not blank", |text| !text.trim().is_empty()),
    ) {
        let document = comment(&text);
        prop_assert_eq!(parsed(&document), text.as_str());
        // The reader's way: as LEAP would send it back.
        let begin = "<update><type>COMMENT_ADDED</type><update-time>2011-02-08T22:07:43Z</update-time><comment>";
        let written = document.replace("support-request-update>", "updates>").replace("<comment>", begin);
        let written = written.replace("</comment>", "</comment></update>");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let updates = runtime.block_on(read(&written)).updates.unwrap();
        prop_assert_eq!(updates[0].comment.as_ref().map(|comment| comment.as_str()), Some(text.as_str()));
    }
}

const SPELT: [AckFlagSpelling; 3] = [AckFlagSpelling::Example, AckFlagSpelling::Prose, AckFlagSpelling::Both];
const NAMESPACE: &str = " xmlns=\"http://schema.majitek.com/leap-ws-v1.0\"";

async fn taking_all() -> MockServer {
    let server = MockServer::start().await;
    Mock::given(matchers::any()).respond_with(empty()).mount(&server).await;
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
async fn the_flag_that_keeps_updates_is_spelt_both_ways_by_default() {
    // LEAP-10
    let server = taking_all().await;
    assert_eq!(AckFlagSpelling::default(), AckFlagSpelling::Both);
    let clients = SPELT.map(|spelling| builder(&server).ack_flag_spelling(spelling).build().unwrap());
    for leap in [&leap(&server), &clients[0], &clients[1], &clients[2]] {
        leap.requests().acknowledge(Acknowledge::new(["1"]).keep_updates()).await.unwrap();
        leap.requests().acknowledge_external(Acknowledge::external(["1"]).keep_updates()).await.unwrap();
    }
    let (example, prose) = ("acknowlegdeUpdates=\"false\"", "acknowledgeUpdates=\"false\"");
    let both = format!("{example} {prose}");
    assert_eq!(flags(&server).await, [&*both, &*both, example, example, prose, prose, &*both, &*both]);
}

#[tokio::test]
async fn acknowledging_updates_is_written_as_in_the_example() {
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
    let controller = emulator.controller();
    let id = controller.raise(NewRequest::topic("Parking")).unwrap();
    controller.comment(&id, "Robin Example", "Still dark").unwrap();
    let leap = client_of(&emulator).ack_flag_spelling(client).build().unwrap();
    leap.requests().acknowledge(Acknowledge::new([&*id]).keep_updates()).await.unwrap();
    let request = leap.requests().get(RequestKey::id(&*id)).await.unwrap();
    assert_eq!(request.unacked_since.is_some(), controller.request(&id).unwrap().unacked_since.is_some());
    (request.unacked_since.is_some(), request.updates.unwrap()[0].unacked_since.is_some())
}

#[tokio::test]
async fn every_server_keeps_updates_with_both_spellings() {
    // LEAP-10, LEAP-31: one spelling alone loses them without a word where the server knows the other.
    let servers = [AckSpelling::Example, AckSpelling::Prose, AckSpelling::Both];
    for (client, updates) in SPELT.into_iter().zip([[true, false, true], [false, true, true], [true, true, true]]) {
        for (server, update) in servers.into_iter().zip(updates) {
            assert_eq!(kept(server, client).await, (false, update), "{client:?} to {server:?}");
        }
    }
}

#[tokio::test]
async fn a_server_that_rejects_both_spellings_loses_nothing() {
    // LEAP-10
    let server = MockServer::start().await;
    Mock::given(matchers::any()).respond_with(ResponseTemplate::new(400)).mount(&server).await;
    let leap = leap(&server);
    let error = leap.requests().acknowledge(Acknowledge::new(["1"]).keep_updates()).await.unwrap_err();
    assert!(error.to_string().contains("ack_flag_spelling()"), "{error}");
    let error = leap.requests().acknowledge(["1"]).await.unwrap_err();
    assert!(!error.to_string().contains("ack_flag_spelling()"), "{error}");
}

/// Sends a document of each kind, also by the workflows, and gives all that were sent.
async fn documents(build: impl FnOnce(&Emulator) -> Leap) -> Vec<String> {
    let emulator = Emulator::start().await.unwrap();
    let controller = emulator.controller();
    let id = controller.raise(NewRequest::topic("Parking").external_id("MAX-1")).unwrap();
    let leap = build(&emulator);
    let (requests, key) = (leap.requests(), RequestKey::id(&*id));
    requests.comment(&key, "A").await.unwrap();
    requests.change_state(ChangeState::new(&key, State::Problem).comment("B")).await.unwrap();
    requests.post_update_once(&key, RequestUpdate::new().comment("C")).await.unwrap();
    requests.change_state_checked(&key, State::InProgress).await.unwrap();
    requests.acknowledge([&*id]).await.unwrap();
    requests.acknowledge_external(["MAX-1"]).await.unwrap();
    controller.comment(&id, "Robin Example", "Still dark").unwrap();
    let mut changes = requests.changes(MemoryChangeStore::new());
    changes.next().await.unwrap().unwrap().done().await.unwrap();
    controller.comment(&id, "Robin Example", "Still darker").unwrap();
    let mut changes = requests.changes(MemoryChangeStore::new());
    let change = changes.next().await.unwrap().unwrap();
    leap_client::Change::done_all(vec![change]).await.remove(0).unwrap();
    let posts = emulator.journal().requests().into_iter().filter(|request| request.method == "POST");
    posts.map(|request| String::from_utf8(request.body().to_vec()).unwrap()).collect()
}

#[tokio::test]
async fn the_namespace_is_written_into_every_document_only_if_configured() {
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
