//! Creating a provider once: look first, create if none is there, look again where the outcome is unknown.

use super::{
    AssistanceProvider, ContentObject, Echo, EmailNotifier, ListAssistanceProviders, NewAssistanceProvider,
    NewEmailNotifier, echo,
    walk::{Stop, Walk},
};
use care_client_core::{Endpoint, Error, Outcome, Pipeline, workflow::impl_into_future};

/// How often the list is read anew when it changes under the reader.
const READS: u32 = 3;

/// Creates a provider unless there is one. Made by [`AssistanceProviders::ensure`](crate::AssistanceProviders::ensure);
/// does nothing before it is awaited.
///
/// It reads the list, page by page, up to a provider with the same target and the same name. If there is one, nothing
/// is changed: how it differs in label and notifiers is reported as [`Drift`]. If there is none it is created; and
/// where no answer tells whether it was, the list is read again. So it is the safe answer to a
/// [`create`](crate::AssistanceProviders::create) of [`Outcome::Unknown`](crate::Outcome::Unknown), too.
///
/// It costs one request for each page up to the one with the provider. One that isn't there costs all pages, once, and
/// the create; the server sets how many rows a page has.
///
/// It isn't atomic: nothing keeps two programs that do so at the same time from creating one each (defect
/// [`CARE-24`](crate::defects)). Where an answer was lost, the server may still be at work: wait a little before you do
/// it again. And a list can change while it is read. If a provider is removed from it and another one added between two
/// pages, the one that is looked for can go unseen, and is created a second time; a list of one page has no such gap.
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = care_emulators::caremessenger::Emulator::start().await?;
/// # let (url, username, password) = (emulator.base_url(), emulator.username(), emulator.password());
/// # let builder = caremessenger_client::CareMessenger::builder().base_url(url);
/// # let care = builder.credentials(username, password).build()?;
/// use caremessenger_client::{Drift, Ensured, NewAssistanceProvider, SiteId};
///
/// let new = |label| {
///     NewAssistanceProvider::for_site(SiteId(5), "Acacia Avenue, duty manager", label)
///         .email("Duty manager", "duty@example.com")
/// };
/// let providers = care.assistance_providers();
/// assert!(matches!(providers.ensure(new("Duty manager")).await?, Ensured::Created(_)));
/// match providers.ensure(new("Manager")).await? {
///     Ensured::Found { provider, drift } => println!("{} differs: {drift:?}", provider.id),
///     created => println!("{created:?}"),
/// }
/// # let Ensured::Found { drift, .. } = providers.ensure(new("Manager")).await? else { return Err("created".into()) };
/// # assert_eq!(drift, [Drift::Label]);
/// # Ok(()) }
/// ```
///
/// # Errors
///
/// As [`create`](crate::AssistanceProviders::create), and those of reading the list. Nothing is created, and the error
/// is of [`Kind::Decode`](crate::Kind::Decode), if no provider is it and one could be it: a row of the list that can't
/// be read, or one with the same name and kind that doesn't show what it hangs on.
#[derive(Debug)]
#[must_use = "it does nothing until it is awaited"]
pub struct Ensure {
    pipeline: Pipeline,
    new: NewAssistanceProvider,
}

/// How [`Ensure`] found the provider.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Ensured {
    /// It was not there, and is now.
    Created(AssistanceProvider),
    /// It was there, and nothing was sent that changes it.
    Found {
        /// As it is on the server.
        provider: AssistanceProvider,
        /// How it differs from what was asked for; empty if it doesn't.
        drift: Vec<Drift>,
    },
}

impl Ensured {
    /// The provider as it is on the server.
    #[must_use]
    pub fn provider(&self) -> &AssistanceProvider {
        match self {
            Self::Created(provider) | Self::Found { provider, .. } => provider,
        }
    }
}

/// A difference between the provider that was asked for and the one that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Drift {
    /// Residents read another label.
    Label,
    /// It mails to others.
    EmailNotifiers {
        /// How many of those that were asked for it doesn't have.
        missing: usize,
        /// How many it has that were not asked for.
        extra: usize,
    },
    /// It posts to others.
    WebhookNotifiers {
        /// How many of those that were asked for it doesn't have.
        missing: usize,
        /// How many it has that were not asked for.
        extra: usize,
    },
    /// The server doesn't show where it posts to, so it can't be compared (defect [`CARE-11`](crate::defects)).
    WebhooksNotShown,
}

