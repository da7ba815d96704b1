//! Alarm requests: the attempts of alarms that call.

mod event_log;
mod for_event;
mod model;

pub use event_log::{AlarmLog, EventLog, RequestLog};
pub use for_event::GetEventLog;
pub use model::{AlarmRequest, AlarmRequestPatch, NewAlarmRequest};

use crate::{
    handle::handle,
    ids::{AlarmRequestId, EventId},
};
use care_client_core::Call;

handle! {
    /// Alarm requests: the attempts of alarms that call. Returned by
    /// [`Newfies::alarm_requests`](crate::Newfies::alarm_requests).
    ///
    /// The server creates them; creating, changing or deleting one by hand is for repairs. Only a **superuser** can
    /// read them, because the right that the server asks for can't be granted (defect [`NEWF-37`](crate::defects)).
    ///
    /// Source: Newfies-Dialer, *Appointment Module*, "Alarm Requests" and "Get detailed log from alarm request for a
    /// event", <https://github.com/newfies-dialer/newfies-dialer>.
    AlarmRequests of AlarmRequest(AlarmRequestId): List,
    /// Lists alarm requests, ten a page. See [`List`](crate::List).
    list,
    /// Creates an alarm request, which is an attempt to call: `POST /alarm-request/`.
    ///
    /// Its safety is [`Safety::Once`](crate::Safety::Once): a repeat would call the person twice.
    ///
    /// # Errors
    ///
    /// 400 if the alarm isn't the caller's (defect [`NEWF-41`](crate::defects)).
    create(NewAlarmRequest),
    /// Changes some fields of an alarm request: `PATCH /alarm-request/{id}/`.
    ///
    /// # Errors
    ///
    /// Those of [`create`](Self::create) and [`get`](Self::get); [`Kind::Request`](crate::Kind::Request) if the patch
    /// is empty.
    update(AlarmRequestPatch),
    /// Replaces an alarm request: see [`Replace`](crate::Replace).
    ///
    /// # Errors
    ///
    /// Those of [`create`](Self::create); [`Kind::Decode`](crate::Kind::Decode) if no alarm request had this id.
    replace(NewAlarmRequest),
    /// Deletes an alarm request: see [`Delete`](crate::Delete).
    ///
    /// # Errors
    ///
    /// Those of [`get`](Self::get).
    delete
}

impl AlarmRequests<'_> {
    /// Reads the attempts of all children of a root event: `GET /alarm-request/{event id}/get_nested_alarm_request/`.
    /// The id is an **event's**, and the attempts of the root's own alarms are missing (defect
    /// [`NEWF-07`](crate::defects)); [`summary`](crate::Newfies::summary) has both.
    ///
    /// # Errors
    ///
    /// [`Kind::Api`](crate::Kind::Api) and outcome [`Refused`](crate::Outcome::Refused) if the event doesn't exist or
    /// isn't the caller's: the server reports it with status 200 (defect [`NEWF-16`](crate::defects)). 403 unless the
    /// caller is a superuser.
    pub fn for_event(self, root: impl Into<EventId>) -> Call<GetEventLog> {
        self.newfies.call(GetEventLog::new(root.into(), self.newfies.zone.clone()))
    }
}
