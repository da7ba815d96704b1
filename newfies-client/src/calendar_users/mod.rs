//! Calendar users: whose the calendars are.

mod model;
mod new;

pub use model::{CalendarSummary, CalendarUser};
pub use new::{CalendarUserPatch, CalendarUserReplacement, NewCalendarUser};

use crate::{CalendarUserId, handle::handle};

handle! {
    /// Calendar users: whose the calendars are, such as a doctor. Made by
    /// [`Newfies::calendar_users`](crate::Newfies::calendar_users).
    ///
    /// All of it is a **superuser's** in practice, for the rights that would be needed aren't there to be granted: anybody
    /// else gets 403 (defect [`NEWF-38`](crate::defects)).
    ///
    /// Source: Newfies-Dialer, *Appointment Module*, "Calendar User" and "Create Calendar User",
    /// <https://github.com/newfies-dialer/newfies-dialer>.
    CalendarUsers of CalendarUser(CalendarUserId): ListAll,
    /// Lists the calendar users whom the caller manages, all at once. Those without a profile aren't among them. Each shows
    /// the hash of its password.
    list,
    /// Makes a calendar user with a profile that has the caller as manager and the caller's **first** calendar setting: `POST
    /// /calendar-user/`. What the servers of the three generations answer differs:
    ///
    /// | generation | answer |
    /// |---|---|
    /// | December 2013, as documented | the user, with a link |
    /// | 2.10 to 2.14 | the user, with neither link nor id: find it by its name, as in the example |
    /// | 2.15 and later | **500 after the user was made**, without a profile: outcome [`Unknown`](crate::Outcome::Unknown) (defect [`NEWF-23`](crate::defects)) |
    ///
    /// It is [`Safety::Once`](crate::Safety::Once). Sent again, it is refused, for the name is taken.
    /// [`schedule_reminder`](crate::Newfies::schedule_reminder) looks the user up by itself.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if name or password is blank. 400 if the name is taken, by whomever. 500 also if the
    /// caller has no calendar setting: the user is made all the same.
    create(NewCalendarUser),
    /// Changes some of a calendar user: `PATCH /calendar-user/{id}/`. The password isn't among it (defect
    /// [`NEWF-24`](crate::defects)).
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if nothing is changed; 400 and 404 as in [`create`](Self::create) and
    /// [`get`](Self::get).
    update(CalendarUserPatch),
    /// Puts a calendar user in place of one: see [`Replace`](crate::Replace), and [`CalendarUserReplacement`] for the password.
    ///
    /// # Errors
    ///
    /// As [`create`](Self::create); [`Kind::Decode`](crate::Kind::Decode) if there was none with this id.
    replace(CalendarUserReplacement),
    /// Deletes a calendar user **with profile, calendars, events and alarms**: see [`Delete`](crate::Delete). It reaches
    /// everybody who is neither staff nor superuser, managers too (defect [`NEWF-40`](crate::defects)): give no guessed id.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    delete
}
