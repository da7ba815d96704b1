use crate::{
    calendar_settings::CalendarSetting,
    ids::{CalendarSettingId, CalendarUserId, CalendarUserProfileId},
    payload::{Body, Field, clears, fields, patch, payload},
    resource::{Action, resource, row},
    time::ServerTime,
};
use care_client_core::{
    Link, Personal, RawResponse,
    wire::{link, number},
};
use http::StatusCode;
use serde::{Deserialize, Serialize};

/// The profile of a calendar user.
///
/// Its relations are plain numbers where other resources have links (defect [`NEWF-10`](crate::defects)).
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
    /// Its calendar user, whose id addresses the profile.
    pub user: CalendarUserId,
    /// Street and house number.
    pub address: Option<Personal<String>>,
    /// Town.
    pub city: Option<Personal<String>>,
    /// State or province.
    pub state: Option<Personal<String>>,
    /// Country: two letters of ISO 3166; empty if none was given.
    pub country: Option<Personal<String>>,
    /// Postal code.
    pub zip_code: Option<Personal<String>>,
    /// Telephone number.
    pub phone_no: Option<Personal<String>>,
    /// Fax number.
    pub fax: Option<Personal<String>>,
    /// Company.
    pub company_name: Option<Personal<String>>,
    /// The company's website.
    pub company_website: Option<Personal<String>>,
    /// Language: two letters of ISO 639.
    pub language: Option<Personal<String>>,
    /// A note.
    pub note: Option<Personal<String>>,
    /// A number for accounting.
    #[serde(default, with = "number::option")]
    pub accountcode: Option<Personal<i64>>,
    /// When it was created.
    pub created_date: Option<ServerTime>,
    /// When it was last changed.
    pub updated_date: Option<ServerTime>,
    /// The setting that the user's alarms use.
    pub calendar_setting: CalendarSettingId,
}

row!(CalendarUserProfile { times: [], optional: [created_date, updated_date] });
resource!(CalendarUserProfile(CalendarUserId) at "calendar-user-profile", named "calendar_user_profiles" {
    rights: SuperuserReads,
    rows: CalendarUserProfileRow by |row| row.id,
    writes: NewCalendarUserProfile, NewCalendarUserProfile, CalendarUserProfilePatch with FIELDS,
    // NEWF-56
    keeps: {
        null: [address, city, state, country, zip_code, phone_no, fax, company_name, company_website, language, note,
            accountcode],
        blank: []
    },
    hint: hint,
});

fn hint(action: Action, refusal: &RawResponse) -> Option<&'static str> {
    // NEWF-13
    (matches!(action, Action::Create | Action::Replace) && refusal.status == StatusCode::INTERNAL_SERVER_ERROR)
        .then_some("an unmodified server can't create profiles: use the web interface")
}

/// A profile in a list: it has fewer fields than the profile, and doesn't name the calendar user.
///
/// Source: Newfies-Dialer, `newfies/apirest/api_appointment/view_calendar_user_profile.py`,
/// <https://github.com/newfies-dialer/newfies-dialer>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CalendarUserProfileRow {
    /// The address that the server gives it. It contains the profile's own number instead of the calendar user's, so it
    /// leads to another user's profile or to none; therefore it is kept as text (defect [`NEWF-12`](crate::defects)).
    pub url: Option<String>,
    /// The profile's own number, which addresses nothing.
    pub id: CalendarUserProfileId,
    /// A number for accounting.
    #[serde(default, with = "number::option")]
    pub accountcode: Option<Personal<i64>>,
    /// The setting that the user's alarms use: a link here, a number in the profile itself.
    #[serde(default, with = "link::option")]
    pub calendar_setting: Option<Link<CalendarSetting>>,
    /// The name of the user who manages it.
    pub manager: Option<Personal<String>>,
    /// Street and house number.
    pub address: Option<Personal<String>>,
    /// Town.
    pub city: Option<Personal<String>>,
    /// State or province.
    pub state: Option<Personal<String>>,
    /// Postal code.
    pub zip_code: Option<Personal<String>>,
    /// Telephone number.
    pub phone_no: Option<Personal<String>>,
    /// Fax number.
    pub fax: Option<Personal<String>>,
    /// Company.
    pub company_name: Option<Personal<String>>,
    /// The company's website.
    pub company_website: Option<Personal<String>>,
}

