//! The settings, as the service answers them.

use care_client_core::wire::{number, timestamp};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The settings of the account.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "Settings",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Settings {
    /// The account's id.
    pub id: Option<String>,
    /// After how many seconds without activity an agent counts as away.
    #[serde(default, with = "number::option")]
    pub activity_presence_threshold: Option<i64>,
    /// Whether the activity of agents is recorded.
    pub activity_tracking: Option<bool>,
    /// The first day of the week.
    pub beginning_of_week: Option<String>,
    /// The languages that messages can have.
    #[serde(alias = "content_languages[]")]
    pub content_languages: Option<Vec<String>>,
    /// Whether the interface can't be shown in a frame of another page.
    pub deny_iframe_integration: Option<bool>,
    /// Whether browsers are told not to fill in the password.
    pub disable_password_autocomplete: Option<bool>,
    /// After how many seconds a password expires.
    #[serde(default, with = "number::option")]
    pub expire_password_after: Option<i64>,
    /// Whether conversations scroll down by themselves.
    pub enable_auto_scroll_down: Option<bool>,
    /// Whether passwords expire.
    pub expire_password_enabled: Option<bool>,
    /// The seconds of a full working day.
    #[serde(default, with = "number::option")]
    pub fte_duration: Option<i64>,
    /// Whether identities can be merged.
    pub identity_merge: Option<bool>,
    /// For how many seconds an intervention can be deferred.
    pub intervention_defer_rates: Option<Vec<i64>>,
    /// For how many seconds at most an intervention is deferred.
    #[serde(default, with = "number::option")]
    pub intervention_defer_threshold: Option<i64>,
    /// The satisfaction grades of interventions.
    pub intervention_rates: Option<Vec<i64>>,
    /// The language of the account.
    pub locale: Option<String>,
    /// Whether messages have languages.
    pub multi_lang: Option<bool>,
    /// The name of the account.
    pub name: Option<String>,
    /// Whether former passwords are refused.
    pub password_archivable_enabled: Option<bool>,
    /// How many former passwords are refused.
    #[serde(default, with = "number::option")]
    pub password_archivable_size: Option<i64>,
    /// How long a password is at least.
    #[serde(default, with = "number::option")]
    pub password_min_length: Option<i64>,
    /// Whether a password needs a character that is neither a letter nor a digit.
    pub password_non_word: Option<bool>,
    /// Whether a password needs a digit.
    pub password_numbers: Option<bool>,
    /// Whether a lost password can't be replaced by its owner.
    pub password_recovery_disabled: Option<bool>,
    /// Whether messages are pushed to agents.
    pub push_enabled: Option<bool>,
    /// Whether agents can write as any identity.
    pub reply_as_any_identity: Option<bool>,
    /// Whether text can run from right to left.
    pub rtl_support: Option<bool>,
    /// Whether one's own messages need an approval.
    pub self_approval_required: Option<bool>,
    /// After how many seconds a session ends.
    #[serde(default, with = "number::option")]
    pub session_timeout: Option<i64>,
    /// Whether the spelling is checked.
    pub spellchecking: Option<bool>,
    /// The style of the interface.
    pub style: Option<String>,
    /// Whether services of third parties are off.
    pub third_party_services_disabled: Option<bool>,
    /// The time zone of the account.
    pub timezone: Option<String>,
    /// The kind of the account: `demo`, `production` or `archived`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// From which priority on a task is urgent.
    #[serde(default, with = "number::option")]
    pub urgent_task_threshold: Option<i64>,
    /// Whether notifications of the browser are off.
    pub browser_notifications_disabled: Option<bool>,
    /// Whether only unknown BBCode is shown.
    pub display_only_unknown_bbcode: Option<bool>,
    /// Whether the account is copied to the staging system.
    pub dump_in_preprod: Option<bool>,
    /// After how many seconds an intervention is closed.
    #[serde(default, with = "number::option")]
    pub intervention_closing_period: Option<i64>,
    /// The part of the service that keeps the account.
    pub sharding_key: Option<String>,
    /// Whether pictures show two letters.
    pub use_two_letters_avatars: Option<bool>,
    /// When it was created.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When it was changed last.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
}
