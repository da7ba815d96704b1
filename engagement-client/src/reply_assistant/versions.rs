//! Versions of the reply assistant: answers by language and source.

use crate::{
    endpoints::{List, New, Patch},
    handle::{handle, operations},
    ids::{ReplyAssistantEntryId, ReplyAssistantVersionId, SourceId},
    params::setters,
    resource::{creatable, resource},
};
use care_client_core::wire::{number, open_enum, timestamp};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

open_enum! {
    /// The format of a text.
    pub enum TextFormat {
        /// Plain text.
        Text = "text",
        /// HTML.
        Html = "html",
    }
}

/// A version of the reply assistant: the answer to an entry, in one language and for some sources.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "ReplyAssistantVersion",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ReplyAssistantVersion {
    /// Its id.
    pub id: ReplyAssistantVersionId,
    /// The answer.
    pub body: Option<String>,
    /// The entry that it answers.
    pub entry_id: Option<ReplyAssistantEntryId>,
    /// Its format.
    pub format: Option<TextFormat>,
    /// Its language.
    pub language: Option<String>,
    /// The sources that it is for; empty for all.
    pub source_ids: Option<Vec<SourceId>>,
    /// How many attachments it has.
    #[serde(default, with = "number::option")]
    pub attachments_count: Option<i64>,
    /// When it was created.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When it was changed last.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
}

resource! {
    ReplyAssistantVersion(ReplyAssistantVersionId) at "reply_assistant/versions", called "the version",
    named "reply_assistant.versions" { list, get, update, delete }
}

/// A list of versions of the reply assistant, with its filters.
pub type ListReplyAssistantVersions = List<ReplyAssistantVersion>;
creatable! {
    ReplyAssistantVersion at "reply_assistant/versions",
    named "reply_assistant.versions", needs ["body", "entry_id"]
}

/// A new version. Made by [`NewReplyAssistantVersion::of`].
pub type NewReplyAssistantVersion = New<ReplyAssistantVersion>;
/// A change of a version.
pub type ReplyAssistantVersionPatch = Patch<ReplyAssistantVersion>;

impl New<ReplyAssistantVersion> {
    /// The answer to this entry.
    pub fn of(entry: impl Into<ReplyAssistantEntryId>, body: impl Into<String>) -> Self {
        let mut new = Self::empty();
        new.params.id("entry_id", &entry.into());
        new.params.set("body", body.into());
        new
    }
}

setters! {
    impl New<ReplyAssistantVersion> {
        /// Sets the sources that it is for; none is all.
        ids sources("source_ids[]"): SourceId;
        /// Sets its format.
        value format("format"): TextFormat;
        /// Sets its language, such as `en`.
        text language("language");
    }
}
setters! {
    impl Patch<ReplyAssistantVersion> {
        /// Sets the answer.
        text body("body");
        /// Moves it to this entry.
        id entry("entry_id"): ReplyAssistantEntryId;
        /// Sets the sources that it is for; none is all.
        ids sources("source_ids[]"): SourceId;
        /// Sets its format.
        value format("format"): TextFormat;
        /// Sets its language, such as `en`.
        text language("language");
    }
}

handle! {
    /// The operations on the versions of the reply assistant. Changes need the permission `manage_reply_assistant`.
    /// Returned by [`Engagement::reply_assistant_versions`](crate::Engagement::reply_assistant_versions).
    ReplyAssistantVersions
}

operations! {
    ReplyAssistantVersions of ReplyAssistantVersion(ReplyAssistantVersionId) at "reply_assistant/versions",
    called "version", "versions";
    /// Oldest first.
    list,
    get,
    create,
    update,
    delete
}
