//! How an admitted post becomes a stored one: marked if it looks like an earlier one, stored within a time limit,
//! recorded after.

use super::{
    Inner, Receiver, Suppress,
    admission::{Refusal, answer},
};
use crate::notification::{Duplicate, Notification};
use bytes::Bytes;
use care_client_core::StoreError;
use http::{HeaderMap, Response};
use std::{
    future::poll_fn,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    sync::Arc,
    task::Poll,
    time::Duration,
};
use tokio::time::timeout;

impl Receiver {
    pub(super) async fn take_and_answer(&self, notifier: Box<str>, headers: HeaderMap, body: Bytes) -> Response<Bytes> {
        match self.take(notifier, headers, body).await {
            Ok(()) => answer(self.0.acknowledgement),
            Err(refusal) => self.fail(refusal),
        }
    }

    async fn take(&self, notifier: Box<str>, headers: HeaderMap, body: Bytes) -> Result<(), Refusal> {
        let inner = Arc::clone(&self.0);
        // In a task of its own: storing that exceeds the limit goes on, and a panic is a failure.
        let taken = tokio::spawn(async move {
            if inner.verifier.as_ref().is_some_and(|verifier| !verifier.verify(&headers, &body)) {
                return Err(Refusal::NotVerified);
            }
            let notification = Notification::new(notifier, (inner.clock)(), headers, body);
            Ok(inner.store(notification).await?)
        });
        let late = |_| StoreError::from(format!("storing took more than {:?}", self.0.store_timeout));
        let notification = timeout(self.0.store_timeout, taken).await.map_err(late)?.map_err(StoreError::new)??;
        if let Some(hook) = &self.0.before_answer {
            hook(&notification).await;
        }
        Ok(())
    }
}

impl Inner {
    async fn store(&self, mut notification: Notification) -> Result<Notification, StoreError> {
        let key = self.key(&notification);
        let at = notification.received_at;
        // An earlier post with the same key may hang in the sink for good: that must not keep this one back.
        let _turn = timeout(self.dedupe_timeout(), self.in_flight.pass(&key)).await.ok();
        let seen = self.ask_dedupe_store(async { self.dedupe.seen(&key, at).await }).await.unwrap_or(false);
        if seen {
            notification.duplicate = if key.is_certain() { Duplicate::Certain } else { Duplicate::Probable };
        }
        if self.suppresses(notification.duplicate) {
            return Ok(notification);
        }
        self.sink.store(&notification).await?;
        // Only now: a first attempt that failed must not hide its own repetition.
        if !seen {
            self.ask_dedupe_store(async { self.dedupe.record(&key, at).await }).await;
        }
        Ok(notification)
    }

    /// How long a mark may take: the sink has at least half of the time.
    fn dedupe_timeout(&self) -> Duration {
        self.store_timeout / 4
    }

    /// Asks the dedupe store. One that fails, panics or hangs costs the mark, and never the notification.
    async fn ask_dedupe_store<T>(&self, work: impl Future<Output = Result<T, StoreError>>) -> Option<T> {
        let late = |_| Err(format!("the dedupe store took more than {:?}", self.dedupe_timeout()).into());
        let end = timeout(self.dedupe_timeout(), catch_panic(work)).await.unwrap_or_else(late);
        end.inspect_err(|error| self.report(error)).ok()
    }

    fn suppresses(&self, duplicate: Duplicate) -> bool {
        match duplicate {
            Duplicate::No => false,
            Duplicate::Certain => self.suppress >= Suppress::Certain,
            Duplicate::Probable => self.suppress >= Suppress::CertainAndProbable,
        }
    }
}

/// Resolves as the work of a dedupe store does, and to an error if it panics.
async fn catch_panic<T>(work: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
    let mut work = pin!(work);
    // After a panic it is polled no more, so nobody sees what was left half done.
    poll_fn(|context| {
        catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context)))
            .unwrap_or_else(|_| Poll::Ready(Err("the dedupe store panicked".into())))
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::task::yield_now;

    #[tokio::test]
    async fn a_panic_is_an_error_at_any_point() {
        for point in 0..3 {
            let end = catch_panic(async {
                for n in 0..2 {
                    assert_ne!(n, point, "a panic on purpose");
                    yield_now().await;
                }
                Ok(())
            });
            assert_eq!(end.await.is_ok(), point == 2, "{point}");
        }
    }
}
