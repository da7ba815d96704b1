//! Interventions: what agents do for a customer in one conversation. The handle [`Interventions`] has one method per
//! operation; each operation is one file, with its endpoint value, what it sends and how it reads the answer.

mod cancel;
mod categorize;
mod close;
mod create;
mod filter;
mod get;
mod list;
mod model;
mod patch;
mod reassign;
mod shared;
mod update;

pub use self::{
    cancel::CancelIntervention,
    categorize::CategorizeIntervention,
    close::CloseIntervention,
    create::NewIntervention,
    filter::{Sort, StatusFilter},
    get::GetIntervention,
    list::ListInterventions,
    model::{CustomFields, Intervention},
    patch::InterventionPatch,
    reassign::ReassignIntervention,
    update::UpdateIntervention,
};

use crate::ids::{CategoryId, ContentId, InterventionId, UserId};
use care_client_core::{Call, Pipeline};
use std::fmt;

/// The operations on interventions: list, get, create, categorize, reassign, update, close and cancel. Returned by
/// [`Engagement::interventions`](crate::Engagement::interventions).
///
/// No version of the API can defer an intervention, search by date or set a status (defect [`ENG-24`](crate::defects)).
/// To close or cancel and be certain of the result, use [`close_confirmed`](Self::close_confirmed),
/// [`cancel_confirmed`](Self::cancel_confirmed) or [`close_or_cancel`](Self::close_or_cancel).
///
/// # Troubleshooting
///
/// - 403, [`is_forbidden`](crate::Error::is_forbidden): the intervention's state doesn't allow it, or the token's user
///   lacks permission or can't read its source, or the token is wrong. The answer doesn't say which.
/// - 404, [`is_not_found`](crate::Error::is_not_found): there is no such intervention, or the token's user can't read
///   its source. The answer doesn't say which.
/// - 409, [`is_conflict`](crate::Error::is_conflict): another request is closing or cancelling it. Wait a few seconds,
///   then read it.
/// - 422, [`is_unprocessable`](crate::Error::is_unprocessable): it can't be created or reopened, for example because it
///   is already open.
/// - 400: a parameter is invalid, or the token's user may not impersonate.
///
/// A refusal doesn't prove the intervention's state: a 409 doesn't say how the other request ends, and a 403 to a close
/// can also mean that it is already closed (defects [`ENG-17`](crate::defects), [`ENG-28`](crate::defects)). The body
/// can say more: see [`ApiFault`](crate::ApiFault).
///
/// Source: *InterventionsApi* of the client generated from the vendor's specification,
/// <https://github.com/grokify/go-ringcentral-client/blob/master/engagedigital/v1/client/docs/InterventionsApi.md>.
#[derive(Clone, Copy)]
pub struct Interventions<'c> {
    pub(crate) pipeline: &'c Pipeline,
}

