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
    pub(in crate::newfies) fn new(id: u64, alarm: Option<u64>, now: DateTime<Utc>) -> Self {
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

/// A call for an alarm. `Debug` shows no phone number and no caller.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallRequest {
    /// Its id.
    pub id: u64,
    /// The id of the manager who pays.
    pub user: u64,
    /// 4 success, 2 failure, 7 calling.
    pub status: i64,
    /// When it was made.
    pub call_time: DateTime<Utc>,
    /// When it last changed.
    pub updated_date: DateTime<Utc>,
    /// Who is called.
    pub phone_number: String,
    /// The number that it comes from.
    pub callerid: String,
    /// The name that it comes from.
    pub caller_name: String,
    /// How long it rings, in seconds.
    pub timeout: i32,
    /// The id of the gateway.
    pub aleg_gateway: u64,
    /// The id of the calendar setting's survey, whichever the alarm has.
    pub survey: u64,
    /// The id of the try that it is for.
    pub alarm_request_id: u64,
    /// Why it ended, in a telephone exchange's words; empty until then.
    pub hangup_cause: &'static str,
}

debug_fields!(CallRequest { id, user, status, call_time, timeout, aleg_gateway, survey, alarm_request_id });
