//! A socket that can send garbage or end with a reset, which hyper never does.

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
