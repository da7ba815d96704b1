//! Reporting where the person is, at the documented pace.
//!
//! Only the newest fix waits to be sent ([`latest_slot`]). One task per reporter sends it at each turn, and ends when
//! all reporters are dropped and nothing is left to send.

mod latest_slot;

pub use latest_slot::{ReportProgress, Reported};

use crate::{
    callouts::{Fix, UpdateLocation},
    ids::CalloutId,
};
use care_client_core::{
    Error, Outcome, Pipeline, RetryPolicy,
    workflow::{PollFailure, Refusals},
};
use latest_slot::{LatestSlot, Log};
use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{
    runtime::Handle,
    sync::watch,
    task::AbortHandle,
    time::{Instant, sleep_until},
};

/// What AURA recommends: a position every 10 s.
pub(crate) const INTERVAL: Duration = Duration::from_secs(10);
/// Of positions. A new callout goes with any: defect AURA-15.
const MAX_ACCURACY: f64 = 50.0;
/// The shortest interval: one of zero would keep the server busy for nothing.
const SHORTEST: Duration = Duration::from_millis(1);

/// Sends the person's positions of one callout, at the documented pace. Made by
/// [`Callouts::report_location`](crate::Callouts::report_location); clones share the same reporter.
///
/// Give it every fix that the phone measures, by [`report`](Self::report):
///
/// - One is sent every 10 s, the first at once. If several came meanwhile, the newest wins; if none came, none is sent.
/// - Fixes with an accuracy of 50 m or worse are dropped and counted, so that the app can ask the person to step
///   outside; so are fixes without an accuracy, unless [`with_unknown_accuracy`](Self::with_unknown_accuracy) is set.
/// - A position that could not be sent is sent again with the next turn, unless a newer one has come or the server
///   refused it.
/// - It continues after a dismissal, as AURA asks. It stops with its session, and when AURA refuses for good: 401 or
///   403 at once if no call with these credentials has ever succeeded, otherwise 401, 403 or 404 after three in a row
///   over at least a minute. A single refusal, as by a gateway, stops nothing.
///
/// A task does the sending, so it needs a tokio runtime. After the reporter is dropped, the task still sends the last
/// position.
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # use aura_client::{Aura, NewCallout, NewCustomer};
/// # let emulator = care_emulators::aura::Emulator::start().await?;
/// # let token = emulator.issue_user_token("id_1@example.com");
/// # let aura = Aura::builder().base_url(emulator.url()).user_token(token).build()?;
/// # let customer = NewCustomer::new("Alex", "Example", "+12025550103");
/// # let new = NewCallout::new(customer, aura_client::Fix::new(-26.1, 28.05));
/// # let id = aura.callouts().create(new).await?.id;
/// use aura_client::{Fix, Reported};
///
/// let reporter = aura.callouts().report_location(id);
/// assert_eq!(reporter.report(Fix::new(-26.100054, 28.051).accuracy(12.0))?, Reported::Queued);
/// assert_eq!(reporter.report(Fix::new(-26.1, 28.0).accuracy(1000.0))?, Reported::TooInaccurate);
/// assert_eq!(reporter.progress().dropped, 1);
/// # Ok(()) }
/// ```
///
/// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020, "Callout Location Updates",
/// <https://docs.aura.services/integration-guidelines.html>.
#[derive(Clone)]
pub struct LocationReporter {
    pipeline: Pipeline,
    id: CalloutId,
    interval: Duration,
    max_accuracy: f64,
    unknown_accuracy: bool,
    best_after: Option<Duration>,
    slot: Arc<LatestSlot>,
    task: Arc<Mutex<Option<AbortHandle>>>,
}

impl LocationReporter {
    pub(crate) fn new(pipeline: Pipeline, id: CalloutId, interval: Duration) -> Self {
        Self {
            pipeline,
            id,
            interval: interval.max(SHORTEST),
            max_accuracy: MAX_ACCURACY,
            unknown_accuracy: false,
            best_after: None,
            slot: Arc::default(),
            task: Arc::default(),
        }
    }

    /// Sets the time from one position to the next. Default: the builder's
    /// [`location_interval`](crate::AuraBuilder::location_interval), which is 10 s, as AURA asks. Set it before the
    /// first report.
    #[must_use]
    pub fn with_interval(mut self, interval: Duration) -> Self {
        self.interval = interval.max(SHORTEST);
        self
    }

