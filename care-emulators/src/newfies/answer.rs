//! Responses, with the headers of Django REST framework.

use axum::response::{IntoResponse, Response};
use http::{
    HeaderName, HeaderValue, StatusCode,
    header::{ALLOW, CONTENT_LANGUAGE, CONTENT_TYPE, LOCATION, VARY},
};
use serde::Serialize;
use serde_json::{Value, ser::Formatter};
use std::io;

/// The response of a view, before rendering.
#[derive(Debug, Clone)]
pub(super) struct Reply {
    pub(super) status: StatusCode,
    /// `None` for no body.
    pub(super) body: Option<Value>,
    pub(super) location: Option<String>,
    /// Whether an extra action made it; these send no charset.
    pub(super) is_action: bool,
    /// Whether it starts a session.
    pub(super) starts_session: bool,
}

impl Reply {
    pub(super) fn new(status: StatusCode, body: Value) -> Self {
        Self { status, body: Some(body), location: None, is_action: false, starts_session: false }
    }

    pub(super) fn ok(body: Value) -> Self {
        Self::new(StatusCode::OK, body)
    }

    pub(super) fn action(body: Value, starts_session: bool) -> Self {
        Self { is_action: true, starts_session, ..Self::ok(body) }
    }

    pub(super) fn gone() -> Self {
        Self { body: None, ..Self::new(StatusCode::NO_CONTENT, Value::Null) }
    }
}

/// The negotiated format of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Json,
    /// A page for browsers.
    Page,
}

/// Renders a reply, with the framework's headers.
pub(super) fn render(reply: &Reply, format: Format, allow: &'static str) -> Response {
    let mut answer = match (&reply.body, format) {
        (None, _) => ().into_response(),
        (Some(body), Format::Json) => {
            let kind = if reply.is_action { "application/json" } else { "application/json; charset=utf-8" };
            ([(CONTENT_TYPE, kind)], json_bytes(body)).into_response()
        }
        (Some(body), Format::Page) => {
            let text = String::from_utf8_lossy(&json_bytes(body)).replace('&', "&amp;").replace('<', "&lt;");
            let page = format!("<!DOCTYPE html><title>Django REST framework</title><pre>{text}</pre>");
            ([(CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
        }
    };
    *answer.status_mut() = reply.status;
    let mut set = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            answer.headers_mut().insert(name, value);
        }
    };
    set(ALLOW, allow);
    set(VARY, "Accept, Accept-Language, Cookie");
    set(CONTENT_LANGUAGE, "en");
    if let Some(location) = &reply.location {
        set(LOCATION, location);
    }
    answer
}

/// JSON in ASCII: all other characters are escaped.
pub(super) fn json_bytes(body: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, Ascii);
    // It can't fail: a `Value` has string keys and finite numbers, and writing to a vector succeeds.
    let _ = body.serialize(&mut serializer);
    bytes
}

struct Ascii;

impl Formatter for Ascii {
    fn write_string_fragment<W: io::Write + ?Sized>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut units = [0; 2];
        for sign in fragment.chars() {
            if sign.is_ascii() {
                writer.write_all(&[sign as u8])?;
            } else {
                for unit in sign.encode_utf16(&mut units) {
                    write!(writer, "\\u{unit:04x}")?;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn bodies_are_ascii() {
        assert_eq!(json_bytes(&json!({ "é": "a\"😀" })), br#"{"\u00e9":"a\"\ud83d\ude00"}"#);
    }
}
