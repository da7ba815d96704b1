//! Notices: one alarm of a reminder each.

use crate::{
    alarms::{Alarm, NewAlarm},
    codes::AlarmMethod,
    ids::{EventId, MailTemplate, SealedSurvey, SmsTemplate},
    time::ServerTime,
};
use care_client_core::{Error, Link, Personal};
use chrono::{DateTime, TimeDelta, Utc};
use std::time::Duration;

/// How and when to notify a person: one alarm of a [`Reminder`](crate::Reminder).
///
/// Its time is given as the span [before](Self::before) the start of the event, and this crate computes it. The
/// documents would use an alarm's advance notice, daily start and daily stop, which the server ignores (defect
/// [`NEWF-05`](crate::defects)).
///
/// ```
/// use newfies_client::{Notice, SmsTemplateId};
/// use std::time::Duration;
///
/// let (day, hour) = (Duration::from_secs(24 * 3600), Duration::from_secs(3600));
/// let call = Notice::call("+12025550101").before(day).retries(2, Duration::from_secs(300));
/// let sms = Notice::sms("+12025550101", SmsTemplateId::from(1)).before(hour);
/// ```
#[derive(Debug, Clone, PartialEq)]
#[must_use = "pass it to Reminder::notice(..)"]
pub struct Notice {
    how: How,
    before: Duration,
    retries: Option<(u16, Duration)>,
    failure_sms: Option<Personal<String>>,
}

#[derive(Debug, Clone, PartialEq)]
enum How {
    Call(Personal<String>, Option<Link<SealedSurvey>>),
    Sms(Personal<String>, Link<SmsTemplate>),
    Email(Personal<String>, Link<MailTemplate>),
}

impl Notice {
    fn new(how: How) -> Self {
        Self { how, before: Duration::ZERO, retries: None, failure_sms: None }
    }

    /// A call to this number. It plays the calendar setting's survey unless [another](Self::survey) is set.
    pub fn call(phone_number: impl Into<String>) -> Self {
        Self::new(How::Call(Personal(phone_number.into()), None))
    }

    /// An SMS to this number from this template.
    pub fn sms(phone_number: impl Into<String>, template: impl Into<Link<SmsTemplate>>) -> Self {
        Self::new(How::Sms(Personal(phone_number.into()), template.into()))
    }

    /// A mail to this address from this template.
    pub fn email(address: impl Into<String>, template: impl Into<Link<MailTemplate>>) -> Self {
        Self::new(How::Email(Personal(address.into()), template.into()))
    }

    /// Sets how long before the start of the event it goes off. Default: 0, at the start.
    pub fn before(mut self, notice: Duration) -> Self {
        self.before = notice;
        self
    }

    /// Sets the survey that a call plays, which must be the caller's. It has no effect on an SMS or a mail.
    pub fn survey(mut self, survey: impl Into<Link<SealedSurvey>>) -> Self {
        if let How::Call(_, wanted) = &mut self.how {
            *wanted = Some(survey.into());
        }
        self
    }

    /// Sets the number of retries after a failed call, and the delay before each. Default: none. It has no effect on an
    /// SMS or a mail. In a series, later occurrences have fewer retries, because the attempts of all are counted
    /// together (defect [`NEWF-54`](crate::defects)).
    pub fn retries(mut self, attempts: u16, delay: Duration) -> Self {
        self.retries = Some((attempts, delay));
        self
    }

    /// Sends an SMS to this number when all calls have failed. Default: no SMS.
    pub fn failure_sms(mut self, phone_number: impl Into<String>) -> Self {
        self.failure_sms = Some(Personal(phone_number.into()));
        self
    }

    /// When it goes off, for an event with this start.
    pub(super) fn time(&self, start: DateTime<Utc>) -> Result<DateTime<Utc>, Error> {
        let before = TimeDelta::from_std(self.before).ok();
        before
            .and_then(|before| start.checked_sub_signed(before))
            .ok_or_else(|| Error::request("the time of a notice is out of range: reduce before(..)"))
    }

    fn method(&self) -> AlarmMethod {
        match self.how {
            How::Call(..) => AlarmMethod::Call,
            How::Sms(..) => AlarmMethod::Sms,
            How::Email(..) => AlarmMethod::Email,
        }
    }

    fn recipient(&self) -> &str {
        match &self.how {
            How::Call(recipient, _) | How::Sms(recipient, _) | How::Email(recipient, _) => recipient,
        }
    }

    /// Whether it needs the calendar setting's survey.
    pub(super) fn wants_survey(&self) -> bool {
        matches!(self.how, How::Call(_, None))
    }

    /// Whether the other one notifies the same person in the same way at the same time.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.method() == other.method() && self.recipient() == other.recipient() && self.before == other.before
    }

    /// Whether the alarm is this notice at this time.
    pub(super) fn is(&self, alarm: &Alarm, at: DateTime<Utc>) -> bool {
        let recipient = match self.how {
            How::Email(..) => &alarm.alarm_email,
            _ => &alarm.alarm_phonenumber,
        };
        let at = ServerTime::At(at);
        alarm.method == self.method()
            && recipient.as_deref().is_some_and(|recipient| recipient == self.recipient())
            && alarm.date_start_notice.is_some_and(|time| time.is_same(at))
    }

    pub(super) fn check(&self) -> Result<(), Error> {
        if self.recipient().trim().is_empty() {
            return Err(Error::request("a notice has no recipient: pass a number or an address"));
        }
        let delay = self.retries.map_or(Duration::ZERO, |(_, delay)| delay);
        i32::try_from(delay.as_secs()).map(drop).map_err(|_| {
            Error::request("the delay between calls is longer than the server can store: at most 2,147,483,647 seconds")
        })
    }

    /// The alarm to create.
    pub(super) fn alarm(
        &self,
        event: EventId,
        at: DateTime<Utc>,
        survey: Option<Link<SealedSurvey>>,
    ) -> Option<NewAlarm> {
        let mut alarm = match &self.how {
            // NEWF-08
            How::Call(recipient, own) => NewAlarm::call(event, at, &**recipient, own.or(survey)?),
            How::Sms(recipient, template) => NewAlarm::sms(event, at, &**recipient, *template),
            How::Email(recipient, template) => NewAlarm::email(event, at, &**recipient, *template),
        };
        if let Some((attempts, delay)) = self.retries {
            alarm = alarm.maxretry(attempts.into()).retry_delay(i32::try_from(delay.as_secs()).unwrap_or(i32::MAX));
        }
        if let Some(number) = &self.failure_sms {
            alarm = alarm.phonenumber_sms_failure(&**number);
        }
        Some(alarm)
    }
}
