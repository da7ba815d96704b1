use care_client_core::{AttemptEvent, FinishEvent, Observe, RepeatEvent, StoreError};
use std::{
    fmt::Debug,
    sync::{Arc, Mutex},
};

/// An observer that records every event. Clones share the same record.
#[derive(Debug, Clone, Default)]
pub struct RecordingObserver(Arc<Mutex<Vec<String>>>);

impl RecordingObserver {
    /// Each event as `Debug` shows it.
    #[must_use]
    pub fn events(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }

    fn record(&self, event: &dyn Debug) {
        self.0.lock().unwrap().push(format!("{event:?}"));
    }
}

impl Observe for RecordingObserver {
    fn attempt(&self, event: &AttemptEvent<'_>) {
        self.record(event);
    }

    fn repeat(&self, event: &RepeatEvent<'_>) {
        self.record(event);
    }

    fn finish(&self, event: &FinishEvent<'_>) {
        self.record(event);
    }

    fn store_failed(&self, error: &StoreError) {
        self.record(error);
    }
}
