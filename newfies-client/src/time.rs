//! Times as this server has them: with an offset, or without one in a time zone that no answer names.

use care_client_core::wire::timestamp;
use chrono::{DateTime, NaiveDateTime, SecondsFormat, TimeZone, Timelike, Utc};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, Unexpected},
};
use std::{fmt, sync::Arc};

/// A date and time from the server: a point in time, or a local time of the server's whose zone is unknown.
///
/// The server reads a time without an offset in its own time zone, and repeats it without one in the answer to that
/// write; the next read shows a point in time (defect [`NEWF-21`](crate::defects)). This crate guesses no zone: such a
/// time stays [`Naive`](Self::Naive) unless the client knows
/// [the server's zone](crate::NewfiesBuilder::server_time_zone).
///
/// If you send points in time, no naive ones occur: they are sent in UTC with `Z`. All forms of the server are
/// accepted, with `T` or a blank, with or without a fraction, with `Z`, an offset or neither.
///
/// ```
/// use chrono::{DateTime, NaiveDate, Utc};
/// use newfies_client::ServerTime;
///
/// let read: ServerTime = serde_json::from_str(r#""2013-12-18 17:19:23.368534+00:00""#)?;
/// assert_eq!(read.instant(), "2013-12-18T17:19:23.368534Z".parse().ok());
///
/// let naive: ServerTime = serde_json::from_str(r#""2013-12-10T12:34:43""#)?;
/// assert_eq!(naive.instant(), None);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ServerTime {
    /// A point in time.
    At(DateTime<Utc>),
    /// A local time in the server's time zone, which is unknown.
    Naive(NaiveDateTime),
}

impl ServerTime {
    /// The point in time; `None` for a naive time.
    #[must_use]
    pub const fn instant(self) -> Option<DateTime<Utc>> {
        match self {
            Self::At(at) => Some(at),
            Self::Naive(_) => None,
        }
    }

    /// Whether both are equal to the millisecond. The server truncates finer fractions in some answers and not in
    /// others (defect [`NEWF-22`](crate::defects)). A naive time never equals a point in time.
    #[must_use]
    pub fn is_same(self, other: Self) -> bool {
        // NEWF-22
        match (self, other) {
            (Self::At(a), Self::At(b)) => a.timestamp_millis() == b.timestamp_millis(),
            (Self::Naive(a), Self::Naive(b)) => a.and_utc().timestamp_millis() == b.and_utc().timestamp_millis(),
            _ => false,
        }
    }

    fn parse(text: &str) -> Option<Self> {
        // NEWF-21
        timestamp::parse(text).map(Self::At).or_else(|| {
            let text = text.replacen(' ', "T", 1);
            let with = |form| NaiveDateTime::parse_from_str(&text, form).ok();
            with("%Y-%m-%dT%H:%M:%S%.f").or_else(|| with("%Y-%m-%dT%H:%M")).map(Self::Naive)
        })
    }
}

/// The form in which it is sent: a point in time in UTC with `Z`, a naive time with a blank as in the documents.
impl fmt::Display for ServerTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::At(at) => {
                let form = match at.nanosecond() {
                    0 => SecondsFormat::Secs,
                    nanos if nanos.is_multiple_of(1_000_000) => SecondsFormat::Millis,
                    _ => SecondsFormat::Micros,
                };
                f.write_str(&at.to_rfc3339_opts(form, true))
            }
            Self::Naive(at) => write!(f, "{}", at.format("%Y-%m-%d %H:%M:%S%.f")),
        }
    }
}

impl<Z: TimeZone> From<DateTime<Z>> for ServerTime {
    fn from(at: DateTime<Z>) -> Self {
        Self::At(at.to_utc())
    }
}

impl From<NaiveDateTime> for ServerTime {
    fn from(at: NaiveDateTime) -> Self {
        Self::Naive(at)
    }
}

impl Serialize for ServerTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ServerTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| {
            D::Error::invalid_value(Unexpected::Other("text"), &"a date and time, such as 2013-12-16T11:19:29Z")
        })
    }
}

/// The server's time zone, if the client knows it.
#[derive(Clone, Default)]
pub(crate) struct Zone(Option<Arc<LocalToUtc>>);

type LocalToUtc = dyn Fn(&NaiveDateTime) -> Option<DateTime<Utc>> + Send + Sync;

impl Zone {
    pub(crate) fn of<Z: TimeZone + Send + Sync + 'static>(zone: Z) -> Self {
        // A time that a clock change skips or repeats stays naive.
        Self(Some(Arc::new(move |naive| zone.from_local_datetime(naive).single().map(|at| at.to_utc()))))
    }

    /// Turns a naive time into a point in time, if the zone is known and has exactly one.
    pub(crate) fn place(&self, time: &mut ServerTime) {
        if let (Some(to_utc), ServerTime::Naive(naive)) = (&self.0, *time)
            && let Some(at) = to_utc(&naive)
        {
            *time = ServerTime::At(at);
        }
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "known" } else { "unknown" })
    }
}

/// Two calls are equal whatever the client's zone.
impl PartialEq for Zone {
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{FixedOffset, NaiveDate, offset::LocalResult};

