use super::{hint, own_of_500, parts};
use crate::{
    resource::{Resource, sealed::Place as _},
    time::Zone,
    wire::refuse_error,
};
use care_client_core::{
    DecodeError, Endpoint, Error, Operation, Page, Paged, RawResponse, RequestParts, Undecodable, wire::Records,
};
use http::Method;
use serde::{Deserialize, de::DeserializeOwned};
use std::{borrow::Cow, marker::PhantomData};

/// How many rows a page has: the server's own number, which nobody can ask to change.
const PAGE: u64 = 10;

/// Lists all rows of a resource that the user may see, ten a page.
///
/// `.await` gives one page, with the server's count of all in [`Page::total`]; [`items()`](care_client_core::Call::items)
/// and [`pages()`](care_client_core::Call::pages) walk all of them. No row comes twice; what else holds while the list changes
/// is told at [`Pages`](care_client_core::Pages#numbered-pages). The links to other pages are never followed.
///
/// The server has no filters, and most of its lists have no order (defect [`NEWF-51`](crate::defects)).
#[derive(Debug, Clone, PartialEq)]
#[must_use = "give it to the client's call(..)"]
pub struct List<R> {
    page: u64,
    zone: Zone,
    resource: PhantomData<fn() -> R>,
}

impl<R> List<R> {
    pub(crate) fn new(zone: Zone) -> Self {
        Self { page: 1, zone, resource: PhantomData }
    }

    /// Sets the page that is read, or that a walk begins with. Default: 1, the first; 0 counts as 1.
    pub fn page(mut self, number: u64) -> Self {
        self.page = number.max(1);
        self
    }
}

/// A page as the server gives it. `next` and `previous` lead to whatever host somebody called it by.
#[derive(Deserialize)]
#[serde(bound(deserialize = "T: DeserializeOwned"))]
pub(crate) struct Envelope<T> {
    count: u64,
    /// NEWF-09: a row of an older shape hides no other.
    results: Records<T>,
}

impl<T: DeserializeOwned> Envelope<T> {
    pub(crate) fn read(response: &RawResponse) -> Result<Page<T>, DecodeError> {
        refuse_error(response)?;
        let Self { count, results } = response.json()?;
        let page = results.into_page();
        // A page beyond the end is answered with 404, so one without rows is that of an empty list.
        if page.rows() == 0 && count > 0 {
            return Err(DecodeError::unreadable("results", "no rows, though some are counted"));
        }
        Ok(page.with_total(Some(count)))
    }
}

impl<R: Resource> Endpoint for List<R> {
    type Output = Page<R::Row>;

    const OPERATION: &'static Operation = &R::LIST;

    fn parts(&self) -> Result<RequestParts, Error> {
        let parts = parts(Method::GET, [R::COLLECTION]);
        Ok(if self.page > 1 { parts.query("page", self.page.to_string()) } else { parts })
    }

    fn decode(&self, response: &RawResponse) -> Result<Page<R::Row>, DecodeError> {
        let mut page = Envelope::<R::Row>::read(response)?;
        page.items.iter_mut().for_each(|row| row.place(&self.zone));
        Ok(page)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        match refusal.status {
            http::StatusCode::NOT_FOUND => Some("the list has no such page".into()),
            _ => hint::<R>(refusal, own_of_500::<R>(refusal)),
        }
    }
}

impl<R: Resource> Paged for List<R> {
    type Item = R::Row;
    type Key = String;
    const NUMBERED: bool = true;

    fn key(row: Result<&R::Row, &Undecodable>) -> String {
        row.map_or_else(|row| row.id.to_string(), R::key)
    }

    fn offset(&self) -> u64 {
        (self.page - 1).saturating_mul(PAGE)
    }

    fn limit(&self) -> u64 {
        PAGE
    }

    fn at(&self, offset: u64, _limit: u64) -> Self {
        Self { page: offset / PAGE + 1, zone: self.zone.clone(), resource: PhantomData }
    }
}
