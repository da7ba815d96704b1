//! Calendar settings: with which survey, gateways and caller's number the alarms of a calendar user go off.

mod model;
mod new;

pub use model::CalendarSetting;
pub use new::{CalendarSettingPatch, NewCalendarSetting};

use crate::{CalendarSettingId, handle::handle};

handle! {
    /// Calendar settings: with which survey, gateways and caller's number the alarms of a calendar user go off. Made by
    /// [`Newfies::calendar_settings`](crate::Newfies::calendar_settings).
    ///
    /// They come first: a calendar user can't be made without one (defect [`NEWF-23`](crate::defects)). Every write makes its
    /// caller the owner, so a superuser's update takes a setting away from its manager (defect [`NEWF-39`](crate::defects)).
    ///
    /// Source: Newfies-Dialer, *Appointment Module*, "Calendar User Settings" and "Create Calendar Setting",
    /// <https://github.com/newfies-dialer/newfies-dialer>.
    CalendarSettings of CalendarSetting(CalendarSettingId): List,
    /// Lists the caller's calendar settings, ten a page; a superuser sees all. See [`List`](crate::List).
    ///
    /// # Errors
    ///
    /// 500 if the caller has no profile in the web interface, as one made on the command line (defect
    /// [`NEWF-43`](crate::defects)).
    list,
    /// Makes a calendar setting: `POST /calendar-setting/`.
    ///
    /// It is [`Safety::Once`](crate::Safety::Once). After [`Outcome::Unknown`](crate::Outcome::Unknown) look for its label.
    ///
    /// # Errors
    ///
    /// 400 if survey or gateway aren't the caller's; 500 as in [`list`](Self::list).
    create(NewCalendarSetting),
    /// Changes some of a calendar setting, **and makes the caller its owner**: `PATCH /calendar-setting/{id}/`.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if nothing is changed; 400 and 404 as in [`create`](Self::create) and
    /// [`get`](Self::get).
    update(CalendarSettingPatch),
    /// Puts a calendar setting in place of one, and makes the caller its owner: see [`Replace`](crate::Replace).
    ///
    /// # Errors
    ///
    /// As [`create`](Self::create); [`Kind::Decode`](crate::Kind::Decode) if there was none with this id.
    replace(NewCalendarSetting),
    /// Deletes a calendar setting, **and the profiles of all calendar users that have it**: see [`Delete`](crate::Delete).
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    delete
}
