//! Lists as streams of items and pages that lose nothing while the list moves.
//!
//! # Contract
//!
//! - [`Pages`] and [`Items`] own what they need and outlive the client. Nothing is sent before the first page is
//!   asked for.
//! - **No row that stays in the list, and keeps its order among those that stay, is left out or comes twice.** Where
//!   this can't be kept, the walk ends in an error of kind `Paging`; it never continues over a gap.
//! - A row that can't be read hides no other: it comes as an error in its place.
//! - **The end is seen, not inferred**: a page that is shorter than asked for doesn't end a list.
//! - Every walk ends: ten pages in a row with nothing new are an error, and every page counts against
//!   [`with_max_pages`](Pages::with_max_pages).
//!
//! # How it works
//!
//! `walk` decides without I/O what to ask for and what to hand out, `numbered_walk` does it for lists of numbered
//! pages, `reader` sends their calls, `windows` reads several pages of a list that stands still at once, and the
//! streams hand out the rows.
//!
//! # Where users configure it
//!
//! ```
//! use care_client_core::Paged;
//! use futures_util::TryStreamExt;
//! # use care_client_core::{Call, Error};
//!
//! /// Reads at most 50 pages of any list.
//! async fn first<E: Paged>(call: Call<E>) -> Result<Vec<E::Item>, Error> {
//!     call.items().with_max_pages(50).try_collect().await
//! }
//! ```

mod ahead;
mod items;
mod known;
mod numbered_walk;
mod pages;
mod reader;
mod search;
mod walk;
mod windows;

pub use items::Items;
pub use pages::Pages;

use crate::{
    endpoint::Endpoint,
    response::{Page, Undecodable},
};
use std::hash::Hash;

/// An operation that lists, page by page: [`Call::items`](crate::Call::items) and [`Call::pages`](crate::Call::pages)
/// walk the whole list.
///
/// The service crates implement it for their lists. For a list that a crate lacks, implement it for an [`Endpoint`]
/// of yours:
///
/// ```
/// # use bytes::Bytes;
/// # use care_client_core::{BoxFuture, Options, Pipeline, Transport, TransportError};
/// use care_client_core::{
///     DecodeError, Endpoint, Error, Operation, Page, Paged, RawResponse, RequestParts, Safety,
///     Undecodable,
/// };
/// use futures_util::TryStreamExt;
///
/// #[derive(Clone)]
/// struct ListNotes { offset: u64, limit: u64 }
///
/// impl Endpoint for ListNotes {
///     type Output = Page<u64>;
///     const OPERATION: &'static Operation =
///         &Operation::new("notes.list", "/notes", Safety::Read, "https://notes.example.com/api");
///
///     fn parts(&self) -> Result<RequestParts, Error> {
///         let Self { offset, limit } = self;
///         let list = RequestParts::get(["notes"]).query("offset", offset.to_string());
///         Ok(list.query("limit", limit.to_string()))
///     }
///     fn decode(&self, response: &RawResponse) -> Result<Page<u64>, DecodeError> {
///         Ok(Page::new(response.json()?, Vec::new()))
///     }
/// }
///
/// impl Paged for ListNotes {
///     type Item = u64;
///     type Key = u64;
///
///     fn key(row: Result<&u64, &Undecodable>) -> u64 {
///         row.copied().unwrap_or_default() // no row of this list is undecodable
///     }
///     fn offset(&self) -> u64 {
///         self.offset
///     }
///     fn limit(&self) -> u64 {
///         self.limit
///     }
///     fn at(&self, offset: u64, limit: u64) -> Self {
///         Self { offset, limit }
///     }
/// }
/// # struct Notes; // in place of the network
/// # impl Transport for Notes {
/// #     fn send(
/// #         &self, request: http::Request<Bytes>, _: std::time::Duration, _: usize,
/// #     ) -> BoxFuture<'_, Result<RawResponse, TransportError>> {
/// #         let query = request.uri().query().unwrap_or_default();
/// #         let asked = query.replace("offset=", "").replace("limit=", "");
/// #         let (offset, limit) = asked.split_once('&').unwrap();
/// #         let notes = (0..25).skip(offset.parse().unwrap()).take(limit.parse().unwrap());
/// #         let body = format!("{:?}", notes.collect::<Vec<u64>>());
/// #         let headers = http::HeaderMap::new();
/// #         Box::pin(async { Ok(RawResponse::new(http::StatusCode::OK, headers, body)) })
/// #     }
/// # }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Error> {
/// # let options = Options::new().transport(Notes);
/// # let pipeline = Pipeline::builder("https://notes.example.com", "demo/1.0");
/// # let pipeline = pipeline.options(options).build()?;
///
/// let list = ListNotes { offset: 0, limit: 10 };
/// let notes: Vec<u64> = pipeline.call(list).items().try_collect().await?;
/// assert_eq!(notes, (0..25).collect::<Vec<_>>());
/// # Ok(()) }
/// ```
pub trait Paged: Endpoint<Output = Page<<Self as Paged>::Item>> + Clone {
    /// One element of the list.
    type Item: Send + 'static;

    /// What identifies a row when it is read again.
    type Key: Eq + Hash + Clone + Send + 'static;

    /// Whether the server numbers its pages and gives them in one size only, which is [`limit`](Self::limit): a page
    /// begins at a multiple of it, and a page beyond the end is answered with 404. Default: `false`.
    ///
    /// Such pages can't overlap. The walk uses the server's count instead, so [`Page::total`] is required: see
    /// [`Pages`](crate::Pages#numbered-pages).
    const NUMBERED: bool = false;

    /// Returns what identifies a row: its id, also for rows that can't be read, and nothing that may change. Two rows
    /// with the same key count as one.
    fn key(row: Result<&Self::Item, &Undecodable>) -> Self::Key;

    /// Returns how many rows are skipped before this page.
    fn offset(&self) -> u64;

    /// Returns how many rows are asked for: at least 1, and always sent. A server may give fewer: see
    /// [`Pages`](crate::Pages#the-end-of-the-list-and-what-a-walk-costs).
    fn limit(&self) -> u64;

    /// Returns the same list with the same filters, from another offset and with another limit.
    #[must_use]
    fn at(&self, offset: u64, limit: u64) -> Self;
}
