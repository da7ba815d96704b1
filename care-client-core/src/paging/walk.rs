//! How a walk by offsets stays right while the list moves under it.
//!
//! A list that is read page by page isn't one list: rows come and go between the requests, and every later offset points
//! somewhere else. What holds is the order of the rows that stay. So the walk remembers, in the list's order, the keys of
//! the last rows that it has read, and trusts rows, not offsets.
//!
//! - Each request after the first begins with the last row read. If the page does begin with it, nothing has moved.
//! - **One rule decides what is handed out: the unknown rows after the first known one.** A row that was not read yet and
//!   stays comes after all rows that were read and stay. So none of them is before the first known row, and the page has no
//!   gap behind it: nothing is lost. A row that was read and is forgotten comes before all rows that are known: it isn't
//!   behind the first known row, so nothing is handed out twice. This needs no bound on how much has changed.
//! - A page without any known row proves nothing, so it is dropped and the walk [searches](super::search). If the search
//!   finds nothing, the walk ends in an error.
//! - Rows that were read and come after the page where the walk went on, as after a step back, stay known until they are
//!   met.
//!
//! **When a search is sure to find a known row:** if fewer rows come and go than a page has, from the last page with known
//! rows up to the search's first look, that is between three requests. Let pages have `l` rows, and the last one have ended
//! before offset `n`: its rows, all known, were at `n - l` up to `n - 1`. At most `l - 1` of them are gone, and the last one
//! that is left can't be further left than `n - l`. If the page at `n - 1` shows none of them, something was removed: fewer
//! than `l - 1` rows came in, and the first one that is left can't be further right than `n - 2`. So only if `l` newcomers
//! stood between two of them could the page at `n - l` miss them all. That page is the first look.
//!
//! **When it may fail with known rows left:** if the list goes on to change by nearly a page between the requests of the
//! search itself. A row that moves by up to `l - 1` places each time can keep out of the sight of a page of `l` rows for
//! ever, so no bounded search finds all. Nor can any once all the known rows are removed, which takes two requests after the
//! first page and three later on. And `l - 1` newcomers before the place, each time anew, hold the walk where it is: it
//! can't tell them from a server that ignores the offset. Each of these ends in an error, with nothing lost or doubled.

use super::{known::Known, search::Search};
use std::hash::Hash;

/// Where a walk is, without I/O: it says what to ask, and is fed the keys of the answer.
pub(super) struct Walk<K> {
    next: u64,
    limit: u64,
    known: Known<K>,
    phase: Phase,
    /// How many rows the server gives at a time: as many as it is asked for, unless a page that isn't the last had fewer.
    page: u64,
    /// How many pages in a row brought nothing.
    stalls: u64,
}

enum Phase {
    First,
    Following,
    Searching(Search),
    Over,
}

/// What to ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ask {
    pub(super) offset: u64,
    pub(super) limit: u64,
}

/// What an answer means.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// For each row, whether it is to be handed out.
    pub(super) fresh: Vec<bool>,
    /// By how many rows the list has moved, if the page shows that it has.
    pub(super) shift: Option<i64>,
}

/// Why the walk can't go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lost {
    /// No known row is near the place where the walk was.
    Unknown,
    /// The same rows come again and again.
    Stalled,
    /// A list of numbered pages loses rows in each round.
    Restless,
}

impl<K: Eq + Hash + Clone> Walk<K> {
    /// Begins at an offset, with pages of `limit` rows.
    pub(super) fn new(offset: u64, limit: u64) -> Self {
        let room = usize::try_from(limit.max(2).saturating_mul(2)).unwrap_or(usize::MAX);
        let limit = limit.max(1);
        Self { next: offset, limit, known: Known::new(room), phase: Phase::First, page: limit.max(2), stalls: 0 }
    }

    /// What to ask for next; `None` at the end of the list, and after an error.
    pub(super) fn ask(&self) -> Option<Ask> {
        let offset = match &self.phase {
            Phase::First => return Some(Ask { offset: self.next, limit: self.limit }),
            Phase::Following => self.next.saturating_sub(1),
            Phase::Searching(search) => search.offset(),
            Phase::Over => return None,
        };
        // A page of one row would have room for the known one alone.
        Some(Ask { offset, limit: self.limit.max(2) })
    }

    /// The offset behind the last page; `None` at the end of the list.
    pub(super) fn rest(&self) -> Option<u64> {
        (!matches!(self.phase, Phase::Over)).then_some(self.next)
    }

    /// Takes the keys of the page that was asked for, in the list's order, and how many rows the server says there are.
    pub(super) fn take(&mut self, ask: Ask, page: Vec<K>, total: Option<u64>) -> Result<Step, Lost> {
        let rows = page.len();
        let end = ask.offset.saturating_add(rows as u64);
        // A page with room left shows the end of the list, unless the server says that more follows: some give fewer rows
        // than they are asked for.
        let goes_on = total.is_some_and(|total| end < total) && rows > 0;
        let is_short = (rows as u64) < ask.limit;
        let mut is_last = is_short && !goes_on;
        if is_short && goes_on {
            self.page = (rows as u64).max(2);
        }
        let phase = std::mem::replace(&mut self.phase, Phase::Over);
        let step = if let Phase::First = phase {
            self.known.begin(page);
            Step { fresh: vec![true; rows], shift: None }
        } else if let Some(found) = self.known.find(&page) {
            // The last row read, and nothing behind it: the server counts rows that it doesn't give.
            is_last |= is_short && found.overlaps && rows == 1 && end == self.next;
            let in_place = found.overlaps && ask.offset.saturating_add(1) == self.next;
            let shift = (!in_place).then(|| self.known.moved(&found, self.next, ask.offset, rows, is_last));
            if found.fresh.contains(&true) {
                self.stalls = 0;
            } else if !is_last {
                self.stalls += 1;
                if self.stalls >= most_stalls(ask.limit) {
                    return Err(Lost::Stalled);
                }
            }
            self.known.merge(page, &found);
            Step { fresh: found.fresh, shift }
        } else {
            self.phase = Phase::Searching(searched(phase, ask, self.page, is_last)?);
            return Ok(Step { fresh: vec![false; rows], shift: None });
        };
        self.next = end;
        if !is_last {
            self.phase = Phase::Following;
        }
        Ok(step)
    }
}

/// The search after a page without known rows.
fn searched(phase: Phase, ask: Ask, page: u64, is_last: bool) -> Result<Search, Lost> {
    let mut search = match phase {
        Phase::Searching(search) => search,
        _ => Search::new(ask.offset, page),
    };
    // A page that begins at 0 and has room left was the whole list.
    let is_whole = ask.offset == 0 && is_last;
    if is_whole || !search.advance() { Err(Lost::Unknown) } else { Ok(search) }
}

/// After how many pages in a row that bring nothing the server is taken for one that ignores the offset. Small pages get
/// more, for few newcomers are enough to hold them up.
fn most_stalls(limit: u64) -> u64 {
    8.max(48 / limit)
}

#[cfg(test)]
mod tests;
