//! In-process receivers of deliveries.

use crate::lock::lock;
use axum::body::Body;
use bytes::Bytes;
use futures_util::{FutureExt, future::BoxFuture};
use http::{Request, Response, StatusCode};
use http_body_util::BodyExt;
use std::{
    fmt,
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex},
};
use tower::{Service, ServiceExt};

/// A receiver's response; `None` if the connection is closed without one.
type ResponseFuture = BoxFuture<'static, Option<StatusCode>>;

/// An in-process receiver.
#[derive(Clone)]
pub(crate) struct Handler(Arc<dyn Fn(Request<Body>) -> ResponseFuture + Send + Sync>);

impl Handler {
    /// A service. Its errors close the connection, as in a server.
    pub(crate) fn service<S, B>(service: S) -> Self
    where
        S: Service<Request<Body>, Response = Response<B>> + Clone + Send + Sync + 'static,
        S::Future: Send,
        S::Error: Send,
        B: Send + 'static,
    {
        Self(Arc::new(move |request| {
            let service = service.clone();
            Box::pin(async move { service.oneshot(request).await.ok().map(|answer| answer.status()) })
        }))
    }

    /// A function that takes the complete request. It is never called with a truncated body.
    pub(crate) fn function<F, A, B>(function: F) -> Self
    where
        F: Fn(Request<Bytes>) -> A + Clone + Send + Sync + 'static,
        A: Future<Output = Response<B>> + Send + 'static,
        B: Send + 'static,
    {
        Self::service(tower::service_fn(move |request: Request<Body>| {
            let function = function.clone();
            async move {
                let (head, body) = request.into_parts();
                let body = body.collect().await?.to_bytes();
                Ok::<_, axum::Error>(function(Request::from_parts(head, body)).await)
            }
        }))
    }

    /// The response. A panic closes the connection, as in a server.
    pub(super) async fn answer(&self, request: Request<Body>) -> Option<StatusCode> {
        AssertUnwindSafe((self.0)(request)).catch_unwind().await.ok().flatten()
    }
}

/// The in-process receivers, by the start of their URLs.
#[derive(Clone, Default)]
pub(super) struct Receivers(Arc<Mutex<Vec<(String, Handler)>>>);

impl fmt::Debug for Receivers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Receivers")
    }
}

impl Receivers {
    /// Makes `handler` receive for every URL.
    pub(super) fn only(handler: Handler) -> Self {
        Self(Arc::new(Mutex::new(vec![(String::new(), handler)])))
    }

    /// Makes `handler` receive for all URLs that start with `url_start`, in place of an earlier handler.
    pub(super) fn add(&self, url_start: String, handler: Handler) {
        let mut receivers = lock(&self.0);
        receivers.retain(|(start, _)| *start != url_start);
        receivers.push((url_start, handler));
    }

    /// The receiver for `url`: the one with the longest matching start.
    pub(super) fn find(&self, url: &str) -> Option<Handler> {
        let receivers = lock(&self.0);
        let fitting = receivers.iter().filter(|(start, _)| url.starts_with(start.as_str()));
        fitting.max_by_key(|(start, _)| start.len()).map(|(_, handler)| handler.clone())
    }
}
