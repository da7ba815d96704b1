use crate::span::span;
use chrono::{DateTime, TimeDelta, Utc};
use clap::{ArgGroup, Parser};
use newfies_client::{CalendarUserRef, Error, NewCalendarSetting, Notice, Reminder};
use std::time::Duration;

/// What the demonstration reminds of, and when, counted from now.
const DEMO: (&str, &str, &str) = ("dr-example", "Visit", "+12025550101");
const DEMO_IN: TimeDelta = TimeDelta::days(7);
/// The rows that an emulator has from the beginning.
const FIRST: u64 = 1;
/// How much longer than planned a call can take until its result is known.
const SLACK: Duration = Duration::from_secs(3600);

/// Schedules one reminder of an event, by telephone or mail, and waits for its result. The same command line again makes nothing
/// twice, wherever the first run was killed.
///
/// Without NEWFIES_BASE_URL an emulator in this process plays Newfies-Dialer's server, and the person who is called.
#[derive(Debug, Parser)]
#[command(name = "newfies_reminder", version, after_help = MORE)]
#[command(group = ArgGroup::new("target").args(["phone", "mail"]).requires_all(["name", "title", "at"]))]
pub(crate) struct Arguments {
    /// The name of the calendar user whose event it is
    #[arg(long, value_name = "USER", requires = "target")]
    name: Option<String>,
    /// What it is about
    #[arg(long, requires = "target")]
    title: Option<String>,
    /// When it starts, with an offset, as 2030-05-01T10:00:00+02:00
    #[arg(long, value_name = "TIME", value_parser = time, requires = "target")]
    at: Option<DateTime<Utc>>,
    /// The number that is called
    #[arg(long, value_name = "NUMBER")]
    phone: Option<String>,
    /// The address that is written to instead
    #[arg(long, value_name = "ADDRESS", requires = "mail_template")]
    mail: Option<String>,
    /// The mail template
    #[arg(long, value_name = "ID", requires = "mail", conflicts_with = "phone")]
    mail_template: Option<u64>,
    /// How long before the start the call or the mail comes
    #[arg(long, value_name = "SPAN", value_parser = span, default_value = "24h")]
    before: Duration,
    /// An SMS to the number follows, this long before the start
    #[arg(long, value_name = "SPAN", value_parser = span, requires_all = ["phone", "sms_template"], conflicts_with = "mail")]
    sms_before: Option<Duration>,
    /// Its template
    #[arg(long, value_name = "ID", requires = "sms_before")]
    sms_template: Option<u64>,
    /// How many calls follow one that fails
    #[arg(long, value_name = "N", default_value_t = 2)]
    retries: u16,
    /// How long after the failure
    #[arg(long, value_name = "SPAN", value_parser = span, default_value = "10m")]
    retry_after: Duration,
    /// How long the event lasts
    #[arg(long, value_name = "SPAN", value_parser = span, default_value = "30m")]
    lasts: Duration,
    /// The name of the user's calendar
    #[arg(long, value_name = "NAME", default_value = "Reminders")]
    calendar: String,
    /// The sealed survey that the call plays [default: that of the user's calendar setting]
    #[arg(long, value_name = "ID")]
    survey: Option<u64>,
    /// The gateway of a calendar setting that the user gets, in place of the one they have; made if there is none with the label
    #[arg(long, value_name = "ID", requires_all = ["sms_gateway", "survey", "target"])]
    gateway: Option<u64>,
    /// Its SMS gateway
    #[arg(long, value_name = "ID", requires = "gateway")]
    sms_gateway: Option<u64>,
    /// The number that its calls show
    #[arg(long, value_name = "NUMBER", requires = "gateway")]
    caller_id: Option<String>,
    /// Its label
    #[arg(long, value_name = "LABEL", default_value = "newfies_reminder")]
    setting: String,
    /// Only schedules it
    #[arg(long)]
    pub(crate) no_wait: bool,
}

const MORE: &str = "\
A SPAN is a number with its unit, as 90s, 30m, 24h or 7d. What an earlier run made is found by the setting's label, the user, the
calendar's name, the event's title and start, and the alarm's time and target. Two runs at the same time can make two of something.
Ctrl-C stops the program and not the reminder. It waits until an hour after the last call can have been made, and fails if there is
no result by then.

