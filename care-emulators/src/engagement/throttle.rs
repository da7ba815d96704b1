//! How many requests a token has in a minute.

use std::collections::VecDeque;

use chrono::{DateTime, TimeDelta, Utc};

/// The requests of the last minute, oldest first. Those that were refused here don't count.
#[derive(Debug, Default)]
pub(super) struct Throttle(VecDeque<DateTime<Utc>>);

impl Throttle {
    /// Counts a request at `now`; whether it is one of the first `most` of the minute that ends then.
    pub(super) fn passes(&mut self, most: u32, now: DateTime<Utc>) -> bool {
        while self.0.front().is_some_and(|oldest| now - *oldest >= TimeDelta::minutes(1)) {
            self.0.pop_front();
        }
        let room = usize::try_from(most).is_ok_and(|most| self.0.len() < most);
        if room {
            self.0.push_back(now);
        }
        room
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_minute_has_so_many_and_no_more() {
        let (mut throttle, start) = (Throttle::default(), DateTime::<Utc>::UNIX_EPOCH);
        let mut at = |millis: i64| throttle.passes(2, start + TimeDelta::milliseconds(millis));
        assert_eq!([at(0), at(59_000), at(59_999)], [true, true, false]);
        assert_eq!([at(60_000), at(118_999), at(119_000)], [true, false, true]);
        assert!(!Throttle::default().passes(0, start));
    }
}
