use crate::{
    client::Leap,
    ids::RequestKey,
    requests::{change_state::ChangeState, model::State},
    workflows::{
        post_update_once::{Post, RequestUpdate},
        refusal::Refusal,
    },
};
use care_client_core::{BoxFuture, Endpoint, Error};
use std::future::IntoFuture;

/// Moves a support request to another state, if that makes sense. Made by
/// [`Requests::change_state_checked`](crate::Requests::change_state_checked); does nothing before it is awaited.
///
/// It reads the request first. Where nothing leaves ([`Successful`](State::Successful), [`Cancelled`](State::Cancelled)), and
/// where it is already, nothing is posted and the customer gets no mail; a comment alone is posted as a comment. All other
/// moves are the server's to allow. After a lost answer it looks in the history, as
/// [`post_update_once`](crate::Requests::post_update_once) does.
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = care_emulators::leap::Emulator::start().await?;
/// # let leap = leap_client::Leap::builder().root(emulator.url())
/// #     .basic_auth(care_emulators::leap::USERNAME, care_emulators::leap::PASSWORD).build()?;
/// # let id = emulator.controller().raise(care_emulators::leap::NewRequest::topic("Doors").summary("The door is locked"))?;
/// # let id = id.as_str();
/// use leap_client::{Refusal, RequestKey, State, StateChange};
///
/// let key = RequestKey::id(id);
/// let requests = leap.requests();
/// let change = requests.change_state_checked(key.clone(), State::Successful).comment("The door is open again").await?;
/// assert_eq!(change, StateChange::Changed);
///
/// let error = requests.change_state_checked(key, State::InProgress).await.unwrap_err();
/// assert_eq!(Refusal::of(&error), Some(&Refusal::TerminalState { current: State::Successful }));
/// # Ok(()) }
/// ```
///
/// # Errors
///
/// With [`Refusal::TerminalState`] as source if nothing leaves the present state, and nothing was posted; with
/// [`Refusal::InvalidTransition`] if the server refused with 409; otherwise those of
/// [`post_update_once`](crate::Requests::post_update_once).
///
/// Source: Majitek, *Requests Web Services API*, "Support Request states",
/// <http://docs.majitek.com/plaza/dev/Requests+Web+Services+API>.
#[derive(Debug)]
#[must_use = "it does nothing until it is awaited"]
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
    /// The request was in that state: the comment alone was posted.
    Commented,
    /// The request was in that state: nothing was posted, and no comment either if it is a state that nothing leaves.
    Unchanged,
}

impl ChangeStateChecked {
    pub(super) fn new(leap: &Leap, key: RequestKey, to: State) -> Self {
        Self { post: Post::new(leap, RequestUpdate::new().state(to.clone())), key, to }
    }

    /// Says something to the customer along with the change.
    pub fn comment(mut self, text: impl Into<String>) -> Self {
        self.post.update = self.post.update.comment(text);
        self
    }

    async fn run(mut self) -> Result<StateChange, Error> {
        self.post.check(&self.key)?;
        let before = self.post.read(&self.key).await?;
        if before.state == self.to {
            if before.state.is_terminal() || self.post.update.comment.is_none() {
                return Ok(StateChange::Unchanged);
            }
            self.post.update.state = None;
            return self.post.once(&before).await.map(|_| StateChange::Commented);
        }
        if before.state.is_terminal() {
            return Err(Error::request("the request has ended, and nothing leaves its state")
                .with_source(Refusal::TerminalState { current: before.state })
                .in_operation(ChangeState::OPERATION));
        }
        match self.post.once(&before).await {
            Ok(_) => Ok(StateChange::Changed),
            Err(error) if error.is_conflict() => {
                let from =
                    self.post.read(&before.identifier.clone().into()).await.map_or(before.state, |now| now.state);
                Err(error.with_source(Refusal::InvalidTransition { from, to: self.to }))
            }
            Err(error) => Err(error),
        }
    }
}

impl IntoFuture for ChangeStateChecked {
    type Output = Result<StateChange, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}
