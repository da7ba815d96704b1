//! What a customer has written.

/// What one identity writes in one thread. There is at most one intervention on it.
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
