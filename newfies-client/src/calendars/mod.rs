//! Calendars: groups of a calendar user's events.

mod model;

pub use model::{Calendar, CalendarPatch, NewCalendar};

use crate::{handle::handle, ids::CalendarId};

handle! {
    /// Calendars: groups of a calendar user's events. Returned by [`Newfies::calendars`](crate::Newfies::calendars).
    ///
    /// Source: Newfies-Dialer, *Appointment Module*, "Calendar" and "Create a new Calendar",
    /// <https://github.com/newfies-dialer/newfies-dialer>.
    Calendars of Calendar(CalendarId): List,
    /// Lists the calendars of the users whom the caller manages, ten a page; a superuser sees all. See
    /// [`List`](crate::List).
    list,
    /// Creates a calendar: `POST /calendar/`.
    ///
    /// Its safety is [`Safety::Once`](crate::Safety::Once). After [`Outcome::Unknown`](crate::Outcome::Unknown), look
    /// for its name among the user's calendars.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the name is blank. 400 if the caller doesn't manage the user, even as
    /// a superuser (defect [`NEWF-41`](crate::defects)).
    create(NewCalendar),
    /// Changes some fields of a calendar: `PATCH /calendar/{id}/`.
    ///
    /// # Errors
    ///
    /// Those of [`create`](Self::create) and [`get`](Self::get); [`Kind::Request`](crate::Kind::Request) if the patch
    /// is empty.
    update(CalendarPatch),
    /// Replaces a calendar: see [`Replace`](crate::Replace).
    ///
    /// # Errors
    ///
    /// Those of [`create`](Self::create); [`Kind::Decode`](crate::Kind::Decode) if no calendar had this id.
    replace(NewCalendar),
    /// Deletes a calendar **with its events, their alarms and the alarms' attempts**: see [`Delete`](crate::Delete).
    ///
    /// # Errors
    ///
    /// Those of [`get`](Self::get).
    delete
}
