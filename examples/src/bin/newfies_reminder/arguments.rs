//! The command line: whom to remind of what, when and how.

use chrono::{DateTime, TimeDelta, Utc};
use clap::{ArgGroup, Parser};
use examples::{environment, newfies::NewfiesVariables};
use newfies_client::{CalendarUserRef, Error, NewCalendarSetting, Notice, Reminder};
use std::time::Duration;

/// The reminder of the demonstration: user, title and number, and the start of the event from now.
const DEMO: (&str, &str, &str) = ("dr-example", "Visit", "+12025550101");
const DEMO_IN: TimeDelta = TimeDelta::days(7);
/// The id of the predefined rows of an emulator.
const FIRST: u64 = 1;
/// The longest delay of a call's result.
const SLACK: Duration = Duration::from_secs(3600);

/// Schedules a reminder of an event, by phone or mail, and waits for its result. It is idempotent: running the same
/// command line again creates no duplicates, even if the first run was killed.
///
/// Without NEWFIES_BASE_URL, the program starts an emulator of Newfies-Dialer's server and of the person who is called.
#[derive(Debug, Parser)]
#[command(name = "newfies_reminder", version, after_help = after_help())]
#[command(group = ArgGroup::new("target").args(["phone", "mail"]).requires_all(["name", "title", "at"]))]
pub(crate) struct Arguments {
    /// The name of the event's calendar user
    #[arg(long, value_name = "USER", requires = "target")]
    name: Option<String>,
    /// The title of the event
    #[arg(long, requires = "target")]
    title: Option<String>,
    /// The start of the event, with a UTC offset, such as 2030-05-01T10:00:00+02:00
    #[arg(long, value_name = "TIME", value_parser = time, requires = "target")]
    at: Option<DateTime<Utc>>,
    /// The phone number to call
    #[arg(long, value_name = "NUMBER")]
    phone: Option<String>,
    /// The email address to notify instead of --phone
    #[arg(long, value_name = "ADDRESS", requires = "mail_template")]
    mail: Option<String>,
    /// The mail template
    #[arg(long, value_name = "ID", requires = "mail", conflicts_with = "phone")]
    mail_template: Option<u64>,
    /// How long before the start the call or mail is sent
    #[arg(long, value_name = "SPAN", value_parser = span, default_value = "24h")]
    before: Duration,
    /// Also sends an SMS to the number, this long before the start
    #[arg(long, value_name = "SPAN", value_parser = span)]
    #[arg(requires_all = ["phone", "sms_template"], conflicts_with = "mail")]
    sms_before: Option<Duration>,
    /// The SMS template
    #[arg(long, value_name = "ID", requires = "sms_before")]
    sms_template: Option<u64>,
    /// The number of retries after a failed call
    #[arg(long, value_name = "N", default_value_t = 2)]
    retries: u16,
    /// The delay before a retry
    #[arg(long, value_name = "SPAN", value_parser = span, default_value = "10m")]
    retry_after: Duration,
    /// The duration of the event
    #[arg(long, value_name = "SPAN", value_parser = span, default_value = "30m")]
    lasts: Duration,
    /// The name of the user's calendar
    #[arg(long, value_name = "NAME", default_value = "Reminders")]
    calendar: String,
    /// The sealed survey of the call [default: that of the user's calendar setting]
    #[arg(long, value_name = "ID")]
    survey: Option<u64>,
    /// Assigns the user a calendar setting with this gateway, which is created if there is none with the label
    #[arg(long, value_name = "ID", requires_all = ["sms_gateway", "survey", "target"])]
    gateway: Option<u64>,
    /// The SMS gateway of that setting
    #[arg(long, value_name = "ID", requires = "gateway")]
    sms_gateway: Option<u64>,
    /// The caller ID of that setting
    #[arg(long, value_name = "NUMBER", requires = "gateway")]
    caller_id: Option<String>,
    /// The label of that setting
    #[arg(long, value_name = "LABEL", default_value = "newfies_reminder")]
    setting: String,
    /// Schedules the reminder without waiting for its result
    #[arg(long)]
    pub(crate) no_wait: bool,
}

const SPANS: &str = "\
A SPAN is a number with a unit, such as 90s, 30m, 24h or 7d. An earlier run's rows are found by the setting's label, the
user, the calendar's name, the event's title and start, and the alarm's time and target. Two runs at the same time can
create duplicates. Ctrl-C or SIGTERM stops the program, not the reminder. The program waits until an hour after the last
possible call, and fails if there is no result by then.";

const EXIT_CODES: &str = "\
Exit codes: 0 confirmed by key 1 (or a mail was sent, or only scheduled), 1 failed, 2 usage error and nothing was sent,
3 unknown whether something was created: run the same command line again, 4 answered but not confirmed, 5 nobody was
reached, 130 interrupted.";

fn after_help() -> String {
    let variables = environment::help::<NewfiesVariables>(&["newfies_reminder"]);
    format!("{SPANS}\n\nEnvironment:\n{variables}\n{EXIT_CODES}")
}

fn time(text: &str) -> Result<DateTime<Utc>, String> {
    let time = DateTime::parse_from_rfc3339(text);
    time.map(|time| time.to_utc())
        .map_err(|_| "not a time with a UTC offset, such as 2030-05-01T10:00:00+02:00".to_owned())
}

