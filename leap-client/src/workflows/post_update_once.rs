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
    workflows::refusal::Refusal,
    xml::write::Dialect,
};
use care_client_core::{BoxFuture, Error, Outcome, Personal, Pipeline};
use std::{future::IntoFuture, time::Duration};
use tokio::time::sleep;

/// How long a post may take to show in the history.
const SECOND_LOOK: Duration = Duration::from_secs(3);

/// A comment, a change of state, or both: what is posted to a support request.
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
    /// Nothing yet.
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

    /// Says something to the customer. A blank text is the same as none.
    #[must_use]
    pub fn comment(mut self, text: impl Into<String>) -> Self {
        self.comment = unless_blank(text.into());
        self
    }

    /// Whether it stands among these entries of a history; `None` if a part of it does. A server may make one entry of a state
    /// with a comment, or two; and it may lay out text anew, so blanks count as one.
    fn stands_in(&self, updates: &[&Update]) -> Option<bool> {
        let any = |fits: &dyn Fn(&Update) -> bool| updates.iter().any(|update| fits(update));
        let is_said = |update: &Update| words(update.comment.as_ref()).eq(words(self.comment.as_ref()));
        let is_moved = |update: &Update| update.state == self.state;
        if any(&|update| (self.state.is_none() || is_moved(update)) && is_said(update)) {
            return Some(true);
        }
        if self.state.is_none() || self.comment.is_none() {
            return Some(false);
        }
        let moved = any(&|update| is_moved(update) && words(update.comment.as_ref()).next().is_none());
        (moved == any(&is_said)).then_some(moved)
    }
}

fn words(text: Option<&Personal<String>>) -> impl Iterator<Item = &str> {
    text.into_iter().flat_map(|text| text.split_whitespace())
}

/// Posts a comment or a change of state, and looks in the history whether it was posted when no answer tells. Made by
/// [`Requests::post_update_once`](crate::Requests::post_update_once); does nothing before it is awaited.
///
/// The customer sees each post, so it is never posted again by itself (defect [`LEAP-39`](crate::defects)). The history is read
/// before, and after a lost answer once more, and again 3 s later.
///
/// # Errors
///
/// Those of [`get`](crate::Requests::get), [`change_state`](crate::Requests::change_state) and
/// [`comment`](crate::Requests::comment). With [`Refusal::NotPosted`] as source if the answer was lost and the post doesn't
/// stand in the history: it may be posted again then, unless the server may still be busy with it. An error of unknown outcome
/// without that source: the history could not be read either, or has only a part of the post.
#[derive(Debug)]
#[must_use = "it does nothing until it is awaited"]
pub struct PostUpdateOnce {
    post: Post,
    key: RequestKey,
}

/// How [`PostUpdateOnce`] knows that it was posted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Posted {
    /// The server said so.
    Answered,
    /// The answer was lost, and the post stands in the history.
    FoundAfterwards,
}

/// One post, with what it is sent by.
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

    /// What can't be sent shows before anything is read.
    pub(super) fn check(&self, key: &RequestKey) -> Result<(), Error> {
        let RequestUpdate { state, comment } = self.update.clone();
        match state {
            Some(state) => self.pipeline.call(ChangeState::new(key.clone(), state, comment, self.dialect)).parts(),
            None => self.pipeline.call(self.comment(key, comment)).parts(),
        }
        .map(drop)
    }

    fn comment(&self, key: &RequestKey, text: Option<Personal<String>>) -> PostComment {
        PostComment::new(key.clone(), text.unwrap_or_else(|| Personal(String::new())), self.dialect)
    }

    async fn send(&self, key: &RequestKey) -> Result<(), Error> {
        let RequestUpdate { state, comment } = self.update.clone();
        match state {
            Some(state) => self.pipeline.call(ChangeState::new(key.clone(), state, comment, self.dialect)).await,
            None => self.pipeline.call(self.comment(key, comment)).await,
        }
    }

    /// Posts to a request that was read just before.
    pub(super) async fn once(&self, before: &SupportRequest) -> Result<Posted, Error> {
        // Under the id: an external id can be given to another request meanwhile.
        let key = RequestKey::Id(before.identifier.clone());
        let error = match self.send(&key).await {
            Ok(()) => return Ok(Posted::Answered),
            Err(error) if error.outcome() < Outcome::Unknown => return Err(error),
            Err(error) => error,
        };
        let before = PendingAck::of(before);
        let mut found = None;
        for look in 0..2 {
            if look > 0 {
                sleep(SECOND_LOOK).await;
            }
            let history = self.read(&key).await.ok().and_then(|now| now.updates);
            found = history.and_then(|updates| self.update.stands_in(&before.unseen(&updates)));
            if found == Some(true) {
                return Ok(Posted::FoundAfterwards);
            }
        }
        // What the server said that it did will show, however late.
        let unsure = found.is_none() || error.outcome() == Outcome::Completed;
        Err(if unsure { error } else { error.with_source(Refusal::NotPosted) })
    }
}

impl PostUpdateOnce {
    pub(super) fn new(leap: &Leap, key: RequestKey, update: RequestUpdate) -> Self {
        Self { post: Post::new(leap, update), key }
    }
}

impl IntoFuture for PostUpdateOnce {
    type Output = Result<Posted, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            self.post.check(&self.key)?;
            let before = self.post.read(&self.key).await?;
            self.post.once(&before).await
        })
    }
}
