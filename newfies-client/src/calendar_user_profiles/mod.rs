//! The profiles of calendar users: who manages them, and with which setting their alarms go off.

mod model;
mod new;
mod row;

pub use model::CalendarUserProfile;
pub use new::{CalendarUserProfilePatch, NewCalendarUserProfile};
pub use row::CalendarUserProfileRow;

use crate::{CalendarUserId, handle::handle};

handle! {
    /// The profiles of calendar users: who manages them, and with which setting their alarms go off. Made by
    /// [`Newfies::calendar_user_profiles`](crate::Newfies::calendar_user_profiles).
    ///
    /// A profile is addressed by the id of its **calendar user**, and its own id addresses nothing (defect
    /// [`NEWF-12`](crate::defects)). To read them needs a **superuser** (defect [`NEWF-37`](crate::defects)). **Every write makes
    /// its caller the manager**: with one update a manager takes over a user who is somebody else's (defect
    /// [`NEWF-39`](crate::defects)).
    ///
    /// Source: Newfies-Dialer, *Appointment Module*, "Update Calendar User Profile",
    /// <https://github.com/newfies-dialer/newfies-dialer>.
    CalendarUserProfiles of CalendarUserProfile(CalendarUserId): ListAll,
    /// Lists the profiles of the calendar users whom the caller manages, all at once, each with less than
    /// [`get`](Self::get) gives.
    list,
    /// Makes a profile: `POST /calendar-user-profile/`. Servers make one with each calendar user, except those from 2.15 on,
    /// and there this ends in 500, too, unless somebody has repaired the server (defect [`NEWF-13`](crate::defects)).
    ///
    /// It is [`Safety::Once`](crate::Safety::Once); a user has one profile at most.
    ///
    /// # Errors
    ///
    /// 400 if the user has a profile; 500 as told.
    create(NewCalendarUserProfile),
    /// Changes some of a profile, **and makes the caller the manager**: `PATCH /calendar-user-profile/{calendar user id}/`.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if nothing is changed; 400 if the setting doesn't exist; 404 if the user has no
    /// profile.
    update(CalendarUserProfilePatch),
    /// Puts a profile in place of one, and makes the caller the manager: see [`Replace`](crate::Replace). Ends in 500 where
    /// [`create`](Self::create) does.
    ///
    /// # Errors
    ///
    /// As [`create`](Self::create); [`Kind::Decode`](crate::Kind::Decode) if there was none with this id.
    replace(NewCalendarUserProfile),
    /// Deletes a profile, without which its user's alarms don't go off: see [`Delete`](crate::Delete).
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    delete
}
