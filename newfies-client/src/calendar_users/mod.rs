//! Calendar users: the people whose calendars hold the events.

mod model;

pub use model::{
    CalendarSummary, CalendarUser, CalendarUserPatch, CalendarUserRef, CalendarUserReplacement, NewCalendarUser,
};

use crate::{handle::handle, ids::CalendarUserId};

handle! {
    /// Calendar users: the people whose calendars hold the events, such as a doctor. Returned by
    /// [`Newfies::calendar_users`](crate::Newfies::calendar_users).
    ///
    /// In practice only a **superuser** can use any of it, because the rights that the server asks for can't be
    /// granted: anybody else gets 403 (defect [`NEWF-38`](crate::defects)).
    ///
    /// Source: Newfies-Dialer, *Appointment Module*, "Calendar User" and "Create Calendar User",
    /// <https://github.com/newfies-dialer/newfies-dialer>.
    CalendarUsers of CalendarUser(CalendarUserId): ListAll,
    /// Lists the calendar users whom the caller manages, all in one answer. Users without a profile are missing. Each
    /// row shows the hash of the user's password.
    list,
    /// Creates a calendar user with a profile that has the caller as manager and the caller's **first** calendar
    /// setting: `POST /calendar-user/`. The three generations of servers answer differently:
    ///
    /// | generation | answer |
    /// |---|---|
    /// | December 2013, as documented | the user, with a link |
    /// | 2.10 to 2.14 | the user without link or id: find it by its name |
    /// | 2.15 and later | **500 after the user was created** without a profile (defect [`NEWF-23`](crate::defects)) |
    ///
    /// Its safety is [`Safety::Once`](crate::Safety::Once); a repeat is refused because the name is taken.
    /// [`schedule_reminder`](crate::Newfies::schedule_reminder) looks the user up by itself.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if name or password is blank. 400 if any user has the name. 500 also if
    /// the caller has no calendar setting; the user is created all the same.
    create(NewCalendarUser),
    /// Changes some fields of a calendar user: `PATCH /calendar-user/{id}/`. The password can't be changed (defect
    /// [`NEWF-24`](crate::defects)).
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the patch is empty; 400 and 404 as in [`create`](Self::create) and
    /// [`get`](Self::get).
    update(CalendarUserPatch),
    /// Replaces a calendar user: see [`Replace`](crate::Replace), and [`CalendarUserReplacement`] for the password.
    ///
    /// # Errors
    ///
    /// Those of [`create`](Self::create); [`Kind::Decode`](crate::Kind::Decode) if no user had this id.
    replace(CalendarUserReplacement),
    /// Deletes a calendar user **with profile, calendars, events and alarms**: see [`Delete`](crate::Delete). The
    /// server deletes anybody who is neither staff nor superuser, managers included (defect
    /// [`NEWF-40`](crate::defects)): pass no guessed id.
    ///
    /// # Errors
    ///
    /// Those of [`get`](Self::get).
    delete
}
