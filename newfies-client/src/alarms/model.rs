use super::{AlarmPatch, NewAlarm};
use crate::{
    AlarmId, AlarmMethod, AlarmResult, AlarmStatus, Event, MailTemplate, SealedSurvey, ServerTime, SmsTemplate,
    resource::{resource, row, writable},
    wire::time_of_day,
};
use care_client_core::{
    Link, Personal,
    wire::{link, number},
};
use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

/// Who is notified of an event, how and when.
///
/// Source: Newfies-Dialer, *Appointment Module*, "Settings of Alarms", and `newfies/appointment/models/alarms.py`,
/// <https://github.com/newfies-dialer/newfies-dialer>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Alarm {
    /// Its link.
    pub url: Link<Alarm>,
    /// The number that is called or gets an SMS.
    pub alarm_phonenumber: Option<Personal<String>>,
    /// The address that gets a mail.
    pub alarm_email: Option<Personal<String>>,
    /// From when on in the day it may go off; the server stores it and doesn't look at it.
    #[serde(default, with = "time_of_day")]
    pub daily_start: Option<NaiveTime>,
    /// Until when in the day it may go off; the server stores it and doesn't look at it.
    #[serde(default, with = "time_of_day")]
    pub daily_stop: Option<NaiveTime>,
    /// How much earlier it goes off, in seconds; the server stores it and doesn't look at it.
    #[serde(default, with = "number::option")]
    pub advance_notice: Option<i64>,
    /// How many attempts follow a first one that failed.
    #[serde(default, with = "number::option")]
    pub maxretry: Option<i64>,
    /// How long after a failed attempt the next one is made, in seconds.
    #[serde(default, with = "number::option")]
    pub retry_delay: Option<i64>,
    /// How many attempts were made.
    #[serde(default, with = "number::option")]
    pub num_attempt: Option<i64>,
    /// How it notifies.
    pub method: AlarmMethod,
    /// What a call plays. A call without one fails.
    #[serde(default, with = "link::option")]
    pub survey: Option<Link<SealedSurvey>>,
    /// What a mail is made of.
    #[serde(default, with = "link::option")]
    pub mail_template: Option<Link<MailTemplate>>,
    /// What an SMS is made of.
    #[serde(default, with = "link::option")]
    pub sms_template: Option<Link<SmsTemplate>>,
    /// Its event.
    #[serde(default, with = "link::option")]
    pub event: Option<Link<Event>>,
    /// When it goes off.
    pub date_start_notice: Option<ServerTime>,
    /// Where it stands.
    pub status: AlarmStatus,
    /// What the called person pressed.
    pub result: Option<AlarmResult>,
    /// The server stores it and does nothing with it.
    pub url_cancel: Option<Personal<String>>,
    /// The server stores it and does nothing with it.
    pub url_confirm: Option<Personal<String>>,
    /// The server stores it and does nothing with it.
    pub phonenumber_transfer: Option<Personal<String>>,
    /// The number that gets an SMS when all attempts failed.
    pub phonenumber_sms_failure: Option<Personal<String>>,
    /// When it was made.
    pub created_date: Option<ServerTime>,
}

row!(Alarm { times: [], optional: [date_start_notice, created_date] });
resource!(Alarm(AlarmId) = "alarm" as "alarms", superuser: false, row: Alarm, key: |row| row.url.id());
writable!(Alarm = "alarm" as "alarms": NewAlarm, NewAlarm, AlarmPatch);

impl Alarm {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> AlarmId {
        self.url.id()
    }
}
