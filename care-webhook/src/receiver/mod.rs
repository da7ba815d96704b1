use super::{
    DedupeKey, DedupeStore, Duplicate, Notification, ReceiverBuilder, Sink, Suppress, Verifier, admission::Admission,
    caught::caught, in_flight::InFlight, refusal::Refusal,
};
use bytes::Bytes;
use care_client_core::{BoxFuture, Error, Secret, StoreError};
use chrono::{DateTime, Utc};
use http::{HeaderMap, HeaderValue, Request, Response, StatusCode, header::ALLOW};
use std::{
    fmt,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    time::Duration,
};
use tokio::time::timeout;

/// Receives requests for help: stores each one first and answers after. Cheap to clone; clones are the same receiver. The promises
/// that it makes are those of this [module](crate::webhook).
///
/// It knows no web framework. With the feature `axum`, `into_router` makes a router of it.
#[derive(Clone)]
pub struct Receiver(Arc<Inner>);

pub(super) type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;
pub(super) type OnFailure = Arc<dyn Fn(&StoreError) + Send + Sync>;
pub(super) type Hook = Arc<dyn Fn(&Notification) -> BoxFuture<'static, ()> + Send + Sync>;

/// What all clones of a receiver share.
pub(super) struct Inner {
    pub(super) admission: Admission,
    pub(super) sink: Arc<dyn Sink>,
    pub(super) dedupe: Arc<dyn DedupeStore>,
    pub(super) in_flight: InFlight,
    pub(super) store_timeout: Duration,
    pub(super) success: StatusCode,
    pub(super) id_pointer: Option<Box<str>>,
    pub(super) suppress: Suppress,
    pub(super) verifier: Option<Arc<dyn Verifier>>,
    pub(super) clock: Clock,
    pub(super) on_failure: Option<OnFailure>,
    pub(super) before_answer: Option<Hook>,
}

impl Receiver {
    /// Begins a receiver that keeps what comes in this sink.
    pub fn builder(sink: impl Sink + 'static) -> ReceiverBuilder {
        ReceiverBuilder::new(Arc::new(sink))
    }

    pub(super) fn from_inner(inner: Inner) -> Self {
        Self(Arc::new(inner))
    }

    /// Takes a post, and resolves to the answer to give. Must be called within a tokio runtime.
    ///
    /// | what came | answer | stored |
    /// |---|---|---|
    /// | another method than POST | 405 | no |
    /// | a path that doesn't end in a secret | 404 | no |
    /// | a body beyond [`max_body`](ReceiverBuilder::max_body) | 413 | no |
    /// | what the [`verifier`](ReceiverBuilder::verifier) refuses | 401 | no |
    /// | anything else | 200, or 201 if [so said](ReceiverBuilder::answer_created) | yes |
    /// | the same, and the sink fails | 503 | if it can be helped |
    ///
    /// It never answers with another status, and never with a redirect: only 200 and 201 are documented to end the repetitions
    /// (defect [`CARE-32`](crate::defects)). Whoever stops waiting for the answer doesn't stop the storing. Of a post with a valid
    /// secret that isn't stored, [`on_failure`](ReceiverBuilder::on_failure) is told.
    pub async fn handle(&self, request: Request<Bytes>) -> Response<Bytes> {
        let (head, body) = request.into_parts();
        let notifier = match self.0.admission.admit(&head.method, &head.uri, Some(body.len() as u64)) {
            Ok(notifier) => notifier,
            Err(refusal) => return self.refuse(refusal),
        };
        let receiver = self.clone();
        // In a task of its own: a sender that hangs up in the middle ends neither the storing nor the telling.
        let taken = tokio::spawn(async move {
            match receiver.take_in(notifier, head.headers, body).await {
                Ok(()) => answer(receiver.0.success),
                Err(refusal) => receiver.refuse(refusal),
            }
        });
        taken.await.unwrap_or_else(|_| answer(StatusCode::SERVICE_UNAVAILABLE))
    }

    /// Tells the receiver what was stored before it was made, so that a repetition of it is marked: after a restart, the content of
    /// the journal. What is older than the window is forgotten at once.
    ///
    /// # Errors
    ///
    /// If the [`DedupeStore`] fails.
    pub async fn remember(&self, stored: impl IntoIterator<Item = &Notification>) -> Result<(), StoreError> {
        for notification in stored {
            let key = DedupeKey::of(notification, self.0.id_pointer.as_deref());
            self.0.dedupe.record(&key, notification.received_at).await?;
        }
        Ok(())
    }

    /// Makes these the only valid secrets of a notifier, from now on. To change a secret without a gap: make the new one valid beside
    /// the old one, register the new URL, and make the new one the only one when the old URL is called no more. Without any, nobody can
    /// call the notifier until it has one again.
    ///
    /// # Errors
    ///
    /// As [`build`](ReceiverBuilder::build), and if the builder has named no such notifier; nothing is changed then.
    pub fn replace_secrets<S: Into<Secret>>(
        &self,
        notifier: &str,
        secrets: impl IntoIterator<Item = S>,
    ) -> Result<(), Error> {
        self.0.admission.secrets.replace(notifier, secrets.into_iter().map(Into::into).collect())
    }

    #[cfg(feature = "axum")]
    pub(super) fn admission(&self) -> &Admission {
        &self.0.admission
    }

    pub(super) fn refuse(&self, refusal: Refusal) -> Response<Bytes> {
        let answer = answer(refusal.status());
        if let Some(failure) = refusal.into_failure() {
            self.0.tell(&failure);
        }
        answer
    }

    async fn take_in(&self, notifier: Box<str>, headers: HeaderMap, body: Bytes) -> Result<(), Refusal> {
        let inner = Arc::clone(&self.0);
        // In a task of its own: what takes too long goes on, and a panic is a failure.
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
        let key = DedupeKey::of(&notification, self.id_pointer.as_deref());
        let at = notification.received_at;
        // An earlier post of the same may hang in the sink for good: that must not keep this one back.
        let _turn = timeout(self.patience(), self.in_flight.pass(&key)).await.ok();
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
    fn patience(&self) -> Duration {
        self.store_timeout / 4
    }

    /// Asks what was stored before. A store that fails, panics or hangs costs the mark, and never the notification.
    async fn ask_dedupe_store<T>(&self, work: impl Future<Output = Result<T, StoreError>>) -> Option<T> {
        let late = |_| Err(format!("the dedupe store took more than {:?}", self.patience()).into());
        let end = timeout(self.patience(), caught(work)).await.unwrap_or_else(late);
        end.inspect_err(|error| self.tell(error)).ok()
    }

    fn suppresses(&self, duplicate: Duplicate) -> bool {
        match duplicate {
            Duplicate::No => false,
            Duplicate::Certain => self.suppress >= Suppress::Certain,
            Duplicate::Probable => self.suppress >= Suppress::CertainAndProbable,
        }
    }

    fn tell(&self, error: &StoreError) {
        if let Some(told) = &self.on_failure {
            // Whoever is told may panic, such as by a closed standard error: that must not end the storing.
            let _ = catch_unwind(AssertUnwindSafe(|| told(error)));
        }
    }
}

fn answer(status: StatusCode) -> Response<Bytes> {
    let mut answer = Response::new(Bytes::new());
    *answer.status_mut() = status;
    if status == StatusCode::METHOD_NOT_ALLOWED {
        answer.headers_mut().insert(ALLOW, HeaderValue::from_static("POST"));
    }
    answer
}

impl fmt::Debug for Receiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver").field("notifiers", &self.0.admission.secrets.notifiers()).finish_non_exhaustive()
    }
}
