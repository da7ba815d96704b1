//! Bodies of requests, and of the responses that have one.

use crate::{
    bodies::has_media_type,
    leap::{settings::AckSpelling, state::State, xml::Element},
};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode, header::CONTENT_TYPE};

/// The media types of XML.
pub(super) const XML: [&str; 2] = ["application/xml", "text/xml"];

/// Refuses a body whose media type is none of `types`.
pub(super) fn check_media_type(headers: &HeaderMap, types: &[&str]) -> Result<(), StatusCode> {
    if has_media_type(headers, types) { Ok(()) } else { Err(StatusCode::UNSUPPORTED_MEDIA_TYPE) }
}

/// A response with this document.
pub(super) fn document(xml: String) -> Response {
    ([(CONTENT_TYPE, XML[0])], xml).into_response()
}

/// The body of an acknowledgement.
#[derive(Debug)]
pub(super) struct Acknowledgements {
    /// The identifiers, or external identifiers.
    pub(super) ids: Vec<String>,
    /// Whether the updates are acknowledged, too.
    pub(super) updates: bool,
}

impl Acknowledgements {
    /// Reads it. Returns `None` if it doesn't have the documented form.
    pub(super) fn read(body: &[u8], spelling: AckSpelling) -> Option<Self> {
        let root = Element::read(body)?;
        let flags = spelling.names().iter().filter_map(|name| root.attribute(name)).map(flag);
        let updates = flags.collect::<Option<Vec<bool>>>()?.into_iter().all(|flag| flag);
        let valid = root.name == "acknowledgements" && root.is_blank() && !root.children.is_empty();
        let ids = root.children.into_iter().map(|child| text_of(child, "acknowledgement"));
        valid.then_some(Self { ids: ids.collect::<Option<_>>()?, updates })
    }
}

/// The body of a status change or of a comment.
#[derive(Debug)]
pub(super) struct NewUpdate {
    pub(super) state: Option<State>,
    /// The comment; empty only with a state.
    pub(super) comment: String,
}

impl NewUpdate {
    /// Reads it. Returns `None` if it doesn't have the documented form or its state is unknown.
    pub(super) fn read(body: &[u8]) -> Option<Self> {
        let root = Element::read(body)?;
        let (mut state, mut comment) = (None, None);
        for child in root.children {
            let place = if child.name == "state" { &mut state } else { &mut comment };
            let name = if child.name == "state" { "state" } else { "comment" };
            if place.replace(text_of(child, name)?).is_some() {
                return None;
            }
        }
        let state = state.map(|state| State::read(&state).ok_or(())).transpose().ok()?;
        let comment = comment.unwrap_or_default();
        let has_content = state.is_some() || !comment.is_empty();
        (root.name == "support-request-update" && has_content).then_some(Self { state, comment })
    }
}

fn flag(text: &str) -> Option<bool> {
    match text {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

fn text_of(element: Element, name: &str) -> Option<String> {
    (element.name == name && element.children.is_empty()).then_some(element.text)
}
