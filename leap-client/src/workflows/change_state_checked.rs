//! Changes a state only where the change has an effect.

use crate::{
    client::Leap,
    ids::RequestKey,
    requests::{change_state::ChangeState, model::State},
    workflows::{
        failure::WorkflowFailure,
        post_update_once::{Post, RequestUpdate},
    },
};
use care_client_core::{Endpoint, Error, workflow::impl_into_future};

/// Moves a support request to another state unless it is there already or in a terminal state. Made by
/// [`Requests::change_state_checked`](crate::Requests::change_state_checked).
///
/// It reads the request first. In a terminal state ([`Successful`](State::Successful), [`Cancelled`](State::Cancelled))
/// nothing is posted, and in the requested state only the comment is, so the customer gets no needless mail. The server
/// decides about all other transitions. If the outcome of the post is unknown, the history is read back, as by
/// [`post_update_once`](crate::Requests::post_update_once).
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = care_emulators::leap::Emulator::start().await?;
/// # let leap = leap_client::Leap::builder().base_url(emulator.url())
/// #     .basic_auth(care_emulators::leap::USERNAME, care_emulators::leap::PASSWORD).build()?;
/// # let new = care_emulators::leap::NewRequest::topic("Doors").summary("The door is locked");
/// # let id = emulator.controller().raise(new)?;
/// # let id = id.as_str();
/// use leap_client::{WorkflowFailure, RequestKey, State, StateChange};
///
/// let key = RequestKey::id(id);
/// let requests = leap.requests();
/// let change = requests.change_state_checked(key.clone(), State::Successful);
/// let change = change.with_comment("The door is open again").await?;
/// assert_eq!(change, StateChange::Changed);
///
/// let error = requests.change_state_checked(key, State::InProgress).await.unwrap_err();
/// let reason = WorkflowFailure::TerminalState { current: State::Successful };
/// assert_eq!(WorkflowFailure::of(&error), Some(&reason));
/// # Ok(()) }
/// ```
///
/// # Errors
///
/// With [`WorkflowFailure::TerminalState`] as source if the request is in another terminal state, with nothing posted;
/// with [`WorkflowFailure::InvalidTransition`] if the server refused the transition with 409; otherwise those of
/// [`post_update_once`](crate::Requests::post_update_once).
///
/// Source: Majitek, *Requests Web Services API*, "Support Request states",
/// <http://docs.majitek.com/plaza/dev/Requests+Web+Services+API>.
#[derive(Debug)]
#[must_use = "a workflow does nothing until it is awaited"]
pub struct ChangeStateChecked {
    post: Post,
    key: RequestKey,
    to: State,
}

/// What [`ChangeStateChecked`] did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StateChange {
    /// The state was changed, and the comment posted with it.
    Changed,
    /// The request was already in that state: only the comment was posted.
    Commented,
    /// The request was already in that state: nothing was posted, and in a terminal state no comment either.
    Unchanged,
}

impl ChangeStateChecked {
    pub(super) fn new(leap: &Leap, key: RequestKey, to: State) -> Self {
        Self { post: Post::new(leap, RequestUpdate::new().state(to.clone())), key, to }
    }

    /// Adds a comment, which the customer can read. Default: none.
    #[doc(alias = "comment")]
    pub fn with_comment(mut self, text: impl Into<String>) -> Self {
        self.post.update = self.post.update.comment(text);
        self
    }

    async fn run(mut self) -> Result<StateChange, Error> {
        self.post.check(&self.key)?;
        let before = self.post.read(&self.key).await.map_err(Error::after_reads)?;
        if before.state == self.to {
            if before.state.is_terminal() || self.post.update.comment.is_none() {
                return Ok(StateChange::Unchanged);
            }
            self.post.update.state = None;
            return self.post.once(&before).await.map(|_| StateChange::Commented);
        }
        if before.state.is_terminal() {
            return Err(Error::request("the request is in a terminal state, which nothing leaves")
                .with_source(WorkflowFailure::TerminalState { current: before.state })
                .in_operation(ChangeState::OPERATION)
                .after_reads());
        }
        match self.post.once(&before).await {
            Ok(_) => Ok(StateChange::Changed),
            Err(error) if error.is_conflict() => {
                let from =
                    self.post.read(&before.identifier.clone().into()).await.map_or(before.state, |now| now.state);
                Err(error.with_source(WorkflowFailure::InvalidTransition { from, to: self.to }))
            }
            Err(error) => Err(error),
        }
    }
}

impl_into_future!(ChangeStateChecked => StateChange);
