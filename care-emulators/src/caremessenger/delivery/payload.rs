//! The body of a POST.

use crate::caremessenger::provider::AssistanceRequest;
use bytes::Bytes;
use serde_json::{Value, json};
use std::fmt;

/// The body of a POST, and its content type. Neither is documented. `Debug` omits the body.
#[derive(Clone, PartialEq, Eq)]
pub struct Payload {
    pub(super) content_type: String,
    pub(super) body: Bytes,
}

impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Payload")
            .field("content_type", &self.content_type)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}

impl Payload {
    /// Any bytes. An empty `content_type` sends no such header.
    pub fn new(content_type: impl Into<String>, body: impl Into<Bytes>) -> Self {
        Self { content_type: content_type.into(), body: body.into() }
    }

    /// A JSON document.
    pub fn json(value: &Value) -> Self {
        Self::new("application/json", value.to_string())
    }

    /// The default body: `id`, `assistance_provider`, `resident` and `created`. We invented it, since none is
    /// documented.
    pub fn invented(request: &AssistanceRequest) -> Self {
        let AssistanceRequest { id, provider, resident, created, .. } = request;
        Self::json(&json!({
            "id": id,
            "assistance_provider": provider,
            "resident": resident,
            "created": created.to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
        }))
    }
}
