//! Alarms.

use chrono::{DateTime, NaiveTime, Utc};
use std::fmt;

/// An alarm as the server has stored it. `Debug` shows no phone number and no address.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Alarm {
    /// Its id.
    pub id: u64,
    /// Whom it calls, or sends a text message.
    pub alarm_phonenumber: Option<String>,
    /// Whom it mails.
    pub alarm_email: Option<String>,
    /// From which time of day on it may go off.
    pub daily_start: NaiveTime,
    /// Until which time of day it may go off.
    pub daily_stop: NaiveTime,
    /// How long before its date it is to go off, in seconds.
    pub advance_notice: Option<i32>,
    /// How often it is tried again.
    pub maxretry: Option<i32>,
    /// How long it waits between two tries, in seconds.
    pub retry_delay: Option<i32>,
    /// How often it was tried.
    pub num_attempt: Option<i32>,
    /// 1 a call, 2 a text message, 3 a mail.
    pub method: i64,
    /// The id of the sealed survey that a call plays.
    pub survey: Option<u64>,
    /// The id of a mail's template.
    pub mail_template: Option<u64>,
    /// The id of a text message's template.
    pub sms_template: Option<u64>,
    /// The id of its event.
    pub event: u64,
    /// When it goes off.
    pub date_start_notice: DateTime<Utc>,
    /// 1 pending, 2 in process, 3 failure, 4 retry, 5 success.
    pub status: i64,
    /// 0 none, 1 confirmed, 2 cancelled, 3 rescheduled, or whatever else was pressed.
    pub result: Option<i64>,
    /// Kept, and not used.
    pub url_cancel: Option<String>,
    /// Kept, and not used.
    pub url_confirm: Option<String>,
    /// Kept, and not used.
    pub phonenumber_transfer: Option<String>,
    /// Who gets a text message when the last try has failed.
    pub phonenumber_sms_failure: Option<String>,
    /// When it was made.
    pub created_date: DateTime<Utc>,
}

debug_fields!(Alarm { id, event, method, date_start_notice, status, result, num_attempt });

impl Alarm {
    /// One of an event, with the server's defaults.
    pub(in crate::newfies) fn new(id: u64, event: u64, now: DateTime<Utc>) -> Self {
        Self {
            id,
            alarm_phonenumber: None,
            alarm_email: None,
            daily_start: NaiveTime::MIN,
            daily_stop: NaiveTime::from_hms_opt(23, 59, 59).unwrap_or_default(),
            advance_notice: Some(0),
            maxretry: Some(0),
            retry_delay: Some(0),
            num_attempt: Some(0),
            method: 1,
            survey: None,
            mail_template: None,
            sms_template: None,
            event,
            date_start_notice: now,
            status: 1,
            result: Some(0),
            url_cancel: None,
            url_confirm: None,
            phonenumber_transfer: None,
            phonenumber_sms_failure: None,
            created_date: now,
        }
    }
}

/// How something was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum MessageKind {
    /// A text message.
    Sms,
    /// A mail.
    Mail,
}

/// A text message or a mail that was sent. `Debug` shows neither to whom nor what.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Message {
    /// How it was sent.
    pub kind: MessageKind,
    /// The id of the alarm that it was sent for.
    pub alarm: u64,
    /// A phone number or an address.
    pub to: String,
    /// What it says.
    pub text: String,
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message").field("kind", &self.kind).field("alarm", &self.alarm).finish_non_exhaustive()
    }
}
