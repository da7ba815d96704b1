//! Error responses.

use crate::engagement::{control_error::ControlError, view::json_response};
use axum::response::{IntoResponse, Response};
use http::{
    HeaderValue, StatusCode,
    header::{CONTENT_TYPE, WWW_AUTHENTICATE},
};
use serde_json::{Value, json};

/// What a handler answers.
pub(super) type HandlerResult = Result<Response, ErrorResponse>;

/// An error response: a status, and a JSON object with `error`, `message` and `status`.
#[derive(Debug, Clone)]
pub(super) struct ErrorResponse {
    status: StatusCode,
    error: String,
    message: String,
    /// The error of one attribute, if there is one.
    validation_error: Option<Value>,
}

impl ErrorResponse {
    fn new(status: StatusCode, error: &str, message: impl Into<String>) -> Self {
        Self { status, error: error.to_owned(), message: message.into(), validation_error: None }
    }

    /// The response for a status that the fault plan or the harness asks for.
    pub(super) fn for_status(status: StatusCode) -> Self {
        let reason = status.canonical_reason().unwrap_or("Error");
        match status {
            StatusCode::TOO_MANY_REQUESTS => Self::throttled(),
            StatusCode::UNPROCESSABLE_ENTITY => Self::new(status, "validation_error", reason),
            _ => Self::new(status, &reason.to_ascii_lowercase().replace([' ', '-'], "_"), reason),
        }
    }

    pub(super) fn bad_token(status: StatusCode) -> Self {
        Self::new(status, "invalid_access_token", "The access token is missing or unknown")
    }

    pub(super) fn throttled() -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, "rate_limit_exceeded", "There are too many requests in this minute")
    }

    pub(super) fn malformed() -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_parameter", "The parameters are malformed")
    }

    pub(super) fn missing(name: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "missing_parameter", format!("{name} is missing"))
    }

    pub(super) fn invalid(name: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_parameter", format!("{name} is invalid"))
    }

    pub(super) fn no_impersonation() -> Self {
        let message = "The token's user may not act as this user, or there is no such user";
        Self::new(StatusCode::BAD_REQUEST, "impersonation_refused", message)
    }

    pub(super) fn forbidden(message: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", message)
    }

    /// The response for what doesn't exist and for what the caller may not read: callers can't tell them apart.
    pub(super) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", "No such resource")
    }

    pub(super) fn wrong_method() -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "Method not allowed on this path")
    }

    pub(super) fn not_a_form() -> Self {
        let message = "A body must be application/x-www-form-urlencoded";
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", message)
    }

    /// A well-formed value that is wrong; `kind` is the machine-readable reason.
    pub(super) fn unprocessable(attribute: &str, kind: &str, message: &str) -> Self {
        let validation_error = json!({ "attribute": attribute, "type": kind, "message": message });
        Self {
            validation_error: Some(validation_error),
            ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, "validation_error", message)
        }
    }

    fn with_status(&self, mut answer: Response) -> Response {
        *answer.status_mut() = self.status;
        if self.status == StatusCode::UNAUTHORIZED {
            answer.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        answer
    }

    /// The same response as plain text.
    pub(super) fn plain(&self) -> Response {
        self.with_status(([(CONTENT_TYPE, "text/plain; charset=utf-8")], self.message.clone()).into_response())
    }
}

impl From<ControlError> for ErrorResponse {
    fn from(error: ControlError) -> Self {
        let message = error.to_string();
        match error {
            ControlError::BeingClosed { .. } | ControlError::BeingCancelled { .. } => {
                Self::new(StatusCode::CONFLICT, "conflict", message)
            }
            ControlError::Closed { .. } | ControlError::NoReplies { .. } | ControlError::HasReplies { .. } => {
                Self::forbidden(message)
            }
            ControlError::AlreadyOpen { .. } => Self::unprocessable("content_id", "taken", &message),
            ControlError::UnknownContent { .. } => Self::unprocessable("content_id", "invalid", &message),
            ControlError::UnknownAgent { .. } => Self::unprocessable("user_id", "invalid", &message),
            _ => Self::not_found(),
        }
    }
}

impl IntoResponse for ErrorResponse {
    fn into_response(self) -> Response {
        let mut body = json!({ "error": self.error, "message": self.message, "status": self.status.as_u16() });
        if let Some(validation_error) = &self.validation_error {
            body["errors"] = json!([validation_error]);
        }
        let mut answer = self.with_status(json_response(&body));
        // The middleware may have to send it as plain text.
        answer.extensions_mut().insert(self);
        answer
    }
}

impl From<ErrorResponse> for Response {
    fn from(error_response: ErrorResponse) -> Self {
        error_response.into_response()
    }
}