/// The longest sensible time before an event.
const LONGEST: Duration = Duration::from_secs(366 * 86_400);

/// Parses a span such as `24h`: a whole number of seconds, minutes, hours or days.
fn span(text: &str) -> Result<Duration, String> {
    let wrong = || "not a span such as 90s, 30m, 24h or 7d".to_owned();
    let at = text.find(|c: char| !c.is_ascii_digit()).ok_or_else(wrong)?;
    let (number, unit) = text.split_at(at);
    let seconds = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        "d" => 86_400,
        _ => return Err(wrong()),
    };
    let number: u64 = number.parse().map_err(|_| wrong())?;
    let span = Duration::from_secs(number.saturating_mul(seconds));
    if span <= LONGEST { Ok(span) } else { Err("longer than a year".to_owned()) }
}

impl Arguments {
    /// Whether the command line names a reminder.
    pub(crate) fn has_reminder(&self) -> bool {
        self.name.is_some()
    }

    /// Whether the reminder is a call rather than a mail.
    pub(crate) fn is_call(&self) -> bool {
        self.mail.is_none()
    }

    /// The number of retries and the delay before each.
    pub(crate) fn retries(&self) -> (u16, Duration) {
        (self.retries, self.retry_after)
    }

    /// How long to wait for the result: until all calls must have ended. A server that crashed during a call never ends
    /// it.
    pub(crate) fn longest_wait(&self, now: DateTime<Utc>) -> Duration {
        let until_start = (self.at.unwrap_or(now + DEMO_IN) - now).to_std().unwrap_or_default();
        let tries = self.retry_after.saturating_add(SLACK).saturating_mul(self.retries.into());
        until_start.saturating_sub(self.before).saturating_add(tries).saturating_add(SLACK)
    }

    /// The name of the calendar user.
    pub(crate) fn name(&self) -> &str {
        self.name.as_deref().unwrap_or(DEMO.0)
    }

    /// The reminder to schedule. The result of its first notice is awaited.
    pub(crate) fn reminder(&self, user: CalendarUserRef, now: DateTime<Utc>) -> Result<Reminder, Error> {
        let start = self.at.unwrap_or(now + DEMO_IN);
        let lasts = TimeDelta::from_std(self.lasts).ok().and_then(|lasts| start.checked_add_signed(lasts));
        let end = lasts.ok_or_else(|| Error::request("the end of the event is out of range"))?;
        let title = self.title.as_deref().unwrap_or(DEMO.1);
        let mut reminder = Reminder::new(user, &self.calendar, title, start, end).notice(self.notice());
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

    /// The calendar setting to assign to the user, if the command line names one.
    pub(crate) fn setting(&self) -> Option<NewCalendarSetting> {
        let ((gateway, sms_gateway), survey) = self.gateway.zip(self.sms_gateway).zip(self.survey)?;
        let setting = NewCalendarSetting::new(&self.setting, survey, gateway, sms_gateway);
        Some(match &self.caller_id {
            Some(number) => setting.callerid(number),
            None => setting,
        })
    }

    /// A calendar setting of an emulator's predefined rows, for a user who is created.
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
    fn the_default_is_a_call_a_day_before() {
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
    fn arguments_that_belong_together_are_required_together() {
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
    fn the_wait_covers_all_retries() {
        let now = "2030-04-30T07:00:00Z".parse().unwrap();
        let wait = |arguments: &[&str]| parse(arguments).unwrap().longest_wait(now).as_secs();
        assert_eq!(wait(&["--phone", "+1", "--retries", "0"]), 3600 + 3600);
        assert_eq!(wait(&["--phone", "+1", "--retries", "2", "--before", "1h"]), 24 * 3600 + 2 * 4200 + 3600);
        assert_eq!(wait(&["--phone", "+1", "--retries", "0", "--before", "30d"]), 3600);
    }

    #[test]
    fn a_time_without_an_offset_is_rejected() {
        assert!(time("2030-05-01T10:00:00").is_err() && time("tomorrow").is_err());
        assert_eq!(time("2030-05-01T10:00:00+02:00"), time("2030-05-01T08:00:00Z"));
    }

    #[test]
    fn a_setting_requires_a_gateway() {
        assert_eq!(parse(&["--phone", "+1", "--survey", "7"]).unwrap().setting(), None);
        let all = ["--phone", "+1", "--survey", "7", "--gateway", "2", "--sms-gateway", "3", "--setting", "surgery"];
        let setting = NewCalendarSetting::new("surgery", 7, 2, 3);
        assert_eq!(parse(&all).unwrap().setting(), Some(setting.clone()));
        let all = [&all[..], &["--caller-id", "+12025550100"]].concat();
        assert_eq!(parse(&all).unwrap().setting(), Some(setting.callerid("+12025550100")));
    }

    #[test]
    fn a_span_has_a_number_and_a_unit_and_is_at_most_a_year() {
        for (text, seconds) in [("0s", 0), ("90s", 90), ("30m", 1800), ("24h", 86_400), ("366d", 366 * 86_400)] {
            assert_eq!(span(text), Ok(Duration::from_secs(seconds)), "{text}");
        }
        for text in ["", "24", "h", "1.5h", "-1h", "1 h", "24H", "1w", "367d", "99999999999999999999s", "²h"] {
            assert!(span(text).is_err(), "{text}");
        }
    }
}
