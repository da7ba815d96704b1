//! Reading one object.

use crate::{
    endpoints::{hint, path, same_object},
    resource::Readable,
};
use care_client_core::{DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts};
use std::borrow::Cow;

/// Reads one object.
#[derive(Debug, Clone, PartialEq)]
pub struct Get<R: Readable> {
    id: R::Id,
}

impl<R: Readable> Get<R> {
    pub(crate) fn new(id: R::Id) -> Self {
        Self { id }
    }
}

impl<R: Readable> Endpoint for Get<R> {
    type Output = R;

    const OPERATION: &'static Operation = &R::GET;

    fn parts(&self) -> Result<RequestParts, Error> {
        Ok(RequestParts::get(path::<R>(&self.id, None)?))
    }

    fn decode(&self, response: &RawResponse) -> Result<R, DecodeError> {
        same_object(response, &self.id)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        hint::<R>(refusal, None)
    }
}
