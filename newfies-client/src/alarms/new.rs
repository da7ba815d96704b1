use crate::{
    AlarmMethod, AlarmResult, AlarmStatus, Event, MailTemplate, SealedSurvey, ServerTime, SmsTemplate,
    resource::payload,
    wire::{Body, clears, setters},
};
use care_client_core::Link;
use chrono::NaiveTime;

/// An alarm that is to be made or put in place of another: `newfies.alarms().create(NewAlarm::call(..))`.
///
/// It always has the time at which it goes off: the server would take now.
#[derive(Debug, Clone, PartialEq)]
pub struct NewAlarm {
    body: Body,
}

/// What to change of an alarm. What isn't named stays as it is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AlarmPatch {
    body: Body,
}

impl NewAlarm {
    fn new(event: Link<Event>, at: ServerTime, method: AlarmMethod) -> Self {
        let body = Body::default().with("event", event).with("date_start_notice", at).with("method", method);
        Self { body }
    }

    /// A call to this number (50 characters at most), which plays this sealed survey. Without a survey a call fails, and so
    /// does the SMS after the last failure (defect [`NEWF-08`](crate::defects)).
    ///
    /// ```
    /// use chrono::{TimeDelta, Utc};
    /// use newfies_client::{EventId, NewAlarm, SealedSurveyId};
    ///
    /// let at = Utc::now() + TimeDelta::hours(1);
    /// let call = NewAlarm::call(EventId::from(3), at, "+12025550101", SealedSurveyId::from(1)).maxretry(2).retry_delay(300);
    /// ```
    pub fn call(
        event: impl Into<Link<Event>>,
        at: impl Into<ServerTime>,
        phone_number: impl Into<String>,
        survey: impl Into<Link<SealedSurvey>>,
    ) -> Self {
        // NEWF-08
        Self::new(event.into(), at.into(), AlarmMethod::Call).alarm_phonenumber(phone_number).survey(survey)
    }

    /// An SMS to this number, made of this template.
    pub fn sms(
        event: impl Into<Link<Event>>,
        at: impl Into<ServerTime>,
        phone_number: impl Into<String>,
        template: impl Into<Link<SmsTemplate>>,
    ) -> Self {
        Self::new(event.into(), at.into(), AlarmMethod::Sms).alarm_phonenumber(phone_number).sms_template(template)
    }

    /// A mail to this address (75 characters at most), made of this template. Without both nothing is sent, and the alarm
    /// ends as a success all the same.
    pub fn email(
        event: impl Into<Link<Event>>,
        at: impl Into<ServerTime>,
        address: impl Into<String>,
        template: impl Into<Link<MailTemplate>>,
    ) -> Self {
        Self::new(event.into(), at.into(), AlarmMethod::Email).alarm_email(address).mail_template(template)
    }
}

impl AlarmPatch {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }
}

setters!([NewAlarm, AlarmPatch] {
    /// Sets the number that is called or gets an SMS, 50 characters at most.
    fn alarm_phonenumber(number: impl Into<String>) => number.into();
    /// Sets the address that gets a mail, 75 characters at most.
    fn alarm_email(address: impl Into<String>) => address.into();
    /// Sets from when on in the day it may go off. **The server stores it and doesn't look at it** (defect
    /// [`NEWF-05`](crate::defects)). Default: midnight.
    fn daily_start(time: NaiveTime) => time;
    /// Sets until when in the day it may go off. **The server stores it and doesn't look at it** (defect
    /// [`NEWF-05`](crate::defects)). Default: a second before midnight.
    fn daily_stop(time: NaiveTime) => time;
    /// Sets how much earlier it goes off, in seconds. **The server stores it and doesn't look at it** (defect
    /// [`NEWF-05`](crate::defects)). Default: 0.
    fn advance_notice(seconds: i32) => seconds;
    /// Sets how many attempts follow a first one that failed. Default: 0.
    fn maxretry(attempts: i32) => attempts;
    /// Sets how long after a failed attempt the next one is made, in seconds. Default: 0.
    fn retry_delay(seconds: i32) => seconds;
    /// Sets how many attempts count as made. The server counts by itself. Default: 0.
    fn num_attempt(attempts: i32) => attempts;
    /// Sets what a call plays. The survey must be the caller's.
    fn survey(survey: impl Into<Link<SealedSurvey>>) => survey.into();
    /// Sets what a mail is made of.
    fn mail_template(template: impl Into<Link<MailTemplate>>) => template.into();
    /// Sets what an SMS is made of.
    fn sms_template(template: impl Into<Link<SmsTemplate>>) => template.into();
    /// Sets where it stands. Default: [`AlarmStatus::Pending`].
    fn status(status: AlarmStatus) => status;
    /// Sets what the called person pressed. Default: [`AlarmResult::NoResult`].
    fn result(result: AlarmResult) => result;
    /// Sets an address that the server stores and does nothing with, 250 characters at most.
    fn url_cancel(url: impl Into<String>) => url.into();
    /// Sets an address that the server stores and does nothing with, 250 characters at most.
    fn url_confirm(url: impl Into<String>) => url.into();
    /// Sets a number that the server stores and does nothing with, 50 characters at most.
    fn phonenumber_transfer(number: impl Into<String>) => number.into();
    /// Sets the number that gets an SMS when all attempts failed, 50 characters at most. It needs a survey, whose owner
    /// sends it (defect [`NEWF-08`](crate::defects)).
    fn phonenumber_sms_failure(number: impl Into<String>) => number.into();
});

setters!([AlarmPatch] {
    /// Sets how it notifies.
    fn method(method: AlarmMethod) => method;
    /// Gives it to another event.
    fn event(event: impl Into<Link<Event>>) => event.into();
    /// Sets when it goes off. More than an hour ago means never.
    fn date_start_notice(at: impl Into<ServerTime>) => at.into();
});

clears!(AlarmPatch {
    /// Empties the number that is called.
    clear_alarm_phonenumber => alarm_phonenumber;
    /// Empties the address that gets a mail.
    clear_alarm_email => alarm_email;
    /// Empties what a call plays.
    clear_survey => survey;
    /// Empties what a mail is made of.
    clear_mail_template => mail_template;
    /// Empties what an SMS is made of.
    clear_sms_template => sms_template;
    /// Empties the number that gets an SMS when all attempts failed.
    clear_phonenumber_sms_failure => phonenumber_sms_failure;
    /// Empties the address for cancelling.
    clear_url_cancel => url_cancel;
    /// Empties the address for confirming.
    clear_url_confirm => url_confirm;
    /// Empties the number to transfer to.
    clear_phonenumber_transfer => phonenumber_transfer;
});

payload!(NewAlarm { not_blank: ["alarm_phonenumber", "alarm_email"] });
payload!(AlarmPatch { not_blank: ["alarm_phonenumber", "alarm_email"] });
