//! The time zone of the server.

use std::sync::Arc;

use chrono::{DateTime, NaiveDateTime, TimeZone, Utc};

type ToUtc = dyn Fn(NaiveDateTime) -> Option<DateTime<Utc>> + Send + Sync;
type FromUtc = dyn Fn(DateTime<Utc>) -> NaiveDateTime + Send + Sync;

/// A time zone, whatever its type.
#[derive(Clone)]
pub(super) struct Zone {
    to_utc: Arc<ToUtc>,
    from_utc: Arc<FromUtc>,
}

impl Zone {
    pub(super) fn new<Z>(zone: Z) -> Self
    where
        Z: TimeZone + Send + Sync + 'static,
    {
        let other = zone.clone();
        Self {
            to_utc: Arc::new(move |local| zone.from_local_datetime(&local).single().map(|time| time.to_utc())),
            from_utc: Arc::new(move |time| time.with_timezone(&other).naive_local()),
        }
    }

    /// `None` for a time that the zone's clocks show twice or never.
    pub(super) fn to_utc(&self, local: NaiveDateTime) -> Option<DateTime<Utc>> {
        (self.to_utc)(local)
    }

    pub(super) fn local(&self, time: DateTime<Utc>) -> NaiveDateTime {
        (self.from_utc)(time)
    }
}
