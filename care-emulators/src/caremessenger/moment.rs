//! Times as CareMessenger writes them.

use chrono::{DateTime, FixedOffset, SecondsFormat, SubsecRound, Utc};

use crate::clock::Clock;

/// What `clock` shows, to the microsecond: answers have no more.
pub(super) fn now(clock: &Clock) -> DateTime<Utc> {
    clock.now().trunc_subsecs(6)
}

/// A time in an answer: microseconds, or no fraction at all when they are zero, and `Z`, or the offset when there is one.
pub(super) fn write(time: DateTime<Utc>, offset: FixedOffset) -> String {
    let form = if time.timestamp_subsec_micros() == 0 { SecondsFormat::Secs } else { SecondsFormat::Micros };
    time.with_timezone(&offset).to_rfc3339_opts(form, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fraction_has_six_digits_or_none() {
        let utc = FixedOffset::east_opt(0).unwrap();
        let time = |micros: u32| DateTime::from_timestamp(1_500_000_000, micros * 1000).unwrap();
        assert_eq!(write(time(1200), utc), "2017-07-14T02:40:00.001200Z");
        assert_eq!(write(time(0), utc), "2017-07-14T02:40:00Z");
        assert_eq!(write(time(5), FixedOffset::east_opt(3600).unwrap()), "2017-07-14T03:40:00.000005+01:00");
    }
}
