use super::CustomFields;
use crate::{
    CategoryId, ContentId, IdentityGroupId, IdentityId, InterventionId, SourceId, SurveyId, SurveyResponseId, ThreadId,
    UserId,
};
use care_client_core::wire::{number, timestamp};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What agents do for a customer in one conversation, from its opening to its closing.
///
/// The specification requires nothing but the id, and null comes where it isn't announced, so all else may be missing: an
/// absent value is not a value of zero or `false`. Durations are in seconds in all samples; their unit isn't documented
/// (defect [`ENG-26`](crate::defects)). Those whose name ends in `_bh` count business hours only.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "Intervention", and *developer guide*,
/// `docs/digital/exports/main-export-fields.md`, <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Intervention {
    /// Its id.
    pub id: InterventionId,
    /// When it was opened, to the second.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When it last changed, to the second.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
    /// The source that the conversation comes from.
    pub source_id: Option<SourceId>,
    /// The conversation.
    pub thread_id: Option<ThreadId>,
    /// The content that it was opened on.
    pub content_id: Option<ContentId>,
    /// The customer, as this channel knows them.
    pub identity_id: Option<IdentityId>,
    /// The customer on all channels. Many customers have no group.
    pub identity_group_id: Option<IdentityGroupId>,
    /// The user who is in charge of it.
    pub user_id: Option<UserId>,
    /// Its categories; empty if it has none, and `None` if the answer doesn't tell.
    pub category_ids: Option<Vec<CategoryId>>,
    /// Whether it is closed. [`status`](Self::status) is no substitute, and [`closed_at`](Self::closed_at) neither.
    pub closed: Option<bool>,
    /// In the vendor's exports the date of the last reply of an agent, not of the closing; set in a sample that isn't closed.
    #[serde(default, with = "timestamp::option")]
    pub closed_at: Option<DateTime<Utc>>,
    /// Until when it is put off.
    #[serde(default, with = "timestamp::option")]
    pub deferred_at: Option<DateTime<Utc>>,
    /// A label in the language of the account, to show to a person: defect [`ENG-04`](crate::defects). Whether it is closed is
    /// told by [`closed`](Self::closed).
    pub status: Option<String>,
    /// How many internal comments it has.
    #[serde(default, with = "number::option")]
    pub comments_count: Option<u64>,
    /// How many replies of agents it has. With none it can be cancelled, with some it can be closed.
    #[serde(default, with = "number::option")]
    pub user_replies_count: Option<u64>,
    /// The first reply of an agent.
    pub first_user_reply_id: Option<ContentId>,
    /// How long the first reply took.
    #[serde(default, with = "number::option")]
    pub first_user_reply_in: Option<i64>,
    /// The same in business hours.
    #[serde(default, with = "number::option")]
    pub first_user_reply_in_bh: Option<i64>,
    /// How long it took until the last reply: the duration of the whole.
    #[serde(default, with = "number::option")]
    pub last_user_reply_in: Option<i64>,
    /// The same in business hours.
    #[serde(default, with = "number::option")]
    pub last_user_reply_in_bh: Option<i64>,
    /// How long a reply took on average.
    #[serde(default, with = "number::option")]
    pub user_reply_in_average: Option<i64>,
    /// The same in business hours.
    #[serde(default, with = "number::option")]
    pub user_reply_in_average_bh: Option<i64>,
    /// How many exchanges with the customer the averages are of: their weight.
    #[serde(default, with = "number::option")]
    pub user_reply_in_average_count: Option<u64>,
    /// The language that was detected; with automatic translation only.
    pub detected_language: Option<String>,
    /// Whether it is translated; with automatic translation only.
    pub translation_enabled: Option<bool>,
    /// How satisfied the customer was; with the extension for that only.
    #[serde(default, with = "number::option")]
    pub satisfaction_grade: Option<i64>,
    /// When the customer was asked; with that extension only.
    #[serde(default, with = "timestamp::option")]
    pub satisfaction_sent_at: Option<DateTime<Utc>>,
    /// When the customer answered; with that extension only.
    #[serde(default, with = "timestamp::option")]
    pub satisfaction_answered_at: Option<DateTime<Utc>>,
    /// The survey; with that extension only.
    pub survey_id: Option<SurveyId>,
    /// The customer's answer to the survey; with that extension only.
    pub survey_response_id: Option<SurveyResponseId>,
    /// The fields that the account has added.
    #[serde(flatten)]
    pub custom_fields: CustomFields,
}

impl Intervention {
    /// Whether the service says that it is closed. `false` if it says the opposite, or nothing.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.closed == Some(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_the_id_is_needed_and_what_is_missing_is_not_closed() {
        let bare: Intervention = serde_json::from_str(r#"{"id":"1"}"#).unwrap();
        assert_eq!((bare.closed, bare.is_closed(), bare.category_ids.is_none()), (None, false, true));
        for (text, closed) in [(r#"{"id":"1","closed":false}"#, false), (r#"{"id":"1","closed":true}"#, true)] {
            assert_eq!(serde_json::from_str::<Intervention>(text).unwrap().is_closed(), closed);
        }
        assert!(serde_json::from_str::<Intervention>("{}").is_err());
    }

    #[test]
    fn numbers_and_dates_are_read_in_the_forms_that_they_come_in() {
        // ENG-05, ENG-06, ENG-07
        let text = r#"{"id":7,"user_replies_count":"2","first_user_reply_in":5000000000,"last_user_reply_in":-1,
            "created_at":"2024-03-05T09:12:44Z","updated_at":"2024-03-05T09:12:44.512Z","category_ids":[7,"a"]}"#;
        let read: Intervention = serde_json::from_str(text).unwrap();
        assert_eq!((read.id.as_str(), read.user_replies_count), ("7", Some(2)));
        assert_eq!((read.first_user_reply_in, read.last_user_reply_in), (Some(5_000_000_000), Some(-1)));
        assert_eq!(read.category_ids, Some(vec!["7".into(), "a".into()]));
        let after = read.updated_at.unwrap() - read.created_at.unwrap();
        assert_eq!(after.num_milliseconds(), 512);
    }
}
