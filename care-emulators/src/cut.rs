//! Bodies that don't keep their promise.

use std::io;
use std::task::Poll;

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use futures_util::stream;
use http::header::CONTENT_LENGTH;
use http_body_util::BodyExt;

use crate::wire::Sabotage;

/// Reads the answer's body whole. The services' bodies are in memory and can't fail.
async fn read(body: Body) -> Bytes {
    body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default()
}

/// Promises the whole body, sends half of it, and breaks off; with a reset when a connection to reset is given.
pub(crate) async fn cut(answer: Response, reset: Option<Sabotage>) -> Response {
    let (mut head, body) = answer.into_parts();
    let whole = read(body).await;
    let half = whole.slice(..whole.len() / 2);
    let mut polls = 0;
    let body = stream::poll_fn(move |cx| {
        polls += 1;
        match polls {
            1 => Poll::Ready(Some(Ok(half.clone()))),
            // One pending poll lets the server write the head and this half; an error at once would discard both.
            2 => {
                cx.waker().wake_by_ref();
                Poll::Pending
            }
            _ => {
                if let Some(sabotage) = &reset {
                    sabotage.reset();
                }
                Poll::Ready(Some(Err(io::Error::from(io::ErrorKind::ConnectionAborted))))
            }
        }
    });
    // An empty body can't be cut: then a byte is promised that never comes.
    head.headers.insert(CONTENT_LENGTH, whole.len().max(1).into());
    Response::from_parts(head, Body::from_stream(body))
}

/// Promises the whole body and never sends a byte of it.
pub(crate) async fn silence(answer: Response) -> Response {
    let (mut head, body) = answer.into_parts();
    let promised = read(body).await.len().max(1);
    head.headers.insert(CONTENT_LENGTH, promised.into());
    Response::from_parts(head, Body::from_stream(stream::pending::<Result<Bytes, io::Error>>()))
}
