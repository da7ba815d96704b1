//! Times as LEAP writes and reads them.

use crate::clock::Clock;
use chrono::{DateTime, FixedOffset, NaiveDateTime, SubsecRound, Utc};

/// The current time of `clock`, to the millisecond: answers have no more.
pub(super) fn now(clock: &Clock) -> DateTime<Utc> {
    clock.now().trunc_subsecs(3)
}

/// Writes a time of an answer: three decimals, and an offset without a colon.
pub(super) fn write(time: DateTime<Utc>, offset: FixedOffset) -> String {
    time.with_timezone(&offset).format("%Y-%m-%dT%H:%M:%S%.3f%z").to_string()
}

/// Reads a time of a query: three decimals and `Z`, as in the documented parameters, or the form of answers.
pub(super) fn read(text: &str) -> Option<DateTime<Utc>> {
    // The lengths are compared because chrono accepts a time without decimals, too.
    match text.len() {
        24 => NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.3fZ").ok().map(|time| time.and_utc()),
        28 => DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.3f%z").ok().map(|time| time.to_utc()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_documented_forms_are_read_and_no_other() {
        let utc = read("2010-04-06T12:43:17.123Z").unwrap();
        assert_eq!(utc.timestamp_millis(), 1_270_557_797_123);
        assert_eq!(read("2010-04-06T22:43:17.123+1000"), Some(utc));
        for wrong in
            ["", "2010-04-06", "2010-04-06T12:43:17Z", "2010-04-06T12:43:17.123+00:00", "2010-04-06T12:43:17.1234"]
        {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_answer_has_an_offset_without_a_colon() {
        let time = read("2010-04-06T12:43:17.120Z").unwrap();
        assert_eq!(write(time, FixedOffset::east_opt(36_000).unwrap()), "2010-04-06T22:43:17.120+1000");
        assert_eq!(write(time, FixedOffset::east_opt(0).unwrap()), "2010-04-06T12:43:17.120+0000");
    }
}
