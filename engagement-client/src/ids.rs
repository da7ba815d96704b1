//! Ids of the service's objects: text that is compared and sent unchanged.
//!
//! Most samples show 24 hexadecimal digits and some show numbers, but no document defines the format (defect
//! [`ENG-07`](crate::defects)). So any text is accepted, except one that would address or filter something else: empty
//! text, blanks and control characters, and commas, which would join several ids into one.

use care_client_core::Error;
use std::{fmt::Debug, hash::Hash};

care_client_core::wire::text_id! {
    /// The id of an intervention.
    pub struct InterventionId;
    /// The id of a content: one message of a conversation.
    pub struct ContentId;
    /// The id of a thread: a conversation.
    pub struct ThreadId;
    /// The id of a source: a channel that messages come from, such as a mailbox or a page.
    pub struct SourceId;
    /// The id of an identity: a customer as known to one channel.
    pub struct IdentityId;
    /// The id of an identity group: identities of the same customer.
    pub struct IdentityGroupId;
    /// The id of a user: an agent, or another person or program with an account.
    pub struct UserId;
    /// The id of a category.
    pub struct CategoryId;
    /// The id of a survey.
    pub struct SurveyId;
    /// The id of a customer's answer to a survey.
    pub struct SurveyResponseId;
    /// The id of an attachment.
    pub struct AttachmentId;
    /// The id of a community: the account of a social network, or the like, that sources belong to.
    pub struct CommunityId;
    /// The id of a channel: a group of sources that agents take tasks from.
    pub struct ChannelId;
    /// The id of a comment on an intervention, which only agents see.
    pub struct InterventionCommentId;
    /// The id of an entry in the journal of events.
    pub struct EventId;
    /// The id of an access token; not the token.
    pub struct AccessTokenId;
    /// The id of a webhook.
    pub struct WebhookId;
    /// The id of the definition of a custom field.
    pub struct CustomFieldId;
    /// The id of a folder of threads.
    pub struct FolderId;
    /// The id of a presence status.
    pub struct PresenceStatusId;
    /// The id of a reply assistant's entry.
    pub struct ReplyAssistantEntryId;
    /// The id of a reply assistant's group.
    pub struct ReplyAssistantGroupId;
    /// The id of a reply assistant's version: the text of an entry in one language.
    pub struct ReplyAssistantVersionId;
    /// The id of a role.
    pub struct RoleId;
    /// The id of a tag.
    pub struct TagId;
    /// The id of a task.
    pub struct TaskId;
    /// The id of a team.
    pub struct TeamId;
    /// The id of a time sheet.
    pub struct TimeSheetId;
    /// The id of a topology: the steps by which tasks are routed.
    pub struct TopologyId;
    /// The id of a user's capacity.
    pub struct UserCapacityId;
    /// The id of a user's signature.
    pub struct UserSignatureId;
}

/// An id of any kind of object. Implemented by this crate's ids only.
pub trait ObjectId:
    sealed::Sealed + Clone + PartialEq + Eq + Hash + Debug + for<'a> From<&'a str> + Send + Sync + 'static
{
    /// The id itself.
    fn text(&self) -> &str;

    /// Why this is not a valid id.
    #[doc(hidden)]
    fn validation_error(&self) -> Option<&'static str> {
        validation_error(self.text())
    }

    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if it is empty or holds a character that no id may hold.
    #[doc(hidden)]
    fn check(&self, what: &str) -> Result<(), Error> {
        match self.validation_error() {
            Some(error) => Err(Error::request(format!("the id of {what} {error}"))),
            None => Ok(()),
        }
    }
}

mod sealed {
    pub trait Sealed {}
}

macro_rules! object_ids {
    ($($name:ident)+) => {$(
        impl sealed::Sealed for $name {}

        impl ObjectId for $name {
            fn text(&self) -> &str {
                self.as_str()
            }
        }
    )+};
}

object_ids! {
    InterventionId ContentId ThreadId SourceId IdentityId IdentityGroupId UserId CategoryId SurveyId
    SurveyResponseId AttachmentId CommunityId ChannelId InterventionCommentId EventId WebhookId AccessTokenId
    CustomFieldId FolderId PresenceStatusId ReplyAssistantEntryId ReplyAssistantGroupId ReplyAssistantVersionId
    RoleId TagId TaskId TeamId TimeSheetId TopologyId UserCapacityId UserSignatureId
}

fn validation_error(text: &str) -> Option<&'static str> {
    if text.trim().is_empty() {
        Some("is empty")
    } else if text.contains(',') {
        // ENG-11: a joined list would be read as a single id that doesn't exist.
        Some("contains a comma: pass each id separately")
    } else if text.chars().any(|c| c.is_control() || c.is_whitespace()) {
        Some("contains whitespace or a control character: check for a trailing newline")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use care_client_core::Kind;

    #[test]
    fn an_invalid_id_is_rejected_without_being_quoted() {
        // ENG-11
        for (text, expected) in [("", "empty"), ("  ", "empty"), ("CANARY,b", "separately"), ("CANARY\n", "newline")] {
            let error = CategoryId::from(text).check("a category").unwrap_err();
            assert_eq!(error.kind(), Kind::Request, "{text:?}");
            let shown = format!("{error} {error:?} {}", error.report());
            assert!(shown.contains(expected) && shown.contains("a category") && !shown.contains("CANARY"), "{shown}");
        }
    }

    #[test]
    fn any_other_text_is_a_valid_id() {
        // ENG-07
        for text in ["64b0c3a1f2d94e0007a1b2c3", "1", "me", "A-1", "é", "a/b", "."] {
            assert!(UserId::from(text).check("the user").is_ok(), "{text}");
        }
    }
}
