use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use std::{
    sync::atomic::{AtomicU32, Ordering::Relaxed},
    time::Duration,
};

/// How often and after which waits a call is repeated, where its [`Safety`](crate::Safety) allows it.
///
/// Defaults: 3 attempts in all, and one more after a token that was refused and renewed; waits of up to 200 ms, then 400 ms, and so on doubling, each drawn at random between zero
/// and that (full jitter), none over 5 s. A `Retry-After` of the server replaces the wait.
///
/// ```
/// use care_client_core::RetryPolicy;
/// use std::time::Duration;
///
/// let patient = RetryPolicy::new().attempts(5).first_delay(Duration::from_millis(500));
/// let never = RetryPolicy::never();
/// assert_ne!(patient, never);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    attempts: u32,
    first_delay: Duration,
    max_delay: Duration,
}

impl RetryPolicy {
    /// The defaults.
    #[must_use]
    pub const fn new() -> Self {
        Self { attempts: 3, first_delay: Duration::from_millis(200), max_delay: Duration::from_secs(5) }
    }

    /// One attempt and no repeat, whatever fails. A rejected token is still renewed once.
    #[must_use]
    pub const fn never() -> Self {
        Self::new().attempts(1)
    }

    /// Sets how many attempts a call has in all; 0 counts as 1. Default: 3.
    #[must_use]
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = if attempts == 0 { 1 } else { attempts };
        self
    }

    /// Sets the upper bound of the first wait; each further one is twice as long. Default: 200 ms.
    #[must_use]
    pub const fn first_delay(mut self, delay: Duration) -> Self {
        self.first_delay = delay;
        self
    }

    /// Sets the upper bound of every wait that the server doesn't ask for. Default: 5 s.
    #[must_use]
    pub const fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    pub(crate) const fn max_attempts(&self) -> u32 {
        self.attempts
    }

    /// The waits of one call.
    pub(crate) fn delays(&self) -> Delays {
        let bounds = ExponentialBuilder::new()
            .with_factor(2.0)
            .with_min_delay(self.first_delay.min(self.max_delay))
            .with_max_delay(self.max_delay)
            .without_max_times();
        Delays(bounds.build())
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::new()
    }
}

/// Endless waits, each drawn between zero and its bound: spread out, a thousand clients don't come back as one wave.
#[derive(Debug)]
pub(crate) struct Delays(ExponentialBackoff);

impl Iterator for Delays {
    type Item = Duration;

    fn next(&mut self) -> Option<Duration> {
        self.0.next().map(|bound| bound.mul_f64(fastrand::f64()))
    }
}

const FULL: u32 = 100;
const REPEAT: u32 = 10;
const SUCCESS: u32 = 1;

/// Keeps a fleet from hammering a server that is down: a repeat costs one token, a success gives a tenth back, and there
/// are ten at most. One budget serves all clones of a client and its handles with other credentials.
#[derive(Debug)]
pub(crate) struct RetryBudget {
    tenths: AtomicU32,
}

impl Default for RetryBudget {
    fn default() -> Self {
        Self { tenths: AtomicU32::new(FULL) }
    }
}

impl RetryBudget {
    /// Takes the token of one repeat, if there is one.
    pub(crate) fn withdraw(&self) -> bool {
        self.tenths.fetch_update(Relaxed, Relaxed, |now| now.checked_sub(REPEAT)).is_ok()
    }

    /// Gives back what a success earns.
    pub(crate) fn deposit(&self) {
        // A full budget is the usual case: don't make a thousand callers write to one cache line for nothing.
        if self.tenths.load(Relaxed) < FULL {
            let _ = self.tenths.fetch_update(Relaxed, Relaxed, |now| (now < FULL).then_some(now + SUCCESS));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_cap_and_are_spread_below_it() {
        let policy = RetryPolicy::new();
        let mut largest = [Duration::ZERO; 8];
        for _ in 0..2_000 {
            for (largest, wait) in largest.iter_mut().zip(policy.delays()) {
                *largest = (*largest).max(wait);
            }
        }
        for (largest, bound) in largest.iter().zip([200, 400, 800, 1_600, 3_200, 5_000, 5_000, 5_000]) {
            let bound = Duration::from_millis(bound);
            assert!(*largest <= bound && *largest > bound / 2, "{largest:?} of {bound:?}");
        }
    }

    #[test]
    fn ten_repeats_then_one_for_each_ten_successes() {
        let budget = RetryBudget::default();
        assert_eq!((0..20).filter(|_| budget.withdraw()).count(), 10);
        (0..9).for_each(|_| budget.deposit());
        assert!(!budget.withdraw());
        budget.deposit();
        assert!(budget.withdraw());
    }

    #[test]
    fn it_never_holds_more_than_ten() {
        let budget = RetryBudget::default();
        (0..1_000).for_each(|_| budget.deposit());
        assert_eq!((0..20).filter(|_| budget.withdraw()).count(), 10);
    }
}
