use crate::{
    ids::{ExternalId, RequestId},
    requests::model::State,
};
use care_client_core::Error;
use std::fmt;

/// Why a workflow of this crate didn't do what it was asked to: the [source](std::error::Error::source) of its error.
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = care_emulators::leap::Emulator::start().await?;
/// # let leap = leap_client::Leap::builder().root(emulator.url())
/// #     .basic_auth(care_emulators::leap::USERNAME, care_emulators::leap::PASSWORD).build()?;
/// # let id = emulator.controller().raise(care_emulators::leap::NewRequest::topic("Doors").summary("The door is locked"))?;
/// # leap.requests().set_external_id(id.as_str(), "MAX-1").await?;
/// # let other = emulator.controller().raise(care_emulators::leap::NewRequest::topic("Doors").summary("The lift is stuck"))?;
/// use leap_client::Refusal;
///
/// # let other = other.as_str();
/// match leap.requests().ensure_external_id(other, "MAX-1").await {
///     Ok(mapping) => println!("{mapping:?}"),
///     Err(error) => match Refusal::of(&error) {
///         Some(Refusal::ExternalIdTaken { owner }) => println!("it belongs to {owner}"),
/// #       _ => return Err(error.into()),
/// #       #[cfg(any())]
///         _ => println!("{}", error.report()),
///     },
/// }
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// Another support request has the external id.
    ExternalIdTaken {
        /// Which one.
        owner: RequestId,
    },
    /// The support request has another external id already, and it was not said that it may be replaced.
    HasExternalId {
        /// Which one.
        current: ExternalId,
    },
    /// The support request is in a state that nothing leaves.
    TerminalState {
        /// Which one.
        current: State,
    },
    /// The server doesn't let the request go from the one state to the other.
    InvalidTransition {
        /// The state that it is in.
        from: State,
        /// The state that was asked for.
        to: State,
    },
    /// The outcome of a post was unknown, and it doesn't stand in the request's history: it may be posted again.
    NotPosted,
}

impl Refusal {
    /// The refusal that an error came from, if it came from one.
    #[must_use]
    pub fn of(error: &Error) -> Option<&Self> {
        std::error::Error::source(error)?.downcast_ref()
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ExternalIdTaken { owner } => write!(f, "request {owner} has this external id"),
            Self::HasExternalId { .. } => f.write_str("the request has another external id"),
            Self::TerminalState { current } => write!(f, "nothing leaves the state {}", shown(current)),
            Self::InvalidTransition { from, to } => {
                write!(f, "the request can't go from {} to {}", shown(from), shown(to))
            }
            Self::NotPosted => f.write_str("it doesn't stand in the request's history"),
        }
    }
}

/// A word that no document lists could be anything.
fn shown(state: &State) -> &str {
    if matches!(state, State::Other(_)) { "another state" } else { state.as_str() }
}

impl std::error::Error for Refusal {}
