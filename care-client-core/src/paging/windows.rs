//! Windows: several pages of a list that stands still, read at once in tasks and handed out in order.
//!
//! Windows don't overlap, so a list that moves can lose rows unseen. What can be seen ends the walk in an error: a
//! row that comes twice within ten windows, as with a server that ignores the offset.
//!
//! **The end is seen, not inferred.** Behind a page with room left that isn't the last by the server's count, whatever
//! was read ahead began at the wrong place, so it is dropped, and one page is asked for where the rows ended. If it has
//! rows, the server gives fewer rows than it is asked for: from then on, windows are as large as the largest page seen.
//! Where the server numbers its pages, their places don't depend on their sizes, and the walk just goes on.

use super::{
    Paged,
    ahead::Running,
    reader::{Handed, at, is_past_the_end, picked, too_long},
};
use crate::{call::Call, error::Error};
use std::{
    collections::{HashSet, VecDeque},
    future::{Future, IntoFuture},
    pin::Pin,
    task::{Context, Poll, ready},
};

/// Among how many windows a row must not come twice.
const REMEMBERED: usize = 10;

/// Reads several pages of a list at once, each in a task, and hands them out in the list's order.
pub(super) struct Windows<E: Paged> {
    call: Call<E>,
    /// The pages that are being read, or read and not handed out yet.
    ahead: VecDeque<Running<Result<E::Output, Error>>>,
    most_ahead: usize,
    /// Where the list begins, for this walk.
    begin: u64,
    /// Where the page after those that are ahead begins.
    next: u64,
    /// Where the first of them begins.
    place: u64,
    /// How many rows a page is asked for.
    limit: u64,
    /// How many rows a window has: as many as are asked for, or as the server gives at most.
    stride: u64,
    /// The largest page seen.
    largest: u64,
    /// Whether only one page may be ahead: the one that shows whether the list goes on.
    checks_end: bool,
    /// Whether that page is one more than may be read.
    is_beyond: bool,
    left: usize,
    max_pages: usize,
    before: VecDeque<HashSet<E::Key>>,
    handed_out: u64,
}

impl<E: Paged> Windows<E> {
    pub(super) fn new(call: Call<E>, most_ahead: usize, max_pages: usize) -> Self {
        let (offset, limit) = (call.endpoint().offset(), call.endpoint().limit().max(1));
        Self {
            call,
            ahead: VecDeque::new(),
            most_ahead,
            begin: offset,
            next: offset,
            place: offset,
            limit,
            stride: limit,
            largest: 0,
            checks_end: false,
            is_beyond: false,
            left: max_pages,
            max_pages,
            before: VecDeque::new(),
            handed_out: 0,
        }
    }

    /// The next page. After an error or the end, this must not be asked again.
    pub(super) fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Handed<E>>> {
        self.fill();
        let Some(first) = self.ahead.front_mut() else { return Poll::Ready(Some(self.too_long())) };
        let page = match ready!(Pin::new(first).poll(context)).and_then(|page| page) {
            Ok(page) => page,
            Err(error) if is_past_the_end::<E>(self.place, &error) => return Poll::Ready(None),
            Err(error) => return Poll::Ready(Some(Err(error.in_operation(self.call.operation())))),
        };
        self.ahead.pop_front();
        let total = page.total;
        let rows: Vec<_> = page.into_iter().collect();
        if rows.is_empty() {
            return Poll::Ready(None);
        }
        if self.is_beyond {
            return Poll::Ready(Some(self.too_long()));
        }
        let keys: HashSet<_> = rows.iter().map(|row| E::key(row.as_ref())).collect();
        if self.before.iter().any(|before| !keys.is_disjoint(before)) {
            return Poll::Ready(Some(Err(moved(self.handed_out).in_operation(self.call.operation()))));
        }
        if self.before.len() == REMEMBERED {
            self.before.pop_front();
        }
        self.before.push_back(keys);
        let place = self.place;
        self.handed_out += rows.len() as u64;
        let goes_on = self.go_on(rows.len() as u64, total);
        let fresh = vec![true; rows.len()];
        let mut handout = picked(rows, &fresh, place, goes_on.then_some(self.place));
        handout.page.total = total;
        Poll::Ready(Some(Ok(handout)))
    }

    /// Goes on behind a page of so many rows; `false` if it is the last one.
    fn go_on(&mut self, rows: u64, total: Option<u64>) -> bool {
        let has_room = rows < self.limit;
        self.largest = self.largest.max(rows);
        if E::NUMBERED {
            let read = self.begin.saturating_add(self.handed_out);
            if has_room && total.is_some_and(|total| read >= total) {
                return false;
            }
            self.place = self.place.saturating_add(self.limit);
        } else {
            let end = self.place.saturating_add(rows);
            if has_room && total == Some(end) {
                return false;
            }
            let was_check = std::mem::replace(&mut self.checks_end, false);
            self.place = end;
            if was_check {
                self.stride = self.largest.min(self.limit);
            }
            if rows != self.stride || was_check {
                self.ahead.clear();
                self.next = end;
            }
            // What the count says needs no check.
            if rows < self.stride {
                if total.is_some_and(|total| end < total) {
                    self.stride = self.largest.min(self.limit);
                } else {
                    self.checks_end = true;
                }
            }
        }
        self.fill();
        true
    }

    /// Begins to read as many pages as may be ahead of what was handed out.
    fn fill(&mut self) {
        let most = if self.checks_end { 1 } else { self.most_ahead };
        while self.ahead.len() < most && (self.left > 0 || self.checks_end) {
            self.is_beyond = self.left == 0;
            self.left = self.left.saturating_sub(1);
            let call = at(&self.call, self.next, self.limit);
            self.ahead.push_back(Running::spawned(call.into_future()));
            self.next = self.next.saturating_add(self.stride);
        }
    }

    #[cold]
    fn too_long(&self) -> Handed<E> {
        Err(too_long(self.max_pages, self.handed_out).in_operation(self.call.operation()))
    }
}

fn moved(handed_out: u64) -> Error {
    Error::paging(format!(
        "a row came twice, so the list has moved, or the server ignores the offset; {handed_out} rows were handed out \
         before: walk it without windows"
    ))
}
