use crate::{
    EmailNotifier, EmailNotifierId, EmptyLists, NewEmailNotifier, NewWebhookNotifier, WebhookNotifier,
    WebhookNotifierId, providers,
};
use care_client_core::Error;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct Body<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) label: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) content_type: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) object_id: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) email_notifiers: Option<Vec<Row<'a, EmailNotifierId, NewEmailNotifier>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) webhook_notifiers: Option<Vec<Row<'a, WebhookNotifierId, NewWebhookNotifier>>>,
}

impl Body<'_> {
    pub(super) fn is_empty(&self) -> bool {
        let texts = self.name.is_none() && self.label.is_none() && self.content_type.is_none();
        texts && self.email_notifiers.is_none() && self.webhook_notifiers.is_none()
    }
}

/// A notifier, with its id if the server knows it already.
#[derive(Serialize)]
pub(super) struct Row<'a, Id, N> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Id>,
    #[serde(flatten)]
    notifier: &'a N,
}

/// A whole list of notifiers: those that were read have ids.
#[derive(Clone, PartialEq)]
pub(super) struct Notifiers<Id, N>(Vec<(Option<Id>, N)>);

pub(super) type Emails = Notifiers<EmailNotifierId, NewEmailNotifier>;
pub(super) type Webhooks = Notifiers<WebhookNotifierId, NewWebhookNotifier>;

impl<Id: Copy, N> Notifiers<Id, N> {
    pub(super) fn new(notifiers: impl IntoIterator<Item = N>) -> Self {
        Self(notifiers.into_iter().map(|notifier| (None, notifier)).collect())
    }

    /// What is sent of it; nothing if it is empty and such are left out.
    pub(super) fn sent(&self, lists: EmptyLists, with_ids: bool) -> Option<Vec<Row<'_, Id, N>>> {
        let rows = self.0.iter().map(|(id, notifier)| Row { id: id.filter(|_| with_ids), notifier });
        (lists == EmptyLists::Send || !self.0.is_empty()).then(|| rows.collect())
    }
}

impl Emails {
    pub(super) fn read(notifiers: &[EmailNotifier]) -> Self {
        let row = |read: &EmailNotifier| {
            (Some(read.id), NewEmailNotifier { name: read.name.clone(), email: read.email.clone() })
        };
        Self(notifiers.iter().map(row).collect())
    }

    pub(super) fn check(&self) -> Result<(), Error> {
        self.0.iter().try_for_each(|(_, notifier)| providers::check_email(&notifier.email).map(drop))
    }
}

impl Webhooks {
    pub(super) fn read(notifiers: &[WebhookNotifier]) -> Self {
        let row =
            |read: &WebhookNotifier| (read.id, NewWebhookNotifier { name: read.name.clone(), url: read.url.clone() });
        Self(notifiers.iter().map(row).collect())
    }

    pub(super) fn check(&self) -> Result<(), Error> {
        self.0.iter().try_for_each(|(_, notifier)| providers::check_webhook_url(&notifier.url).map(drop))
    }
}
