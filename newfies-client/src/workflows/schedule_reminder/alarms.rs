//! The alarms of a reminder: one for each notice, none of which may come too late.

use crate::{
    alarms::Alarm,
    calendar_settings::CalendarSetting,
    client::Newfies,
    endpoints::Get,
    ids::{AlarmId, EventId, SealedSurvey},
    workflows::{
        failure::WorkflowFailure,
        find,
        schedule_reminder::{
            Created, ProfileState, SCHEDULE, create, event, notice::Notice, profile::Ensured, refused,
            reminder::Reminder, user,
        },
    },
};
use care_client_core::{Error, Link};
use chrono::{DateTime, TimeDelta, Utc};

/// How far in the past a new alarm's time may be: the server processes alarms up to an hour late, and five minutes are
/// the margin for slow requests and clock skew.
const LOOKS_BACK: TimeDelta = TimeDelta::minutes(55);

/// Refuses a reminder with a notice that would never go off, unless an earlier run has created its alarm.
pub(super) async fn in_time(newfies: &Newfies, reminder: &Reminder) -> Result<(), Error> {
    let limit = Utc::now() - LOOKS_BACK;
    let mut late = Vec::new();
    for notice in &reminder.notices {
        let at = notice.time(reminder.start)?;
        if at < limit {
            late.push((notice, at));
        }
    }
    if late.is_empty() {
        return Ok(());
    }
    let alarms = match existing_event(newfies, reminder).await? {
        Some(event) => of_event(newfies, event).await?,
        None => Vec::new(),
    };
    let exists = |notice: &Notice, at| alarms.iter().any(|alarm| notice.is(alarm, at));
    if late.into_iter().all(|(notice, at)| exists(notice, at)) {
        Ok(())
    } else {
        Err(refused::<Alarm>(WorkflowFailure::TooLate, &[]))
    }
}

/// The event that an earlier run has created.
async fn existing_event(newfies: &Newfies, reminder: &Reminder) -> Result<Option<EventId>, Error> {
    let Some(user) = user::find(newfies, &reminder.user).await? else { return Ok(None) };
    let Some(calendar) = event::find_calendar(newfies, user, &reminder.calendar).await? else { return Ok(None) };
    Ok(event::find(newfies, reminder, calendar.id()).await?.map(|event| event.id()))
}

/// The survey for calls without one of their own: that of the setting.
pub(super) async fn survey(
    newfies: &Newfies,
    reminder: &Reminder,
    setting: Option<&CalendarSetting>,
    profile: &Ensured,
    created: &[Created],
) -> Result<Option<Link<SealedSurvey>>, Error> {
    if !reminder.notices.iter().any(Notice::wants_survey) {
        return Ok(None);
    }
    // NEWF-08
    let survey = match (setting, profile.setting) {
        (Some(setting), _) => setting.survey,
        (None, Some(id)) => newfies.call(Get::<CalendarSetting>::new(id, newfies.zone.clone())).await?.survey,
        (None, None) => None,
    };
    survey.map(Some).ok_or_else(|| match profile.state {
        ProfileState::Updated => WorkflowFailure::NoSurvey.after(&SCHEDULE),
        _ => refused::<Alarm>(WorkflowFailure::NoSurvey, created),
    })
}

/// Finds or creates an alarm of the event for each notice.
pub(super) async fn ensure(
    newfies: &Newfies,
    reminder: &Reminder,
    event: EventId,
    survey: Option<Link<SealedSurvey>>,
    created: &mut Vec<Created>,
) -> Result<Vec<AlarmId>, Error> {
    // An event created by this run has none.
    let is_new = created.contains(&Created::Event(event));
    let known = if is_new { Vec::new() } else { of_event(newfies, event).await? };
    let mut alarms = Vec::new();
    for notice in &reminder.notices {
        let at = notice.time(reminder.start)?;
        if let Some(id) = known.iter().filter(|alarm| notice.is(alarm, at)).map(Alarm::id).min() {
            alarms.push(id);
            continue;
        }
        let new =
            notice.alarm(event, at, survey).ok_or_else(|| refused::<Alarm>(WorkflowFailure::NoSurvey, created))?;
        let alarm = create(newfies, new, || found(newfies, event, notice, at)).await?;
        created.push(Created::Alarm(alarm.id()));
        alarms.push(alarm.id());
    }
    Ok(alarms)
}

async fn found(newfies: &Newfies, event: EventId, notice: &Notice, at: DateTime<Utc>) -> Result<Option<Alarm>, Error> {
    let alarms = of_event(newfies, event).await?;
    Ok(alarms.into_iter().filter(|alarm| notice.is(alarm, at)).min_by_key(Alarm::id))
}

/// The alarms of an event. The server's list by event doesn't say when they go off.
pub(super) async fn of_event(newfies: &Newfies, event: EventId) -> Result<Vec<Alarm>, Error> {
    find::all::<Alarm>(newfies, |row| row.event == Some(Link::to(event))).await
}
