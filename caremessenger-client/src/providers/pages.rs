use super::{ListAssistanceProviders, ProviderPage, walk::Walk};
use care_client_core::{BoxFuture, Call, Endpoint, Error};
use futures_core::Stream;
use std::{
    fmt, mem,
    pin::Pin,
    task::{Context, Poll},
};

/// The pages of the list of providers, one after the other. Made by [`ListCall::pages`](crate::ListCall::pages).
///
/// Nothing is sent before the first page is asked for. It follows the server's links by their query alone (defect
/// [`CARE-37`](crate::defects)); a link that leads back, one without a query, and a list of more pages than
/// [`with_max_pages`](Self::with_max_pages) allows are errors of [`Kind::Paging`](crate::Kind::Paging), behind the page that was read
/// last. So is a list whose count gets smaller meanwhile: a provider was removed, and another could be missed. A provider that comes
/// twice is handed out once. After an error the stream is over.
///
/// **Not every change is seen.** If a provider is removed and another one added between two pages, the count stays, and a provider that
/// was there all the time can slip from the second page to the first unread. The list has no order that is documented (defect
/// [`CARE-21`](crate::defects)), so nothing tells. Where all that matters is that none is missed, walk twice and compare.
#[must_use = "a stream does nothing unless it is polled"]
pub struct ProviderPages {
    state: State,
}

enum State {
    Idle(Box<Walk>),
    Reading(BoxFuture<'static, Result<(ProviderPage, Option<Walk>), Error>>),
    Over,
}

impl ProviderPages {
    pub(super) fn new(call: Call<ListAssistanceProviders>) -> Self {
        Self { state: State::Idle(Box::new(Walk::new(call))) }
    }

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
        let page = read.map_err(|error| error.in_operation(ListAssistanceProviders::OPERATION)).map(|(page, rest)| {
            self.state = rest.map_or(State::Over, |walk| State::Idle(Box::new(walk)));
            page
        });
        Poll::Ready(Some(page))
    }
}

impl fmt::Debug for ProviderPages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProviderPages").field("over", &matches!(self.state, State::Over)).finish_non_exhaustive()
    }
}