row!(CalendarUserProfileRow { times: [], optional: [] });

/// A profile to create, or to replace another with: `newfies.calendar_user_profiles().create(..)`.
#[derive(Debug, Clone, PartialEq)]
pub struct NewCalendarUserProfile {
    body: Body,
}

/// Changes to a profile. Fields that aren't set stay as they are, except that the caller becomes the manager.
///
/// The user can't be changed: naming one ends in 500 on an unmodified server (defect [`NEWF-13`](crate::defects)).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CalendarUserProfilePatch {
    body: Body,
}

impl NewCalendarUserProfile {
    /// The profile of this user, whose alarms use this setting. The server doesn't check who owns the setting.
    pub fn new(user: impl Into<CalendarUserId>, setting: impl Into<CalendarSettingId>) -> Self {
        Self { body: Body::default() }.user(user).calendar_setting(setting)
    }
}

/// An id as digits, as in the documents: the server refuses links here.
fn bare(id: u64) -> Field {
    // NEWF-10
    Field::from(id.to_string())
}

fields! {
    [NewCalendarUserProfile, CalendarUserProfilePatch]: {
        /// Sets street and house number, at most 200 characters.
        fn address(text: impl Into<String>) => text.into();
        /// Sets the town, at most 120 characters.
        fn city(text: impl Into<String>) => text.into();
        /// Sets the state or province, at most 120 characters.
        fn state(text: impl Into<String>) => text.into();
        /// Sets the country: two letters of ISO 3166.
        fn country(code: impl Into<String>) => code.into();
        /// Sets the postal code, at most 120 characters.
        fn zip_code(text: impl Into<String>) => text.into();
        /// Sets the telephone number, at most 90 characters.
        fn phone_no(number: impl Into<String>) => number.into();
        /// Sets the fax number, at most 90 characters.
        fn fax(number: impl Into<String>) => number.into();
        /// Sets the company, at most 90 characters.
        fn company_name(name: impl Into<String>) => name.into();
        /// Sets the company's website with its scheme, at most 90 characters.
        fn company_website(url: impl Into<String>) => url.into();
        /// Sets the language: two letters of ISO 639.
        fn language(code: impl Into<String>) => code.into();
        /// Sets the note, at most 250 characters.
        fn note(text: impl Into<String>) => text.into();
        /// Sets the number for accounting, from 0.
        fn accountcode(number: i32) => number;
    }
    [CalendarUserProfilePatch] given [NewCalendarUserProfile]: {
        /// Sets the setting that the user's alarms use.
        fn calendar_setting(setting: impl Into<CalendarSettingId>) => bare(setting.into().get());
    }
    [] given [NewCalendarUserProfile]: {
        fn user(user: impl Into<CalendarUserId>) => bare(user.into().get());
    }
}

clears!(CalendarUserProfilePatch {
    /// Clears street and house.
    clear_address => address;
    /// Clears the town.
    clear_city => city;
    /// Clears the state or province.
    clear_state => state;
    /// Clears the country.
    clear_country => country;
    /// Clears the postal code.
    clear_zip_code => zip_code;
    /// Clears the telephone number.
    clear_phone_no => phone_no;
    /// Clears the fax number.
    clear_fax => fax;
    /// Clears the company.
    clear_company_name => company_name;
    /// Clears the company's website.
    clear_company_website => company_website;
    /// Clears the language.
    clear_language => language;
    /// Clears the note.
    clear_note => note;
    /// Clears the number for accounting.
    clear_accountcode => accountcode;
});

payload!(NewCalendarUserProfile { not_blank: [] });
patch!(CalendarUserProfilePatch { not_blank: [] });
