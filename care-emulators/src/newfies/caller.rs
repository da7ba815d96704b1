//! Who asks.

/// The user whose credentials came with a request.
#[derive(Debug, Clone, Copy)]
pub(super) struct Caller {
    pub(super) id: u64,
    pub(super) is_superuser: bool,
    /// Whether they have a user profile, without which some views break.
    pub(super) has_profile: bool,
}
