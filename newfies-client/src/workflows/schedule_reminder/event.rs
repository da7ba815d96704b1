//! The calendar of a reminder, and its event.

use crate::{
    calendars::{Calendar, NewCalendar},
    client::Newfies,
    events::{Event, NewEvent},
    ids::{CalendarId, CalendarUserId, EventId},
    time::ServerTime,
    workflows::{
        failure::WorkflowFailure,
        find as rows,
        schedule_reminder::{Created, create, refused, reminder::Reminder},
    },
};
use care_client_core::{Error, Link};
use serde_json::{Map, Value};

/// Finds or creates the user's calendar with this name.
pub(super) async fn ensure_calendar(
    newfies: &Newfies,
    user: CalendarUserId,
    name: &str,
    created: &mut Vec<Created>,
) -> Result<CalendarId, Error> {
    if let Some(calendar) = find_calendar(newfies, user, name).await? {
        return Ok(calendar.id());
    }
    let new = NewCalendar::new(name, user);
    let calendar = create(newfies, new, || find_calendar(newfies, user, name)).await?;
    created.push(Created::Calendar(calendar.id()));
    Ok(calendar.id())
}

pub(super) async fn find_calendar(
    newfies: &Newfies,
    user: CalendarUserId,
    name: &str,
) -> Result<Option<Calendar>, Error> {
    let is_it = |row: &Calendar| *row.name == name && row.user == Some(Link::to(user));
    rows::first::<Calendar>(newfies, is_it, |row| row.id().get()).await
}

/// Finds or creates the calendar's event with the reminder's title and start.
pub(super) async fn ensure(
    newfies: &Newfies,
    reminder: &Reminder,
    user: CalendarUserId,
    calendar: CalendarId,
    created: &mut Vec<Created>,
) -> Result<EventId, Error> {
    if let Some(event) = find(newfies, reminder, calendar).await? {
        return match &reminder.data {
            Some(data) if !has(&event, data) => {
                Err(refused::<Event>(WorkflowFailure::OtherData { event: event.id() }, created))
            }
            _ => Ok(event.id()),
        };
    }
    // NEWF-21: a point in time is sent with its offset, whatever the server's zone is.
    let mut new = NewEvent::new(&*reminder.title, user, calendar, reminder.start, reminder.end);
    if let Some(text) = &reminder.description {
        new = new.description(&**text);
    }
    if let Some(rule) = reminder.rule {
        new = new.rule(rule);
    }
    if let Some(data) = &reminder.data {
        new = new.data(data.0.clone());
    }
    let event = create(newfies, new, || find(newfies, reminder, calendar)).await?;
    created.push(Created::Event(event.id()));
    Ok(event.id())
}

/// Whether the event has these data, which some servers send as text.
fn has(event: &Event, data: &Map<String, Value>) -> bool {
    let known = match event.data.as_deref() {
        Some(Value::String(text)) => serde_json::from_str(text).ok(),
        known => known.cloned(),
    };
    known.as_ref().and_then(Value::as_object).map_or(data.is_empty(), |known| known == data)
}

/// Finds the event. Children of a series don't count: their root is the reminder's event.
pub(super) async fn find(newfies: &Newfies, reminder: &Reminder, calendar: CalendarId) -> Result<Option<Event>, Error> {
    let start = ServerTime::At(reminder.start);
    let is_it = |row: &Event| {
        row.calendar == Some(Link::to(calendar))
            && row.title == reminder.title
            && row.start.is_same(start)
            && row.parent_event.is_none()
    };
    rows::first::<Event>(newfies, is_it, |row| row.id().get()).await
}
