//! The reply assistant: questions (entries), their answers (versions), and ordered sets of entries (groups).

mod entries;
mod groups;
mod versions;

pub use entries::{
    ListReplyAssistantEntries, NewReplyAssistantEntry, ReplyAssistantEntries, ReplyAssistantEntry,
    ReplyAssistantEntryPatch,
};
pub use groups::{
    ListReplyAssistantGroups, NewReplyAssistantGroup, ReplyAssistantGroup, ReplyAssistantGroupPatch,
    ReplyAssistantGroups,
};
pub use versions::{
    ListReplyAssistantVersions, NewReplyAssistantVersion, ReplyAssistantVersion, ReplyAssistantVersionPatch,
    ReplyAssistantVersions, TextFormat,
};
