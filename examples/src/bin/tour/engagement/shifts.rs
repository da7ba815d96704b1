//! Hearing of lists that move while they are read.

use engagement_client::{Observe, ShiftEvent};
use std::sync::{Arc, Mutex, PoisonError};

/// By how many rows lists have moved, in the order in which walks have noticed it. Clones hear the same.
#[derive(Clone, Default)]
pub(super) struct Shifts(Arc<Mutex<Vec<i64>>>);

impl Shifts {
    pub(super) fn heard(&self) -> Vec<i64> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Observe for Shifts {
    fn shift(&self, event: &ShiftEvent<'_>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(event.moved);
    }
}
