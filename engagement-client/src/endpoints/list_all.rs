//! Lists that come in one answer: as a bare array, or in the envelope of a page without its parameters.

use crate::{
    endpoints::{list::page, status_hint},
    params::Params,
};
use care_client_core::{DecodeError, Endpoint, Error, Operation, Page, RawResponse, RequestParts, wire::Records};
use serde::de::DeserializeOwned;
use std::borrow::Cow;
use std::{fmt, marker::PhantomData};

/// Rows that the service lists in one answer. Implemented by this crate's types only.
pub trait Collection: Clone + fmt::Debug + PartialEq + DeserializeOwned + Send + Sync + 'static {
    #[doc(hidden)]
    const ALL: Operation;
    #[doc(hidden)]
    const PATH: &'static [&'static str];
}

/// Lists all rows of a kind in one answer, for lists that the service doesn't page.
///
/// A row that can't be decoded hides no other: it is in [`Page::undecodable`].
#[derive(Debug, PartialEq, Eq)]
pub struct ListAll<R> {
    pub(crate) params: Params,
    row: PhantomData<fn() -> R>,
}

impl<R> ListAll<R> {
    /// Lists all that the token's user can read.
    pub fn new() -> Self {
        Self { params: Params::default(), row: PhantomData }
    }
}

impl<R> Default for ListAll<R> {
    fn default() -> Self {
        Self::new()
    }
}

impl<R> Clone for ListAll<R> {
    fn clone(&self) -> Self {
        Self { params: self.params.clone(), row: PhantomData }
    }
}

impl<R: Collection> Endpoint for ListAll<R> {
    type Output = Page<R>;

    const OPERATION: &'static Operation = &R::ALL;

    fn parts(&self) -> Result<RequestParts, Error> {
        self.params.apply(RequestParts::get(R::PATH.iter().copied()))
    }

    fn decode(&self, response: &RawResponse) -> Result<Page<R>, DecodeError> {
        if response.body.trim_ascii_start().starts_with(b"[") {
            return response.json::<Records<R>>().map(Records::into_page);
        }
        page(response)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        status_hint(refusal.status, "the list")
    }
}
