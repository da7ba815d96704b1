//! The types of the answers: the intervention and its custom fields.

use crate::ids::{
    CategoryId, ContentId, IdentityGroupId, IdentityId, InterventionId, SourceId, SurveyId, SurveyResponseId, ThreadId,
    UserId,
};
use care_client_core::{
    Personal,
    wire::{number, timestamp},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

/// An intervention: what agents do for a customer in one conversation, from opening to closing.
///
/// The specification requires only the id, and answers contain undocumented nulls, so every other field is optional: an
/// absent value doesn't mean zero or `false`. Durations are in seconds in all samples; their unit isn't documented
/// (defect [`ENG-26`](crate::defects)). Fields that end in `_bh` count business hours only.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "Intervention", and *developer guide*,
/// `docs/digital/exports/main-export-fields.md`, <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Intervention {
    /// The intervention's id.
    pub id: InterventionId,
    /// The time of opening, in whole seconds.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// The time of the last change, in whole seconds.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
    /// The source of the conversation.
    pub source_id: Option<SourceId>,
    /// The conversation.
    pub thread_id: Option<ThreadId>,
    /// The content on which it was opened.
    pub content_id: Option<ContentId>,
    /// The customer, as known to this channel.
    pub identity_id: Option<IdentityId>,
    /// The customer across all channels. Many customers have no group.
    pub identity_group_id: Option<IdentityGroupId>,
    /// The user to whom it is assigned.
    pub user_id: Option<UserId>,
    /// The categories; empty if it has none, `None` if the answer doesn't say.
    pub category_ids: Option<Vec<CategoryId>>,
    /// Whether it is closed. [`status`](Self::status) is no substitute, and [`closed_at`](Self::closed_at) neither.
    pub closed: Option<bool>,
    /// In the vendor's exports the time of the last agent reply, not of the closing. One sample has it although it
    /// isn't closed.
    #[serde(default, with = "timestamp::option")]
    pub closed_at: Option<DateTime<Utc>>,
    /// The time until which it is deferred.
    #[serde(default, with = "timestamp::option")]
    pub deferred_at: Option<DateTime<Utc>>,
    /// A label for people, in the language of the account (defect [`ENG-04`](crate::defects)). To test whether it is
    /// closed, use [`closed`](Self::closed).
    pub status: Option<String>,
    /// The number of internal comments.
    #[serde(default, with = "number::option")]
    pub comments_count: Option<u64>,
    /// The number of agent replies. Without any it can be cancelled, otherwise it can be closed.
    #[serde(default, with = "number::option")]
    pub user_replies_count: Option<u64>,
    /// The first agent reply.
    pub first_user_reply_id: Option<ContentId>,
    /// The time until the first reply.
    #[serde(default, with = "number::option")]
    pub first_user_reply_in: Option<i64>,
    /// The same in business hours.
    #[serde(default, with = "number::option")]
    pub first_user_reply_in_bh: Option<i64>,
    /// The time until the last reply, which is the total duration.
    #[serde(default, with = "number::option")]
    pub last_user_reply_in: Option<i64>,
    /// The same in business hours.
    #[serde(default, with = "number::option")]
    pub last_user_reply_in_bh: Option<i64>,
    /// The average time until a reply.
    #[serde(default, with = "number::option")]
    pub user_reply_in_average: Option<i64>,
    /// The same in business hours.
    #[serde(default, with = "number::option")]
    pub user_reply_in_average_bh: Option<i64>,
    /// The number of exchanges with the customer that the averages are computed over.
    #[serde(default, with = "number::option")]
    pub user_reply_in_average_count: Option<u64>,
    /// The detected language; with automatic translation only.
    pub detected_language: Option<String>,
    /// Whether it is translated; with automatic translation only.
    pub translation_enabled: Option<bool>,
    /// The customer's satisfaction grade; with the satisfaction extension only.
    #[serde(default, with = "number::option")]
    pub satisfaction_grade: Option<i64>,
    /// The time at which the survey was sent; with the satisfaction extension only.
    #[serde(default, with = "timestamp::option")]
    pub satisfaction_sent_at: Option<DateTime<Utc>>,
    /// The time at which the customer answered; with the satisfaction extension only.
    #[serde(default, with = "timestamp::option")]
    pub satisfaction_answered_at: Option<DateTime<Utc>>,
    /// The survey; with the satisfaction extension only.
    pub survey_id: Option<SurveyId>,
    /// The customer's answer to the survey; with the satisfaction extension only.
    pub survey_response_id: Option<SurveyResponseId>,
    /// The fields that the account has defined.
    #[serde(flatten)]
    pub custom_fields: CustomFields,
}

