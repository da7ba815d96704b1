use super::{EventPatch, NewEvent};
use crate::{
    Calendar, CalendarUser, EventId, EventStatus, Rule, ServerTime,
    resource::{resource, row, writable},
};
use care_client_core::{
    Link, Personal,
    wire::{link, number},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What is to happen when.
///
/// Source: Newfies-Dialer, *Appointment Module*, "Create a new Event",
/// <https://github.com/newfies-dialer/newfies-dialer>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Event {
    /// Its link.
    pub url: Link<Event>,
    /// Its title.
    pub title: Personal<String>,
    /// More about it.
    pub description: Option<Personal<String>>,
    /// When it starts.
    pub start: ServerTime,
    /// When it ends.
    pub end: ServerTime,
    /// The calendar user who made it.
    #[serde(default, with = "link::option")]
    pub creator: Option<Link<CalendarUser>>,
    /// When it was made. The last made child is the last of its series.
    pub created_on: Option<ServerTime>,
    /// Until when it was to happen again. The server stores it and goes on.
    pub end_recurring_period: Option<ServerTime>,
    /// By what it happens again.
    #[serde(default, with = "link::option")]
    pub rule: Option<Link<Rule>>,
    /// Its calendar.
    #[serde(default, with = "link::option")]
    pub calendar: Option<Link<Calendar>>,
    /// The server stores it and doesn't count.
    #[serde(default, with = "number::option")]
    pub notify_count: Option<i64>,
    /// Where it stands.
    pub status: Option<EventStatus>,
    /// Values for the texts that calls and SMS are made of.
    pub data: Option<Personal<Value>>,
    /// The root of its series, if it is a child; not the occurrence before it.
    #[serde(default, with = "link::option")]
    pub parent_event: Option<Link<Event>>,
    /// Its number in the series, beginning with 0.
    #[serde(default, with = "number::option")]
    pub occ_count: Option<i64>,
}

row!(Event { times: [start, end], optional: [created_on, end_recurring_period] });
resource!(Event(EventId) = "event" as "events", superuser: false, row: Event, key: |row| row.url.id());
writable!(Event = "event" as "events": NewEvent, NewEvent, EventPatch);

impl Event {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> EventId {
        self.url.id()
    }
}
