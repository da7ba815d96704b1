use crate::{
    alarms::Alarm,
    codes::AlarmRequestStatus,
    endpoints::own_links,
    ids::{AlarmRequestId, CallRequest},
    payload::{Body, clears, fields, patch, payload},
    resource::{resource, row},
    time::ServerTime,
};
use care_client_core::{
    Link,
    wire::{link, number},
};
use serde::{Deserialize, Serialize};

/// One attempt of an alarm that calls.
///
/// Source: Newfies-Dialer, `newfies/appointment/models/alarms.py`, <https://github.com/newfies-dialer/newfies-dialer>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AlarmRequest {
    /// Its link.
    pub url: Link<AlarmRequest>,
    /// Its alarm.
    #[serde(default, with = "link::option")]
    pub alarm: Option<Link<Alarm>>,
    /// When it was created.
    pub date: ServerTime,
    /// Its status.
    pub status: Option<AlarmRequestStatus>,
    /// A number that the server never changes.
    #[serde(default, with = "number::option")]
    pub callstatus: Option<i64>,
    /// The duration of the call, in seconds.
    #[serde(default, with = "number::option")]
    pub duration: Option<i64>,
    /// The dialler's call for it.
    #[serde(default, with = "link::option")]
    pub callrequest: Option<Link<CallRequest>>,
    /// When its row was created.
    pub created_date: Option<ServerTime>,
}

row!(AlarmRequest { times: [date], optional: [created_date] });
resource!(linked AlarmRequest(AlarmRequestId) at "alarm-request", named "alarm_requests" {
    rights: SuperuserReads,
    rows: AlarmRequest by |row| row.url.id(),
    writes: NewAlarmRequest, NewAlarmRequest, AlarmRequestPatch with FIELDS,
    nested: {
        /// The id is an event's (defect `NEWF-07`).
        FOR_EVENT: Read "for_event" at "get_nested_alarm_request",
    },
    hint: own_links,
});

impl AlarmRequest {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> AlarmRequestId {
        self.url.id()
    }
}

/// An alarm request to create, or to replace another with: `newfies.alarm_requests().create(..)`.
#[derive(Debug, Clone, PartialEq)]
pub struct NewAlarmRequest {
    body: Body,
}

/// Changes to an alarm request. Fields that aren't set stay as they are.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AlarmRequestPatch {
    body: Body,
}

impl NewAlarmRequest {
    /// An attempt of this alarm at this time. The dialler ignores one that is more than an hour old.
    pub fn new(alarm: impl Into<Link<Alarm>>, date: impl Into<ServerTime>) -> Self {
        Self { body: Body::default() }.alarm(alarm).date(date)
    }
}

fields! {
    [NewAlarmRequest, AlarmRequestPatch]: {
        /// Sets the status. Default: [`AlarmRequestStatus::Pending`].
        fn status(status: AlarmRequestStatus) => status;
        /// Sets a number that the server never changes. Default: 0.
        fn callstatus(number: i32) => number;
        /// Sets the duration of the call, in seconds. Default: 0.
        fn duration(seconds: i32) => seconds;
        /// Sets the call made for it. The server accepts calls of the caller's own campaigns only.
        fn callrequest(call: impl Into<Link<CallRequest>>) => call.into();
    }
    [AlarmRequestPatch] given [NewAlarmRequest]: {
        /// Moves it to another alarm.
        fn alarm(alarm: impl Into<Link<Alarm>>) => alarm.into();
        /// Sets when it was made.
        fn date(at: impl Into<ServerTime>) => at.into();
    }
}

clears!(AlarmRequestPatch {
    /// Clears the call.
    clear_callrequest => callrequest;
});

payload!(NewAlarmRequest { not_blank: [] });
patch!(AlarmRequestPatch { not_blank: [] });
