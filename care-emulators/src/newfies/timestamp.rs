//! The timestamp formats that the server writes and reads.

use crate::clock::Clock;
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, SubsecRound, Utc};

/// The time of `clock` in microseconds, the precision of the database.
pub(super) fn now(clock: &Clock) -> DateTime<Utc> {
    clock.now().trunc_subsecs(6)
}

/// A timestamp as it was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sent {
    Offset(DateTime<FixedOffset>),
    Naive(NaiveDateTime),
}

impl Sent {
    /// Its form in the response to the write that sent it: as it was sent. `None` for UTC, which has the usual form.
    pub(super) fn echo(self) -> Option<String> {
        let (local, offset) = match self {
            Self::Naive(time) => (time, String::new()),
            Self::Offset(time) if time.offset().local_minus_utc() == 0 => return None,
            Self::Offset(time) => (time.naive_local(), time.format("%:z").to_string()),
        };
        Some(format!("{}T{}{offset}", local.date(), time_of_day(local.time())))
    }
}

/// A time of day. A fraction has milliseconds, truncated and not rounded.
pub(super) fn time_of_day(time: NaiveTime) -> String {
    let whole = time == time.trunc_subsecs(0);
    time.format(if whole { "%H:%M:%S" } else { "%H:%M:%S%.3f" }).to_string()
}

/// A time of day as the actions write it. A fraction has microseconds.
pub(super) fn time_of_day_text(time: NaiveTime) -> String {
    let whole = time == time.trunc_subsecs(0);
    time.format(if whole { "%H:%M:%S" } else { "%H:%M:%S%.6f" }).to_string()
}

/// A UTC timestamp with `T` and `Z`. A fraction has milliseconds.
pub(super) fn api_format(time: DateTime<Utc>) -> String {
    format!("{}T{}Z", time.date_naive(), time_of_day(time.time()))
}

/// A timestamp as the actions write it: with a space and the offset `+00:00`. A fraction has microseconds.
pub(super) fn action_format(time: DateTime<Utc>) -> String {
    format!("{} {}+00:00", time.date_naive(), time_of_day_text(time.time()))
}

/// A date in the AP style, such as `Nov. 28, 2014`.
pub(super) fn day(time: DateTime<Utc>) -> String {
    let months = ["Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."];
    let month = usize::try_from(time.month0()).ok().and_then(|month| months.get(month)).unwrap_or(&"");
    format!("{month} {}, {}", time.day(), time.year())
}

/// The unparsed rest of a timestamp.
struct Rest<'a>(&'a str);

impl Rest<'_> {
    /// A number of at least `least` and at most `most` digits.
    fn number(&mut self, least: usize, most: usize) -> Option<u32> {
        let digits = self.0.bytes().take(most).take_while(u8::is_ascii_digit).count();
        let (number, rest) = self.0.split_at_checked(digits)?;
        self.0 = rest;
        if digits < least { None } else { number.parse().ok() }
    }

    /// Consumes one of `characters`, and returns whether it was there.
    fn consume(&mut self, characters: &[char]) -> bool {
        let rest = self.0.strip_prefix(characters);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    /// `hh:mm[:ss[.uuuuuu]]`. A fraction has at most twelve digits, of which six count.
    fn time(&mut self) -> Option<NaiveTime> {
        let hour = self.number(1, 2)?;
        let minute = self.consume(&[':']).then(|| self.number(1, 2))??;
        let mut micros = 0;
        let second = if self.consume(&[':']) { self.number(1, 2)? } else { 0 };
        if self.consume(&['.']) {
            let before = self.0.len();
            let value = self.number(1, 6)?;
            let digits = u32::try_from(before - self.0.len()).ok()?;
            micros = value * 10_u32.pow(6 - digits);
            self.0 = self.0.trim_start_matches(|c: char| c.is_ascii_digit());
        }
        NaiveTime::from_hms_micro_opt(hour, minute, second, micros)
    }

    /// `Z`, `+HH`, `+HHMM`, `+HH:MM`, or nothing, which is `Some(None)`.
    fn offset(&mut self) -> Option<Option<FixedOffset>> {
        if self.consume(&['Z']) {
            return Some(FixedOffset::east_opt(0));
        }
        let west = self.0.starts_with('-');
        if !self.consume(&['+', '-']) {
            return Some(None);
        }
        let hours = self.number(2, 2)?;
        let minutes = if self.consume(&[':']) || !self.0.is_empty() { self.number(2, 2)? } else { 0 };
        let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
        FixedOffset::east_opt(if west { -seconds } else { seconds }).map(Some)
    }
}

