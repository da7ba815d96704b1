use crate::{
    alarms::new::{AlarmPatch, FIELDS, NewAlarm},
    codes::{AlarmMethod, AlarmResult, AlarmStatus},
    endpoints::{own_links, rejects_only},
    events::Event,
    ids::{AlarmId, MailTemplate, SealedSurvey, SmsTemplate},
    resource::{Action, resource, row},
    time::ServerTime,
    wire::{none_number, none_text, time_of_day},
};
use care_client_core::{
    Link, Personal, RawResponse,
    wire::{link, number},
};
use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

/// A notification of an event: who is notified, how and when.
///
/// Source: Newfies-Dialer, *Appointment Module*, "Settings of Alarms", and `newfies/appointment/models/alarms.py`,
/// <https://github.com/newfies-dialer/newfies-dialer>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Alarm {
    /// Its link.
    pub url: Link<Alarm>,
    /// The number to call or to send an SMS to.
    pub alarm_phonenumber: Option<Personal<String>>,
    /// The address to send a mail to.
    pub alarm_email: Option<Personal<String>>,
    /// The earliest time of day it may go off; the server stores and ignores it.
    #[serde(default, with = "time_of_day")]
    pub daily_start: Option<NaiveTime>,
    /// The latest time of day it may go off; the server stores and ignores it.
    #[serde(default, with = "time_of_day")]
    pub daily_stop: Option<NaiveTime>,
    /// How much earlier it goes off, in seconds; the server stores and ignores it.
    #[serde(default, with = "number::option")]
    pub advance_notice: Option<i64>,
    /// The number of retries after a failed first attempt.
    #[serde(default, with = "number::option")]
    pub maxretry: Option<i64>,
    /// The delay between a failed attempt and the next, in seconds.
    #[serde(default, with = "number::option")]
    pub retry_delay: Option<i64>,
    /// The number of attempts made.
    #[serde(default, with = "number::option")]
    pub num_attempt: Option<i64>,
    /// How it notifies.
    pub method: AlarmMethod,
    /// The survey that a call plays. A call without one fails.
    #[serde(default, with = "link::option")]
    pub survey: Option<Link<SealedSurvey>>,
    /// The template of a mail.
    #[serde(default, with = "link::option")]
    pub mail_template: Option<Link<MailTemplate>>,
    /// The template of an SMS.
    #[serde(default, with = "link::option")]
    pub sms_template: Option<Link<SmsTemplate>>,
    /// Its event.
    #[serde(default, with = "link::option")]
    pub event: Option<Link<Event>>,
    /// When it goes off.
    pub date_start_notice: Option<ServerTime>,
    /// Its status.
    pub status: AlarmStatus,
    /// The key that the called person pressed.
    pub result: Option<AlarmResult>,
    /// The server stores and ignores it.
    pub url_cancel: Option<Personal<String>>,
    /// The server stores and ignores it.
    pub url_confirm: Option<Personal<String>>,
    /// The server stores and ignores it.
    pub phonenumber_transfer: Option<Personal<String>>,
    /// The number to send an SMS to when all attempts have failed.
    pub phonenumber_sms_failure: Option<Personal<String>>,
    /// When it was created.
    pub created_date: Option<ServerTime>,
}

row!(Alarm { times: [], optional: [date_start_notice, created_date] });
resource!(linked Alarm(AlarmId) at "alarm", named "alarms" {
    rights: Grantable,
    rows: Alarm by |row| row.url.id(),
    writes: NewAlarm, NewAlarm, AlarmPatch with FIELDS,
    // NEWF-56
    keeps: {
        null: [alarm_phonenumber, alarm_email, url_cancel, url_confirm, phonenumber_transfer,
            phonenumber_sms_failure],
        blank: []
    },
    hint: hint,
});

fn hint(action: Action, refusal: &RawResponse) -> Option<&'static str> {
    // NEWF-15
    if rejects_only("result", refusal) {
        return Some(
            "the result sent, or the one that the alarm has, is out of range: send a valid one with the change",
        );
    }
    own_links(action, refusal)
}

impl Alarm {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> AlarmId {
        self.url.id()
    }
}

/// An alarm in the list of an event's alarms: it has fewer fields than the alarm, and doesn't say when it goes off.
///
/// The server sends its numbers as text, and missing ones as the word `None` (defect [`NEWF-18`](crate::defects)).
///
/// Source: Newfies-Dialer, `newfies/apirest/api_appointment/view_event.py`,
/// <https://github.com/newfies-dialer/newfies-dialer>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AlarmRow {
    /// Its link.
    pub url: Link<Alarm>,
    /// A line to show to a person: id, method, the event's title and a date.
    pub title: Option<Personal<String>>,
    /// The number to call or to send an SMS to.
    pub phonenumber: Option<Personal<String>>,
    /// The earliest time of day it may go off; the server ignores it.
    #[serde(default, with = "time_of_day")]
    pub daily_start: Option<NaiveTime>,
    /// The latest time of day it may go off; the server ignores it.
    #[serde(default, with = "time_of_day")]
    pub daily_stop: Option<NaiveTime>,
    /// How much earlier it goes off, in seconds; the server ignores it.
    #[serde(default, with = "none_number")]
    pub advance_notice: Option<i64>,
    /// The number of retries after a failed first attempt.
    #[serde(default, with = "none_number")]
    pub maxretry: Option<i64>,
    /// The delay between a failed attempt and the next, in seconds.
    #[serde(default, with = "none_number")]
    pub retry_delay: Option<i64>,
    /// The number of attempts made.
    #[serde(default, with = "none_number")]
    pub num_attempt: Option<i64>,
    /// How it notifies.
    #[serde(default, with = "none_text")]
    pub method: Option<AlarmMethod>,
    /// Its status.
    #[serde(default, with = "none_text")]
    pub status: Option<AlarmStatus>,
    /// The key that the called person pressed.
    #[serde(default, with = "none_text")]
    pub result: Option<AlarmResult>,
    /// When it was created.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoints::hint;
    use http::{HeaderMap, StatusCode};

    #[test]
    fn a_result_that_is_out_of_range_is_explained() {
        // NEWF-15
        let refusal = |body: &'static str| RawResponse::new(StatusCode::BAD_REQUEST, HeaderMap::new(), body);
        let hinted = |body| hint::<Alarm>(Action::Update, &refusal(body)).unwrap_or_default();
        assert!(hinted(r#"{"result": ["Select a valid choice."]}"#).contains("out of range"));
        assert!(!hinted(r#"{"result": ["x"], "status": ["y"]}"#).contains("out of range"));
    }
}
