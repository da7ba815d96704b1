//! Alarms: the notifications of an event.

mod model;
mod new;

pub use model::{Alarm, AlarmRow};
pub use new::{AlarmPatch, NewAlarm};

use crate::{handle::handle, ids::AlarmId};

handle! {
    /// Alarms: the notifications of an event, by call, SMS or mail. Returned by
    /// [`Newfies::alarms`](crate::Newfies::alarms).
    ///
    /// The documents' walk through the API creates none, so it notifies nobody (defect [`NEWF-02`](crate::defects)). An
    /// alarm goes off at its [`date_start_notice`](Alarm::date_start_notice). The event's start and the alarm's daily
    /// start, daily stop and advance notice have no effect, contrary to the documents (defect
    /// [`NEWF-05`](crate::defects)). The alarms that the server copies for later occurrences of a series go off **at
    /// the occurrence's start**, however early the first ones did.
    ///
    /// Source: Newfies-Dialer, *Appointment Module*, "Settings of Alarms", and `newfies/appointment/models/alarms.py`,
    /// <https://github.com/newfies-dialer/newfies-dialer>.
    Alarms of Alarm(AlarmId): List,
    /// Lists the alarms of the events created by the users whom the caller manages, ten a page; a superuser sees all.
    /// See [`List`](crate::List).
    list,
    /// Creates an alarm: `POST /alarm/`.
    ///
    /// Its safety is [`Safety::Once`](crate::Safety::Once): a repeat would call the person twice. After
    /// [`Outcome::Unknown`](crate::Outcome::Unknown), look for its event, method, time and recipient.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the recipient is blank. 400 if event or survey aren't the caller's
    /// (defect [`NEWF-41`](crate::defects)).
    create(NewAlarm),
    /// Changes some fields of an alarm: `PATCH /alarm/{id}/`.
    ///
    /// # Errors
    ///
    /// Those of [`create`](Self::create) and [`get`](Self::get); [`Kind::Request`](crate::Kind::Request) if the patch
    /// is empty. 400 on `result` if the stored key is out of range: set a valid [`result`](AlarmPatch::result) along
    /// with the change (defect [`NEWF-15`](crate::defects)).
    update(AlarmPatch),
    /// Replaces an alarm: see [`Replace`](crate::Replace). Fields that aren't set get the server's defaults: the status
    /// becomes [`AlarmStatus::Pending`](crate::AlarmStatus::Pending), so the alarm goes off again.
    ///
    /// # Errors
    ///
    /// Those of [`create`](Self::create); [`Kind::Decode`](crate::Kind::Decode) if no alarm had this id.
    replace(NewAlarm),
    /// Deletes an alarm with its attempts: see [`Delete`](crate::Delete).
    ///
    /// # Errors
    ///
    /// Those of [`get`](Self::get).
    delete
}