/// Parses a timestamp: `YYYY-MM-DD`, `T` or a space, a time of day, and an optional offset.
pub(super) fn read(text: &str) -> Option<Sent> {
    let mut rest = Rest(text);
    let year = i32::try_from(rest.number(4, 4)?).ok()?;
    let month = rest.consume(&['-']).then(|| rest.number(1, 2))??;
    let day = rest.consume(&['-']).then(|| rest.number(1, 2))??;
    let date = NaiveDate::from_ymd_opt(year, month, day)?;
    let local = date.and_time(rest.consume(&['T', ' ']).then(|| rest.time())??);
    let offset = rest.offset()?;
    if !rest.0.is_empty() {
        return None;
    }
    match offset {
        Some(offset) => local.and_local_timezone(offset).single().map(Sent::Offset),
        None => Some(Sent::Naive(local)),
    }
}

/// Parses a time of day.
pub(super) fn read_time_of_day(text: &str) -> Option<NaiveTime> {
    let mut rest = Rest(text);
    let time = rest.time()?;
    // An offset is read, and dropped.
    rest.offset()?;
    rest.0.is_empty().then_some(time)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    fn utc(text: &str) -> DateTime<Utc> {
        match read(text) {
            Some(Sent::Offset(time)) => time.to_utc(),
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn every_form_that_the_server_takes_is_read_and_no_other() {
        let noon = utc("2031-05-06T12:34:43Z");
        let same = [
            "2031-05-06 12:34:43Z",
            "2031-05-06T12:34:43+00",
            "2031-05-06T13:34:43+01:00",
            "2031-05-06 11:04:43.000-0130",
            "2031-05-06T12:34:43.000000000Z",
        ];
        for text in same {
            assert_eq!(utc(text), noon, "{text}");
        }
        assert_eq!(utc("2031-05-06T12:34:43.5Z") - noon, TimeDelta::milliseconds(500));
        assert_eq!(utc("2031-05-06T12:34Z"), noon - TimeDelta::seconds(43));
        assert_eq!(read("2031-1-9 1:2:3"), read("2031-01-09T01:02:03"));
        let wrong = [
            "",
            "2031-05-06",
            "2031-05-06T",
            "31-05-06T12:34",
            "2031-13-06T12:34",
            "2031-05-06t12:34",
            "2031-05-06T24:00",
            "2031-05-06T12:34:43z",
            "2031-05-06T12:34:43+1",
            "2031-05-06T12:34:43+01:0",
            "2031-05-06T12:34 ",
            "tomorrow",
        ];
        for text in wrong {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_time_is_echoed_as_it_was_sent_unless_it_was_in_utc() {
        let echo = |text: &str| read(text).unwrap().echo();
        assert_eq!(echo("2031-05-06 12:34:43").as_deref(), Some("2031-05-06T12:34:43"));
        assert_eq!(echo("2031-05-06 12:34:43.9999").as_deref(), Some("2031-05-06T12:34:43.999"));
        assert_eq!(echo("2026-12-01 10:00:00+0200").as_deref(), Some("2026-12-01T10:00:00+02:00"));
        assert_eq!(echo("2026-12-01 10:00:00.25-0330").as_deref(), Some("2026-12-01T10:00:00.250-03:30"));
        assert_eq!(echo("2026-12-01 10:00:00+00"), None);
    }

    #[test]
    fn answers_have_milliseconds_and_actions_microseconds_where_there_are_any() {
        let (odd, even) = (utc("2031-05-16T21:19:29.994999Z"), utc("2031-05-16T21:19:29Z"));
        assert_eq!(
            (api_format(odd), api_format(even)),
            ("2031-05-16T21:19:29.994Z".to_owned(), "2031-05-16T21:19:29Z".to_owned())
        );
        assert_eq!(action_format(odd), "2031-05-16 21:19:29.994999+00:00");
        assert_eq!(action_format(even), "2031-05-16 21:19:29+00:00");
        let clock = |text: &str| read_time_of_day(text).unwrap();
        assert_eq!(time_of_day(clock("6:05")), "06:05:00");
        assert_eq!(time_of_day(clock("06:05:00.1239")), "06:05:00.123");
        assert_eq!(time_of_day_text(clock("06:05:00.1239")), "06:05:00.123900");
        assert_eq!(time_of_day(clock("12:34:56Z")), "12:34:56");
        assert_eq!((read_time_of_day("06:05z"), read_time_of_day("06:05 ")), (None, None));
        assert_eq!(
            (day(odd), day(utc("2031-09-01T00:00:00Z"))),
            ("May 16, 2031".to_owned(), "Sept. 1, 2031".to_owned())
        );
    }
}
