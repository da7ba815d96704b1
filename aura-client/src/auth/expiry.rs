use chrono::{DateTime, Utc};

/// A time given in seconds since 1970. `None` where no calendar reaches.
pub(super) fn at(seconds: f64) -> Option<DateTime<Utc>> {
    // The cast saturates, and what it saturates to lies outside of the calendar.
    DateTime::from_timestamp(seconds.floor() as i64, 0)
}
