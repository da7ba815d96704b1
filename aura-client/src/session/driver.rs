//! The task of a session: it follows the callout, sends updates to the readers, and keeps the state saved. There is one
//! task per session, and one [`Driver`] that it shares with the session's handles, since there may be thousands of
//! sessions.

use super::{
    broadcast::Broadcast,
    persister::{Persister, Saving},
    state::SessionPhase,
};
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

/// What all clones of a session and its task share. The task outlives the clones.
pub(super) struct Driver {
    pub(super) aura: Aura,
    pub(super) id: CalloutId,
    pub(super) persister: Persister,
    pub(super) broadcast: Broadcast,
    pub(super) reporter: LocationReporter,
    task: OnceLock<AbortHandle>,
}

impl Driver {
    /// Starts to follow the callout: after one interval if its state is known, else at once.
    pub(super) fn start(aura: Aura, id: CalloutId, persister: Persister, known: Option<Callout>) -> Arc<Self> {
        let broadcast = Broadcast::new(aura.shared.keep_last_callout);
        let mut watch = aura.callouts().watch(id).include_events().include_route();
        if let Some(callout) = known {
            watch = watch.knowing(&callout);
            broadcast.send(Ok(CalloutUpdate::Changed(Box::new(callout))));
        }
        let reporter = aura.callouts().report_location(id);
        let driver = Arc::new(Self { aura, id, persister, broadcast, reporter, task: OnceLock::new() });
        let task = tokio::spawn(follow(Arc::clone(&driver), watch)).abort_handle();
        let _ = driver.task.set(task);
        driver
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

/// Follows the callout to its end. An update is sent to the readers before it is saved: a store that hangs delays no
/// update, and an update that no reader may have seen is sent again after a restart.
#[expect(clippy::manual_async_fn, reason = "an async fn keeps its arguments in two places")]
fn follow(driver: Arc<Driver>, mut watch: Watch) -> impl Future<Output = ()> + Send {
    async move {
        let mut saving = None;
        while let Some(item) = next(&driver, &mut watch, &mut saving).await {
            handle(&driver, item);
        }
        drop(saving);
        // On the heap, since they would take room in every session all the time before.
        Box::pin(driver.persister.save()).await;
        driver.broadcast.end();
        // A restart must not find a session that has ended. Nobody waits for this save, so it may take long.
        Box::pin(driver.persister.save_until_saved()).await;
    }
}

fn handle(driver: &Driver, item: Result<CalloutUpdate, Error>) {
    let (event, closed) = match &item {
        Ok(CalloutUpdate::Message(event)) => (event.id, false),
        Ok(CalloutUpdate::Changed(callout)) => (None, callout.status.is_closed()),
        _ => (None, false),
    };
    if closed {
        // Not at an error: AURA may refuse polls and still take positions.
        driver.reporter.stop();
    }
    driver.broadcast.send(item);
    if closed {
        driver.persister.change(|state| state.set_phase(SessionPhase::Ended));
    } else if event.is_some() {
        driver.persister.change(|state| state.reported(event));
    }
}

/// Waits for the next update, and saves meanwhile.
async fn next(
    driver: &Arc<Driver>,
    watch: &mut Watch,
    saving: &mut Option<Saving>,
) -> Option<Result<CalloutUpdate, Error>> {
    let save = || -> Saving {
        let driver = Arc::clone(driver);
        Box::pin(async move { driver.persister.save_until_saved().await })
    };
    poll_fn(|cx| {
        driver.persister.poll_saving(saving, cx, save);
        Pin::new(&mut *watch).poll_next(cx)
    })
    .await
}
