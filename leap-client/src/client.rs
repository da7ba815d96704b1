use crate::{DOCUMENT, builder::LeapBuilder, requests::Requests, xml::write::Dialect};
use care_client_core::{Call, Endpoint, Operation, Pipeline, RequestParts, Safety};
use std::fmt;

/// A request that no method of this crate makes.
const RAW: Operation = Operation::new("leap.raw", "", Safety::Once, DOCUMENT);

/// A client of LEAP's web services. Cheap to clone, and safe to share between threads and tasks.
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = care_emulators::leap::Emulator::start().await?;
/// # let (root, password) = (emulator.url(), care_emulators::leap::PASSWORD);
/// # use care_emulators::leap::USERNAME;
/// # let user = USERNAME;
/// use leap_client::{Leap, ListRequests};
///
/// let leap = Leap::builder().root(root).basic_auth(user, password).build()?;
/// let page = leap.requests().list(ListRequests::new().acked(false)).await?;
/// println!("{} requests wait to be acknowledged", page.items.len());
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Leap {
    pub(crate) pipeline: Pipeline,
    pub(crate) dialect: Dialect,
}

impl Leap {
    /// Begins a client.
    pub fn builder() -> LeapBuilder {
        LeapBuilder::new()
    }

    /// Support requests: find, update and acknowledge them, and follow their changes.
    #[must_use]
    pub fn requests(&self) -> Requests<'_> {
        Requests { leap: self }
    }

    /// Any other request below the root: customers, properties and what else LEAP has. It is sent by the same rules as every
    /// call, and counts as [`Safety::Once`] unless told otherwise.
    ///
    /// ```
    /// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = care_emulators::leap::Emulator::start().await?;
    /// # let leap = leap_client::Leap::builder().root(emulator.url())
    /// #     .basic_auth(care_emulators::leap::USERNAME, care_emulators::leap::PASSWORD).build()?;
    /// use http::{HeaderValue, Method, header::ACCEPT};
    /// use leap_client::{RequestParts, Safety};
    ///
    /// let theme = RequestParts::new(Method::GET, ["tenant", "theme"])
    ///     .trailing_slash()
    ///     .header(ACCEPT, HeaderValue::from_static("application/xml"));
    /// match leap.raw(theme).with_safety(Safety::Read).await {
    ///     Ok(answer) => println!("{} bytes of XML", answer.body.len()),
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

impl fmt::Debug for Leap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Leap").field("pipeline", &self.pipeline).field("dialect", &self.dialect).finish()
    }
}
