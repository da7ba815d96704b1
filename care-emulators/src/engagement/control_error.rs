//! Why the world can't be moved as told.

use std::fmt;

/// What the [`Controller`](super::Controller) was told and can't do. Nothing has changed then.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ControlError {
    /// There is no such intervention.
    UnknownIntervention {
        /// Its id.
        id: String,
    },
    /// There is no such content.
    UnknownContent {
        /// Its id.
        id: String,
    },
    /// There is no such agent.
    UnknownAgent {
        /// Their id.
        id: String,
    },
    /// There is no such source.
    UnknownSource {
        /// Its id.
        id: String,
    },
    /// There is no such token, or it was revoked.
    UnknownToken,
    /// The intervention on this conversation is open.
    AlreadyOpen {
        /// The intervention's id.
        id: String,
    },
    /// The intervention is closed.
    Closed {
        /// Its id.
        id: String,
    },
    /// No agent has replied, so the intervention can't be closed, only cancelled.
    NoReplies {
        /// Its id.
        id: String,
    },
    /// An agent has replied, so the intervention can't be cancelled, only closed.
    HasReplies {
        /// Its id.
        id: String,
    },
    /// Somebody is closing the intervention.
    BeingClosed {
        /// Its id.
        id: String,
    },
    /// Somebody is cancelling the intervention.
    BeingCancelled {
        /// Its id.
        id: String,
    },
    /// Nobody is closing or cancelling the intervention.
    NothingRuns {
        /// Its id.
        id: String,
    },
    /// The customer wasn't sent a survey.
    NoSurvey {
        /// The intervention's id.
        id: String,
    },
}

impl fmt::Display for ControlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownIntervention { id } => write!(f, "there is no intervention {id}"),
            Self::UnknownContent { id } => write!(f, "there is no content {id}"),
            Self::UnknownAgent { id } => write!(f, "there is no agent {id}"),
            Self::UnknownSource { id } => write!(f, "there is no source {id}"),
            Self::UnknownToken => f.write_str("there is no such token"),
            Self::AlreadyOpen { id } => write!(f, "intervention {id} on this conversation is open already"),
            Self::Closed { id } => write!(f, "intervention {id} is closed"),
            Self::NoReplies { id } => write!(f, "intervention {id} has no agent reply: it can only be cancelled"),
            Self::HasReplies { id } => write!(f, "intervention {id} has agent replies: it can only be closed"),
            Self::BeingClosed { id } => write!(f, "intervention {id} is being closed"),
            Self::BeingCancelled { id } => write!(f, "intervention {id} is being cancelled"),
            Self::NoSurvey { id } => write!(f, "no survey was sent for intervention {id}"),
            Self::NothingRuns { id } => write!(f, "nobody is closing or cancelling intervention {id}"),
        }
    }
}

impl std::error::Error for ControlError {}
