//! Tries of alarms.

use chrono::{DateTime, Utc};

/// A try of an alarm as the server has stored it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AlarmRequest {
    /// Its id.
    pub id: u64,
    /// The id of the alarm that is tried.
    pub alarm: Option<u64>,
    /// When it was begun.
    pub date: DateTime<Utc>,
    /// 1 pending, 2 in process, 3 failure, 4 retry, 5 success.
    pub status: Option<i64>,
    /// Never changed by the server.
    pub callstatus: Option<i32>,
    /// How long the call was, in seconds.
    pub duration: Option<i32>,
    /// The id of its call.
    pub callrequest: Option<u64>,
    /// When it was made.
    pub created_date: DateTime<Utc>,
}

impl AlarmRequest {
    /// One with the server's defaults.
    pub(in super::super) fn new(id: u64, alarm: Option<u64>, now: DateTime<Utc>) -> Self {
        Self {
            id,
            alarm,
            date: now,
            status: Some(1),
            callstatus: Some(0),
            duration: Some(0),
            callrequest: None,
            created_date: now,
        }
    }
}
