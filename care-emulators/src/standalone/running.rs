//! An emulator that runs, and one that couldn't be started.

use std::{any::Any, fmt, io, net::SocketAddr};

/// An emulator that runs as long as this value lives.
pub(crate) struct Running {
    lines: Vec<String>,
    _emulator: Box<dyn Any>,
}

impl Running {
    /// Keeps `emulator`, which is reached as `facts` tell: what and where, one line each.
    pub(crate) fn new(name: &str, facts: &[(&str, String)], emulator: impl Any) -> Self {
        let lines = facts.iter().map(|(what, fact)| format!("{name} {what:<13} {fact}")).collect();
        Self { lines, _emulator: Box::new(emulator) }
    }

    pub(crate) fn lines(&self) -> &[String] {
        &self.lines
    }
}

/// Why the program ends.
#[derive(Debug)]
pub(crate) struct Failure(String);

impl Failure {
    pub(crate) fn new(what: &str, error: &io::Error) -> Self {
        Self(format!("{what}: {error}"))
    }

    /// An emulator couldn't be started at `address`, which its options `way_out` would change.
    pub(crate) fn at(address: SocketAddr, way_out: &str, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::AddrInUse => {
                Self(format!("port {} of {} is taken: {way_out}", address.port(), address.ip()))
            }
            _ => Self::new(&format!("no emulator can listen on {address}"), error),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
