use super::latest_slot::Log;
use crate::{Fix, UpdateLocation, ids::CalloutId, watch::is_final};
use care_client_core::{Outcome, Pipeline, RetryPolicy};
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::watch,
    time::{Instant, sleep_until},
};

/// However short the turns are, an answer is waited for this long.
const SHORTEST_WAIT: Duration = Duration::from_secs(5);

/// Sends the newest fix at each turn, until nobody can report any more and nothing is left to send.
pub(super) async fn send_all(
    pipeline: Pipeline,
    id: CalloutId,
    interval: Duration,
    (mut newest, log): (watch::Receiver<Option<Fix>>, Arc<Log>),
) {
    // Fails once all reporters are dropped and the last fix was taken.
    while newest.changed().await.is_ok() {
        let fix = *newest.borrow_and_update();
        let Some(fix) = fix else { continue };
        log.taken();
        let turn = Instant::now();
        // No repeats, and no longer than a turn: the next turn is the repeat, with a newer position if there is one.
        let call = pipeline.call(UpdateLocation::new(id, fix)).with_retry(RetryPolicy::never());
        match call.with_timeout(interval.max(SHORTEST_WAIT)).await {
            Ok(()) => log.sent(),
            Err(error) => {
                let was_refused = error.outcome() == Outcome::Refused && !error.is_transient();
                let (is_final, is_passing) = (is_final(&error), !was_refused && error.outcome() != Outcome::Completed);
                log.failed(error, is_final);
                if is_final {
                    return;
                }
                // Fails when all reporters are gone: then nobody waits for an old position, but a newer one is still sent.
                if is_passing && matches!(newest.has_changed(), Ok(false)) {
                    newest.mark_changed();
                    log.put_back();
                }
            }
        }
        sleep_until(turn + interval).await;
    }
}
