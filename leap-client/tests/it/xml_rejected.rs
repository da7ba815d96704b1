//! Malformed XML is never repaired, nothing is ever expanded, and foreign answers are recognized.

use crate::support::mock_server::{XMLNS, answering, fixture, get, list, read, request, rows, set_external_id};
use care_client_core::{Error, Kind, Outcome};
use leap_client::{ListRequests, RequestKey};
use proptest::prelude::*;

fn assert_unreadable(error: &Error, why: &str) {
    assert_eq!((error.kind(), error.outcome()), (Kind::Decode, Outcome::Completed), "{error}");
    let shown = format!("{error} {error:?} {}", error.report());
    assert!(shown.contains(why) && !shown.contains("CANARY"), "{why}: {shown}");
}

#[tokio::test]
async fn malformed_xml_is_an_error_with_its_path() {
    for (more, why) in [
        ("<summary>CANARY</description>", "end tag"),
        ("<CANARY>", "end tag"),
        ("</CANARY>", "end tag"),
        ("<topic identifier=\"CANARY\" extid=\"1/>", "isn't closed"),
        ("<topic identifier=\"Parking\" extid=\"1/> <sub-topic identifier=\"Stolen Spot\" extid=\"2/>", "quotes"),
        ("<topic identifier=CANARY/>", "quotes"),
        ("<topic CANARY/>", "no value"),
        ("<topic CANARY='1' CANARY='2'/>", "twice"),
        ("<summary>CANARY & more</summary>", "reference isn't closed"),
        ("<summary>CANARY &amp</summary>", "reference isn't closed"),
        ("<summary>2 < CANARY</summary>", "a tag without a name"),
        ("<summary>I <3 CANARY</summary>", "a tag without a name"),
        ("<>CANARY</>", "a tag without a name"),
        ("<!-- CANARY", "isn't closed"),
        ("<![CDATA[CANARY", "isn't closed"),
        ("<!CANARY>", "isn't closed"),
        ("<!DOCTYPE CANARY>", "declaration"),
        ("<?xml version='1.0'?>", "declaration"),
    ] {
        let error = get(request(more)).await.unwrap_err();
        assert_unreadable(&error, why);
        assert!(error.to_string().contains("support-request"), "{error}");
        // A list with it fails as a whole, for nobody knows what is missing.
        assert_unreadable(&list(rows(&format!("{}{}", request(""), request(more)))).await.unwrap_err(), why);
    }
}

#[tokio::test]
async fn a_truncated_document_is_an_error() {
    for name in ["request-detail.xml", "list-all.xml", "list-by-topic.xml", "set-extid-response.xml"] {
        let whole = format!("\u{feff}<?xml version='1.0'?>\n<!-- a list? -->{}", fixture(name));
        let whole = whole.trim_end();
        let root = whole.find(" xmlns").unwrap();
        for cut in (root..whole.len()).filter(|cut| whole.is_char_boundary(*cut)) {
            let body = whole[..cut].to_owned();
            let error = match name {
                "request-detail.xml" => get(body).await.unwrap_err(),
                "set-extid-response.xml" => set_external_id(body).await.unwrap_err(),
                _ => list(body).await.unwrap_err(),
            };
            assert_eq!(
                (error.kind(), error.outcome()),
                (Kind::Decode, Outcome::Completed),
                "{name} cut at {cut}: {error}"
            );
        }
    }
}

#[tokio::test]
async fn what_follows_the_root_is_an_error() {
    for (more, ok) in
        [("\n<!-- end --><?pi?>\n", true), ("CANARY", false), ("<support-request/>", false), ("&amp;", false)]
    {
        for whole in [request(""), rows("")] {
            let body = format!("{whole}{more}");
            let error = if whole == rows("") { list(body).await.err() } else { get(body).await.err() };
            assert_eq!(error.is_none(), ok, "{more}: {error:?}");
            if let Some(error) = error {
                assert_unreadable(&error, "follows the root");
            }
        }
    }
}

#[tokio::test]
async fn a_document_type_is_refused_and_nothing_is_expanded() {
    let bomb = r#"<!DOCTYPE x [<!ENTITY a "CANARY"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>"#;
    for doctype in [bomb, "<!DOCTYPE support-request>", "<!DOCTYPE support-request SYSTEM 'http://example.com/CANARY'>"]
    {
        let error = get(format!("{doctype}{}", request("<summary>&b;&c;</summary>"))).await.unwrap_err();
        assert_unreadable(&error, "document type");
    }
}

