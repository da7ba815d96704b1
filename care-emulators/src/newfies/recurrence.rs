//! Recurrence rules: when an event occurs again.
//!
//! A rule has a frequency and parameters such as `count:10;byweekday:0,1,2,3,4`, with the meaning that they have in the
//! server's library, Python's `dateutil.rrule`. What a rule leaves open is taken from the start of the event.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, SubsecRound, TimeDelta, Timelike, Utc};
use std::{collections::BTreeSet, fmt};

/// The frequency of a recurrence rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Frequency {
    /// Every year.
    Yearly,
    /// Every month.
    Monthly,
    /// Every week.
    Weekly,
    /// Every day.
    Daily,
    /// Every hour.
    Hourly,
    /// Every minute.
    Minutely,
    /// Every second.
    Secondly,
}

impl fmt::Display for Frequency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Yearly => "YEARLY",
            Self::Monthly => "MONTHLY",
            Self::Weekly => "WEEKLY",
            Self::Daily => "DAILY",
            Self::Hourly => "HOURLY",
            Self::Minutely => "MINUTELY",
            Self::Secondly => "SECONDLY",
        })
    }
}

/// How far ahead the next time is searched: 30 years.
const HORIZON: TimeDelta = TimeDelta::days(30 * 366);

/// The codes of weekdays, Monday first.
const WEEKDAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/// A parsed rule. An empty set doesn't restrict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Recurrence {
    frequency: Frequency,
    count: Option<usize>,
    months: BTreeSet<i64>,
    days: BTreeSet<i64>,
    year_days: BTreeSet<i64>,
    weekdays: BTreeSet<i64>,
    hours: BTreeSet<i64>,
    minutes: BTreeSet<i64>,
    seconds: BTreeSet<i64>,
}

impl Recurrence {
    /// Parses a rule. `None` if a parameter is malformed or not emulated.
    pub(super) fn read(frequency: Frequency, params: &str) -> Option<Self> {
        let mut rule = Self {
            frequency,
            count: None,
            months: BTreeSet::new(),
            days: BTreeSet::new(),
            year_days: BTreeSet::new(),
            weekdays: BTreeSet::new(),
            hours: BTreeSet::new(),
            minutes: BTreeSet::new(),
            seconds: BTreeSet::new(),
        };
        for param in params.split(';').map(str::trim).filter(|param| !param.is_empty()) {
            let (key, values) = param.split_once(':')?;
            let number = |text: &str| text.trim().parse::<i64>().ok();
            let weekday = |text: &str| {
                let code = WEEKDAYS.iter().position(|code| *code == text.trim());
                code.and_then(|at| i64::try_from(at).ok()).or_else(|| number(text)).filter(|day| (0..7).contains(day))
            };
            let numbers = || values.split(',').map(number).collect::<Option<BTreeSet<_>>>();
            match key.trim() {
                "count" => rule.count = Some(values.trim().parse().ok()?),
                "bymonth" => rule.months = numbers()?,
                "bymonthday" => rule.days = numbers()?,
                "byyearday" => rule.year_days = numbers()?,
                "byweekday" => rule.weekdays = values.split(',').map(weekday).collect::<Option<_>>()?,
                "byhour" => rule.hours = numbers()?,
                "byminute" => rule.minutes = numbers()?,
                "bysecond" => rule.seconds = numbers()?,
                _ => return None,
            }
        }
        Some(rule)
    }

    /// The first time after `now` of a recurrence that began at `start`.
    pub(super) fn next(&self, start: DateTime<Utc>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let rule = self.completed(start);
        let end = start.max(now).checked_add_signed(HORIZON)?;
        let most = rule.count.unwrap_or(usize::MAX);
        rule.times(start, end).take(most).find(|time| *time > now)
    }

    /// The rule, completed by the parts of `start` that it leaves open.
    fn completed(&self, start: DateTime<Utc>) -> Self {
        let (mut rule, frequency) = (self.clone(), self.frequency);
        let fill = |set: &mut BTreeSet<i64>, wanted: bool, value: u32| {
            if wanted && set.is_empty() {
                set.insert(i64::from(value));
            }
        };
        if rule.days.is_empty() && rule.year_days.is_empty() && rule.weekdays.is_empty() {
            fill(&mut rule.months, frequency == Frequency::Yearly, start.month());
            fill(&mut rule.days, frequency <= Frequency::Monthly, start.day());
            fill(&mut rule.weekdays, frequency == Frequency::Weekly, start.weekday().num_days_from_monday());
        }
        fill(&mut rule.hours, frequency < Frequency::Hourly, start.hour());
        fill(&mut rule.minutes, frequency < Frequency::Minutely, start.minute());
        fill(&mut rule.seconds, frequency < Frequency::Secondly, start.second());
        rule
    }

    fn has_day(&self, date: NaiveDate) -> bool {
        let last = |day: u32, days: u32| i64::from(day) - i64::from(days) - 1;
        let has = |set: &BTreeSet<i64>, day: u32, days: u32| {
            set.is_empty() || set.contains(&i64::from(day)) || set.contains(&last(day, days))
        };
        let days_of_year = if date.leap_year() { 366 } else { 365 };
        (self.months.is_empty() || self.months.contains(&i64::from(date.month())))
            && has(&self.days, date.day(), u32::from(date.num_days_in_month()))
            && has(&self.year_days, date.ordinal(), days_of_year)
            && (self.weekdays.is_empty() || self.weekdays.contains(&i64::from(date.weekday().num_days_from_monday())))
    }

