//! Error responses.

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header::WWW_AUTHENTICATE};
use serde_json::json;

/// An error response: a status, and a JSON object with a `message`.
///
/// The guide documents no errors. Statuses and body follow AURA's later documents.
#[derive(Debug)]
pub(super) struct ErrorResponse {
    status: StatusCode,
    message: String,
}

impl ErrorResponse {
    fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, message: message.into() }
    }

    /// An error that the fault plan asks for.
    pub(super) fn planned(status: StatusCode) -> Self {
        Self::new(status, status.canonical_reason().unwrap_or("Something went wrong"))
    }

    pub(super) fn malformed(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    pub(super) fn unauthorized() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "The token is missing, unknown or expired")
    }

    pub(super) fn wrong_credentials() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "These credentials are wrong")
    }

    pub(super) fn forbidden(message: &'static str) -> Self {
        Self::new(StatusCode::FORBIDDEN, message)
    }

    pub(super) fn no_callout() -> Self {
        Self::new(StatusCode::NOT_FOUND, "There is no such callout")
    }

    pub(super) fn no_path() -> Self {
        Self::new(StatusCode::NOT_FOUND, "There is nothing at this path")
    }

    pub(super) fn wrong_method() -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "This path has no such method")
    }

    pub(super) fn conflict(message: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, message)
    }

    pub(super) fn not_json() -> Self {
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "The body must be application/json")
    }
}

impl IntoResponse for ErrorResponse {
    fn into_response(self) -> Response {
        let mut answer = (self.status, Json(json!({ "message": self.message }))).into_response();
        if self.status == StatusCode::UNAUTHORIZED {
            answer.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        answer
    }
}

impl From<ErrorResponse> for Response {
    fn from(response: ErrorResponse) -> Self {
        response.into_response()
    }
}
