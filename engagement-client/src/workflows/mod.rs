//! Workflows: tasks that take several operations. Each is a struct with `with_*` setters that does nothing until it is
//! awaited.

mod cancel_confirmed;
mod change_categories;
mod change_walk;
mod changed_list;
mod close_confirmed;
mod close_or_cancel;
mod readback;
mod result;
mod updated_since;

pub use self::{
    cancel_confirmed::CancelConfirmed,
    change_categories::{ChangeCategories, Recategorized},
    close_confirmed::CloseConfirmed,
    close_or_cancel::{CloseOrCancel, CloseOutcome},
    result::{Cancelled, ChangedInterventions, Closed, Proof, WorkflowFailure},
    updated_since::UpdatedSince,
};

use crate::{
    ids::{CategoryId, InterventionId},
    interventions::Interventions,
};
use chrono::{DateTime, Utc};

impl Interventions<'_> {
    /// Closes an intervention and confirms the result. See [`CloseConfirmed`].
    pub fn close_confirmed(self, id: impl Into<InterventionId>) -> CloseConfirmed {
        CloseConfirmed::new(self.pipeline.clone(), id.into())
    }

    /// Cancels an intervention, which destroys it, and confirms the result. See [`CancelConfirmed`].
    pub fn cancel_confirmed(self, id: impl Into<InterventionId>) -> CancelConfirmed {
        CancelConfirmed::new(self.pipeline.clone(), id.into())
    }

    /// Ends an intervention: closes it if an agent has replied, cancels and so **destroys it** if none has. See
    /// [`CloseOrCancel`].
    pub fn close_or_cancel(self, id: impl Into<InterventionId>) -> CloseOrCancel {
        CloseOrCancel::new(self.pipeline.clone(), id.into())
    }

    /// Adds these categories to an intervention and keeps the others. See [`ChangeCategories`].
    pub fn add_categories<I>(self, id: impl Into<InterventionId>, categories: I) -> ChangeCategories
    where
        I: IntoIterator,
        I::Item: Into<CategoryId>,
    {
        ChangeCategories::new(self.pipeline.clone(), id.into()).with_added(categories)
    }

    /// Removes these categories from an intervention and keeps the others. See [`ChangeCategories`].
    pub fn remove_categories<I>(self, id: impl Into<InterventionId>, categories: I) -> ChangeCategories
    where
        I: IntoIterator,
        I::Item: Into<CategoryId>,
    {
        ChangeCategories::new(self.pipeline.clone(), id.into()).with_removed(categories)
    }

    /// Reads all interventions that have changed since a time (inclusive); `None` reads all. See [`UpdatedSince`].
    pub fn updated_since(self, since: impl Into<Option<DateTime<Utc>>>) -> UpdatedSince {
        UpdatedSince::new(self.pipeline.clone(), since.into())
    }
}
