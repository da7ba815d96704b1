//! Support requests: one file for each operation; [`model`] has what the answers contain.

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
};
use care_client_core::{Call, Personal};
use std::fmt;

/// Support requests: find, update and acknowledge them. Made by [`Leap::requests`].
///
/// No operation creates, edits, assigns or deletes one: customers and agents do that in LEAP's portals.
///
/// Source: Majitek, *Requests Web Services API*, <http://docs.majitek.com/plaza/dev/Requests+Web+Services+API>.
#[derive(Clone, Copy)]
pub struct Requests<'c> {
    pub(crate) leap: &'c Leap,
}

impl Leap {
    /// Support requests: find, update and acknowledge them, and follow their changes.
    #[must_use]
    pub fn requests(&self) -> Requests<'_> {
        Requests { leap: self }
    }
}

impl Requests<'_> {
    /// Reads one support request with its history: `GET /requests/{identifier}` or `GET
    /// /requests/extid/{external-identifier}`.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the identifier would address something else: it is empty, `.` or
    /// `..`, or a path segment of the service. 404 if the request doesn't exist.
    pub fn get(self, request: impl Into<RequestKey>) -> Call<GetRequest> {
        self.leap.pipeline.call(GetRequest::new(request.into()))
    }

    /// Lists support requests without their history: `GET /requests/`, `GET /requests/by-topic/{topic}` or
    /// `GET /requests/by-topic/{topic}/in-state/{state}`.
    ///
    /// `.await` returns one page; [`items()`](Call::items) and [`pages()`](Call::pages) read the whole list.
    /// Acknowledging requests while [`acked(false)`](ListRequests::acked) is read shrinks the list: collect it first,
    /// or use [`changes`](Self::changes).
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the limit isn't 1 to 100, the window is empty, or an identifier would
    /// address something else. 400 if the server rejects a date or the state, 404 for an unknown topic.
    pub fn list<S: Scope>(self, list: ListRequests<S>) -> Call<ListRequests<S>> {
        self.leap.pipeline.call(list)
    }

    /// Sets the external id of a support request, and replaces the one it has: `POST /requests/{identifier}/extid`.
    ///
    /// It is [`Safety::Idempotent`](crate::Safety::Idempotent). An external id can't be removed again.
    /// [`ensure_external_id`](Self::ensure_external_id) reads first, and never takes one from another request.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if an identifier is empty or contains control characters. 404 if the
    /// request doesn't exist, 409 if another request has this external id.
    pub fn set_external_id(self, id: impl Into<RequestId>, external: impl Into<ExternalId>) -> Call<SetExternalId> {
        self.leap.pipeline.call(SetExternalId::new(id.into(), external.into()))
    }

    /// Acknowledges the changes of these support requests and of their updates: `POST /requests/acked`. Takes
    /// identifiers, or an [`Acknowledge`] with options.
    ///
    /// LEAP clears the flags of everything that has changed until then, seen or not, because an acknowledgement doesn't
    /// say what you have seen. It is [`Safety::Once`](crate::Safety::Once), since a repeat would also acknowledge a
    /// change that came in between (defect [`LEAP-38`](crate::defects)). Read the requests again afterwards, or use
    /// [`changes`](Self::changes), which does all of this.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if there is no identifier, or one is invalid. 404 if one of the requests
    /// doesn't exist; it is not documented whether the others are acknowledged then.
    pub fn acknowledge(self, ids: impl Into<Acknowledge>) -> Call<Acknowledge> {
        self.leap.pipeline.call(ids.into().in_dialect(self.leap.dialect))
    }

    /// Acknowledges by external ids: `POST /requests/external/acked`. Takes external ids, or an
    /// [`Acknowledge::external`] with options.
    ///
    /// Prefer [`acknowledge`](Self::acknowledge), since other systems can change external ids.
    ///
    /// # Errors
    ///
    /// As [`acknowledge`](Self::acknowledge).
    pub fn acknowledge_external(self, ids: impl Into<Acknowledge<ExternalId>>) -> Call<Acknowledge<ExternalId>> {
        self.leap.pipeline.call(ids.into().in_dialect(self.leap.dialect))
    }

    /// Moves a support request to another state: `POST …/updates`. **The customer gets a mail.**
    ///
    /// It is [`Safety::Once`](crate::Safety::Once): sent twice, it is in the history twice.
    /// [`change_state_checked`](Self::change_state_checked) reads before it sends.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the state is not a documented one, or the comment contains characters
    /// that XML can't represent. 409 if the transition is not allowed from the current state, such as from
    /// [`Successful`](crate::State::Successful) and [`Cancelled`](crate::State::Cancelled); 400 if the server doesn't
    /// know the state.
    ///
    /// After [`Outcome::Unknown`](crate::Outcome::Unknown) read the request: if its history shows the change, it was
    /// made. [`post_update_once`](Self::post_update_once) does that.
    pub fn change_state(self, change: ChangeState) -> Call<ChangeState> {
        self.leap.pipeline.call(change.in_dialect(self.leap.dialect))
    }

    /// Posts a comment: `POST …/updates`. **The customer can read it.**
    ///
    /// It is [`Safety::Once`](crate::Safety::Once): sent twice, the customer reads it twice.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the text is empty, or contains characters that XML can't represent.
    /// The server's errors are not documented; expect 404 if the request doesn't exist.
    ///
    /// After [`Outcome::Unknown`](crate::Outcome::Unknown) read the request: if the text is in its history, it was
    /// posted. [`post_update_once`](Self::post_update_once) does that.
    pub fn comment(self, request: impl Into<RequestKey>, text: impl Into<String>) -> Call<PostComment> {
        self.leap.pipeline.call(PostComment::new(request.into(), Personal(text.into()), self.leap.dialect))
    }
}

impl fmt::Debug for Requests<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Requests")
    }
}
