use std::sync::Arc;
use tokio::sync::Notify;

/// Tells a test that a step was reached. Clones are the same signal.
#[derive(Debug, Clone, Default)]
pub struct Signal(Arc<Notify>);

impl Signal {
    /// Waits until the step is reached, or returns at once if it was.
    pub async fn reached(&self) {
        self.0.notified().await;
    }

    /// Tells the test, and never returns.
    pub async fn hold(&self) -> ! {
        self.0.notify_one();
        loop {
            std::future::pending::<()>().await;
        }
    }
}
