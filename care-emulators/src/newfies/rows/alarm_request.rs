//! Tries of alarms, and their calls.

use chrono::{DateTime, Utc};

/// A stored try of an alarm.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AlarmRequest {
    /// Its id.
    pub id: u64,
    /// The id of its alarm.
    pub alarm: Option<u64>,
    /// When it started.
    pub date: DateTime<Utc>,
    /// 1 pending, 2 in process, 3 failure, 4 retry, 5 success.
    pub status: Option<i64>,
    /// Never changed by the server.
    pub callstatus: Option<i32>,
    /// The length of the call, in seconds.
    pub duration: Option<i32>,
    /// The id of its call.
    pub callrequest: Option<u64>,
    /// When it was created.
    pub created_date: DateTime<Utc>,
}

impl AlarmRequest {
    /// A try with the server's defaults.
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

/// A call of an alarm. `Debug` omits the phone number and the caller.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallRequest {
    /// Its id.
    pub id: u64,
    /// The id of the manager whose call it is.
    pub user: u64,
    /// 4 success, 2 failure, 7 calling.
    pub status: i64,
    /// When it was created.
    pub call_time: DateTime<Utc>,
    /// When it last changed.
    pub updated_date: DateTime<Utc>,
    /// The called number.
    pub phone_number: String,
    /// The caller's number.
    pub callerid: String,
    /// The caller's name.
    pub caller_name: String,
    /// The ringing time, in seconds.
    pub timeout: i32,
    /// The id of the gateway.
    pub aleg_gateway: u64,
    /// The id of the calendar setting's survey, not the alarm's.
    pub survey: u64,
    /// The id of its try.
    pub alarm_request_id: u64,
    /// The hangup cause; empty while it is in progress.
    pub hangup_cause: &'static str,
}

debug_fields!(CallRequest { id, user, status, call_time, timeout, aleg_gateway, survey, alarm_request_id });
