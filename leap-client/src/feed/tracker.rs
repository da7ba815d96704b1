use crate::{feed::store::PendingAck, ids::RequestId, requests::model::SupportRequest};
use chrono::{DateTime, Utc};
use std::{
    collections::{HashMap, HashSet, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{sync::Notify, time::Instant};

/// However often a change was left, it comes again after this time.
const LONGEST_WAIT: Duration = Duration::from_secs(3600);

/// What a feed and the changes that it handed out tell each other.
#[derive(Debug)]
pub(super) struct Tracker {
    state: Mutex<State>,
    bell: Notify,
    interval: Duration,
}

#[derive(Debug, Default)]
struct State {
    /// Handed out, and neither settled nor left.
    out: HashSet<RequestId>,
    late: VecDeque<Late>,
    /// Acknowledgements whose end nobody has seen.
    unverified: VecDeque<PendingAck>,
    left: HashMap<RequestId, Left>,
}

/// A request that changed after it had been handed out.
#[derive(Debug)]
pub(super) struct Late {
    pub(super) request: SupportRequest,
    /// What was handed out before.
    pub(super) seen: PendingAck,
}

/// A change that was left, or failed to be acknowledged.
#[derive(Debug)]
struct Left {
    times: u32,
    until: Instant,
    last_update_time: DateTime<Utc>,
}

impl Tracker {
    pub(super) fn new(interval: Duration) -> Arc<Self> {
        Arc::new(Self { state: Mutex::default(), bell: Notify::new(), interval })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns when a late change has come, at once if one came since the last time.
    pub(super) async fn late_change(&self) {
        self.bell.notified().await;
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

    /// Forgets how often requests were left that aren't listed as unacknowledged any more: whatever comes of them is new.
    pub(super) fn keep_left(&self, listed: &HashSet<RequestId>) {
        let mut state = self.state();
        let State { out, unverified, left, .. } = &mut *state;
        left.retain(|id, _| listed.contains(id) || out.contains(id) || unverified.iter().any(|one| one.id == *id));
    }

    /// Whether a request may be handed out now: it isn't out, and wasn't left a short while ago. One that has changed since
    /// doesn't wait.
    pub(super) fn is_due(&self, id: &RequestId, last_update_time: DateTime<Utc>) -> bool {
        let state = self.state();
        let waits = |left: &Left| Instant::now() < left.until && left.last_update_time == last_update_time;
        !state.out.contains(id) && !state.left.get(id).is_some_and(waits)
    }

    /// Notes that a request is handed out.
    pub(super) fn hand_out(self: &Arc<Self>, request: &SupportRequest, pending: Option<PendingAck>) -> Ticket {
        let mut state = self.state();
        let id = request.identifier.clone();
        state.out.insert(id.clone());
        let attempt = state.left.get(&id).map_or(1, |left| left.times.saturating_add(1));
        Ticket {
            tracker: Arc::clone(self),
            id,
            last_update_time: request.last_update_time,
            attempt,
            pending,
            open: true,
        }
    }
}

/// A request that is handed out. Dropped without an end, it counts as left.
#[derive(Debug)]
pub(super) struct Ticket {
    tracker: Arc<Tracker>,
    id: RequestId,
    last_update_time: DateTime<Utc>,
    /// The how manieth time it is handed out, beginning with 1.
    pub(super) attempt: u32,
    /// What the store has of it.
    pub(super) pending: Option<PendingAck>,
    open: bool,
}

impl Ticket {
    /// It is settled, and nothing is to come.
    pub(super) fn close(mut self) {
        self.open = false;
        let mut state = self.tracker.state();
        state.out.remove(&self.id);
        state.left.remove(&self.id);
    }

    /// It is settled as far as can be seen, and looked at once more at the next pass.
    pub(super) fn close_for_now(self, seen: PendingAck) {
        self.tracker.add_unverified([seen]);
        self.close();
    }

    /// It comes again at once, with what has changed.
    pub(super) fn hand_back(mut self, request: SupportRequest, seen: PendingAck) {
        self.open = false;
        self.tracker.state().late.push_back(Late { request, seen });
        self.tracker.bell.notify_one();
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        if !self.open {
            return;
        }
        let wait = self.tracker.interval.saturating_mul(1 << (self.attempt - 1).min(16)).min(LONGEST_WAIT);
        // A pass may begin a little early: half an interval keeps it from being skipped for that.
        let until = Instant::now() + wait.saturating_sub(self.tracker.interval / 2);
        let mut state = self.tracker.state();
        state.out.remove(&self.id);
        state.unverified.extend(self.pending.take());
        let left = Left { times: self.attempt, until, last_update_time: self.last_update_time };
        state.left.insert(self.id.clone(), left);
    }
}
