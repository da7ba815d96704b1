//! The profiles of calendar users: who manages them, and which setting their alarms use.

mod model;

pub use model::{CalendarUserProfile, CalendarUserProfilePatch, CalendarUserProfileRow, NewCalendarUserProfile};

use crate::{handle::handle, ids::CalendarUserId};

handle! {
    /// The profiles of calendar users: who manages them, and which setting their alarms use. Returned by
    /// [`Newfies::calendar_user_profiles`](crate::Newfies::calendar_user_profiles).
    ///
    /// A profile is addressed by the id of its **calendar user**; its own id addresses nothing (defect
    /// [`NEWF-12`](crate::defects)). Only a **superuser** can read profiles (defect [`NEWF-37`](crate::defects)).
    /// **Every write makes the caller the manager**: one update takes a user over from another manager (defect
    /// [`NEWF-39`](crate::defects)).
    ///
    /// Source: Newfies-Dialer, *Appointment Module*, "Update Calendar User Profile",
    /// <https://github.com/newfies-dialer/newfies-dialer>.
    CalendarUserProfiles of CalendarUserProfile(CalendarUserId): ListAll,
    /// Lists the profiles of the calendar users whom the caller manages, all in one answer. Rows have fewer fields than
    /// [`get`](Self::get) returns.
    list,
    /// Creates a profile: `POST /calendar-user-profile/`. Servers before 2.15 create one with each calendar user. Later
    /// ones don't, and answer this call with 500, too, unless they were repaired (defect [`NEWF-13`](crate::defects)).
    ///
    /// Its safety is [`Safety::Once`](crate::Safety::Once); a user has at most one profile.
    ///
    /// # Errors
    ///
    /// 400 if the user has a profile; 500 on servers that can't create any.
    create(NewCalendarUserProfile),
    /// Changes some fields of a profile **and makes the caller the manager**:
    /// `PATCH /calendar-user-profile/{calendar user id}/`.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the patch is empty; 400 if the setting doesn't exist; 404 if the user
    /// has no profile.
    update(CalendarUserProfilePatch),
    /// Replaces a profile and makes the caller the manager: see [`Replace`](crate::Replace). It ends in 500 on the
    /// servers on which [`create`](Self::create) does.
    ///
    /// # Errors
    ///
    /// Those of [`create`](Self::create); [`Kind::Decode`](crate::Kind::Decode) if no profile had this id.
    replace(NewCalendarUserProfile),
    /// Deletes a profile, without which its user's alarms don't go off: see [`Delete`](crate::Delete).
    ///
    /// # Errors
    ///
    /// Those of [`get`](Self::get).
    delete
}
