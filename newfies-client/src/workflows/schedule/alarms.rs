use super::{Created, ProfileState, SCHEDULE, calendar, event, make, profile::Ensured, refused, user};
use crate::{
    Alarm, AlarmId, CalendarSetting, EventId, Get, Link, Newfies, SealedSurvey,
    workflows::{Notice, Refusal, Reminder, find},
};
use care_client_core::Error;
use chrono::{DateTime, TimeDelta, Utc};

/// How long ago an alarm may lie that is to be made: the server looks back an hour, and what is made by its last minutes can be
/// there too late for that, or by a clock that goes otherwise.
const LOOKS_BACK: TimeDelta = TimeDelta::minutes(55);

/// Refuses a reminder with a notice that would never go off, unless an earlier run has made it.
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
    let alarms = match made_event(newfies, reminder).await? {
        Some(event) => of_event(newfies, event).await?,
        None => Vec::new(),
    };
    let is_made = |notice: &Notice, at| alarms.iter().any(|alarm| notice.is(alarm, at));
    if late.into_iter().all(|(notice, at)| is_made(notice, at)) {
        Ok(())
    } else {
        Err(refused::<Alarm>(Refusal::TooLate, &[]))
    }
}

/// The event that an earlier run has made.
async fn made_event(newfies: &Newfies, reminder: &Reminder) -> Result<Option<EventId>, Error> {
    let Some(user) = user::find(newfies, &reminder.whose).await? else { return Ok(None) };
    let Some(calendar) = calendar::find(newfies, user, &reminder.calendar).await? else { return Ok(None) };
    Ok(event::find(newfies, reminder, calendar.id()).await?.map(|event| event.id()))
}

/// What calls play that weren't told: the survey of the setting.
pub(super) async fn survey(
    newfies: &Newfies,
    reminder: &Reminder,
    setting: Option<&CalendarSetting>,
    profile: &Ensured,
    made: &[Created],
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
        ProfileState::Updated => Refusal::NoSurvey.after(&SCHEDULE),
        _ => refused::<Alarm>(Refusal::NoSurvey, made),
    })
}

/// An alarm of the event for each notice.
pub(super) async fn ensure(
    newfies: &Newfies,
    reminder: &Reminder,
    event: EventId,
    survey: Option<Link<SealedSurvey>>,
    made: &mut Vec<Created>,
) -> Result<Vec<AlarmId>, Error> {
    // An event that this run made has none.
    let is_new = made.contains(&Created::Event(event));
    let known = if is_new { Vec::new() } else { of_event(newfies, event).await? };
    let mut alarms = Vec::new();
    for notice in &reminder.notices {
        let at = notice.time(reminder.start)?;
        if let Some(id) = known.iter().filter(|alarm| notice.is(alarm, at)).map(Alarm::id).min() {
            alarms.push(id);
            continue;
        }
        let new = notice.alarm(event, at, survey).ok_or_else(|| refused::<Alarm>(Refusal::NoSurvey, made))?;
        let alarm = make(newfies, new, || found(newfies, event, notice, at)).await?;
        made.push(Created::Alarm(alarm.id()));
        alarms.push(alarm.id());
    }
    Ok(alarms)
}

async fn found(newfies: &Newfies, event: EventId, notice: &Notice, at: DateTime<Utc>) -> Result<Option<Alarm>, Error> {
    let alarms = of_event(newfies, event).await?;
    Ok(alarms.into_iter().filter(|alarm| notice.is(alarm, at)).min_by_key(Alarm::id))
}

/// The alarms of an event. The list that has them by event doesn't tell when they go off.
pub(super) async fn of_event(newfies: &Newfies, event: EventId) -> Result<Vec<Alarm>, Error> {
    find::all::<Alarm>(newfies, |row| row.event == Some(Link::to(event))).await
}
