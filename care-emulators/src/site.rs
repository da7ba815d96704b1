//! Where an emulator is to be found.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use axum::Router;

/// The same routes with `prefix`, which is checked, before their paths.
pub(crate) fn below<S: Clone + Send + Sync + 'static>(prefix: &str, routes: Router<S>) -> Router<S> {
    if prefix.is_empty() { routes } else { Router::new().nest(prefix, routes) }
}

/// The address of an emulator that isn't started yet, and what stands before all its paths.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    pub(crate) address: SocketAddr,
    pub(crate) path_prefix: String,
}

impl Site {
    /// A free port of 127.0.0.1.
    pub(crate) fn new(path_prefix: &str) -> Self {
        Self { address: (Ipv4Addr::LOCALHOST, 0).into(), path_prefix: path_prefix.to_owned() }
    }

    /// Fails unless the address is one of the loopback, and the prefix is empty, or begins with a slash and doesn't end in one.
    pub(crate) fn check(&self) -> io::Result<()> {
        let invalid = |what: &str| Err(io::Error::new(io::ErrorKind::InvalidInput, what));
        let prefix = self.path_prefix.as_str();
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        let mut segments = prefix.split('/').skip(1);
        let good = prefix.is_empty()
            || prefix.starts_with('/') && segments.all(|segment| !segment.is_empty() && segment.chars().all(plain));
        if !self.address.ip().is_loopback() {
            invalid("an emulator listens on the loopback only")
        } else if !good {
            invalid("a path prefix is empty, or begins with a slash and doesn't end in one")
        } else {
            Ok(())
        }
    }
}