    fn read(text: &str) -> Option<ServerTime> {
        serde_json::from_value(text.into()).ok()
    }

    fn naive(hour: u32) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2013, 12, 10).unwrap().and_hms_opt(hour, 34, 43).unwrap()
    }

    #[test]
    fn all_forms_of_times_are_read_and_one_without_an_offset_stays_naive() {
        // NEWF-21
        let at = |text: &str| Some(ServerTime::At(text.parse().unwrap()));
        for (text, time) in [
            ("2013-12-10 12:34:43", Some(ServerTime::Naive(naive(12)))),
            ("2013-12-10T12:34:43", Some(ServerTime::Naive(naive(12)))),
            ("2013-12-10T12:34:43.000", Some(ServerTime::Naive(naive(12)))),
            ("2013-12-16T11:19:29.994Z", at("2013-12-16T11:19:29.994Z")),
            ("2013-12-16T11:19:29Z", at("2013-12-16T11:19:29Z")),
            ("2013-12-17 16:26:07+00:00", at("2013-12-17T16:26:07Z")),
            ("2013-12-18 17:19:23.368534+00:00", at("2013-12-18T17:19:23.368534Z")),
            ("2026-12-01T10:00:00+02:00", at("2026-12-01T08:00:00Z")),
            ("2026-12-01T10:00:00+0200", at("2026-12-01T08:00:00Z")),
            ("2026-12-01T10:00:00+02", at("2026-12-01T08:00:00Z")),
            ("2013-12-10", None),
            ("Mon, 16 Dec 2013 11:19:30 GMT", None),
            ("2013-02-30 12:34:43", None),
            ("", None),
        ] {
            assert_eq!(read(text), time, "{text}");
        }
    }

    #[test]
    fn what_is_written_is_read_back_and_has_the_documented_forms() {
        // NEWF-21
        for (time, text) in [
            (ServerTime::Naive(naive(12)), "2013-12-10 12:34:43"),
            (ServerTime::At("2026-07-01T10:00:00+02:00".parse().unwrap()), "2026-07-01T08:00:00Z"),
            (ServerTime::At("2026-07-01T10:00:00.5Z".parse().unwrap()), "2026-07-01T10:00:00.500Z"),
            (ServerTime::At("2026-07-01T10:00:00.000001Z".parse().unwrap()), "2026-07-01T10:00:00.000001Z"),
        ] {
            assert_eq!((time.to_string().as_str(), read(text)), (text, Some(time)));
        }
    }

    #[test]
    fn a_zone_changes_naive_times_only() {
        let madrid = Zone::of(FixedOffset::east_opt(3600).unwrap());
        let placed = |zone: &Zone, mut time: ServerTime| {
            zone.place(&mut time);
            time
        };
        let at = ServerTime::At("2013-12-10T11:34:43Z".parse().unwrap());
        assert_eq!(placed(&madrid, ServerTime::Naive(naive(12))), at);
        assert_eq!(placed(&madrid, at), at);
        assert_eq!(placed(&Zone::default(), ServerTime::Naive(naive(12))), ServerTime::Naive(naive(12)));
        // A time that comes twice, or never, when the clocks are changed.
        let changing = Zone::of(Changing);
        for hour in [2, 3] {
            assert_eq!(placed(&changing, ServerTime::Naive(naive(hour))), ServerTime::Naive(naive(hour)), "{hour}");
        }
        assert_eq!(placed(&changing, ServerTime::Naive(naive(12))), ServerTime::At(naive(12).and_utc()));
    }

    #[test]
    fn times_are_compared_to_the_millisecond() {
        // NEWF-22
        let at = |text: &str| ServerTime::At(text.parse().unwrap());
        assert!(at("2013-12-18T17:19:23.368Z").is_same(at("2013-12-18T17:19:23.368534Z")));
        assert!(!at("2013-12-18T17:19:23.368Z").is_same(at("2013-12-18T17:19:23.369Z")));
        assert!(!at("2013-12-10T12:34:43Z").is_same(ServerTime::Naive(naive(12))));
        assert!(ServerTime::Naive(naive(12)).is_same(ServerTime::Naive(naive(12))));
    }

    /// Two is left out, three comes twice.
    #[derive(Clone, Copy, Debug)]
    struct Changing;

    impl TimeZone for Changing {
        type Offset = chrono::Utc;

        fn from_offset(_: &Utc) -> Self {
            Self
        }

        fn offset_from_local_date(&self, _: &NaiveDate) -> LocalResult<Utc> {
            LocalResult::Single(Utc)
        }

        fn offset_from_local_datetime(&self, local: &NaiveDateTime) -> LocalResult<Utc> {
            match local.hour() {
                2 => LocalResult::None,
                3 => LocalResult::Ambiguous(Utc, Utc),
                _ => LocalResult::Single(Utc),
            }
        }

        fn offset_from_utc_date(&self, _: &NaiveDate) -> Utc {
            Utc
        }

        fn offset_from_utc_datetime(&self, _: &NaiveDateTime) -> Utc {
            Utc
        }
    }
}
