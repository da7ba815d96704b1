//! One connection: hyper's HTTP/1.1 with half-closed senders served, limits on heads and bodies, and each request in a
//! task of its own, so that a sender that hangs up ends nothing.

use super::connections::Peer;
use crate::receiver::Receiver;
use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt, Full, combinators::UnsyncBoxBody};
use hyper::{
    body::{Body, Frame, Incoming, SizeHint},
    rt::{Read, ReadBufCursor, Write},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::{
    convert::Infallible,
    error::Error as StdError,
    future::poll_fn,
    io,
    pin::{Pin, pin},
    task::{Context, Poll, ready},
    time::Duration,
};
use tokio::{
    net::TcpStream,
    sync::{mpsc, watch},
    time::{Sleep, sleep},
};

/// How long a stranger's connection lives on when the server stops.
const STRANGERS_GRACE: Duration = Duration::from_secs(1);
/// How long an idle connection lives on then: what lies in its socket already is read.
const IDLE_GRACE: Duration = Duration::from_millis(100);

/// What answers requests.
#[derive(Clone)]
pub(super) enum App {
    Receiver(Receiver),
    #[cfg(feature = "axum")]
    Router(::axum::Router),
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    pub(super) head: Duration,
    pub(super) body: Duration,
}

type Answer = UnsyncBoxBody<Bytes, Box<dyn StdError + Send + Sync>>;

/// Serves a connection in a task, until it ends, is closed for another one, or the server stops.
pub(super) fn serve_connection(
    stream: TcpStream,
    peer: Peer,
    app: App,
    limits: Limits,
    stopping: watch::Receiver<bool>,
    task: mpsc::Sender<()>,
) {
    // Answers are small: they must not wait for more.
    let _ = stream.set_nodelay(true);
    let io = PeerIo { io: TokioIo::new(stream), peer: peer.clone() };
    let of_service = peer.clone();
    let request_task = task.clone();
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request =
            request.map(|body| TimedBody { body, left: Box::pin(sleep(limits.body)), limit: limits.body });
        request.extensions_mut().insert(of_service.clone());
        let (app, task) = (app.clone(), request_task.clone());
        let answer = tokio::spawn(async move {
            let answer = app.answer(request).await;
            drop(task);
            answer
        });
        // It panicked: a router's own routes may.
        async move { Ok::<_, Infallible>(answer.await.unwrap_or_else(|_| unavailable())) }
    });
    let mut http = http1::Builder::new();
    http.half_close(true).timer(TokioTimer::new()).header_read_timeout(limits.head);
    let connection = http.serve_connection(io, service);
    tokio::spawn(async move {
        run(connection, &peer, stopping).await;
        drop(task);
    });
}

/// Runs a connection. What ends it early is a stranger's loss only: requests with a valid secret are in tasks of their
/// own.
async fn run<C: Connection>(connection: C, peer: &Peer, mut stopping: watch::Receiver<bool>) {
    let mut connection = pin!(connection);
    let mut closed = pin!(peer.closed());
    let mut stop = pin!(async move { stopping.wait_for(|stopping| *stopping).await.is_ok() });
    let mut end: Option<[Pin<Box<Sleep>>; 2]> = None;
    let mut is_finishing = false;
    poll_fn(|context| {
        if connection.as_mut().poll(context).is_ready() || closed.as_mut().poll(context).is_ready() {
            return Poll::Ready(());
        }
        let [idle, strangers] = match &mut end {
            Some(end) => end,
            None => {
                let is_wanted = ready!(stop.as_mut().poll(context));
                if !is_wanted {
                    // Whoever served was dropped.
                    return Poll::Ready(());
                }
                end.insert([IDLE_GRACE, STRANGERS_GRACE].map(|grace| Box::pin(sleep(grace))))
            }
        };
        // Not before the first byte: until then hyper would close the connection, and the post may be on its way.
        if !is_finishing && peer.has_sent() && idle.as_mut().poll(context).is_ready() {
            is_finishing = true;
            connection.as_mut().finish();
            if connection.as_mut().poll(context).is_ready() {
                return Poll::Ready(());
            }
        }
        if peer.is_stranger() { strangers.as_mut().poll(context) } else { Poll::Pending }
    })
    .await;
}

/// What of hyper's connection is needed, whatever its service is.
trait Connection: Future {
    fn finish(self: Pin<&mut Self>);
}

impl<S> Connection for http1::Connection<PeerIo, S>
where
    S: hyper::service::HttpService<Incoming, ResBody = Answer, Error = Infallible>,
    Self: Future,
{
    fn finish(self: Pin<&mut Self>) {
        self.graceful_shutdown();
    }
}

impl App {
    async fn answer(self, request: Request<TimedBody>) -> Response<Answer> {
        match self {
            Self::Receiver(receiver) => receiver.receive(request).await.map(whole),
            #[cfg(feature = "axum")]
            Self::Router(router) => {
                let request = request.map(::axum::body::Body::new);
                let answer = tower::ServiceExt::oneshot(router, request).await;
                answer.unwrap_or_else(|never| match never {}).map(|body| body.map_err(Into::into).boxed_unsync())
            }
        }
    }
}

fn whole(bytes: Bytes) -> Answer {
    Full::new(bytes).map_err(|never| match never {}).boxed_unsync()
}

fn unavailable() -> Response<Answer> {
    let mut answer = Response::new(whole(Bytes::new()));
    *answer.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    answer
}

/// A body that must be there within a limit.
struct TimedBody {
    body: Incoming,
    left: Pin<Box<Sleep>>,
    limit: Duration,
}

impl Body for TimedBody {
    type Data = Bytes;
    type Error = Box<dyn StdError + Send + Sync>;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) {
            return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
        }
        ready!(self.left.as_mut().poll(context));
        Poll::Ready(Some(Err(format!("it was not complete within {:?}", self.limit).into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// A connection's bytes, which tell when all that has come so far is read.
struct PeerIo {
    io: TokioIo<TcpStream>,
    peer: Peer,
}

impl Read for PeerIo {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        let read = Pin::new(&mut self.io).poll_read(context, buffer);
        match read {
            Poll::Ready(_) => self.peer.sent(),
            Poll::Pending => self.peer.was_heard_out(),
        }
        read
    }
}

impl Write for PeerIo {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.io).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.io).poll_write_vectored(context, bytes)
    }
}
