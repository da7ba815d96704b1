//! What the endpoints answer by which programs in other languages move a world.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde_json::json;

/// Why an act wasn't done, with the status that says so. Each emulator makes it of its own `ControlError`.
#[derive(Debug)]
pub(crate) struct NotDone(pub(crate) StatusCode, pub(crate) String);

impl IntoResponse for NotDone {
    fn into_response(self) -> Response {
        (self.0, Json(json!({ "message": self.1 }))).into_response()
    }
}
