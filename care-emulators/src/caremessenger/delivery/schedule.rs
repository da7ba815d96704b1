//! The schedule of a delivery's repeats.
//!
//! An attempt that isn't acknowledged is repeated after a delay, which grows by a factor. No attempt starts after the
//! window. A test configures the schedule of an emulator with
//! [`EmulatorBuilder::schedule`](crate::caremessenger::EmulatorBuilder::schedule), or of one delivery with
//! [`Delivery::schedule`](crate::caremessenger::Delivery::schedule).

use std::{iter, time::Duration};

/// What a status other than 200 and 201 means. The page mentions only these two and "no response".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum OtherStatus {
    /// The same as no response: the POST is repeated.
    Retry,
    /// A rejection: the POST isn't repeated.
    GiveUp,
}

/// When the window of the repeats starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum WindowStart {
    /// At the start of the first attempt.
    FirstAttempt,
    /// At the failure of the first attempt.
    FirstFailure,
}

/// When a POST that wasn't acknowledged is repeated, and until when.
///
/// Exponential backoff and the window of five minutes are documented on the vendor's page *Assistance Requests*,
/// section *Webhook Notifier Attributes*, <https://docs.caremessenger.co.uk/assistance.html>. The other defaults are
/// ours:
///
/// | setting | default |
/// |---|---|
/// | [`first_delay`](Self::first_delay) | 1 s |
/// | [`factor`](Self::factor) | 2 |
/// | [`jitter`](Self::jitter) | none |
/// | [`window`](Self::window) | 300 s |
/// | [`window_start`](Self::window_start) | [`WindowStart::FirstAttempt`] |
/// | [`attempt_limit`](Self::attempt_limit) | 10 s |
/// | [`other_status`](Self::other_status) | [`OtherStatus::Retry`] |
/// | [`skip_waits`](Self::skip_waits) | off |
///
/// Attempts that fail immediately are therefore made 0, 1, 3, 7, 15, 31, 63, 127 and 255 seconds after the first. The
/// tenth would be outside the window.
///
/// ```
/// use std::time::Duration;
///
/// use care_emulators::caremessenger::{OtherStatus, Schedule};
///
/// let schedule = Schedule::default()
///     .first_delay(Duration::from_secs(5))
///     .other_status(OtherStatus::GiveUp);
/// ```
#[derive(Debug, Clone, PartialEq)]
#[must_use = "pass it to a delivery or an emulator"]
pub struct Schedule {
    first_delay: Duration,
    factor: f64,
    jitter: f64,
    seed: u64,
    pub(super) window: Duration,
    pub(super) window_start: WindowStart,
    pub(super) attempt_limit: Duration,
    pub(super) other_status: OtherStatus,
    pub(super) skips_waits: bool,
}

impl Default for Schedule {
    fn default() -> Self {
        Self {
            first_delay: Duration::from_secs(1),
            factor: 2.0,
            jitter: 0.0,
            seed: 0,
            window: Duration::from_secs(300),
            window_start: WindowStart::FirstAttempt,
            attempt_limit: Duration::from_secs(10),
            other_status: OtherStatus::Retry,
            skips_waits: false,
        }
    }
}

impl Schedule {
    /// The shortest delay. Without it, a first delay or a factor of zero would never end the window.
    const MINIMUM_DELAY: Duration = Duration::from_millis(1);

    /// The delay between the end of the first attempt and the start of the second; at least one millisecond.
    pub fn first_delay(mut self, delay: Duration) -> Self {
        self.first_delay = delay;
        self
    }

    /// The factor between a delay and the next one.
    pub fn factor(mut self, factor: f64) -> Self {
        self.factor = factor;
        self
    }

    /// Randomly lengthens or shortens each delay by up to `share` of it. The same seed gives the same delays.
    pub fn jitter(mut self, share: f64, seed: u64) -> Self {
        (self.jitter, self.seed) = (share, seed);
        self
    }

    /// For how long attempts are started. A started one may end later.
    pub fn window(mut self, window: Duration) -> Self {
        self.window = window;
        self
    }

    /// When the window starts.
    pub fn window_start(mut self, start: WindowStart) -> Self {
        self.window_start = start;
        self
    }

    /// The time limit of an attempt, until the head of the response.
    pub fn attempt_limit(mut self, limit: Duration) -> Self {
        self.attempt_limit = limit;
        self
    }

    /// What a status other than 200 and 201 means.
    pub fn other_status(mut self, meaning: OtherStatus) -> Self {
        self.other_status = meaning;
        self
    }

    /// Skips the waits between attempts and those of planned delays. The delivery's time and the emulator's
    /// [`Clock`](crate::Clock) jump instead.
    ///
    /// This makes five minutes pass at once over sockets, where tokio's clock can't be paused. In the jumping time, an
    /// attempt takes no time unless it times out.
    pub fn skip_waits(mut self) -> Self {
        self.skips_waits = true;
        self
    }

    /// The endless sequence of delays between attempts.
    pub(super) fn delays(&self) -> impl Iterator<Item = Duration> + Send + use<> {
        let mut random = fastrand::Rng::with_seed(self.seed);
        let (factor, jitter) = (self.factor, self.jitter);
        let mut next = self.first_delay.as_secs_f64();
        iter::repeat_with(move || {
            let delay = next * (1.0 + jitter * (2.0 * random.f64() - 1.0));
            next *= factor;
            // A delay too long for `Duration` is outside every window.
            Duration::try_from_secs_f64(delay).unwrap_or(Duration::MAX).max(Self::MINIMUM_DELAY)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::caremessenger::delivery::{payload::Payload, standalone::Delivery};

    fn delays(schedule: &Schedule, n: usize) -> Vec<f64> {
        schedule.delays().take(n).map(|delay| delay.as_secs_f64()).collect()
    }

    #[test]
    fn delays_grow_by_the_factor() {
        assert_eq!(delays(&Schedule::default(), 5), [1.0, 2.0, 4.0, 8.0, 16.0]);
        assert_eq!(delays(&Schedule::default().first_delay(Duration::from_secs(2)).factor(3.0), 3), [2.0, 6.0, 18.0]);
        assert_eq!(delays(&Schedule::default().factor(0.0), 3), [1.0, 0.001, 0.001]);
        assert_eq!(Schedule::default().factor(1e300).delays().nth(2), Some(Duration::MAX));
    }

    #[tokio::test(start_paused = true)]
    async fn the_window_is_300_seconds_and_its_last_moment_belongs_to_it() {
        for (delay, seconds) in [(300_000, vec![0, 300]), (300_001, vec![0])] {
            let delivery = Delivery::to("https://receiver.example/hooks/7", Payload::new("", "Help!"))
                .handler(|_| async { http::Response::builder().status(500).body(()).unwrap() })
                .schedule(Schedule::default().first_delay(Duration::from_millis(delay)));
            assert_eq!(delivery.run().await.seconds(), seconds, "{delay} ms");
        }
    }

    #[test]
    fn jitter_is_bounded_and_repeats_by_its_seed() {
        let schedule = Schedule::default().factor(1.0).jitter(0.25, 7);
        let some = delays(&schedule, 50);
        assert!(some.iter().all(|delay| (0.75..1.25).contains(delay)), "{some:?}");
        assert!(some.iter().any(|delay| *delay < 0.9) && some.iter().any(|delay| *delay > 1.1), "{some:?}");
        assert_eq!(delays(&schedule, 50), some);
        assert_ne!(delays(&Schedule::default().factor(1.0).jitter(0.25, 8), 50), some);
    }
}
