//! Calendar settings: survey, gateways and caller ID used by the alarms of a calendar user.

mod model;

pub use model::{CalendarSetting, CalendarSettingPatch, NewCalendarSetting};

use crate::{handle::handle, ids::CalendarSettingId};

handle! {
    /// Calendar settings: survey, gateways and caller ID used by the alarms of a calendar user. Returned by
    /// [`Newfies::calendar_settings`](crate::Newfies::calendar_settings).
    ///
    /// Create one first: a calendar user can't be created without one (defect [`NEWF-23`](crate::defects)). Every write
    /// makes the caller the owner, so a superuser's update takes a setting away from its manager (defect
    /// [`NEWF-39`](crate::defects)).
    ///
    /// Source: Newfies-Dialer, *Appointment Module*, "Calendar User Settings" and "Create Calendar Setting",
    /// <https://github.com/newfies-dialer/newfies-dialer>.
    CalendarSettings of CalendarSetting(CalendarSettingId): List,
    /// Lists the caller's calendar settings, ten a page; a superuser sees all. See [`List`](crate::List).
    ///
    /// # Errors
    ///
    /// 500 if the caller has no profile in the web interface, such as a user created on the command line (defect
    /// [`NEWF-43`](crate::defects)).
    list,
    /// Creates a calendar setting: `POST /calendar-setting/`.
    ///
    /// Its safety is [`Safety::Once`](crate::Safety::Once). After [`Outcome::Unknown`](crate::Outcome::Unknown), look
    /// for its label.
    ///
    /// # Errors
    ///
    /// 400 if survey or gateway aren't the caller's; 500 as in [`list`](Self::list).
    create(NewCalendarSetting),
    /// Changes some fields of a calendar setting **and makes the caller its owner**: `PATCH /calendar-setting/{id}/`.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the patch is empty; 400 and 404 as in [`create`](Self::create) and
    /// [`get`](Self::get).
    update(CalendarSettingPatch),
    /// Replaces a calendar setting and makes the caller its owner: see [`Replace`](crate::Replace).
    ///
    /// # Errors
    ///
    /// Those of [`create`](Self::create); [`Kind::Decode`](crate::Kind::Decode) if no setting had this id.
    replace(NewCalendarSetting),
    /// Deletes a calendar setting **and the profiles of all calendar users who have it**: see
    /// [`Delete`](crate::Delete).
    ///
    /// # Errors
    ///
    /// Those of [`get`](Self::get).
    delete
}