Environment:
  NEWFIES_BASE_URL           the server to talk to, as https://dialer.example.com/; without it an emulator is started
  NEWFIES_USER               with
  NEWFIES_PASSWORD           user and password of the web interface, or else:
  NEWFIES_TOKEN              a token from the administration pages
  NEWFIES_UTC_OFFSET         how far the server's clock is from UTC, as +02:00 or Z, for times that it sends without
  NEWFIES_NEW_USER_PASSWORD  the password of the calendar user, who is made with it if there is none; else they must be there

Exit codes: 0 confirmed by key 1, or handed over if it was a mail, or only scheduled; 1 failed; 2 wrongly started, and nothing was
sent; 3 nobody knows whether something was made: the same again finds out; 4 answered, and not confirmed; 5 nobody was reached;
130 ended by Ctrl-C.";

fn time(text: &str) -> Result<DateTime<Utc>, String> {
    let time = DateTime::parse_from_rfc3339(text);
    time.map(|time| time.to_utc()).map_err(|_| "it is no time with an offset, as 2030-05-01T10:00:00+02:00".to_owned())
}

impl Arguments {
    /// Whether it is said whom to remind of what.
    pub(crate) fn says_what(&self) -> bool {
        self.name.is_some()
    }

    /// Whether a call is waited for, and not a mail.
    pub(crate) fn is_call(&self) -> bool {
        self.mail.is_none()
    }

    /// How many calls follow one that fails, and after how long.
    pub(crate) fn retries(&self) -> (u16, Duration) {
        (self.retries, self.retry_after)
    }

    /// How long to wait for the result: until all calls must be over. A server that stopped in the midst of one never ends it.
    pub(crate) fn longest_wait(&self, now: DateTime<Utc>) -> Duration {
        let until_start = (self.at.unwrap_or(now + DEMO_IN) - now).to_std().unwrap_or_default();
        let tries = self.retry_after.saturating_add(SLACK).saturating_mul(self.retries.into());
        until_start.saturating_sub(self.before).saturating_add(tries).saturating_add(SLACK)
    }

    /// The name of the calendar user.
    pub(crate) fn name(&self) -> &str {
        self.name.as_deref().unwrap_or(DEMO.0)
    }

    /// What is to be made. Its first notice is the one that is waited for.
    pub(crate) fn reminder(&self, whose: CalendarUserRef, now: DateTime<Utc>) -> Result<Reminder, Error> {
        let start = self.at.unwrap_or(now + DEMO_IN);
        let lasts = TimeDelta::from_std(self.lasts).ok().and_then(|lasts| start.checked_add_signed(lasts));
        let end = lasts.ok_or_else(|| Error::request("the event ends later than there are dates"))?;
        let title = self.title.as_deref().unwrap_or(DEMO.1);
        let mut reminder = Reminder::new(whose, &self.calendar, title, start, end).notice(self.notice());
        if let Some(((before, template), phone)) = self.sms_before.zip(self.sms_template).zip(self.phone.as_deref()) {
            reminder = reminder.notice(Notice::sms(phone, template).before(before));
        }
        Ok(reminder)
    }

    fn notice(&self) -> Notice {
        match (&self.mail, self.mail_template) {
            (Some(address), Some(template)) => Notice::email(address, template).before(self.before),
            _ => {
                let call = Notice::call(self.phone.as_deref().unwrap_or(DEMO.2)).before(self.before);
                let call = call.retries(self.retries, self.retry_after);
                self.survey.map_or(call.clone(), |survey| call.survey(survey))
            }
        }
    }

    /// The calendar setting that the user is to get, if one was said.
    pub(crate) fn setting(&self) -> Option<NewCalendarSetting> {
        let ((gateway, sms_gateway), survey) = self.gateway.zip(self.sms_gateway).zip(self.survey)?;
        let setting = NewCalendarSetting::new(&self.setting, survey, gateway, sms_gateway);
        Some(match &self.caller_id {
            Some(number) => setting.callerid(number),
            None => setting,
        })
    }

