use super::{board::Board, keeper::Keeper, state::SessionPhase};
use crate::{Aura, Callout, CalloutUpdate, LocationReporter, Watch, ids::CalloutId};
use care_client_core::Error;
use futures_core::Stream;
use std::{
    future::poll_fn,
    pin::Pin,
    sync::{Arc, OnceLock},
};
use tokio::task::AbortHandle;

/// What all clones of a session share. The task that follows the callout lives by itself.
pub(super) struct Driver {
    pub(super) aura: Aura,
    pub(super) id: CalloutId,
    pub(super) keeper: Arc<Keeper>,
    pub(super) board: Arc<Board>,
    pub(super) reporter: LocationReporter,
    task: OnceLock<AbortHandle>,
}

impl Driver {
    /// Begins to follow the callout: after one interval if its state is known, else at once.
    pub(super) fn start(aura: Aura, id: CalloutId, keeper: Arc<Keeper>, known: Option<Callout>) -> Arc<Self> {
        let board = Arc::new(Board::default());
        let mut watch = aura.callouts().watch(id).include_events().include_route();
        if let Some(callout) = known {
            watch = watch.knowing(&callout);
            board.post(Ok(CalloutUpdate::Changed(Box::new(callout))));
        }
        let reporter = aura.callouts().report_location(id);
        let work = follow(watch, Arc::clone(&keeper), Arc::clone(&board), reporter.clone());
        let task = OnceLock::from(tokio::spawn(work).abort_handle());
        Arc::new(Self { aura, id, keeper, board, reporter, task })
    }

    /// Stops polling and sending positions.
    pub(super) fn stop(&self) {
        if let Some(task) = self.task.get() {
            task.abort();
        }
        self.reporter.stop();
        self.board.end();
    }
}

/// Follows the callout to its end. News is told first and noted after: a store that hangs delays nothing, and what a reader
/// may not have seen is told again after a restart.
async fn follow(mut watch: Watch, keeper: Arc<Keeper>, board: Arc<Board>, reporter: LocationReporter) {
    let saver = keeper.saver();
    while let Some(item) = next(&mut watch).await {
        let (said, closed) = match &item {
            Ok(CalloutUpdate::Said(event)) => (event.id, false),
            Ok(CalloutUpdate::Changed(callout)) => (None, callout.status.is_closed()),
            _ => (None, false),
        };
        if closed {
            // Not at an error: where polls are refused, positions may still be taken.
            reporter.stop();
        }
        board.post(item);
        if closed {
            keeper.change(|state| state.set_phase(SessionPhase::Ended));
        } else if said.is_some() {
            keeper.change(|state| state.told(said));
        }
    }
    keeper.save().await;
    drop(saver);
    board.end();
    // Nobody waits for it now, and a restart must not find what has ended.
    keeper.save_at_last().await;
}

async fn next(watch: &mut Watch) -> Option<Result<CalloutUpdate, Error>> {
    poll_fn(|cx| Pin::new(&mut *watch).poll_next(cx)).await
}
