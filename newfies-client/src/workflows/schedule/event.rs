use super::{Created, make, refused};
use crate::{
    CalendarId, CalendarUserId, Event, EventId, Link, NewEvent, Newfies, ServerTime,
    workflows::{Refusal, Reminder, find as rows},
};
use care_client_core::Error;
use serde_json::{Map, Value};

/// The calendar's event with the reminder's title and start.
pub(super) async fn ensure(
    newfies: &Newfies,
    reminder: &Reminder,
    user: CalendarUserId,
    calendar: CalendarId,
    made: &mut Vec<Created>,
) -> Result<EventId, Error> {
    if let Some(event) = find(newfies, reminder, calendar).await? {
        return match &reminder.data {
            Some(data) if !has(&event, data) => Err(refused::<Event>(Refusal::OtherData { event: event.id() }, made)),
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
    let event = make(newfies, new, || find(newfies, reminder, calendar)).await?;
    made.push(Created::Event(event.id()));
    Ok(event.id())
}

/// Whether these are the event's data, which some servers may give as text.
fn has(event: &Event, data: &Map<String, Value>) -> bool {
    let known = match event.data.as_deref() {
        Some(Value::String(text)) => serde_json::from_str(text).ok(),
        known => known.cloned(),
    };
    known.as_ref().and_then(Value::as_object).map_or(data.is_empty(), |known| known == data)
}

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