    /// The calendar setting with what an emulator has from the beginning, for a user whom it is to make.
    pub(crate) fn setting_of_emulator(&self) -> NewCalendarSetting {
        NewCalendarSetting::new(&self.setting, self.survey.unwrap_or(FIRST), FIRST, FIRST).callerid("+12025550100")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::error::ErrorKind;

    const WHAT: [&str; 7] =
        ["newfies_reminder", "--name", "jo", "--title", "Visit", "--at", "2030-05-01T10:00:00+02:00"];

    fn parse(arguments: &[&str]) -> Result<Arguments, clap::Error> {
        Arguments::try_parse_from([&WHAT, arguments].concat())
    }

    fn reminder(arguments: &[&str]) -> Reminder {
        parse(arguments).unwrap().reminder(CalendarUserRef::named("jo"), Utc::now()).unwrap()
    }

    fn expected(minutes: i64) -> Reminder {
        let start: DateTime<Utc> = "2030-05-01T08:00:00Z".parse().unwrap();
        Reminder::new(CalendarUserRef::named("jo"), "Reminders", "Visit", start, start + TimeDelta::minutes(minutes))
    }

    fn secs(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn a_call_comes_a_day_before_unless_something_else_is_said() {
        let call = || Notice::call("+12025550101").before(secs(86_400)).retries(2, secs(600));
        let phone = ["--phone", "+12025550101"];
        assert_eq!(reminder(&phone), expected(30).notice(call()));
        let more = ["--before", "2h", "--retries", "0", "--retry-after", "5m", "--survey", "7", "--lasts", "1h"];
        let own = Notice::call("+12025550101").before(secs(7200)).retries(0, secs(300)).survey(7);
        assert_eq!(reminder(&[&phone[..], &more].concat()), expected(60).notice(own));
        let sms = ["--sms-before", "1h", "--sms-template", "3"];
        let both = expected(30).notice(call()).notice(Notice::sms("+12025550101", 3).before(secs(3600)));
        assert_eq!(reminder(&[&phone[..], &sms].concat()), both);
        let mail = Notice::email("jo@example.com", 4).before(secs(86_400));
        assert_eq!(reminder(&["--mail", "jo@example.com", "--mail-template", "4"]), expected(30).notice(mail));
    }

    #[test]
    fn what_belongs_together_is_asked_for_together() {
        let missing = |arguments: &[&str]| {
            let error = Arguments::try_parse_from([&["newfies_reminder"], arguments].concat()).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::MissingRequiredArgument, "{arguments:?}: {error}");
        };
        missing(&["--name", "jo"]);
        missing(&["--phone", "+12025550101"]);
        missing(&WHAT[1..]);
        missing(&WHAT[1..5]);
        let phone = [&WHAT[1..], &["--phone", "+12025550101"]].concat();
        for more in [
            &["--sms-before", "1h"][..],
            &["--sms-template", "1"],
            &["--gateway", "1"],
            &["--gateway", "1", "--sms-gateway", "1"],
            &["--caller-id", "+12025550100"],
        ] {
            missing(&[&phone[..], more].concat());
        }
        missing(&[&WHAT[1..], &["--mail", "jo@example.com"]].concat());
        for both in [
            &["--phone", "+12025550101", "--mail", "jo@example.com", "--mail-template", "1"][..],
            &["--phone", "+12025550101", "--mail-template", "1"],
            &["--mail", "jo@example.com", "--mail-template", "1", "--sms-before", "1h", "--sms-template", "1"],
        ] {
            assert_eq!(parse(both).unwrap_err().kind(), ErrorKind::ArgumentConflict, "{both:?}");
        }
    }

    #[test]
    fn it_waits_until_all_calls_must_be_over() {
        let now = "2030-04-30T07:00:00Z".parse().unwrap();
        let wait = |arguments: &[&str]| parse(arguments).unwrap().longest_wait(now).as_secs();
        assert_eq!(wait(&["--phone", "+1", "--retries", "0"]), 3600 + 3600);
        assert_eq!(wait(&["--phone", "+1", "--retries", "2", "--before", "1h"]), 24 * 3600 + 2 * 4200 + 3600);
        assert_eq!(wait(&["--phone", "+1", "--retries", "0", "--before", "30d"]), 3600);
    }

    #[test]
    fn a_time_without_an_offset_is_not_guessed_at() {
        assert!(time("2030-05-01T10:00:00").is_err() && time("tomorrow").is_err());
        assert_eq!(time("2030-05-01T10:00:00+02:00"), time("2030-05-01T08:00:00Z"));
    }

    #[test]
    fn a_setting_is_made_only_if_a_gateway_is_said() {
        assert_eq!(parse(&["--phone", "+1", "--survey", "7"]).unwrap().setting(), None);
        let all = ["--phone", "+1", "--survey", "7", "--gateway", "2", "--sms-gateway", "3", "--setting", "surgery"];
        let setting = NewCalendarSetting::new("surgery", 7, 2, 3);
        assert_eq!(parse(&all).unwrap().setting(), Some(setting.clone()));
        let all = [&all[..], &["--caller-id", "+12025550100"]].concat();
        assert_eq!(parse(&all).unwrap().setting(), Some(setting.callerid("+12025550100")));
    }
}
