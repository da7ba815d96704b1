//! The port of an emulator: open, or down and reserved.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::runtime::Handle;
use tokio::sync::watch;

use crate::lock::lock;

/// How many connections the system keeps waiting until they are accepted.
const BACKLOG: u32 = 1024;

/// Opens and shuts a port at once, so that the next connection after the call already meets the change.
#[derive(Debug, Clone)]
pub(crate) struct Gate(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    address: SocketAddr,
    runtime: Handle,
    door: Mutex<Door>,
    /// Counts how often the gate was shut: a connection ends when it changes.
    shut: watch::Sender<u64>,
}

#[derive(Debug)]
struct Door {
    state: State,
    /// Wakes the one that accepts: closing a listener doesn't.
    waker: Option<Waker>,
}

#[derive(Debug)]
enum State {
    Open(TcpListener),
    /// A socket that is bound and doesn't listen: the system refuses connections, and gives the port to nobody else.
    Shut(TcpSocket),
    /// The port couldn't be kept, or the emulator is gone.
    Gone,
}

fn bind(address: SocketAddr) -> io::Result<TcpSocket> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // Else connections of before, still in TIME_WAIT, keep the port from being bound again.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    Ok(socket)
}

impl Gate {
    /// Opens `address`; port 0 takes a free one. Must be called within a tokio runtime.
    pub(crate) fn new(address: SocketAddr) -> io::Result<Self> {
        let listener = bind(address)?.listen(BACKLOG)?;
        let address = listener.local_addr()?;
        let door = Mutex::new(Door { state: State::Open(listener), waker: None });
        Ok(Self(Arc::new(Inner { address, runtime: Handle::current(), door, shut: watch::Sender::new(0) })))
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.0.address
    }

    /// Accepts the next connection, and hands over with it what tells that the gate was shut since.
    pub(crate) async fn accept(&self) -> io::Result<(TcpStream, watch::Receiver<u64>)> {
        std::future::poll_fn(|cx| self.poll_accept(cx)).await
    }

    fn poll_accept(&self, cx: &mut Context<'_>) -> Poll<io::Result<(TcpStream, watch::Receiver<u64>)>> {
        let mut door = lock(&self.0.door);
        door.waker = Some(cx.waker().clone());
        match &door.state {
            State::Open(listener) => {
                listener.poll_accept(cx).map_ok(|(stream, _peer)| (stream, self.0.shut.subscribe()))
            }
            State::Shut(_) | State::Gone => Poll::Pending,
        }
    }

    pub(crate) fn is_shut(&self) -> bool {
        !matches!(lock(&self.0.door).state, State::Open(_))
    }

    pub(crate) fn shut(&self) {
        let mut door = lock(&self.0.door);
        if matches!(door.state, State::Open(_)) {
            // The listener must be closed before the port can be bound again.
            door.state = State::Gone;
            door.state = bind(self.0.address).map_or(State::Gone, State::Shut);
            self.0.shut.send_modify(|times| *times += 1);
        }
    }

    pub(crate) fn open(&self) {
        let mut door = lock(&self.0.door);
        if let State::Shut(socket) = std::mem::replace(&mut door.state, State::Gone) {
            let _runtime = self.0.runtime.enter();
            door.state = socket.listen(BACKLOG).map_or(State::Gone, State::Open);
            if let Some(waker) = door.waker.take() {
                waker.wake();
            }
        }
    }

    /// Shuts the port and gives it back to the system.
    pub(crate) fn close(&self) {
        lock(&self.0.door).state = State::Gone;
        self.0.shut.send_modify(|times| *times += 1);
    }
}
