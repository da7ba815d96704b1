//! Responses that break off, which hyper never sends: a socket that can send garbage or end with a reset, and bodies
//! that are shorter than their `Content-Length`.

use axum::{body::Body, response::Response};
use bytes::Bytes;
use futures_util::stream;
use http::header::CONTENT_LENGTH;
use http_body_util::BodyExt;
use std::{
    io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, ready},
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
};

/// What is sent instead of an answer: not the start of an HTTP message.
const GARBAGE: &[u8] = b"\x16\x03\x01\x02garbage\r\n\r\n";

/// How a connection fails. The exchange sets it, the socket obeys it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sabotage(Arc<Flags>);

#[derive(Debug, Default)]
struct Flags {
    garbage: AtomicBool,
    reset: AtomicBool,
}

impl Sabotage {
    /// Replaces everything that is written from now on by a few bytes of garbage.
    pub(crate) fn garble(&self) {
        self.0.garbage.store(true, Ordering::Release);
    }

    /// Lets the connection end with a reset.
    pub(crate) fn reset(&self) {
        self.0.reset.store(true, Ordering::Release);
    }

    fn is_garbled(&self) -> bool {
        self.0.garbage.load(Ordering::Acquire)
    }

    fn is_reset(&self) -> bool {
        self.0.reset.load(Ordering::Acquire)
    }
}

/// A socket that fails as its [`Sabotage`] says.
#[derive(Debug)]
pub(crate) struct FaultyStream {
    socket: TcpStream,
    sabotage: Sabotage,
    garbled: bool,
}

impl FaultyStream {
    pub(crate) fn new(socket: TcpStream, sabotage: Sabotage) -> Self {
        Self { socket, sabotage, garbled: false }
    }

    fn socket(self: Pin<&mut Self>) -> Pin<&mut TcpStream> {
        Pin::new(&mut self.get_mut().socket)
    }
}

impl Drop for FaultyStream {
    fn drop(&mut self) {
        if self.sabotage.is_reset() {
            // Closing a socket without lingering sends a reset. If this fails, the connection is closed all the same.
            let _ = self.socket.set_zero_linger();
        }
    }
}

impl AsyncRead for FaultyStream {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.socket().poll_read(cx, buffer)
    }
}

impl AsyncWrite for FaultyStream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if !self.sabotage.is_garbled() {
            return self.socket().poll_write(cx, bytes);
        }
        if !self.garbled {
            ready!(self.as_mut().socket().poll_write(cx, GARBAGE))?;
            self.garbled = true;
        }
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.socket().poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.sabotage.is_reset() {
            // A shutdown would announce an orderly end first.
            return Poll::Ready(Ok(()));
        }
        self.socket().poll_shutdown(cx)
    }
}

/// Reads the response's whole body. The emulators' bodies are in memory and can't fail.
async fn read_whole(body: Body) -> Bytes {
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
    let whole = read_whole(body).await;
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
    let promised = read_whole(body).await.len().max(1);
    head.headers.insert(CONTENT_LENGTH, promised.into());
    Response::from_parts(head, Body::from_stream(stream::pending::<Result<Bytes, io::Error>>()))
}
