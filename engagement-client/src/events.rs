//! Events: the journal of what happened in the account.

use crate::{
    endpoints::List,
    handle::{handle, operations},
    ids::{CategoryId, ContentId, EventId, InterventionId, SourceId, TaskId, ThreadId, TimeSheetId, UserId},
    params::setters,
    resource::resource,
};
use care_client_core::{Personal, wire::timestamp};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// An entry in the journal of what happened in the account.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "Event",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Event {
    /// Its id.
    pub id: EventId,
    /// What happened, such as `category.created`. The names are many, and more than those of webhooks.
    pub name: Option<String>,
    /// The user who did it.
    pub user_id: Option<UserId>,
    /// What it was about. The service gives it for information only.
    pub extra_infos: Option<EventDetails>,
    /// When it was created.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When it was changed last.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
}

/// What an entry of the journal is about. Every field depends on the kind of event.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "EventExtraInfo",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EventDetails {
    /// How somebody logged in.
    pub authentication_strategy: Option<String>,
    /// A time sheet.
    #[serde(rename = "business/time_sheet_id")]
    pub time_sheet_id: Option<TimeSheetId>,
    /// Categories.
    pub category_ids: Option<Vec<CategoryId>>,
    /// Whether something was closed by the service.
    pub closed_automatically: Option<String>,
    /// A message.
    pub content_id: Option<ContentId>,
    /// A source.
    pub content_source_id: Option<SourceId>,
    /// A thread.
    pub content_thread_id: Option<ThreadId>,
    /// For how long something was deferred.
    pub deferred_duration: Option<String>,
    /// What was deleted.
    pub deletions: Option<Personal<Map<String, Value>>>,
    /// An id on a source.
    pub foreign_id: Option<Personal<String>>,
    /// An intervention.
    pub intervention_id: Option<InterventionId>,
    /// The address that a request came from.
    pub request_ip: Option<Personal<String>>,
    /// A task.
    pub task_id: Option<TaskId>,
    /// A user.
    pub user_id: Option<UserId>,
}

resource! { Event(EventId) at "events", called "the event", named "events" { list, get } }

/// A list of events, with its filters.
pub type ListEvents = List<Event>;

setters! {
    impl List<Event> {
        /// Searches by `content`, `content_thread`, `name_in`, `created_before`, `created_after` and `user`, such
        /// as `name_in:category.created`. Dates are ISO 8601.
        text search("q");
    }
}

handle! {
    /// The journal of what happened in the account. It needs the permission `read_event`.
    /// Returned by [`Engagement::events`](crate::Engagement::events).
    Events
}

operations! {
    Events of Event(EventId) at "events", called "event", "events";
    /// Newest first.
    list,
    get
}
