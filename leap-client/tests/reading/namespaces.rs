//! The API's namespace or none, under whatever prefix; nothing of another one.

use crate::xml::{CREATED, STATE, UPDATED, XMLNS, get, list, request};
use care_client_core::Outcome;

const URI: &str = "http://schema.majitek.com/leap-ws-v1.0";

#[tokio::test]
async fn with_without_and_under_a_prefix_it_is_the_same_request() {
    let topic = "<topic identifier='Parking'/>";
    let plain = get(request(topic)).await.unwrap();
    let inner = format!("{STATE}{CREATED}{UPDATED}{topic}");
    let prefixed = inner.replace("</", "</l:").replace("<topic", "<l:topic").replace("<state", "<l:state");
    let prefixed = prefixed.replace("<creation", "<l:creation").replace("<last", "<l:last");
    for document in [
        format!("<support-request identifier='1'>{inner}</support-request>"),
        format!("<l:support-request xmlns:l='{URI}' identifier='1'>{prefixed}</l:support-request>"),
        format!("<l:support-request xmlns:l='{URI}' l:identifier='1' xmlns='urn:x'>{prefixed}</l:support-request>"),
        format!("<l:support-request xmlns:l='{URI}' identifier='1'>{inner}</l:support-request>"),
        format!("<support-request {XMLNS} identifier='1' xmlns:l='{URI}'>{prefixed}</support-request>"),
        format!(
            "<support-request {XMLNS} identifier='1' xmlns:xsi='urn:xsi' xsi:nil='false'>{inner}</support-request>"
        ),
        format!(
            "<support-request {XMLNS} identifier='1'>{}</support-request>",
            inner.replace("<state", "<state xmlns=''")
        ),
    ] {
        assert_eq!(get(document.clone()).await.ok().as_ref(), Some(&plain), "{document}");
    }
}

#[tokio::test]
async fn elements_of_another_namespace_are_none_of_ours() {
    let plain = get(request("")).await.unwrap();
    for foreign in [
        "<summary xmlns='urn:x'>no</summary>",
        "<x:summary xmlns:x='urn:x'>no</x:summary>",
        "<x:summary>no</x:summary>",
        "<x:box xmlns:x='urn:x' xmlns='urn:x'><summary>no</summary></x:box>",
        "<box xmlns='urn:x'><box/></box>",
        "<account xmlns='urn:x' identifier='7'/>",
        "<account xmlns:x='urn:x' x:identifier='7'/>",
    ] {
        assert_eq!(get(request(foreign)).await.ok().as_ref(), Some(&plain), "{foreign}");
        let around = format!("{foreign}<summary>yes</summary>");
        assert!(get(request(&around)).await.unwrap().summary.is_some(), "what follows {foreign} is ours again");
    }
    let row = request("");
    let foreign = row.replace(URI, "urn:x");
    let page = list(format!("<support-requests {XMLNS}>{foreign}{row}{foreign}</support-requests>")).await.unwrap();
    assert_eq!(page.rows(), 1);
}

#[tokio::test]
async fn a_root_of_another_namespace_is_somebody_elses() {
    let inner = format!("{STATE}{CREATED}{UPDATED}");
    for document in [
        format!("<support-request xmlns='urn:x' identifier='1'>{inner}</support-request>"),
        format!("<support-request xmlns='{URI}/' identifier='1'>{inner}</support-request>"),
        format!("<l:support-request xmlns:l='urn:x' identifier='1'>{inner}</l:support-request>"),
        format!("<l:support-request identifier='1'>{inner}</l:support-request>"),
        format!("<l:support-request xmlns='{URI}' identifier='1'>{inner}</l:support-request>"),
    ] {
        let error = get(document.clone()).await.unwrap_err();
        assert_eq!(error.outcome(), Outcome::Unknown, "{document}: {error}");
        assert!(error.to_string().contains("namespace"), "{error}");
    }
}
