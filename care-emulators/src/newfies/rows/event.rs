//! Events.

use crate::newfies::recurrence::Frequency;
use chrono::{DateTime, Months, TimeDelta, Utc};
use serde_json::Value;

/// An event as the server has stored it. `Debug` shows neither title nor description nor data.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Event {
    /// Its id.
    pub id: u64,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub description: Option<String>,
    /// When it begins.
    pub start: DateTime<Utc>,
    /// When it ends. Nothing keeps that from being before it begins.
    pub end: DateTime<Utc>,
    /// The id of the calendar user who has made it.
    pub creator: u64,
    /// When it was made, or what a client says about that.
    pub created_on: DateTime<Utc>,
    /// Kept, and not used.
    pub end_recurring_period: Option<DateTime<Utc>>,
    /// The id of its rule.
    pub rule: Option<u64>,
    /// The id of its calendar.
    pub calendar: u64,
    /// Kept, and not used.
    pub notify_count: Option<i32>,
    /// 1 pending, 2 completed, 3 paused, or whatever was written.
    pub status: Option<i64>,
    /// What its surveys say, by keys; null for nothing.
    pub data: Value,
    /// The id of the first event of the series, on all others.
    pub parent_event: Option<u64>,
    /// How many events of the series were before it.
    pub occ_count: Option<i32>,
}

debug_fields!(Event { id, start, end, creator, rule, calendar, status, parent_event, occ_count });

impl Event {
    /// One with the server's defaults, among them an end that knows nothing of its start.
    pub(in crate::newfies) fn new(id: u64, now: DateTime<Utc>) -> Self {
        Self {
            id,
            title: String::new(),
            description: None,
            start: now,
            end: now.checked_add_signed(TimeDelta::hours(1)).unwrap_or(now),
            creator: 0,
            created_on: now,
            end_recurring_period: now.checked_add_months(Months::new(1)),
            rule: None,
            calendar: 0,
            notify_count: Some(0),
            status: Some(1),
            data: Value::Null,
            parent_event: None,
            occ_count: Some(0),
        }
    }
}

/// A rule of recurrence.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rule {
    /// Its id.
    pub id: u64,
    /// Its name.
    pub name: String,
    /// What it means.
    pub description: String,
    /// How often, in capital letters, such as `DAILY`.
    pub frequency: Frequency,
    /// What restricts it, such as `count:10;byweekday:0,1,2,3,4`. Weekday 0 is Monday.
    pub params: Option<String>,
}
