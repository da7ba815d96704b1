//! A limit on background polls, so that many watchers share few connections.
//!
//! - At most 16 polls of one transport are in flight at a time. Calls that a person waits for never pass the gate.
//! - A member's first poll waits for a random part of its interval, so that members that start together don't poll
//!   together. A member that is alone polls at once.
//! - The gate belongs to the transport: clients that share a transport share its gate. Users configure nothing here.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
};
use tokio::sync::{Semaphore, SemaphorePermit};

/// Lets 16 background polls at a time through, so that a thousand watchers of one process neither open a thousand
/// connections nor stand in the way of a call for help: calls that a person waits for never pass a gate.
///
/// There is one gate for each transport, whoever shares that; clones are the same gate.
#[derive(Clone)]
pub struct PollGate(Arc<Gate>);

struct Gate {
    places: Semaphore,
    members: AtomicUsize,
}

/// A place inside a [`PollGate`], given back when it is dropped.
#[derive(Debug)]
#[must_use = "the place is given back when this is dropped: keep it until the poll has ended"]
pub struct PollPermit<'g> {
    _permit: Option<SemaphorePermit<'g>>,
}

/// Somebody who polls through a [`PollGate`] again and again, from [`join`](PollGate::join) until it is dropped.
pub struct PollMember {
    gate: PollGate,
    others: usize,
}

impl PollGate {
    /// How many polls are inside at most.
    pub(crate) const PLACES: usize = 16;

    /// Waits for a place, in the order of asking.
    pub async fn enter(&self) -> PollPermit<'_> {
        // The semaphore is never closed, so there always is a permit to wait for.
        PollPermit { _permit: self.0.places.acquire().await.ok() }
    }

    /// Waits for a place, in the order of asking, and runs the poll there.
    pub async fn pass<F: Future>(&self, poll: F) -> F::Output {
        let _place = self.enter().await;
        poll.await
    }

    /// How many more polls could enter now.
    #[must_use]
    pub fn free(&self) -> usize {
        self.0.places.available_permits()
    }

    /// Counts in one more who polls.
    #[must_use]
    pub fn join(&self) -> PollMember {
        PollMember { gate: self.clone(), others: self.0.members.fetch_add(1, Relaxed) }
    }
}

impl PollMember {
    /// The gate that was joined.
    #[must_use]
    pub fn gate(&self) -> &PollGate {
        &self.gate
    }

    /// Over which part of its interval a member spreads its first poll, from 0 to 1: one who is alone polls at once,
    /// and in a crowd each waits up to a whole interval, so that a thousand who start together don't poll together
    /// for ever.
    #[must_use]
    pub fn first_spread(&self) -> f64 {
        (self.others as f64 / PollGate::PLACES as f64).min(1.0)
    }
}

impl Drop for PollMember {
    fn drop(&mut self) {
        self.gate.0.members.fetch_sub(1, Relaxed);
    }
}

impl Default for PollGate {
    fn default() -> Self {
        Self(Arc::new(Gate { places: Semaphore::new(Self::PLACES), members: AtomicUsize::new(0) }))
    }
}

impl fmt::Debug for PollGate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PollGate").field("free", &self.free()).finish_non_exhaustive()
    }
}

impl fmt::Debug for PollMember {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PollMember").field("others", &self.others).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_polls_are_spread_the_wider_the_more_there_are() {
        let gate = PollGate::default();
        let members: Vec<_> = (0..40).map(|_| gate.clone().join()).collect();
        let spreads: Vec<_> = members.iter().map(PollMember::first_spread).collect();
        assert_eq!((spreads[0], spreads[8], spreads[16], spreads[39]), (0.0, 0.5, 1.0, 1.0));
        drop(members);
        assert_eq!(gate.join().first_spread(), 0.0);
    }

    #[tokio::test(start_paused = true)]
    async fn sixteen_are_inside_and_the_next_waits_for_one_to_leave() {
        let gate = PollGate::default();
        let mut inside = Vec::new();
        for _ in 0..PollGate::PLACES {
            inside.push(gate.enter().await);
        }
        let waits = tokio::time::timeout(std::time::Duration::from_secs(60), gate.enter());
        assert!(waits.await.is_err());
        inside.pop();
        let _seventeenth = gate.enter().await;
        assert_eq!(gate.free(), 0);
    }
}
