//! What is sent is exactly the printed form, and comes back from any XML parser as it was said.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod xml;

use care_client_core::{Kind, Outcome};
use leap_client::{AckFlagSpelling, Leap, LeapBuilder, RequestKey, State};
use proptest::prelude::*;
use quick_xml::{events::Event, reader::Reader};
use std::sync::LazyLock;
use xml::{fixture, read};

fn builder() -> LeapBuilder {
    Leap::builder().root("https://leap.example.com").basic_auth("crm", "secret")
}

fn leap() -> &'static Leap {
    static LEAP: LazyLock<Leap> = LazyLock::new(|| builder().build().unwrap());
    &LEAP
}

fn body(parts: Result<leap_client::RequestParts, care_client_core::Error>) -> String {
    String::from_utf8(parts.unwrap().body_bytes().to_vec()).unwrap()
}

fn comment(text: &str) -> String {
    body(leap().requests().comment(RequestKey::id("1"), text).parts())
}

/// A documented request, without the blanks between its elements.
fn documented(name: &str) -> String {
    fixture(name).lines().map(str::trim).collect()
}

#[test]
fn the_documented_requests_are_written_as_printed() {
    let leap = leap();
    let requests = leap.requests();
    let acknowledgements = requests.acknowledge(["10000001", "10000002"]).parts();
    assert_eq!(body(acknowledgements), documented("acknowledgements-request"));
    let change = requests.change_state(RequestKey::id("1"), State::InProgress).comment("optional comment").parts();
    assert_eq!(body(change), documented("status-change-request"));
    let comment = requests.comment(RequestKey::id("1"), "adding a comment without state change").parts();
    assert_eq!(body(comment), documented("comment-request"));
}

#[test]
fn identifiers_are_written_as_they_are() {
    let body = body(leap().requests().acknowledge_external(["0001", "R&D <1>", " a "]).parts());
    let expected = "<acknowledgement>0001</acknowledgement><acknowledgement>R&amp;D &lt;1&gt;</acknowledgement>\
                    <acknowledgement> a </acknowledgement>";
    assert!(body.contains(expected), "{body}");
}

#[test]
fn the_flag_that_keeps_updates_is_spelt_as_chosen() {
    for (spelling, flag) in [
        (None, r#" acknowlegdeUpdates="false" acknowledgeUpdates="false">"#),
        (Some(AckFlagSpelling::Both), r#" acknowlegdeUpdates="false" acknowledgeUpdates="false">"#),
        (Some(AckFlagSpelling::Example), r#"<acknowledgements acknowlegdeUpdates="false">"#),
        (Some(AckFlagSpelling::Prose), r#"<acknowledgements acknowledgeUpdates="false">"#),
    ] {
        let builder = spelling.into_iter().fold(builder(), LeapBuilder::ack_flag_spelling);
        let leap = builder.build().unwrap();
        let kept = body(leap.requests().acknowledge(["1"]).keep_updates().parts());
        assert!(kept.contains(flag), "{kept}");
        let both = body(leap.requests().acknowledge(["1"]).parts());
        assert!(both.starts_with(r#"<acknowledgements acknowlegdeUpdates="true">"#), "{both}");
    }
}

#[test]
fn the_namespace_is_written_where_a_server_insists() {
    let leap = builder().request_namespace(true).build().unwrap();
    let update = body(leap.requests().comment(RequestKey::id("1"), "x").parts());
    assert!(update.starts_with(&format!("<support-request-update {}>", xml::XMLNS)), "{update}");
    let acknowledgements = body(leap.requests().acknowledge(["1"]).parts());
    assert!(acknowledgements.starts_with(&format!("<acknowledgements {} ", xml::XMLNS)), "{acknowledgements}");
}

#[test]
fn no_comment_is_no_element() {
    let leap = leap();
    for change in [
        leap.requests().change_state(RequestKey::id("1"), State::Problem),
        leap.requests().change_state(RequestKey::id("1"), State::Problem).comment(""),
    ] {
        let expected = "<support-request-update><state>PROBLEM</state></support-request-update>";
        assert_eq!(body(change.parts()), expected);
    }
}

#[test]
fn what_xml_cannot_carry_is_refused_by_its_place_and_not_sent() {
    let forbidden = (0..0x20).filter(|code| !matches!(code, 9 | 10 | 13)).chain([0xFFFE, 0xFFFF]);
    for character in forbidden.map(|code| char::from_u32(code).unwrap()) {
        let error = leap().requests().comment(RequestKey::id("1"), format!("äCANARY{character}!")).parts().unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::Request, Outcome::NotSent));
        let shown = format!("{error} {error:?}");
        assert!(shown.contains(&format!("U+{:04X} at index 7", u32::from(character))), "{shown}");
        assert!(!shown.contains("CANARY"), "{shown}");
    }
    for legal in ["\t", "\n", "\r", "\u{7f}", "\u{85}", "\u{d7ff}", "\u{e000}", "\u{fffd}", "\u{1fffe}", "\u{10ffff}"] {
        assert!(leap().requests().comment(RequestKey::id("1"), format!("a{legal}")).parts().is_ok(), "{legal:?}");
    }
    assert!(leap().requests().acknowledge(["1", "\u{ffff}"]).parts().is_err());
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
    fn any_legal_text_comes_back_exactly(text in legal().prop_filter("a comment says something", |text| !text.trim().is_empty())) {
        let document = comment(&text);
        prop_assert_eq!(parsed(&document), text.as_str());
        // The reader's way: as LEAP would send it back.
        let written = document.replace("support-request-update>", "updates>").replace("<comment>", "<update><type>COMMENT_ADDED</type>\
            <update-time>2011-02-08T22:07:43Z</update-time><comment>").replace("</comment>", "</comment></update>");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let updates = runtime.block_on(read(&written)).updates.unwrap();
        prop_assert_eq!(updates[0].comment.as_ref().map(|comment| comment.as_str()), Some(text.as_str()));
    }
}
