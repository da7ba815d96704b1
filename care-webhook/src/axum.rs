//! The receiver as a router of axum's, to be served by itself or within another router.

use crate::receiver::Receiver;
use axum::{Router, body::Body, extract::State};
use bytes::Bytes;
use http::{Request, Response, StatusCode};

impl Receiver {
    /// Makes a router of it, to be served or nested at any path. Nothing of a body is read before the head is admitted,
    /// and no more than [`max_body`](crate::ReceiverBuilder::max_body) in any case. A body that breaks off is answered
    /// 503, and reported to [`on_failure`](crate::ReceiverBuilder::on_failure).
    ///
    /// Serve it by [`serve`](Self::serve) with [`with_router`](crate::Serve::with_router). **`axum::serve` loses
    /// posts**: of 100 whole posts whose senders then closed their sending side, it took 22 and answered none, and of
    /// 100 whose senders closed the connection it took 83; the others are not reported, because hyper drops their
    /// handlers. It also has no time limit for heads and bodies and no cap of connections, so that strangers can use up
    /// all file descriptors.
    ///
    /// ```
    /// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use axum::Router;
    /// use care_webhook::{MemorySink, Receiver, SecretInPath};
    ///
    /// # let stop = async {};
    /// let receiver = Receiver::builder(SecretInPath::new(), MemorySink::new())
    ///     .notifier("duty desk", "3f9d2c51b7e04a68")
    ///     .build()?;
    /// let app: Router = Router::new().nest("/care", receiver.clone().into_router());
    /// let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    /// receiver.serve(listener).with_router(app).with_shutdown(stop).await;
    /// # Ok(()) }
    /// ```
    pub fn into_router(self) -> Router {
        Router::new().fallback(take).with_state(self)
    }
}

async fn take(State(receiver): State<Receiver>, request: Request<Body>) -> Response<Body> {
    // In a task of its own: a server may drop this future when the sender hangs up.
    let taken = tokio::spawn(async move { receiver.receive(request).await });
    let unavailable = |_| {
        let mut answer = Response::new(Bytes::new());
        *answer.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
        answer
    };
    taken.await.unwrap_or_else(unavailable).map(Body::from)
}
