use super::{Receiver, admission::said_length, refusal::Refusal};
use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    response::Response,
};
use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use std::{future::poll_fn, pin::Pin};

impl Receiver {
    /// Makes a router of it, to be served or nested at any path. Nothing of a body is read before the rest of the post is right, and no
    /// more than [`max_body`](super::ReceiverBuilder::max_body) in any case. A body that breaks off is answered 503, should anybody still
    /// listen, and told to [`on_failure`](super::ReceiverBuilder::on_failure).
    ///
    /// ```
    /// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use axum::Router;
    /// use care_webhook::{MemorySink, Receiver};
    ///
    /// let receiver = Receiver::builder(MemorySink::new()).notifier("duty desk", "3f9d2c51b7e04a68").build()?;
    /// let app: Router = Router::new().nest("/care", receiver.into_router());
    /// # drop(app);
    /// # Ok(()) }
    /// ```
    pub fn into_router(self) -> Router {
        Router::new().fallback(take).with_state(self)
    }
}

async fn take(State(receiver): State<Receiver>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let admission = receiver.admission();
    let read = match admission.admit(&head.method, &head.uri, said_length(&head.headers)) {
        Ok(_) => read(body, admission.max_body).await,
        Err(refusal) => Err(refusal),
    };
    let answer = match read {
        Ok(body) => receiver.handle(Request::from_parts(head, body)).await,
        Err(refusal) => receiver.refuse(refusal),
    };
    answer.map(Body::from)
}

/// Reads a body of at most so many bytes. Not by axum's `to_bytes`, which doesn't tell a long body from one that broke off.
async fn read(body: Body, most: usize) -> Result<Bytes, Refusal> {
    let (mut chunks, mut read) = (body.into_data_stream(), BytesMut::new());
    while let Some(chunk) = poll_fn(|context| Pin::new(&mut chunks).poll_next(context)).await {
        let chunk = chunk.map_err(|_| Refusal::BrokenOff)?;
        if chunk.len() > most - read.len() {
            return Err(Refusal::TooLong(most));
        }
        read.extend_from_slice(&chunk);
    }
    Ok(read.freeze())
}
