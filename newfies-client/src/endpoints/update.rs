use super::{own_of_500, parts, row, with_body, write_hint};
use crate::{
    resource::{Writable, sealed::HasBody as _},
    time::Zone,
};
use care_client_core::{DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts};
use http::Method;
use std::borrow::Cow;

/// Changes some fields of a row, and leaves the others as they are.
///
/// It is [`Safety::Idempotent`](crate::Safety::Idempotent): done twice, the row is the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Update<R: Writable> {
    id: R::Id,
    patch: R::Patch,
    zone: Zone,
}

impl<R: Writable> Update<R> {
    pub(crate) fn new(id: R::Id, patch: R::Patch, zone: Zone) -> Self {
        Self { id, patch, zone }
    }
}

impl<R: Writable> Endpoint for Update<R> {
    type Output = R;

    const OPERATION: &'static Operation = &R::UPDATE;

    fn parts(&self) -> Result<RequestParts, Error> {
        if self.patch.body().is_empty() {
            return Err(Error::request("nothing is to be changed: set at least one field"));
        }
        let path = [R::COLLECTION.to_owned(), self.id.to_string()];
        with_body(parts(Method::PATCH, path), &self.patch, &self.zone)
    }

    fn decode(&self, response: &RawResponse) -> Result<R, DecodeError> {
        row(response, &self.zone)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        write_hint::<R>(refusal, own_of_500::<R>(refusal))
    }
}
