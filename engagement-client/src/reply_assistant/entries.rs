//! Entries of the reply assistant: questions that agents look up.

use crate::{
    endpoints::{List, New, Patch},
    handle::{handle, operations},
    ids::{CategoryId, ReplyAssistantEntryId, ReplyAssistantGroupId, ReplyAssistantVersionId, SourceId},
    params::setters,
    resource::{creatable, resource},
};
use care_client_core::wire::timestamp;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize};

/// An entry of the reply assistant: a question that agents look up. Its answers are
/// [versions](crate::ReplyAssistantVersion).
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "ReplyAssistantEntry",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ReplyAssistantEntry {
    /// Its id.
    pub id: ReplyAssistantEntryId,
    /// The question.
    pub label: Option<String>,
    /// Its id in another system.
    pub foreign_id: Option<String>,
    /// The group that it is in.
    pub entry_group_id: Option<ReplyAssistantGroupId>,
    /// Its categories.
    pub category_ids: Option<Vec<CategoryId>>,
    /// The sources that it is for; empty for all.
    pub source_ids: Option<Vec<SourceId>>,
    /// Its answers.
    pub version_ids: Option<Vec<ReplyAssistantVersionId>>,
    /// The words that insert it.
    #[serde(default, deserialize_with = "one_or_several")]
    pub shortcuts: Option<Vec<String>>,
    /// When it was created.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When it was changed last.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
}

/// The specification declares one text in the answer, while the request takes several.
fn one_or_several<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<String>>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Texts {
        One(String),
        Several(Vec<String>),
    }
    Ok(Option::deserialize(deserializer)?.map(|texts| match texts {
        Texts::One(text) if text.is_empty() => Vec::new(),
        Texts::One(text) => vec![text],
        Texts::Several(texts) => texts,
    }))
}

resource! {
    ReplyAssistantEntry(ReplyAssistantEntryId) at "reply_assistant/entries", called "the entry",
    named "reply_assistant.entries" { list, get, update, delete }
}

/// A list of entries of the reply assistant, with its filters.
pub type ListReplyAssistantEntries = List<ReplyAssistantEntry>;
creatable! { ReplyAssistantEntry at "reply_assistant/entries", named "reply_assistant.entries", needs ["label"] }

/// A new entry. Made by [`NewReplyAssistantEntry::labelled`].
pub type NewReplyAssistantEntry = New<ReplyAssistantEntry>;
/// A change of an entry.
pub type ReplyAssistantEntryPatch = Patch<ReplyAssistantEntry>;

impl New<ReplyAssistantEntry> {
    /// An entry for this question.
    pub fn labelled(label: impl Into<String>) -> Self {
        let mut new = Self::empty();
        new.params.set("label", label.into());
        new
    }
}

setters! {
    impl Patch<ReplyAssistantEntry> {
        /// Sets the question.
        text label("label");
        /// Sets its id in another system.
        text foreign_id("foreign_id");
        /// Sets its categories; none clears them.
        ids categories("category_ids[]"): CategoryId;
        /// Sets the words that insert it; none clears them.
        texts shortcuts("shortcuts[]");
        /// Puts it into this group.
        id group("entry_group_id"): ReplyAssistantGroupId;
        /// Sets the sources that it is for; none is all.
        ids sources("source_ids[]"): SourceId;
    }
}

handle! {
    /// The operations on the entries of the reply assistant. Changes need the permission `manage_reply_assistant`.
    /// Returned by [`Engagement::reply_assistant_entries`](crate::Engagement::reply_assistant_entries).
    ReplyAssistantEntries
}

operations! {
    ReplyAssistantEntries of ReplyAssistantEntry(ReplyAssistantEntryId) at "reply_assistant/entries",
    called "entry", "entries";
    /// Oldest first.
    list,
    get,
    create,
    update,
    delete
}