    /// Sets the accuracy in metres from which a fix is dropped. Default: 50.
    #[must_use]
    pub fn with_max_accuracy(mut self, metres: f64) -> Self {
        self.max_accuracy = metres;
        self
    }

    /// Accepts fixes without an accuracy. Default: they are dropped.
    #[must_use]
    pub fn with_unknown_accuracy(mut self) -> Self {
        self.unknown_accuracy = true;
        self
    }

    /// After this long without an accurate fix, accepts the next inaccurate one: a poor position is better than an old
    /// one. Default: never.
    #[must_use]
    pub fn with_best_after(mut self, time: Duration) -> Self {
        self.best_after = Some(time);
        self
    }

    /// Reports a fix. Returns at once; it is sent at the next turn.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) for invalid coordinates, [`Kind::Config`](crate::Kind::Config) outside
    /// of a tokio runtime, and the server's refusal once that has stopped the reporter.
    pub fn report(&self, fix: Fix) -> Result<Reported, Error> {
        fix.checked()?;
        if let Some(error) = self.slot.refusal() {
            return Err(error);
        }
        let good = match fix.accuracy_metres() {
            Some(metres) => metres < self.max_accuracy,
            None => self.unknown_accuracy,
        };
        if !good && !self.slot.is_starved_for(self.best_after) {
            self.slot.drop_one();
            return Ok(Reported::TooInaccurate);
        }
        let runtime = Handle::try_current()
            .map_err(|_| Error::config("positions are sent by a task: call report(..) inside of a tokio runtime"))?;
        let mut task = self.locked_task();
        if self.slot.has_ended() {
            return Ok(Reported::Ended);
        }
        self.slot.put(fix);
        // It is finished if its runtime is gone; then a new one starts in this runtime.
        if task.as_ref().is_none_or(AbortHandle::is_finished) {
            let work = send_all(self.pipeline.clone(), self.id, self.interval, self.slot.receiver());
            *task = Some(runtime.spawn(work).abort_handle());
        }
        Ok(Reported::Queued)
    }

    /// What was sent, dropped and lost so far.
    #[must_use]
    pub fn progress(&self) -> ReportProgress {
        self.slot.progress()
    }

    /// Stops at once and for good; what waits to be sent is dropped.
    pub(crate) fn stop(&self) {
        let task = self.locked_task();
        self.slot.end();
        if let Some(task) = &*task {
            task.abort();
        }
    }

    fn locked_task(&self) -> MutexGuard<'_, Option<AbortHandle>> {
        self.task.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for LocationReporter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocationReporter")
            .field("callout", &self.id)
            .field("interval", &self.interval)
            .field("progress", &self.progress())
            .finish_non_exhaustive()
    }
}

/// The shortest time to wait for an answer, however short the interval is.
const SHORTEST_WAIT: Duration = Duration::from_secs(5);

/// Sends the newest fix at each turn, until all reporters are dropped and nothing is left to send.
async fn send_all(
    pipeline: Pipeline,
    id: CalloutId,
    interval: Duration,
    (mut newest, log): (watch::Receiver<Option<Fix>>, Arc<Log>),
) {
    let mut refusals = Refusals::default();
    // Fails once all reporters are dropped and the last fix was taken.
    while newest.changed().await.is_ok() {
        let fix = *newest.borrow_and_update();
        let Some(fix) = fix else { continue };
        log.taken();
        let turn = Instant::now();
        // No retries, and no longer than a turn: the next turn is the retry, with a newer position if there is one.
        let call = pipeline.call(UpdateLocation::new(id, fix)).with_retry(RetryPolicy::never());
        match call.with_timeout(interval.max(SHORTEST_WAIT)).await {
            Ok(()) => {
                refusals.success();
                log.sent();
            }
            Err(error) => {
                let failure = refusals.failure(&error, &pipeline);
                let is_final = failure == PollFailure::Final;
                // Refused for what it is, and not for the credentials or by a gateway: the same again would be, too.
                let was_refused = error.outcome() == Outcome::Refused && !error.is_transient() && !error.is_foreign();
                let is_wrong = was_refused && failure != PollFailure::Refused;
                let is_passing = !is_wrong && error.outcome() != Outcome::Completed;
                log.failed(error, is_final);
                if is_final {
                    return;
                }
                // Fails when all reporters are dropped: an old position isn't sent again then, but a newer one is still
                // sent.
                if is_passing && matches!(newest.has_changed(), Ok(false)) {
                    newest.mark_changed();
                    log.put_back();
                }
            }
        }
        sleep_until(turn + interval).await;
    }
}
