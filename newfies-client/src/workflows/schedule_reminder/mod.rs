//! Scheduling a reminder: the steps from the calendar setting to the alarms.
//!
//! Each step looks for its row before it creates one ([`create`] looks once more if the outcome of a create is
//! unknown), so a run completes an interrupted one and creates no duplicates. A step that can't succeed ends in a
//! [`WorkflowFailure`], whose outcome says whether an earlier step has created something.

mod alarms;
mod event;
mod notice;
mod profile;
mod reminder;
mod user;

pub use notice::Notice;
pub use reminder::Reminder;

use crate::{
    client::Newfies,
    defects::DOCUMENT,
    endpoints::Create,
    events::Event,
    ids::{AlarmId, CalendarId, CalendarSettingId, CalendarUserId, EventId},
    resource::Writable,
    workflows::failure::WorkflowFailure,
};
use care_client_core::{Error, Operation, Outcome, Safety};
use std::future::Future;

/// The result of scheduling a reminder.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Scheduled {
    /// The calendar setting, if one was set.
    pub setting: Option<CalendarSettingId>,
    /// The calendar user.
    pub user: CalendarUserId,
    /// The state of the user's profile.
    pub profile: ProfileState,
    /// The calendar.
    pub calendar: CalendarId,
    /// The event; with a rule, the root of its series.
    pub event: EventId,
    /// The alarms, in the order of the notices.
    pub alarms: Vec<AlarmId>,
    /// What this run created, in order. Everything else existed.
    pub created: Vec<Created>,
}

/// Something that a run created.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Created {
    /// A calendar setting.
    Setting(CalendarSettingId),
    /// A calendar user.
    User(CalendarUserId),
    /// The profile of a calendar user.
    Profile(CalendarUserId),
    /// A calendar.
    Calendar(CalendarId),
    /// An event.
    Event(EventId),
    /// An alarm.
    Alarm(AlarmId),
}

/// The state of a calendar user's profile in a [`Scheduled`] reminder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ProfileState {
    /// It had the setting, or none was set.
    Unchanged,
    /// The run gave it the setting.
    Updated,
    /// The run created it with the setting.
    Created,
    /// The caller may not read it, so the run left it as it was.
    Unread,
}

/// The whole workflow as an operation, for errors.
const SCHEDULE: Operation = Operation::new("newfies.schedule_reminder", "", Safety::Idempotent, DOCUMENT);

pub(super) async fn run(newfies: &Newfies, reminder: Reminder) -> Result<Scheduled, Error> {
    let reminder = &reminder;
    reminder.check().map_err(|error| error.in_operation(&Event::CREATE))?;
    let mut created = Vec::new();
    // A reminder that comes too late creates nothing, unless an earlier run created the late alarms in time.
    alarms::in_time(newfies, reminder).await.map_err(Error::after_reads)?;
    let setting = match &reminder.setting {
        Some(new) => Some(profile::ensure_setting(newfies, new, &mut created).await?),
        None => None,
    };
    let user = user::ensure(newfies, &reminder.user, &mut created).await;
    let user = user.map_err(|error| if created.is_empty() { error.after_reads() } else { error })?;
    let profile = profile::ensure(newfies, reminder, user, setting.as_ref(), &mut created).await?;
    let survey = alarms::survey(newfies, reminder, setting.as_ref(), &profile, &created).await?;
    let calendar = event::ensure_calendar(newfies, user, &reminder.calendar, &mut created).await?;
    let event = event::ensure(newfies, reminder, user, calendar, &mut created).await?;
    let alarms = alarms::ensure(newfies, reminder, event, survey, &mut created).await?;
    let setting = setting.map(|setting| setting.id());
    Ok(Scheduled { setting, user, profile: profile.state, calendar, event, alarms, created })
}

/// Creates a row. If the outcome is unknown, `find` looks for it.
async fn create<R, F>(newfies: &Newfies, new: R::New, find: impl FnOnce() -> F) -> Result<R, Error>
where
    R: Writable,
    F: Future<Output = Result<Option<R>, Error>>,
{
    match newfies.call(Create::<R>::new(new, newfies.zone.clone())).await {
        Ok(row) => Ok(row),
        Err(error) if error.outcome() >= Outcome::Unknown => match find().await {
            Ok(Some(row)) => Ok(row),
            // The request may still be in flight, so the outcome stays unknown.
            _ => Err(error),
        },
        Err(error) => Err(error),
    }
}

/// The error of a refused reminder. Its outcome doesn't hide what was created before.
fn refused<R: Writable>(failure: WorkflowFailure, created: &[Created]) -> Error {
    if created.is_empty() { failure.of_operation::<Create<R>>() } else { failure.after(&SCHEDULE) }
}
