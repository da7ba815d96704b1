use super::{Notification, Sink};
use care_client_core::{BoxFuture, StoreError};
use std::{
    fmt, mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Keeps notifications as long as the process lives: for tests, and behind a receiver that hands them on at once. A crash loses what
/// CareMessenger was told has arrived. Clones are the same sink.
#[derive(Clone, Default)]
pub struct MemorySink(Arc<Mutex<Vec<Notification>>>);

impl MemorySink {
    /// An empty sink.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// All that is in it, in the order of arrival.
    #[must_use]
    pub fn notifications(&self) -> Vec<Notification> {
        self.locked().clone()
    }

    /// Takes all that is in it out.
    #[must_use]
    pub fn take(&self) -> Vec<Notification> {
        mem::take(&mut *self.locked())
    }

    fn locked(&self) -> MutexGuard<'_, Vec<Notification>> {
        // Nothing that holds the lock can leave the list half changed.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for MemorySink {
    fn store<'a>(&'a self, notification: &'a Notification) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            self.locked().push(notification.clone());
            Ok(())
        })
    }
}

impl fmt::Debug for MemorySink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemorySink").field("notifications", &self.locked().len()).finish()
    }
}
