//! Alarms: who is notified of an event, how and when.

mod model;
mod new;
mod row;

pub use model::Alarm;
pub use new::{AlarmPatch, NewAlarm};
pub use row::AlarmRow;

use crate::{AlarmId, handle::handle};

handle! {
    /// Alarms: who is notified of an event, how and when. Made by [`Newfies::alarms`](crate::Newfies::alarms).
    ///
    /// The documents' walk through the API makes none, and so notifies nobody (defect [`NEWF-02`](crate::defects)). An alarm
    /// goes off at its [`date_start_notice`](Alarm::date_start_notice), whatever its event's start, its daily start and stop
    /// and its advance notice say, and whatever the documents say of these (defect [`NEWF-05`](crate::defects)). The alarms that
    /// the server copies for the next occurrence of a series go off **at its start**, however long before the first ones
    /// did.
    ///
    /// Source: Newfies-Dialer, *Appointment Module*, "Settings of Alarms", and `newfies/appointment/models/alarms.py`,
    /// <https://github.com/newfies-dialer/newfies-dialer>.
    Alarms of Alarm(AlarmId): List,
    /// Lists the alarms of the events that were created by the users whom the caller manages, ten a page; a superuser sees
    /// all. See [`List`](crate::List).
    list,
    /// Makes an alarm: `POST /alarm/`.
    ///
    /// It is [`Safety::Once`](crate::Safety::Once): sent twice, the person is called twice. After
    /// [`Outcome::Unknown`](crate::Outcome::Unknown) look for its event, method, time and target.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the target is blank. 400 if event or survey aren't the caller's (defect
    /// [`NEWF-41`](crate::defects)).
    create(NewAlarm),
    /// Changes some of an alarm: `PATCH /alarm/{id}/`.
    ///
    /// # Errors
    ///
    /// As [`create`](Self::create), if nothing is changed, and as [`get`](Self::get). 400 on `result` if the digits that were
    /// pressed are out of range: set a valid [`result`](AlarmPatch::result) along with the change (defect
    /// [`NEWF-15`](crate::defects)).
    update(AlarmPatch),
    /// Puts an alarm in place of one: see [`Replace`](crate::Replace). What isn't set gets the server's default: its status
    /// becomes [`AlarmStatus::Pending`](crate::AlarmStatus::Pending), so that it goes off again.
    ///
    /// # Errors
    ///
    /// As [`create`](Self::create); [`Kind::Decode`](crate::Kind::Decode) if there was none with this id.
    replace(NewAlarm),
    /// Deletes an alarm with its attempts: see [`Delete`](crate::Delete).
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    delete
}
