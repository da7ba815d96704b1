use super::{refusal::Refusal, secrets::Secrets};
use http::{HeaderMap, Method, Uri, header::CONTENT_LENGTH};

/// Who may post, and how much: what can be said before the body is read.
pub(super) struct Admission {
    pub(super) secrets: Secrets,
    pub(super) max_body: usize,
}

impl Admission {
    /// The notifier that is called. The secret is looked at before the length: who has one is no stranger, and a refusal is told.
    pub(super) fn admit(&self, method: &Method, uri: &Uri, length: Option<u64>) -> Result<Box<str>, Refusal> {
        if method != Method::POST {
            return Err(Refusal::Method);
        }
        let secret = uri.path().trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        let notifier = self.secrets.notifier(secret).ok_or(Refusal::Stranger)?;
        if length.is_some_and(|length| length > self.max_body as u64) {
            return Err(Refusal::TooLong(self.max_body));
        }
        Ok(notifier)
    }
}

/// How long the body is, if its head says so.
#[cfg_attr(not(feature = "axum"), expect(dead_code, reason = "without an adapter the body is there already"))]
pub(super) fn said_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}
