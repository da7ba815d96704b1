use super::{
    Page, Paged, Undecodable,
    walk::{Lost, Walk},
};
use crate::{Call, Error, observe};

/// Walks a list by sending calls, and says at each page what is handed out.
pub(super) struct Reader<E: Paged> {
    call: Call<E>,
    walk: Walk<E::Key>,
    left: usize,
    max_pages: usize,
    handed_out: u64,
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
        let walk = Walk::new(endpoint.offset(), endpoint.limit());
        Self { call, walk, left: max_pages, max_pages, handed_out: 0 }
    }

    /// Reads on until there are rows to hand out. After an error or the end, there is nothing more to read.
    pub(super) async fn next(mut self: Box<Self>) -> ReadOn<E> {
        while let Some(ask) = self.walk.ask() {
            if self.left == 0 {
                let error = too_long(self.max_pages, self.handed_out).in_operation(self.call.operation());
                return (self, Some(Err(error)));
            }
            self.left -= 1;
            let page = match self.call.at(ask.offset, ask.limit).await {
                Ok(page) => page,
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
                observe::shift(self.call.pipeline(), self.call.operation(), moved);
            }
            let mut handout = picked(rows, &step.fresh, ask.offset, self.walk.rest());
            handout.page.total = total;
            if handout.page.rows() > 0 {
                self.handed_out += handout.page.rows() as u64;
                return (self, Some(Ok(handout)));
            }
        }
        (self, None)
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
            "the list has changed so much that none of the rows read last is near its place; {handed_out} rows were handed \
             out before: list again from the start, or with a narrower filter"
        ),
        Lost::Stalled => format!(
            "page after page brings known rows only; {handed_out} rows were handed out before: either the server ignores the \
             offset, or rows come in as fast as they are read, and then larger pages help"
        ),
    })
}

/// The error of a walk that has reached its cap.
pub(super) fn too_long(max_pages: usize, handed_out: u64) -> Error {
    Error::paging(format!(
        "the list goes on after {max_pages} pages, the most that this walk may read; {handed_out} rows were handed out: \
         allow more with with_max_pages, or list with a narrower filter"
    ))
}
