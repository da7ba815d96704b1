//! What callouts are classified as.

mod model;

pub use model::{CalloutClass, Classification, ClassificationList};

use crate::{client::Aura, environment::DOCUMENT};
use care_client_core::{Call, DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts, Safety};
use std::fmt;

/// What a callout can be classified as: real, or a test. Made by [`Aura::classifications`]; needs the user's or the
/// server's credentials.
#[derive(Clone, Copy)]
pub struct Classifications<'c> {
    pub(crate) aura: &'c Aura,
}

impl Classifications<'_> {
    /// Lists them: `GET /callout-classifications`. The ids change infrequently and may be kept.
    ///
    /// ```
    /// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = care_emulators::aura::Emulator::start().await?;
    /// # let aura = aura_client::Aura::builder().base_url(emulator.url())
    /// #     .server_credentials(emulator.client_id(), emulator.client_secret()).build()?;
    /// let list = aura.classifications().list().await?;
    /// let test = list.test().ok_or("AURA has no TEST classification")?;
    /// # let _ = test;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// No error is documented. [`Kind::Decode`](crate::Kind::Decode) if the answer holds no list.
    pub fn list(self) -> Call<ListClassifications> {
        self.aura.for_any.call(ListClassifications::new())
    }
}

impl fmt::Debug for Classifications<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Classifications")
    }
}

/// Lists the classifications. Made by [`Classifications::list`](super::Classifications::list).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListClassifications {
    _more: (),
}

impl ListClassifications {
    pub(crate) fn new() -> Self {
        Self::default()
    }
}

impl Endpoint for ListClassifications {
    type Output = ClassificationList;

    const OPERATION: &'static Operation =
        &Operation::new("aura.classifications.list", "/callout-classifications", Safety::Read, DOCUMENT);

    fn parts(&self) -> Result<RequestParts, Error> {
        Ok(RequestParts::get(["callout-classifications"]))
    }

    fn decode(&self, response: &RawResponse) -> Result<ClassificationList, DecodeError> {
        response.json()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_asks_for_the_documented_path() {
        let parts = ListClassifications::new().parts().unwrap();
        assert_eq!((parts.method().as_str(), parts.path().join("/")), ("GET", "callout-classifications".to_owned()));
    }
}
