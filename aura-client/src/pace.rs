//! How long watches and sessions wait between polls: a random time from a range, which a user sets by
//! [`poll_interval`](crate::AuraBuilder::poll_interval) or [`with_interval`](crate::Watch::with_interval).

use std::{
    ops::{Bound, RangeBounds},
    time::Duration,
};

/// The shortest wait: one of zero would keep processor and server busy for nothing.
const SHORTEST: Duration = Duration::from_millis(1);

/// How long to wait between polls: a range, so that many pollers don't synchronise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pace {
    low: Duration,
    high: Duration,
}

impl Pace {
    /// What AURA recommends: between 10 and 20 s.
    pub(crate) const RECOMMENDED: Self = Self { low: Duration::from_secs(10), high: Duration::from_secs(20) };

    /// Reads a range of any form; an open end is the other end.
    pub(crate) fn from_range(range: impl RangeBounds<Duration>) -> Self {
        let end = |bound: Bound<&Duration>| match bound {
            Bound::Included(end) | Bound::Excluded(end) => Some(*end),
            Bound::Unbounded => None,
        };
        let (low, high) = (end(range.start_bound()), end(range.end_bound()));
        if low.is_none() && high.is_none() {
            return Self::RECOMMENDED;
        }
        let low = low.or(high).unwrap_or_default().max(SHORTEST);
        Self { low, high: high.unwrap_or(low).max(low) }
    }

    /// The next wait, somewhere in the range.
    pub(crate) fn next(self) -> Duration {
        self.low + (self.high - self.low).mul_f64(fastrand::f64())
    }

    /// The wait before the first poll, for a share of the range's longest wait between 0 and 1.
    pub(crate) fn first(self, spread: f64) -> Duration {
        self.high.mul_f64(spread * fastrand::f64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const S: fn(u64) -> Duration = Duration::from_secs;

    #[test]
    fn waits_lie_inside_of_the_range_and_differ() {
        let pace = Pace::RECOMMENDED;
        let waits: Vec<_> = (0..1_000).map(|_| pace.next()).collect();
        assert!(waits.iter().all(|wait| (S(10)..=S(20)).contains(wait)));
        assert!(waits.iter().any(|wait| *wait < S(12)) && waits.iter().any(|wait| *wait > S(18)));
        assert_eq!(pace.first(0.0), Duration::ZERO);
        assert!((0..1_000).all(|_| pace.first(1.0) <= S(20)));
    }

    #[test]
    fn ranges_of_any_form_are_understood() {
        assert_eq!(Pace::from_range(S(1)..=S(2)), Pace { low: S(1), high: S(2) });
        assert_eq!(Pace::from_range(S(3)..), Pace { low: S(3), high: S(3) });
        assert_eq!(Pace::from_range(..S(3)), Pace { low: S(3), high: S(3) });
        assert_eq!(Pace::from_range(..), Pace::RECOMMENDED);
        assert_eq!(Pace::from_range(S(5)..S(2)), Pace { low: S(5), high: S(5) });
        assert_eq!(Pace::from_range(S(0)..S(0)).next(), SHORTEST);
    }
}
