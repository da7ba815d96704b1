//! Calendars.

use chrono::{DateTime, Utc};

/// A calendar as the server has stored it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Calendar {
    /// Its id.
    pub id: u64,
    /// Its name.
    pub name: String,
    /// The id of the calendar user whose it is.
    pub user: Option<u64>,
    /// Kept, and not used.
    pub max_concurrent: Option<i32>,
    /// When it was made.
    pub created_date: DateTime<Utc>,
}

/// A calendar setting as the server has stored it. `Debug` shows neither who calls nor from where.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CalendarSetting {
    /// Its id.
    pub id: u64,
    /// The id of the manager whose it is.
    pub user: u64,
    /// Its name.
    pub label: String,
    /// The number that calls come from.
    pub callerid: Option<String>,
    /// The name that calls come from.
    pub caller_name: String,
    /// How long a call rings, in seconds.
    pub call_timeout: i32,
    /// The id of the sealed survey.
    pub survey: u64,
    /// The id of the gateway for calls.
    pub aleg_gateway: u64,
    /// The id of the gateway for text messages.
    pub sms_gateway: Option<u64>,
    /// Whether answering machines are found out.
    pub voicemail: bool,
    /// 1 always plays the message, 2 only to a human, 3 only to a machine.
    pub amd_behavior: Option<i64>,
    /// The id of the audio file for answering machines.
    pub voicemail_audiofile: Option<u64>,
    /// When it was made.
    pub created_date: DateTime<Utc>,
    /// When it was last written.
    pub updated_date: DateTime<Utc>,
}

debug_fields!(CalendarSetting { id, user, label, call_timeout, survey, aleg_gateway, sms_gateway, voicemail });
