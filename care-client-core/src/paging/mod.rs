//! Lists, page by page: [`Walk`](walk::Walk) decides without I/O what to ask for and what to hand out, [`Reader`](reader::Reader)
//! sends its calls, and the streams hand out what comes of it. Lists of numbered pages go by [`NumberedWalk`](numbered_walk::NumberedWalk) instead.

mod ahead;
mod items;
mod known;
mod numbered_walk;
mod pages;
mod reader;
mod walk;
mod windows;

pub use items::Items;
pub use pages::Pages;

use crate::{
    endpoint::Endpoint,
    response::{Page, Undecodable},
};
use std::hash::Hash;

/// An operation that lists, page by page: [`Call::items`](crate::Call::items) and [`Call::pages`](crate::Call::pages) walk
/// the whole list.
///
/// The service crates implement it for their lists. For a list that a crate lacks, implement it on an
/// [`Endpoint`] of yours:
///
/// ```
/// # use bytes::Bytes;
/// # use care_client_core::{BoxFuture, Options, Pipeline, Transport, TransportError};
/// use care_client_core::{DecodeError, Endpoint, Error, Operation, Page, Paged, RawResponse, RequestParts, Safety, Undecodable};
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
///         Ok(RequestParts::get(["notes"]).query("offset", offset.to_string()).query("limit", limit.to_string()))
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
/// #         let asked = request.uri().query().unwrap_or_default().replace("offset=", "").replace("limit=", "");
/// #         let (offset, limit) = asked.split_once('&').unwrap();
/// #         let notes = (0..25).skip(offset.parse().unwrap()).take(limit.parse().unwrap());
/// #         let body = format!("{:?}", notes.collect::<Vec<u64>>());
/// #         Box::pin(async { Ok(RawResponse::new(http::StatusCode::OK, http::HeaderMap::new(), body)) })
/// #     }
/// # }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Error> {
/// # let pipeline = Pipeline::builder("https://notes.example.com", "demo/1.0").options(Options::new().transport(Notes)).build()?;
///
/// let notes: Vec<u64> = pipeline.call(ListNotes { offset: 0, limit: 10 }).items().try_collect().await?;
/// assert_eq!(notes, (0..25).collect::<Vec<_>>());
/// # Ok(()) }
/// ```
pub trait Paged: Endpoint<Output = Page<<Self as Paged>::Item>> + Clone {
    /// One element of the list.
    type Item: Send + 'static;

    /// What two rows have in common if they are the same one, read twice.
    type Key: Eq + Hash + Clone + Send + 'static;

    /// Whether the server gives pages by their numbers and of one size only, which is [`limit`](Self::limit), so that a page
    /// begins at a multiple of it and nowhere else, and a page beyond the end is answered with 404. Default: it isn't so.
    ///
    /// Such pages can't overlap. The walk goes by the server's count instead, so [`Page::total`] must be there: see
    /// [`Pages`](crate::Pages#numbered-pages).
    const NUMBERED: bool = false;

    /// What makes a row the same one when the list is read again: its id, for rows that can't be read as well. Not what may
    /// change meanwhile. Two rows of a list with the same key count as one.
    fn key(row: Result<&Self::Item, &Undecodable>) -> Self::Key;

    /// How many rows are skipped before this page.
    fn offset(&self) -> u64;

    /// How many rows are asked for: at least 1, always sent, and no more than the server gives at a time. A page with fewer
    /// rows is taken for the end of the list, unless its [total](Page::total) says that more rows follow.
    fn limit(&self) -> u64;

    /// The same list with the same filters, from another offset and with another limit.
    #[must_use]
    fn at(&self, offset: u64, limit: u64) -> Self;
}
