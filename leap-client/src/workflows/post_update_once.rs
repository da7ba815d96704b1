//! Posts an update once, and reads back whether it was posted if the outcome is unknown.

use crate::{
    client::Leap,
    feed::store::PendingAck,
    ids::RequestKey,
    requests::{
        change_state::{ChangeState, unless_blank},
        comment::PostComment,
        get::GetRequest,
        model::{State, SupportRequest, Update},
    },
    workflows::failure::WorkflowFailure,
    xml::write::Dialect,
};
use care_client_core::{
    Error, Outcome, Personal, Pipeline,
    workflow::{PollError, Polling, impl_into_future, poll_until},
};
use std::{ops::ControlFlow, time::Duration};

/// How long a post may take to show in the history.
const READBACK_PAUSE: Duration = Duration::from_secs(3);

/// A comment, a change of state, or both, to be posted to a support request.
///
/// ```
/// use leap_client::{RequestUpdate, State};
///
/// let update = RequestUpdate::new().state(State::Problem).comment("a part is on order");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RequestUpdate {
    pub(super) state: Option<State>,
    pub(super) comment: Option<Personal<String>>,
}

impl RequestUpdate {
    /// Creates an update without state and comment.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Moves the request to this state.
    #[must_use]
    pub fn state(mut self, state: State) -> Self {
        self.state = Some(state);
        self
    }

    /// Adds a comment, which the customer can read. A blank text is the same as none.
    #[must_use]
    pub fn comment(mut self, text: impl Into<String>) -> Self {
        self.comment = unless_blank(text.into());
        self
    }

    /// Whether these entries of a history show it; `None` if they show a part of it. A server may write one entry for a
    /// state with a comment, or two, and it may reformat text, so runs of whitespace compare as equal.
    fn is_in(&self, updates: &[&Update]) -> Option<bool> {
        let any = |fits: &dyn Fn(&Update) -> bool| updates.iter().any(|update| fits(update));
        let has_comment = |update: &Update| words(update.comment.as_ref()).eq(words(self.comment.as_ref()));
        let has_state = |update: &Update| update.state == self.state;
        if any(&|update| (self.state.is_none() || has_state(update)) && has_comment(update)) {
            return Some(true);
        }
        if self.state.is_none() || self.comment.is_none() {
            return Some(false);
        }
        let moved = any(&|update| has_state(update) && words(update.comment.as_ref()).next().is_none());
        (moved == any(&has_comment)).then_some(moved)
    }
}

fn words(text: Option<&Personal<String>>) -> impl Iterator<Item = &str> {
    text.into_iter().flat_map(|text| text.split_whitespace())
}

/// Posts a comment or a change of state, and reads the history if the outcome is unknown. Made by
/// [`Requests::post_update_once`](crate::Requests::post_update_once).
///
/// The customer sees each post, so nothing is posted twice (defect [`LEAP-39`](crate::defects)). The history is read
/// before the post and, if its outcome is unknown, right after it and once more 3 s later.
///
/// # Errors
///
/// Those of [`get`](crate::Requests::get), [`change_state`](crate::Requests::change_state) and
/// [`comment`](crate::Requests::comment). With [`WorkflowFailure::NotPosted`] as source if the outcome was unknown and
/// the history doesn't show the post: then it may be posted again, unless the server may still be working on it. An
/// error of unknown outcome without that source means that the history couldn't be read, or shows only a part of the
/// post.
#[derive(Debug)]
#[must_use = "a workflow does nothing until it is awaited"]
pub struct PostUpdateOnce {
    post: Post,
    key: RequestKey,
}

/// How [`PostUpdateOnce`] knows that it was posted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Posted {
    /// The server answered that it was posted.
    Answered,
    /// The outcome was unknown, and the history shows the post.
    ReadBack,
}

/// One post, and the client that sends it.
#[derive(Debug)]
pub(super) struct Post {
    pub(super) pipeline: Pipeline,
    pub(super) dialect: Dialect,
    pub(super) update: RequestUpdate,
}

impl Post {
    pub(super) fn new(leap: &Leap, update: RequestUpdate) -> Self {
        Self { pipeline: leap.pipeline.clone(), dialect: leap.dialect, update }
    }

    pub(super) async fn read(&self, key: &RequestKey) -> Result<SupportRequest, Error> {
        self.pipeline.call(GetRequest::new(key.clone())).await
    }

    /// Fails before anything is read if the update can't be sent.
    pub(super) fn check(&self, key: &RequestKey) -> Result<(), Error> {
        match self.update.state.clone() {
            Some(state) => self.pipeline.call(self.change(key, state)).parts(),
            None => self.pipeline.call(self.comment(key)).parts(),
        }
        .map(drop)
    }

    fn change(&self, key: &RequestKey, state: State) -> ChangeState {
        let change = ChangeState::new(key.clone(), state).in_dialect(self.dialect);
        match self.update.comment.clone() {
            Some(Personal(text)) => change.comment(text),
            None => change,
        }
    }

    fn comment(&self, key: &RequestKey) -> PostComment {
        let text = self.update.comment.clone().unwrap_or_else(|| Personal(String::new()));
        PostComment::new(key.clone(), text, self.dialect)
    }

    async fn send(&self, key: &RequestKey) -> Result<(), Error> {
        match self.update.state.clone() {
            Some(state) => self.pipeline.call(self.change(key, state)).await,
            None => self.pipeline.call(self.comment(key)).await,
        }
    }

    /// Posts to a request that was just read.
    pub(super) async fn once(&self, before: &SupportRequest) -> Result<Posted, Error> {
        // By identifier, since an external id can be given to another request meanwhile.
        let key = RequestKey::Id(before.identifier.clone());
        let error = match self.send(&key).await {
            Ok(()) => return Ok(Posted::Answered),
            Err(error) if error.outcome() < Outcome::Unknown => return Err(error),
            Err(error) => error,
        };
        let before = PendingAck::of(before);
        let look = || async {
            let now = self.read(&key).await?;
            let found = now.updates.as_ref().and_then(|updates| self.update.is_in(&before.unseen(updates)));
            Ok(match found {
                Some(true) => ControlFlow::Break(Posted::ReadBack),
                // It may be the one that can't be read.
                Some(false) if !before.has_all_unreadable(&now) => ControlFlow::Continue(None),
                found => ControlFlow::Continue(found),
            })
        };
        match poll_until(Polling::times(2, READBACK_PAUSE).ignore_failures(), look).await {
            Ok(posted) => Ok(posted),
            // After a 2xx the post was made, so it will show, however late.
            Err(PollError::Exhausted { seen: Some(Some(false)), failure: None })
                if error.outcome() != Outcome::Completed =>
            {
                Err(error.with_source(WorkflowFailure::NotPosted))
            }
            Err(_) => Err(error),
        }
    }
}

impl PostUpdateOnce {
    pub(super) fn new(leap: &Leap, key: RequestKey, update: RequestUpdate) -> Self {
        Self { post: Post::new(leap, update), key }
    }

    async fn run(self) -> Result<Posted, Error> {
        self.post.check(&self.key)?;
        let before = self.post.read(&self.key).await.map_err(Error::after_reads)?;
        self.post.once(&before).await
    }
}

impl_into_future!(PostUpdateOnce => Posted);