impl Ensure {
    pub(super) fn new(pipeline: Pipeline, new: NewAssistanceProvider) -> Self {
        Self { pipeline, new }
    }

    async fn run(self) -> Result<Ensured, Error> {
        // Nothing is read for what can't be created.
        self.new.parts().map_err(|error| error.in_operation(NewAssistanceProvider::OPERATION))?;
        if let Some(provider) = self.find().await.map_err(Error::after_reads)? {
            let drift = self.drift(&provider);
            return Ok(Ensured::Found { provider, drift });
        }
        match self.pipeline.call(self.new.clone()).await {
            Ok(provider) => Ok(Ensured::Created(provider)),
            Err(error) if error.outcome() >= Outcome::Unknown => match self.find().await {
                Ok(Some(provider)) => Ok(Ensured::Created(provider)),
                // Only the first error says what became of the create.
                Ok(None) | Err(_) => Err(error),
            },
            Err(error) => Err(error),
        }
    }

    async fn find(&self) -> Result<Option<AssistanceProvider>, Error> {
        let mut reads = 1;
        loop {
            match self.look().await {
                Err(Stop::Shrunk(_)) if reads < READS => reads += 1,
                found => {
                    return found.map_err(|stop| stop.into_error().in_operation(ListAssistanceProviders::OPERATION));
                }
            }
        }
    }

    async fn look(&self) -> Result<Option<AssistanceProvider>, Stop> {
        let mut walk = Some(Walk::new(self.pipeline.call(ListAssistanceProviders::new())));
        let (mut unread, mut is_unclear) = (None, false);
        while let Some(step) = walk.take() {
            let (page, rest) = step.step().await?;
            is_unclear |= page.items.iter().any(|provider| self.may_be(provider));
            if let Some(found) = page.items.into_iter().find(|provider| self.is(provider)) {
                return Ok(Some(found));
            }
            unread = unread.or(page.undecodable.into_iter().next());
            walk = rest;
        }
        match unread {
            Some(row) => Err(Stop::Failed(row.into_error(ListAssistanceProviders::OPERATION))),
            None if is_unclear => Err(Stop::Failed(Error::decode(
                "the list has a provider with this name and kind that shows no id of what it hangs on: it may be \
                 this one, so none is created; use create() if it is another one",
            ))),
            None => Ok(None),
        }
    }

    fn is(&self, provider: &AssistanceProvider) -> bool {
        provider.target() == self.new.target && echo::same_text(&provider.name, &self.new.name)
    }

    /// Whether this may be the provider, since it doesn't show what it hangs on. One whose object is gone is another
    /// one.
    fn may_be(&self, provider: &AssistanceProvider) -> bool {
        let hangs_on = provider.target();
        let is_gone = matches!(provider.content_object, ContentObject::Missing { .. });
        let shows_no_id = !is_gone && hangs_on.object_id().is_none();
        shows_no_id && hangs_on.kind() == self.new.target.kind() && echo::same_text(&provider.name, &self.new.name)
    }

    fn drift(&self, provider: &AssistanceProvider) -> Vec<Drift> {
        let mut drift = Vec::new();
        if !echo::same_text(&provider.label, &self.new.label) {
            drift.push(Drift::Label);
        }
        let same = |a: &EmailNotifier, b: &NewEmailNotifier| echo::same_text(&a.name, &b.name) && a.email == b.email;
        let (missing, extra) = echo::differing(&provider.email_notifiers, &self.new.emails, same);
        if (missing, extra) != (0, 0) {
            drift.push(Drift::EmailNotifiers { missing, extra });
        }
        match provider.webhook_echo(&self.new) {
            Echo::Confirmed => {}
            // Where none were asked for there is nothing to compare.
            Echo::NotEchoed if self.new.webhooks.is_empty() => {}
            Echo::NotEchoed => drift.push(Drift::WebhooksNotShown),
            Echo::Mismatch { missing, extra } => drift.push(Drift::WebhookNotifiers { missing, extra }),
        }
        drift
    }
}

impl_into_future!(Ensure => Ensured);
