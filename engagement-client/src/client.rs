//! The client: a pipeline of the core, and the handle of the one resource.

use crate::{
    defects::VENDOR,
    ids::{ObjectId as _, UserId},
};
use care_client_core::{Call, Endpoint, Error, Operation, Pipeline, RequestParts, Safety};
use std::fmt;

/// The operation of requests that this crate has no method for.
const RAW: Operation = Operation::new("engagement.raw", "", Safety::Once, VENDOR);

/// The query parameter that names the impersonated user.
pub(crate) const IMPERSONATED: &str = "impersonated_user_id";

/// A client of the Engage Digital API. It is cheap to clone and safe to share between threads and tasks.
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = care_emulators::engagement::Emulator::start().await?;
/// # let (base_url, token) = (emulator.base_url(), care_emulators::engagement::ACCESS_TOKEN);
/// use engagement_client::{Engagement, ListInterventions, StatusFilter};
///
/// let engagement = Engagement::builder().base_url(base_url).access_token(token).build()?;
/// let active = ListInterventions::new().status(StatusFilter::Active);
/// let page = engagement.interventions().list(active).await?;
/// println!("{} active interventions", page.total.unwrap_or_default());
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Engagement {
    pub(crate) pipeline: Pipeline,
}

impl Engagement {
    /// Returns the same client with calls that act as this user. It shares connections, retry budget and rate limit.
    ///
    /// The token's user needs the role flag `impersonate_user`; otherwise the service answers 400.
    ///
    /// ```
    /// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = care_emulators::engagement::Emulator::start().await?;
    /// # let engagement = engagement_client::Engagement::builder().base_url(emulator.base_url())
    /// #     .access_token(emulator.access_token()).build()?;
    /// # use care_emulators::engagement::{AGENT_ID, NewContent};
    /// # let (content, agent) = (emulator.controller().add_content(NewContent::new())?, AGENT_ID);
    /// let intervention = engagement.as_user(agent)?.interventions().create(content).await?;
    /// assert_eq!(intervention.user_id, Some(agent.into()));
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the id is empty or not an id.
    ///
    /// Source: RingCentral, *Engage Digital developer guide*, `docs/basics/impersonation.md`,
    /// <https://github.com/ringcentral/engage-digital-api-docs>.
    pub fn as_user(&self, user: impl Into<UserId>) -> Result<Self, Error> {
        let user = user.into();
        user.check("the user to impersonate")?;
        Ok(Self { pipeline: self.pipeline.with_query(IMPERSONATED, user.as_str().to_owned()) })
    }

    /// Sends any other request below the base URL: threads, contents, users and the rest of the API. It follows the
    /// same rules as every call, and counts as [`Safety::Once`] unless [`with_safety`](Call::with_safety) says
    /// otherwise. A client that impersonates a user sets `impersonated_user_id` itself and overrides one among the
    /// parts.
    ///
    /// ```
    /// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = care_emulators::engagement::Emulator::start().await?;
    /// # let engagement = engagement_client::Engagement::builder().base_url(emulator.base_url())
    /// #     .access_token(emulator.access_token()).build()?;
    /// use engagement_client::{RequestParts, Safety};
    ///
    /// let threads = RequestParts::get(["content_threads"]);
    /// let threads = threads.query("q", "opened_and_assigned_to_me:true");
    /// match engagement.raw(threads).with_safety(Safety::Read).await {
    ///     Ok(answer) => println!("{} bytes of JSON", answer.body.len()),
    ///     Err(error) => println!("{error}"),
    /// }
    /// # Ok(()) }
    /// ```
    pub fn raw(&self, parts: RequestParts) -> Call<RequestParts> {
        self.pipeline.call(parts).as_operation(&RAW)
    }

    /// Calls an operation that you define yourself as an [`Endpoint`].
    pub fn call<E: Endpoint>(&self, endpoint: E) -> Call<E> {
        self.pipeline.call(endpoint)
    }
}

impl fmt::Debug for Engagement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Engagement").field("pipeline", &self.pipeline).finish()
    }
}
