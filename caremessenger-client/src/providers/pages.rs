//! The list of providers as streams: page by page, and provider by provider.
//!
//! The list goes on by the links that the server gives. How such a walk goes on, and where it ends, is in `walk.rs`.
//!
//! ```
//! # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let emulator = care_emulators::caremessenger::Emulator::start().await?;
//! # let (url, username, password) = (emulator.base_url(), emulator.username(), emulator.password());
//! # let builder = caremessenger_client::CareMessenger::builder().base_url(url);
//! # let care = builder.credentials(username, password).build()?;
//! use caremessenger_client::{ListAssistanceProviders, ProviderItems};
//! use std::time::Duration;
//!
//! // Settings of the call hold for each page.
//! let list = care.assistance_providers().list(ListAssistanceProviders::new());
//! let list = list.with_timeout(Duration::from_secs(10));
//! let items = ProviderItems::from(list).with_max_pages(100);
//! # drop(items);
//! # Ok(()) }
//! ```

use super::{
    AssistanceProvider, ListAssistanceProviders, ProviderPage,
    walk::{Stop, Walk},
};
use care_client_core::{BoxFuture, Call, Endpoint, Error};
use futures_core::Stream;
use std::{
    collections::VecDeque,
    fmt, mem,
    pin::Pin,
    task::{Context, Poll},
};

/// The pages of the list of providers, one after the other. Made by
/// [`AssistanceProviders::pages`](crate::AssistanceProviders::pages), or of a call for the list.
///
/// Nothing is sent before the first page is asked for. It follows the server's links by their query alone (defect
/// [`CARE-37`](crate::defects)) until a page has none, so a walk costs one request for each page that the server makes.
/// A link that leads back, one without a query, ten pages in a row with no provider that wasn't read before, and a list
/// of more pages than [`with_max_pages`](Self::with_max_pages) allows are errors of
/// [`Kind::Paging`](crate::Kind::Paging), behind the page that was read last. So is a list whose count gets smaller
/// meanwhile: a provider was removed, and another could be missed. A provider that comes twice is handed out once.
/// After an error the stream is over.
///
/// **Not every change is seen.** If a provider is removed and another one added between two pages, the count stays, and
/// a provider that was there all the time can slip from the second page to the first unread. The list has no order that
/// is documented (defect [`CARE-21`](crate::defects)), so nothing tells. Where all that matters is that none is missed,
/// walk twice and compare.
#[must_use = "a stream does nothing unless it is polled"]
pub struct ProviderPages {
    state: State,
}

enum State {
    Idle(Box<Walk>),
    Reading(BoxFuture<'static, Result<(ProviderPage, Option<Walk>), Stop>>),
    Over,
}

impl From<Call<ListAssistanceProviders>> for ProviderPages {
    fn from(call: Call<ListAssistanceProviders>) -> Self {
        Self { state: State::Idle(Box::new(Walk::new(call))) }
    }
}

impl ProviderPages {
    /// Sets how many pages are read at most. Default: 10,000. To be set before the first page is asked for.
    pub fn with_max_pages(mut self, max_pages: usize) -> Self {
        if let State::Idle(walk) = &mut self.state {
            walk.max_pages = max_pages.max(1);
        }
        self
    }
}

impl Stream for ProviderPages {
    type Item = Result<ProviderPage, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut reading = match mem::replace(&mut self.state, State::Over) {
            State::Idle(walk) => Box::pin(walk.step()),
            State::Reading(reading) => reading,
            State::Over => return Poll::Ready(None),
        };
        let Poll::Ready(read) = reading.as_mut().poll(context) else {
            self.state = State::Reading(reading);
            return Poll::Pending;
        };
        let page = read
            .map(|(page, rest)| {
                self.state = rest.map_or(State::Over, |walk| State::Idle(Box::new(walk)));
                page
            })
            .map_err(|stop| stop.into_error().in_operation(ListAssistanceProviders::OPERATION));
        Poll::Ready(Some(page))
    }
}

impl fmt::Debug for ProviderPages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProviderPages").field("over", &matches!(self.state, State::Over)).finish_non_exhaustive()
    }
}

/// All providers of the list, one after the other, as [`ProviderPages`] reads them. Made by
/// [`AssistanceProviders::items`](crate::AssistanceProviders::items), or of a call for the list.
///
/// A row that can't be read is an `Err` of [`Kind::Decode`](crate::Kind::Decode), and the stream goes on behind it.
#[derive(Debug)]
#[must_use = "a stream does nothing unless it is polled"]
pub struct ProviderItems {
    pages: ProviderPages,
    ready: VecDeque<Result<AssistanceProvider, Error>>,
}

impl From<Call<ListAssistanceProviders>> for ProviderItems {
    fn from(call: Call<ListAssistanceProviders>) -> Self {
        Self { pages: call.into(), ready: VecDeque::new() }
    }
}

impl ProviderItems {
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
