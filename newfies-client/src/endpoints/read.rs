//! Reading one row, and lists that come in one answer.

use crate::{
    endpoints::{collection, hint::hint, one, same_row},
    resource::{Action, Listed, Resource, Row as _},
    time::Zone,
    wire::Collapsed,
};
use care_client_core::{DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts};
use http::Method;
use std::{borrow::Cow, marker::PhantomData};

/// Reads one row.
#[derive(Debug, Clone, PartialEq)]
pub struct Get<R: Resource> {
    id: R::Id,
    zone: Zone,
}

/// Lists all rows of a resource in one answer, for lists that the server doesn't page.
///
/// The server sends several rows as an array, one as an object and none as a note (defect [`NEWF-11`](crate::defects));
/// the output is a list in all three cases. One unreadable row fails the whole call, because a list without it would
/// look complete.
#[derive(Debug, Clone, PartialEq)]
pub struct ListAll<L> {
    zone: Zone,
    resource: PhantomData<fn() -> L>,
}

impl<R: Resource> Get<R> {
    pub(crate) fn new(id: R::Id, zone: Zone) -> Self {
        Self { id, zone }
    }
}

impl<L> ListAll<L> {
    pub(crate) fn new(zone: Zone) -> Self {
        Self { zone, resource: PhantomData }
    }
}

impl<R: Resource> Endpoint for Get<R> {
    type Output = R;

    const OPERATION: &'static Operation = &R::GET;

    fn parts(&self) -> Result<RequestParts, Error> {
        Ok(one::<R>(Method::GET, &self.id))
    }

    fn decode(&self, response: &RawResponse) -> Result<R, DecodeError> {
        same_row(response, &self.zone, &self.id)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        hint::<R>(Action::Get, refusal)
    }
}

impl<L: Listed> Endpoint for ListAll<L> {
    type Output = Vec<L::Row>;

    const OPERATION: &'static Operation = &L::LIST;

    fn parts(&self) -> Result<RequestParts, Error> {
        Ok(collection::<L>(Method::GET))
    }

    fn decode(&self, response: &RawResponse) -> Result<Vec<L::Row>, DecodeError> {
        let mut rows: Vec<L::Row> = Collapsed::rows(response)?;
        rows.iter_mut().for_each(|row| row.place(&self.zone));
        Ok(rows)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        hint::<L>(Action::List { page: 1 }, refusal)
    }
}
