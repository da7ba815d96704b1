//! The client: a pipeline of the core, and how its documents are written.

use crate::{address::DOCUMENT, xml::write::Dialect};
use care_client_core::{Call, Endpoint, Operation, Pipeline, RequestParts, Safety};
use std::fmt;

/// The operation of requests that this crate has no method for.
const RAW: Operation = Operation::new("leap.raw", "", Safety::Once, DOCUMENT);

/// A client for LEAP's web services. Cheap to clone, and safe to share between threads and tasks.
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = care_emulators::leap::Emulator::start().await?;
/// # let (base_url, password) = (emulator.url(), care_emulators::leap::PASSWORD);
/// # use care_emulators::leap::USERNAME;
/// # let user = USERNAME;
/// use leap_client::{Leap, ListRequests};
///
/// let leap = Leap::builder().base_url(base_url).basic_auth(user, password).build()?;
/// let page = leap.requests().list(ListRequests::new().acked(false)).await?;
/// println!("{} requests have unacknowledged changes", page.items.len());
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Leap {
    pub(crate) pipeline: Pipeline,
    pub(crate) dialect: Dialect,
}

impl Leap {
    /// Sends any other request below the base URL, for customers, properties and the rest of LEAP. The same rules apply
    /// as to every call; its safety is [`Safety::Once`] unless set otherwise.
    ///
    /// ```
    /// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = care_emulators::leap::Emulator::start().await?;
    /// # let leap = leap_client::Leap::builder().base_url(emulator.url())
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

    /// Sends an operation of your own, written as an [`Endpoint`].
    ///
    /// Documents of this crate's own endpoints are then written with the defaults of
    /// [`ack_flag_spelling`](crate::LeapBuilder::ack_flag_spelling) and
    /// [`request_namespace`](crate::LeapBuilder::request_namespace); [`requests()`](Self::requests) uses the client's
    /// settings.
    pub fn call<E: Endpoint>(&self, endpoint: E) -> Call<E> {
        self.pipeline.call(endpoint)
    }
}

impl fmt::Debug for Leap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Leap").field("pipeline", &self.pipeline).field("dialect", &self.dialect).finish()
    }
}
