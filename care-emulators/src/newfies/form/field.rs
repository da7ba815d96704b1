//! A field's name and nature.

use serde_json::{Value, json};

/// What is known of a field before anything was sent.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Field {
    pub(super) name: &'static str,
    /// Whether a create has to have it.
    pub(super) is_needed: bool,
    /// Whether it may not be empty.
    pub(super) is_required: bool,
    /// What `OPTIONS` calls it.
    pub(super) kind: &'static str,
}

impl Field {
    /// One that a create has to have, and that may not be empty.
    pub(in super::super) fn needed(name: &'static str) -> Self {
        Self { name, is_needed: true, is_required: true, kind: "field" }
    }

    /// One that has a default, and may not be empty.
    pub(in super::super) fn defaulted(name: &'static str) -> Self {
        Self { is_needed: false, ..Self::needed(name) }
    }

    /// One that may be left out, and be empty.
    pub(in super::super) fn optional(name: &'static str) -> Self {
        Self { is_required: false, ..Self::defaulted(name) }
    }

    pub(super) fn kind(self, kind: &'static str) -> Self {
        Self { kind, ..self }
    }

    pub(super) fn described(self) -> Value {
        json!({ "type": self.kind, "required": self.is_required, "read_only": false })
    }
}
