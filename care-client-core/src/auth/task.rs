//! Work that callers wait for, and that neither they nor a store that hangs may hold up.

use crate::{
    error::{Error, StoreError},
    observe::Observe,
};
use std::{future::Future, sync::Arc, time::Duration};
use tokio::time::timeout;

/// A store that hangs must not hold back a call for help.
const STORE_LIMIT: Duration = Duration::from_secs(5);

/// Runs in a task of its own what many may wait for: a caller who stops waiting must not end it for the others.
pub(super) fn detached<T: Send + 'static>(
    work: impl Future<Output = Result<T, Error>> + Send + 'static,
) -> impl Future<Output = Result<T, Error>> + Send {
    let task = tokio::spawn(work);
    async { task.await.unwrap_or_else(|_| Err(Error::auth("the task that fetches the token broke off"))) }
}

/// Gives a store its time, and tells the observer if it fails.
pub(crate) async fn within<T>(
    work: impl Future<Output = Result<T, StoreError>>,
    observer: Option<&dyn Observe>,
) -> Result<T, Arc<StoreError>> {
    let error = match timeout(STORE_LIMIT, work).await {
        Ok(Ok(value)) => return Ok(value),
        Ok(Err(error)) => error,
        Err(late) => StoreError::new(late),
    };
    if let Some(observer) = observer {
        observer.store_failed(&error);
    }
    Err(Arc::new(error))
}
