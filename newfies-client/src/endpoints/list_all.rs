use super::{hint, parts};
use crate::{
    resource::{Resource, sealed::Place as _},
    time::Zone,
    wire::Collapsed,
};
use care_client_core::{DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts};
use http::Method;
use std::{borrow::Cow, marker::PhantomData};

/// Lists all rows of a resource that the server gives at once, without pages.
///
/// Several come as an array, one as an object, and none as a note (defect [`NEWF-11`](crate::defects)): it is a list each time. A row
/// that can't be read makes the whole answer an error: there are no pages that could hold it apart.
#[derive(Debug, Clone, PartialEq)]
pub struct ListAll<R> {
    zone: Zone,
    resource: PhantomData<fn() -> R>,
}

impl<R> ListAll<R> {
    pub(crate) fn new(zone: Zone) -> Self {
        Self { zone, resource: PhantomData }
    }
}

impl<R: Resource> Endpoint for ListAll<R> {
    type Output = Vec<R::Row>;

    const OPERATION: &'static Operation = &R::LIST;

    fn parts(&self) -> Result<RequestParts, Error> {
        Ok(parts(Method::GET, [R::COLLECTION]))
    }

    fn decode(&self, response: &RawResponse) -> Result<Vec<R::Row>, DecodeError> {
        let mut rows: Vec<R::Row> = Collapsed::rows(response)?;
        rows.iter_mut().for_each(|row| row.place(&self.zone));
        Ok(rows)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        hint::<R>(refusal, None)
    }
}
