use crate::{CalendarSetting, CalendarUserProfileId, resource::row};
use care_client_core::{
    Link, Personal,
    wire::{link, number},
};
use serde::{Deserialize, Serialize};

/// What a list has of a profile: less than the profile itself, and not whose it is.
///
/// Source: Newfies-Dialer, `newfies/apirest/api_appointment/view_calendar_user_profile.py`,
/// <https://github.com/newfies-dialer/newfies-dialer>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CalendarUserProfileRow {
    /// What the server takes for its address. It is made of the profile's own number where the calendar user's would be
    /// needed, so it leads to somebody else's profile or to none, and is kept as a text for that (defect
    /// [`NEWF-12`](crate::defects)).
    pub url: Option<String>,
    /// The profile's own number, which addresses nothing.
    pub id: CalendarUserProfileId,
    /// A number for accounting.
    #[serde(default, with = "number::option")]
    pub accountcode: Option<Personal<i64>>,
    /// With what its alarms go off: here a link, and a number in the profile itself.
    #[serde(default, with = "link::option")]
    pub calendar_setting: Option<Link<CalendarSetting>>,
    /// The name of the user who manages it.
    pub manager: Option<Personal<String>>,
    /// Street and house.
    pub address: Option<Personal<String>>,
    /// Town.
    pub city: Option<Personal<String>>,
    /// State or province.
    pub state: Option<Personal<String>>,
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
}

row!(CalendarUserProfileRow { times: [], optional: [] });
