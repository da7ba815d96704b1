//! Contents: what customers write.

use serde::Deserialize;

/// All that one identity writes in one thread of a source. It has at most one intervention.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Conversation {
    pub(super) source: String,
    pub(super) thread: String,
    pub(super) identity: String,
}

/// One piece of a conversation.
#[derive(Debug, Clone)]
pub(super) struct Content {
    pub(super) id: String,
    pub(super) conversation: Conversation,
    pub(super) identity_group: Option<String>,
}

/// A content to add: something that a customer writes.
///
/// By default its source is [`SOURCE_ID`](super::SOURCE_ID), and its thread and identity are new. All that one identity
/// writes in one thread is one conversation.
///
/// ```
/// use care_emulators::engagement::NewContent;
///
/// let content = NewContent::new()
///     .thread("64b000000000000000000001")
///     .identity("64b000000000000000000002");
/// ```
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[must_use = "pass it to `Controller::add_content`"]
pub struct NewContent {
    pub(super) source: Option<String>,
    pub(super) thread: Option<String>,
    pub(super) identity: Option<String>,
    pub(super) identity_group: Option<String>,
}

impl NewContent {
    /// A content in a conversation of its own.
    pub fn new() -> Self {
        Self::default()
    }

    /// The id of the source that it came through.
    pub fn source(mut self, id: impl Into<String>) -> Self {
        self.source = Some(id.into());
        self
    }

    /// The id of the thread that it belongs to.
    pub fn thread(mut self, id: impl Into<String>) -> Self {
        self.thread = Some(id.into());
        self
    }

    /// The id of the customer's identity that wrote it.
    pub fn identity(mut self, id: impl Into<String>) -> Self {
        self.identity = Some(id.into());
        self
    }

    /// The id of the group that the identity belongs to. By default it belongs to none.
    pub fn identity_group(mut self, id: impl Into<String>) -> Self {
        self.identity_group = Some(id.into());
        self
    }
}
