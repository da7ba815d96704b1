use crate::{
    CalendarSettingId, CalendarUserId,
    resource::payload,
    wire::{Body, Field, clears, setters},
};

/// A profile that is to be made or put in place of another: `newfies.calendar_user_profiles().create(..)`.
#[derive(Debug, Clone, PartialEq)]
pub struct NewCalendarUserProfile {
    body: Body,
}

/// What to change of a profile. What isn't named stays as it is, but for the manager, who is the caller from then on.
///
/// There is no user to change: to name one ends in 500 on a server as it is installed (defect [`NEWF-13`](crate::defects)).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CalendarUserProfilePatch {
    body: Body,
}

impl NewCalendarUserProfile {
    /// The profile of this user, whose alarms go off with this setting. Whose the setting is, the server doesn't look at.
    pub fn new(user: impl Into<CalendarUserId>, setting: impl Into<CalendarSettingId>) -> Self {
        let (user, setting) = (user.into(), setting.into());
        let body = Body::default().with("user", bare(user.get())).with("calendar_setting", bare(setting.get()));
        Self { body }
    }
}

impl CalendarUserProfilePatch {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }
}

/// An id as a text of digits, as the documents send it: links are refused here.
fn bare(id: u64) -> Field {
    // NEWF-10
    Field::from(id.to_string())
}

setters!([NewCalendarUserProfile, CalendarUserProfilePatch] {
    /// Sets street and house, 200 characters at most.
    fn address(text: impl Into<String>) => text.into();
    /// Sets the town, 120 characters at most.
    fn city(text: impl Into<String>) => text.into();
    /// Sets the state or province, 120 characters at most.
    fn state(text: impl Into<String>) => text.into();
    /// Sets the country: two letters of ISO 3166.
    fn country(code: impl Into<String>) => code.into();
    /// Sets the postal code, 120 characters at most.
    fn zip_code(text: impl Into<String>) => text.into();
    /// Sets the telephone number, 90 characters at most.
    fn phone_no(number: impl Into<String>) => number.into();
    /// Sets the fax number, 90 characters at most.
    fn fax(number: impl Into<String>) => number.into();
    /// Sets the company, 90 characters at most.
    fn company_name(name: impl Into<String>) => name.into();
    /// Sets the company's address in the web with its scheme, 90 characters at most.
    fn company_website(url: impl Into<String>) => url.into();
    /// Sets the language: two letters of ISO 639.
    fn language(code: impl Into<String>) => code.into();
    /// Sets the note, 250 characters at most.
    fn note(text: impl Into<String>) => text.into();
    /// Sets the number for accounting, from 0.
    fn accountcode(number: i32) => number;
});

setters!([CalendarUserProfilePatch] {
    /// Sets with what the user's alarms go off.
    fn calendar_setting(setting: impl Into<CalendarSettingId>) => bare(setting.into().get());
});

clears!(CalendarUserProfilePatch {
    /// Empties street and house.
    clear_address => address;
    /// Empties the town.
    clear_city => city;
    /// Empties the state or province.
    clear_state => state;
    /// Empties the country.
    clear_country => country;
    /// Empties the postal code.
    clear_zip_code => zip_code;
    /// Empties the telephone number.
    clear_phone_no => phone_no;
    /// Empties the fax number.
    clear_fax => fax;
    /// Empties the company.
    clear_company_name => company_name;
    /// Empties the company's address in the web.
    clear_company_website => company_website;
    /// Empties the language.
    clear_language => language;
    /// Empties the note.
    clear_note => note;
    /// Empties the number for accounting.
    clear_accountcode => accountcode;
});

payload!(NewCalendarUserProfile { not_blank: [] });
payload!(CalendarUserProfilePatch { not_blank: [] });
