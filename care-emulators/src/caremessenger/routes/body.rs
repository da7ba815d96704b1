//! Bodies of requests.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_json::{Map, Value};

use super::super::refusal::Refusal;
use crate::media_type::is_called;

/// Reads a JSON object.
pub(super) fn object(headers: &HeaderMap, body: &Bytes) -> Result<Map<String, Value>, Refusal> {
    if !is_called(headers, &["application/json"]) {
        return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "The body must be called application/json."));
    }
    // The message of the error itself quotes the body, with whatever is personal in it.
    let read = serde_json::from_slice(body).map_err(|error| {
        let at = format!("The body is no JSON at line {}, column {}.", error.line(), error.column());
        Refusal::new(StatusCode::BAD_REQUEST, &at)
    });
    match read? {
        Value::Object(object) => Ok(object),
        _ => Err(Refusal::general(StatusCode::BAD_REQUEST, "The body is no object.")),
    }
}
