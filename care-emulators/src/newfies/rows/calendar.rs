//! Calendars and calendar settings.

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
