//! A running emulator with its output, and the error that ends the program.

use std::{any::Any, fmt, io, net::SocketAddr};

/// An emulator that runs while this value lives.
pub(crate) struct Running {
    lines: Vec<String>,
    _emulator: Box<dyn Any>,
}

impl Running {
    /// Keeps `emulator` running. `facts` are names and values to print, one line each.
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

    /// The error of an emulator that could not be started at `address`. `settings` are the options that change the
    /// port.
    pub(crate) fn at(address: SocketAddr, settings: &str) -> impl FnOnce(io::Error) -> Self {
        move |error| match error.kind() {
            io::ErrorKind::AddrInUse => {
                Self(format!("port {} of {} is taken; choose another with {settings}", address.port(), address.ip()))
            }
            _ => Self::new(&format!("can't listen on {address}"), &error),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
