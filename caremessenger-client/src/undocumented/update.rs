//! Changing a provider, as far as one can guess.

use super::guessed;
use crate::{
    documents::ASSISTANCE,
    ids::{EmailNotifierId, ProviderId, WebhookNotifierId},
    providers::{
        self, AssistanceProvider, EmailNotifier, EmptyLists, NewEmailNotifier, NewWebhookNotifier, Target,
        WebhookNotifier, same_provider,
    },
};
use care_client_core::{DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts, Safety};
use http::{HeaderValue, Method, header::ACCEPT};
use serde::Serialize;
use std::{borrow::Cow, fmt};

/// Changes a provider: a guess, see [`undocumented`](crate::undocumented) and defect [`CARE-25`](crate::defects).
///
/// [`put`](Self::put) sends all six attributes of a provider that was read, [`patch`](Self::patch) only those that are
/// set. A list of notifiers that is set replaces the whole list; those that were read are sent with their ids, so that
/// the server can tell them from new ones.
#[derive(Clone, PartialEq)]
#[must_use = "give it to care.undocumented().update(..)"]
pub struct UpdateProvider {
    id: ProviderId,
    method: Method,
    lists: EmptyLists,
    with_ids: bool,
    target: Option<Target>,
    name: Option<String>,
    label: Option<String>,
    emails: Option<Emails>,
    webhooks: Option<Webhooks>,
}

impl UpdateProvider {
    /// Replaces all of a provider by `PUT`: read it, begin here, set what is to change. `lists` sets how an
    /// empty list of notifiers is sent: it is unknown whether leaving it out keeps or deletes those on the server.
    ///
    /// If the server doesn't show the webhooks, they have to be set by [`webhook_notifiers`](Self::webhook_notifiers):
    /// without them they could be deleted.
    pub fn put(provider: &AssistanceProvider, lists: EmptyLists) -> Self {
        Self {
            target: Some(provider.target()),
            name: Some(provider.name.clone()),
            label: Some(provider.label.clone()),
            emails: Some(Emails::read(&provider.email_notifiers)),
            webhooks: provider.webhook_notifiers.as_deref().map(Webhooks::read),
            ..Self::begun(provider.id, Method::PUT, lists)
        }
    }

    /// Changes only what is set here, by `PATCH`. `lists` sets how a list that is set to nothing is sent:
    /// [`EmptyLists::Omit`] leaves it as it is, [`EmptyLists::Send`] empties it, if the guess is right.
    pub fn patch(id: impl Into<ProviderId>, lists: EmptyLists) -> Self {
        Self::begun(id.into(), Method::PATCH, lists)
    }

    fn begun(id: ProviderId, method: Method, lists: EmptyLists) -> Self {
        Self { id, method, lists, with_ids: true, target: None, name: None, label: None, emails: None, webhooks: None }
    }

    /// Sets what it is called among administrators.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets what residents read on the television.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Sets what it hangs on.
    pub fn target(mut self, target: impl Into<Target>) -> Self {
        self.target = Some(target.into());
        self
    }

    /// Sets all addresses that it mails to.
    pub fn email_notifiers(mut self, notifiers: impl IntoIterator<Item = NewEmailNotifier>) -> Self {
        self.emails = Some(Emails::new(notifiers));
        self
    }

    /// Sets all URLs that it posts to.
    pub fn webhook_notifiers(mut self, notifiers: impl IntoIterator<Item = NewWebhookNotifier>) -> Self {
        self.webhooks = Some(Webhooks::new(notifiers));
        self
    }

    /// Sends the notifiers that were read without their ids. Default: with them.
    pub fn without_notifier_ids(mut self) -> Self {
        self.with_ids = false;
        self
    }

    fn check(&self) -> Result<(), Error> {
        let whole = self.method == Method::PUT;
        if whole && self.webhooks.is_none() {
            return Err(Error::request(
                "the server doesn't show the provider's webhooks, and a PUT without them could delete them: set \
                 webhook_notifiers(..), or use patch(..)",
            ));
        }
        if self
            .target
            .as_ref()
            .is_some_and(|target| !matches!(target, Target::Customer(_) | Target::Site(_) | Target::Resident(_)))
        {
            return Err(Error::request("the provider hangs on nothing that a request can name: set target(..)"));
        }
        self.name.as_deref().map_or(Ok(()), |name| providers::check_text(name, "the provider's name is blank"))?;
        self.label.as_deref().map_or(Ok(()), |label| providers::check_text(label, "the provider's label is blank"))?;
        self.emails.as_ref().map_or(Ok(()), Emails::check)?;
        self.webhooks.as_ref().map_or(Ok(()), Webhooks::check)
    }
}

