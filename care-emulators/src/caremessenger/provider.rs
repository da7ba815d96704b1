//! Assistance providers, and requests for their help.

use crate::caremessenger::directory::Target;
use chrono::{DateTime, Utc};
use std::fmt;

/// An assistance provider as the emulator stores it. `Debug` omits personal data.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Provider {
    /// Its identifier.
    pub id: u64,
    /// The name that administrators see.
    pub name: String,
    /// The label that residents see on their television.
    pub label: String,
    /// The object that it is registered for.
    pub target: Target,
    /// The email notifiers, in the order of registration.
    pub emails: Vec<EmailNotifier>,
    /// The webhook notifiers, in the order of registration.
    pub webhooks: Vec<WebhookNotifier>,
}

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Provider")
            .field("id", &self.id)
            .field("target", &self.target)
            .field("emails", &self.emails)
            .field("webhooks", &self.webhooks)
            .finish_non_exhaustive()
    }
}

/// An email notifier. `Debug` shows only the identifier.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct EmailNotifier {
    /// Its identifier.
    pub id: u64,
    /// Its display name.
    pub name: String,
    /// The email address.
    pub email: String,
}

impl fmt::Debug for EmailNotifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EmailNotifier").field("id", &self.id).finish_non_exhaustive()
    }
}

/// A webhook notifier. `Debug` shows only the identifier, since such URLs contain secrets.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct WebhookNotifier {
    /// Its identifier.
    pub id: u64,
    /// Its display name.
    pub name: String,
    /// The URL that requests are posted to.
    pub url: String,
}

impl fmt::Debug for WebhookNotifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookNotifier").field("id", &self.id).finish_non_exhaustive()
    }
}

/// A provider to register with the [`Controller`](super::Controller), on behalf of another administrator.
///
/// By default it has no notifiers. `Debug` shows only the target.
///
/// ```
/// use care_emulators::caremessenger::{NewProvider, SITE_ID, Target};
///
/// let provider = NewProvider::new(Target::Site(SITE_ID), "Night shift", "Night manager")
///     .email("Night desk", "night@example.com")
///     .webhook("Night system", "https://night.example.com/hooks/7");
/// ```
#[derive(Clone)]
#[must_use = "pass it to `Controller::add_provider`"]
pub struct NewProvider {
    pub(super) target: Target,
    pub(super) name: String,
    pub(super) label: String,
    pub(super) emails: Vec<(String, String)>,
    pub(super) webhooks: Vec<(String, String)>,
}

impl fmt::Debug for NewProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewProvider").field("target", &self.target).finish_non_exhaustive()
    }
}

impl NewProvider {
    /// A provider for `target`, with this name and this label on the television.
    pub fn new(target: Target, name: impl Into<String>, label: impl Into<String>) -> Self {
        Self { target, name: name.into(), label: label.into(), emails: Vec::new(), webhooks: Vec::new() }
    }

    /// Adds an email notifier.
    pub fn email(mut self, name: impl Into<String>, email: impl Into<String>) -> Self {
        self.emails.push((name.into(), email.into()));
        self
    }

    /// Adds a webhook notifier.
    pub fn webhook(mut self, name: impl Into<String>, url: impl Into<String>) -> Self {
        self.webhooks.push((name.into(), url.into()));
        self
    }
}

/// A request for assistance: a resident has chosen a provider on the television.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AssistanceRequest {
    /// Its identifier. It isn't documented that CareMessenger has one.
    pub id: u64,
    /// The provider that was chosen.
    pub provider: u64,
    /// The resident who needs help.
    pub resident: u64,
    /// When the resident chose, in microseconds.
    pub created: DateTime<Utc>,
    /// The email notifiers that got a mail, in the order of registration.
    pub mailed: Vec<u64>,
    /// The webhook notifiers that get a delivery, in the order of registration.
    pub posted: Vec<u64>,
}
