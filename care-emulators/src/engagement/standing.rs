//! Where an intervention stands.

/// Where an intervention stands, as its label tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// Open, for the first time.
    Opened,
    /// Open again.
    Reopened,
    /// Open, and put off until a time that hasn't come.
    Deferred,
    /// Closed.
    Closed,
}
