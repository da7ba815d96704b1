use super::{Receiver, admission::said_length, receiver::answer};
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    response::Response,
};
use http::StatusCode;

impl Receiver {
    /// Makes a router of it, to be served or nested at any path. Nothing of a body is read before the rest of the post is right, and no
    /// more than [`max_body`](super::ReceiverBuilder::max_body) in any case.
    ///
    /// ```
    /// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use axum::Router;
    /// use caremessenger_client::webhook::{MemorySink, Receiver};
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
    if let Err(refusal) = admission.admit(&head.method, &head.uri, said_length(&head.headers)) {
        return answer(refusal).map(Body::from);
    }
    match to_bytes(body, admission.max_body).await {
        Ok(body) => receiver.handle(Request::from_parts(head, body)).await.map(Body::from),
        // It goes on beyond the limit, or it broke off: then nobody reads the answer.
        Err(_) => answer(StatusCode::PAYLOAD_TOO_LARGE).map(Body::from),
    }
}
