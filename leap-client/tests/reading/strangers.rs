//! Whether it is LEAP that answers.

use crate::xml::{XMLNS, answering, request, rows};
use care_client_core::{Error, Outcome};
use leap_client::{ListRequests, RequestKey};

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

/// What is no document at all: no stranger where nothing is needed.
const NO_DOCUMENTS: &[(Option<&str>, &str, &str)] = &[
    (None, "", "an empty body"),
    (None, " \r\n\u{feff}", "a text that is no XML"),
    (None, "\u{feff}\n", "an empty body"),
    (Some("application/json"), "{\"message\":\"CANARY\"}", "JSON (application/json)"),
    (None, "[]", "JSON"),
    (Some("text/plain"), "CANARY", "a text that is no XML (text/plain)"),
    (Some("text/html"), "OK", "a text that is no XML (text/html)"),
];

fn assert_stranger(error: &Error, said: &str) {
    assert_eq!(error.outcome(), Outcome::Unknown, "{error}");
    let shown = format!("{error} {error:?} {}", error.report());
    assert!(shown.contains(said) && !shown.contains("CANARY"), "{said}: {shown}");
}

#[tokio::test]
async fn what_others_answer_is_never_an_empty_list() {
    for (content_type, body, said) in OTHERS.iter().chain(NO_DOCUMENTS) {
        let leap = answering(*content_type, *body);
        assert_stranger(&leap.requests().list(ListRequests::new()).await.unwrap_err(), said);
        assert_stranger(&leap.requests().get(RequestKey::id("1")).await.unwrap_err(), said);
        assert_stranger(&leap.requests().set_external_id("1", "2").await.unwrap_err(), said);
    }
}

#[tokio::test]
async fn a_document_of_leaps_in_the_wrong_place_is_a_stranger_too() {
    for (body, said) in
        [(rows(""), "the root support-requests"), ("<ref identifier='1' extid='2'/>".into(), "the root ref")]
    {
        assert_stranger(&answering(None, body).requests().get(RequestKey::id("1")).await.unwrap_err(), said);
    }
    let error = answering(None, request("")).requests().list(ListRequests::new()).await.unwrap_err();
    assert_stranger(&error, "the root support-request instead of support-requests");
}

#[tokio::test]
async fn what_is_called_html_is_believed_only_in_leaps_own_namespace() {
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
async fn where_nothing_is_needed_any_answer_of_leaps_will_do() {
    let ours = [
        (None, String::new()),
        (Some("text/html"), "OK".to_owned()),
        (None, request("")),
        (None, format!("<support-request-update {XMLNS}/>")),
        (None, format!("<whatever {XMLNS}/>")),
        (Some("text/html"), format!("<l:whatever xmlns:l={}/>", &XMLNS[6..])),
        (None, "<ref/>".to_owned()),
        (None, "\u{feff}<?xml version='1.0'?>\n<acknowledgements>cut".to_owned()),
    ];
    let plain = NO_DOCUMENTS.iter().map(|(content_type, body, _)| (*content_type, (*body).to_owned()));
    for (content_type, body) in ours.into_iter().chain(plain) {
        let leap = answering(content_type, body.clone());
        assert!(leap.requests().acknowledge(["1"]).await.is_ok(), "{body}");
        assert!(leap.requests().comment(RequestKey::id("1"), "hello").await.is_ok(), "{body}");
    }
}

#[tokio::test]
async fn where_nothing_is_needed_the_answer_of_others_proves_nothing() {
    let called_html = (Some("text/html"), "<ref/>", "the root ref");
    let foreign = (None, "<ref xmlns='urn:x'/>", "the root ref");
    let broken = (None, "<CANARY", "markup that is no XML");
    for (content_type, body, said) in OTHERS.iter().chain(&[called_html, foreign, broken]) {
        let leap = answering(*content_type, *body);
        assert_stranger(&leap.requests().acknowledge(["1"]).await.unwrap_err(), said);
        assert_stranger(&leap.requests().comment(RequestKey::id("1"), "hello").await.unwrap_err(), said);
    }
}
