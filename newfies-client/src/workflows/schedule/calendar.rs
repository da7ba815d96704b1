use super::{Created, make};
use crate::{Calendar, CalendarId, CalendarUserId, Link, NewCalendar, Newfies, workflows::find as rows};
use care_client_core::Error;

/// The user's calendar with this name.
pub(super) async fn ensure(
    newfies: &Newfies,
    user: CalendarUserId,
    name: &str,
    made: &mut Vec<Created>,
) -> Result<CalendarId, Error> {
    if let Some(calendar) = find(newfies, user, name).await? {
        return Ok(calendar.id());
    }
    let calendar = make(newfies, NewCalendar::new(name, user), || find(newfies, user, name)).await?;
    made.push(Created::Calendar(calendar.id()));
    Ok(calendar.id())
}

pub(super) async fn find(newfies: &Newfies, user: CalendarUserId, name: &str) -> Result<Option<Calendar>, Error> {
    let is_it = |row: &Calendar| *row.name == name && row.user == Some(Link::to(user));
    rows::first::<Calendar>(newfies, is_it, |row| row.id().get()).await
}
