use crate::{
    calendar_users::CalendarUser,
    endpoints::own_links,
    ids::CalendarId,
    payload::{Body, clears, fields, patch, payload},
    resource::{resource, row},
    time::ServerTime,
};
use care_client_core::{
    Link, Personal,
    wire::{link, number},
};
use serde::{Deserialize, Serialize};

/// A group of a calendar user's events.
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
    /// The calendar user it belongs to; `None` for one that belongs to nobody and can hold no event.
    #[serde(default, with = "link::option")]
    pub user: Option<Link<CalendarUser>>,
    /// The number of events allowed at the same time; the server stores it and doesn't enforce it.
    #[serde(default, with = "number::option")]
    pub max_concurrent: Option<i64>,
    /// When it was created.
    pub created_date: Option<ServerTime>,
}

row!(Calendar { times: [], optional: [created_date] });
resource!(linked Calendar(CalendarId) at "calendar", named "calendars" {
    rights: Grantable,
    rows: Calendar by |row| row.url.id(),
    writes: NewCalendar, NewCalendar, CalendarPatch with FIELDS,
    hint: own_links,
});

impl Calendar {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> CalendarId {
        self.url.id()
    }
}

/// A calendar to create, or to replace another with: `newfies.calendars().create(NewCalendar::new(..))`.
///
/// It always has a user: the server accepts a calendar without one, which can hold no event (defect
/// [`NEWF-27`](crate::defects)).
#[derive(Debug, Clone, PartialEq)]
pub struct NewCalendar {
    body: Body,
}

/// Changes to a calendar. Fields that aren't set stay as they are.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CalendarPatch {
    body: Body,
}

impl NewCalendar {
    /// A calendar of this user with this name, at most 200 characters.
    pub fn new(name: impl Into<String>, user: impl Into<Link<CalendarUser>>) -> Self {
        // NEWF-27
        Self { body: Body::default() }.name(name).user(user)
    }
}

fields! {
    [NewCalendar, CalendarPatch]: {
        /// Sets the number of events allowed at the same time. The server stores it and doesn't enforce it. Default: 0.
        fn max_concurrent(events: i32) => events;
    }
    [CalendarPatch] given [NewCalendar]: {
        /// Sets the name, at most 200 characters.
        fn name(name: impl Into<String>) => name.into();
        /// Moves it to another user whom the caller manages.
        fn user(user: impl Into<Link<CalendarUser>>) => user.into();
    }
}

clears!(CalendarPatch {
    /// Clears the number of events allowed at the same time.
    clear_max_concurrent => max_concurrent;
});

payload!(NewCalendar { not_blank: [name] });
patch!(CalendarPatch { not_blank: [name] });
