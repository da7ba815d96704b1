use crate::{
    Alarm, AlarmId, AlarmMethod, AlarmResult, AlarmStatus, ServerTime,
    resource::row,
    wire::{none_number, none_text, time_of_day},
};
use care_client_core::{Link, Personal};
use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

/// What the list of an event's alarms has of each: less than the alarm itself, and not when it goes off.
///
/// Its numbers come as text, and none as the word `None` (defect [`NEWF-18`](crate::defects)).
///
/// Source: Newfies-Dialer, `newfies/apirest/api_appointment/view_event.py`,
/// <https://github.com/newfies-dialer/newfies-dialer>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AlarmRow {
    /// Its link.
    pub url: Link<Alarm>,
    /// A line for a person: its id, its method, its event's title and a date.
    pub title: Option<Personal<String>>,
    /// The number that is called or gets an SMS.
    pub phonenumber: Option<Personal<String>>,
    /// From when on in the day it may go off; the server doesn't look at it.
    #[serde(default, with = "time_of_day")]
    pub daily_start: Option<NaiveTime>,
    /// Until when in the day it may go off; the server doesn't look at it.
    #[serde(default, with = "time_of_day")]
    pub daily_stop: Option<NaiveTime>,
    /// How much earlier it goes off, in seconds; the server doesn't look at it.
    #[serde(default, with = "none_number")]
    pub advance_notice: Option<i64>,
    /// How many attempts follow a first one that failed.
    #[serde(default, with = "none_number")]
    pub maxretry: Option<i64>,
    /// How long after a failed attempt the next one is made, in seconds.
    #[serde(default, with = "none_number")]
    pub retry_delay: Option<i64>,
    /// How many attempts were made.
    #[serde(default, with = "none_number")]
    pub num_attempt: Option<i64>,
    /// How it notifies.
    #[serde(default, with = "none_text")]
    pub method: Option<AlarmMethod>,
    /// Where it stands.
    #[serde(default, with = "none_text")]
    pub status: Option<AlarmStatus>,
    /// What the called person pressed.
    #[serde(default, with = "none_text")]
    pub result: Option<AlarmResult>,
    /// When it was made.
    pub created_date: Option<ServerTime>,
}

row!(AlarmRow { times: [], optional: [created_date] });

impl AlarmRow {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> AlarmId {
        self.url.id()
    }
}