#[tokio::test]
async fn only_utf_8_is_read() {
    let body = |encoding: &str| format!("<?xml version=\"1.0\" encoding=\"{encoding}\"?>{}", request(""));
    for encoding in ["UTF-8", "utf-8", "utf8", "US-ASCII"] {
        assert!(get(body(encoding)).await.is_ok(), "{encoding}");
    }
    for encoding in ["ISO-8859-1", "windows-1252", "UTF-16", "CANARY", ""] {
        assert_unreadable(&get(body(encoding)).await.unwrap_err(), "isn't declared as UTF-8");
    }
    let utf16: Vec<u8> = request("").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_foreign(&get(utf16.clone()).await.unwrap_err(), "UTF-16");
    assert_foreign(&get([&b"\xFF\xFE"[..], &utf16].concat()).await.unwrap_err(), "UTF-16");
    let latin1 = |more: &str| request(more).chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect::<Vec<u8>>();
    for more in
        ["<summary>grün</summary>", "<other>grün</other>", "<grün/>", "<other x='ü'/>", "<!-- ü -->", "<![CDATA[ü]]>"]
    {
        assert_unreadable(&get(latin1(more)).await.unwrap_err(), "UTF-8");
    }
}

#[tokio::test]
async fn elements_nest_as_deep_as_64_and_no_deeper() {
    for open in ["<x>", "<summary>", "<updates>", "<account>"] {
        let close = open.replace('<', "</");
        let nested = |depth: usize| format!("{}{}", open.repeat(depth - 1), close.repeat(depth - 1));
        assert_eq!(read(&nested(64)).await.identifier.as_str(), "1", "{open}");
        for depth in [65, 100_000] {
            assert_unreadable(&get(request(&nested(depth))).await.unwrap_err(), "nest too deep");
        }
    }
}

#[tokio::test]
async fn many_attributes_cost_no_more_than_a_few() {
    let many: String = (0..200_000).map(|n| format!(" a{n}=''")).collect();
    assert_unreadable(&get(request(&format!("<x{many}/>"))).await.unwrap_err(), "too many attributes");
    let some: String = (0..200).map(|n| format!(" a{n}=''")).collect();
    assert!(
        get(format!("<support-request {XMLNS}{some} identifier='1'/>"))
            .await
            .unwrap_err()
            .to_string()
            .contains("state")
    );
}

const ANSWERS: [&str; 4] = ["request-detail.xml", "list-all.xml", "list-by-topic.xml", "list-by-topic-in-state.xml"];
/// A regular expression for a piece of markup.
const PIECE: &str = concat!(
    "<[a-z!?/]{0,3}|</?(summary|updates|update|topic)|>|/>| a='1'| xmlns(:x)?='urn:x'|\"|'|&[a-z#]{0,3};?",
    "|<!--|-->|<!\\[CDATA\\[|\\]\\]>|[ -~]{0,4}"
);

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

proptest! {
    #[test]
    fn damaged_bytes_are_read_or_refused(
        name in prop::sample::select(&ANSWERS[..]),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
    ) {
        let mut body = fixture(name).into_bytes();
        for (at, byte) in damage {
            let at = at.index(body.len());
            body[at] = byte;
        }
        let error = block_on(async {
            match name {
                "request-detail.xml" => get(body).await.err(),
                _ => list(body).await.err(),
            }
        });
        prop_assert!(error.as_ref().is_none_or(|error| error.kind() == Kind::Decode), "{error:?}");
    }

    #[test]
    fn any_markup_gives_an_answer(pieces in prop::collection::vec(
        PIECE,
        0..30,
    )) {
        let body = request(&pieces.concat());
        let error = block_on(get(body)).err();
        prop_assert!(error.as_ref().is_none_or(|error| error.kind() == Kind::Decode), "{error:?}");
    }
}

const XHTML: &str = "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><html xmlns=\"http://www.w3.org/1999/xhtml\"/>";

/// What others answer with status 200, what they call it, and what is said of it.
const OTHERS: &[(Option<&str>, &str, &str)] = &[
    (
        Some("text/html; charset=utf-8"),
        "<!DOCTYPE html>\n<html lang=en><p>Log in<br></html>",
        "a page of HTML (text/html)",
    ),
    (Some("application/xml"), "<HTML><BODY>busy</BODY></HTML>", "a page of HTML (application/xml)"),
    (None, XHTML, "a page of HTML instead"),
    (None, "<!-- hello --><!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0//EN\" \"x\"><html>", "a page of HTML"),
    (Some("text/xml"), "<soap:Envelope xmlns:soap='urn:s'/>", "a document with the root Envelope (text/xml)"),
    (None, "<error>CANARY</error>", "a document with the root error"),
    (None, "<CANARY.1 x='1'/>", "a document with another root"),
    (None, "<aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/>", "a document with another root"),
    (None, "<a\u{1f600}/>", "a document with another root"),
    (Some("CANARY"), "<!-- only this -->", "XML without an element"),
];

