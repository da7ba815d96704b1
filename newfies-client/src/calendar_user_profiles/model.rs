use super::{CalendarUserProfilePatch, CalendarUserProfileRow, NewCalendarUserProfile};
use crate::{
    CalendarSettingId, CalendarUserId, CalendarUserProfileId, ServerTime,
    resource::{resource, row, writable},
};
use care_client_core::{Personal, wire::number};
use serde::{Deserialize, Serialize};

/// The profile of a calendar user.
///
/// Its relations are bare numbers, where other resources have links (defect [`NEWF-10`](crate::defects)).
///
/// Source: Newfies-Dialer, *Appointment Module*, "Update Calendar User Profile",
/// <https://github.com/newfies-dialer/newfies-dialer>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CalendarUserProfile {
    /// The name of the user who manages it.
    pub manager: Option<Personal<String>>,
    /// The profile's own number, which addresses nothing.
    pub id: CalendarUserProfileId,
    /// Whose it is: by this it is addressed.
    pub user: CalendarUserId,
    /// Street and house.
    pub address: Option<Personal<String>>,
    /// Town.
    pub city: Option<Personal<String>>,
    /// State or province.
    pub state: Option<Personal<String>>,
    /// Two letters of ISO 3166; empty if none was given.
    pub country: Option<Personal<String>>,
    /// Postal code.
    pub zip_code: Option<Personal<String>>,
    /// Telephone.
    pub phone_no: Option<Personal<String>>,
    /// Fax.
    pub fax: Option<Personal<String>>,
    /// Company.
    pub company_name: Option<Personal<String>>,
    /// Its address in the web.
    pub company_website: Option<Personal<String>>,
    /// Two letters of ISO 639.
    pub language: Option<Personal<String>>,
    /// Anything else.
    pub note: Option<Personal<String>>,
    /// A number for accounting.
    #[serde(default, with = "number::option")]
    pub accountcode: Option<Personal<i64>>,
    /// When it was made.
    pub created_date: Option<ServerTime>,
    /// When it was last changed.
    pub updated_date: Option<ServerTime>,
    /// With what its alarms go off.
    pub calendar_setting: CalendarSettingId,
}

row!(CalendarUserProfile { times: [], optional: [created_date, updated_date] });
resource!(CalendarUserProfile(CalendarUserId) = "calendar-user-profile" as "calendar_user_profiles", superuser: true,
    row: CalendarUserProfileRow, key: |row| row.id);
writable!(CalendarUserProfile = "calendar-user-profile" as "calendar_user_profiles":
    NewCalendarUserProfile, NewCalendarUserProfile, CalendarUserProfilePatch);
