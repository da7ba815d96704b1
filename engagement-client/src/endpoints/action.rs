//! A verb on one object.

use crate::{
    endpoints::{hint, path},
    params::Params,
    resource::{Action, Resource},
};
use care_client_core::{DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts};
use http::{HeaderValue, header::ACCEPT};
use std::{borrow::Cow, marker::PhantomData};

/// Does something to one object, such as closing a thread. What a repeat would do stands at each verb.
#[derive(Debug, Clone, PartialEq)]
pub struct Act<A: Action> {
    id: <A::Target as Resource>::Id,
    pub(crate) params: Params,
    action: PhantomData<fn() -> A>,
}

impl<A: Action> Act<A> {
    pub(crate) fn new(id: <A::Target as Resource>::Id) -> Self {
        Self { id, params: Params::default(), action: PhantomData }
    }
}

impl<A: Action> Endpoint for Act<A> {
    type Output = A::Output;

    const OPERATION: &'static Operation = &A::OPERATION;

    fn parts(&self) -> Result<RequestParts, Error> {
        let path = path::<A::Target>(&self.id, Some(A::VERB))?;
        let parts = RequestParts::new(A::METHOD, path).header(ACCEPT, HeaderValue::from_static("application/json"));
        if A::FORM { self.params.apply_as_form(parts) } else { self.params.apply(parts) }
    }

    fn decode(&self, response: &RawResponse) -> Result<A::Output, DecodeError> {
        A::decode(&self.id, response)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        hint::<A::Target>(refusal, A::FORBIDDEN)
    }
}
