//! A provider to be created: its target, texts and notifiers.

use super::{Lint, Target, lint};
use crate::ids::{CustomerId, ResidentId, SiteId};
use care_client_core::Personal;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A provider to be created: the operation of [`create`](crate::AssistanceProviders::create) and
/// [`ensure`](crate::AssistanceProviders::ensure).
///
/// ```
/// use caremessenger_client::{Lint, NewAssistanceProvider, SiteId};
///
/// let new = NewAssistanceProvider::for_site(SiteId(5), "Acacia Avenue, manager", "Duty manager")
///     .webhook("Duty desk", "https://hooks.example.com/care/3f9d2c51b7e04a68");
/// assert_eq!(new.lint(), [Lint::OnlyWebhook]); // nobody is mailed if that server is down
/// let new = new.email("Duty manager", "duty@example.com");
/// assert_eq!(new.lint(), []);
/// ```
///
/// Source: CareMessenger, *Assistance Requests*, "Creating an Assistance Provider",
/// <https://docs.caremessenger.co.uk/assistance.html>.
#[derive(Clone, PartialEq)]
#[must_use = "give it to care.assistance_providers().create(..)"]
pub struct NewAssistanceProvider {
    pub(super) target: Target,
    pub(super) name: String,
    pub(super) label: String,
    pub(super) emails: Vec<NewEmailNotifier>,
    pub(super) webhooks: Vec<NewWebhookNotifier>,
    pub(super) without_notifiers: bool,
    pub(super) empty_lists: EmptyLists,
}

/// An address to be mailed to.
///
/// Source: CareMessenger, *Assistance Requests*, "Email Notifier Attributes",
/// <https://docs.caremessenger.co.uk/assistance.html>.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NewEmailNotifier {
    /// The name that is shown.
    pub name: Personal<String>,
    /// The address.
    pub email: Personal<String>,
}

/// A URL to be posted to.
///
/// Source: CareMessenger, *Assistance Requests*, "Webhook Notifier Attributes",
/// <https://docs.caremessenger.co.uk/assistance.html>.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NewWebhookNotifier {
    /// The name that is shown.
    pub name: Personal<String>,
    /// The URL.
    pub url: Personal<String>,
}

/// How an empty list of notifiers is sent. No document says what the server makes of either form (defect
/// [`CARE-23`](crate::defects)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum EmptyLists {
    /// Its key is left out, as in the vendor's second example.
    #[default]
    Omit,
    /// It is sent as `[]`.
    Send,
}

impl NewEmailNotifier {
    /// A name to show, and an address.
    pub fn new(name: impl Into<String>, email: impl Into<String>) -> Self {
        Self { name: Personal(name.into()), email: Personal(email.into()) }
    }
}

impl NewWebhookNotifier {
    /// A name to show, and a URL.
    pub fn new(name: impl Into<String>, url: impl Into<String>) -> Self {
        Self { name: Personal(name.into()), url: Personal(url.into()) }
    }
}

impl NewAssistanceProvider {
    fn on(target: Target, name: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            target,
            name: name.into(),
            label: label.into(),
            emails: Vec::new(),
            webhooks: Vec::new(),
            without_notifiers: false,
            empty_lists: EmptyLists::Omit,
        }
    }

    /// A helper for every resident of a site, such as its manager. `name` is for administrators, `label` is what
    /// residents read on the television.
    pub fn for_site(site: impl Into<SiteId>, name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::on(Target::Site(site.into()), name, label)
    }

    /// A helper for every resident of every site of an organisation, such as its call centre. `name` is for
    /// administrators, `label` is what residents read on the television.
    pub fn for_customer(customer: impl Into<CustomerId>, name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::on(Target::Customer(customer.into()), name, label)
    }

    /// A helper for one resident, such as a daughter. **The vendor's page warns: "Not yet implemented"** (defect
    /// [`CARE-19`](crate::defects)). It is sent as documented, with unknown effect. Don't let a resident rely
    /// on it before you have seen it work.
    pub fn for_resident_not_yet_implemented(
        resident: impl Into<ResidentId>,
        name: impl Into<String>,
        label: impl Into<String>,
    ) -> Self {
        Self::on(Target::Resident(resident.into()), name, label)
    }

    /// Mails requests for help to this address, too. `name` is shown for it.
    pub fn email(mut self, name: impl Into<String>, address: impl Into<String>) -> Self {
        self.emails.push(NewEmailNotifier::new(name, address));
        self
    }

    /// Posts requests for help to this URL, too; a [`webhook::Receiver`](crate::webhook::Receiver) takes them. `name`
    /// is shown for it.
    ///
    /// If the server there is down for some minutes, **the request is lost and nobody is told**: CareMessenger repeats
    /// it for five minutes, with growing pauses, so that its last attempt may come in the first half of them. Register
    /// a mail address beside it. Give each notifier a URL of its own, since nothing else tells which of them was called
    /// (defect [`CARE-33`](crate::defects)).
    pub fn webhook(mut self, name: impl Into<String>, url: impl Into<String>) -> Self {
        self.webhooks.push(NewWebhookNotifier::new(name, url));
        self
    }

    /// Allows a provider that reaches nobody: a button on the television that does nothing. Without it, a
    /// provider without notifiers is refused before it is sent.
    pub fn without_notifiers(mut self) -> Self {
        self.without_notifiers = true;
        self
    }

    pub(crate) fn with_empty_lists(mut self, empty_lists: EmptyLists) -> Self {
        self.empty_lists = empty_lists;
        self
    }

    /// What can be sent and probably isn't meant: see [`Lint`].
    #[must_use]
    pub fn lint(&self) -> Vec<Lint> {
        let webhooks = self.webhooks.iter().map(|webhook| webhook.url.as_str());
        lint::all(&self.label, !self.emails.is_empty(), Some(webhooks))
    }

    /// What it hangs on.
    #[must_use]
    pub fn target(&self) -> &Target {
        &self.target
    }

    /// What it is called among administrators.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What residents read on the television.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// The addresses that it mails to.
    #[must_use]
    pub fn emails(&self) -> &[NewEmailNotifier] {
        &self.emails
    }

    /// The URLs that it posts to.
    #[must_use]
    pub fn webhooks(&self) -> &[NewWebhookNotifier] {
        &self.webhooks
    }
}

// Not the name and the label: a provider for one resident is called after a person.
impl fmt::Debug for NewAssistanceProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewAssistanceProvider")
            .field("target", &self.target)
            .field("email_notifiers", &self.emails.len())
            .field("webhook_notifiers", &self.webhooks.len())
            .field("without_notifiers", &self.without_notifiers)
            .finish_non_exhaustive()
    }
}
