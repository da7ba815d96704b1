use super::secrets::Secrets;
use http::{HeaderMap, Method, StatusCode, Uri, header::CONTENT_LENGTH};

/// Who may post, and how much: what can be said before the body is read.
pub(super) struct Admission {
    pub(super) secrets: Secrets,
    pub(super) max_body: usize,
}

impl Admission {
    /// The notifier that is called, or the status to refuse with.
    pub(super) fn admit(&self, method: &Method, uri: &Uri, length: Option<u64>) -> Result<Box<str>, StatusCode> {
        if method != Method::POST {
            return Err(StatusCode::METHOD_NOT_ALLOWED);
        }
        if length.is_some_and(|length| length > self.max_body as u64) {
            return Err(StatusCode::PAYLOAD_TOO_LARGE);
        }
        let secret = uri.path().trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        self.secrets.notifier(secret).ok_or(StatusCode::NOT_FOUND)
    }
}

/// How long the body is, if its head says so.
#[cfg_attr(not(feature = "axum"), expect(dead_code, reason = "without an adapter the body is there already"))]
pub(super) fn said_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}
