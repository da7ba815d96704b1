//! Alarm requests: the attempts of alarms that call.

mod for_event;
mod model;
mod new;
mod tree;

pub use for_event::GetEventLog;
pub use model::AlarmRequest;
pub use new::{AlarmRequestPatch, NewAlarmRequest};
pub use tree::{AlarmLog, EventLog, RequestLog};

use crate::{AlarmRequestId, EventId, handle::handle};
use care_client_core::Call;

handle! {
    /// Alarm requests: the attempts of alarms that call. Made by [`Newfies::alarm_requests`](crate::Newfies::alarm_requests).
    ///
    /// The server makes them; to make, change or delete one by hand is for repairs. To read them needs a **superuser**: the
    /// right that is asked for isn't there to be granted (defect [`NEWF-37`](crate::defects)).
    ///
    /// Source: Newfies-Dialer, *Appointment Module*, "Alarm Requests" and "Get detailed log from alarm request for a event",
    /// <https://github.com/newfies-dialer/newfies-dialer>.
    AlarmRequests of AlarmRequest(AlarmRequestId): List,
    /// Lists alarm requests, ten a page. See [`List`](crate::List).
    list,
    /// Makes an alarm request, which is an attempt to call: `POST /alarm-request/`.
    ///
    /// It is [`Safety::Once`](crate::Safety::Once): sent twice, the person is called twice.
    ///
    /// # Errors
    ///
    /// 400 if the alarm isn't the caller's (defect [`NEWF-41`](crate::defects)).
    create(NewAlarmRequest),
    /// Changes some of an alarm request: `PATCH /alarm-request/{id}/`.
    ///
    /// # Errors
    ///
    /// As [`create`](Self::create), if nothing is changed, and as [`get`](Self::get).
    update(AlarmRequestPatch),
    /// Puts an alarm request in place of one: see [`Replace`](crate::Replace).
    ///
    /// # Errors
    ///
    /// As [`create`](Self::create); [`Kind::Decode`](crate::Kind::Decode) if there was none with this id.
    replace(NewAlarmRequest),
    /// Deletes an alarm request: see [`Delete`](crate::Delete).
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    delete
}

impl AlarmRequests<'_> {
    /// Reads the attempts of all children of a root event: `GET /alarm-request/{event id}/get_nested_alarm_request/`. The id is
    /// that of an **event**, and those of the event's own alarms aren't among them (defect [`NEWF-07`](crate::defects));
    /// [`summary`](crate::Newfies::summary) has both.
    ///
    /// # Errors
    ///
    /// [`Kind::Api`](crate::Kind::Api), outcome [`Refused`](crate::Outcome::Refused), if there is no such event or it isn't the
    /// caller's: the server answers so with status 200 (defect [`NEWF-16`](crate::defects)). 403 unless the caller is a superuser.
    pub fn for_event(self, root: impl Into<EventId>) -> Call<GetEventLog> {
        self.newfies.call(GetEventLog::new(root.into(), self.newfies.zone.clone()))
    }
}
