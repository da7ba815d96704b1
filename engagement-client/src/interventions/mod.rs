//! Interventions: what agents do for a customer in one conversation.

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

pub use cancel::CancelIntervention;
pub use categorize::CategorizeIntervention;
pub use close::CloseIntervention;
pub use create::NewIntervention;
pub use filter::{Sort, StatusFilter};
pub use get::GetIntervention;
pub use list::ListInterventions;
pub use model::{CustomFields, Intervention};
pub use patch::{FieldValue, InterventionPatch};
pub use reassign::ReassignIntervention;
pub use update::UpdateIntervention;

use crate::{CategoryId, ContentId, Engagement, InterventionId, UserId};
use care_client_core::Call;
use std::fmt;

/// Interventions: list, read, create, categorize, reassign, close and cancel them. Made by [`Engagement::interventions`].
///
/// Nothing defers one, searches by date or changes a status in any version of the API (defect [`ENG-24`](crate::defects)). For
/// what must be known to be done there are [`close_confirmed`](Self::close_confirmed),
/// [`cancel_confirmed`](Self::cancel_confirmed) and [`close_or_cancel`](Self::close_or_cancel).
///
/// # What refusals mean
///
/// | status | asked by | means |
/// |---|---|---|
/// | 403 | [`is_forbidden`](crate::Error::is_forbidden) | the intervention's state doesn't allow it, or the token's user may not, or can't read its source: the answer doesn't say which. Also a token that is wrong |
/// | 404 | [`is_not_found`](crate::Error::is_not_found) | there is no such intervention, or the token's user can't read its source: the two look alike |
/// | 409 | [`is_conflict`](crate::Error::is_conflict) | somebody is closing or cancelling it at this moment: wait a little, then read it |
/// | 422 | [`is_unprocessable`](crate::Error::is_unprocessable) | it can't be created or reopened, as when it is open already |
/// | 400 | | a parameter is wrong, or the token's user may not impersonate |
///
/// A refusal proves no state: a 409 says that somebody is at it and not how it ends, and a 403 to a close can as well mean
/// that it is closed (defects [`ENG-17`](crate::defects), [`ENG-28`](crate::defects)). The body has more: [`ApiFault`](crate::ApiFault).
///
/// Source: *InterventionsApi* of the client generated from the vendor's specification,
/// <https://github.com/grokify/go-ringcentral-client/blob/master/engagedigital/v1/client/docs/InterventionsApi.md>.
#[derive(Clone, Copy)]
pub struct Interventions<'c> {
    pub(crate) engagement: &'c Engagement,
}

