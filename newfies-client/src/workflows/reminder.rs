use super::{CalendarUserRef, Notice};
use crate::{NewCalendarSetting, Rule};
use care_client_core::{Error, Link, Personal};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

/// All that a reminder needs: `newfies.schedule_reminder(Reminder::new(..))`.
///
/// These are made, in this order, unless they are there:
///
/// | what | is there if |
/// |---|---|
/// | calendar setting, if [one is given](Self::setting) | the caller has one with its label |
/// | calendar user | there is a user with the name |
/// | the setting in the user's profile | the profile has it |
/// | calendar | the user has one with the name |
/// | event | the calendar has one with title and start, to the millisecond |
/// | an alarm for each [notice](Self::notice) | the event has one with method, time and target |
///
/// **The start is part of what an event is found by: take it from your own records.** `Utc::now()` in it is another event each
/// run. **The title must tell two patients apart** who can have the same start in one calendar: with one title they are one
/// event. Where [data](Self::data) are given and the event has others, it is [`Refusal::OtherData`](crate::Refusal::OtherData).
///
/// So **a run that broke off is gone on with by running it again**, whatever it had made, and a run again after a whole one
/// makes nothing. What is there isn't changed: another end or another survey of the same event is not looked at. Two runs at the
/// same time can both find nothing and make two of something, for the server has no way to prevent it: let one program
/// schedule. The server has no filters, so finding takes a request for each ten rows. After
/// [`Outcome::Unknown`](crate::Outcome::Unknown) wait a minute before you run it again: the request may still be on its way.
///
/// To make calendar users or to read profiles needs a superuser. Anybody else gives an existing calendar user whom they
/// manage, and the profile is left as it is. A token doesn't tell whose it is: with one, a superuser gets the first setting with
/// the label, whoever's it is.
///
/// # A wake-up call every day, with three more tries
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # use care_emulators::newfies::{Emulator, Generation};
/// # let emulator = Emulator::builder().generation(Generation::G1).start().await?;
/// # let newfies = newfies_client::Newfies::builder().base_url(emulator.base_url())
/// #     .basic_auth(emulator.username(), emulator.password()).build()?;
/// use chrono::{DateTime, TimeDelta, Utc};
/// use newfies_client::{NewCalendarSetting, NewCalendarUser, Notice, Reminder};
/// use std::time::Duration;
///
/// // The first morning, as it is written down.
/// let seven: DateTime<Utc> = "2050-05-06T07:00:00+02:00".parse()?;
/// let daily = newfies.rule_named("Daily").await?.ok_or("this server has no daily rule")?;
/// let wake_up = Reminder::new(NewCalendarUser::new("jo", "a password"), "Mornings", "Wake up", seven, seven + TimeDelta::minutes(15))
///     .setting(NewCalendarSetting::new("wake-up calls", 1, 1, 1).callerid("+12025550100"))
///     .rule(daily.id())
///     .notice(Notice::call("+12025550101").retries(3, Duration::from_secs(120)));
/// let scheduled = newfies.schedule_reminder(wake_up).await?;
/// # assert_eq!(scheduled.alarms.len(), 1);
///
/// // On holiday, nobody wants to be woken.
/// newfies.cancel_series(scheduled.event).await?;
/// # assert!(emulator.controller().alarms().is_empty());
/// # Ok(()) }
/// ```
///
/// # A doctor's appointment, with a call the day before and an SMS an hour before
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # use care_emulators::newfies::{Emulator, Generation};
/// # let emulator = Emulator::builder().generation(Generation::G1).start().await?;
/// # let template = emulator.controller().add_sms_template("Reminder", "In an hour");
/// # let newfies = newfies_client::Newfies::builder().base_url(emulator.base_url())
/// #     .basic_auth(emulator.username(), emulator.password()).build()?;
/// use chrono::{DateTime, TimeDelta, Utc};
/// use newfies_client::{NewCalendarSetting, NewCalendarUser, Notice, Reminder, SmsTemplateId};
/// use std::time::Duration;
///
/// let start: DateTime<Utc> = "2050-05-06T09:30:00+02:00".parse()?;
/// # let template = SmsTemplateId::from(template);
/// let reminder = Reminder::new(
///     NewCalendarUser::new("dr-example", "a password"),
///     "Surgery",
///     "Visit",
///     start,
///     start + TimeDelta::minutes(30),
/// )
/// .setting(NewCalendarSetting::new("surgery", 1, 1, 1).callerid("+12025550100"))
/// .notice(Notice::call("+12025550101").before(Duration::from_secs(24 * 3600)).retries(2, Duration::from_secs(600)))
/// .notice(Notice::sms("+12025550101", template).before(Duration::from_secs(3600)));
///
/// let scheduled = newfies.schedule_reminder(reminder.clone()).await?;
/// assert_eq!(scheduled.alarms.len(), 2);
/// // Run again, it finds all of it.
/// let again = newfies.schedule_reminder(reminder).await?;
/// assert_eq!((again.created.len(), again.event), (0, scheduled.event));
/// # Ok(()) }
/// ```
///
/// # A calendar's alarm by mail, for birthdays apart from work
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = care_emulators::newfies::Emulator::start().await?;
/// # let newfies = newfies_client::Newfies::builder().base_url(emulator.base_url())
/// #     .basic_auth(emulator.username(), emulator.password()).build()?;
/// # newfies.calendar_settings().create(newfies_client::NewCalendarSetting::new("s", 1, 1, 1)).await?;
/// # let jo = newfies_client::CalendarUserId::from(emulator.controller().add_calendar_user(emulator.username(), "jo", "x")?);
/// # let template = emulator.controller().add_mail_template("Reminder", "Don't forget");
/// use chrono::{DateTime, TimeDelta, Utc};
/// use newfies_client::{MailTemplateId, Notice, Reminder};
/// use std::time::Duration;
///
/// # let template = MailTemplateId::from(template);
/// let birthday: DateTime<Utc> = "2050-06-01T09:00:00+02:00".parse()?;
/// let meeting: DateTime<Utc> = "2050-05-06T14:00:00+02:00".parse()?;
/// for (calendar, title, start) in [("Birthdays", "Sam's birthday", birthday), ("Work", "Meeting", meeting)] {
///     let mail = Notice::email("jo@example.com", template).before(Duration::from_secs(3600));
///     let reminder = Reminder::new(jo, calendar, title, start, start + TimeDelta::hours(1)).notice(mail);
///     newfies.schedule_reminder(reminder).await?;
/// }
/// assert_eq!(newfies.calendars().list().await?.items.len(), 2);
/// # Ok(()) }
/// ```
///
/// Source: Newfies-Dialer, *Appointment Module*, "User cases" and "Process flow",
/// <https://github.com/newfies-dialer/newfies-dialer>.
#[derive(Debug, Clone, PartialEq)]
#[must_use = "give it to newfies.schedule_reminder(..)"]
pub struct Reminder {
    pub(super) whose: CalendarUserRef,
    pub(super) setting: Option<NewCalendarSetting>,
    pub(super) calendar: Personal<String>,
    pub(super) title: Personal<String>,
    pub(super) description: Option<Personal<String>>,
    pub(super) start: DateTime<Utc>,
    pub(super) end: DateTime<Utc>,
    pub(super) rule: Option<Link<Rule>>,
    pub(super) data: Option<Personal<Map<String, Value>>>,
    pub(super) notices: Vec<Notice>,
    pub(super) take_over: bool,
}

