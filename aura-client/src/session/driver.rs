//! The task behind a session: it follows the callout, broadcasts updates, has the state saved, and stops the reporter when
//! the callout is closed.

use super::{broadcast::Broadcast, persister::Persister, state::SessionPhase};
use crate::{
    callouts::Callout,
    client::Aura,
    ids::CalloutId,
    report::LocationReporter,
    watch::{CalloutUpdate, Watch},
};
use care_client_core::Error;
use futures_core::Stream;
use std::{
    future::poll_fn,
    pin::Pin,
    sync::{Arc, OnceLock},
};
use tokio::task::AbortHandle;

/// What all clones of a session share. The task that follows the callout outlives them.
pub(super) struct Driver {
    pub(super) aura: Aura,
    pub(super) id: CalloutId,
    pub(super) persister: Arc<Persister>,
    pub(super) broadcast: Arc<Broadcast>,
    pub(super) reporter: LocationReporter,
    task: OnceLock<AbortHandle>,
}

impl Driver {
    /// Starts to follow the callout: after one interval if its state is known, else at once.
    pub(super) fn start(aura: Aura, id: CalloutId, persister: Arc<Persister>, known: Option<Callout>) -> Arc<Self> {
        let broadcast = Arc::new(Broadcast::default());
        let mut watch = aura.callouts().watch(id).include_events().include_route();
        if let Some(callout) = known {
            watch = watch.knowing(&callout);
            broadcast.send(Ok(CalloutUpdate::Changed(Box::new(callout))));
        }
        let reporter = aura.callouts().report_location(id);
        let work = follow(watch, Arc::clone(&persister), Arc::clone(&broadcast), reporter.clone());
        let task = OnceLock::from(tokio::spawn(work).abort_handle());
        Arc::new(Self { aura, id, persister, broadcast, reporter, task })
    }

    /// Stops polling and sending positions.
    pub(super) fn stop(&self) {
        if let Some(task) = self.task.get() {
            task.abort();
        }
        self.reporter.stop();
        self.broadcast.end();
    }
}

/// Follows the callout to its end. Updates are broadcast first and saved after: a store that hangs delays nothing, and
/// what a reader may not have seen is reported again after a restart.
async fn follow(mut watch: Watch, persister: Arc<Persister>, broadcast: Arc<Broadcast>, reporter: LocationReporter) {
    let saver = persister.saver();
    while let Some(item) = next(&mut watch).await {
        let (event, closed) = match &item {
            Ok(CalloutUpdate::Message(event)) => (event.id, false),
            Ok(CalloutUpdate::Changed(callout)) => (None, callout.status.is_closed()),
            _ => (None, false),
        };
        if closed {
            // Not at an error: AURA may refuse polls and still take positions.
            reporter.stop();
        }
        broadcast.send(item);
        if closed {
            persister.change(|state| state.set_phase(SessionPhase::Ended));
        } else if event.is_some() {
            persister.change(|state| state.reported(event));
        }
    }
    persister.save().await;
    drop(saver);
    broadcast.end();
    // A restart must not find a session that has ended; nobody waits for this.
    persister.save_until_saved().await;
}

async fn next(watch: &mut Watch) -> Option<Result<CalloutUpdate, Error>> {
    poll_fn(|cx| Pin::new(&mut *watch).poll_next(cx)).await
}
