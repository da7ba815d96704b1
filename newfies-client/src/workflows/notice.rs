use crate::{Alarm, AlarmMethod, EventId, MailTemplate, NewAlarm, SealedSurvey, ServerTime, SmsTemplate};
use care_client_core::{Error, Link, Personal};
use chrono::{DateTime, TimeDelta, Utc};
use std::time::Duration;

/// How and when a person is notified: one alarm of a [`Reminder`](crate::Reminder).
///
/// The time is [before](Self::before) the start of the event, and worked out here: the advance notice and the daily start
/// and stop of alarms, by which the documents say that it could be done, are not looked at by the server (defect
/// [`NEWF-05`](crate::defects)).
///
/// ```
/// use newfies_client::{Notice, SmsTemplateId};
/// use std::time::Duration;
///
/// let day_before = Notice::call("+12025550101").before(Duration::from_secs(24 * 3600)).retries(2, Duration::from_secs(300));
/// let hour_before = Notice::sms("+12025550101", SmsTemplateId::from(1)).before(Duration::from_secs(3600));
/// ```
#[derive(Debug, Clone, PartialEq)]
#[must_use = "give it to Reminder::notice(..)"]
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

    /// A call to this number. It plays the survey of the calendar setting, unless told [another](Self::survey).
    pub fn call(phone_number: impl Into<String>) -> Self {
        Self::new(How::Call(Personal(phone_number.into()), None))
    }

    /// An SMS to this number, made of this template.
    pub fn sms(phone_number: impl Into<String>, template: impl Into<Link<SmsTemplate>>) -> Self {
        Self::new(How::Sms(Personal(phone_number.into()), template.into()))
    }

    /// A mail to this address, made of this template.
    pub fn email(address: impl Into<String>, template: impl Into<Link<MailTemplate>>) -> Self {
        Self::new(How::Email(Personal(address.into()), template.into()))
    }

    /// Sets how long before the start of the event it goes off. Default: at the start.
    pub fn before(mut self, notice: Duration) -> Self {
        self.before = notice;
        self
    }

    /// Sets what a call plays. It means nothing to others. The survey must be the caller's.
    pub fn survey(mut self, survey: impl Into<Link<SealedSurvey>>) -> Self {
        if let How::Call(_, wanted) = &mut self.how {
            *wanted = Some(survey.into());
        }
        self
    }

    /// Sets how many calls follow a first one that fails, and how long after the failure. Default: none. It means nothing to an
    /// SMS or a mail. In a series later occurrences have fewer, for the attempts of all are counted together (defect
    /// [`NEWF-54`](crate::defects)).
    pub fn retries(mut self, attempts: u16, delay: Duration) -> Self {
        self.retries = Some((attempts, delay));
        self
    }

    /// Sends an SMS to this number when all calls have failed. Default: none.
    pub fn failure_sms(mut self, phone_number: impl Into<String>) -> Self {
        self.failure_sms = Some(Personal(phone_number.into()));
        self
    }

    /// When it goes off for an event that starts then.
    pub(super) fn time(&self, start: DateTime<Utc>) -> Result<DateTime<Utc>, Error> {
        let before = TimeDelta::from_std(self.before).ok();
        before
            .and_then(|before| start.checked_sub_signed(before))
            .ok_or_else(|| Error::request("a notice lies longer before the event than there are dates"))
    }

    fn method(&self) -> AlarmMethod {
        match self.how {
            How::Call(..) => AlarmMethod::Call,
            How::Sms(..) => AlarmMethod::Sms,
            How::Email(..) => AlarmMethod::Email,
        }
    }

    fn target(&self) -> &str {
        match &self.how {
            How::Call(target, _) | How::Sms(target, _) | How::Email(target, _) => target,
        }
    }

    /// Whether it lacks a survey that the calendar setting has.
    pub(super) fn wants_survey(&self) -> bool {
        matches!(self.how, How::Call(_, None))
    }

    /// Whether another one notifies the same person in the same way at the same time.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.method() == other.method() && self.target() == other.target() && self.before == other.before
    }

    /// Whether an alarm is this notice of an event that starts then.
    pub(super) fn is(&self, alarm: &Alarm, at: DateTime<Utc>) -> bool {
        let target = match self.how {
            How::Email(..) => &alarm.alarm_email,
            _ => &alarm.alarm_phonenumber,
        };
        let at = ServerTime::At(at);
        alarm.method == self.method()
            && target.as_deref().is_some_and(|target| target == self.target())
            && alarm.date_start_notice.is_some_and(|time| time.is_same(at))
    }

    pub(super) fn check(&self) -> Result<(), Error> {
        if self.target().trim().is_empty() {
            return Err(Error::request("a notice has no number or address to go to"));
        }
        let delay = self.retries.map_or(Duration::ZERO, |(_, delay)| delay);
        i32::try_from(delay.as_secs()).map(drop).map_err(|_| {
            Error::request(
                "a notice waits longer between its calls than the server can store: 2,147,483,647 seconds at most",
            )
        })
    }

    /// The alarm that is to be made.
    pub(super) fn alarm(
        &self,
        event: EventId,
        at: DateTime<Utc>,
        survey: Option<Link<SealedSurvey>>,
    ) -> Option<NewAlarm> {
        let mut alarm = match &self.how {
            // NEWF-08
            How::Call(target, own) => NewAlarm::call(event, at, &**target, own.or(survey)?),
            How::Sms(target, template) => NewAlarm::sms(event, at, &**target, *template),
            How::Email(target, template) => NewAlarm::email(event, at, &**target, *template),
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