impl Reminder {
    /// A reminder of an event with this title, from start to end, in the calendar with this name of this user.
    pub fn new(
        whose: impl Into<CalendarUserRef>,
        calendar: impl Into<String>,
        title: impl Into<String>,
        start: impl Into<DateTime<Utc>>,
        end: impl Into<DateTime<Utc>>,
    ) -> Self {
        Self {
            whose: whose.into(),
            setting: None,
            calendar: Personal(calendar.into()),
            title: Personal(title.into()),
            description: None,
            start: start.into(),
            end: end.into(),
            rule: None,
            data: None,
            notices: Vec::new(),
            take_over: false,
        }
    }

    /// Sets with what the user's alarms go off: found by its label, or made. Default: what the user's profile has.
    pub fn setting(mut self, setting: NewCalendarSetting) -> Self {
        self.setting = Some(setting);
        self
    }

    /// Adds a notice. There must be one at least.
    pub fn notice(mut self, notice: Notice) -> Self {
        self.notices.push(notice);
        self
    }

    /// Sets more about the event.
    pub fn description(mut self, text: impl Into<String>) -> Self {
        self.description = Some(Personal(text.into()));
        self
    }

    /// Sets by what the event happens again. **The alarms of all later occurrences go off at their start**, however long
    /// before the first one they are, since the server copies them so, **and with the attempts counted that were made before**,
    /// so that later ones have fewer [retries](crate::Notice::retries) and soon none (defect [`NEWF-54`](crate::defects)). The
    /// server counts on from the start as it is stored, a point in time: what happens daily moves by an hour when the clocks
    /// change. Default: it happens once.
    pub fn rule(mut self, rule: impl Into<Link<Rule>>) -> Self {
        self.rule = Some(rule.into());
        self
    }

    /// Sets the values for the texts that calls and SMS are made of: see [`NewEvent::data`](crate::NewEvent::data).
    pub fn data(mut self, values: Map<String, Value>) -> Self {
        self.data = Some(Personal(values));
        self
    }

    /// Takes the calendar user over if somebody else manages them: the caller becomes their manager, and the other one sees
    /// them no more (defect [`NEWF-39`](crate::defects)). Default: that is an error.
    ///
    /// Where nobody knows whose they are, it writes each time: with a token, and where the caller may not read profiles, who
    /// must give a [setting](Self::setting) then ([`Refusal::UnreadProfile`](crate::Refusal::UnreadProfile)).
    pub fn take_over(mut self) -> Self {
        self.take_over = true;
        self
    }

    /// Refuses what can't be right whatever the server has.
    pub(super) fn check(&self) -> Result<(), Error> {
        // NEWF-02
        if self.notices.is_empty() {
            return Err(Error::request("a reminder without a notice reminds nobody: add one by notice(..)"));
        }
        if self.end <= self.start {
            return Err(Error::request("the event ends before it starts, or when it starts"));
        }
        if self.calendar.trim().is_empty() || self.title.trim().is_empty() {
            return Err(Error::request("the calendar's name or the event's title is blank: give both a text"));
        }
        for (n, notice) in self.notices.iter().enumerate() {
            notice.check()?;
            notice.time(self.start)?;
            if self.notices[..n].iter().any(|other| other.is_like(notice)) {
                return Err(Error::request(
                    "two notices go to the same number or address in the same way at the same time",
                ));
            }
        }
        Ok(())
    }
}
