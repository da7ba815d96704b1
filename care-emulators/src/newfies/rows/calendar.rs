//! Calendars, calendar settings, and the profiles of calendar users.

use chrono::{DateTime, Utc};

/// A stored calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Calendar {
    /// Its id.
    pub id: u64,
    /// Its name.
    pub name: String,
    /// The id of its calendar user.
    pub user: Option<u64>,
    /// Stored, but unused.
    pub max_concurrent: Option<i32>,
    /// When it was created.
    pub created_date: DateTime<Utc>,
}

/// A stored calendar setting. `Debug` omits the caller's name and number.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CalendarSetting {
    /// Its id.
    pub id: u64,
    /// The id of its manager.
    pub user: u64,
    /// Its name.
    pub label: String,
    /// The caller's number.
    pub callerid: Option<String>,
    /// The caller's name.
    pub caller_name: String,
    /// The ringing time of a call, in seconds.
    pub call_timeout: i32,
    /// The id of the sealed survey.
    pub survey: u64,
    /// The id of the gateway for calls.
    pub aleg_gateway: u64,
    /// The id of the gateway for text messages.
    pub sms_gateway: Option<u64>,
    /// Whether answering machines are detected.
    pub voicemail: bool,
    /// 1 plays the message always, 2 only to a human, 3 only to a machine.
    pub amd_behavior: Option<i64>,
    /// The id of the audio file for answering machines.
    pub voicemail_audiofile: Option<u64>,
    /// When it was created.
    pub created_date: DateTime<Utc>,
    /// When it was last written.
    pub updated_date: DateTime<Utc>,
}

debug_fields!(CalendarSetting { id, user, label, call_timeout, survey, aleg_gateway, sms_gateway, voicemail });

/// The stored profile of a calendar user. `Debug` shows only ids.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CalendarUserProfile {
    /// Its id, which is not the id in its API path.
    pub id: u64,
    /// The id of the calendar user, which is the id in its API path.
    pub user: u64,
    /// The id of the calendar user's manager.
    pub manager: u64,
    /// Street and number.
    pub address: Option<String>,
    /// The city.
    pub city: Option<String>,
    /// The state or province.
    pub state: Option<String>,
    /// A code of two letters.
    pub country: Option<String>,
    /// The postal code.
    pub zip_code: Option<String>,
    /// The phone number.
    pub phone_no: Option<String>,
    /// The fax number.
    pub fax: Option<String>,
    /// The company.
    pub company_name: Option<String>,
    /// The company's website.
    pub company_website: Option<String>,
    /// A code of two letters.
    pub language: Option<String>,
    /// A note about the user.
    pub note: Option<String>,
    /// The account code.
    pub accountcode: Option<i32>,
    /// The id of the calendar setting.
    pub calendar_setting: u64,
    /// When it was created.
    pub created_date: DateTime<Utc>,
    /// When it was last written.
    pub updated_date: DateTime<Utc>,
}

debug_fields!(CalendarUserProfile { id, user, manager, calendar_setting });

impl CalendarUserProfile {
    /// A profile without optional values.
    pub(in crate::newfies) fn new(id: u64, user: u64, manager: u64, calendar_setting: u64, now: DateTime<Utc>) -> Self {
        Self {
            id,
            user,
            manager,
            address: None,
            city: None,
            state: None,
            country: None,
            zip_code: None,
            phone_no: None,
            fax: None,
            company_name: None,
            company_website: None,
            language: None,
            note: None,
            accountcode: None,
            calendar_setting,
            created_date: now,
            updated_date: now,
        }
    }
}
