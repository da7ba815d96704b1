//! Events and their recurrence rules.

use crate::newfies::recurrence::Frequency;
use chrono::{DateTime, Months, TimeDelta, Utc};
use serde_json::Value;

/// A stored event. `Debug` omits title, description and data.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Event {
    /// Its id.
    pub id: u64,
    /// Its title.
    pub title: String,
    /// Its description.
    pub description: Option<String>,
    /// Its start.
    pub start: DateTime<Utc>,
    /// Its end, which may be before its start.
    pub end: DateTime<Utc>,
    /// The id of the calendar user who created it.
    pub creator: u64,
    /// When it was created, or what a client has written.
    pub created_on: DateTime<Utc>,
    /// Stored, but unused.
    pub end_recurring_period: Option<DateTime<Utc>>,
    /// The id of its rule.
    pub rule: Option<u64>,
    /// The id of its calendar.
    pub calendar: u64,
    /// Stored, but unused.
    pub notify_count: Option<i32>,
    /// 1 pending, 2 completed, 3 paused, or any written value.
    pub status: Option<i64>,
    /// The variables of its surveys; null for none.
    pub data: Value,
    /// The id of the first event of the series; `None` for that one.
    pub parent_event: Option<u64>,
    /// The number of earlier events of the series.
    pub occ_count: Option<i32>,
}

debug_fields!(Event { id, start, end, creator, rule, calendar, status, parent_event, occ_count });

impl Event {
    /// An event with the server's defaults. The default end doesn't depend on the start.
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

/// A recurrence rule.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rule {
    /// Its id.
    pub id: u64,
    /// Its name.
    pub name: String,
    /// Its description.
    pub description: String,
    /// Its frequency.
    pub frequency: Frequency,
    /// Its restrictions, such as `count:10;byweekday:0,1,2,3,4`. Weekday 0 is Monday.
    pub params: Option<String>,
}