impl Interventions<'_> {
    /// Lists the interventions of all sources that the token's user can read, newest first: `GET /interventions`.
    ///
    /// `.await` returns one page, with the total count in [`Page::total`](crate::Page::total). [`items()`](Call::items)
    /// and [`pages()`](Call::pages) read all pages and skip no row while new ones arrive. If a whole page or more
    /// arrives between two requests, they may end in [`Kind::Paging`](crate::Kind::Paging); no row before the error is
    /// missing.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the limit isn't 1 to 150 or an id is invalid. The service documents
    /// no errors.
    pub fn list(self, list: ListInterventions) -> Call<ListInterventions> {
        self.pipeline.call(list)
    }

    /// Gets one intervention: `GET /interventions/{interventionId}`.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the id is invalid. 404 if there is no such intervention or the
    /// token's user can't read its source.
    pub fn get(self, id: impl Into<InterventionId>) -> Call<GetIntervention> {
        self.pipeline.call(GetIntervention::new(id.into()))
    }

    /// Opens an intervention on a content, or reopens the one of its conversation: `POST /interventions`. It is
    /// assigned to the token's user, or to the [impersonated user](crate::Engagement::as_user).
    ///
    /// It is [`Safety::Once`](crate::Safety::Once), and nothing proves afterwards which call opened it. After
    /// [`Outcome::Unknown`](crate::Outcome::Unknown), list the thread and compare [`Intervention::content_id`]: look
    /// for an open intervention on this content, then for any open one of the conversation, because a reopened
    /// intervention may keep the content on which it was first opened (defect [`ENG-30`](crate::defects)). It may have
    /// been opened by somebody else. If there is none, the request may still be in flight: list again before you send
    /// another. In a thread of several customers, filter by [`identities`](ListInterventions::identities) as well.
    ///
    /// ```
    /// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use care_emulators::engagement::{Emulator, NewContent};
    /// # let emulator = Emulator::start().await?;
    /// # let engagement = engagement_client::Engagement::builder().base_url(emulator.base_url())
    /// #     .access_token(emulator.access_token()).build()?;
    /// # let thread = "64b0c39ef2d94e0007a1b2a0";
    /// # let content = emulator.controller().add_content(NewContent::new().thread(thread))?;
    /// # emulator.faults().on("POST", "/interventions").drop_after_commit();
    /// use engagement_client::{ContentId, ListInterventions, Outcome};
    /// use futures_util::TryStreamExt;
    ///
    /// let content = ContentId::from(content);
    /// let intervention = match engagement.interventions().create(&content).await {
    ///     Ok(intervention) => Some(intervention),
    ///     Err(error) if error.outcome() == Outcome::Unknown => {
    ///         let thread = ListInterventions::new().thread(thread);
    ///         let items = engagement.interventions().list(thread).items();
    ///         let all: Vec<_> = items.try_collect().await?;
    ///         let mut open: Vec<_> = all.into_iter().filter(|one| !one.is_closed()).collect();
    ///         let on_content = open.iter().position(|one| one.content_id.as_ref() == Some(&content));
    ///         let index = on_content.unwrap_or(0);
    ///         (index < open.len()).then(|| open.swap_remove(index))
    ///     }
    ///     Err(error) => return Err(error.into()),
    /// };
    /// assert!(intervention.is_some(), "opened by this call or by somebody else");
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the id is invalid. 422 if it can't be created or reopened, for
    /// example because one is already open.
    pub fn create(self, content: impl Into<ContentId>) -> Call<NewIntervention> {
        self.pipeline.call(NewIntervention::new(content.into()))
    }

    /// Replaces all categories of an intervention: `PUT /interventions/{interventionId}/update_categories`.
    ///
    /// To keep the others, use [`add_categories`](Self::add_categories) or
    /// [`remove_categories`](Self::remove_categories). It is [`Safety::Idempotent`](crate::Safety::Idempotent) and
    /// requires only read permission on the source.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if no category is given (to remove all, use
    /// [`clear_categories`](Self::clear_categories)) or an id is invalid. 404 as in [`get`](Self::get).
    pub fn categorize<I>(self, id: impl Into<InterventionId>, categories: I) -> Call<CategorizeIntervention>
    where
        I: IntoIterator,
        I::Item: Into<CategoryId>,
    {
        let categories = categories.into_iter().map(Into::into).collect();
        self.pipeline.call(CategorizeIntervention::new(id.into(), categories))
    }

    /// Removes all categories. How isn't documented: one empty category is sent, which servers of this kind usually
    /// accept (defect [`ENG-11`](crate::defects)). Check the answer's [`category_ids`](Intervention::category_ids).
    ///
    /// # Errors
    ///
    /// As [`categorize`](Self::categorize).
    pub fn clear_categories(self, id: impl Into<InterventionId>) -> Call<CategorizeIntervention> {
        self.pipeline.call(CategorizeIntervention::clear(id.into()))
    }

    /// Assigns an intervention to another user: `PUT /interventions/{interventionId}/reassign`.
    ///
    /// It is [`Safety::Idempotent`](crate::Safety::Idempotent).
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if an id is invalid. The service documents no errors; it requires the
    /// role flag `update_intervention`, or `update_own_intervention` for the user's own interventions, and usually
    /// refuses with 403 or 404.
    pub fn reassign(self, id: impl Into<InterventionId>, user: impl Into<UserId>) -> Call<ReassignIntervention> {
        self.pipeline.call(ReassignIntervention::new(id.into(), user.into()))
    }

    /// Closes an intervention that has agent replies: `PUT /interventions/{interventionId}/close`.
    ///
    /// It is [`Safety::Once`](crate::Safety::Once): the customer may have written meanwhile, and a blind retry would
    /// close an intervention that was reopened for that message. After [`Outcome::Unknown`](crate::Outcome::Unknown)
    /// read it: it is closed if [`closed`](Intervention::closed) says so. [`close_confirmed`](Self::close_confirmed)
    /// does that.
    ///
    /// # Errors
    ///
    /// 403 unless it is open, has agent replies, belongs to the token's user (or that user may edit interventions), and
    /// its source can be read. 409 while another request is closing it. 404 as in [`get`](Self::get).
    pub fn close(self, id: impl Into<InterventionId>) -> Call<CloseIntervention> {
        self.pipeline.call(CloseIntervention::new(id.into()))
    }

    /// Cancels an intervention without agent replies, **which destroys it**: `DELETE
    /// /interventions/{interventionId}/cancel`. Returns the destroyed intervention, or `None` if the answer has no
    /// body.
    ///
    /// It is [`Safety::Once`](crate::Safety::Once). After [`Outcome::Unknown`](crate::Outcome::Unknown) read it: if it
    /// existed before and is gone now, it was cancelled. [`cancel_confirmed`](Self::cancel_confirmed) does that.
    ///
    /// # Errors
    ///
    /// 403 unless it is open, has no agent replies, and the token's user can read the source. 409 while another request
    /// is cancelling it. 404 as in [`get`](Self::get).
    pub fn cancel(self, id: impl Into<InterventionId>) -> Call<CancelIntervention> {
        self.pipeline.call(CancelIntervention::new(id.into()))
    }

    /// Changes custom fields and leaves the others unchanged: `PUT /interventions/{interventionId}`.
    ///
    /// It is [`Safety::Idempotent`](crate::Safety::Idempotent).
    ///
    /// ```
    /// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = care_emulators::engagement::Emulator::start().await?;
    /// # let engagement = engagement_client::Engagement::builder().base_url(emulator.base_url())
    /// #     .access_token(emulator.access_token()).build()?;
    /// # let id = emulator.controller().open_new();
    /// use engagement_client::InterventionPatch;
    ///
    /// let patch = InterventionPatch::new()
    ///     .custom_field("order_number", "A-1042")
    ///     .custom_field("topics", ["delivery", "refund"]);
    /// let intervention = engagement.interventions().update(id, patch).await?;
    /// assert_eq!(intervention.custom_fields.text("order_number"), Some("A-1042"));
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the patch is empty, or the key of a field is empty or contains a
    /// bracket. The service documents no errors (defect [`ENG-21`](crate::defects)).
    pub fn update(self, id: impl Into<InterventionId>, patch: InterventionPatch) -> Call<UpdateIntervention> {
        self.pipeline.call(UpdateIntervention::new(id.into(), patch))
    }
}

impl fmt::Debug for Interventions<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Interventions")
    }
}
