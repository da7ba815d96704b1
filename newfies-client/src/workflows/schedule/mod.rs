//! The steps of a reminder, each of which finds what is there before it makes anything.

mod alarms;
mod calendar;
mod event;
mod profile;
mod setting;
mod user;

use super::{Refusal, Reminder};
use crate::{
    AlarmId, CalendarId, CalendarSettingId, CalendarUserId, Create, DOCUMENT, EventId, Newfies, resource::Writable,
};
use care_client_core::{Error, Operation, Outcome, Safety};
use std::future::Future;

/// What a reminder came to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Scheduled {
    /// The calendar setting, if one was given.
    pub setting: Option<CalendarSettingId>,
    /// The calendar user.
    pub user: CalendarUserId,
    /// How the user's profile stands.
    pub profile: ProfileState,
    /// The calendar.
    pub calendar: CalendarId,
    /// The event; with a rule, the root of its series.
    pub event: EventId,
    /// The alarms, in the order of the notices.
    pub alarms: Vec<AlarmId>,
    /// What this run made, in its order. The rest was there.
    pub created: Vec<Created>,
}

/// What one run made.
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

/// How the profile of a calendar user stands after a [`Scheduled`] reminder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ProfileState {
    /// It had the setting, or none was given.
    Unchanged,
    /// It has the setting now.
    Updated,
    /// It was made, with the setting.
    Created,
    /// The caller may not read it, so it was left as it is.
    Unread,
}

pub(super) async fn run(newfies: &Newfies, reminder: &Reminder) -> Result<Scheduled, Error> {
    reminder.check().map_err(|error| error.in_operation(&crate::Event::CREATE))?;
    let mut made = Vec::new();
    // Nothing is made for a reminder that comes too late, unless an earlier run made all of it in time.
    alarms::in_time(newfies, reminder).await?;
    let setting = match &reminder.setting {
        Some(new) => Some(setting::ensure(newfies, new, &mut made).await?),
        None => None,
    };
    let user = user::ensure(newfies, &reminder.whose, &mut made).await?;
    let profile = profile::ensure(newfies, reminder, user, setting.as_ref(), &mut made).await?;
    let survey = alarms::survey(newfies, reminder, setting.as_ref(), &profile, &made).await?;
    let calendar = calendar::ensure(newfies, user, &reminder.calendar, &mut made).await?;
    let event = event::ensure(newfies, reminder, user, calendar, &mut made).await?;
    let alarms = alarms::ensure(newfies, reminder, event, survey, &mut made).await?;
    let setting = setting.map(|setting| setting.id());
    Ok(Scheduled { setting, user, profile: profile.state, calendar, event, alarms, created: made })
}

/// Makes a row, and if no answer tells whether it was made, looks for it.
async fn make<R, F>(newfies: &Newfies, new: R::New, look: impl FnOnce() -> F) -> Result<R, Error>
where
    R: Writable,
    F: Future<Output = Result<Option<R>, Error>>,
{
    match newfies.call(Create::<R>::new(new, newfies.zone.clone())).await {
        Ok(row) => Ok(row),
        Err(error) if error.outcome() >= Outcome::Unknown => match look().await {
            Ok(Some(row)) => Ok(row),
            // It may come yet: that nobody knows is what the caller must be told.
            _ => Err(error),
        },
        Err(error) => Err(error),
    }
}

/// What a reminder is as a whole: done again, it makes nothing twice.
const SCHEDULE: Operation = Operation::new("newfies.schedule_reminder", "", Safety::Idempotent, DOCUMENT);

/// The error of a reminder that is refused. What was made before is not unsaid.
fn refused<R: Writable>(refusal: Refusal, made: &[Created]) -> Error {
    if made.is_empty() { refusal.of_operation::<Create<R>>() } else { refusal.after(&SCHEDULE) }
}
