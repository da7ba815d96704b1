//! Assistance providers.

use std::fmt;

use super::target::Target;

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
