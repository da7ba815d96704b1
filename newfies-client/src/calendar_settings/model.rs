use super::{CalendarSettingPatch, NewCalendarSetting};
use crate::{
    AmdBehavior, AudioFile, CalendarSettingId, Gateway, SealedSurvey, ServerTime, SmsGateway,
    resource::{resource, row, writable},
};
use care_client_core::{
    Link, Personal,
    wire::{link, number},
};
use serde::{Deserialize, Serialize};

/// With which survey, gateways and caller's number the alarms of a calendar user go off.
///
/// Source: Newfies-Dialer, *Appointment Module*, "Create Calendar Setting",
/// <https://github.com/newfies-dialer/newfies-dialer>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CalendarSetting {
    /// Its link.
    pub url: Link<CalendarSetting>,
    /// The name of the user whose it is, not a link (defect [`NEWF-10`](crate::defects)).
    pub user: Option<Personal<String>>,
    /// Its name.
    pub label: String,
    /// The number that calls show; `None` on some servers only.
    pub callerid: Option<Personal<String>>,
    /// The name that calls show; empty if none was given.
    #[serde(default)]
    pub caller_name: Personal<String>,
    /// How long a call rings, in seconds. 60 if none was given.
    #[serde(default, with = "number::option")]
    pub call_timeout: Option<i64>,
    /// What calls play.
    #[serde(default, with = "link::option")]
    pub survey: Option<Link<SealedSurvey>>,
    /// What calls go through.
    #[serde(default, with = "link::option")]
    pub aleg_gateway: Option<Link<Gateway>>,
    /// What SMS go through; `None` for some that were made in the web interface.
    #[serde(default, with = "link::option")]
    pub sms_gateway: Option<Link<SmsGateway>>,
    /// Whether it is told from a person when a machine answers, where the server can tell.
    pub voicemail: Option<bool>,
    /// What a call does then.
    pub amd_behavior: Option<AmdBehavior>,
    /// What is left with a machine.
    #[serde(default, with = "link::option")]
    pub voicemail_audiofile: Option<Link<AudioFile>>,
    /// When it was made.
    pub created_date: Option<ServerTime>,
    /// When it was last changed.
    pub updated_date: Option<ServerTime>,
}

row!(CalendarSetting { times: [], optional: [created_date, updated_date] });
resource!(CalendarSetting(CalendarSettingId) = "calendar-setting" as "calendar_settings", superuser: false,
    row: CalendarSetting, key: |row| row.url.id());
writable!(CalendarSetting = "calendar-setting" as "calendar_settings":
    NewCalendarSetting, NewCalendarSetting, CalendarSettingPatch);

impl CalendarSetting {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> CalendarSettingId {
        self.url.id()
    }
}
