//! The time that a delivery lives in.

use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::time::{Instant, sleep};

use crate::clock::{Clock, later};

/// How far a delivery is.
pub(super) struct Time {
    clock: Clock,
    began: DateTime<Utc>,
    pace: Pace,
}

enum Pace {
    /// With tokio's clock, since then.
    Running(Instant),
    /// By jumps. So long have they been.
    Jumping(Duration),
}

impl Time {
    pub(super) fn start(clock: Clock, skips_waits: bool) -> Self {
        let pace = if skips_waits { Pace::Jumping(Duration::ZERO) } else { Pace::Running(Instant::now()) };
        Self { began: clock.now(), clock, pace }
    }

    pub(super) fn elapsed(&self) -> Duration {
        match self.pace {
            Pace::Running(since) => since.elapsed(),
            Pace::Jumping(elapsed) => elapsed,
        }
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Lets `by` pass.
    pub(super) async fn wait(&mut self, by: Duration) {
        match self.pace {
            Pace::Running(_) => sleep(by).await,
            Pace::Jumping(_) => self.passed(by),
        }
    }

    /// Notes that `by` has passed while something else was waited for.
    pub(super) fn passed(&mut self, by: Duration) {
        if let Pace::Jumping(elapsed) = &mut self.pace {
            *elapsed = elapsed.saturating_add(by);
            // Several deliveries jump at the same time: the clock is where the farthest of them is.
            self.clock.move_to(later(self.began, *elapsed));
        }
    }
}
