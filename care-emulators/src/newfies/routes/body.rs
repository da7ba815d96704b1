//! What a client sends.

use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use serde_json::{Map, Value};

use super::super::refusal::Refusal;
use crate::form::pairs;
use crate::media_type::is_called;

/// The object in a body: JSON, or a form. No body is an empty object.
pub(super) fn object(headers: &HeaderMap, body: &[u8]) -> Result<Map<String, Value>, Refusal> {
    if body.is_empty() {
        return Ok(Map::new());
    }
    if is_called(headers, &["application/x-www-form-urlencoded"]) {
        let text = std::str::from_utf8(body).ok();
        let pairs = text.and_then(pairs).ok_or_else(|| malformed("the form can't be decoded"))?;
        return Ok(pairs.into_iter().map(|(name, value)| (name, Value::from(value))).collect());
    }
    if !is_called(headers, &["application/json"]) {
        let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let detail = format!("Unsupported media type '{kind}' in request.");
        return Err(Refusal::detail(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail));
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(Value::Null) => Err(Refusal::Crash),
        Ok(_) => Err(Refusal::no_object()),
        Err(error) => Err(malformed(&error.to_string())),
    }
}

fn malformed(what: &str) -> Refusal {
    Refusal::detail(StatusCode::BAD_REQUEST, format!("JSON parse error - {what}"))
}
