use super::{hint, own_of_500, parts, row};
use crate::{resource::Resource, time::Zone};
use care_client_core::{DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts};
use http::Method;
use std::borrow::Cow;

/// Reads one row.
#[derive(Debug, Clone, PartialEq)]
pub struct Get<R: Resource> {
    id: R::Id,
    zone: Zone,
}

impl<R: Resource> Get<R> {
    pub(crate) fn new(id: R::Id, zone: Zone) -> Self {
        Self { id, zone }
    }
}

impl<R: Resource> Endpoint for Get<R> {
    type Output = R;

    const OPERATION: &'static Operation = &R::GET;

    fn parts(&self) -> Result<RequestParts, Error> {
        Ok(parts(Method::GET, [R::COLLECTION.to_owned(), self.id.to_string()]))
    }

    fn decode(&self, response: &RawResponse) -> Result<R, DecodeError> {
        row(response, &self.zone)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        hint::<R>(refusal, own_of_500::<R>(refusal))
    }
}
