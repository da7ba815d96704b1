//! Error responses.

use crate::newfies::answer::json_bytes;
use axum::response::{Html, IntoResponse, Response};
use http::{HeaderValue, StatusCode, header::CONTENT_TYPE};
use serde_json::{Map, Value, json};

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
