use super::mailbox::Log;
use crate::{Fix, UpdateLocation, ids::CalloutId, watch::is_final};
use care_client_core::Pipeline;
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::watch,
    time::{Instant, sleep_until},
};

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
        match pipeline.call(UpdateLocation::new(id, fix)).await {
            Ok(()) => log.sent(),
            Err(error) => {
                let is_final = is_final(&error);
                log.failed(error, is_final);
                // `has_changed` fails when all reporters are gone: nobody waits for an old position then.
                match newest.has_changed() {
                    _ if is_final => return,
                    Ok(false) => {
                        newest.mark_changed();
                        log.put_back();
                    }
                    Ok(true) => {}
                    Err(_) => return,
                }
            }
        }
        sleep_until(turn + interval).await;
    }
}
