//! Receivers of CareMessenger's posts, and sinks that fail.

use bytes::Bytes;
use care_testkit::FaultyStore;
use caremessenger_client::{
    BoxFuture, StoreError,
    webhook::{self, MemorySink, Notification, Receiver, ReceiverBuilder, Sink},
};
use http::{Request, StatusCode};

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

pub(crate) fn receiver(sink: impl Sink + 'static) -> ReceiverBuilder {
    webhook::receiver(sink).notifier("desk", SECRET).notifier("night", NIGHT)
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
