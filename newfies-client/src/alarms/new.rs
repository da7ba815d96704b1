use crate::{
    codes::{AlarmMethod, AlarmResult, AlarmStatus},
    events::Event,
    ids::{MailTemplate, SealedSurvey, SmsTemplate},
    payload::{Body, clears, fields, patch, payload},
    time::ServerTime,
};
use care_client_core::Link;
use chrono::NaiveTime;

/// An alarm to create, or to replace another with: `newfies.alarms().create(NewAlarm::call(..))`.
///
/// It always has a time to go off at: without one, the server would use the present time.
#[derive(Debug, Clone, PartialEq)]
pub struct NewAlarm {
    body: Body,
}

/// Changes to an alarm. Fields that aren't set stay as they are.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AlarmPatch {
    body: Body,
}

impl NewAlarm {
    fn new(event: impl Into<Link<Event>>, at: impl Into<ServerTime>, method: AlarmMethod) -> Self {
        Self { body: Body::default() }.event(event).date_start_notice(at).method(method)
    }

    /// A call to this number (at most 50 characters) that plays this sealed survey. Without a survey the call fails,
    /// and so does the SMS after the last failed attempt (defect [`NEWF-08`](crate::defects)).
    ///
    /// ```
    /// use chrono::{TimeDelta, Utc};
    /// use newfies_client::{EventId, NewAlarm, SealedSurveyId};
    ///
    /// let at = Utc::now() + TimeDelta::hours(1);
    /// let call = NewAlarm::call(EventId::from(3), at, "+12025550101", SealedSurveyId::from(1))
    ///     .maxretry(2)
    ///     .retry_delay(300);
    /// ```
    pub fn call(
        event: impl Into<Link<Event>>,
        at: impl Into<ServerTime>,
        phone_number: impl Into<String>,
        survey: impl Into<Link<SealedSurvey>>,
    ) -> Self {
        // NEWF-08
        Self::new(event, at, AlarmMethod::Call).alarm_phonenumber(phone_number).survey(survey)
    }

    /// An SMS to this number from this template.
    pub fn sms(
        event: impl Into<Link<Event>>,
        at: impl Into<ServerTime>,
        phone_number: impl Into<String>,
        template: impl Into<Link<SmsTemplate>>,
    ) -> Self {
        Self::new(event, at, AlarmMethod::Sms).alarm_phonenumber(phone_number).sms_template(template)
    }

    /// A mail to this address (at most 75 characters) from this template. If either were missing, the server would send
    /// nothing and still report a success.
    pub fn email(
        event: impl Into<Link<Event>>,
        at: impl Into<ServerTime>,
        address: impl Into<String>,
        template: impl Into<Link<MailTemplate>>,
    ) -> Self {
        Self::new(event, at, AlarmMethod::Email).alarm_email(address).mail_template(template)
    }
}

fields! {
    [NewAlarm, AlarmPatch]: {
        /// Sets the number to call or to send an SMS to, at most 50 characters.
        fn alarm_phonenumber(number: impl Into<String>) => number.into();
        /// Sets the address to send a mail to, at most 75 characters.
        fn alarm_email(address: impl Into<String>) => address.into();
        /// Sets the earliest time of day it may go off. **The server stores and ignores it** (defect
        /// [`NEWF-05`](crate::defects)). Default: midnight.
        fn daily_start(time: NaiveTime) => time;
        /// Sets the latest time of day it may go off. **The server stores and ignores it** (defect
        /// [`NEWF-05`](crate::defects)). Default: a second before midnight.
        fn daily_stop(time: NaiveTime) => time;
        /// Sets how much earlier it goes off, in seconds. **The server stores and ignores it** (defect
        /// [`NEWF-05`](crate::defects)). Default: 0.
        fn advance_notice(seconds: i32) => seconds;
        /// Sets the number of retries after a failed first attempt. Default: 0.
        fn maxretry(attempts: i32) => attempts;
        /// Sets the delay between a failed attempt and the next, in seconds. Default: 0.
        fn retry_delay(seconds: i32) => seconds;
        /// Sets the number of attempts made, which the server counts by itself. Default: 0.
        fn num_attempt(attempts: i32) => attempts;
        /// Sets the survey that a call plays. It must be the caller's.
        fn survey(survey: impl Into<Link<SealedSurvey>>) => survey.into();
        /// Sets the template of a mail.
        fn mail_template(template: impl Into<Link<MailTemplate>>) => template.into();
        /// Sets the template of an SMS.
        fn sms_template(template: impl Into<Link<SmsTemplate>>) => template.into();
        /// Sets the status. Default: [`AlarmStatus::Pending`].
        fn status(status: AlarmStatus) => status;
        /// Sets the key that the called person pressed. Default: [`AlarmResult::NoResult`].
        fn result(result: AlarmResult) => result;
        /// Sets an address that the server stores and ignores, at most 250 characters.
        fn url_cancel(url: impl Into<String>) => url.into();
        /// Sets an address that the server stores and ignores, at most 250 characters.
        fn url_confirm(url: impl Into<String>) => url.into();
        /// Sets a number that the server stores and ignores, at most 50 characters.
        fn phonenumber_transfer(number: impl Into<String>) => number.into();
        /// Sets the number to send an SMS to when all attempts have failed, at most 50 characters. It needs a survey,
        /// whose owner sends it (defect [`NEWF-08`](crate::defects)).
        fn phonenumber_sms_failure(number: impl Into<String>) => number.into();
    }
    [AlarmPatch] given [NewAlarm]: {
        /// Sets how it notifies.
        fn method(method: AlarmMethod) => method;
        /// Moves it to another event.
        fn event(event: impl Into<Link<Event>>) => event.into();
        /// Sets when it goes off. A time more than an hour ago means never.
        fn date_start_notice(at: impl Into<ServerTime>) => at.into();
    }
}

clears!(AlarmPatch {
    /// Clears the number to call.
    clear_alarm_phonenumber => alarm_phonenumber;
    /// Clears the address to send a mail to.
    clear_alarm_email => alarm_email;
    /// Clears the survey that a call plays.
    clear_survey => survey;
    /// Clears the template of a mail.
    clear_mail_template => mail_template;
    /// Clears the template of an SMS.
    clear_sms_template => sms_template;
    /// Clears the number to send an SMS to when all attempts have failed.
    clear_phonenumber_sms_failure => phonenumber_sms_failure;
    /// Clears the address for cancelling.
    clear_url_cancel => url_cancel;
    /// Clears the address for confirming.
    clear_url_confirm => url_confirm;
    /// Clears the number to transfer to.
    clear_phonenumber_transfer => phonenumber_transfer;
});

payload!(NewAlarm { not_blank: [alarm_phonenumber, alarm_email] });
patch!(AlarmPatch { not_blank: [alarm_phonenumber, alarm_email] });
