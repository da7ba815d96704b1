//! Retry limits, backoff, and the budget that all calls of a client share.
//!
//! # Contract
//!
//! - The policy says how many attempts a call may have and how long it waits between them: exponential backoff with
//!   full jitter, so that a thousand clients don't come back as one wave. A `Retry-After` of the server replaces the
//!   wait.
//! - Whether a repeat is allowed at all is not the policy's to say: that follows from the failure and the operation's
//!   [safety](crate::Safety).
//! - The budget keeps a fleet from overloading a server that is down: a repeat costs one token, a success earns a
//!   tenth, and there are ten at most. In a total outage a client so sends about 1.1 requests per call instead of 3.
//!
//! # Where users configure it
//!
//! ```
//! use care_client_core::{Options, Pipeline, RequestParts, RetryPolicy};
//! use std::time::Duration;
//!
//! // For all calls of a client …
//! let policy = RetryPolicy::new().attempts(5).max_delay(Duration::from_secs(20));
//! let options = Options::new().retry(policy);
//! let pipeline = Pipeline::builder("http://localhost", "demo/1.0").options(options).build()?;
//! // … or for one.
//! let call = pipeline.call(RequestParts::get(["notes"])).with_retry(RetryPolicy::never());
//! # drop(call);
//! # Ok::<(), care_client_core::Error>(())
//! ```

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use std::{
    sync::atomic::{AtomicU32, Ordering::Relaxed},
    time::Duration,
};

/// Retry limits and backoff.
///
/// | setting | default |
/// |---|---|
/// | [`attempts`](Self::attempts) in all | 3, and one more after a refused token that was renewed |
/// | [`first_delay`](Self::first_delay), the upper bound of the first wait; it doubles with each | 200 ms |
/// | [`max_delay`](Self::max_delay), the upper bound of every wait | 5 s |
///
/// Each wait is drawn at random between zero and its bound (full jitter). A `Retry-After` of the server replaces it.
/// Whether a repeat is allowed at all follows from the operation's [`Safety`](crate::Safety).
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

    /// Allows one attempt and no repeat. A rejected token is still renewed once.
    #[must_use]
    pub const fn never() -> Self {
        Self::new().attempts(1)
    }

    /// Sets how many attempts a call may have in all; 0 counts as 1. Default: 3.
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

    /// Sets the upper bound of every wait; a wait that the server asks for may be longer. Default: 5 s.
    #[must_use]
    pub const fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    pub(crate) const fn max_attempts(&self) -> u32 {
        self.attempts
    }

    /// The waits of one call.
    /// The least wait after a server has asked to wait in words that can't be read.
    pub(crate) fn least_asked(&self) -> Duration {
        self.first_delay.min(self.max_delay)
    }

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

/// The retry budget, in tenths of a token. One budget serves all clones of a client and its handles with other
/// credentials.
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
        // A full budget is the usual case: a thousand callers shouldn't write to one cache line for nothing.
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