    /// All times of a day, in order.
    fn times_of_day(&self) -> Vec<NaiveTime> {
        let all = |set: &BTreeSet<i64>, most: u32| -> Vec<u32> {
            (0..most).filter(|part| set.is_empty() || set.contains(&i64::from(*part))).collect()
        };
        let (minutes, seconds) = (all(&self.minutes, 60), all(&self.seconds, 60));
        let mut times = Vec::new();
        for hour in all(&self.hours, 24) {
            for minute in &minutes {
                times.extend(seconds.iter().filter_map(|second| NaiveTime::from_hms_opt(hour, *minute, *second)));
            }
        }
        times
    }

    /// All times from `start` to the day of `end`. Fractions of a second are dropped, as by the server's library.
    fn times(&self, start: DateTime<Utc>, end: DateTime<Utc>) -> impl Iterator<Item = DateTime<Utc>> {
        let (first, times) = (start.trunc_subsecs(0), self.times_of_day());
        let days = first.date_naive().iter_days().take_while(move |date| *date <= end.date_naive());
        let days = days.filter(|date| self.has_day(*date));
        days.flat_map(move |date| times.clone().into_iter().map(move |time| date.and_time(time).and_utc()))
            .filter(move |time| *time >= first)
    }
}

/// A recurrence rule to add.
///
/// ```
/// use care_emulators::newfies::{Frequency, NewRule};
///
/// let rule = NewRule::new("Weekend", Frequency::Weekly).params("byweekday:SA,SU;count:8");
/// ```
#[derive(Debug, Clone)]
#[must_use = "pass it to `Controller::add_rule`"]
pub struct NewRule {
    pub(super) name: String,
    pub(super) frequency: Frequency,
    pub(super) params: Option<String>,
}

impl NewRule {
    /// A rule without parameters.
    pub fn new(name: impl Into<String>, frequency: Frequency) -> Self {
        Self { name: name.into(), frequency, params: None }
    }

    /// Its restrictions: `key:value[,value...]`, separated by semicolons. Keys are `count`, `bymonth`, `bymonthday`,
    /// `byyearday`, `byweekday` (0 is Monday), `byhour`, `byminute` and `bysecond`.
    pub fn params(mut self, params: impl Into<String>) -> Self {
        self.params = Some(params.into());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(text: &str) -> DateTime<Utc> {
        DateTime::parse_from_rfc3339(text).unwrap().to_utc()
    }

    fn next(frequency: Frequency, params: &str, start: &str, now: &str) -> Option<DateTime<Utc>> {
        Recurrence::read(frequency, params).unwrap().next(utc(start), utc(now))
    }

    #[test]
    fn the_next_time_follows_frequency_and_start() {
        let start = "2024-01-31T08:30:15Z";
        for (frequency, now, expected) in [
            (Frequency::Yearly, start, "2025-01-31T08:30:15Z"),
            (Frequency::Monthly, start, "2024-03-31T08:30:15Z"),
            (Frequency::Weekly, start, "2024-02-07T08:30:15Z"),
            (Frequency::Daily, "2024-02-03T08:30:14Z", "2024-02-03T08:30:15Z"),
            (Frequency::Daily, "2024-02-03T08:30:15Z", "2024-02-04T08:30:15Z"),
            (Frequency::Hourly, start, "2024-01-31T09:30:15Z"),
            (Frequency::Minutely, "2024-01-31T09:00:00Z", "2024-01-31T09:00:15Z"),
            (Frequency::Secondly, start, "2024-01-31T08:30:16Z"),
        ] {
            assert_eq!(next(frequency, "", start, now), Some(utc(expected)), "{frequency}");
        }
        assert_eq!(
            next(Frequency::Yearly, "", "2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"),
            Some(utc("2028-02-29T00:00:00Z"))
        );
    }

    #[test]
    fn parameters_restrict_and_count() {
        // A Friday.
        let start = "2024-03-01T12:00:00Z";
        let weekdays = "byweekday:0,1,2,3,4";
        for (frequency, params, now, expected) in [
            (Frequency::Weekly, weekdays, start, Some("2024-03-04T12:00:00Z")),
            (Frequency::Daily, "byweekday:SA,SU", start, Some("2024-03-02T12:00:00Z")),
            (Frequency::Weekly, "count:10;byweekday:0,1,2,3,4", "2024-03-13T12:00:00Z", Some("2024-03-14T12:00:00Z")),
            (Frequency::Weekly, "count:10;byweekday:0,1,2,3,4", "2024-03-14T12:00:00Z", None),
            (Frequency::Monthly, "bymonthday:-1", start, Some("2024-03-31T12:00:00Z")),
            (Frequency::Daily, "bymonth:5", start, Some("2024-05-01T12:00:00Z")),
            (Frequency::Daily, "byhour:6,18", start, Some("2024-03-01T18:00:00Z")),
            (Frequency::Yearly, "byyearday:-1", start, Some("2024-12-31T12:00:00Z")),
            (Frequency::Daily, "bymonth:2;bymonthday:30", start, None),
        ] {
            assert_eq!(next(frequency, params, start, now), expected.map(utc), "{params}");
        }
    }

    #[test]
    fn what_is_not_understood_is_no_rule() {
        for params in ["byeaster:0", "bysetpos:1", "count", "count:x", "byweekday:7", "byweekday:XX", "byhour:"] {
            assert_eq!(Recurrence::read(Frequency::Daily, params), None, "{params}");
        }
        assert!(Recurrence::read(Frequency::Daily, ";").is_some());
    }
}
