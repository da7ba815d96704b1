//! Bodies of requests and responses: media types, queries and forms, and the error body of the control endpoints.

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode, header::CONTENT_TYPE};
use serde_json::json;

/// Whether `Content-Type` names one of `types`. Parameters such as the charset are ignored.
pub(crate) fn has_media_type(headers: &HeaderMap, types: &[&str]) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim();
    types.iter().any(|known| known.eq_ignore_ascii_case(essence))
}

/// Decodes a query or form, `name=value&name=value`.
///
/// Returns `None` if a `%` isn't followed by two hexadecimal digits or the result isn't UTF-8.
pub(crate) fn form_pairs(text: &str) -> Option<Vec<(String, String)>> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| decoded(name).zip(decoded(value)))
        .collect()
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut digit = || char::from(rest.next()?).to_digit(16);
                u8::try_from(digit()? * 16 + digit()?).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

/// The answer of a control endpoint that could not do what was asked: a status, and a JSON object with a `message`.
///
/// Each emulator converts its own `ControlError` into it.
#[derive(Debug)]
pub(crate) struct ControlErrorResponse(pub(crate) StatusCode, pub(crate) String);

impl IntoResponse for ControlErrorResponse {
    fn into_response(self) -> Response {
        (self.0, Json(json!({ "message": self.1 }))).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::form_pairs;

    #[test]
    fn names_and_values_are_decoded() {
        let owned = |pairs: &[(&str, &str)]| {
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect::<Vec<_>>()
        };
        assert_eq!(form_pairs("a=1%2B2&b=x+y&%c3%A9=%26"), Some(owned(&[("a", "1+2"), ("b", "x y"), ("é", "&")])));
        assert_eq!(form_pairs("a&&b="), Some(owned(&[("a", ""), ("b", "")])));
        for wrong in ["a=%", "a=%1", "a=%zz", "%ff=1"] {
            assert_eq!(form_pairs(wrong), None, "{wrong}");
        }
    }
}
