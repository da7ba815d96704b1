//! A POST over a socket.

use std::pin::pin;

use axum::body::Body;
use http::{Request, StatusCode};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use super::destination::Destination;
use super::outcome::Outcome;

/// Sends `request`, and gives the status of the answer.
///
/// # Errors
///
/// How the attempt ended without an answer.
pub(super) async fn send(to: &Destination, request: Request<Body>) -> Result<StatusCode, Outcome> {
    if !to.is_on_this_machine() {
        return Err(Outcome::Unroutable);
    }
    let socket = TcpStream::connect((to.host.as_str(), to.port)).await.map_err(|_| Outcome::NoConnection)?;
    exchange(socket, request).await.map_err(|_| Outcome::Dropped)
}

async fn exchange(socket: TcpStream, request: Request<Body>) -> hyper::Result<StatusCode> {
    let (mut sender, connection) = http1::handshake(TokioIo::new(socket)).await?;
    let mut answer = pin!(sender.send_request(request));
    let answer = tokio::select! {
        biased;
        answer = &mut answer => answer,
        // It may have ended because the answer has come.
        _ = connection => answer.await,
    };
    answer.map(|answer| answer.status())
}