impl Endpoint for UpdateProvider {
    type Output = AssistanceProvider;

    const OPERATION: &'static Operation =
        &Operation::new("caremessenger.undocumented.update", "/assistance-provider/{id}", Safety::Once, ASSISTANCE);

    fn parts(&self) -> Result<RequestParts, Error> {
        self.check()?;
        let body = Body {
            name: self.name.as_deref(),
            label: self.label.as_deref(),
            content_type: self.target.as_ref().map(Target::kind),
            object_id: self.target.as_ref().and_then(Target::object_id),
            email_notifiers: self.emails.as_ref().and_then(|list| list.sent(self.lists, self.with_ids)),
            webhook_notifiers: self.webhooks.as_ref().and_then(|list| list.sent(self.lists, self.with_ids)),
        };
        if body.is_empty() {
            return Err(Error::request("the update changes nothing: set what is to change"));
        }
        let parts = RequestParts::new(self.method.clone(), ["assistance-provider".into(), self.id.to_string()]);
        parts.header(ACCEPT, HeaderValue::from_static("application/json")).json(&body)
    }

    fn decode(&self, response: &RawResponse) -> Result<AssistanceProvider, DecodeError> {
        same_provider(response, self.id)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        guessed(refusal)
    }
}

// Not the name and the label: a provider for one resident is called after a person.
impl fmt::Debug for UpdateProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UpdateProvider")
            .field("id", &self.id)
            .field("method", &self.method)
            .field("lists", &self.lists)
            .field("target", &self.target)
            .finish_non_exhaustive()
    }
}

/// What is sent.
#[derive(Serialize)]
struct Body<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_type: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    object_id: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email_notifiers: Option<Vec<Row<'a, EmailNotifierId, NewEmailNotifier>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    webhook_notifiers: Option<Vec<Row<'a, WebhookNotifierId, NewWebhookNotifier>>>,
}

impl Body<'_> {
    fn is_empty(&self) -> bool {
        let texts = self.name.is_none() && self.label.is_none() && self.content_type.is_none();
        texts && self.email_notifiers.is_none() && self.webhook_notifiers.is_none()
    }
}

/// A notifier, with its id if the server knows it already.
#[derive(Serialize)]
struct Row<'a, Id, N> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Id>,
    #[serde(flatten)]
    notifier: &'a N,
}

/// A whole list of notifiers: those that were read have ids.
#[derive(Clone, PartialEq)]
struct Notifiers<Id, N>(Vec<(Option<Id>, N)>);

type Emails = Notifiers<EmailNotifierId, NewEmailNotifier>;
type Webhooks = Notifiers<WebhookNotifierId, NewWebhookNotifier>;

impl<Id: Copy, N> Notifiers<Id, N> {
    fn new(notifiers: impl IntoIterator<Item = N>) -> Self {
        Self(notifiers.into_iter().map(|notifier| (None, notifier)).collect())
    }

    /// What is sent of it; nothing if it is empty and such are left out.
    fn sent(&self, lists: EmptyLists, with_ids: bool) -> Option<Vec<Row<'_, Id, N>>> {
        let rows = self.0.iter().map(|(id, notifier)| Row { id: id.filter(|_| with_ids), notifier });
        (lists == EmptyLists::Send || !self.0.is_empty()).then(|| rows.collect())
    }
}

impl Emails {
    fn read(notifiers: &[EmailNotifier]) -> Self {
        let row = |read: &EmailNotifier| {
            (Some(read.id), NewEmailNotifier { name: read.name.clone(), email: read.email.clone() })
        };
        Self(notifiers.iter().map(row).collect())
    }

    fn check(&self) -> Result<(), Error> {
        self.0.iter().try_for_each(|(_, notifier)| providers::check_email(&notifier.email).map(drop))
    }
}

impl Webhooks {
    fn read(notifiers: &[WebhookNotifier]) -> Self {
        let row =
            |read: &WebhookNotifier| (read.id, NewWebhookNotifier { name: read.name.clone(), url: read.url.clone() });
        Self(notifiers.iter().map(row).collect())
    }

    fn check(&self) -> Result<(), Error> {
        self.0.iter().try_for_each(|(_, notifier)| providers::check_webhook_url(&notifier.url).map(drop))
    }
}
