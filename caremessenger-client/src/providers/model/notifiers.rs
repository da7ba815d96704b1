use crate::{EmailNotifierId, WebhookNotifierId};
use care_client_core::Personal;
use serde::{Deserialize, Serialize};

/// An address that a provider mails to.
///
/// Source: CareMessenger, *Assistance Requests*, "Email Notifier Attributes", <https://docs.caremessenger.co.uk/assistance.html>.
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
