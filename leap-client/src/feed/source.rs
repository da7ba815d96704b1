//! Where a feed's changes come from: a poll of the list at every interval, then one request after the other, and late
//! changes as soon as they show.

use crate::{
    feed::{
        change::Change,
        io::{FeedIo, listed_but_not_found},
        job::{Job, concerns_one},
        poll_once::{Place, Reported, poll_once},
        settle::{Readback, read_back},
        store::PendingAck,
        tracker::{Late, Tracker},
    },
    ids::RequestId,
    requests::{
        list::ListRequests,
        model::{SupportRequest, Update},
    },
};
use care_client_core::{
    Endpoint, Error,
    workflow::{PollFailure, Refusals},
};
use std::{
    collections::{HashMap, HashSet, VecDeque},
    sync::Arc,
    time::Duration,
};
use tokio::time::{Instant, timeout_at};

/// However long a server that is down asks to wait, it is polled again after this.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

pub(super) struct Source {
    io: FeedIo,
    tracker: Arc<Tracker>,
    interval: Duration,
    next_poll: Instant,
    /// Whether the store has been read.
    started: bool,
    /// What is left to do of this poll.
    jobs: VecDeque<Job>,
    /// How many polls ended because reading this request failed.
    failures: HashMap<RequestId, u32>,
    /// Whether this poll's failure has been reported.
    failed: bool,
    errors: VecDeque<Error>,
    reported: Reported,
    /// Requests that were listed, and not found by their identifier.
    missing: HashSet<RequestId>,
    refusals: Refusals,
    has_ended: bool,
}

impl Source {
    pub(super) fn new(io: FeedIo, interval: Duration) -> Self {
        Self {
            io,
            tracker: Tracker::new(interval),
            interval,
            next_poll: Instant::now(),
            started: false,
            jobs: VecDeque::new(),
            failures: HashMap::new(),
            failed: false,
            errors: VecDeque::new(),
            reported: Reported::default(),
            missing: HashSet::new(),
            refusals: Refusals::default(),
            has_ended: false,
        }
    }

    /// Whether the error that was delivered last is the end of the feed.
    pub(super) fn has_ended(&self) -> bool {
        self.has_ended && self.errors.is_empty()
    }

    pub(super) async fn next(&mut self) -> Result<Change, Error> {
        loop {
            if let Some(error) = self.errors.pop_front() {
                return Err(error);
            }
            if let Some(Late { request, seen }) = self.tracker.next_late() {
                return Ok(self.late(request, seen));
            }
            if let Some(job) = self.jobs.pop_front() {
                match self.work(&job).await {
                    Ok(Some(change)) => return Ok(change),
                    Ok(None) => {}
                    Err(error) => self.fail(job, error),
                }
            } else if timeout_at(self.next_poll, self.tracker.late_change()).await.is_err() {
                self.poll().await;
            }
        }
    }

    async fn poll(&mut self) {
        self.next_poll = Instant::now() + self.interval;
        if !self.started {
            match self.io.load().await {
                Ok(pending) => self.tracker.add_unverified(pending),
                Err(error) => return self.errors.push_back(error),
            }
            self.started = true;
        }
        let found = poll_once(&self.io, &self.tracker).await;
        if found.error.is_none() {
            self.tracker.retain_deferred(&found.listed);
        }
        // Unverified acknowledgements come first, since they may have hidden a change. But while the list can't be
        // read, a 404 for one request may be wrong, too.
        let pending = if found.error.is_none() { self.tracker.take_unverified() } else { VecDeque::new() };
        let pending = pending.into_iter().map(Job::Verify);
        let mut jobs: Vec<_> = pending.chain(found.due.into_iter().map(Job::Read)).collect();
        // A request that always fails must not block those behind it.
        jobs.sort_by_key(|job| self.failures.get(job.id()).copied().unwrap_or_default());
        self.jobs = jobs.into();
        if found.error.is_none() {
            let (jobs, unreadable) = (&self.jobs, &found.unreadable);
            let is_job = |id: &str| jobs.iter().any(|job| job.id().as_str() == id);
            self.failures.retain(|id, _| is_job(id.as_str()));
            self.missing.retain(|id| is_job(id.as_str()));
            self.reported.retain(|place, id| match place {
                Place::List => unreadable.iter().any(|row| *row.id == *id),
                Place::Detail => is_job(id),
            });
        }
        for row in found.unreadable {
            let id = row.id.clone();
            let error = row.into_error(<ListRequests as Endpoint>::OPERATION);
            self.errors.extend(self.reported.is_new(Place::List, &id, &error).then_some(error));
        }
        self.failed = found.error.is_some();
        if found.answered || found.error.is_none() {
            self.refusals.success();
        }
        if let Some(error) = found.error {
            self.report_outage(error);
        }
    }

