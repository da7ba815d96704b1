//! Messages between the customer and the control room, and other events.

use crate::ids::{CalloutEventId, CalloutId};
use care_client_core::{
    Personal,
    wire::{number, timestamp},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

care_client_core::wire::open_enum! {
    /// Who said something.
    ///
    /// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
    /// <https://docs.aura.services/integration-guidelines.html>, "Adding and Polling Callout Events".
    pub enum EventRole {
        /// The customer.
        User = "User",
        /// The control room.
        Admin = "Admin",
    }
}

/// Something that was said or happened in the course of a callout.
///
/// Events come only if a callout is asked for with its events. A known event can change later, with a newer
/// `updated_at`.
///
/// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
/// <https://docs.aura.services/integration-guidelines.html>, "Adding and Polling Callout Events".
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CalloutEvent {
    /// The number of the event.
    pub id: Option<CalloutEventId>,
    /// The callout.
    pub callout_id: Option<CalloutId>,
    /// The kind of event: 2 is a message in the documented example, other numbers aren't documented (defect
    /// [`AURA-50`](crate::defects)).
    #[serde(default, rename = "calloutEventTypeId", with = "number::option")]
    pub event_type_id: Option<u64>,
    /// What was said, and by which side.
    pub event: Option<EventContent>,
    /// The name of the one who said it.
    pub created_by: Option<Personal<String>>,
    /// When it was said.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When it last changed; milliseconds later than `created_at` in a documented example.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
}

impl CalloutEvent {
    /// What was said.
    #[must_use]
    pub fn body(&self) -> Option<&str> {
        self.event.as_ref()?.body.as_deref().map(String::as_str)
    }

    /// Which side said it.
    #[must_use]
    pub fn role(&self) -> Option<&EventRole> {
        self.event.as_ref()?.role.as_ref()
    }
}

/// What an event holds: of a message, what was said and by which side.
///
/// Events of undocumented kinds may hold anything and never fail the callout: what isn't text is left out here.
///
/// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
/// <https://docs.aura.services/integration-guidelines.html>, "Adding and Polling Callout Events".
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct EventContent {
    /// What was said.
    pub body: Option<Personal<String>>,
    /// Which side said it.
    pub role: Option<EventRole>,
}

impl<'de> Deserialize<'de> for EventContent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let content = Value::deserialize(deserializer)?;
        let text = |key: &str| content.get(key).and_then(Value::as_str);
        Ok(Self { body: text("body").map(Personal::from), role: text("role").map(EventRole::from) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_has_text_and_side() {
        let text = r#"{"id":104,"event":{"body":"Welcome","role":"ADMIN"},"createdBy":"Controller"}"#;
        let event: CalloutEvent = serde_json::from_str(text).unwrap();
        assert_eq!((event.body(), event.role()), (Some("Welcome"), Some(&EventRole::Admin)));
        let shown = format!("{event:?}");
        assert!(!shown.contains("Welcome") && !shown.contains("Controller"), "{shown}");
    }

    #[test]
    fn an_event_of_an_unknown_kind_never_fails() {
        for content in ["null", "{}", r#""text""#, "5", "[1]", r#"{"body":{"x":1},"role":7}"#] {
            let event: CalloutEvent = serde_json::from_str(&format!(r#"{{"id":1,"event":{content}}}"#)).unwrap();
            assert_eq!((event.body(), event.role()), (None, None), "{content}");
            assert_eq!(event.id, Some(CalloutEventId::from(1)));
        }
        let bot: CalloutEvent = serde_json::from_str(r#"{"event":{"body":"Hi","role":"Bot","image":1}}"#).unwrap();
        assert_eq!((bot.body(), bot.role()), (Some("Hi"), Some(&EventRole::Other("Bot".into()))));
    }
}
