//! Support requests: what customers ask for.

pub(crate) mod acknowledge;
pub(crate) mod change_state;
pub(crate) mod comment;
pub(crate) mod get;
pub(crate) mod list;
pub(crate) mod model;
mod parts;
pub(crate) mod scope;
pub(crate) mod set_external_id;

pub use acknowledge::{Acknowledge, AcknowledgeKey};
pub use change_state::ChangeState;
pub use comment::PostComment;
pub use get::GetRequest;
pub use list::ListRequests;
pub use model::*;
pub use scope::{All, Scope, Topic, TopicInState};
pub use set_external_id::SetExternalId;

use crate::{
    client::Leap,
    ids::{ExternalId, RequestId, RequestKey},
    leap_call::LeapCall,
};
use care_client_core::{Call, Personal};
use std::fmt;

/// Support requests: find, update and acknowledge them. Made by [`Leap::requests`].
///
/// There is no operation that raises, edits, assigns or deletes one: customers and agents do that in LEAP's portals.
///
/// Source: Majitek, *Requests Web Services API*, <http://docs.majitek.com/plaza/dev/Requests+Web+Services+API>.
#[derive(Clone, Copy)]
pub struct Requests<'c> {
    pub(crate) leap: &'c Leap,
}

impl Requests<'_> {
    /// Reads one support request with its history: `GET /requests/{identifier}` or `GET /requests/extid/{external-identifier}`.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the name would address something else: it is empty, `.` or `..`, or a word
    /// that the service uses itself. 404 if there is no such request.
    pub fn get(self, request: impl Into<RequestKey>) -> Call<GetRequest> {
        self.leap.pipeline.call(GetRequest::new(request.into()))
    }

    /// Lists support requests without their history: `GET /requests/`, `GET /requests/by-topic/{topic}` or
    /// `GET /requests/by-topic/{topic}/in-state/{state}`.
    ///
    /// `.await` gives one page; [`items()`](Call::items) and [`pages()`](Call::pages) walk all of them. Whoever acknowledges what a
    /// walk over [`acked(false)`](ListRequests::acked) lists shrinks the list under it: collect first, or use
    /// [`changes`](Self::changes).
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the limit isn't 1 to 100, the window is empty, or a name would address
    /// something else. 400 for a date or state that the server doesn't take, 404 for an unknown topic.
    pub fn list<S: Scope>(self, list: ListRequests<S>) -> Call<ListRequests<S>> {
        self.leap.pipeline.call(list)
    }

    /// Gives a support request an id of your own system, instead of any that it has: `POST /requests/{identifier}/extid`.
    ///
    /// It is [`Safety::Idempotent`](crate::Safety::Idempotent). There is no way to take an external id away again.
    /// [`ensure_external_id`](Self::ensure_external_id) looks first, and never takes one from somebody else.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if a name is empty or holds control characters. 404 if there is no such
    /// request, 409 if another one has this external id.
    pub fn set_external_id(self, id: impl Into<RequestId>, external: impl Into<ExternalId>) -> Call<SetExternalId> {
        self.leap.pipeline.call(SetExternalId::new(id.into(), external.into()))
    }

    /// Says that the changes of these support requests, and of their updates, were dealt with: `POST /requests/acked`.
    ///
    /// LEAP clears the flags of whatever has changed by then, seen or not: nothing in the request says what you saw. It is
    /// [`Safety::Once`](crate::Safety::Once), since a blind repeat would acknowledge a change that came in between (defect
    /// [`LEAP-38`](crate::defects)). Read the requests again afterwards, or let [`changes`](Self::changes) do all of it.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if nothing is named, or a name can't be one. 404 if one of the requests
    /// doesn't exist; whether the others were acknowledged then is not documented.
    pub fn acknowledge<I>(self, ids: I) -> LeapCall<Acknowledge<RequestId>>
    where
        I: IntoIterator,
        I::Item: Into<RequestId>,
    {
        self.acknowledge_by(ids)
    }

    /// The same by external ids: `POST /requests/external/acked`.
    ///
    /// Prefer [`acknowledge`](Self::acknowledge): external ids can be changed by other systems.
    ///
    /// # Errors
    ///
    /// As [`acknowledge`](Self::acknowledge).
    pub fn acknowledge_external<I>(self, ids: I) -> LeapCall<Acknowledge<ExternalId>>
    where
        I: IntoIterator,
        I::Item: Into<ExternalId>,
    {
        self.acknowledge_by(ids)
    }

    fn acknowledge_by<K: AcknowledgeKey>(
        self,
        keys: impl IntoIterator<Item = impl Into<K>>,
    ) -> LeapCall<Acknowledge<K>> {
        let keys = keys.into_iter().map(Into::into).collect();
        LeapCall::new(self.leap.pipeline.call(Acknowledge::new(keys, self.leap.dialect)))
    }

    /// Moves a support request to another state: `POST …/updates`. **The customer gets a mail.**
    ///
    /// It is [`Safety::Once`](crate::Safety::Once): sent twice, it stands in the history twice.
    /// [`change_state_checked`](Self::change_state_checked) looks before it sends.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the state is none that the documents list, or if the comment holds
    /// characters that XML can't carry. 409 if the request can't go there from its present state, as from
    /// [`Successful`](State::Successful) and [`Cancelled`](State::Cancelled); 400 if the server doesn't know the state.
    ///
    /// After [`Outcome::Unknown`](crate::Outcome::Unknown) read the request: if the change is in its history, it was made.
    /// [`post_update_once`](Self::post_update_once) does that.
    pub fn change_state(self, request: impl Into<RequestKey>, state: State) -> LeapCall<ChangeState> {
        LeapCall::new(self.leap.pipeline.call(ChangeState::new(request.into(), state, None, self.leap.dialect)))
    }

    /// Says something to the customer: `POST …/updates`. **The customer can read it.**
    ///
    /// It is [`Safety::Once`](crate::Safety::Once): sent twice, the customer reads it twice.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the text is empty, or holds characters that XML can't carry. No error of
    /// the server is documented; 404 is the usual one for a request that doesn't exist.
    ///
    /// After [`Outcome::Unknown`](crate::Outcome::Unknown) read the request: if the text is in its history, it was said.
    /// [`post_update_once`](Self::post_update_once) does that.
    pub fn comment(self, request: impl Into<RequestKey>, text: impl Into<String>) -> Call<PostComment> {
        self.leap.pipeline.call(PostComment::new(request.into(), Personal(text.into()), self.leap.dialect))
    }
}

impl fmt::Debug for Requests<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Requests")
    }
}
