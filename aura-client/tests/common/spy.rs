use aura_client::{AttemptEvent, FinishEvent, Observe, RepeatEvent, StoreError};
use std::sync::{Arc, Mutex};

/// Writes down the whole of what an observer is told. Clones are the same notes.
#[derive(Clone, Default)]
pub(crate) struct Spy(Arc<Mutex<Vec<String>>>);

impl Spy {
    pub(crate) fn notes(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }

    fn note(&self, event: &dyn std::fmt::Debug) {
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
