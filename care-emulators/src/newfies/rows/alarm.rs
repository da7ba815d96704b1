//! Alarms, the messages that they send, their tries and their calls.

use chrono::{DateTime, NaiveTime, Utc};
use std::fmt;

/// A stored alarm. `Debug` omits phone numbers and addresses.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Alarm {
    /// Its id.
    pub id: u64,
    /// The number that it calls or texts.
    pub alarm_phonenumber: Option<String>,
    /// The address that it mails.
    pub alarm_email: Option<String>,
    /// The earliest time of day at which it may go off.
    pub daily_start: NaiveTime,
    /// The latest time of day at which it may go off.
    pub daily_stop: NaiveTime,
    /// How long before its date it goes off, in seconds.
    pub advance_notice: Option<i32>,
    /// The number of retries.
    pub maxretry: Option<i32>,
    /// The delay between two tries, in seconds.
    pub retry_delay: Option<i32>,
    /// The number of tries so far.
    pub num_attempt: Option<i32>,
    /// 1 call, 2 text message, 3 mail.
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
    /// 0 none, 1 confirmed, 2 cancelled, 3 rescheduled, or any other pressed number.
    pub result: Option<i64>,
    /// Stored, but unused.
    pub url_cancel: Option<String>,
    /// Stored, but unused.
    pub url_confirm: Option<String>,
    /// Stored, but unused.
    pub phonenumber_transfer: Option<String>,
    /// The number that gets a text message after the last failed try.
    pub phonenumber_sms_failure: Option<String>,
    /// When it was created.
    pub created_date: DateTime<Utc>,
}

debug_fields!(Alarm { id, event, method, date_start_notice, status, result, num_attempt });

impl Alarm {
    /// An alarm of an event, with the server's defaults.
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

/// The kind of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum MessageKind {
    /// A text message.
    Sms,
    /// A mail.
    Mail,
}

/// A sent text message or mail. `Debug` omits recipient and text.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Message {
    /// Its kind.
    pub kind: MessageKind,
    /// The id of its alarm.
    pub alarm: u64,
    /// The recipient's phone number or email address.
    pub to: String,
    /// The text.
    pub text: String,
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message").field("kind", &self.kind).field("alarm", &self.alarm).finish_non_exhaustive()
    }
}

/// A stored try of an alarm.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AlarmRequest {
    /// Its id.
    pub id: u64,
    /// The id of its alarm.
    pub alarm: Option<u64>,
    /// When it started.
    pub date: DateTime<Utc>,
    /// 1 pending, 2 in process, 3 failure, 4 retry, 5 success.
    pub status: Option<i64>,
    /// Never changed by the server.
    pub callstatus: Option<i32>,
    /// The length of the call, in seconds.
    pub duration: Option<i32>,
    /// The id of its call.
    pub callrequest: Option<u64>,
    /// When it was created.
    pub created_date: DateTime<Utc>,
}

impl AlarmRequest {
    /// A try with the server's defaults.
    pub(in crate::newfies) fn new(id: u64, alarm: Option<u64>, now: DateTime<Utc>) -> Self {
        Self {
            id,
            alarm,
            date: now,
            status: Some(1),
            callstatus: Some(0),
            duration: Some(0),
            callrequest: None,
            created_date: now,
        }
    }
}

/// A call of an alarm. `Debug` omits the phone number and the caller.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallRequest {
    /// Its id.
    pub id: u64,
    /// The id of the manager whose call it is.
    pub user: u64,
    /// 4 success, 2 failure, 7 calling.
    pub status: i64,
    /// When it was created.
    pub call_time: DateTime<Utc>,
    /// When it last changed.
    pub updated_date: DateTime<Utc>,
    /// The called number.
    pub phone_number: String,
    /// The caller's number.
    pub callerid: String,
    /// The caller's name.
    pub caller_name: String,
    /// The ringing time, in seconds.
    pub timeout: i32,
    /// The id of the gateway.
    pub aleg_gateway: u64,
    /// The id of the calendar setting's survey, not the alarm's.
    pub survey: u64,
    /// The id of its try.
    pub alarm_request_id: u64,
    /// The hangup cause; empty while it is in progress.
    pub hangup_cause: &'static str,
}

debug_fields!(CallRequest { id, user, status, call_time, timeout, aleg_gateway, survey, alarm_request_id });
