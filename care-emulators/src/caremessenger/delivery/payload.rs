//! What is posted.

use crate::caremessenger::provider::AssistanceRequest;
use bytes::Bytes;
use serde_json::{Value, json};
use std::fmt;

/// The body of a POST, and what it is called. No document shows either. `Debug` doesn't show the body.
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
    /// Any bytes. Without a content type, when `content_type` is empty.
    pub fn new(content_type: impl Into<String>, body: impl Into<Bytes>) -> Self {
        Self { content_type: content_type.into(), body: body.into() }
    }

    /// A JSON document.
    pub fn json(value: &Value) -> Self {
        Self::new("application/json", value.to_string())
    }

    /// What an emulator posts unless told otherwise: `id`, `assistance_provider`, `resident` and `created`. It is an invention of ours.
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