impl Interventions<'_> {
    /// Lists the interventions of all sources that the token's user can read, newest first: `GET /interventions`.
    ///
    /// `.await` gives one page, with the service's count of all in [`Page::total`](crate::Page::total);
    /// [`items()`](Call::items) and [`pages()`](Call::pages) walk all of them, and lose none while new ones come in: if a page or more
    /// comes in between two requests, the walk may end in [`Kind::Paging`](crate::Kind::Paging), with nothing lost before it.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the limit isn't 1 to 150, or an id is empty. The service documents none.
    pub fn list(self, list: ListInterventions) -> Call<ListInterventions> {
        self.engagement.pipeline.call(list)
    }

    /// Reads one intervention: `GET /interventions/{interventionId}`.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the id would address something else. 404 if there is no such intervention,
    /// or the token's user can't read its source.
    pub fn get(self, id: impl Into<InterventionId>) -> Call<GetIntervention> {
        self.engagement.pipeline.call(GetIntervention::new(id.into()))
    }

    /// Opens an intervention on a content, or reopens the one of its conversation: `POST /interventions`. It becomes that of
    /// the token's user, or of the [user that is impersonated](Engagement::as_user).
    ///
    /// It is [`Safety::Once`](crate::Safety::Once), and nothing proves afterwards whose call opened it. After
    /// [`Outcome::Unknown`](crate::Outcome::Unknown), list the thread and compare [`Intervention::content_id`]: an open
    /// intervention on this content is the one; else any open one of the conversation, for one that was reopened may keep the
    /// content that it was first opened on (defect [`ENG-30`](crate::defects)). It may be somebody else's. If there is none, the
    /// request may still be under way: look again before you send another. In a thread of several customers, add
    /// [`identities`](ListInterventions::identities).
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
    ///         let all: Vec<_> = engagement.interventions().list(thread).items().try_collect().await?;
    ///         let mut open: Vec<_> = all.into_iter().filter(|one| !one.is_closed()).collect();
    ///         let place = open.iter().position(|one| one.content_id.as_ref() == Some(&content)).unwrap_or(0);
    ///         (place < open.len()).then(|| open.swap_remove(place))
    ///     }
    ///     Err(error) => return Err(error.into()),
    /// };
    /// assert!(intervention.is_some(), "it was opened, by this call or by somebody else");
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the id is empty. 422 if it can't be created or reopened, as when one is open
    /// already.
    pub fn create(self, content: impl Into<ContentId>) -> Call<NewIntervention> {
        self.engagement.pipeline.call(NewIntervention::new(content.into()))
    }

    /// Puts these categories in place of all that the intervention has: `PUT /interventions/{interventionId}/update_categories`.
    ///
    /// To keep the others, use [`add_categories`](Self::add_categories) or [`remove_categories`](Self::remove_categories). It
    /// is [`Safety::Idempotent`](crate::Safety::Idempotent), and needs no right but to read the source.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if no category is named (to take all away, use
    /// [`clear_categories`](Self::clear_categories)), or one is empty or several in one text. 404 as in [`get`](Self::get).
    pub fn categorize<I>(self, id: impl Into<InterventionId>, categories: I) -> Call<CategorizeIntervention>
    where
        I: IntoIterator,
        I::Item: Into<CategoryId>,
    {
        let categories = categories.into_iter().map(Into::into).collect();
        self.engagement.pipeline.call(CategorizeIntervention::new(id.into(), categories))
    }

    /// Takes all categories away. How isn't documented: one empty category is sent, as servers of this kind take it (defect
    /// [`ENG-11`](crate::defects)). Look at the answer's [`category_ids`](Intervention::category_ids).
    ///
    /// # Errors
    ///
    /// As [`categorize`](Self::categorize).
    pub fn clear_categories(self, id: impl Into<InterventionId>) -> Call<CategorizeIntervention> {
        self.engagement.pipeline.call(CategorizeIntervention::clear(id.into()))
    }

    /// Gives the intervention to another user: `PUT /interventions/{interventionId}/reassign`.
    ///
    /// It is [`Safety::Idempotent`](crate::Safety::Idempotent).
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if an id is empty. No error of the service is documented; it wants the role
    /// flag `update_intervention`, or `update_own_intervention` for one's own, and 403 and 404 are the usual refusals.
    pub fn reassign(self, id: impl Into<InterventionId>, user: impl Into<UserId>) -> Call<ReassignIntervention> {
        self.engagement.pipeline.call(ReassignIntervention::new(id.into(), user.into()))
    }

    /// Closes an intervention that has agent replies: `PUT /interventions/{interventionId}/close`.
    ///
    /// It is [`Safety::Once`](crate::Safety::Once): the customer may have written meanwhile, and a blind repeat would close
    /// what was reopened for that. After [`Outcome::Unknown`](crate::Outcome::Unknown) read it; it is closed if
    /// [`closed`](Intervention::closed) says so. [`close_confirmed`](Self::close_confirmed) does that.
    ///
    /// # Errors
    ///
    /// 403 unless it is open, has agent replies, is the token's user's own or that user may edit interventions, and can read
    /// the source. 409 while somebody is closing it. 404 as in [`get`](Self::get).
    pub fn close(self, id: impl Into<InterventionId>) -> Call<CloseIntervention> {
        self.engagement.pipeline.call(CloseIntervention::new(id.into()))
    }

    /// Cancels an intervention without agent replies, **which destroys it**: `DELETE /interventions/{interventionId}/cancel`. It
    /// gives what was destroyed, or `None` if the answer has no body.
    ///
    /// It is [`Safety::Once`](crate::Safety::Once). After [`Outcome::Unknown`](crate::Outcome::Unknown) read it; if it was there
    /// before and is no more, it was cancelled. [`cancel_confirmed`](Self::cancel_confirmed) does that.
    ///
    /// # Errors
    ///
    /// 403 unless it is open, has no agent replies, and the token's user can read the source. 409 while somebody is cancelling
    /// it. 404 as in [`get`](Self::get).
    pub fn cancel(self, id: impl Into<InterventionId>) -> Call<CancelIntervention> {
        self.engagement.pipeline.call(CancelIntervention::new(id.into()))
    }

    /// Changes custom fields and leaves the others as they are: `PUT /interventions/{interventionId}`.
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
    /// let patch = InterventionPatch::new().custom_field("order_number", "A-1042").custom_field("topics", ["delivery", "refund"]);
    /// let intervention = engagement.interventions().update(id, patch).await?;
    /// assert_eq!(intervention.custom_fields.text("order_number"), Some("A-1042"));
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if nothing is changed, or the key of a field is empty or holds a bracket. No
    /// error of the service is documented (defect [`ENG-21`](crate::defects)).
    pub fn update(self, id: impl Into<InterventionId>, patch: InterventionPatch) -> Call<UpdateIntervention> {
        self.engagement.pipeline.call(UpdateIntervention::new(id.into(), patch))
    }
}

impl fmt::Debug for Interventions<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Interventions")
    }
}
