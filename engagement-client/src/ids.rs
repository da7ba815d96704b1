//! The names of the service's objects: text, compared and sent as it is.
//!
//! All samples have 24 hexadecimal digits, but no document says so, and some have numbers: defect [`ENG-07`](crate::defects).

use care_client_core::Error;

care_client_core::wire::text_id! {
    /// The id of an intervention.
    pub struct InterventionId;
    /// The id of a content: one message of a conversation.
    pub struct ContentId;
    /// The id of a thread: a conversation.
    pub struct ThreadId;
    /// The id of a source: a channel that messages come from, such as a mailbox or a page.
    pub struct SourceId;
    /// The id of an identity: a customer as one channel knows them.
    pub struct IdentityId;
    /// The id of a group of identities that are the same customer.
    pub struct IdentityGroupId;
    /// The id of a user: an agent, or another person or program with an account.
    pub struct UserId;
    /// The id of a category.
    pub struct CategoryId;
    /// The id of a survey.
    pub struct SurveyId;
    /// The id of a customer's answer to a survey.
    pub struct SurveyResponseId;
}

/// Gives ids a check of what is sent in a query, where an empty one would mean something else.
macro_rules! checked {
    ($($name:ident)+) => {$(
        impl $name {
            /// # Errors
            ///
            /// [`Kind::Request`](crate::Kind::Request) if it is empty, or holds what no id can.
            pub(crate) fn check(&self, what: &str) -> Result<(), Error> {
                match flaw(self.as_str()) {
                    Some(flaw) => Err(Error::request(format!("the id of {what} {flaw}"))),
                    None => Ok(()),
                }
            }
        }
    )+};
}

checked! { InterventionId ContentId ThreadId IdentityId IdentityGroupId UserId CategoryId }

impl UserId {
    /// Why it can be no id.
    pub(crate) fn flaw(&self) -> Option<&'static str> {
        flaw(self.as_str())
    }
}

fn flaw(text: &str) -> Option<&'static str> {
    if text.trim().is_empty() {
        Some("is empty")
    } else if text.contains(',') {
        // ENG-11: a joined list would be taken for one id that nobody has.
        Some("holds a comma: give each id by itself")
    } else if text.chars().any(|c| c.is_control() || c.is_whitespace()) {
        Some("holds a blank or a line break: see that it was read as a whole and alone")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use care_client_core::Kind;

    #[test]
    fn what_can_be_no_id_is_refused_without_being_quoted() {
        // ENG-11
        for (text, tells) in [("", "empty"), ("  ", "empty"), ("CANARY,b", "by itself"), ("CANARY\n", "line break")] {
            let error = CategoryId::from(text).check("a category").unwrap_err();
            assert_eq!(error.kind(), Kind::Request, "{text:?}");
            let shown = format!("{error} {error:?} {}", error.report());
            assert!(shown.contains(tells) && shown.contains("a category") && !shown.contains("CANARY"), "{shown}");
        }
    }

    #[test]
    fn any_other_text_is_an_id_as_it_is() {
        // ENG-07
        for text in ["64b0c3a1f2d94e0007a1b2c3", "1", "me", "A-1", "é", "a/b", "."] {
            assert!(UserId::from(text).check("the user").is_ok(), "{text}");
        }
    }
}
