//! The history of a support request.

use std::fmt;

use chrono::{DateTime, Utc};

use super::state::State;

/// What an update tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UpdateType {
    /// `COMMENT_ADDED`
    CommentAdded,
    /// `STATE_CHANGED`
    StateChanged,
    /// `ASSIGNED`
    Assigned,
}

impl UpdateType {
    /// The type as it stands on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CommentAdded => "COMMENT_ADDED",
            Self::StateChanged => "STATE_CHANGED",
            Self::Assigned => "ASSIGNED",
        }
    }
}

/// One entry of a request's history. `Debug` shows neither the updater nor the comment.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Update {
    /// What it tells.
    pub kind: UpdateType,
    /// The new state, with [`UpdateType::StateChanged`] only.
    pub state: Option<State>,
    /// When it was made, to the millisecond.
    pub time: DateTime<Utc>,
    /// The display name of who made it.
    pub updater: String,
    /// What was said, or empty.
    pub comment: String,
    /// Since when it waits for an acknowledgement, `None` when it doesn't.
    pub unacked_since: Option<DateTime<Utc>>,
}

impl fmt::Debug for Update {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Update")
            .field("kind", &self.kind)
            .field("state", &self.state)
            .field("time", &self.time)
            .field("unacked_since", &self.unacked_since)
            .finish_non_exhaustive()
    }
}
