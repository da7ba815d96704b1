//! Calendars: what events are grouped by.

mod model;
mod new;

pub use model::Calendar;
pub use new::{CalendarPatch, NewCalendar};

use crate::{CalendarId, handle::handle};

handle! {
    /// Calendars: what the events of a calendar user are grouped by. Made by [`Newfies::calendars`](crate::Newfies::calendars).
    ///
    /// Source: Newfies-Dialer, *Appointment Module*, "Calendar" and "Create a new Calendar",
    /// <https://github.com/newfies-dialer/newfies-dialer>.
    Calendars of Calendar(CalendarId): List,
    /// Lists the calendars of the users whom the caller manages, ten a page; a superuser sees all. See [`List`](crate::List).
    list,
    /// Makes a calendar: `POST /calendar/`.
    ///
    /// It is [`Safety::Once`](crate::Safety::Once). After [`Outcome::Unknown`](crate::Outcome::Unknown) look for its name among
    /// the user's.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the name is blank. 400 if the user isn't one whom the caller manages, also
    /// for a superuser (defect [`NEWF-41`](crate::defects)).
    create(NewCalendar),
    /// Changes some of a calendar: `PATCH /calendar/{id}/`.
    ///
    /// # Errors
    ///
    /// As [`create`](Self::create), if nothing is changed, and as [`get`](Self::get).
    update(CalendarPatch),
    /// Puts a calendar in place of one: see [`Replace`](crate::Replace).
    ///
    /// # Errors
    ///
    /// As [`create`](Self::create); [`Kind::Decode`](crate::Kind::Decode) if there was none with this id.
    replace(NewCalendar),
    /// Deletes a calendar **with its events, their alarms and the alarms' attempts**: see [`Delete`](crate::Delete).
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    delete
}
