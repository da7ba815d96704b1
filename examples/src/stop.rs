//! Stopping a program in order: the first Ctrl-C or SIGTERM asks it to finish its current work, the second one
//! ends it at once.

use care_emulators::stop_signal;
use std::{future::pending, time::Duration};
use tokio::{
    task::JoinHandle,
    time::{Instant, sleep_until},
};

/// What stops a long-running program: Ctrl-C, SIGTERM, or the end of its time.
#[derive(Debug)]
pub struct Stop {
    interrupted: JoinHandle<()>,
    end: Option<Instant>,
    asked: bool,
}

impl Stop {
    /// Starts listening for the signals and the time.
    #[must_use]
    pub fn after(time: Option<Duration>) -> Self {
        Self { interrupted: interruption(), end: time.map(|time| Instant::now() + time), asked: false }
    }

    /// Completes when the program should stop; afterwards at once.
    pub async fn asked(&mut self) {
        if self.asked {
            return;
        }
        tokio::select! {
            _ = &mut self.interrupted => self.interrupted = interruption(),
            () = over(self.end) => {}
        }
        self.asked = true;
    }

    /// Completes at the second signal, while the program is stopping.
    pub async fn insisted(&mut self) {
        self.asked().await;
        let _ = (&mut self.interrupted).await;
    }
}

async fn over(end: Option<Instant>) {
    match end {
        Some(end) => sleep_until(end).await,
        None => pending().await,
    }
}

/// The exit code of a program that was interrupted by Ctrl-C.
pub const INTERRUPTED: u8 = 130;

/// Starts listening for Ctrl-C and, on Unix, for SIGTERM, with which service managers and containers stop a program.
/// From then on neither ends the program by itself. The task ends at the first of them.
pub fn interruption() -> JoinHandle<()> {
    tokio::spawn(stop_signal())
}
