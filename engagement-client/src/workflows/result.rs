//! What workflows report: the intervention as last read, how the result is known, and why a workflow failed.

use crate::interventions::Intervention;
use care_client_core::{Error, Undecodable};
use chrono::{DateTime, Utc};

/// How the result of a workflow is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Proof {
    /// The service answered that it carried out the request.
    Answered,
    /// The answer was lost or was a refusal, and reading the intervention afterwards showed the wanted state. Somebody
    /// else may have caused it.
    ReadBack,
    /// The intervention was already in the wanted state; nothing was sent.
    AlreadyDone,
}

/// An intervention that is closed.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Closed {
    /// The intervention as last read.
    pub intervention: Intervention,
    /// How it is known to be closed.
    pub proof: Proof,
}

/// An intervention that was cancelled and no longer exists.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Cancelled {
    /// The intervention as last read.
    pub intervention: Intervention,
    /// How it is known to be cancelled.
    pub proof: Proof,
}

/// The result of [`UpdatedSince`](crate::UpdatedSince).
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ChangedInterventions {
    /// The changed interventions, each once, sorted by time of change, oldest first. They include those without a time
    /// of change that the reading came across.
    pub interventions: Vec<Intervention>,
    /// Rows that could not be decoded, on all pages that were read, whenever they changed.
    pub undecodable: Vec<Undecodable>,
    /// The `since` of the next reading; `None` if no time of change was ever seen.
    pub checkpoint: Option<DateTime<Utc>>,
}

/// Why a workflow of this crate failed, as far as reading the intervention shows. It is the
/// [source](std::error::Error::source) of the workflow's error. What the service did is reported by
/// [`outcome()`](Error::outcome).
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = care_emulators::engagement::Emulator::start().await?;
/// # let engagement = engagement_client::Engagement::builder().base_url(emulator.base_url())
/// #     .access_token(emulator.access_token()).build()?;
/// # let id = emulator.controller().open_new();
/// use engagement_client::WorkflowFailure;
///
/// match engagement.interventions().close_confirmed(id).await {
///     Ok(closed) => println!("closed ({:?})", closed.proof),
///     Err(error) if WorkflowFailure::of(&error) == Some(&WorkflowFailure::NoReplies) => {
///         println!("it has no reply and can only be cancelled");
///     }
/// #   Err(error) => return Err(error.into()),
/// #   #[cfg(any())]
///     Err(error) => println!("{}", error.report()),
/// }
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum WorkflowFailure {
    /// The intervention is closed, so it can't be cancelled.
    #[error("the intervention is closed and can't be cancelled")]
    Closed,
    /// It has no agent reply, so it can't be closed, only cancelled.
    #[error("the intervention has no agent reply and can only be cancelled")]
    NoReplies,
    /// It has agent replies, so it can't be cancelled, only closed.
    #[error("the intervention has agent replies and can only be closed")]
    HasReplies,
    /// The service answered that it wrote the categories but doesn't show them. One of them may be unknown to it.
    #[error("the service doesn't show the written categories: one may be unknown to it")]
    CategoriesIgnored,
    /// Somebody else overwrote the categories each time they were written.
    #[error("somebody else overwrote the categories each time they were written")]
    CategoriesOverwritten,
}

impl WorkflowFailure {
    /// The reason why a workflow failed, if the error has one.
    #[must_use]
    pub fn of(error: &Error) -> Option<&Self> {
        error.reason()
    }

    /// Why an intervention in this state can't be closed.
    pub(super) fn to_close(seen: &Intervention) -> Option<Self> {
        (seen.user_replies_count == Some(0)).then_some(Self::NoReplies)
    }

    /// Why an intervention in this state can't be cancelled.
    pub(super) fn to_cancel(seen: &Intervention) -> Option<Self> {
        match seen.user_replies_count {
            _ if seen.is_closed() => Some(Self::Closed),
            Some(1..) => Some(Self::HasReplies),
            _ => None,
        }
    }
}
