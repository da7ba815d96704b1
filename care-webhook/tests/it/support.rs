//! What the tests share: receivers, sinks that fail, posts.

pub(crate) use care_testkit::{FaultyStore, Folder, Signal, When, secs};

use bytes::Bytes;
use care_webhook::{BoxFuture, MemorySink, Notification, Receiver, ReceiverBuilder, SecretInPath, Sink, StoreError};
use http::{Request, StatusCode};
use std::sync::{Arc, Mutex};

pub(crate) const SECRET: &str = "0123456789abcdef-desk";
pub(crate) const NIGHT: &str = "0123456789abcdef-night";

/// A sink in memory that goes wrong first.
#[derive(Clone)]
pub(crate) struct FaultySink {
    pub(crate) fault: FaultyStore,
    pub(crate) kept: MemorySink,
}

impl FaultySink {
    pub(crate) fn new(store: FaultyStore) -> Self {
        Self { fault: store, kept: MemorySink::new() }
    }
}

impl Sink for FaultySink {
    fn store<'a>(&'a self, notification: &'a Notification) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(self.fault.run(self.kept.store(notification)))
    }
}

/// The failures that were reported.
#[derive(Clone, Default)]
pub(crate) struct Reports(Arc<Mutex<Vec<String>>>);

impl Reports {
    pub(crate) fn of(&self, builder: ReceiverBuilder) -> ReceiverBuilder {
        let reports = Arc::clone(&self.0);
        builder.on_failure(move |error| reports.lock().unwrap().push(error.to_string()))
    }

    /// Just these were reported since it was asked last.
    pub(crate) fn are(&self, wanted: &[&str]) {
        let reports = std::mem::take(&mut *self.0.lock().unwrap());
        let fits = reports.len() == wanted.len()
            && reports.iter().zip(wanted).all(|(reports, wanted)| reports.contains(wanted));
        assert!(fits, "{reports:?} is not {wanted:?}");
    }
}

pub(crate) fn receiver(sink: impl Sink + 'static) -> ReceiverBuilder {
    Receiver::builder(SecretInPath::new(), sink).notifier("desk", SECRET).notifier("night", NIGHT)
}

/// A post to this secret.
pub(crate) fn post(secret: &str, body: impl Into<Bytes>) -> Request<Bytes> {
    Request::post(format!("/care/{secret}")).header("content-type", "application/json").body(body.into()).unwrap()
}

pub(crate) async fn status(receiver: &Receiver, request: Request<Bytes>) -> StatusCode {
    let answer = receiver.handle(request).await;
    assert!(answer.body().is_empty());
    answer.status()
}

/// What the sink has: bodies and marks.
pub(crate) fn kept(sink: &MemorySink) -> Vec<String> {
    let line = |notification: Notification| {
        let body = String::from_utf8_lossy(&notification.body).into_owned();
        format!("{} {body} {:?}", notification.notifier, notification.duplicate)
    };
    sink.notifications().into_iter().map(line).collect()
}
