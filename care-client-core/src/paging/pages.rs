//! The stream of pages: it reads one page ahead from the second on, and can be resumed from the page after the last.

use super::{
    Paged,
    ahead::Running,
    reader::{Handed, Handout, ReadOn, Reader},
    windows::Windows,
};
use crate::{call::Call, error::Error, operation::Operation, response::Page};
use futures_core::Stream;
use std::{
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

const DEFAULT_MAX_PAGES: usize = 10_000;

/// The pages of a list, one after the other. Made by [`Call::pages`].
///
/// Nothing is sent before the first page is asked for. From the second page on, one page is read ahead while you
/// work, in a task that ends when the stream is dropped. After an error the stream is over.
///
/// # The end of the list, and what a walk costs
///
/// A page with fewer rows than asked for isn't the end: some servers give fewer. The end is an empty first page, a
/// page with nothing behind the last row read, or the server's count, where a page with room left reaches it. With
/// pages of `l` rows, a list of `n` rows costs about `n / (l - 1)` requests, since each begins with the last row read,
/// and one more for the end unless the server counts. A server that gives at most `m` rows is read with pages of `m`.
/// [`with_windows`](Self::with_windows) costs `n / l` and up to `windows` more.
///
/// **Ten pages in a row that bring nothing new end the walk** in an error of [`Kind::Paging`](crate::Kind::Paging), as
/// with a server, or a proxy in front of it, that ignores the offset.
///
/// # While the list changes
///
/// The walk remembers the rows of the last two pages, and each request begins with the last row read. If the list has
/// moved, it goes back to a row that it knows, leaves out what it has handed out, and reports
/// [`Observe::shift`](crate::Observe::shift). As long as the rows that stay keep their order:
///
/// - **No row that stays in the list is left out or comes twice.** Where this can't be kept, the walk ends in an
///   error of [`Kind::Paging`](crate::Kind::Paging); it never continues over a gap.
/// - It continues if fewer rows come or go between two pages than a page has. If the list keeps changing that fast
///   while the walk looks for a known row (ten requests at most), it can miss it; if all of the known rows are
///   removed, as when you delete what you list, it can't find one.
/// - Whether a row that came in meanwhile is handed out depends on its place.
///
/// # Numbered pages
///
/// Some servers give pages of one size only, by their numbers ([`Paged::NUMBERED`]), and these can't overlap. Such a
/// walk remembers every row, so **none comes twice**. When the server's count falls, or more rows are counted than
/// were met, the list has moved: it is read again from its beginning, up to five times, and what is new is handed
/// out. So **no row that stays is left out, unless** between two requests rows went **and** as many or more came in,
/// which no count shows. A list that loses rows in each of the five rounds ends the walk in an error of kind
/// [`Paging`](crate::Kind::Paging). A server that counts more rows than it gives, while nothing moves, ends it
/// **without an error**: where a missing row matters, compare how many you got with the last page's
/// [`total`](Page::total). [`Observe::shift`](crate::Observe::shift) is not called, because no page shows by how much
/// the list has moved.
///
/// Such a walk costs one request for each page, and as many for each further round.
///
/// A page holds the rows that are new to the walk: it can have fewer rows than were asked for, and is never empty.
#[must_use = "a stream does nothing unless it is polled"]
pub struct Pages<E: Paged> {
    state: State<E>,
    operation: &'static Operation,
    max_pages: usize,
    windows: usize,
    reads_ahead: bool,
    rest: Option<E>,
}

enum State<E: Paged> {
    Unasked(Box<Call<E>>),
    Idle(Box<Reader<E>>),
    Reading(Running<ReadOn<E>>),
    Windows(Box<Windows<E>>),
    Over,
}

/// For operations that list.
impl<E: Paged> Call<E> {
    /// Walks the whole list, page by page, as a stream that owns what it needs: see [`Pages`]. What was set on this
    /// call holds for the call of each page.
    pub fn pages(self) -> Pages<E> {
        Pages::new(self)
    }
}

impl<E: Paged> Pages<E> {
    pub(super) fn new(call: Call<E>) -> Self {
        let (operation, rest) = (call.operation(), Some(call.endpoint().clone()));
        let state = State::Unasked(Box::new(call));
        Self { state, operation, max_pages: DEFAULT_MAX_PAGES, windows: 1, reads_ahead: false, rest }
    }

    /// Sets how many pages are read at most, those of a search for the place included; a list that goes on then is an
    /// error of [`Kind::Paging`](crate::Kind::Paging). Requests that only look for the list's end don't count. Default:
    /// 10,000. Set it before the first page is asked for.
    pub fn with_max_pages(mut self, max_pages: usize) -> Self {
        self.max_pages = max_pages;
        self
    }

    /// Reads this many pages at once, each in a task that ends when the stream is dropped, and hands them out in
    /// order: for lists that are known not to change. Default: 1, a walk that follows the list. Set it before the
    /// first page is asked for.
    ///
    /// Windows don't overlap, so rows that come or go meanwhile can be missed unnoticed. A row that comes twice within
    /// ten windows is an error of [`Kind::Paging`](crate::Kind::Paging). Up to `windows` pages are asked for beyond the
    /// list's end, and one more that shows it unless the server counts. A server that gives fewer rows than it is asked
    /// for is noticed by the first page; what was read ahead by then is read again.
    pub fn with_windows(mut self, windows: usize) -> Self {
        self.windows = windows.max(1);
        self
    }

    /// Returns the page after the last one that was handed out, as an operation: keep it to continue later. `None` at
    /// the end of the list.
    ///
    /// A walk that begins there does not remember this one: if the list moves in between, rows can be left out or
    /// come twice.
    #[must_use]
    pub fn rest(&self) -> Option<&E> {
        self.rest.as_ref()
    }

    pub(super) fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The next page, with what a stream of items needs besides.
    pub(super) fn poll_handout(&mut self, context: &mut Context<'_>) -> Poll<Option<Handed<E>>> {
        loop {
            match std::mem::replace(&mut self.state, State::Over) {
                // Before the limit is made to fit a walk: what a page of the list would refuse, the walk refuses, too.
                State::Unasked(call) if call.parts().is_err() => {
                    return Poll::Ready(call.parts().err().map(Err));
                }
                State::Unasked(call) if self.windows > 1 => {
                    self.state = State::Windows(Box::new(Windows::new(*call, self.windows, self.max_pages)));
                }
                State::Unasked(call) => self.state = State::Idle(Box::new(Reader::new(*call, self.max_pages))),
                State::Idle(reader) => self.state = State::Reading(Running::inline(reader.next())),
                State::Reading(mut running) => {
                    let Poll::Ready(read) = Pin::new(&mut running).poll(context) else {
                        self.state = State::Reading(running);
                        return Poll::Pending;
                    };
                    let handed = match read {
                        Ok((reader, handed)) => {
                            if goes_on(&handed) {
                                self.go_on(reader);
                            }
                            handed
                        }
                        Err(error) => Some(Err(error.in_operation(self.operation))),
                    };
                    return Poll::Ready(self.placed(handed));
                }
                State::Windows(mut windows) => {
                    let Poll::Ready(handed) = windows.poll_next(context) else {
                        self.state = State::Windows(windows);
                        return Poll::Pending;
                    };
                    if goes_on(&handed) {
                        self.state = State::Windows(windows);
                    }
                    return Poll::Ready(self.placed(handed));
                }
                State::Over => return Poll::Ready(None),
            }
        }
    }

    /// Reads ahead from the second page on.
    fn go_on(&mut self, reader: Box<Reader<E>>) {
        let reads_ahead = std::mem::replace(&mut self.reads_ahead, true);
        self.state = if reads_ahead { State::Reading(Running::spawned(reader.next())) } else { State::Idle(reader) };
    }

    /// Notes where the list goes on after what is handed out now.
    fn placed(&mut self, handed: Option<Handed<E>>) -> Option<Handed<E>> {
        match &handed {
            Some(Ok(handout)) => {
                let at = |rest: E| handout.next.map(|next| rest.at(next, rest.limit().max(1)));
                self.rest = self.rest.take().and_then(at);
            }
            Some(Err(_)) => {}
            None => self.rest = None,
        }
        handed
    }
}

fn goes_on<E, T>(handed: &Option<Result<Handout<T>, E>>) -> bool {
    matches!(handed, Some(Ok(handout)) if handout.next.is_some())
}

impl<E: Paged> Stream for Pages<E> {
    type Item = Result<Page<E::Item>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_handout(context).map(|handout| handout.map(|handout| handout.map(|handout| handout.page)))
    }
}

// Nothing in it is ever pinned in place.
impl<E: Paged> Unpin for Pages<E> {}

impl<E: Paged> fmt::Debug for Pages<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("operation", &self.operation.name())
            .field("max_pages", &self.max_pages)
            .field("windows", &self.windows)
            .field("next_offset", &self.rest.as_ref().map(E::offset))
            .finish_non_exhaustive()
    }
}
