//! Between the app, which measures as often as it likes, and the task that sends at a fixed pace: one slot, whose fix a
//! newer one replaces, and a log of what was sent, dropped, replaced and lost.

use crate::callouts::Fix;
use care_client_core::Error;
use std::{
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
    time::Duration,
};
use tokio::{sync::watch, time::Instant};

/// What became of a fix that was reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reported {
    /// It is sent with the next turn, unless a newer one comes before that.
    Queued,
    /// It was dropped: it may be too far off, or doesn't say how far.
    TooInaccurate,
    /// It was dropped: the session that reports was abandoned, or its callout is closed.
    Ended,
}

/// What a [`LocationReporter`](crate::LocationReporter) has done so far.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct ReportProgress {
    /// Positions that AURA took.
    pub sent: u64,
    /// Fixes that were dropped as too inaccurate.
    pub dropped: u64,
    /// Fixes that a newer one took the place of before their turn.
    pub replaced: u64,
    /// Turns that failed; their position was sent again, unless a newer one had come.
    pub failed: u64,
    /// What the last turn failed with, if it failed.
    pub last_error: Option<Error>,
}

/// The newest fix, which waits for its turn. A newer one replaces it.
pub(super) struct LatestSlot {
    /// Made when the first fix comes: most sessions of a control room never report any.
    newest: OnceLock<watch::Sender<Option<Fix>>>,
    log: Arc<Log>,
}

/// What reporter and task record.
#[derive(Default)]
pub(super) struct Log(Mutex<Entries>);

#[derive(Default)]
struct Entries {
    progress: ReportProgress,
    waiting: bool,
    ended: bool,
    refusal: Option<Error>,
    last_good: Option<Instant>,
    starved_since: Option<Instant>,
}

impl Default for LatestSlot {
    fn default() -> Self {
        Self { newest: OnceLock::new(), log: Arc::default() }
    }
}

impl LatestSlot {
    fn newest(&self) -> &watch::Sender<Option<Fix>> {
        self.newest.get_or_init(|| watch::Sender::new(None))
    }

    pub(super) fn put(&self, fix: Fix) {
        {
            let mut log = self.log.locked();
            log.progress.replaced += u64::from(std::mem::replace(&mut log.waiting, true));
            (log.last_good, log.starved_since) = (Some(Instant::now()), None);
        }
        self.newest().send_replace(Some(fix));
    }

    pub(super) fn drop_one(&self) {
        self.log.locked().progress.dropped += 1;
    }

    /// Whether nothing was good enough for this long, counted from the last good fix or the first bad one.
    pub(super) fn is_starved_for(&self, time: Option<Duration>) -> bool {
        let mut log = self.log.locked();
        let last_good = log.last_good;
        let since = *log.starved_since.get_or_insert_with(|| last_good.unwrap_or_else(Instant::now));
        time.is_some_and(|time| since.elapsed() >= time)
    }

    pub(super) fn end(&self) {
        self.log.locked().ended = true;
    }

    pub(super) fn has_ended(&self) -> bool {
        self.log.locked().ended
    }

    pub(super) fn refusal(&self) -> Option<Error> {
        self.log.locked().refusal.clone()
    }

    pub(super) fn progress(&self) -> ReportProgress {
        self.log.locked().progress.clone()
    }

    pub(super) fn receiver(&self) -> (watch::Receiver<Option<Fix>>, Arc<Log>) {
        let mut receiver = self.newest().subscribe();
        // A new receiver takes what is there as seen.
        receiver.mark_changed();
        (receiver, Arc::clone(&self.log))
    }
}

impl Log {
    fn locked(&self) -> MutexGuard<'_, Entries> {
        // Counters can't be left half changed.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn taken(&self) {
        self.locked().waiting = false;
    }

    pub(super) fn sent(&self) {
        let mut log = self.locked();
        log.progress.sent += 1;
        log.progress.last_error = None;
    }

    pub(super) fn failed(&self, error: Error, is_final: bool) {
        let mut log = self.locked();
        log.progress.failed += 1;
        log.refusal = is_final.then(|| error.clone());
        log.progress.last_error = Some(error);
    }

    pub(super) fn put_back(&self) {
        self.locked().waiting = true;
    }
}
