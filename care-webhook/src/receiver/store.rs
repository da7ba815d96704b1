//! How an admitted post becomes a stored one: marked if it looks like an earlier one, stored within a time limit, recorded after.

use super::{
    Inner, Receiver, Suppress,
    admission::{Refusal, answer},
};
use crate::{
    dedupe::catch_panic,
    notification::{Duplicate, Notification},
};
use bytes::Bytes;
use care_client_core::StoreError;
use http::{HeaderMap, Response};
use std::{sync::Arc, time::Duration};
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
