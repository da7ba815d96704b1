//! The source, as the service answers it.

use super::email::EmailSettings;
use crate::ids::{CategoryId, ChannelId, CommunityId, SourceId, TimeSheetId};
use care_client_core::wire::{number, open_enum, timestamp};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

open_enum! {
    /// What an overdue message counts as.
    pub enum SlaStrategy {
        /// Most urgent.
        Max = "max",
        /// Half as urgent.
        Half = "half",
        /// As urgent as before.
        Base = "base",
    }
}

/// A source: a channel that messages come from, such as a mailbox or a page.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "Source",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Source {
    /// Its id.
    pub id: SourceId,
    /// Its name.
    pub name: Option<String>,
    /// Its kind, such as `email` or `apple_business_chat`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Whether it is active.
    pub active: Option<bool>,
    /// Its state, such as `ok` or `error`.
    pub status: Option<String>,
    /// What is wrong, if it is in error.
    pub error_message: Option<String>,
    /// The channel whose agents work on it.
    pub channel_id: Option<ChannelId>,
    /// The community that it belongs to.
    pub community_id: Option<CommunityId>,
    /// Its colour, 0 to 9.
    #[serde(default, with = "number::option")]
    pub color: Option<i64>,
    /// Its colour as a hexadecimal number.
    pub color_hex: Option<String>,
    /// Its business hours; one at most.
    pub time_sheet_ids: Option<Vec<TimeSheetId>>,
    /// Seconds within which a message should be answered.
    #[serde(default, with = "number::option")]
    pub sla_response: Option<i64>,
    /// The share of answers that must be in time, in percent.
    #[serde(default, with = "number::option")]
    pub sla_threshold: Option<i64>,
    /// What an overdue message counts as.
    pub sla_expired_strategy: Option<SlaStrategy>,
    /// Whether the categories below are left out, or alone count: `ignored_categories` or `selected_categories`.
    pub sla_filtering_categories_strategy: Option<String>,
    /// The categories of that rule.
    pub sla_filtering_category_ids: Option<Vec<CategoryId>>,
    /// The priority of its tasks.
    #[serde(default, with = "number::option")]
    pub default_task_priority: Option<i64>,
    /// How much the priority of messages in open interventions rises.
    #[serde(default, with = "number::option")]
    pub intervention_messages_boost: Option<i64>,
    /// How much the priority of transferred tasks rises.
    #[serde(default, with = "number::option")]
    pub transferred_tasks_boost: Option<i64>,
    /// Whether it is left out of statistics.
    pub hidden_from_stats: Option<bool>,
    /// The categories that its messages get.
    pub default_category_ids: Option<Vec<CategoryId>>,
    /// The categories that conversations begun by agents get.
    pub user_thread_default_category_ids: Option<Vec<CategoryId>>,
    /// Which attachments are let through: `strict`, `relaxed` or `permissive`.
    pub attachments_security_level: Option<String>,
    /// Whether the language of messages is detected.
    pub auto_detect_content_language: Option<bool>,
    /// The language of messages otherwise.
    pub default_content_language: Option<String>,
    /// The languages that messages can have.
    pub content_languages: Option<Vec<String>>,
    /// Whether messages are archived.
    pub content_archiving: Option<bool>,
    /// After how many seconds messages are archived.
    #[serde(default, with = "number::option")]
    pub content_archiving_period: Option<i64>,
    /// Whether it is a live chat. Engage Messaging only.
    pub live_chat: Option<bool>,
    /// Whether it is for Android. Engage Messaging only.
    pub enable_android: Option<bool>,
    /// Whether it is for iOS. Engage Messaging only.
    pub enable_ios: Option<bool>,
    /// Whether it is for the web. Engage Messaging only.
    pub enable_web: Option<bool>,
    /// The name of the sender.
    pub from_name: Option<String>,
    /// The namespace of its templates. WhatsApp only.
    pub template_message_namespace: Option<String>,
    /// The templates that begin a conversation. WhatsApp only.
    pub template_messages: Option<Vec<MessageTemplate>>,
    /// The signatures by language.
    pub signatures: Option<Vec<SourceSignature>>,
    /// The automatic responses.
    pub auto_response_triggers: Option<Vec<AutoResponse>>,
    /// Whether each automatic response is on, by its trigger.
    pub auto_response_trigger_enabled: Option<Map<String, Value>>,
    /// After how many seconds each automatic response comes again, by its trigger.
    pub auto_response_trigger_grace_periods: Option<Map<String, Value>>,
    /// The settings of mail sources.
    #[serde(flatten)]
    pub email: EmailSettings,
    /// When it was created.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When it was changed last.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
}

/// A template that begins a conversation. WhatsApp only.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "Source.template_messages",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MessageTemplate {
    /// Its name.
    pub name: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// Its parts: each has a `type`, and a `text` or `buttons`.
    pub components: Option<Vec<Map<String, Value>>>,
}

/// A signature of a source.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "Source.signatures",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SourceSignature {
    /// Its language.
    pub language: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// The text.
    pub body: Option<String>,
}

/// An automatic response of a source.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "Source.auto_response_triggers",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AutoResponse {
    /// Its language.
    pub language: Option<String>,
    /// What causes it: `first_message_from_user` or `out_of_office_hours_message`.
    pub created_from_trigger: Option<String>,
    /// The text.
    pub body: Option<String>,
}
