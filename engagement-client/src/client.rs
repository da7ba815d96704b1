use crate::{EngagementBuilder, Interventions, UserId, VENDOR};
use care_client_core::{Call, Endpoint, Error, Operation, Pipeline, RequestParts, Safety};
use std::fmt;

/// A request that no method of this crate makes.
const RAW: Operation = Operation::new("engagement.raw", "", Safety::Once, VENDOR);

/// The parameter of every request that says as whom it is made.
pub(crate) const IMPERSONATED: &str = "impersonated_user_id";

/// A client of the Engage Digital API. Cheap to clone, and safe to share between threads and tasks.
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = care_emulators::engagement::Emulator::start().await?;
/// # let (base_url, token) = (emulator.base_url(), care_emulators::engagement::ACCESS_TOKEN);
/// use engagement_client::{Engagement, ListInterventions, StatusFilter};
///
/// let engagement = Engagement::builder().base_url(base_url).access_token(token).build()?;
/// let page = engagement.interventions().list(ListInterventions::new().status(StatusFilter::Active)).await?;
/// println!("{} interventions are being worked on", page.total.unwrap_or_default());
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Engagement {
    pub(crate) pipeline: Pipeline,
}

impl Engagement {
    /// Begins a client.
    pub fn builder() -> EngagementBuilder {
        EngagementBuilder::new()
    }

    /// Interventions: what agents do for a customer in one conversation.
    #[must_use]
    pub fn interventions(&self) -> Interventions<'_> {
        Interventions { engagement: self }
    }

    /// The same client, whose calls are made as this user. It shares connections, budget for repeats and rate limit.
    ///
    /// The token's user needs the role flag `impersonate_user`, or the service answers 400.
    ///
    /// ```
    /// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = care_emulators::engagement::Emulator::start().await?;
    /// # let engagement = engagement_client::Engagement::builder().base_url(emulator.base_url())
    /// #     .access_token(emulator.access_token()).build()?;
    /// # let room = emulator.controller();
    /// # let (content, agent) = (room.add_content(care_emulators::engagement::NewContent::new())?, care_emulators::engagement::AGENT_ID);
    /// let intervention = engagement.as_user(agent)?.interventions().create(content).await?;
    /// assert_eq!(intervention.user_id, Some(agent.into()));
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the id is empty.
    ///
    /// Source: RingCentral, *Engage Digital developer guide*, `docs/basics/impersonation.md`,
    /// <https://github.com/ringcentral/engage-digital-api-docs>.
    pub fn as_user(&self, user: impl Into<UserId>) -> Result<Self, Error> {
        let user = user.into();
        user.check("the user to act as")?;
        Ok(Self { pipeline: self.pipeline.with_query(IMPERSONATED, user.as_str().to_owned()) })
    }

    /// Any other request below the base URL: threads, contents, users and what else the API has. It is sent by the same rules
    /// as every call, and counts as [`Safety::Once`] unless told otherwise. A client that acts as somebody sets its own
    /// `impersonated_user_id`, instead of one among the parts.
    ///
    /// ```
    /// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = care_emulators::engagement::Emulator::start().await?;
    /// # let engagement = engagement_client::Engagement::builder().base_url(emulator.base_url())
    /// #     .access_token(emulator.access_token()).build()?;
    /// use engagement_client::{RequestParts, Safety};
    ///
    /// let threads = RequestParts::get(["content_threads"]).query("q", "opened_and_assigned_to_me:true");
    /// match engagement.raw(threads).with_safety(Safety::Read).await {
    ///     Ok(answer) => println!("{} bytes of JSON", answer.body.len()),
    ///     Err(error) => println!("{error}"),
    /// }
    /// # Ok(()) }
    /// ```
    pub fn raw(&self, parts: RequestParts) -> Call<RequestParts> {
        self.pipeline.call(parts).as_operation(&RAW)
    }

    /// An operation of your own: what this crate lacks, as an [`Endpoint`].
    pub fn call<E: Endpoint>(&self, endpoint: E) -> Call<E> {
        self.pipeline.call(endpoint)
    }
}

impl fmt::Debug for Engagement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Engagement").field("pipeline", &self.pipeline).finish()
    }
}
