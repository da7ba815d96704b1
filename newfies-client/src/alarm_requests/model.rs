use super::{AlarmRequestPatch, NewAlarmRequest};
use crate::{
    Alarm, AlarmRequestId, AlarmRequestStatus, CallRequest, ServerTime,
    resource::{resource, row, writable},
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
    /// When it was made.
    pub date: ServerTime,
    /// Where it stands.
    pub status: Option<AlarmRequestStatus>,
    /// The server never changes it.
    #[serde(default, with = "number::option")]
    pub callstatus: Option<i64>,
    /// How long the call took, in seconds.
    #[serde(default, with = "number::option")]
    pub duration: Option<i64>,
    /// The call that the dialler made for it.
    #[serde(default, with = "link::option")]
    pub callrequest: Option<Link<CallRequest>>,
    /// When its row was made.
    pub created_date: Option<ServerTime>,
}

row!(AlarmRequest { times: [date], optional: [created_date] });
resource!(AlarmRequest(AlarmRequestId) = "alarm-request" as "alarm_requests", superuser: true,
    row: AlarmRequest, key: |row| row.url.id());
writable!(AlarmRequest = "alarm-request" as "alarm_requests": NewAlarmRequest, NewAlarmRequest, AlarmRequestPatch);

impl AlarmRequest {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> AlarmRequestId {
        self.url.id()
    }
}
