//! Lists in pages of up to 150 rows, by offset.

use crate::{
    endpoints::hint,
    params::Params,
    resource::{Listed, Resource},
};
use care_client_core::{
    DecodeError, Endpoint, Error, Operation, Page, Paged, RawResponse, RequestParts, Undecodable,
    wire::{Records, number},
};
use serde::{Deserialize, de::DeserializeOwned};
use std::{borrow::Cow, marker::PhantomData};

/// The largest page size of the service.
const MAX_LIMIT: u32 = 150;

/// Lists the objects of a kind that the token's user can read: `engagement.threads().list(List::new())`.
///
/// `.await` returns one page, with the service's count of all rows in [`Page::total`];
/// [`items()`](care_client_core::Call::items) and [`pages()`](care_client_core::Call::pages) read all pages, and skip
/// no row while new ones arrive.
///
/// | setting | default |
/// |---|---|
/// | [`limit`](Self::limit) | 150 rows a page, the service's maximum; its own default is 30 |
/// | [`offset`](Self::offset) | 0 |
/// | filters, by kind of object | none |
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use engagement_client::{Category, List};
///
/// let children = List::<Category>::new().parent("5d10aa0be4b0a20001c0de01").limit(50);
/// # let _ = children;
/// # Ok(()) }
/// ```
///
/// Source: RingCentral, *Engage Digital developer guide*, `docs/basics/pagination.md`,
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, PartialEq, Eq)]
#[must_use = "give it to the list(..) of a handle"]
pub struct List<R> {
    pub(crate) params: Params,
    limit: u32,
    offset: u64,
    row: PhantomData<fn() -> R>,
}

impl<R> List<R> {
    /// Lists all that the token's user can read.
    pub fn new() -> Self {
        Self { params: Params::default(), limit: MAX_LIMIT, offset: 0, row: PhantomData }
    }

    /// Sets the page size, 1 to 150 rows. Default: 150. What the service does with a larger value isn't documented, so
    /// it is an error (defect [`ENG-29`](crate::defects)).
    pub fn limit(mut self, rows: u32) -> Self {
        self.limit = rows;
        self
    }

    /// Sets how many rows (not pages) are skipped (defect [`ENG-14`](crate::defects)). Default: 0.
    /// [`pages()`](care_client_core::Call::pages) starts here.
    pub fn offset(mut self, rows: u64) -> Self {
        self.offset = rows;
        self
    }
}

impl<R> Default for List<R> {
    fn default() -> Self {
        Self::new()
    }
}

impl<R> Clone for List<R> {
    fn clone(&self) -> Self {
        Self { params: self.params.clone(), limit: self.limit, offset: self.offset, row: PhantomData }
    }
}

/// The answer, with rows of type `R`. The service also repeats offset and limit.
#[derive(Deserialize)]
struct Answer<R> {
    /// ENG-05: not the 32 bits of the specification.
    #[serde(default, with = "number::option")]
    count: Option<u64>,
    records: R,
}

/// Reads a page. All rows are decoded at once; only if a row can't be decoded are they decoded one by one, which is
/// slower.
pub(crate) fn page<R: DeserializeOwned>(response: &RawResponse) -> Result<Page<R>, DecodeError> {
    if let Ok(Answer { count, records }) = response.json::<Answer<Vec<R>>>() {
        return Ok(Page::new(records, Vec::new()).with_total(count));
    }
    let Answer { count, records } = response.json::<Answer<Records<R>>>()?;
    Ok(records.into_page().with_total(count))
}

impl<R: Listed> Endpoint for List<R> {
    type Output = Page<R>;

    const OPERATION: &'static Operation = &R::LIST;

    fn parts(&self) -> Result<RequestParts, Error> {
        if !(1..=MAX_LIMIT).contains(&self.limit) {
            return Err(Error::request("the page size must be between 1 and 150 rows"));
        }
        let parts = self.params.apply(RequestParts::get(R::PATH.split('/')))?;
        // ENG-29: always sent, so that a shorter page can be recognized.
        Ok(parts.query("offset", self.offset.to_string()).query("limit", self.limit.to_string()))
    }

    fn decode(&self, response: &RawResponse) -> Result<Page<R>, DecodeError> {
        page(response)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        if matches!(refusal.status.as_u16(), 404 | 409) { None } else { hint::<R>(refusal, None) }
    }
}

impl<R: Listed> Paged for List<R> {
    type Item = R;
    type Key = R::Id;

    fn key(row: Result<&R, &Undecodable>) -> R::Id {
        row.map_or_else(|row| R::Id::from(&*row.id), |object| Resource::id(object).clone())
    }

    fn offset(&self) -> u64 {
        self.offset
    }

    fn limit(&self) -> u64 {
        self.limit.into()
    }

    fn at(&self, offset: u64, limit: u64) -> Self {
        let limit = u32::try_from(limit).unwrap_or(MAX_LIMIT);
        Self { offset, limit, ..self.clone() }
    }
}
