//! Error responses.

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header::WWW_AUTHENTICATE};
use serde_json::{Map, Value, json};

/// Error messages by field.
pub(super) type Fields = Map<String, Value>;

/// An error response.
#[derive(Debug)]
pub(super) struct ErrorResponse {
    status: StatusCode,
    body: Value,
    challenge: Option<HeaderValue>,
}

impl ErrorResponse {
    /// An error with a `detail`.
    pub(super) fn new(status: StatusCode, detail: &str) -> Self {
        Self { status, body: json!({ "detail": detail }), challenge: None }
    }

    /// An error whose `detail` is the status's reason.
    pub(super) fn plain(status: StatusCode) -> Self {
        Self::new(status, status.canonical_reason().unwrap_or("Refused"))
    }

    /// Missing or invalid credentials; `scheme` is the authentication scheme of the challenge.
    pub(super) fn unauthorized(scheme: &str, detail: &str) -> Self {
        let challenge = HeaderValue::from_str(&format!("{scheme} realm=\"api\"")).ok();
        Self { challenge, ..Self::new(StatusCode::UNAUTHORIZED, detail) }
    }

    /// Errors of fields.
    pub(super) fn fields(fields: Fields) -> Self {
        Self { status: StatusCode::BAD_REQUEST, body: Value::Object(fields), challenge: None }
    }

    /// An error that belongs to no field.
    pub(super) fn general(status: StatusCode, text: &str) -> Self {
        Self { status, body: json!({ "non_field_errors": [text] }), challenge: None }
    }

    pub(super) fn not_found() -> Self {
        Self::plain(StatusCode::NOT_FOUND)
    }
}

impl IntoResponse for ErrorResponse {
    fn into_response(self) -> Response {
        let mut answer = (self.status, Json(self.body)).into_response();
        if let Some(challenge) = self.challenge {
            answer.headers_mut().insert(WWW_AUTHENTICATE, challenge);
        }
        answer
    }
}
