//! A lock that ignores poisoning: a test that panics while holding it fails alone, and the others go on.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks `mutex`, even after another holder has panicked.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
