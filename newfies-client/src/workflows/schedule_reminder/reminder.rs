//! Reminders: what to schedule for an event.

use crate::{
    calendar_settings::NewCalendarSetting, calendar_users::CalendarUserRef, rules::Rule,
    workflows::schedule_reminder::notice::Notice,
};
use care_client_core::{Error, Link, Personal};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

/// An event with notices to people, to schedule: `newfies.schedule_reminder(Reminder::new(..))`.
///
/// The workflow creates these in this order, unless they exist:
///
/// | what | exists if |
/// |---|---|
/// | calendar setting, if [one is set](Self::setting) | the caller has one with its label |
/// | calendar user | a user has the name |
/// | the setting in the user's profile | the profile has it |
/// | calendar | the user has one with the name |
/// | event | the calendar has one with title and start, to the millisecond |
/// | an alarm for each [notice](Self::notice) | the event has one with method, time and recipient |
///
/// **It is idempotent: a second run creates no duplicates, and completes a run that was interrupted anywhere.** It
/// doesn't change what exists: another end or another survey of the same event has no effect. After
/// [`Outcome::Unknown`](crate::Outcome::Unknown), wait a minute before the next run, because the request may still be
/// in flight.
///
/// - **Take the start from your own records**, because it identifies the event: with `Utc::now()`, every run would
///   create another event.
/// - **Use different titles for patients** who can have the same start in one calendar: with one title they share one
///   event. If [data](Self::data) are set and the existing event has others, the error is
///   [`WorkflowFailure::OtherData`](crate::WorkflowFailure::OtherData).
/// - **Run it in one program at a time.** Two concurrent runs can both find nothing and create duplicates; the server
///   has no way to prevent it.
/// - The server has no filters, so each search takes one request for ten rows.
///
/// Only a superuser can create calendar users and read profiles. Other callers pass an existing calendar user whom they
/// manage, and the profile stays as it is. A token doesn't reveal its user: with one, a superuser gets the first
/// setting with the label, even another user's.
///
/// # A wake-up call every day, with three retries
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
/// // The first morning, from your own records.
/// let seven: DateTime<Utc> = "2050-05-06T07:00:00+02:00".parse()?;
/// let end = seven + TimeDelta::minutes(15);
/// let jo = NewCalendarUser::new("jo", "a password");
/// let daily = newfies.rule_named("Daily").await?.ok_or("this server has no daily rule")?;
/// let wake_up = Reminder::new(jo, "Mornings", "Wake up", seven, end)
///     .setting(NewCalendarSetting::new("wake-up calls", 1, 1, 1).callerid("+12025550100"))
///     .rule(daily.id())
///     .notice(Notice::call("+12025550101").retries(3, Duration::from_secs(120)));
/// let scheduled = newfies.schedule_reminder(wake_up).await?;
/// # assert_eq!(scheduled.alarms.len(), 1);
///
/// // No wake-up calls during holidays.
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
/// .notice(
///     Notice::call("+12025550101")
///         .before(Duration::from_secs(24 * 3600))
///         .retries(2, Duration::from_secs(600)),
/// )
/// .notice(Notice::sms("+12025550101", template).before(Duration::from_secs(3600)));
///
/// let scheduled = newfies.schedule_reminder(reminder.clone()).await?;
/// assert_eq!(scheduled.alarms.len(), 2);
/// // A second run finds everything.
/// let again = newfies.schedule_reminder(reminder).await?;
/// assert_eq!((again.created.len(), again.event), (0, scheduled.event));
/// # Ok(()) }
/// ```
///
/// # Mails from two calendars, for birthdays and for work
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = care_emulators::newfies::Emulator::start().await?;
/// # let newfies = newfies_client::Newfies::builder().base_url(emulator.base_url())
/// #     .basic_auth(emulator.username(), emulator.password()).build()?;
/// # newfies.calendar_settings().create(newfies_client::NewCalendarSetting::new("s", 1, 1, 1)).await?;
/// # let jo: newfies_client::CalendarUserId = emulator.controller().add_calendar_user("manager", "jo", "x")?.into();
/// # let template = emulator.controller().add_mail_template("Reminder", "Don't forget");
/// use chrono::{DateTime, TimeDelta, Utc};
/// use newfies_client::{MailTemplateId, Notice, Reminder};
/// use std::time::Duration;
///
/// # let template = MailTemplateId::from(template);
/// let birthday: DateTime<Utc> = "2050-06-01T09:00:00+02:00".parse()?;
/// let meeting: DateTime<Utc> = "2050-05-06T14:00:00+02:00".parse()?;
/// let plans = [("Birthdays", "Sam's birthday", birthday), ("Work", "Meeting", meeting)];
/// for (calendar, title, start) in plans {
///     let mail = Notice::email("jo@example.com", template).before(Duration::from_secs(3600));
///     let end = start + TimeDelta::hours(1);
///     let reminder = Reminder::new(jo, calendar, title, start, end).notice(mail);
///     newfies.schedule_reminder(reminder).await?;
/// }
/// # assert_eq!(emulator.controller().calendars().len(), 2);
/// # Ok(()) }
/// ```
///
/// Source: Newfies-Dialer, *Appointment Module*, "User cases" and "Process flow",
/// <https://github.com/newfies-dialer/newfies-dialer>.
#[derive(Debug, Clone, PartialEq)]
#[must_use = "pass it to newfies.schedule_reminder(..)"]
#[doc(alias = "appointment")]
pub struct Reminder {
    pub(super) user: CalendarUserRef,
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
    /// A reminder of an event with this title, from start to end, in this user's calendar with this name.
    pub fn new(
        user: impl Into<CalendarUserRef>,
        calendar: impl Into<String>,
        title: impl Into<String>,
        start: impl Into<DateTime<Utc>>,
        end: impl Into<DateTime<Utc>>,
    ) -> Self {
        Self {
            user: user.into(),
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

    /// Sets the calendar setting that the user's alarms use, found by its label or created. Default: the profile's.
    pub fn setting(mut self, setting: NewCalendarSetting) -> Self {
        self.setting = Some(setting);
        self
    }

    /// Adds a notice. At least one is required.
    pub fn notice(mut self, notice: Notice) -> Self {
        self.notices.push(notice);
        self
    }

    /// Sets the description of the event.
    pub fn description(mut self, text: impl Into<String>) -> Self {
        self.description = Some(Personal(text.into()));
        self
    }

    /// Sets the rule by which the event recurs. **The alarms of all later occurrences go off at their start**, however
    /// early the first ones were, because the server copies them so. **The copies also keep the count of attempts**, so
    /// later ones have fewer [retries](crate::Notice::retries) and soon none (defect [`NEWF-54`](crate::defects)). The
    /// server counts from the start as a point in time, so a daily event moves by an hour when the clocks change.
    /// Default: it happens once.
    pub fn rule(mut self, rule: impl Into<Link<Rule>>) -> Self {
        self.rule = Some(rule.into());
        self
    }

    /// Sets the values for placeholders in texts of calls and SMS: see [`NewEvent::data`](crate::NewEvent::data).
    pub fn data(mut self, values: Map<String, Value>) -> Self {
        self.data = Some(Personal(values));
        self
    }

    /// Takes the calendar user over if another user manages them: the caller becomes their manager, and the other user
    /// no longer sees them (defect [`NEWF-39`](crate::defects)). Default: that is an error.
    ///
    /// If the manager is unknown, every run writes the profile: with a token, or if the caller may not read profiles.
    /// The latter also requires a [setting](Self::setting): see
    /// [`WorkflowFailure::UnreadProfile`](crate::WorkflowFailure::UnreadProfile).
    pub fn take_over(mut self) -> Self {
        self.take_over = true;
        self
    }

    /// Refuses what can't be right, whatever exists on the server.
    pub(super) fn check(&self) -> Result<(), Error> {
        // NEWF-02
        if self.notices.is_empty() {
            return Err(Error::request("a reminder without a notice reminds nobody: call notice(..)"));
        }
        if self.end <= self.start {
            return Err(Error::request("the event doesn't end after it starts"));
        }
        if self.calendar.trim().is_empty() || self.title.trim().is_empty() {
            return Err(Error::request("the calendar's name or the event's title is blank: set a text"));
        }
        for (n, notice) in self.notices.iter().enumerate() {
            notice.check()?;
            notice.time(self.start)?;
            if self.notices[..n].iter().any(|other| other.is_like(notice)) {
                return Err(Error::request(
                    "two notices go to the same recipient in the same way at the same time: remove one",
                ));
            }
        }
        Ok(())
    }
}
