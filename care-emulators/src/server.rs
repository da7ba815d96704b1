//! The HTTP server under an emulator.

use crate::{
    exchange::Exchange,
    faulty_stream::{FaultyStream, Sabotage},
    listener::Listener,
};
use axum::{Router, body::Body};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use std::{
    convert::Infallible,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::{
    net::TcpStream,
    task::{JoinHandle, JoinSet},
};

/// How long the server waits when the system has no file descriptor left for a connection.
const OUT_OF_DESCRIPTORS: Duration = Duration::from_millis(10);

#[derive(Debug, Default)]
struct Connections {
    accepted: AtomicUsize,
    open: AtomicUsize,
}

/// Counts a connection as open while it lives.
#[derive(Debug)]
struct Open(Arc<Connections>);

impl Open {
    fn new(connections: &Arc<Connections>) -> Self {
        connections.accepted.fetch_add(1, Ordering::Relaxed);
        connections.open.fetch_add(1, Ordering::Relaxed);
        Self(connections.clone())
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Serves a router on a port until dropped.
#[derive(Debug)]
pub(crate) struct Server {
    listener: Listener,
    connections: Arc<Connections>,
    task: JoinHandle<Infallible>,
}

impl Server {
    pub(crate) fn start(listener: Listener, exchange: Exchange, router: Router) -> Self {
        let connections = Arc::new(Connections::default());
        let task = tokio::spawn(accept(listener.clone(), exchange, router, connections.clone()));
        Self { listener, connections, task }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.listener.address()
    }

    pub(crate) fn accepted(&self) -> usize {
        self.connections.accepted.load(Ordering::Relaxed)
    }

    pub(crate) fn open(&self) -> usize {
        self.connections.open.load(Ordering::Relaxed)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.listener.close();
        self.task.abort();
    }
}

async fn accept(listener: Listener, exchange: Exchange, router: Router, connections: Arc<Connections>) -> Infallible {
    let mut open = JoinSet::new();
    loop {
        let Ok((socket, mut shut)) = listener.accept().await else {
            tokio::time::sleep(OUT_OF_DESCRIPTORS).await;
            continue;
        };
        // A finished task stays in the set until it is joined.
        while open.try_join_next().is_some() {}
        let counted = Open::new(&connections);
        let served = serve(socket, exchange.clone(), router.clone());
        open.spawn(async move {
            let _counted = counted;
            tokio::select! {
                // First, so that no request is served that arrived after the port was shut.
                biased;
                _ = shut.changed() => {}
                () = served => {}
            }
        });
    }
}

async fn serve(socket: TcpStream, exchange: Exchange, router: Router) {
    // Answers are small: Nagle's algorithm would only delay them.
    let _ = socket.set_nodelay(true);
    let sabotage = Sabotage::default();
    let stream = TokioIo::new(FaultyStream::new(socket, sabotage.clone()));
    let service = service_fn(move |request: http::Request<Incoming>| {
        let (exchange, router, sabotage) = (exchange.clone(), router.clone(), sabotage.clone());
        async move { exchange.serve(router, request.map(Body::new), Some(&sabotage)).await }
    });
    // The error is either the client's hanging up or a planned one: there is nobody to report it to.
    let _ = http1::Builder::new().serve_connection(stream, service).await;
}
