use serde_json::Value;
use std::{sync::Arc, time::Duration};
use tokio::sync::Notify;

/// What becomes of one request on its way to the emulator or back.
#[derive(Clone)]
pub(crate) enum Step {
    /// It is answered by the emulator.
    Pass,
    /// It is answered with this status and body, and the emulator never hears of it.
    Answer(u16, &'static str),
    /// As above, with a `Retry-After`.
    RetryAfter(u16, u64),
    /// No connection can be made.
    Refused,
    /// The connection breaks before the emulator hears of it.
    Lost,
    /// The emulator does it, and the connection breaks before the answer.
    AnswerLost,
    /// Nothing comes until the attempt's limit.
    Silence,
    /// The emulator's answer comes after a while, if the attempt's limit allows.
    After(Duration),
    /// The emulator's answer comes with a change.
    Edited(fn(&mut Value)),
    /// The test is told, and nothing ever comes; the emulator doesn't hear of it.
    HeldBefore(Signal),
    /// The emulator does it, the test is told, and the answer never comes.
    HeldAfter(Signal),
}

/// Tells a test that a step was reached.
#[derive(Clone, Default)]
pub(crate) struct Signal(Arc<Notify>);

impl Signal {
    pub(crate) async fn reached(&self) {
        self.0.notified().await;
    }

    /// Tells the test, and never returns.
    pub(crate) async fn hold(&self) -> ! {
        self.0.notify_one();
        loop {
            std::future::pending::<()>().await;
        }
    }
}
