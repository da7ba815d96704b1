//! The stream of items: the rows of the pages, one by one.

use super::{Paged, Pages};
use crate::{
    call::Call,
    error::{Error, Kind, Outcome},
    response::{Page, Rows},
};
use futures_core::Stream;
use std::{
    fmt,
    pin::Pin,
    task::{Context, Poll, ready},
    vec,
};

/// The items of a list, page after page. Made by [`Call::items`].
///
/// A row that can't be read is an error of [`Kind::Decode`] in its place among the items, and the stream goes on with
/// the next; after any other error it is over. How pages are read, and what holds while the list changes: see
/// [`Pages`].
#[must_use = "a stream does nothing unless it is polled"]
pub struct Items<E: Paged> {
    pages: Pages<E>,
    rows: Rows<E::Item>,
    /// The offsets of those among them that can't be read.
    places: vec::IntoIter<u64>,
}

/// For operations that list.
impl<E: Paged> Call<E> {
    /// Walks the whole list, item by item, as a stream that owns what it needs: see [`Items`]. What was set on this
    /// call holds for the call of each page.
    pub fn items(self) -> Items<E> {
        Items::new(self)
    }
}

impl<E: Paged> Items<E> {
    fn new(call: Call<E>) -> Self {
        let rows = Page::new(Vec::new(), Vec::new()).into_iter();
        Self { pages: Pages::new(call), rows, places: Vec::new().into_iter() }
    }

    /// Sets how many pages are read at most: see [`Pages::with_max_pages`]. Default: 10,000.
    pub fn with_max_pages(mut self, max_pages: usize) -> Self {
        self.pages = self.pages.with_max_pages(max_pages);
        self
    }

    /// Reads this many pages at once, for lists that stand still: see [`Pages::with_windows`]. Default: 1.
    pub fn with_windows(mut self, windows: usize) -> Self {
        self.pages = self.pages.with_windows(windows);
        self
    }
}

impl<E: Paged> Stream for Items<E> {
    type Item = Result<E::Item, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let items = self.get_mut();
        loop {
            match items.rows.next() {
                Some(Ok(item)) => return Poll::Ready(Some(Ok(item))),
                Some(Err(undecodable)) => {
                    let place = items.places.next().unwrap_or_default();
                    let what = format!("at offset {place} of the list, {}", undecodable.error);
                    let error = Error::new(Kind::Decode, Outcome::Completed, what);
                    return Poll::Ready(Some(Err(error.in_operation(items.pages.operation()))));
                }
                None => {}
            }
            match ready!(items.pages.poll_handout(context)) {
                Some(Ok(handout)) => {
                    items.rows = handout.page.into_iter();
                    items.places = handout.places.into_iter();
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

// Nothing in it is ever pinned in place.
impl<E: Paged> Unpin for Items<E> {}

impl<E: Paged> fmt::Debug for Items<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("pages", &self.pages).field("at_hand", &self.rows.len()).finish_non_exhaustive()
    }
}
