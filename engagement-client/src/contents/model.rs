//! The content, as the service answers it.

use crate::{
    attachments::ContentAttachment,
    contents::{ContentStatus, SynchronizationStatus, TranslationStatus},
    ids::{CategoryId, ContentId, IdentityGroupId, IdentityId, InterventionId, SourceId, ThreadId, UserId},
    reply_assistant::TextFormat,
};
use care_client_core::{
    Personal,
    wire::{number, timestamp},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A content: one message of a conversation, of a customer or of an agent.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "Content",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Content {
    /// Its id.
    pub id: ContentId,
    /// The text as it came; `None` if it holds attachments alone. Personal data.
    pub body: Option<Personal<String>>,
    /// The text, as text and as HTML.
    pub body_formatted: Option<FormattedBody>,
    /// The format in which it was written.
    pub body_input_format: Option<TextFormat>,
    /// The title, such as the subject of a mail.
    pub title: Option<Personal<String>>,
    /// The identity that wrote it.
    pub author_id: Option<IdentityId>,
    /// The user who wrote it; `None` for customers.
    pub creator_id: Option<UserId>,
    /// Where it comes from, such as `synchronizer`, `interface` or `api`.
    pub created_from: Option<String>,
    /// Its source.
    pub source_id: Option<SourceId>,
    /// The kind of the source.
    pub source_type: Option<String>,
    /// Its address on the source.
    pub source_url: Option<Personal<String>>,
    /// The conversation.
    pub thread_id: Option<ThreadId>,
    /// The intervention; `None` without one.
    pub intervention_id: Option<InterventionId>,
    /// The customer across all channels.
    pub identity_group_id: Option<IdentityGroupId>,
    /// The message that it answers.
    pub in_reply_to_id: Option<ContentId>,
    /// The author of the message that it answers.
    pub in_reply_to_author_id: Option<IdentityId>,
    /// Whether it is the first of its conversation.
    pub first_in_thread: Option<bool>,
    /// Its id on the source.
    pub foreign_id: Option<Personal<String>>,
    /// The categories that the source gives it.
    pub foreign_categories: Option<Vec<String>>,
    /// Its categories, or else those of its intervention or thread.
    pub category_ids: Option<Vec<CategoryId>>,
    /// Where it stands.
    pub status: Option<ContentStatus>,
    /// Whether it is published.
    pub published: Option<bool>,
    /// Whether it waits for a supervisor before it is sent.
    pub approval_required: Option<bool>,
    /// Whether it is private.
    pub private_message: Option<bool>,
    /// Whether it is an automatic message, such as a survey.
    pub auto_submitted: Option<bool>,
    /// Whether it was deleted on the source.
    pub remotely_deleted: Option<bool>,
    /// Whether the source has it.
    pub synchronization_status: Option<SynchronizationStatus>,
    /// Why sending it failed.
    pub synchronization_error: Option<Personal<String>>,
    /// Its attachments.
    pub attachments: Option<Vec<ContentAttachment>>,
    /// How many attachments it has.
    #[serde(default, with = "number::option")]
    pub attachments_count: Option<i64>,
    /// Values of custom fields that came with it.
    pub context_data: Option<Personal<Map<String, Value>>>,
    /// The headers of a mail.
    pub headers: Option<Personal<Map<String, Value>>>,
    /// Its language.
    pub language: Option<String>,
    /// The rating of a review.
    #[serde(default, with = "number::option")]
    pub rating: Option<i64>,
    /// The rating by a thumb: `THUMBS_UP` or `THUMBS_DOWN`. Engage Messaging only.
    pub rated_with: Option<String>,
    /// The reason of the rating. Engage Messaging only.
    pub rating_reason: Option<Personal<String>>,
    /// Its kind on the source, such as `question`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// The text before its translation.
    pub original_body: Option<Personal<String>>,
    /// The translated text.
    pub translated_body: Option<Personal<String>>,
    /// The language that it was translated from.
    pub source_language: Option<String>,
    /// The language that it was translated to.
    pub target_language: Option<String>,
    /// How the translation went.
    pub translation_status: Option<TranslationStatus>,
    /// Why the translation failed.
    pub translation_error: Option<String>,
    /// The kinds of structured messages that can answer it.
    pub capabilities_supported: Option<Vec<String>>,
    /// A structured message, as it was sent.
    pub structured_content: Option<Personal<Map<String, Value>>>,
    /// Whether structured messages can answer it. In no document; seen in answers.
    pub structured_content_supported: Option<bool>,
    /// The customer's answer to a structured message; its shape depends on the kind.
    pub structured_reply: Option<Personal<Map<String, Value>>>,
    /// When it was created.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When it was changed last.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
}

/// The text of a message in both formats.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "ContentBodyFormatted",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FormattedBody {
    /// As HTML. It is the customer's: don't show it unsanitized.
    pub html: Option<Personal<String>>,
    /// As text.
    pub text: Option<Personal<String>>,
}
