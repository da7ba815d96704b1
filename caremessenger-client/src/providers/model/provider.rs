use super::{ContentObject, Target};
use crate::{
    ids::{EmailNotifierId, ProviderId, WebhookNotifierId},
    providers::{Echo, Lint, NewAssistanceProvider, lint},
};
use care_client_core::{Personal, wire::or_empty};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;
use std::fmt;

/// An assistance provider as the server shows it: a helper whom residents can choose on their television.
///
/// It isn't what a request looks like: the server says `type` and `content_object` where a request says `content_type`
/// and `object_id` (defects [`CARE-07` and `CARE-08`](crate::defects)). [`target`](Self::target) is the request's form
/// of both.
///
/// Source: CareMessenger, *Assistance Requests*, "Response Format", <https://docs.caremessenger.co.uk/assistance.html>.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AssistanceProvider {
    /// Its id.
    pub id: ProviderId,
    /// What it is called among administrators.
    pub name: String,
    /// What residents read on the television.
    pub label: String,
    /// What it hangs on, with its kind: `type` and `content_object` on the wire.
    pub content_object: ContentObject,
    /// The addresses that it mails to.
    pub email_notifiers: Vec<EmailNotifier>,
    /// The URLs that it posts to. `None` if the server doesn't show them, as in the documented example: that is **no**
    /// sign that there are none (defect [`CARE-11`](crate::defects)).
    pub webhook_notifiers: Option<Vec<WebhookNotifier>>,
}

impl AssistanceProvider {
    /// What it hangs on, as a request says it.
    #[must_use]
    pub fn target(&self) -> Target {
        self.content_object.target()
    }

    /// Whether the server shows the webhooks that were asked for: see [`Echo`].
    #[must_use]
    pub fn webhook_echo(&self, new: &NewAssistanceProvider) -> Echo {
        Echo::of(self.webhook_notifiers.as_deref(), new.webhooks())
    }

    /// What is registered and probably not meant: see [`Lint`]. There is no lint about webhooks that the server doesn't
    /// show.
    #[must_use]
    pub fn lint(&self) -> Vec<Lint> {
        let webhooks = self.webhook_notifiers.as_ref().map(|webhooks| webhooks.iter().map(|hook| hook.url.as_str()));
        lint::all(&self.label, !self.email_notifiers.is_empty(), webhooks)
    }
}

#[derive(Deserialize)]
struct Read {
    id: ProviderId,
    name: String,
    label: String,
    #[serde(rename = "type")]
    kind: Box<str>,
    #[serde(default)]
    content_object: Option<Box<RawValue>>,
    #[serde(default, deserialize_with = "or_empty")]
    email_notifiers: Vec<EmailNotifier>,
    #[serde(default)]
    webhook_notifiers: Option<Vec<WebhookNotifier>>,
}

#[derive(Serialize)]
struct Written<'a> {
    id: ProviderId,
    name: &'a str,
    label: &'a str,
    #[serde(rename = "type")]
    kind: &'a str,
    content_object: &'a ContentObject,
    email_notifiers: &'a [EmailNotifier],
    #[serde(skip_serializing_if = "Option::is_none")]
    webhook_notifiers: Option<&'a [WebhookNotifier]>,
}

impl<'de> Deserialize<'de> for AssistanceProvider {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Read { id, name, label, kind, content_object, email_notifiers, webhook_notifiers } =
            Read::deserialize(deserializer)?;
        let content_object = ContentObject::read(&kind, content_object.as_deref());
        Ok(Self { id, name, label, content_object, email_notifiers, webhook_notifiers })
    }
}

impl Serialize for AssistanceProvider {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let written = Written {
            id: self.id,
            name: &self.name,
            label: &self.label,
            kind: self.content_object.kind(),
            content_object: &self.content_object,
            email_notifiers: &self.email_notifiers,
            webhook_notifiers: self.webhook_notifiers.as_deref(),
        };
        written.serialize(serializer)
    }
}

// Not the name and the label: a provider for one resident is called after a person.
impl fmt::Debug for AssistanceProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AssistanceProvider")
            .field("id", &self.id)
            .field("target", &self.target())
            .field("email_notifiers", &self.email_notifiers.len())
            .field("webhook_notifiers", &self.webhook_notifiers.as_ref().map(Vec::len))
            .finish_non_exhaustive()
    }
}

/// An address that a provider mails to.
///
/// Source: CareMessenger, *Assistance Requests*, "Email Notifier Attributes",
/// <https://docs.caremessenger.co.uk/assistance.html>.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EmailNotifier {
    /// Its id.
    pub id: EmailNotifierId,
    /// The name that is shown.
    pub name: Personal<String>,
    /// The address.
    pub email: Personal<String>,
}

/// A URL that a provider posts to.
///
/// Source: CareMessenger, *Assistance Requests*, "Webhook Notifier Attributes",
/// <https://docs.caremessenger.co.uk/assistance.html>.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct WebhookNotifier {
    /// Its id. No document shows one (defect [`CARE-12`](crate::defects)).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<WebhookNotifierId>,
    /// The name that is shown.
    pub name: Personal<String>,
    /// The URL. Whoever knows it can call for help in a resident's name, so it is hidden in `Debug`.
    pub url: Personal<String>,
}
