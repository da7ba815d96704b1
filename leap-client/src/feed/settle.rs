//! From "dealt with" to "acknowledged, and nothing else with it".
//!
//! An acknowledgement names a request and no version of it (defect `LEAP-38`), so it is enclosed by two readings. An entry in
//! the store spans all of it: whoever finds one later, after whatever crash, reads the request again and compares.

use crate::{
    feed::{
        change::{Change, Settled},
        io::{FeedIo, unheard},
        store::PendingAck,
        tracker::Ticket,
    },
    ids::RequestId,
    requests::model::SupportRequest,
};
use care_client_core::{Error, Outcome};

/// The most requests in one acknowledgement. No limit is documented: defect `LEAP-36`.
const BATCH: usize = 50;

type Verdict = Result<Settled, Error>;

/// A change whose entry is kept, and which had not changed when it was looked at again.
struct Ready {
    ticket: Ticket,
    seen: PendingAck,
}

/// What a reading shows, compared with what was seen before.
pub(super) enum Readback {
    Vanished,
    Changed(Box<SupportRequest>),
    Flagged,
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

pub(super) async fn one(change: Change) -> Verdict {
    let io = change.io.clone();
    match prepare(change).await? {
        Err(settled) => Ok(settled),
        Ok(ready) => {
            let answer = io.acknowledge(vec![ready.seen.id.clone()]).await;
            verify(&io, ready, answer).await
        }
    }
}

pub(super) async fn all(changes: Vec<Change>) -> Vec<Verdict> {
    let Some(io) = changes.first().map(|change| change.io.clone()) else { return Vec::new() };
    let mut verdicts = Vec::with_capacity(changes.len());
    let mut ready = Vec::new();
    for (place, change) in changes.into_iter().enumerate() {
        verdicts.push(match prepare(change).await {
            Ok(Err(settled)) => Some(Ok(settled)),
            Err(error) => Some(Err(error)),
            Ok(Ok(one)) => {
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
            // One of them is gone, and nobody says which, nor whether the others were acknowledged.
            if size > 1 && answer.as_ref().is_err_and(Error::is_not_found) {
                parts.extend([size - size / 2, size / 2]);
                continue;
            }
            for (place, one) in batch.drain(..size).collect::<Vec<_>>() {
                verdicts[place] = Some(verify(&io, one, answer.clone()).await);
            }
        }
    }
    verdicts.into_iter().flatten().collect()
}

/// Keeps the entry, and looks whether the request is still as it was.
async fn prepare(mut change: Change) -> Result<Result<Ready, Settled>, Error> {
    let (io, seen) = (change.io.clone(), change.seen());
    io.save(&seen).await?;
    change.ticket.pending = Some(seen.clone());
    let ticket = change.ticket;
    match read_back(&io, &seen).await? {
        Readback::Flagged => Ok(Ok(Ready { ticket, seen })),
        other => Ok(Err(end(&io, ticket, seen, other).await)),
    }
}

/// Looks what an acknowledgement has done.
async fn verify(io: &FeedIo, ready: Ready, answer: Result<(), Error>) -> Verdict {
    let Ready { ticket, seen } = ready;
    let is_lost = match answer {
        Ok(()) => false,
        // It may have been done, or not: the request itself knows.
        Err(error) if error.outcome() >= Outcome::Unknown || error.is_not_found() => !error.is_not_found(),
        Err(error) => return Err(error),
    };
    let mut found = read_back(io, &seen).await?;
    if matches!(found, Readback::Flagged) {
        // Nothing has changed, so doing it again swallows nothing.
        io.acknowledge(vec![seen.id.clone()]).await?;
        found = read_back(io, &seen).await?;
    }
    match found {
        Readback::Flagged => Err(unheard()),
        // What was lost on its way may still arrive, and clear what comes until then: the next pass looks once more.
        Readback::Clean if is_lost => {
            ticket.close_for_now(seen);
            Ok(Settled::Acknowledged)
        }
        other => Ok(end(io, ticket, seen, other).await),
    }
}

async fn end(io: &FeedIo, ticket: Ticket, seen: PendingAck, found: Readback) -> Settled {
    match found {
        // The entry stays until the later change is settled.
        Readback::Changed(now) => {
            ticket.hand_back(*now, seen);
            Settled::ChangedSince
        }
        // A gateway may have said so that knows nothing: the next pass looks once more before the entry goes.
        Readback::Vanished => {
            ticket.close_for_now(seen);
            Settled::Vanished
        }
        Readback::Flagged | Readback::Clean => {
            io.forget(&seen.id).await;
            ticket.close();
            Settled::Acknowledged
        }
    }
}
