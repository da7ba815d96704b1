use super::FaultyStore;
use bytes::Bytes;
use caremessenger_client::{
    BoxFuture, StoreError,
    webhook::{MemorySink, Notification, Receiver, ReceiverBuilder, Sink},
};
use http::{Request, StatusCode};
use std::sync::{Arc, Mutex};

pub(crate) const SECRET: &str = "0123456789abcdef-desk";
pub(crate) const NIGHT: &str = "0123456789abcdef-night";

/// A sink in memory that goes wrong first.
#[derive(Clone)]
pub(crate) struct TroubledSink {
    pub(crate) trouble: FaultyStore,
    pub(crate) kept: MemorySink,
}

impl TroubledSink {
    pub(crate) fn new(trouble: FaultyStore) -> Self {
        Self { trouble, kept: MemorySink::new() }
    }
}

impl Sink for TroubledSink {
    fn store<'a>(&'a self, notification: &'a Notification) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(self.trouble.run(self.kept.store(notification)))
    }
}

/// Hears of failures.
#[derive(Clone, Default)]
pub(crate) struct Told(Arc<Mutex<Vec<String>>>);

impl Told {
    pub(crate) fn by(&self, builder: ReceiverBuilder) -> ReceiverBuilder {
        let told = Arc::clone(&self.0);
        builder.on_failure(move |error| told.lock().unwrap().push(error.to_string()))
    }

    /// It was told just this since it was asked last.
    pub(crate) fn says(&self, wanted: &[&str]) {
        let told = std::mem::take(&mut *self.0.lock().unwrap());
        let fits = told.len() == wanted.len() && told.iter().zip(wanted).all(|(told, wanted)| told.contains(wanted));
        assert!(fits, "{told:?} is not {wanted:?}");
    }
}

pub(crate) fn receiver(sink: impl Sink + 'static) -> ReceiverBuilder {
    Receiver::builder(sink).notifier("desk", SECRET).notifier("night", NIGHT)
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
