use super::{AssistanceProvider, ListAssistanceProviders, ProviderPage, ProviderPages};
use care_client_core::{Endpoint, Error};
use futures_core::Stream;
use std::{
    collections::VecDeque,
    pin::Pin,
    task::{Context, Poll},
};

/// All providers of the list, one after the other, as [`ProviderPages`] reads them. Made by
/// [`ListCall::items`](crate::ListCall::items).
///
/// A row that can't be read is an `Err` of [`Kind::Decode`](crate::Kind::Decode), and the stream goes on behind it.
#[derive(Debug)]
#[must_use = "a stream does nothing unless it is polled"]
pub struct ProviderItems {
    pages: ProviderPages,
    ready: VecDeque<Result<AssistanceProvider, Error>>,
}

impl ProviderItems {
    pub(super) fn new(pages: ProviderPages) -> Self {
        Self { pages, ready: VecDeque::new() }
    }

    /// Sets how many pages are read at most; see [`ProviderPages::with_max_pages`].
    pub fn with_max_pages(mut self, max_pages: usize) -> Self {
        self.pages = self.pages.with_max_pages(max_pages);
        self
    }

    fn take_in(&mut self, page: ProviderPage) {
        let broken = page.undecodable.into_iter().map(|row| Err(row.into_error(ListAssistanceProviders::OPERATION)));
        self.ready.extend(page.items.into_iter().map(Ok).chain(broken));
    }
}

impl Stream for ProviderItems {
    type Item = Result<AssistanceProvider, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Poll::Ready(Some(item));
            }
            match Pin::new(&mut self.pages).poll_next(context) {
                Poll::Ready(Some(Ok(page))) => self.take_in(page),
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(error))),
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Pending => return Poll::Pending,
            }
        }
    }
}
