//! The destination of a POST, and sending to it over a socket.

use crate::caremessenger::delivery::transcript::AttemptOutcome;
use axum::body::Body;
use http::{Request, StatusCode, Uri, uri::Scheme};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use std::pin::pin;
use tokio::net::TcpStream;

/// A parsed URL.
pub(super) struct Destination {
    /// The host to connect to.
    pub(super) host: String,
    pub(super) port: u16,
    /// Host and port, as written in the URL.
    pub(super) authority: String,
    /// Path and query, which are all that a server sees.
    pub(super) path: Uri,
    plain: bool,
}

impl Destination {
    /// Parses `url`; `None` if it isn't absolute.
    pub(super) fn parse(url: &str) -> Option<Self> {
        let uri: Uri = url.parse().ok()?;
        let (scheme, authority) = (uri.scheme()?, uri.authority()?);
        let plain = *scheme == Scheme::HTTP;
        let port = authority.port_u16().unwrap_or(if plain { 80 } else { 443 });
        let path = uri.path_and_query().map_or("/", |path| path.as_str()).parse().ok()?;
        let host = authority.host().trim_matches(['[', ']']).to_owned();
        let authority = authority.as_str().rsplit('@').next().unwrap_or_default().to_owned();
        Some(Self { host, port, authority, path, plain })
    }

    /// Whether a socket may be used: a test must not call for help on other machines.
    pub(super) fn is_on_this_machine(&self) -> bool {
        let named = self.host.eq_ignore_ascii_case("localhost");
        let numbered = self.host.parse().is_ok_and(|address: std::net::IpAddr| address.is_loopback());
        self.plain && (named || numbered)
    }
}

/// Sends `request`, and returns the status of the response.
///
/// # Errors
///
/// The outcome of an attempt without a response.
pub(super) async fn send(to: &Destination, request: Request<Body>) -> Result<StatusCode, AttemptOutcome> {
    if !to.is_on_this_machine() {
        return Err(AttemptOutcome::Unroutable);
    }
    let socket = TcpStream::connect((to.host.as_str(), to.port)).await.map_err(|_| AttemptOutcome::NoConnection)?;
    exchange(socket, request).await.map_err(|_| AttemptOutcome::Dropped)
}

async fn exchange(socket: TcpStream, request: Request<Body>) -> hyper::Result<StatusCode> {
    let (mut sender, connection) = http1::handshake(TokioIo::new(socket)).await?;
    let mut answer = pin!(sender.send_request(request));
    let answer = tokio::select! {
        biased;
        answer = &mut answer => answer,
        // The connection may have ended because the response has arrived.
        _ = connection => answer.await,
    };
    answer.map(|answer| answer.status())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_http_on_the_loopback_is_on_this_machine() {
        let near = |url: &str| Destination::parse(url).is_some_and(|found| found.is_on_this_machine());
        for url in
            ["http://127.0.0.1:1/a", "http://127.8.9.1", "http://localhost/a?b", "http://[::1]:7/", "HTTP://LOCALHOST"]
        {
            assert!(near(url), "{url}");
        }
        for url in
            ["https://127.0.0.1/", "http://127.0.0.1.example.com/", "http://10.0.0.1/", "/a", "", "mailto:a@localhost"]
        {
            assert!(!near(url), "{url}");
        }
    }

    #[test]
    fn a_server_sees_path_and_query() {
        let found = Destination::parse("http://user@receiver.example/hooks/7?a=b").unwrap();
        assert_eq!(
            (found.host.as_str(), found.port, found.authority.as_str()),
            ("receiver.example", 80, "receiver.example")
        );
        assert_eq!(found.path, "/hooks/7?a=b");
        assert_eq!(Destination::parse("http://[::1]:7").unwrap().path, "/");
    }
}
