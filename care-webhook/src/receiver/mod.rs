//! The receiver: admits a post by its head, stores it, and answers after.
//!
//! ```text
//! handle(request)              with a body; serve() and into_router() read it first
//!   └ admit                    admission.rs   method, secret, length: from the head alone
//!   └ take, in a task          store.rs       a sender that hangs up doesn't end it
//!       └ DedupeStore::seen                   gives a mark; its failures keep no post back
//!       └ Sink::store                         the post is durable when it returns
//!       └ DedupeStore::record                 a failed attempt must not hide its repetition
//!   └ 200, or 503
//! ```

mod admission;
mod builder;
mod store;

pub use builder::{ReceiverBuilder, Suppress};

use crate::{
    dedupe::{DedupeKey, DedupeStore, InFlight},
    journal::{FileJournal, JournalEntry},
    notification::Notification,
    secrets::Secrets,
    service::{Service, Verifier},
    sink::Sink,
};
use admission::answer;
use bytes::Bytes;
use care_client_core::{BoxFuture, Error, Secret, StoreError};
use chrono::{DateTime, TimeDelta, Utc};
use http::{Request, Response, StatusCode};
use std::{
    fmt,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    time::Duration,
};

/// Receives posts: stores each one first and answers after. Cheap to clone; clones are the same receiver.
///
/// [`serve`](Self::serve) answers requests that come in at a socket, [`handle`](Self::handle) one that your web
/// framework has read, and with the feature `axum`, `into_router` makes a router of it.
#[derive(Clone)]
pub struct Receiver(Arc<Inner>);

type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;
type OnFailure = Arc<dyn Fn(&StoreError) + Send + Sync>;
type Hook = Arc<dyn Fn(&Notification) -> BoxFuture<'static, ()> + Send + Sync>;

/// What all clones of a receiver share.
struct Inner {
    service: Arc<dyn Service>,
    secrets: Secrets,
    max_body: usize,
    sink: Arc<dyn Sink>,
    dedupe: Arc<dyn DedupeStore>,
    in_flight: InFlight,
    store_timeout: Duration,
    acknowledgement: StatusCode,
    id_pointer: Option<Box<str>>,
    suppress: Suppress,
    verifier: Option<Arc<dyn Verifier>>,
    clock: Clock,
    on_failure: Option<OnFailure>,
    before_answer: Option<Hook>,
}

impl Receiver {
    /// Begins a receiver of this service's posts, which keeps them in this sink.
    pub fn builder(service: impl Service, sink: impl Sink + 'static) -> ReceiverBuilder {
        ReceiverBuilder::new(Arc::new(service), Arc::new(sink))
    }

    /// Takes a post, and resolves to the answer to give. Must be called within a tokio runtime.
    ///
    /// | request | answer | stored |
    /// |---|---|---|
    /// | not a POST | 405, unless it is the service's [`handshake`](Service::handshake) | no |
    /// | no valid secret | 404 | no |
    /// | a body beyond [`max_body`](ReceiverBuilder::max_body) | 413 | no |
    /// | refused by the [`verifier`](ReceiverBuilder::verifier) | 401 | no |
    /// | anything else | 200, or what the service takes as [`acknowledgement`](Service::acknowledgement) | yes |
    /// | the same, and the sink fails | 503 | if possible |
    ///
    /// It never answers with another status, and never with a redirect. A sender that stops waiting for the answer
    /// doesn't stop the storing. A post with a valid secret that isn't stored is reported to
    /// [`on_failure`](ReceiverBuilder::on_failure).
    pub async fn handle(&self, request: Request<Bytes>) -> Response<Bytes> {
        let (head, body) = request.into_parts();
        let notifier = match self.admit(&head, Some(body.len() as u64)) {
            Ok(notifier) => notifier,
            Err(refusal) => return self.refuse(refusal, &head),
        };
        let receiver = self.clone();
        // In a task of its own: a sender that hangs up in the middle ends neither the storing nor the reporting.
        let taken = tokio::spawn(async move { receiver.take_and_answer(notifier, head.headers, body).await });
        taken.await.unwrap_or_else(|_| answer(StatusCode::SERVICE_UNAVAILABLE))
    }

    /// Tells the receiver what was stored before it was made, so that repetitions of it are marked.
    ///
    /// # Errors
    ///
    /// If the [`DedupeStore`] fails.
    pub async fn remember(&self, stored: impl IntoIterator<Item = &Notification>) -> Result<(), StoreError> {
        for notification in stored {
            let key = self.0.key(notification);
            self.0.dedupe.record(&key, notification.received_at).await?;
        }
        Ok(())
    }

    /// Tells the receiver what a journal has stored within the service's [window](Service::dedupe_window), so that
    /// repetitions of it are marked: after a restart. Only the end of the journal is read, however long it is.
    ///
    /// # Errors
    ///
    /// If the journal can't be read, or the [`DedupeStore`] fails.
    pub async fn remember_journal(&self, journal: &FileJournal) -> Result<(), StoreError> {
        let window = TimeDelta::from_std(self.0.service.dedupe_window()).unwrap_or(TimeDelta::MAX);
        let since = (self.0.clock)().checked_sub_signed(window).unwrap_or(DateTime::<Utc>::MIN_UTC);
        let mut entries = journal.stream_since(since);
        while let Some(entry) = entries.next().await {
            if let JournalEntry::Notification(notification) = entry? {
                self.remember([&notification]).await?;
            }
        }
        Ok(())
    }

    /// Makes these the only valid secrets of a notifier, from now on. To change a secret without a gap: make the new
    /// one valid beside the old one, register it with the service, and make it the only one when the old one isn't used
    /// any more. A notifier without any secret can't be called.
    ///
    /// # Errors
    ///
    /// As [`build`](ReceiverBuilder::build), and if the builder has named no such notifier; nothing is changed then.
    pub fn replace_secrets<S: Into<Secret>>(
        &self,
        notifier: &str,
        secrets: impl IntoIterator<Item = S>,
    ) -> Result<(), Error> {
        self.0.secrets.replace(notifier, secrets.into_iter().map(Into::into).collect())
    }

    /// Reports a failure to whoever is named by `on_failure`.
    pub(crate) fn report(&self, failure: &StoreError) {
        self.0.report(failure);
    }
}

impl Inner {
    fn key(&self, notification: &Notification) -> DedupeKey {
        let id = match self.id_pointer.as_deref() {
            Some(pointer) => crate::service::id_at(notification, pointer),
            None => self.service.delivery_id(notification),
        };
        DedupeKey::new(notification, id.as_deref())
    }

    fn report(&self, failure: &StoreError) {
        if let Some(on_failure) = &self.on_failure {
            // It may panic, such as by a closed standard error: that must not end the storing.
            let _ = catch_unwind(AssertUnwindSafe(|| on_failure(failure)));
        }
    }
}

impl fmt::Debug for Receiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver").field("notifiers", &self.0.secrets.notifiers()).finish_non_exhaustive()
    }
}
