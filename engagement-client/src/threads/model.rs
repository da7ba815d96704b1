//! The thread, as the service answers it.

use crate::ids::{CategoryId, ContentId, IdentityId, SourceId, ThreadId, UserId};
use care_client_core::{
    Personal,
    wire::{number, timestamp},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A thread: a conversation with a customer on one source.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "Thread" and "MessagingThread",
/// <https://github.com/ringcentral/engage-digital-api-docs>. The fields without a word there were seen in answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Thread {
    /// The thread's id.
    pub id: ThreadId,
    /// Its title, such as the subject of a mail. Personal data.
    pub title: Option<Personal<String>>,
    /// Its source.
    pub source_id: Option<SourceId>,
    /// Its id on the source.
    pub foreign_id: Option<Personal<String>>,
    /// Whether it takes no more messages. It may lag behind, since closing and opening are jobs.
    pub closed: Option<bool>,
    /// Whether the customer can't write text. Messaging sources only.
    pub disable_text_input: Option<bool>,
    /// The categories of the thread and of what is in it.
    pub category_ids: Option<Vec<CategoryId>>,
    /// The categories of the thread itself.
    pub thread_category_ids: Option<Vec<CategoryId>>,
    /// How many messages it has.
    #[serde(default, with = "number::option")]
    pub contents_count: Option<u64>,
    /// How many interventions it has.
    #[serde(default, with = "number::option")]
    pub interventions_count: Option<u64>,
    /// What depends on the kind of the source. Personal data.
    pub extra_data: Option<Personal<Map<String, Value>>>,
    /// Its first message.
    pub first_content_id: Option<ContentId>,
    /// The author of its first message.
    pub first_content_author_id: Option<IdentityId>,
    /// Its last message.
    pub last_content_id: Option<ContentId>,
    /// When its last message came.
    #[serde(default, with = "timestamp::option")]
    pub last_content_at: Option<DateTime<Utc>>,
    /// When it was categorized first.
    #[serde(default, with = "timestamp::option")]
    pub first_categorization_at: Option<DateTime<Utc>>,
    /// The users who have had an intervention in it.
    pub intervention_user_ids: Option<Vec<UserId>>,
    /// The users who have an open intervention in it.
    pub opened_intervention_user_ids: Option<Vec<UserId>>,
    /// When it was created.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When it was changed last.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
}
