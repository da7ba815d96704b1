//! Responses and error responses, as Django REST framework makes them.

use crate::newfies::settings::Generation;
use axum::response::{Html, IntoResponse, Response};
use http::{
    HeaderName, HeaderValue, StatusCode,
    header::{ALLOW, CONTENT_LANGUAGE, CONTENT_TYPE, LOCATION, VARY, X_FRAME_OPTIONS},
};
use serde::Serialize;
use serde_json::{Map, Value, json, ser::Formatter};
use std::io;

/// The response of a view, before rendering.
#[derive(Debug, Clone)]
pub(super) struct Reply {
    pub(super) status: StatusCode,
    /// `None` for no body.
    pub(super) body: Option<Value>,
    pub(super) location: Option<String>,
    /// Whether an extra action made it; these never send a charset.
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
pub(super) fn render(reply: &Reply, format: Format, allow: &'static str, generation: Generation) -> Response {
    let mut answer = match (&reply.body, format) {
        (None, _) => ().into_response(),
        (Some(body), Format::Json) => {
            let has_charset = generation.sends_charset() && !reply.is_action;
            let kind = if has_charset { "application/json; charset=utf-8" } else { "application/json" };
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
    set(X_FRAME_OPTIONS, "SAMEORIGIN");
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

/// An error response.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum ErrorResponse {
    /// The framework's error, with a `detail`.
    Detail(StatusCode, String),
    /// The credentials are missing or wrong.
    Credentials(String),
    /// Errors of fields.
    Fields(Map<String, Value>),
    /// The server's code crashes.
    Crash,
}

const BROKEN: &str = "A server error occurred.  Please contact the administrator.";

impl ErrorResponse {
    pub(super) fn detail(status: StatusCode, detail: impl Into<String>) -> Self {
        Self::Detail(status, detail.into())
    }

    /// The error for a status that the fault plan or the harness asks for.
    pub(super) fn for_status(status: StatusCode) -> Self {
        match status {
            StatusCode::TOO_MANY_REQUESTS => Self::detail(status, "Request was throttled."),
            _ if status.is_server_error() => Self::Crash,
            _ => Self::detail(status, status.canonical_reason().unwrap_or("Error")),
        }
    }

    /// The response to a planned failure, with exactly its status.
    pub(super) fn response_for_status(status: StatusCode) -> Response {
        let mut answer = match Self::for_status(status) {
            Self::Crash => crash(),
            other => ([(CONTENT_TYPE, "application/json")], json_bytes(&other.body())).into_response(),
        };
        *answer.status_mut() = status;
        answer
    }

    /// The response for what doesn't exist and for what the caller may not see: callers can't tell them apart.
    pub(super) fn not_found() -> Self {
        Self::detail(StatusCode::NOT_FOUND, "Not found")
    }

    pub(super) fn no_permission() -> Self {
        Self::detail(StatusCode::FORBIDDEN, "You do not have permission to perform this action.")
    }

    pub(super) fn wrong_method(method: &str) -> Self {
        Self::detail(StatusCode::METHOD_NOT_ALLOWED, format!("Method '{method}' not allowed."))
    }

    /// The error of one field.
    pub(super) fn field(name: &str, message: &str) -> Self {
        Self::Fields(Map::from_iter([(name.to_owned(), json!([message]))]))
    }

    /// The body isn't an object.
    pub(super) fn not_an_object() -> Self {
        let fields = json!({ "non_field_errors": ["Invalid data"] });
        Self::Fields(fields.as_object().cloned().unwrap_or_default())
    }

    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::Detail(status, _) => *status,
            Self::Credentials(_) => StatusCode::FORBIDDEN,
            Self::Fields(_) => StatusCode::BAD_REQUEST,
            Self::Crash => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    pub(super) fn body(&self) -> Value {
        match self {
            Self::Detail(_, detail) | Self::Credentials(detail) => json!({ "detail": detail }),
            Self::Fields(fields) => Value::Object(fields.clone()),
            Self::Crash => Value::Null,
        }
    }
}

/// The response of a crashed server.
pub(super) fn crash() -> Response {
    let plain = [(CONTENT_TYPE, HeaderValue::from_static("text/plain"))];
    (StatusCode::INTERNAL_SERVER_ERROR, plain, BROKEN).into_response()
}

/// The response to a host that isn't allowed.
pub(super) fn bad_host() -> Response {
    (StatusCode::BAD_REQUEST, Html("<h1>Bad Request (400)</h1>")).into_response()
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
