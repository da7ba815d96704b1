use care_client_core::{AttemptEvent, FinishEvent, Observe, RepeatEvent, StoreError};
use std::{
    fmt::Debug,
    sync::{Arc, Mutex},
};

/// Writes down the whole of what an observer is told. Clones are the same notes.
#[derive(Debug, Clone, Default)]
pub struct Spy(Arc<Mutex<Vec<String>>>);

impl Spy {
    /// Each event as `Debug` shows it.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }

    fn note(&self, event: &dyn Debug) {
        self.0.lock().unwrap().push(format!("{event:?}"));
    }
}

impl Observe for Spy {
    fn attempt(&self, event: &AttemptEvent<'_>) {
        self.note(event);
    }

    fn repeat(&self, event: &RepeatEvent<'_>) {
        self.note(event);
    }

    fn finish(&self, event: &FinishEvent<'_>) {
        self.note(event);
    }

    fn store_failed(&self, error: &StoreError) {
        self.note(error);
    }
}
