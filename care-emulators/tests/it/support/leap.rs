//! LEAP over raw HTTP: requests with credentials, and documents as trees.

use super::{RawRequest, RawResponse, documents};
use care_emulators::leap::Emulator;
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use std::collections::BTreeMap;

/// `external-system:emulator-password`
pub(crate) const BASIC: &str = "authorization: Basic ZXh0ZXJuYWwtc3lzdGVtOmVtdWxhdG9yLXBhc3N3b3Jk";

/// The path prefix of the API.
const PREFIX: &str = "/api/v1";

pub(crate) fn request(method: &'static str, path: &str) -> RawRequest {
    RawRequest::new(method, format!("{PREFIX}{path}")).header(BASIC)
}

pub(crate) fn xml_request(path: &str, body: &str) -> RawRequest {
    request("POST", path).header("content-type: application/xml; charset=utf-8").body(body)
}

pub(crate) fn form_request(path: &str, body: &str) -> RawRequest {
    request("POST", path).header("content-type: application/x-www-form-urlencoded").body(body)
}

pub(crate) async fn get(emulator: &Emulator, path: &str) -> RawResponse {
    request("GET", path).send(emulator).await
}

/// An existing document.
pub(crate) async fn read(emulator: &Emulator, path: &str) -> Node {
    let response = get(emulator, path).await;
    assert_eq!(response.status, 200, "{path}");
    response.document()
}

/// Posts XML, and returns the status. The response never has a body.
pub(crate) async fn post(emulator: &Emulator, path: &str, body: &str) -> u16 {
    let response = xml_request(path, body).send(emulator).await;
    assert_eq!(response.body, b"", "{path} {body}");
    response.status
}

pub(crate) async fn set_external_id(emulator: &Emulator, id: &str, external_id: &str) -> RawResponse {
    form_request(&format!("/requests/{id}/extid"), &format!("extid={external_id}")).send(emulator).await
}

/// The identifiers in a list.
pub(crate) async fn listed(emulator: &Emulator, path: &str) -> Vec<String> {
    let list = read(emulator, path).await;
    assert_eq!(list.name, "support-requests");
    list.children.iter().map(|request| request.attributes["identifier"].clone()).collect()
}

impl RawResponse {
    pub(crate) fn document(&self) -> Node {
        assert_eq!(self.header("content-type"), Some("application/xml"));
        Node::parse(std::str::from_utf8(&self.body).unwrap())
    }
}

/// The text of a fixture.
pub(crate) fn fixture(file: &str) -> String {
    documents::text_of("leap-client", file)
}

/// An element. White space between elements is ignored.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Node {
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
    pub(crate) text: String,
    pub(crate) children: Vec<Node>,
}

impl Node {
    pub(crate) fn parse(text: &str) -> Self {
        let mut reader = Reader::from_str(text);
        let mut open = vec![Self::default()];
        loop {
            match reader.read_event().unwrap() {
                Event::Start(start) => open.push(Self::start(&start)),
                Event::Empty(start) => open.last_mut().unwrap().children.push(Self::start(&start)),
                Event::End(_) => {
                    let mut done = open.pop().unwrap();
                    if !done.children.is_empty() && done.text.trim().is_empty() {
                        done.text.clear();
                    }
                    open.last_mut().unwrap().children.push(done);
                }
                Event::Text(text) => open.last_mut().unwrap().text.push_str(&text.xml10_content()),
                Event::GeneralRef(reference) => {
                    let c = reference.resolve_char_ref().unwrap();
                    let named = || quick_xml::escape::resolve_predefined_entity(&reference).unwrap().to_owned();
                    open.last_mut().unwrap().text.push_str(&c.map_or_else(named, String::from));
                }
                Event::Eof => break,
                other => panic!("{other:?}"),
            }
        }
        let [document] = <[Self; 1]>::try_from(open).unwrap();
        let [root] = <[Self; 1]>::try_from(document.children).unwrap();
        root
    }

    fn start(start: &BytesStart<'_>) -> Self {
        let attributes = start.attributes().map(|attribute| {
            let attribute = attribute.unwrap();
            let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap().into_owned();
            (attribute.key.as_ref().to_owned(), value)
        });
        Self { name: start.name().as_ref().to_owned(), attributes: attributes.collect(), ..Self::default() }
    }

    /// The first child with this name.
    pub(crate) fn find(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The first child with this name, which must exist.
    pub(crate) fn child(&self, name: &str) -> &Self {
        self.find(name).unwrap_or_else(|| panic!("no {name} in {}", self.name))
    }

    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    /// Which updates of a request are unacknowledged, newest first.
    pub(crate) fn flags(&self) -> Vec<bool> {
        let updates = &self.child("updates").children;
        updates.iter().map(|update| update.attributes.contains_key("unacked-since")).collect()
    }
}