impl Intervention {
    /// Whether the service says that it is closed. `false` if it says the opposite or nothing.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.closed == Some(true)
    }
}

/// The values of the fields that an account has added to its interventions, by the keys of their definitions.
///
/// A value is a text, a number, a boolean, a list of texts, or null. Values can hold personal data and are redacted in
/// `Debug`.
///
/// They are read under both of their names, `custom_field_values` in answers of the live service and `custom_fields` in
/// its specification, and serialized under the first (defect [`ENG-03`](crate::defects)).
///
/// ```
/// use engagement_client::Intervention;
///
/// # let body = r#"{"id": "64b0c3a1f2d94e0007a1b2c3",
/// #     "custom_fields": {"order_number": "A-1042", "topics": ["delivery"]}}"#;
/// # let intervention: Intervention = serde_json::from_str(body)?;
/// # fn show(intervention: &Intervention) {
/// println!("order {}", intervention.custom_fields.text("order_number").unwrap_or("unknown"));
/// # }
/// # show(&intervention);
/// assert_eq!(intervention.custom_fields.text("order_number"), Some("A-1042"));
/// assert!(intervention.custom_fields.get("topics").is_some_and(|topics| topics.is_array()));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct CustomFields {
    #[serde(rename = "custom_field_values", skip_serializing_if = "Option::is_none")]
    values: Option<Personal<Map<String, Value>>>,
}

/// Both names; an answer usually has one of them.
#[derive(Deserialize)]
struct Names {
    custom_field_values: Option<Map<String, Value>>,
    custom_fields: Option<Map<String, Value>>,
}

impl CustomFields {
    /// The value of a field; `None` if it is absent.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.values.as_ref()?.get(key)
    }

    /// The value of a text field; `None` if it is absent or not a text.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_str()
    }

    /// All fields; `None` if the answer had neither name.
    #[must_use]
    pub fn all(&self) -> Option<&Map<String, Value>> {
        self.values.as_deref()
    }
}

// ENG-03
impl<'de> Deserialize<'de> for CustomFields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Names { custom_field_values, custom_fields } = Names::deserialize(deserializer)?;
        let values = match (custom_field_values, custom_fields) {
            (Some(live), Some(mut specified)) => {
                specified.extend(live);
                Some(specified)
            }
            (live, specified) => live.or(specified),
        };
        Ok(Self { values: values.map(Personal) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_id_is_required_and_a_missing_flag_is_not_closed() {
        let bare: Intervention = serde_json::from_str(r#"{"id":"1"}"#).unwrap();
        assert_eq!((bare.closed, bare.is_closed(), bare.category_ids.is_none()), (None, false, true));
        for (text, closed) in [(r#"{"id":"1","closed":false}"#, false), (r#"{"id":"1","closed":true}"#, true)] {
            assert_eq!(serde_json::from_str::<Intervention>(text).unwrap().is_closed(), closed);
        }
        assert!(serde_json::from_str::<Intervention>("{}").is_err());
    }

    #[test]
    fn numbers_and_dates_are_read_in_all_documented_forms() {
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

    fn fields(text: &str) -> CustomFields {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn both_names_are_read_as_one() {
        // ENG-03
        for text in
            [r#"{"custom_field_values":{"a":"1"}}"#, r#"{"custom_fields":{"a":"1"},"custom_field_values":null}"#]
        {
            assert_eq!(fields(text).text("a"), Some("1"), "{text}");
            assert_eq!(serde_json::to_string(&fields(text)).unwrap(), r#"{"custom_field_values":{"a":"1"}}"#);
        }
        let both = fields(r#"{"custom_field_values":{"a":"live"},"custom_fields":{"a":"old","b":[2]}}"#);
        assert_eq!((both.text("a"), both.get("b").map(Value::is_array)), (Some("live"), Some(true)));
    }

    #[test]
    fn no_fields_differ_from_unknown_fields_and_debug_shows_none() {
        assert_eq!((fields("{}").all(), fields(r#"{"custom_fields":null}"#).all()), (None, None));
        assert_eq!(fields(r#"{"custom_fields":{}}"#).all().map(Map::len), Some(0));
        assert_eq!(serde_json::to_string(&fields("{}")).unwrap(), "{}");
        let canary = fields(r#"{"custom_fields":{"a":"CANARY"}}"#);
        assert!(!format!("{canary:?}").contains("CANARY"));
    }
}
