//! How a program is asked to stop: Ctrl-C at a terminal, SIGTERM by service managers and containers.
//!
//! A program that listens for Ctrl-C alone can't be stopped in a container: there it is process 1, for which the system
//! ignores each signal that it doesn't listen for.

use std::{future::pending, io, pin::Pin};

/// Completes when the program is asked to stop: by Ctrl-C or, on Unix, by SIGTERM. It listens from this call on, not
/// from the first poll on; from then on neither signal ends the program by itself. Each call listens for the next one.
///
/// Must be called within a tokio runtime whose drivers are enabled. Where the system refuses to tell of a signal, that
/// signal keeps its usual effect.
///
/// ```
/// # #[tokio::main] async fn main() -> std::io::Result<()> {
/// let stop = care_emulators::stop_signal();
/// let emulator = care_emulators::aura::Emulator::start().await;
/// // A program waits: `stop.await`.
/// # drop((stop, emulator)); Ok(()) }
/// ```
pub fn stop_signal() -> impl Future<Output = ()> + Send + use<> {
    let signals: Vec<_> = listen().into_iter().flatten().collect();
    async move {
        if signals.is_empty() {
            pending::<()>().await;
        }
        futures_util::future::select_all(signals).await;
    }
}

type Signal = Pin<Box<dyn Future<Output = ()> + Send>>;

#[cfg(unix)]
fn listen() -> [io::Result<Signal>; 2] {
    use tokio::signal::unix::{SignalKind, signal};
    [SignalKind::interrupt(), SignalKind::terminate()].map(|kind| {
        let mut signals = signal(kind)?;
        Ok(Box::pin(async move {
            let _ = signals.recv().await;
        }) as Signal)
    })
}

#[cfg(windows)]
fn listen() -> [io::Result<Signal>; 1] {
    use tokio::signal::windows::ctrl_c;
    [ctrl_c().map(|mut signals| {
        Box::pin(async move {
            let _ = signals.recv().await;
        }) as Signal
    })]
}

#[cfg(not(any(unix, windows)))]
fn listen() -> [io::Result<Signal>; 0] {
    []
}
