//! Assistance providers.

use crate::caremessenger::directory::Target;
use chrono::{DateTime, Utc};
use std::fmt;

/// An assistance provider as the emulator knows it. `Debug` shows nothing personal.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Provider {
    /// Its identifier.
    pub id: u64,
    /// What it is called in administration.
    pub name: String,
    /// What residents read on their television.
    pub label: String,
    /// What it hangs on.
    pub target: Target,
    /// Who is told by mail, in the order of registration.
    pub emails: Vec<EmailNotifier>,
    /// Where requests for assistance are posted to, in the order of registration.
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

/// Somebody who is told by mail. `Debug` shows the identifier only.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct EmailNotifier {
    /// Its identifier.
    pub id: u64,
    /// Its display name.
    pub name: String,
    /// Where mails go.
    pub email: String,
}

impl fmt::Debug for EmailNotifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EmailNotifier").field("id", &self.id).finish_non_exhaustive()
    }
}

/// An address that is posted to. `Debug` shows the identifier only: such addresses have secrets in them.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct WebhookNotifier {
    /// Its identifier.
    pub id: u64,
    /// Its display name.
    pub name: String,
    /// Where requests are posted to.
    pub url: String,
}

impl fmt::Debug for WebhookNotifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookNotifier").field("id", &self.id).finish_non_exhaustive()
    }
}

/// A provider that is to be registered by the [`Controller`](super::Controller), as by somebody else than the client.
///
/// It has no notifier unless told otherwise. `Debug` shows what it hangs on only.
///
/// ```
/// use care_emulators::caremessenger::{NewProvider, SITE_ID, Target};
///
/// let provider = NewProvider::new(Target::Site(SITE_ID), "Night shift", "Night manager")
///     .email("Night desk", "night@example.com")
///     .webhook("Night system", "https://night.example.com/hooks/7");
/// ```
#[derive(Clone)]
#[must_use = "it is registered by `Controller::add_provider`"]
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
    /// A provider on `target`, with this name, and this label on the television.
    pub fn new(target: Target, name: impl Into<String>, label: impl Into<String>) -> Self {
        Self { target, name: name.into(), label: label.into(), emails: Vec::new(), webhooks: Vec::new() }
    }

    /// Tells `email` by mail, too.
    pub fn email(mut self, name: impl Into<String>, email: impl Into<String>) -> Self {
        self.emails.push((name.into(), email.into()));
        self
    }

    /// Posts to `url`, too.
    pub fn webhook(mut self, name: impl Into<String>, url: impl Into<String>) -> Self {
        self.webhooks.push((name.into(), url.into()));
        self
    }
}

/// A resident has chosen a provider on the television.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AssistanceRequest {
    /// Its identifier. No document says that CareMessenger has one.
    pub id: u64,
    /// The provider that was chosen.
    pub provider: u64,
    /// Who needs help.
    pub resident: u64,
    /// When the resident chose, to the microsecond.
    pub created: DateTime<Utc>,
    /// The email notifiers that a mail went to, in the order of registration.
    pub mailed: Vec<u64>,
    /// The webhook notifiers that are posted to, in the order of registration.
    pub posted: Vec<u64>,
}
