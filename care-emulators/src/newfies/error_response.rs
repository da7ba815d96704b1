//! Answers that say no.

use crate::newfies::answer::json_bytes;
use axum::response::{Html, IntoResponse, Response};
use http::{HeaderValue, StatusCode, header::CONTENT_TYPE};
use serde_json::{Map, Value, json};

/// Why a request isn't done.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum ErrorResponse {
    /// The framework says no, in one sentence.
    Detail(StatusCode, String),
    /// The credentials are missing or wrong.
    Credentials(String),
    /// Some fields are wrong.
    Fields(Map<String, Value>),
    /// The server's code breaks.
    Crash,
}

const BROKEN: &str = "A server error occurred.  Please contact the administrator.";

impl ErrorResponse {
    pub(super) fn detail(status: StatusCode, detail: impl Into<String>) -> Self {
        Self::Detail(status, detail.into())
    }

    /// One that only the fault plan or the ground wants.
    pub(super) fn for_status(status: StatusCode) -> Self {
        match status {
            StatusCode::TOO_MANY_REQUESTS => Self::detail(status, "Request was throttled."),
            _ if status.is_server_error() => Self::Crash,
            _ => Self::detail(status, status.canonical_reason().unwrap_or("Error")),
        }
    }

    /// The answer to what is only planned: with its status, whatever it says.
    pub(super) fn response_for_status(status: StatusCode) -> Response {
        let mut answer = match Self::for_status(status) {
            Self::Crash => crash(),
            other => ([(CONTENT_TYPE, "application/json")], json_bytes(&other.body())).into_response(),
        };
        *answer.status_mut() = status;
        answer
    }

    /// What isn't there, and what the caller doesn't see: nobody can tell them apart.
    pub(super) fn not_found() -> Self {
        Self::detail(StatusCode::NOT_FOUND, "Not found")
    }

    pub(super) fn no_permission() -> Self {
        Self::detail(StatusCode::FORBIDDEN, "You do not have permission to perform this action.")
    }

    pub(super) fn wrong_method(method: &str) -> Self {
        Self::detail(StatusCode::METHOD_NOT_ALLOWED, format!("Method '{method}' not allowed."))
    }

    /// An object was sent that is none.
    pub(super) fn no_object() -> Self {
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

/// The answer of a server whose code broke.
pub(super) fn crash() -> Response {
    let plain = [(CONTENT_TYPE, HeaderValue::from_static("text/plain"))];
    (StatusCode::INTERNAL_SERVER_ERROR, plain, BROKEN).into_response()
}

/// The answer to a name by which the server isn't to be called.
pub(super) fn bad_host() -> Response {
    (StatusCode::BAD_REQUEST, Html("<h1>Bad Request (400)</h1>")).into_response()
}
