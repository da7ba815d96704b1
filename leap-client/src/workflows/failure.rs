//! Why a workflow failed, beyond the failure of a single call.

use crate::{
    ids::{ExternalId, RequestId},
    requests::model::State,
};
use care_client_core::Error;

/// Why a workflow did not do what it was asked to: the [source](std::error::Error::source) of its error.
///
/// Failures of single calls have no such source.
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = care_emulators::leap::Emulator::start().await?;
/// # let leap = leap_client::Leap::builder().base_url(emulator.url())
/// #     .basic_auth(care_emulators::leap::USERNAME, care_emulators::leap::PASSWORD).build()?;
/// # let new = care_emulators::leap::NewRequest::topic("Doors").summary("The door is locked");
/// # let id = emulator.controller().raise(new)?;
/// # leap.requests().set_external_id(id.as_str(), "MAX-1").await?;
/// # let new = care_emulators::leap::NewRequest::topic("Doors").summary("The lift is stuck");
/// # let other = emulator.controller().raise(new)?;
/// use leap_client::WorkflowFailure;
///
/// # let other = other.as_str();
/// match leap.requests().ensure_external_id(other, "MAX-1").await {
///     Ok(mapping) => println!("{mapping:?}"),
///     Err(error) => match WorkflowFailure::of(&error) {
///         Some(WorkflowFailure::ExternalIdTaken { owner }) => println!("it belongs to {owner}"),
/// #       _ => return Err(error.into()),
/// #       #[cfg(any())]
///         _ => println!("{}", error.report()),
///     },
/// }
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WorkflowFailure {
    /// Another support request has the external id.
    #[error("request {owner} has this external id")]
    ExternalIdTaken {
        /// The request that has it.
        owner: RequestId,
    },
    /// The support request already has another external id, and
    /// [`with_overwrite`](crate::EnsureExternalId::with_overwrite) was not set.
    #[error("the request already has another external id")]
    HasExternalId {
        /// The external id that it has.
        current: ExternalId,
    },
    /// The support request is in a terminal state, which nothing leaves.
    #[error("the request is in the terminal state {}", shown(current))]
    TerminalState {
        /// The state that it is in.
        current: State,
    },
    /// The server refused the transition from the current state to the requested one.
    #[error("transition from {} to {} not allowed", shown(from), shown(to))]
    InvalidTransition {
        /// The state that it is in.
        from: State,
        /// The requested state.
        to: State,
    },
    /// The outcome of a post was unknown, and the request's history doesn't show it, so it may be posted again.
    #[error("the request's history doesn't show it")]
    NotPosted,
}

impl WorkflowFailure {
    /// The reason why a workflow failed, if the error has one.
    #[must_use]
    pub fn of(error: &Error) -> Option<&Self> {
        error.reason()
    }
}

/// A state that no document lists may be any text, so it isn't shown.
fn shown(state: &State) -> &str {
    if matches!(state, State::Other(_)) { "another state" } else { state.as_str() }
}
