//! The reply assistant: questions (entries), their answers (versions), and ordered sets of entries (groups).

mod entries;
mod groups;
mod versions;

pub use entries::{NewReplyAssistantEntry, ReplyAssistantEntries, ReplyAssistantEntry, ReplyAssistantEntryPatch};
pub use groups::{NewReplyAssistantGroup, ReplyAssistantGroup, ReplyAssistantGroupPatch, ReplyAssistantGroups};
pub use versions::{
    NewReplyAssistantVersion, ReplyAssistantVersion, ReplyAssistantVersionPatch, ReplyAssistantVersions, TextFormat,
};
