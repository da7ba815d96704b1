//! What a body is called.

use http::HeaderMap;
use http::header::CONTENT_TYPE;

/// Whether `Content-Type` names one of `types`, whatever its parameters.
pub(crate) fn is_called(headers: &HeaderMap, types: &[&str]) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim();
    types.iter().any(|known| known.eq_ignore_ascii_case(essence))
}
