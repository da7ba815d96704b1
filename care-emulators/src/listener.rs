//! Where an emulator listens, and its port: open, or down and still reserved.

use crate::lock::lock;
use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex},
    task::{Context, Poll, Waker},
};
use tokio::{
    net::{TcpListener, TcpSocket, TcpStream},
    runtime::Handle,
    sync::watch,
};

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

/// How many connections the system queues until they are accepted.
const BACKLOG: u32 = 1024;

/// A port that opens and shuts at once: the next connection attempt after the call already sees the change.
#[derive(Debug, Clone)]
pub(crate) struct Listener(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    address: SocketAddr,
    runtime: Handle,
    port: Mutex<Port>,
    /// Counts how often the port was shut. A connection ends when this changes.
    shut: watch::Sender<u64>,
}

#[derive(Debug)]
struct Port {
    state: PortState,
    /// Wakes the accepting task: closing the socket doesn't.
    waker: Option<Waker>,
    /// How many outages of a set length have not ended.
    outages: u32,
}

#[derive(Debug)]
enum PortState {
    Open(TcpListener),
    /// A socket that is bound and doesn't listen: the system refuses connections and keeps the port reserved.
    Shut(TcpSocket),
    /// The port couldn't be kept, or the emulator was dropped.
    Gone,
}

fn bind(address: SocketAddr) -> io::Result<TcpSocket> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // Without this, earlier connections in TIME_WAIT would keep the port from being bound again.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    Ok(socket)
}

impl Listener {
    /// Opens `address`; port 0 takes a free port. Must be called within a tokio runtime.
    pub(crate) fn new(address: SocketAddr) -> io::Result<Self> {
        let listener = bind(address)?.listen(BACKLOG)?;
        let address = listener.local_addr()?;
        let port = Mutex::new(Port { state: PortState::Open(listener), waker: None, outages: 0 });
        Ok(Self(Arc::new(Inner { address, runtime: Handle::current(), port, shut: watch::Sender::new(0) })))
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.0.address
    }

    /// Accepts the next connection. The receiver changes when the port is shut afterwards.
    pub(crate) async fn accept(&self) -> io::Result<(TcpStream, watch::Receiver<u64>)> {
        std::future::poll_fn(|cx| self.poll_accept(cx)).await
    }

    fn poll_accept(&self, cx: &mut Context<'_>) -> Poll<io::Result<(TcpStream, watch::Receiver<u64>)>> {
        let mut port = lock(&self.0.port);
        port.waker = Some(cx.waker().clone());
        match &port.state {
            PortState::Open(listener) => {
                listener.poll_accept(cx).map_ok(|(stream, _peer)| (stream, self.0.shut.subscribe()))
            }
            PortState::Shut(_) | PortState::Gone => Poll::Pending,
        }
    }

    pub(crate) fn is_shut(&self) -> bool {
        !matches!(lock(&self.0.port).state, PortState::Open(_))
    }

    pub(crate) fn shut(&self) {
        let mut port = lock(&self.0.port);
        if matches!(port.state, PortState::Open(_)) {
            // The listener must be closed before the port can be bound again.
            port.state = PortState::Gone;
            port.state = bind(self.0.address).map_or(PortState::Gone, PortState::Shut);
            self.0.shut.send_modify(|times| *times += 1);
        }
    }

    /// Shuts the port until as many outages have ended.
    pub(crate) fn begin_outage(&self) {
        lock(&self.0.port).outages += 1;
        self.shut();
    }

    pub(crate) fn end_outage(&self) {
        let is_last = {
            let mut port = lock(&self.0.port);
            port.outages = port.outages.saturating_sub(1);
            port.outages == 0
        };
        if is_last {
            self.open();
        }
    }

    pub(crate) fn open(&self) {
        let mut port = lock(&self.0.port);
        if !matches!(port.state, PortState::Shut(_)) {
            // It is open already, or closed for good.
            return;
        }
        if let PortState::Shut(socket) = std::mem::replace(&mut port.state, PortState::Gone) {
            let _runtime = self.0.runtime.enter();
            port.state = socket.listen(BACKLOG).map_or(PortState::Gone, PortState::Open);
            if let Some(waker) = port.waker.take() {
                waker.wake();
            }
        }
    }

    /// Shuts the port and returns it to the system.
    pub(crate) fn close(&self) {
        lock(&self.0.port).state = PortState::Gone;
        self.0.shut.send_modify(|times| *times += 1);
    }
}
