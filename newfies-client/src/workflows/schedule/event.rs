use super::{Made, make};
use crate::{
    CalendarId, CalendarUserId, Event, EventId, Link, NewEvent, Newfies, ServerTime,
    workflows::{Reminder, find as rows},
};
use care_client_core::Error;

/// The calendar's event with the reminder's title and start.
pub(super) async fn ensure(
    newfies: &Newfies,
    reminder: &Reminder,
    user: CalendarUserId,
    calendar: CalendarId,
    made: &mut Vec<Made>,
) -> Result<EventId, Error> {
    if let Some(event) = find(newfies, reminder, calendar).await? {
        return Ok(event.id());
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
    made.push(Made::Event(event.id()));
    Ok(event.id())
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
