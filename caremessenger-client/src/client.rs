//! The client: cheap to clone, it hands out the handles of the operations.

use crate::{
    auth::SignIn,
    builder::CareMessengerBuilder,
    documents::ASSISTANCE,
    providers::{AssistanceProviders, EmptyLists},
    undocumented::Undocumented,
};
use care_client_core::{Call, Credentials, Endpoint, Operation, Pipeline, RequestParts, Safety, Secret};
use std::fmt;

/// A request that no method of this crate makes.
const RAW: Operation = Operation::new("caremessenger.raw", "", Safety::Once, ASSISTANCE);

/// A client of the CareMessenger API. Cheap to clone, and safe to share between threads and tasks.
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = care_emulators::caremessenger::Emulator::start().await?;
/// # let (url, username, password) = (emulator.base_url(), emulator.username(), emulator.password());
/// use caremessenger_client::{CareMessenger, ListAssistanceProviders};
///
/// let care = CareMessenger::builder().base_url(url).credentials(username, password).build()?;
/// let page = care.assistance_providers().list(ListAssistanceProviders::new()).await?;
/// println!("{} helpers are on the televisions", page.items.len());
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct CareMessenger {
    pub(crate) pipeline: Pipeline,
    pub(crate) empty_lists: EmptyLists,
}

impl CareMessenger {
    /// Begins a client.
    pub fn builder() -> CareMessengerBuilder {
        CareMessengerBuilder::new()
    }

    /// Assistance providers: whom residents can ask for help by their television.
    #[must_use]
    pub fn assistance_providers(&self) -> AssistanceProviders<'_> {
        AssistanceProviders { care: self }
    }

    /// Operations that no page of the vendor documents, and that are guessed: see
    /// [`undocumented`](crate::undocumented).
    #[must_use]
    pub fn undocumented(&self) -> Undocumented<'_> {
        Undocumented { care: self }
    }

    /// Signs in and returns the token with the account that it is for: `POST /api-token-auth/`. A client with
    /// [`credentials`](CareMessengerBuilder::credentials) does that by itself; this is for programs that hand tokens
    /// on.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if one of them is empty. 400 if the account or the password is wrong.
    pub fn sign_in(&self, username: impl Into<String>, password: impl Into<Secret>) -> Call<SignIn> {
        self.pipeline.with_credentials(Credentials::None).call(SignIn::new(username.into(), password.into()))
    }

    /// Any other request below `/v2`: the resources that the vendor's pages only name, such as `assistance-request` and
    /// `webhook-log`. It is sent by the same rules as every call; its safety is [`Safety::Once`] unless
    /// [`with_safety`](Call::with_safety) sets another.
    ///
    /// A name is not always the path: the vendor's own list of resources has `resident` at `resident-temp`.
    ///
    /// ```
    /// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = care_emulators::caremessenger::Emulator::start().await?;
    /// # let (url, username, password) = (emulator.base_url(), emulator.username(), emulator.password());
    /// # let builder = caremessenger_client::CareMessenger::builder().base_url(url);
    /// # let care = builder.credentials(username, password).build()?;
    /// use caremessenger_client::{RequestParts, Safety};
    ///
    /// match care.raw(RequestParts::get(["assistance-request"])).with_safety(Safety::Read).await {
    ///     Ok(answer) => println!("{} bytes of JSON", answer.body.len()),
    ///     Err(error) => println!("{error}"),
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// Source: CareMessenger, *Viewing the Schema*, <https://docs.caremessenger.co.uk/viewing_the_schema.html>.
    pub fn raw(&self, parts: RequestParts) -> Call<RequestParts> {
        self.pipeline.call(parts).as_operation(&RAW)
    }

    /// An operation of your own: what this crate lacks, as an [`Endpoint`].
    pub fn call<E: Endpoint>(&self, endpoint: E) -> Call<E> {
        self.pipeline.call(endpoint)
    }
}

impl fmt::Debug for CareMessenger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CareMessenger")
            .field("pipeline", &self.pipeline)
            .field("empty_lists", &self.empty_lists)
            .finish()
    }
}
