//! The state that a feed shares with the changes it has delivered: which requests are in flight, which are deferred and
//! until when, and which acknowledgements are still to be verified.

use crate::{feed::store::PendingAck, ids::RequestId, requests::model::SupportRequest};
use chrono::{DateTime, Utc};
use std::{
    collections::{HashMap, HashSet, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{sync::Notify, time::Instant};

/// The longest backoff of a deferred change.
const MAX_BACKOFF: Duration = Duration::from_secs(3600);

/// Tracks the requests of one feed.
#[derive(Debug)]
pub(super) struct Tracker {
    state: Mutex<Tracked>,
    late_notify: Notify,
    interval: Duration,
}

#[derive(Debug, Default)]
struct Tracked {
    /// Delivered, and neither settled nor deferred.
    in_flight: HashSet<RequestId>,
    late: VecDeque<Late>,
    /// Acknowledgements whose effect has not been seen.
    unverified: VecDeque<PendingAck>,
    deferred: HashMap<RequestId, Deferred>,
}

/// A request that changed after it was delivered.
#[derive(Debug)]
pub(super) struct Late {
    pub(super) request: SupportRequest,
    /// What was delivered before.
    pub(super) seen: PendingAck,
}

/// A change that was not settled.
#[derive(Debug)]
struct Deferred {
    times: u32,
    until: Instant,
    last_update_time: DateTime<Utc>,
}

impl Tracker {
    pub(super) fn new(interval: Duration) -> Arc<Self> {
        Arc::new(Self { state: Mutex::default(), late_notify: Notify::new(), interval })
    }

    fn state(&self) -> MutexGuard<'_, Tracked> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns when there is a late change; at once if one came since the last call.
    pub(super) async fn late_change(&self) {
        self.late_notify.notified().await;
    }

    pub(super) fn next_late(&self) -> Option<Late> {
        self.state().late.pop_front()
    }

    pub(super) fn add_unverified(&self, pending: impl IntoIterator<Item = PendingAck>) {
        self.state().unverified.extend(pending);
    }

    pub(super) fn take_unverified(&self) -> VecDeque<PendingAck> {
        std::mem::take(&mut self.state().unverified)
    }

    /// Forgets how often requests were deferred that are no longer listed as unacknowledged: their next change is a new
    /// one.
    pub(super) fn retain_deferred(&self, listed: &HashSet<RequestId>) {
        let mut state = self.state();
        let Tracked { in_flight, unverified, deferred, .. } = &mut *state;
        let is_unverified = |id: &RequestId| unverified.iter().any(|one| one.id == *id);
        deferred.retain(|id, _| listed.contains(id) || in_flight.contains(id) || is_unverified(id));
    }

    /// Whether a request may be delivered now: it isn't in flight, and its backoff is over or it has changed since.
    pub(super) fn is_due(&self, id: &RequestId, last_update_time: DateTime<Utc>) -> bool {
        let state = self.state();
        let waits =
            |deferred: &Deferred| Instant::now() < deferred.until && deferred.last_update_time == last_update_time;
        !state.in_flight.contains(id) && !state.deferred.get(id).is_some_and(waits)
    }

    /// Records that a request is delivered.
    pub(super) fn deliver(self: &Arc<Self>, request: &SupportRequest, pending: Option<PendingAck>) -> Delivery {
        let mut state = self.state();
        let id = request.identifier.clone();
        state.in_flight.insert(id.clone());
        let attempt = state.deferred.get(&id).map_or(1, |deferred| deferred.times.saturating_add(1));
        let last_update_time = request.last_update_time;
        Delivery { tracker: Arc::clone(self), id, last_update_time, attempt, pending, open: true }
    }
}

/// A request in flight. Dropped while open, it is deferred.
#[derive(Debug)]
pub(super) struct Delivery {
    tracker: Arc<Tracker>,
    id: RequestId,
    last_update_time: DateTime<Utc>,
    /// Which delivery of the change, from 1.
    pub(super) attempt: u32,
    /// What the store has of it.
    pub(super) pending: Option<PendingAck>,
    open: bool,
}

impl Delivery {
    /// Ends it as settled.
    pub(super) fn close(mut self) {
        self.open = false;
        let mut state = self.tracker.state();
        state.in_flight.remove(&self.id);
        state.deferred.remove(&self.id);
    }

    /// Ends it as settled, to be verified once more at the next poll.
    pub(super) fn close_unverified(self, seen: PendingAck) {
        self.tracker.add_unverified([seen]);
        self.close();
    }

    /// Delivers it again at once, with what has changed.
    pub(super) fn redeliver(mut self, request: SupportRequest, seen: PendingAck) {
        self.open = false;
        self.tracker.state().late.push_back(Late { request, seen });
        self.tracker.late_notify.notify_one();
    }
}

impl Drop for Delivery {
    fn drop(&mut self) {
        if !self.open {
            return;
        }
        let interval = self.tracker.interval;
        let backoff = interval.saturating_mul(1 << (self.attempt - 1).min(16)).min(MAX_BACKOFF);
        // Half an interval less, so that a poll that begins a little early doesn't miss it.
        let until = Instant::now() + backoff.saturating_sub(interval / 2);
        let mut state = self.tracker.state();
        state.in_flight.remove(&self.id);
        state.unverified.extend(self.pending.take());
        let deferred = Deferred { times: self.attempt, until, last_update_time: self.last_update_time };
        state.deferred.insert(self.id.clone(), deferred);
    }
}
