//! Assistance providers: whom residents can ask for help by their television.

mod check;
mod create;
mod echo;
mod ensure;
mod get;
mod lint;
mod list;
mod model;
mod new_provider;
mod pages;
mod walk;

pub(crate) use check::email as check_email;
pub(crate) use check::{text as check_text, webhook_url as check_webhook_url};
pub use echo::Echo;
pub use ensure::{Drift, Ensure, Ensured};
pub use get::GetAssistanceProvider;
pub use lint::{LABEL_LONG, Lint};
pub use list::{ListAssistanceProviders, ProviderPage};
pub use model::*;
pub use new_provider::{EmptyLists, NewAssistanceProvider, NewEmailNotifier, NewWebhookNotifier};
pub use pages::{ProviderItems, ProviderPages};

use crate::{client::CareMessenger, ids::ProviderId};
use care_client_core::{Call, DecodeError, RawResponse};
use std::fmt;

/// The fields of a provider, one of which is in every answer about one.
pub(crate) const FIELDS: &[&str] = &["id", "name", "label", "content_object", "email_notifiers", "webhook_notifiers"];

/// Reads the provider that was asked for.
///
/// # Errors
///
/// [Foreign](DecodeError::foreign) if it is another one, or nothing of CareMessenger's.
pub(crate) fn same_provider(response: &RawResponse, id: ProviderId) -> Result<AssistanceProvider, DecodeError> {
    let provider: AssistanceProvider = response.json_with(FIELDS)?;
    if provider.id == id {
        Ok(provider)
    } else {
        Err(DecodeError::foreign("the answer is about another provider than requested"))
    }
}

/// Assistance providers: whom residents can ask for help by their television. Made by
/// [`CareMessenger::assistance_providers`].
///
/// Creating one is documented whole; listing and reading are documented by name (defect [`CARE-26`](crate::defects)).
/// How to change or delete one is documented nowhere: see [`undocumented`](crate::undocumented).
///
/// Source: CareMessenger, *Assistance Requests*, <https://docs.caremessenger.co.uk/assistance.html>.
#[derive(Clone, Copy)]
pub struct AssistanceProviders<'c> {
    pub(crate) care: &'c CareMessenger,
}

impl AssistanceProviders<'_> {
    /// Puts a helper on the televisions: `POST /v2/assistance-provider`.
    ///
    /// It is [`Safety::Once`](crate::Safety::Once): sent twice, residents see the helper twice (defect
    /// [`CARE-24`](crate::defects)). [`ensure`](Self::ensure) looks before it creates, and after an unknown outcome.
    ///
    /// ```
    /// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = care_emulators::caremessenger::Emulator::start().await?;
    /// # let (url, username, password) = (emulator.base_url(), emulator.username(), emulator.password());
    /// # let builder = caremessenger_client::CareMessenger::builder().base_url(url);
    /// # let care = builder.credentials(username, password).build()?;
    /// use caremessenger_client::{NewAssistanceProvider, SiteId};
    ///
    /// let new = NewAssistanceProvider::for_site(SiteId(5), "Acacia Avenue, manager", "Duty manager")
    ///     .email("Duty manager", "duty@example.com")
    ///     .webhook("Duty desk", "https://hooks.example.com/care/3f9d2c51b7e04a68");
    /// let provider = care.assistance_providers().create(new).await?;
    /// println!("{} is on the televisions", provider.id);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if a name, the label, an address or a URL can't be meant, if one is
    /// there twice, or if the provider reaches nobody and
    /// [`without_notifiers`](NewAssistanceProvider::without_notifiers) was not said. 400 with an
    /// [`ApiFault`](crate::ApiFault) is the usual answer to what the server doesn't take; no document lists any.
    pub fn create(self, new: NewAssistanceProvider) -> Call<NewAssistanceProvider> {
        self.care.pipeline.call(new.with_empty_lists(self.care.empty_lists))
    }

    /// Reads one provider: `GET /v2/assistance-provider/{id}`.
    ///
    /// # Errors
    ///
    /// 404 if there is none, or if this account can't see it.
    pub fn get(self, id: impl Into<ProviderId>) -> Call<GetAssistanceProvider> {
        self.care.pipeline.call(GetAssistanceProvider::new(id.into()))
    }

    /// Lists providers: `GET /v2/assistance-provider`. `.await` gives the first page; [`items`](Self::items) walks the
    /// whole list.
    ///
    /// # Errors
    ///
    /// 401 and 403 by the account's permissions.
    pub fn list(self, list: ListAssistanceProviders) -> Call<ListAssistanceProviders> {
        self.care.pipeline.call(list)
    }

    /// Walks the whole list, provider by provider, as a stream that owns what it needs: see [`ProviderItems`].
    ///
    /// ```
    /// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = care_emulators::caremessenger::Emulator::start().await?;
    /// # let (url, username, password) = (emulator.base_url(), emulator.username(), emulator.password());
    /// # let care = caremessenger_client::CareMessenger::builder()
    /// #     .base_url(url).credentials(username, password).build()?;
    /// use caremessenger_client::ListAssistanceProviders;
    /// use futures_util::TryStreamExt;
    ///
    /// let mut providers = care.assistance_providers().items(ListAssistanceProviders::new());
    /// while let Some(provider) = providers.try_next().await? {
    ///     println!("{}: {} for {}", provider.id, provider.label, provider.target());
    /// }
    /// # Ok(()) }
    /// ```
    pub fn items(self, list: ListAssistanceProviders) -> ProviderItems {
        self.list(list).into()
    }

    /// Walks the whole list, page by page, as a stream that owns what it needs: see [`ProviderPages`].
    pub fn pages(self, list: ListAssistanceProviders) -> ProviderPages {
        self.list(list).into()
    }

    /// Creates a provider unless there is one with this target and name. See [`Ensure`].
    pub fn ensure(self, new: NewAssistanceProvider) -> Ensure {
        Ensure::new(self.care.pipeline.clone(), new.with_empty_lists(self.care.empty_lists))
    }
}

impl fmt::Debug for AssistanceProviders<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AssistanceProviders")
    }
}
