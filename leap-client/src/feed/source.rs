use crate::{
    feed::{
        change::Change,
        io::{FeedIo, lost},
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
use care_client_core::{Endpoint, Error, Kind, Outcome};
use std::{
    collections::{HashMap, HashSet, VecDeque},
    sync::Arc,
    time::Duration,
};
use tokio::time::{Instant, timeout_at};

/// Where a feed's items come from.
pub(super) struct Source {
    io: FeedIo,
    tracker: Arc<Tracker>,
    interval: Duration,
    next_pass: Instant,
    /// Whether the store was read.
    started: bool,
    /// What is left to do of this pass.
    jobs: VecDeque<Job>,
    /// How many passes have ended because this request's reading failed.
    failures: HashMap<RequestId, u32>,
    /// Whether it was told that this pass failed.
    failed: bool,
    errors: VecDeque<Error>,
    reported: Reported,
    /// Requests that were listed, and not found when they were to be read.
    missing: HashSet<RequestId>,
}

/// One request that is to be read.
enum Job {
    /// To see what became of an acknowledgement.
    Verify(PendingAck),
    /// To hand it out.
    Read(RequestId),
}

impl Job {
    fn id(&self) -> &RequestId {
        match self {
            Self::Verify(pending) => &pending.id,
            Self::Read(id) => id,
        }
    }
}

impl Source {
    pub(super) fn new(io: FeedIo, interval: Duration) -> Self {
        Self {
            io,
            tracker: Tracker::new(interval),
            interval,
            next_pass: Instant::now(),
            started: false,
            jobs: VecDeque::new(),
            failures: HashMap::new(),
            failed: false,
            errors: VecDeque::new(),
            reported: Reported::default(),
            missing: HashSet::new(),
        }
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
            } else if timeout_at(self.next_pass, self.tracker.late_change()).await.is_err() {
                self.poll().await;
            }
        }
    }

    async fn poll(&mut self) {
        self.next_pass = Instant::now() + self.interval;
        if !self.started {
            match self.io.load().await {
                Ok(pending) => self.tracker.add_unverified(pending),
                Err(error) => return self.errors.push_back(error),
            }
            self.started = true;
        }
        let found = poll_once(&self.io, &self.tracker).await;
        if found.error.is_none() {
            self.tracker.keep_left(&found.listed);
        }
        // What nobody knows the end of is looked at before anything else, for it may have changed unseen. But while the list
        // can't be had, a request that isn't found may be there all the same.
        let pending = if found.error.is_none() { self.tracker.take_unverified() } else { VecDeque::new() };
        let pending = pending.into_iter().map(Job::Verify);
        let mut jobs: Vec<_> = pending.chain(found.due.into_iter().map(Job::Read)).collect();
        // One that always fails must not keep those behind it from being read.
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
            self.errors.extend(self.reported.is_news(Place::List, &id, &error).then_some(error));
        }
        self.failed = found.error.is_some();
        self.errors.extend(found.error);
    }

    async fn work(&mut self, job: &Job) -> Result<Option<Change>, Error> {
        let change = match job {
            Job::Verify(pending) => self.verify(pending).await?,
            Job::Read(id) => self.read(id).await?,
        };
        self.failures.remove(job.id());
        Ok(change)
    }

    /// Looks what became of an acknowledgement.
    async fn verify(&self, pending: &PendingAck) -> Result<Option<Change>, Error> {
        match read_back(&self.io, pending).await? {
            Readback::Changed(now) => {
                if self.tracker.is_due(&pending.id, now.last_update_time) {
                    return Ok(Some(self.late(*now, pending.clone())));
                }
                self.tracker.add_unverified([pending.clone()]);
            }
            // If it is flagged, the list has it.
            Readback::Vanished | Readback::Flagged | Readback::Clean => self.io.forget(&pending.id).await,
        }
        Ok(None)
    }

    /// Reads a request of the list, with its history.
    ///
    /// # Errors
    ///
    /// Also if it is listed and not found for the second time: it hasn't just vanished.
    async fn read(&mut self, id: &RequestId) -> Result<Option<Change>, Error> {
        let Some(request) = self.io.read(id).await? else {
            return if self.missing.insert(id.clone()) { Ok(None) } else { Err(lost()) };
        };
        self.missing.remove(id);
        // It may have been acknowledged by somebody else, or been handed out as a late change meanwhile.
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
            // Of this request nothing more is known; the others are not concerned.
            self.jobs.retain(|job| *job.id() != id);
            self.errors.extend(self.reported.is_news(Place::Detail, id.as_str(), &error).then_some(error));
            return;
        }
        // The server can't be reached, or doesn't answer as it should: all else waits for the next pass.
        *self.failures.entry(id).or_default() += 1;
        let rest = std::mem::take(&mut self.jobs);
        self.keep(rest);
        if !std::mem::replace(&mut self.failed, true) {
            self.errors.push_back(error);
        }
    }

    /// Keeps for the next pass what its list doesn't show.
    fn keep(&self, jobs: impl IntoIterator<Item = Job>) {
        self.tracker.add_unverified(jobs.into_iter().filter_map(|job| match job {
            Job::Verify(pending) => Some(pending),
            Job::Read(_) => None,
        }));
    }

    fn late(&self, request: SupportRequest, seen: PendingAck) -> Change {
        // A flag tells which of two equal updates is the later one.
        let is_flagged = |update: &&Update| update.unacked_since.is_some();
        let unseen = seen.unseen(request.listed().iter().filter(|update| !is_flagged(update)));
        let is_news =
            |update: &&Update| is_flagged(update) || unseen.iter().any(|unseen| std::ptr::eq(*unseen, *update));
        let updates = request.listed().iter().filter(is_news).cloned().collect();
        self.change(request, updates, Some(seen))
    }

    /// Hands a request out; `seen` is what was handed out before, if this is a late change.
    fn change(&self, request: SupportRequest, updates: Vec<Update>, seen: Option<PendingAck>) -> Change {
        let late = seen.is_some();
        let ticket = self.tracker.hand_out(&request, seen);
        Change { request, updates, late, ticket, io: self.io.clone() }
    }
}

/// Whether an error is about the request that was to be read, and not about the server or the credentials.
fn concerns_one(error: &Error) -> bool {
    let general = error.is_unauthorized() || error.is_forbidden() || error.is_throttled();
    match error.kind() {
        Kind::Request | Kind::TooLarge => true,
        Kind::Decode => error.outcome() == Outcome::Completed,
        Kind::Api => error.outcome() == Outcome::Refused && !general,
        _ => false,
    }
}
