//! What takes several operations.

mod change_state_checked;
mod ensure_external_id;
mod post_update_once;
mod refusal;
mod sync_window;
mod wait_for_state;

pub use change_state_checked::{ChangeStateChecked, StateChange};
pub use ensure_external_id::{EnsureExternalId, Mapping};
pub use post_update_once::{PostUpdateOnce, Posted, RequestUpdate};
pub use refusal::Refusal;
pub use sync_window::{SyncWindow, Synced};
pub use wait_for_state::WaitForState;

use crate::{
    feed::{Changes, store::ChangeStore},
    ids::{ExternalId, RequestId, RequestKey},
    requests::{
        Requests,
        model::{State, SupportRequest},
    },
};
use care_client_core::{BoxFuture, Error};
use chrono::{DateTime, Utc};

impl Requests<'_> {
    /// Reads the support request with this external id with its history; `None` if there is none.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get), but for 404. [`Kind::Decode`](crate::Kind::Decode) if the answer has another external id.
    pub fn find_by_external_id(
        self,
        external: impl Into<ExternalId>,
    ) -> BoxFuture<'static, Result<Option<SupportRequest>, Error>> {
        let (pipeline, external) = (self.leap.pipeline.clone(), external.into());
        Box::pin(async move { ensure_external_id::owner(&pipeline, &external).await })
    }

    /// Delivers every change at least once. See [`Changes`].
    pub fn changes(self, store: impl ChangeStore + 'static) -> Changes {
        Changes::new(self.leap, store)
    }

    /// Reads what was last updated in a window of time, without touching any flag. See [`SyncWindow`].
    ///
    /// `from` is included and may be `None` for everything so far, `to` is excluded and may be `None` for a minute ago. What is
    /// updated after the call must not fall into the window, so a `to` of your own must have passed by the server's clock, too.
    pub fn sync_window(
        self,
        from: impl Into<Option<DateTime<Utc>>>,
        to: impl Into<Option<DateTime<Utc>>>,
    ) -> SyncWindow {
        SyncWindow::new(self.leap.pipeline.clone(), from.into(), to.into())
    }

    /// Makes sure that a support request has this external id, and takes it from nobody. See [`EnsureExternalId`].
    pub fn ensure_external_id(self, id: impl Into<RequestId>, external: impl Into<ExternalId>) -> EnsureExternalId {
        EnsureExternalId::new(self.leap.pipeline.clone(), id.into(), external.into())
    }

    /// Moves a support request to another state unless it is there already, or where nothing leaves. See
    /// [`ChangeStateChecked`].
    pub fn change_state_checked(self, request: impl Into<RequestKey>, state: State) -> ChangeStateChecked {
        ChangeStateChecked::new(self.leap, request.into(), state)
    }

    /// Posts a comment or a state, and looks whether it was posted when no answer tells. See [`PostUpdateOnce`].
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
