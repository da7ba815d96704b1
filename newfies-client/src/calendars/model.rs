use super::{CalendarPatch, NewCalendar};
use crate::{
    CalendarId, CalendarUser, ServerTime,
    resource::{resource, row, writable},
};
use care_client_core::{
    Link, Personal,
    wire::{link, number},
};
use serde::{Deserialize, Serialize};

/// What the events of a calendar user are grouped by.
///
/// Source: Newfies-Dialer, *Appointment Module*, "Create a new Calendar",
/// <https://github.com/newfies-dialer/newfies-dialer>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Calendar {
    /// Its link.
    pub url: Link<Calendar>,
    /// Its name.
    pub name: Personal<String>,
    /// Whose it is; `None` for one that is nobody's and of no use.
    #[serde(default, with = "link::option")]
    pub user: Option<Link<CalendarUser>>,
    /// How many events may be at the same time; the server stores it and nothing else.
    #[serde(default, with = "number::option")]
    pub max_concurrent: Option<i64>,
    /// When it was made.
    pub created_date: Option<ServerTime>,
}

row!(Calendar { times: [], optional: [created_date] });
resource!(Calendar(CalendarId) = "calendar" as "calendars", superuser: false, row: Calendar, key: |row| row.url.id());
writable!(Calendar = "calendar" as "calendars": NewCalendar, NewCalendar, CalendarPatch);

impl Calendar {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> CalendarId {
        self.url.id()
    }
}