    /// Reports why the server can't be polled now, and waits as long as it asks to.
    fn report_outage(&mut self, error: Error) {
        let wait = error.retry_after().unwrap_or_default().min(LONGEST_WAIT);
        self.next_poll = self.next_poll.max(Instant::now() + wait);
        let failure = self.refusals.failure(&error, &self.io.pipeline);
        self.has_ended |= matches!(failure, PollFailure::Final);
        self.errors.push_back(error);
    }

    async fn work(&mut self, job: &Job) -> Result<Option<Change>, Error> {
        let change = match job {
            Job::Verify(pending) => self.verify(pending).await?,
            Job::Read(id) => self.read(id).await?,
        };
        self.failures.remove(job.id());
        Ok(change)
    }

    /// Reads back what an acknowledgement has done.
    async fn verify(&self, pending: &PendingAck) -> Result<Option<Change>, Error> {
        match read_back(&self.io, pending).await? {
            Readback::Changed(now) => {
                if self.tracker.is_due(&pending.id, now.last_update_time) {
                    return Ok(Some(self.late(*now, pending.clone())));
                }
                self.tracker.add_unverified([pending.clone()]);
            }
            // A flagged request is in the list.
            Readback::Vanished | Readback::Flagged | Readback::Clean => self.io.forget(&pending.id).await,
        }
        Ok(None)
    }

    /// Reads a listed request with its history.
    ///
    /// # Errors
    ///
    /// Those of the call, and one if a listed request isn't found for the second time, so that it didn't just vanish.
    async fn read(&mut self, id: &RequestId) -> Result<Option<Change>, Error> {
        let Some(request) = self.io.read(id).await? else {
            return if self.missing.insert(id.clone()) { Ok(None) } else { Err(listed_but_not_found()) };
        };
        self.missing.remove(id);
        // Another system may have acknowledged it, or it was delivered as a late change meanwhile.
        let Some(request) = Some(request).filter(SupportRequest::is_unacked) else { return Ok(None) };
        let due = self.tracker.is_due(&request.identifier, request.last_update_time);
        Ok(due.then(|| {
            let updates = request.listed().iter().filter(|update| update.unacked_since.is_some()).cloned().collect();
            self.change(request, updates, None)
        }))
    }

    fn fail(&mut self, job: Job, error: Error) {
        let id = job.id().clone();
        self.keep([job]);
        if concerns_one(&error) {
            // The error is about this request only; the others go on.
            self.jobs.retain(|job| *job.id() != id);
            self.errors.extend(self.reported.is_new(Place::Detail, id.as_str(), &error).then_some(error));
            return;
        }
        // The server is unreachable or failing: everything else waits for the next poll.
        *self.failures.entry(id).or_default() += 1;
        let rest = std::mem::take(&mut self.jobs);
        self.keep(rest);
        if !std::mem::replace(&mut self.failed, true) {
            self.report_outage(error);
        }
    }

    /// Keeps for the next poll what its list doesn't show.
    fn keep(&self, jobs: impl IntoIterator<Item = Job>) {
        self.tracker.add_unverified(jobs.into_iter().filter_map(|job| match job {
            Job::Verify(pending) => Some(pending),
            Job::Read(_) => None,
        }));
    }

    fn late(&self, request: SupportRequest, seen: PendingAck) -> Change {
        // Of two equal updates, the flagged one is the later.
        let is_flagged = |update: &&Update| update.unacked_since.is_some();
        let unseen = seen.unseen(request.listed().iter().filter(|update| !is_flagged(update)));
        let is_unseen =
            |update: &&Update| is_flagged(update) || unseen.iter().any(|unseen| std::ptr::eq(*unseen, *update));
        let updates = request.listed().iter().filter(is_unseen).cloned().collect();
        self.change(request, updates, Some(seen))
    }

    /// Delivers a request; `seen` is what was delivered before, if this is a late change.
    fn change(&self, request: SupportRequest, updates: Vec<Update>, seen: Option<PendingAck>) -> Change {
        let late = seen.is_some();
        let delivery = self.tracker.deliver(&request, seen);
        Change { request, updates, late, delivery, io: self.io.clone() }
    }
}
