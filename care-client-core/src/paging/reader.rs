//! Sends the calls of a walk, one page after the other, and picks the rows that are handed out.

use super::{
    Paged,
    numbered_walk::NumberedWalk,
    walk::{Ask, Lost, Step, Walk},
};
use crate::{
    call::Call,
    error::Error,
    observe::emit,
    response::{Page, Undecodable},
};

/// Walks a list by sending calls, and says at each page what is handed out.
pub(super) struct Reader<E: Paged> {
    call: Call<E>,
    walk: Way<E::Key>,
    left: usize,
    max_pages: usize,
    /// How many requests beyond the cap may look whether the list ends there.
    checks: u8,
    handed_out: u64,
}

/// How the list is walked.
enum Way<K> {
    Offsets(Walk<K>),
    Numbers(NumberedWalk<K>),
}

impl<K: Eq + std::hash::Hash + Clone> Way<K> {
    fn of(numbered: bool, offset: u64, limit: u64) -> Self {
        if numbered { Self::Numbers(NumberedWalk::new(offset, limit)) } else { Self::Offsets(Walk::new(offset, limit)) }
    }

    fn ask(&self) -> Option<Ask> {
        match self {
            Self::Offsets(walk) => walk.ask(),
            Self::Numbers(walk) => walk.ask(),
        }
    }

    fn take(&mut self, ask: Ask, page: Vec<K>, total: Option<u64>) -> Result<Step, Lost> {
        match self {
            Self::Offsets(walk) => walk.take(ask, page, total),
            Self::Numbers(walk) => walk.take(page, total),
        }
    }

    fn checks_end(&self) -> bool {
        matches!(self, Self::Offsets(walk) if walk.checks_end())
    }

    fn rest(&self) -> Option<u64> {
        match self {
            Self::Offsets(walk) => walk.rest(),
            Self::Numbers(walk) => walk.rest(),
        }
    }
}

/// Whether an error says that a list of numbered pages has no page there.
pub(super) fn is_past_the_end<E: Paged>(offset: u64, error: &Error) -> bool {
    E::NUMBERED && offset > 0 && error.is_not_found()
}

/// The same call for another page.
pub(super) fn at<E: Paged>(call: &Call<E>, offset: u64, limit: u64) -> Call<E> {
    call.with_endpoint(call.endpoint().at(offset, limit))
}

/// What is handed out of a page.
pub(super) struct Handout<T> {
    pub(super) page: Page<T>,
    /// The offsets in the list of those that could not be read.
    pub(super) places: Vec<u64>,
    /// Where the list goes on; `None` at its end.
    pub(super) next: Option<u64>,
}

pub(super) type Handed<E> = Result<Handout<<E as Paged>::Item>, Error>;

/// A reader that has read on, and what came of it; nothing at the end of the list.
pub(super) type ReadOn<E> = (Box<Reader<E>>, Option<Handed<E>>);

impl<E: Paged> Reader<E> {
    pub(super) fn new(call: Call<E>, max_pages: usize) -> Self {
        let endpoint = call.endpoint();
        let walk = Way::of(E::NUMBERED, endpoint.offset(), endpoint.limit());
        Self { call, walk, left: max_pages, max_pages, checks: 2, handed_out: 0 }
    }

    /// Reads on until there are rows to hand out. After an error or the end, there is nothing more to read.
    pub(super) async fn next(mut self: Box<Self>) -> ReadOn<E> {
        while let Some(ask) = self.walk.ask() {
            let is_beyond = self.left == 0;
            if is_beyond && (self.checks == 0 || !self.walk.checks_end()) {
                return self.too_long();
            }
            if is_beyond {
                self.checks -= 1
            } else {
                self.left -= 1
            }
            let page = match at(&self.call, ask.offset, ask.limit).await {
                Ok(page) => page,
                Err(error) if is_past_the_end::<E>(ask.offset, &error) => Page::new(Vec::new(), Vec::new()),
                Err(error) => return (self, Some(Err(error))),
            };
            let total = page.total;
            let rows: Vec<_> = page.into_iter().collect();
            let keys = rows.iter().map(|row| E::key(row.as_ref())).collect();
            let step = match self.walk.take(ask, keys, total) {
                Ok(step) => step,
                Err(lost) => {
                    let error = lost_way(lost, self.handed_out).in_operation(self.call.operation());
                    return (self, Some(Err(error)));
                }
            };
            if let Some(moved) = step.shift {
                emit::shift(self.call.observer(), self.call.operation(), moved);
            }
            let mut handout = picked(rows, &step.fresh, ask.offset, self.walk.rest());
            handout.page.total = total;
            if handout.page.rows() > 0 && is_beyond {
                return self.too_long();
            }
            if handout.page.rows() > 0 {
                self.handed_out += handout.page.rows() as u64;
                return (self, Some(Ok(handout)));
            }
        }
        (self, None)
    }

    #[cold]
    fn too_long(self: Box<Self>) -> ReadOn<E> {
        let error = too_long(self.max_pages, self.handed_out).in_operation(self.call.operation());
        (self, Some(Err(error)))
    }
}

/// The fresh rows as a page of their own.
pub(super) fn picked<T>(
    rows: Vec<Result<T, Undecodable>>,
    fresh: &[bool],
    offset: u64,
    next: Option<u64>,
) -> Handout<T> {
    let mut page = Page::new(Vec::with_capacity(rows.len()), Vec::new());
    let mut places = Vec::new();
    for (row, place) in rows.into_iter().zip(offset..).zip(fresh).filter_map(|(row, fresh)| fresh.then_some(row)) {
        match row {
            Ok(item) => page.items.push(item),
            Err(mut undecodable) => {
                undecodable.index = page.rows();
                places.push(place);
                page.undecodable.push(undecodable);
            }
        }
    }
    Handout { page, places, next }
}

fn lost_way(lost: Lost, handed_out: u64) -> Error {
    Error::paging(match lost {
        Lost::Unknown => format!(
            "the list changed so much that none of the rows read last is near its place; {handed_out} rows were \
             handed out before: list again from the start, or with a narrower filter"
        ),
        Lost::Stalled => format!(
            "ten pages in a row held no new rows; {handed_out} rows were handed out before: either the server, or a \
             proxy in front of it, ignores the offset or the number of the page, or it gives one row at a time, or \
             rows are added as fast as they are read, and then larger pages help"
        ),
        Lost::Restless => format!(
            "rows are removed from the list faster than it can be read; {handed_out} rows were handed out before: list \
             again when less is deleted"
        ),
    })
}

/// The error of a walk that has reached its cap.
pub(super) fn too_long(max_pages: usize, handed_out: u64) -> Error {
    Error::paging(format!(
        "the list has more than {max_pages} pages, the limit of this walk; {handed_out} rows were handed out: allow \
         more with with_max_pages, or list with a narrower filter"
    ))
}
