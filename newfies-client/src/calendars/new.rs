use crate::{
    CalendarUser,
    resource::payload,
    wire::{Body, clears, setters},
};
use care_client_core::Link;

/// A calendar that is to be made or put in place of another: `newfies.calendars().create(NewCalendar::new(..))`.
///
/// It always has a user: the server takes one without, which can hold no event (defect [`NEWF-27`](crate::defects)).
#[derive(Debug, Clone, PartialEq)]
pub struct NewCalendar {
    body: Body,
}

/// What to change of a calendar. What isn't named stays as it is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CalendarPatch {
    body: Body,
}

impl NewCalendar {
    /// A calendar with this name, 200 characters at most, of this user.
    pub fn new(name: impl Into<String>, user: impl Into<Link<CalendarUser>>) -> Self {
        // NEWF-27
        Self { body: Body::default().with("name", name.into()).with("user", user.into()) }
    }
}

impl CalendarPatch {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }
}

setters!([NewCalendar, CalendarPatch] {
    /// Sets how many events may be at the same time. The server stores it and doesn't look at it. Default: 0.
    fn max_concurrent(events: i32) => events;
});

setters!([CalendarPatch] {
    /// Sets the name, 200 characters at most.
    fn name(name: impl Into<String>) => name.into();
    /// Gives it to another user whom the caller manages.
    fn user(user: impl Into<Link<CalendarUser>>) => user.into();
});

clears!(CalendarPatch {
    /// Empties how many events may be at the same time.
    clear_max_concurrent => max_concurrent;
});

payload!(NewCalendar { not_blank: ["name"] });
payload!(CalendarPatch { not_blank: ["name"] });
