//! Waiting for what an emulator does.

use examples::Failure;
use std::{future::Future, time::Duration};
use tokio::time::timeout;

/// Whatever is awaited comes after a poll or two; if it isn't there by then it never comes.
const PATIENCE: Duration = Duration::from_secs(5);

/// Waits for something, but not for ever.
pub(crate) async fn patiently<T>(what: &str, awaited: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    timeout(PATIENCE, awaited).await.unwrap_or_else(|_| Err(Failure::failed(format!("this never came: {what}"))))
}
