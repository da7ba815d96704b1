//! What forgetting removed, and what it kept because it has not ended.

/// The answer of `forget_before`: how many rows were removed, and how many that are as old were kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Forgotten {
    /// Sessions that had ended before the time, removed.
    pub sessions: u64,
    /// Calls for help that were handled before the time, removed.
    pub calls: u64,
    /// Marks of deliveries that no repetition can have any more, removed.
    pub marks: u64,
    /// Tokens that had expired before the time, removed.
    pub tokens: u64,
    /// Sessions that began before the time and are still open, kept.
    pub open_sessions: u64,
    /// Acknowledgements that were saved before the time and are still in flight, kept.
    pub pending_changes: u64,
    /// Calls for help that were received before the time and nobody has handled, kept.
    pub open_calls: u64,
}
