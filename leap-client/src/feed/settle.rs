//! Acknowledges a handled change, and verifies that no other change was acknowledged with it.
//!
//! An acknowledgement names a request and no version of it (defect `LEAP-38`), so it stands between two readings. An
//! entry in the store spans all three: whoever finds one after a crash reads the request again and compares.

use crate::{
    feed::{
        change::{Change, Settled},
        io::{FeedIo, acknowledgement_ignored},
        store::PendingAck,
        tracker::Delivery,
    },
    ids::RequestId,
    requests::model::SupportRequest,
};
use care_client_core::{BoxFuture, Error, Outcome};

/// The most requests in one acknowledgement. No limit is documented (defect `LEAP-36`).
const BATCH: usize = 50;

impl Change {
    /// Acknowledges the change, and verifies that nothing else was acknowledged with it.
    ///
    /// It saves an entry in the store, reads the request again, acknowledges it if nothing has changed, reads it once
    /// more and removes the entry. Anything that changed meanwhile is delivered as a late change. A crash at any point
    /// loses nothing: because of the entry, this feed, or the next one over the same store, reads the request again.
    ///
    /// # Errors
    ///
    /// Those of the store and of the calls. The change is delivered again.
    #[doc(alias = "acknowledge")]
    pub fn done(self) -> BoxFuture<'static, Result<Settled, Error>> {
        Box::pin(settle_one(self))
    }

    /// Acknowledges many changes of one feed with few requests, 50 changes in each. All changes must come from the same
    /// feed.
    ///
    /// If the server doesn't know one of the requests (404), the batch is split in halves, down to single requests, so
    /// that the others are acknowledged. The results are in the order of `changes`. More time passes between reading a
    /// request and acknowledging it than with [`done`](Self::done), so more changes are late; none is lost.
    ///
    /// # Errors
    ///
    /// Each change has its own result, as [`done`](Self::done).
    pub fn done_all(changes: Vec<Self>) -> BoxFuture<'static, Vec<Result<Settled, Error>>> {
        Box::pin(settle_all(changes))
    }
}

/// A change whose entry is saved, and whose request had not changed when it was read again.
struct Ready {
    delivery: Delivery,
    seen: PendingAck,
}

/// What the first reading shows: whether there is still something to acknowledge.
enum Prepared {
    Ready(Ready),
    Settled(Settled),
}

/// What a request is like when it is read back, compared with what was seen before.
pub(super) enum Readback {
    Vanished,
    Changed(Box<SupportRequest>),
    /// Unchanged and still unacknowledged.
    Flagged,
    /// Unchanged and acknowledged.
    Clean,
}

pub(super) async fn read_back(io: &FeedIo, seen: &PendingAck) -> Result<Readback, Error> {
    Ok(match io.read(&seen.id).await? {
        None => Readback::Vanished,
        Some(now) if PendingAck::of(&now) != *seen => Readback::Changed(Box::new(now)),
        Some(now) if now.is_unacked() => Readback::Flagged,
        Some(_) => Readback::Clean,
    })
}

async fn settle_one(change: Change) -> Result<Settled, Error> {
    let io = change.io.clone();
    match prepare(change).await? {
        Prepared::Settled(settled) => Ok(settled),
        Prepared::Ready(ready) => {
            let answer = io.acknowledge(vec![ready.seen.id.clone()]).await;
            verify(&io, ready, answer).await
        }
    }
}

async fn settle_all(changes: Vec<Change>) -> Vec<Result<Settled, Error>> {
    let Some(io) = changes.first().map(|change| change.io.clone()) else { return Vec::new() };
    let mut results = Vec::with_capacity(changes.len());
    let mut ready = Vec::new();
    for (place, change) in changes.into_iter().enumerate() {
        results.push(match prepare(change).await {
            Ok(Prepared::Settled(settled)) => Some(Ok(settled)),
            Err(error) => Some(Err(error)),
            Ok(Prepared::Ready(one)) => {
                ready.push((place, one));
                None
            }
        });
    }
    while !ready.is_empty() {
        let mut batch: Vec<_> = ready.drain(..ready.len().min(BATCH)).collect();
        let mut parts = vec![batch.len()];
        while let Some(size) = parts.pop() {
            let ids: Vec<RequestId> = batch[..size].iter().map(|(_, one)| one.seen.id.clone()).collect();
            let answer = io.acknowledge(ids).await;
            // One of them is gone. The answer tells neither which, nor whether the others were acknowledged.
            if size > 1 && answer.as_ref().is_err_and(Error::is_not_found) {
                parts.extend([size - size / 2, size / 2]);
                continue;
            }
            for (place, one) in batch.drain(..size).collect::<Vec<_>>() {
                results[place] = Some(verify(&io, one, answer.clone()).await);
            }
        }
    }
    results.into_iter().flatten().collect()
}

/// Saves the entry, and reads whether the request is unchanged.
async fn prepare(mut change: Change) -> Result<Prepared, Error> {
    let (io, seen) = (change.io.clone(), change.seen());
    io.save(&seen).await?;
    change.delivery.pending = Some(seen.clone());
    let delivery = change.delivery;
    match read_back(&io, &seen).await? {
        Readback::Flagged => Ok(Prepared::Ready(Ready { delivery, seen })),
        other => Ok(Prepared::Settled(finish(&io, delivery, seen, other).await)),
    }
}

/// Reads back what an acknowledgement has done.
async fn verify(io: &FeedIo, ready: Ready, answer: Result<(), Error>) -> Result<Settled, Error> {
    let Ready { delivery, seen } = ready;
    let is_lost = match answer {
        Ok(()) => false,
        // Refused, so nothing is in flight. The next reading shows whether the request still exists.
        Err(error) if error.is_not_found() => false,
        // The next reading shows what was done, but the acknowledgement may still arrive after it.
        Err(error) if error.outcome() >= Outcome::Unknown => true,
        Err(error) => return Err(error),
    };
    let mut found = read_back(io, &seen).await?;
    if matches!(found, Readback::Flagged) {
        // Nothing has changed, so acknowledging again hides no change.
        io.acknowledge(vec![seen.id.clone()]).await?;
        found = read_back(io, &seen).await?;
    }
    match found {
        Readback::Flagged => Err(acknowledgement_ignored()),
        // A lost request may still arrive and clear what changes until then, so the next poll reads once more.
        Readback::Clean if is_lost => {
            delivery.close_unverified(seen);
            Ok(Settled::Acknowledged)
        }
        other => Ok(finish(io, delivery, seen, other).await),
    }
}

/// Ends the delivery by what the last reading shows.
async fn finish(io: &FeedIo, delivery: Delivery, seen: PendingAck, found: Readback) -> Settled {
    match found {
        // The entry stays until the later change is settled.
        Readback::Changed(now) => {
            delivery.redeliver(*now, seen);
            Settled::ChangedSince
        }
        // The 404 may be a gateway's, so the next poll reads once more before the entry is removed.
        Readback::Vanished => {
            delivery.close_unverified(seen);
            Settled::Vanished
        }
        Readback::Flagged | Readback::Clean => {
            io.forget(&seen.id).await;
            delivery.close();
            Settled::Acknowledged
        }
    }
}
