//! Bodies that are shorter than their `Content-Length`.

use crate::faulty_stream::Sabotage;
use axum::{body::Body, response::Response};
use bytes::Bytes;
use futures_util::stream;
use http::header::CONTENT_LENGTH;
use http_body_util::BodyExt;
use std::{io, task::Poll};

/// Reads the answer's whole body. The emulators' bodies are in memory and can't fail.
async fn read(body: Body) -> Bytes {
    body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default()
}

/// A body that ends in an error after `half`. `at_break` runs before the error.
pub(crate) fn breaking_body(half: Bytes, at_break: impl Fn() + Send + 'static) -> Body {
    let mut polls = 0;
    Body::from_stream(stream::poll_fn(move |cx| {
        polls += 1;
        match polls {
            1 => Poll::Ready(Some(Ok(half.clone()))),
            // One pending poll lets the connection write the head and this half; an immediate error would discard both.
            2 => {
                cx.waker().wake_by_ref();
                Poll::Pending
            }
            _ => {
                at_break();
                Poll::Ready(Some(Err(io::Error::from(io::ErrorKind::ConnectionAborted))))
            }
        }
    }))
}

/// Promises the whole body, sends half of it, and breaks off: with a reset if `reset` is given, else with a close.
pub(crate) async fn truncate(answer: Response, reset: Option<Sabotage>) -> Response {
    let (mut head, body) = answer.into_parts();
    let whole = read(body).await;
    let half = whole.slice(..whole.len() / 2);
    let body = breaking_body(half, move || {
        if let Some(sabotage) = &reset {
            sabotage.reset();
        }
    });
    // An empty body has no half: then a byte is promised that never comes.
    head.headers.insert(CONTENT_LENGTH, whole.len().max(1).into());
    Response::from_parts(head, body)
}

/// Promises the whole body and never sends any of it.
pub(crate) async fn silence(answer: Response) -> Response {
    let (mut head, body) = answer.into_parts();
    let promised = read(body).await.len().max(1);
    head.headers.insert(CONTENT_LENGTH, promised.into());
    Response::from_parts(head, Body::from_stream(stream::pending::<Result<Bytes, io::Error>>()))
}
