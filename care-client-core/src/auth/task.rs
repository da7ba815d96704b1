//! Limits for tasks that must not delay a call for help: a fetch that many wait for, and a store that hangs.

use crate::{
    error::{Error, Kind, Outcome, StoreError},
    observe::Observe,
};
use std::{future::Future, sync::Arc, time::Duration};
use tokio::time::timeout;

/// A store that hangs must not delay a call for help.
const STORE_LIMIT: Duration = Duration::from_secs(5);

/// A renewal that hangs must not delay a call while the old token is still valid.
const RENEWAL_LIMIT: Duration = Duration::from_secs(5);

/// Gives a renewal 5 s; the outer error says that they were too few.
pub(super) async fn renewed_in_time<T>(renewal: impl Future<Output = T>) -> Result<T, Error> {
    let late = |_| Error::new(Kind::Timeout, Outcome::NotSent, "the token was not renewed within 5 s");
    timeout(RENEWAL_LIMIT, renewal).await.map_err(late)
}

/// Runs what many may wait for in a task of its own: a caller who stops waiting must not end it for the others.
pub(super) fn detached<T: Send + 'static>(
    task: impl Future<Output = Result<T, Error>> + Send + 'static,
) -> impl Future<Output = Result<T, Error>> + Send {
    let running = tokio::spawn(task);
    async {
        running.await.unwrap_or_else(|_| Err(Error::auth("the task that fetches the token panicked or was shut down")))
    }
}

/// Gives a store 5 s, and reports its failure to the observer.
pub(crate) async fn within<T>(
    task: impl Future<Output = Result<T, StoreError>>,
    observer: Option<&dyn Observe>,
) -> Result<T, Arc<StoreError>> {
    let error = match timeout(STORE_LIMIT, task).await {
        Ok(Ok(value)) => return Ok(value),
        Ok(Err(error)) => error,
        Err(late) => StoreError::new(late),
    };
    if let Some(observer) = observer {
        observer.store_failed(&error);
    }
    Err(Arc::new(error))
}
