//! Where an emulator listens, and the prefix of its paths.

use axum::Router;
use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
};

/// Nests `routes` under `prefix`, which has been checked.
pub(crate) fn nest<S: Clone + Send + Sync + 'static>(prefix: &str, routes: Router<S>) -> Router<S> {
    if prefix.is_empty() { routes } else { Router::new().nest(prefix, routes) }
}

/// The socket address of an emulator that isn't started yet, and the prefix of all its paths.
#[derive(Debug, Clone)]
pub(crate) struct BindAddress {
    pub(crate) socket: SocketAddr,
    pub(crate) path_prefix: String,
}

impl BindAddress {
    /// A free port of 127.0.0.1.
    pub(crate) fn new(path_prefix: &str) -> Self {
        Self { socket: (Ipv4Addr::LOCALHOST, 0).into(), path_prefix: path_prefix.to_owned() }
    }

    /// Checks that the address is a loopback address and that the prefix is `""` or starts with a slash and doesn't end
    /// with one.
    pub(crate) fn check(&self) -> io::Result<()> {
        let invalid = |what: &str| Err(io::Error::new(io::ErrorKind::InvalidInput, what));
        let prefix = self.path_prefix.as_str();
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        let mut segments = prefix.split('/').skip(1);
        let good = prefix.is_empty()
            || prefix.starts_with('/') && segments.all(|segment| !segment.is_empty() && segment.chars().all(plain));
        if !self.socket.ip().is_loopback() {
            invalid("an emulator listens on loopback addresses only")
        } else if !good {
            invalid("a path prefix is empty, or starts with a slash and doesn't end with one")
        } else {
            Ok(())
        }
    }
}
