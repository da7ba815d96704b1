//! The clock of an emulator: real, frozen, or moved forward by a test.

use crate::lock::lock;
use chrono::{DateTime, FixedOffset, Offset, TimeDelta, Utc};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::time::Instant;

/// The clock of an emulator. It dates what happens, and tokens expire by it.
///
/// It starts at the real time and runs with tokio's clock, so it stands still while a test has paused that one.
/// [`advance`](Clock::advance) moves it forward at once, [`freeze`](Clock::freeze) stops it. It never goes back. Clones
/// share one clock.
///
/// Delays of planned failures and the steps of [`autoplay`](crate::aura::EmulatorBuilder::autoplay) run by tokio's
/// clock instead.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// use std::time::Duration;
///
/// let emulator = care_emulators::aura::Emulator::start().await?;
/// let clock = emulator.clock();
/// clock.freeze();
/// let before = clock.now();
/// clock.advance(Duration::from_secs(60));
/// assert_eq!((clock.now() - before).num_seconds(), 60);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Clock(Arc<Mutex<Face>>);

#[derive(Debug)]
struct Face {
    shown: DateTime<Utc>,
    /// When `shown` was read; `None` while the clock is frozen.
    read_at: Option<Instant>,
}

impl Face {
    fn now(&self) -> DateTime<Utc> {
        self.read_at.map_or(self.shown, |then| later(self.shown, then.elapsed()))
    }
}

/// The offset of this many hours from UTC, limited to 23 in either direction.
pub(crate) fn offset(hours: i32) -> FixedOffset {
    FixedOffset::east_opt(hours.clamp(-23, 23) * 3600).unwrap_or(Utc.fix())
}

/// `time` plus `by`, at most the end of chrono's calendar.
pub(crate) fn later(time: DateTime<Utc>, by: Duration) -> DateTime<Utc> {
    let end = DateTime::<Utc>::MAX_UTC;
    TimeDelta::from_std(by).ok().and_then(|by| time.checked_add_signed(by)).unwrap_or(end)
}

impl Clock {
    pub(crate) fn start() -> Self {
        Self(Arc::new(Mutex::new(Face { shown: Utc::now(), read_at: Some(Instant::now()) })))
    }

    /// A clock that is frozen at `time`.
    pub(crate) fn frozen_at(time: DateTime<Utc>) -> Self {
        Self(Arc::new(Mutex::new(Face { shown: time, read_at: None })))
    }

    /// Moves the clock forward to `time`, unless it is there or later already.
    pub(crate) fn move_to(&self, time: DateTime<Utc>) {
        let mut face = lock(&self.0);
        let wait = (time - face.now()).to_std().unwrap_or_default();
        face.shown = later(face.shown, wait);
    }

    /// Returns the current time of this clock.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        lock(&self.0).now()
    }

    /// Moves the clock forward by `by`, at most to the end of the calendar (the year 262142).
    pub fn advance(&self, by: Duration) {
        let mut face = lock(&self.0);
        face.shown = later(face.shown, by);
    }

    /// Stops the clock at its current time.
    pub fn freeze(&self) {
        let mut face = lock(&self.0);
        face.shown = face.now();
        face.read_at = None;
    }

    /// Lets the clock run again from its current time.
    pub fn run(&self) {
        let mut face = lock(&self.0);
        face.shown = face.now();
        face.read_at = Some(Instant::now());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn runs_jumps_and_stands_still() {
        let clock = Clock::start();
        let start = clock.now();
        tokio::time::advance(Duration::from_secs(5)).await;
        assert_eq!(clock.now() - start, TimeDelta::seconds(5));
        clock.advance(Duration::from_secs(60));
        assert_eq!(clock.now() - start, TimeDelta::seconds(65));
        clock.freeze();
        tokio::time::advance(Duration::from_secs(5)).await;
        assert_eq!(clock.now() - start, TimeDelta::seconds(65));
        clock.run();
        tokio::time::advance(Duration::from_secs(5)).await;
        assert_eq!(clock.now() - start, TimeDelta::seconds(70));
    }

    #[tokio::test(start_paused = true)]
    async fn one_that_stands_goes_to_a_time_and_never_back() {
        let start = DateTime::<Utc>::UNIX_EPOCH;
        let clock = Clock::frozen_at(start);
        tokio::time::advance(Duration::from_secs(5)).await;
        assert_eq!(clock.now(), start);
        clock.move_to(start + TimeDelta::seconds(60));
        clock.move_to(start + TimeDelta::seconds(30));
        assert_eq!(clock.now(), start + TimeDelta::seconds(60));
        clock.run();
        tokio::time::advance(Duration::from_secs(5)).await;
        clock.move_to(start + TimeDelta::seconds(70));
        tokio::time::advance(Duration::from_secs(5)).await;
        assert_eq!(clock.now(), start + TimeDelta::seconds(75));
    }

    #[tokio::test]
    async fn a_jump_past_the_calendar_ends_at_its_end() {
        let clock = Clock::start();
        clock.freeze();
        clock.advance(Duration::MAX);
        assert_eq!(clock.now(), DateTime::<Utc>::MAX_UTC);
        clock.advance(Duration::from_secs(1));
        assert_eq!(clock.now(), DateTime::<Utc>::MAX_UTC);
    }

    #[test]
    fn an_offset_has_at_most_23_hours() {
        for (hours, seconds) in [(0, 0), (2, 7_200), (-11, -39_600), (23, 82_800), (24, 82_800), (i32::MIN, -82_800)] {
            assert_eq!(offset(hours).local_minus_utc(), seconds, "{hours}");
        }
    }
}
