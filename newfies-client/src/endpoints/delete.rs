use super::{parts, write_hint};
use crate::resource::Writable;
use care_client_core::{DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts};
use http::{Method, StatusCode};
use std::borrow::Cow;

/// Deletes a row, and what belongs to it.
///
/// It is [`Safety::Idempotent`](crate::Safety::Idempotent). If the answer to a first attempt was lost, "not found" on the second
/// is the wanted state, whoever caused it.
#[derive(Debug, Clone, PartialEq)]
pub struct Delete<R: Writable> {
    id: R::Id,
}

impl<R: Writable> Delete<R> {
    pub(crate) fn new(id: R::Id) -> Self {
        Self { id }
    }
}

impl<R: Writable> Endpoint for Delete<R> {
    type Output = ();

    const OPERATION: &'static Operation = &R::DELETE;

    fn parts(&self) -> Result<RequestParts, Error> {
        Ok(parts(Method::DELETE, [R::COLLECTION.to_owned(), self.id.to_string()]))
    }

    fn decode(&self, response: &RawResponse) -> Result<(), DecodeError> {
        response.accepted()
    }

    fn settle(&self, refusal: &RawResponse) -> Option<()> {
        (refusal.status == StatusCode::NOT_FOUND).then_some(())
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        write_hint::<R>(refusal, None)
    }
}
