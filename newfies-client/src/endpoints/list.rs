//! Lists in numbered pages of ten rows.

use crate::{
    endpoints::{collection, hint::hint},
    resource::{Action, Listed, Row as _},
    time::Zone,
    wire::refuse_error,
};
use care_client_core::{
    DecodeError, Endpoint, Error, Operation, Page, Paged, RawResponse, RequestParts, Undecodable, wire::Records,
};
use http::{Method, StatusCode};
use serde::{Deserialize, de::DeserializeOwned};
use std::{borrow::Cow, marker::PhantomData};

/// Rows a page. The server fixes this number; a request can't change it.
const PAGE: u64 = 10;

/// Lists the rows of a resource that the caller may see, ten a page.
///
/// `.await` returns one page, with the server's count of all rows in [`Page::total`];
/// [`items()`](care_client_core::Call::items) and [`pages()`](care_client_core::Call::pages) walk all pages. A walk
/// yields no row twice; [`Pages`](care_client_core::Pages#numbered-pages) says what it guarantees while the list
/// changes. Links to other pages are never followed.
///
/// The server offers no filters, and most of its lists are unordered (defect [`NEWF-51`](crate::defects)).
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = care_emulators::newfies::Emulator::start().await?;
/// # let newfies = newfies_client::Newfies::builder().base_url(emulator.base_url())
/// #     .basic_auth(emulator.username(), emulator.password()).build()?;
/// use newfies_client::List;
///
/// let first = newfies.rules().list(List::new()).await?;
/// println!("{} of {} rules", first.items.len(), first.total.unwrap_or_default());
/// let same = newfies.rules().list(List::new().page(1)).await?;
/// assert_eq!(first.items, same.items);
/// # Ok(()) }
/// ```
#[derive(Debug, PartialEq)]
#[must_use = "give it to the list(..) of a handle"]
pub struct List<L> {
    page: u64,
    zone: Zone,
    resource: PhantomData<fn() -> L>,
}

impl<L> List<L> {
    /// Lists all rows that the caller may see, from the first page on.
    pub fn new() -> Self {
        Self { page: 1, zone: Zone::default(), resource: PhantomData }
    }

    /// Sets the page to read, or to start a walk from. Default: 1, the first page; 0 counts as 1.
    pub fn page(mut self, number: u64) -> Self {
        self.page = number.max(1);
        self
    }

    /// Places naive times in this client's zone.
    pub(crate) fn in_zone(mut self, zone: &Zone) -> Self {
        self.zone = zone.clone();
        self
    }
}

impl<L> Default for List<L> {
    fn default() -> Self {
        Self::new()
    }
}

impl<L> Clone for List<L> {
    fn clone(&self) -> Self {
        Self { page: self.page, zone: self.zone.clone(), resource: PhantomData }
    }
}

/// A page on the wire. `next` and `previous` aren't read: they name whatever host the server was called by.
#[derive(Deserialize)]
#[serde(bound(deserialize = "T: DeserializeOwned"))]
struct Envelope<T> {
    count: u64,
    /// NEWF-09: a row of an older shape hides no other row.
    results: Records<T>,
}

impl<L: Listed> Endpoint for List<L> {
    type Output = Page<L::Row>;

    const OPERATION: &'static Operation = &L::LIST;

    fn parts(&self) -> Result<RequestParts, Error> {
        let parts = collection::<L>(Method::GET);
        Ok(if self.page > 1 { parts.query("page", self.page.to_string()) } else { parts })
    }

    fn decode(&self, response: &RawResponse) -> Result<Page<L::Row>, DecodeError> {
        refuse_error(response)?;
        let Envelope { count, results } = response.json()?;
        let mut page: Page<L::Row> = results.into_page();
        // The server answers 404 beyond the last page, so a page without rows means an empty list.
        if page.rows() == 0 && count > 0 {
            return Err(DecodeError::unreadable("results", "no rows, though the server counts some"));
        }
        page.items.iter_mut().for_each(|row| row.place(&self.zone));
        Ok(page.with_total(Some(count)))
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        match refusal.status {
            StatusCode::NOT_FOUND => Some("the list has no such page".into()),
            _ => hint::<L>(Action::List { page: self.page }, refusal),
        }
    }
}

impl<L: Listed> Paged for List<L> {
    type Item = L::Row;
    type Key = String;
    const NUMBERED: bool = true;

    fn key(row: Result<&L::Row, &Undecodable>) -> String {
        row.map_or_else(|row| row.id.to_string(), L::key)
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
