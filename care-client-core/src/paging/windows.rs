//! Windows: several pages of a list that stands still, read at once in tasks and handed out in order.
//!
//! Windows don't overlap, so a list that moves can lose rows unseen. What can be seen ends the walk in an error: a
//! row that comes twice in neighbouring windows, and a short page before the end by the server's count.

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

/// Reads several pages of a list at once, each in a task, and hands them out in the list's order.
pub(super) struct Windows<E: Paged> {
    call: Call<E>,
    /// The pages that are being read, or read and not handed out yet.
    ahead: VecDeque<Running<Result<E::Output, Error>>>,
    most_ahead: usize,
    /// Where the page after them begins.
    next: u64,
    /// Where the first of them begins.
    place: u64,
    limit: u64,
    left: usize,
    max_pages: usize,
    before: HashSet<E::Key>,
    handed_out: u64,
}

impl<E: Paged> Windows<E> {
    pub(super) fn new(call: Call<E>, most_ahead: usize, max_pages: usize) -> Self {
        let (offset, limit) = (call.endpoint().offset(), call.endpoint().limit().max(1));
        Self {
            call,
            ahead: VecDeque::new(),
            most_ahead,
            next: offset,
            place: offset,
            limit,
            left: max_pages,
            max_pages,
            before: HashSet::new(),
            handed_out: 0,
        }
    }

    /// The next page. After an error or the end, this must not be asked again.
    pub(super) fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Handed<E>>> {
        self.fill();
        let Some(first) = self.ahead.front_mut() else {
            let error = too_long(self.max_pages, self.handed_out).in_operation(self.call.operation());
            return Poll::Ready(Some(Err(error)));
        };
        let page = match ready!(Pin::new(first).poll(context)).and_then(|page| page) {
            Ok(page) => page,
            Err(error) if is_past_the_end::<E>(self.place, &error) => return Poll::Ready(None),
            Err(error) => return Poll::Ready(Some(Err(error.in_operation(self.call.operation())))),
        };
        self.ahead.pop_front();
        let total = page.total;
        let rows: Vec<_> = page.into_iter().collect();
        let keys: HashSet<_> = rows.iter().map(|row| E::key(row.as_ref())).collect();
        if !keys.is_disjoint(&self.before) {
            return Poll::Ready(Some(Err(moved(self.handed_out).in_operation(self.call.operation()))));
        }
        self.before = keys;
        if rows.is_empty() {
            return Poll::Ready(None);
        }
        let is_last = (rows.len() as u64) < self.limit;
        let place = self.place;
        if is_last && total.is_some_and(|total| place.saturating_add(rows.len() as u64) < total) {
            let error = cut_short(self.limit, rows.len(), self.handed_out);
            return Poll::Ready(Some(Err(error.in_operation(self.call.operation()))));
        }
        self.place = place.saturating_add(self.limit);
        self.handed_out += rows.len() as u64;
        if !is_last {
            self.fill();
        }
        let fresh = vec![true; rows.len()];
        let mut handout = picked(rows, &fresh, place, (!is_last).then_some(self.place));
        handout.page.total = total;
        Poll::Ready(Some(Ok(handout)))
    }

    /// Begins to read as many pages as may be ahead of what was handed out.
    fn fill(&mut self) {
        while self.ahead.len() < self.most_ahead && self.left > 0 {
            self.left -= 1;
            let call = at(&self.call, self.next, self.limit);
            self.ahead.push_back(Running::spawned(call.into_future()));
            self.next = self.next.saturating_add(self.limit);
        }
    }
}

fn moved(handed_out: u64) -> Error {
    Error::paging(format!(
        "a row came twice, so the list has moved; {handed_out} rows were handed out before: walk it without windows"
    ))
}

/// The error of a list whose windows would have gaps between them.
#[cold]
fn cut_short(limit: u64, rows: usize, handed_out: u64) -> Error {
    Error::paging(format!(
        "the server gave {rows} rows of the {limit} that were asked for, though the list goes on by its count, or it \
         counts rows that it doesn't give; {handed_out} rows were handed out before: walk it without windows, or with \
         smaller pages"
    ))
}
