use crate::{Event, EventId, ServerTime, resource::row};
use care_client_core::{Link, Personal};
use serde::{Deserialize, Serialize};

/// What the list of an event's children has of each: less than the event itself.
///
/// Source: Newfies-Dialer, *Appointment Module*, "Get list of child from an event",
/// <https://github.com/newfies-dialer/newfies-dialer>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ChildEvent {
    /// Its link.
    pub url: Link<Event>,
    /// When it starts.
    pub start: ServerTime,
    /// When it ends.
    pub end: ServerTime,
    /// More about it.
    pub description: Option<Personal<String>>,
    /// Its title.
    pub title: Personal<String>,
}

row!(ChildEvent { times: [start, end], optional: [] });

impl ChildEvent {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> EventId {
        self.url.id()
    }
}
