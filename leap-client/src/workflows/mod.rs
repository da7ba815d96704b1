//! Workflows: tasks that take several operations. Each is a struct with `with_*` setters that does nothing until it is
//! awaited.

mod change_state_checked;
mod ensure_external_id;
mod failure;
mod post_update_once;
mod sync_window;
mod wait_for_state;

pub use change_state_checked::{ChangeStateChecked, StateChange};
pub use ensure_external_id::{EnsureExternalId, FindByExternalId, Mapping};
pub use failure::WorkflowFailure;
pub use post_update_once::{PostUpdateOnce, Posted, RequestUpdate};
pub use sync_window::{SyncParts, SyncWindow, Synced};
pub use wait_for_state::WaitForState;

use crate::{
    feed::{Changes, store::ChangeStore},
    ids::{ExternalId, RequestId, RequestKey},
    requests::{Requests, model::State},
};
use chrono::{DateTime, Utc};

impl Requests<'_> {
    /// Reads the support request with this external id, with its history; `None` if there is none. See
    /// [`FindByExternalId`].
    pub fn find_by_external_id(self, external: impl Into<ExternalId>) -> FindByExternalId {
        FindByExternalId::new(self.leap.pipeline.clone(), external.into())
    }

    /// Delivers every change at least once. See [`Changes`].
    pub fn changes(self, store: impl ChangeStore + 'static) -> Changes {
        Changes::new(self.leap, store)
    }

    /// Reads what was last updated in a window of time, without touching any flag. See [`SyncWindow`].
    ///
    /// `from` is included and may be `None` for everything so far, `to` is excluded and may be `None` for a minute ago.
    /// What is updated after the call must not fall into the window, so a `to` of your own must have passed by the
    /// server's clock, too.
    pub fn sync_window(
        self,
        from: impl Into<Option<DateTime<Utc>>>,
        to: impl Into<Option<DateTime<Utc>>>,
    ) -> SyncWindow {
        SyncWindow::new(self.leap.pipeline.clone(), from.into(), to.into())
    }

    /// Gives a support request this external id unless it has it already. It never takes it from another request. See
    /// [`EnsureExternalId`].
    pub fn ensure_external_id(self, id: impl Into<RequestId>, external: impl Into<ExternalId>) -> EnsureExternalId {
        EnsureExternalId::new(self.leap.pipeline.clone(), id.into(), external.into())
    }

    /// Moves a support request to another state unless it is there already or in a terminal state. See
    /// [`ChangeStateChecked`].
    pub fn change_state_checked(self, request: impl Into<RequestKey>, state: State) -> ChangeStateChecked {
        ChangeStateChecked::new(self.leap, request.into(), state)
    }

    /// Posts a comment or a change of state, and reads back whether it was posted if the outcome is unknown. See
    /// [`PostUpdateOnce`].
    pub fn post_update_once(self, request: impl Into<RequestKey>, update: RequestUpdate) -> PostUpdateOnce {
        PostUpdateOnce::new(self.leap, request.into(), update)
    }

    /// Reads a support request until it is in one of these states. See [`WaitForState`].
    pub fn wait_for_state(
        self,
        request: impl Into<RequestKey>,
        states: impl IntoIterator<Item = State>,
    ) -> WaitForState {
        WaitForState::new(self.leap.pipeline.clone(), request.into(), states.into_iter().collect())
    }
}