/// What is no document at all: not foreign where nothing is needed.
const NO_DOCUMENTS: &[(Option<&str>, &str, &str)] = &[
    (None, "", "an empty body"),
    (None, " \r\n\u{feff}", "a text that is no XML"),
    (None, "\u{feff}\n", "an empty body"),
    (Some("application/json"), "{\"message\":\"CANARY\"}", "JSON (application/json)"),
    (None, "[]", "JSON"),
    (Some("text/plain"), "CANARY", "a text that is no XML (text/plain)"),
    (Some("text/html"), "OK", "a text that is no XML (text/html)"),
];

fn assert_foreign(error: &Error, said: &str) {
    assert_eq!(error.outcome(), Outcome::Unknown, "{error}");
    let shown = format!("{error} {error:?} {}", error.report());
    assert!(shown.contains(said) && !shown.contains("CANARY"), "{said}: {shown}");
}

#[tokio::test]
async fn a_foreign_answer_is_never_an_empty_list() {
    for (content_type, body, said) in OTHERS.iter().chain(NO_DOCUMENTS) {
        let leap = answering(*content_type, *body);
        assert_foreign(&leap.requests().list(ListRequests::new()).await.unwrap_err(), said);
        assert_foreign(&leap.requests().get(RequestKey::id("1")).await.unwrap_err(), said);
        assert_foreign(&leap.requests().set_external_id("1", "2").await.unwrap_err(), said);
    }
}

#[tokio::test]
async fn another_document_of_leap_is_foreign_too() {
    for (body, said) in
        [(rows(""), "the root support-requests"), ("<ref identifier='1' extid='2'/>".into(), "the root ref")]
    {
        assert_foreign(&answering(None, body).requests().get(RequestKey::id("1")).await.unwrap_err(), said);
    }
    let error = answering(None, request("")).requests().list(ListRequests::new()).await.unwrap_err();
    assert_foreign(&error, "the root support-request instead of support-requests");
}

#[tokio::test]
async fn an_answer_of_type_html_is_accepted_only_in_leaps_namespace() {
    for (body, ok) in [(rows(""), true), ("<support-requests/>".to_owned(), false)] {
        let answer =
            answering(Some("text/html; charset=UTF-8"), body.clone()).requests().list(ListRequests::new()).await;
        assert_eq!(answer.is_ok(), ok, "{body}");
    }
    for called in [None, Some("application/octet-stream"), Some("text/plain"), Some("nonsense")] {
        assert!(
            answering(called, "<support-requests/>").requests().list(ListRequests::new()).await.is_ok(),
            "{called:?}"
        );
    }
}

#[tokio::test]
async fn where_nothing_is_read_any_answer_of_leap_is_accepted() {
    let ours = [
        (None, String::new()),
        (None, request("")),
        (None, format!("<support-request-update {XMLNS}/>")),
        (None, format!("<whatever {XMLNS}/>")),
        (Some("text/html"), format!("<l:whatever xmlns:l={}/>", &XMLNS[6..])),
        (None, "<ref/>".to_owned()),
        (None, "\u{feff}<?xml version='1.0'?>\n<acknowledgements>cut".to_owned()),
    ];
    let blank = [(Some("text/plain"), " \r\n".to_owned()), (None, "\u{feff}\n".to_owned())];
    for (content_type, body) in ours.into_iter().chain(blank) {
        let leap = answering(content_type, body.clone());
        assert!(leap.requests().acknowledge(["1"]).await.is_ok(), "{body}");
        assert!(leap.requests().comment(RequestKey::id("1"), "hello").await.is_ok(), "{body}");
    }
}

#[tokio::test]
async fn where_nothing_is_read_a_foreign_answer_is_an_error() {
    let called_html = (Some("text/html"), "<ref/>", "the root ref");
    let foreign = (None, "<ref xmlns='urn:x'/>", "the root ref");
    let broken = (None, "<CANARY", "markup that is no XML");
    let texts = [
        (None, "Warning: mysql_connect() <html></html>", "a text that is no XML"),
        (None, "-->\n<html></html>", "a text that is no XML"),
        (None, "\u{b}<html></html>", "a text that is no XML"),
        (None, "\u{a0}<html></html>", "a text that is no XML"),
        (None, "\u{200b}<html></html>", "a text that is no XML"),
        (Some("text/html"), "Please sign in", "a text that is no XML (text/html)"),
        (Some("application/json"), "{\"error\":\"not logged in\"}", "JSON"),
        (None, "<\0h\0t\0m\0l\0>\0", "UTF-16"),
    ];
    for (content_type, body, said) in OTHERS.iter().chain(&[called_html, foreign, broken]).chain(&texts) {
        let leap = answering(*content_type, *body);
        assert_foreign(&leap.requests().acknowledge(["1"]).await.unwrap_err(), said);
        assert_foreign(&leap.requests().comment(RequestKey::id("1"), "hello").await.unwrap_err(), said);
    }
}
