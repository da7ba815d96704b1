use super::guessed;
use crate::{documents::ASSISTANCE, ids::ProviderId};
use care_client_core::{DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts, Safety};
use http::{HeaderValue, Method, header::ACCEPT};
use std::borrow::Cow;

/// Deletes a provider: a guess, see [`undocumented`](crate::undocumented) and defect [`CARE-27`](crate::defects).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeleteProvider {
    id: ProviderId,
}

impl DeleteProvider {
    /// Deletes the provider with this id.
    pub fn new(id: impl Into<ProviderId>) -> Self {
        Self { id: id.into() }
    }
}

impl Endpoint for DeleteProvider {
    type Output = ();

    // A repeat that is answered 404 proves nothing here: that is also what a wrong guess looks like.
    const OPERATION: &'static Operation =
        &Operation::new("caremessenger.undocumented.delete", "/assistance-provider/{id}", Safety::Once, ASSISTANCE);

    fn parts(&self) -> Result<RequestParts, Error> {
        let parts = RequestParts::new(Method::DELETE, ["assistance-provider".into(), self.id.to_string()]);
        Ok(parts.header(ACCEPT, HeaderValue::from_static("application/json")))
    }

    fn decode(&self, response: &RawResponse) -> Result<(), DecodeError> {
        response.accepted()
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        guessed(refusal)
    }
}
