//! Errors of the controller.

use std::fmt;

/// An action that the [`Controller`](super::Controller) rejected. Nothing has changed.
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
    /// No agent has replied: the intervention can only be cancelled.
    NoReplies {
        /// Its id.
        id: String,
    },
    /// An agent has replied: the intervention can only be closed.
    HasReplies {
        /// Its id.
        id: String,
    },
    /// Another agent is closing the intervention.
    BeingClosed {
        /// Its id.
        id: String,
    },
    /// Another agent is cancelling the intervention.
    BeingCancelled {
        /// Its id.
        id: String,
    },
    /// No agent is closing or cancelling the intervention.
    NothingPending {
        /// Its id.
        id: String,
    },
    /// No survey was sent to the customer.
    NoSurvey {
        /// The intervention's id.
        id: String,
    },
}

impl fmt::Display for ControlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownIntervention { id } => write!(f, "no intervention {id}"),
            Self::UnknownContent { id } => write!(f, "no content {id}"),
            Self::UnknownAgent { id } => write!(f, "no agent {id}"),
            Self::UnknownSource { id } => write!(f, "no source {id}"),
            Self::UnknownToken => f.write_str("unknown or revoked access token"),
            Self::AlreadyOpen { id } => write!(f, "the intervention {id} on this conversation is already open"),
            Self::Closed { id } => write!(f, "intervention {id} is closed"),
            Self::NoReplies { id } => write!(f, "intervention {id} has no agent reply: it can only be cancelled"),
            Self::HasReplies { id } => write!(f, "intervention {id} has agent replies: it can only be closed"),
            Self::BeingClosed { id } => write!(f, "intervention {id} is being closed"),
            Self::BeingCancelled { id } => write!(f, "intervention {id} is being cancelled"),
            Self::NoSurvey { id } => write!(f, "no survey was sent for intervention {id}"),
            Self::NothingPending { id } => write!(f, "no close or cancel of intervention {id} is in progress"),
        }
    }
}

impl std::error::Error for ControlError {}
