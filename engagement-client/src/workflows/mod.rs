//! What takes several operations.

mod by_change;
mod cancel_confirmed;
mod change_categories;
mod close_confirmed;
mod close_or_cancel;
mod look;
mod proof;
mod refusal;
mod sync;
mod updated_since;

pub use cancel_confirmed::CancelConfirmed;
pub use change_categories::{ChangeCategories, Recategorized};
pub use close_confirmed::CloseConfirmed;
pub use close_or_cancel::{CloseOrCancel, Ended};
pub use proof::{Cancelled, Closed, Proof};
pub use refusal::Refusal;
pub use updated_since::{Synced, UpdatedSince};

use crate::{CategoryId, InterventionId, Interventions};
use chrono::{DateTime, Utc};

impl Interventions<'_> {
    /// Closes an intervention, and is sure of it. See [`CloseConfirmed`].
    pub fn close_confirmed(self, id: impl Into<InterventionId>) -> CloseConfirmed {
        CloseConfirmed::new(self.engagement.pipeline.clone(), id.into())
    }

    /// Cancels an intervention, which destroys it, and is sure of it. See [`CancelConfirmed`].
    pub fn cancel_confirmed(self, id: impl Into<InterventionId>) -> CancelConfirmed {
        CancelConfirmed::new(self.engagement.pipeline.clone(), id.into())
    }

    /// Ends an intervention in the way that its replies allow: closes it if an agent has replied, and **destroys it** if none
    /// has. See [`CloseOrCancel`].
    pub fn close_or_cancel(self, id: impl Into<InterventionId>) -> CloseOrCancel {
        CloseOrCancel::new(self.engagement.pipeline.clone(), id.into())
    }

    /// Gives an intervention these categories beside those that it has. See [`ChangeCategories`].
    pub fn add_categories<I>(self, id: impl Into<InterventionId>, categories: I) -> ChangeCategories
    where
        I: IntoIterator,
        I::Item: Into<CategoryId>,
    {
        ChangeCategories::new(self.engagement.pipeline.clone(), id.into()).and_add(categories)
    }

    /// Takes these categories away from an intervention, and leaves it the others. See [`ChangeCategories`].
    pub fn remove_categories<I>(self, id: impl Into<InterventionId>, categories: I) -> ChangeCategories
    where
        I: IntoIterator,
        I::Item: Into<CategoryId>,
    {
        ChangeCategories::new(self.engagement.pipeline.clone(), id.into()).and_remove(categories)
    }

    /// Reads all interventions that have changed since a time, that included; `None` for all there are. See [`UpdatedSince`].
    pub fn updated_since(self, since: impl Into<Option<DateTime<Utc>>>) -> UpdatedSince {
        UpdatedSince::new(self.engagement.pipeline.clone(), since.into())
    }
}

/// Makes a workflow a future on request: it does nothing before it is awaited.
macro_rules! runs {
    ($name:ident => $output:ty) => {
        impl std::future::IntoFuture for $name {
            type Output = Result<$output, care_client_core::Error>;
            type IntoFuture = care_client_core::BoxFuture<'static, Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                Box::pin(self.run())
            }
        }
    };
}
use runs;
