//! The HTTP server under an emulator.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::task::{JoinHandle, JoinSet};

use crate::exchange::Exchange;
use crate::gate::Gate;
use crate::wire::{Sabotage, Wire};

/// How long the server waits when the system has no file handle left for a connection.
const OUT_OF_HANDLES: Duration = Duration::from_millis(10);

#[derive(Debug, Default)]
struct Connections {
    accepted: AtomicUsize,
    open: AtomicUsize,
}

/// Counts a connection as open for as long as it lives.
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

/// Serves a router on a port until it is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    gate: Gate,
    connections: Arc<Connections>,
    task: JoinHandle<Infallible>,
}

impl Server {
    pub(crate) fn start(gate: Gate, exchange: Exchange, router: Router) -> Self {
        let connections = Arc::new(Connections::default());
        let task = tokio::spawn(accept(gate.clone(), exchange, router, connections.clone()));
        Self { gate, connections, task }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.gate.address()
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
        self.gate.close();
        self.task.abort();
    }
}

async fn accept(gate: Gate, exchange: Exchange, router: Router, connections: Arc<Connections>) -> Infallible {
    let mut open = JoinSet::new();
    loop {
        let Ok((socket, mut shut)) = gate.accept().await else {
            tokio::time::sleep(OUT_OF_HANDLES).await;
            continue;
        };
        // A finished task stays in the set until it is asked for.
        while open.try_join_next().is_some() {}
        let counted = Open::new(&connections);
        let served = serve(socket, exchange.clone(), router.clone());
        open.spawn(async move {
            let _counted = counted;
            tokio::select! {
                // First, so that once the gate is shut no request is served that came later.
                biased;
                _ = shut.changed() => {}
                () = served => {}
            }
        });
    }
}

async fn serve(socket: TcpStream, exchange: Exchange, router: Router) {
    // Answers are small: waiting for more to send would only slow them down.
    let _ = socket.set_nodelay(true);
    let sabotage = Sabotage::default();
    let wire = TokioIo::new(Wire::new(socket, sabotage.clone()));
    let service = service_fn(move |request: http::Request<Incoming>| {
        let (exchange, router, sabotage) = (exchange.clone(), router.clone(), sabotage.clone());
        async move { exchange.serve(router, request.map(Body::new), Some(&sabotage)).await }
    });
    // Its error is either the client's hanging up or our own: nobody is there to be told.
    let _ = http1::Builder::new().serve_connection(wire, service).await;
}
