use care_client_core::{AttemptEvent, FinishEvent, Observe};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// An observer that counts about what the observers of users count.
#[derive(Debug, Default)]
pub struct Counters {
    attempts: AtomicU64,
    failures: AtomicU64,
    micros: AtomicU64,
}

impl Observe for Counters {
    fn attempt(&self, _event: &AttemptEvent<'_>) {
        self.attempts.fetch_add(1, Relaxed);
    }

    fn finish(&self, event: &FinishEvent<'_>) {
        self.failures.fetch_add(event.error.is_some().into(), Relaxed);
        self.micros.fetch_add(u64::try_from(event.elapsed.as_micros()).unwrap_or(u64::MAX), Relaxed);
    }
}
