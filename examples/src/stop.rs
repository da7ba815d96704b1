use crate::interruption;
use std::{future::pending, time::Duration};
use tokio::{
    task::JoinHandle,
    time::{Instant, sleep_until},
};

/// What ends a program that goes on by itself: Ctrl-C, or that its time is over.
#[derive(Debug)]
pub struct Stop {
    interrupted: JoinHandle<()>,
    end: Option<Instant>,
    asked: bool,
}

impl Stop {
    /// Begins to listen for Ctrl-C, and the time to pass.
    #[must_use]
    pub fn after(time: Option<Duration>) -> Self {
        Self { interrupted: interruption(), end: time.map(|time| Instant::now() + time), asked: false }
    }

    /// Returns when the program is to end, from then on at once.
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

    /// Returns when Ctrl-C is pressed while the program is to end already.
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
