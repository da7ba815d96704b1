//! The server: HTTP/1.1 on a listener, made for senders that hang up, stand still or come by the thousand.
//!
//! ```text
//! serve(listener)
//!   └ accept           accept.rs        no error ends it; makes room at the cap
//!       └ Connections  connections.rs   who has shown no valid secret for longest
//!       └ connection   connection.rs    http1 with half-closed senders; a task for each request
//! ```
//!
//! # What it is for
//!
//! A sender may close its sending side behind the post and wait (`shutdown(SHUT_WR)`), or close the connection at once.
//! Servers on hyper's defaults, `axum::serve` among them, take that for a dead peer and drop the post, mostly before
//! anything looked at it. This one takes what was sent.
//!
//! Strangers are limited: a head and a body have ten seconds each, and at the cap of connections the one that has shown
//! no valid secret for longest is closed for the next. One that has shown a valid secret is never closed for another.
//!
//! It speaks plain HTTP. Put a server with TLS in front of it: tested configurations are in [`Receiver::serve`].

mod accept;
mod connection;
mod connections;

pub(crate) use connections::Peer;

use crate::receiver::Receiver;
use accept::{accept_until, drain};
use care_client_core::BoxFuture;
use connection::{App, Limits, serve_connection};
use connections::{Connections, free_descriptors};
use std::{
    fmt,
    future::{IntoFuture, pending},
    sync::Arc,
    time::Duration,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{mpsc, watch},
};

/// How long a head, and how long a body may take, unless set.
const TIMEOUT: Duration = Duration::from_secs(10);

/// A server that is about to run: set what differs, then `.await` it. Made by [`Receiver::serve`].
///
/// | setting | default |
/// |---|---|
/// | [`with_shutdown`](Self::with_shutdown) | never stops |
/// | [`with_head_timeout`](Self::with_head_timeout) | 10 s |
/// | [`with_body_timeout`](Self::with_body_timeout) | 10 s |
/// | [`with_max_connections`](Self::with_max_connections) | the file descriptors that are free at the start, less 64 |
/// | `with_router` (feature `axum`) | the receiver alone, at any path |
#[must_use = "a server does nothing unless it is awaited"]
pub struct Serve {
    listener: TcpListener,
    receiver: Receiver,
    app: App,
    shutdown: BoxFuture<'static, ()>,
    limits: Limits,
    max_connections: Option<usize>,
}

impl Receiver {
    /// Serves HTTP/1.1 on a listener, at any path. It blocks nobody and ends by [`with_shutdown`](Serve::with_shutdown)
    /// alone.
    ///
    /// Senders that close their sending side, or the connection, once the post is sent are heard as well as all others.
    /// A body that breaks off is reported to [`on_failure`](crate::ReceiverBuilder::on_failure), if its sender has
    /// shown a valid secret.
    ///
    /// ```
    /// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use care_webhook::{MemorySink, Receiver, SecretInPath};
    /// use tokio::net::TcpListener;
    ///
    /// let receiver = Receiver::builder(SecretInPath::new(), MemorySink::new())
    ///     .notifier("duty desk", "3f9d2c51b7e04a68")
    ///     .build()?;
    /// let listener = TcpListener::bind("127.0.0.1:0").await?;
    /// let stop = async {
    ///     // Here a program waits for SIGTERM and Ctrl-C.
    /// };
    /// receiver.serve(listener).with_shutdown(stop).await;
    /// # Ok(()) }
    /// ```
    #[doc = include_str!("proxies.md")]
    pub fn serve(&self, listener: TcpListener) -> Serve {
        Serve {
            listener,
            receiver: self.clone(),
            app: App::Receiver(self.clone()),
            shutdown: Box::pin(pending()),
            limits: Limits { head: TIMEOUT, body: TIMEOUT },
            max_connections: None,
        }
    }
}

impl Serve {
    /// Stops when this future resolves: takes what waits to be accepted, accepts no more, and ends when all posts in
    /// hand are answered. Connections that have shown no valid secret have one more second. Default: never.
    pub fn with_shutdown(mut self, stop: impl Future<Output = ()> + Send + 'static) -> Self {
        self.shutdown = Box::pin(stop);
        self
    }

    /// Sets how long the head of a request may take, from when the connection is ready for it. Default: 10 s.
    pub fn with_head_timeout(mut self, limit: Duration) -> Self {
        self.limits.head = limit;
        self
    }

    /// Sets how long the body of a request may take, from its head on. A body that takes longer counts as broken off.
    /// Default: 10 s.
    pub fn with_body_timeout(mut self, limit: Duration) -> Self {
        self.limits.body = limit;
        self
    }

    /// Sets how many connections may be open at once, at least 1. At this cap the connection that has shown no valid
    /// secret for longest is closed for the next; if all have shown one, the next waits. Default: as many as file
    /// descriptors are free at the start, less 64, or half of them where there are fewer than 128; 960 where the system
    /// doesn't say.
    pub fn with_max_connections(mut self, most: usize) -> Self {
        self.max_connections = Some(most.max(1));
        self
    }

    /// Serves this router instead of the receiver alone: one of yours around [`into_router`](Receiver::into_router),
    /// with routes of your own. The limits apply to all of its routes. Connections that only ever ask your own routes
    /// count as strangers at the cap.
    ///
    /// ```
    /// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use axum::{Router, routing::get};
    /// use care_webhook::{MemorySink, Receiver, SecretInPath};
    ///
    /// # let stop = async {};
    /// let receiver = Receiver::builder(SecretInPath::new(), MemorySink::new())
    ///     .notifier("duty desk", "3f9d2c51b7e04a68")
    ///     .build()?;
    /// let app = Router::new()
    ///     .route("/health", get(|| async { "ok" }))
    ///     .nest("/care", receiver.clone().into_router());
    /// let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    /// receiver.serve(listener).with_router(app).with_shutdown(stop).await;
    /// # Ok(()) }
    /// ```
    #[cfg(feature = "axum")]
    pub fn with_router(mut self, router: ::axum::Router) -> Self {
        self.app = App::Router(router);
        self
    }

    async fn run(self) {
        let Self { mut listener, receiver, app, shutdown, limits, max_connections } = self;
        let connections = Arc::new(Connections::new(max_connections.unwrap_or_else(free_descriptors)));
        // When the sender is gone, because this future was dropped, all connections are closed.
        let (stop, stopping) = watch::channel(false);
        // Ends when the last task has dropped its sender.
        let (task, mut tasks) = mpsc::channel::<()>(1);
        let serve = |stream: TcpStream| {
            let peer = connections.open();
            serve_connection(stream, peer, app.clone(), limits, stopping.clone(), task.clone());
        };
        accept_until(shutdown, &mut listener, &connections, &receiver, &serve).await;
        drain(listener, &serve);
        drop(task);
        let _ = stop.send(true);
        let _ = tasks.recv().await;
        drop(stop);
    }
}

impl IntoFuture for Serve {
    type Output = ();
    type IntoFuture = BoxFuture<'static, ()>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl fmt::Debug for Serve {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Serve")
            .field("listener", &self.listener)
            .field("limits", &self.limits)
            .field("max_connections", &self.max_connections)
            .finish_non_exhaustive()
    }
}
