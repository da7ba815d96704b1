//! How a walk by offsets stays right while the list moves under it.
//!
//! A list that is read page by page isn't one list: rows come and go between the requests, and every later offset
//! points somewhere else. What holds is the order of the rows that stay. So the walk remembers, in the list's order,
//! the keys of the last rows that it has read, and trusts rows, not offsets.
//!
//! - Each request after the first begins with the last row read. If the page does begin with it, nothing has moved.
//! - **One rule decides what is handed out: the unknown rows after the first known one.** A row that was not read yet
//!   and stays comes after all rows that were read and stay. So none of them is before the first known row, and the
//!   page has no gap behind it: nothing is lost. A row that was read and is forgotten comes before all rows that are
//!   known: it isn't behind the first known row, so nothing is handed out twice. This needs no bound on how much has
//!   changed.
//! - A page without any known row proves nothing, so it is dropped and the walk [searches](Search). If the search
//!   finds nothing, the walk ends in an error.
//! - Rows that were read and come after the page where the walk went on, as after a step back, stay known until they
//!   are met.
//!
//! **The end is seen, not inferred.** Some servers give fewer rows than they are asked for, so a page with room left
//! isn't the end. The list ends with an empty first page, with a page that shows the last row read and nothing behind
//! it, or where the server's count is reached by a page with room left. So a list that isn't counted costs one request
//! after its last row. A server that gives one row at a time shows nothing but the last row read on every page, so the
//! walk then asks for the place behind it.
//!
//! **A walk has a bound:** ten pages in a row with nothing new end it in an error, and so does a search that finds
//! nothing.
//!
//! **When a search is sure to find a known row:** if fewer rows come and go than a page has, from the last page with
//! known rows up to the search's first look, that is between three requests. Let pages have `l` rows, and the last
//! one have ended before offset `n`: its rows, all known, were at `n - l` up to `n - 1`. At most `l - 1` of them are
//! gone, and the last one that is left can't be further left than `n - l`. If the page at `n - 1` shows none of them,
//! something was removed: fewer than `l - 1` rows came in, and the first one that is left can't be further right than
//! `n - 2`. So only if `l` newcomers stood between two of them could the page at `n - l` miss them all. That page is
//! the first look.
//!
//! **When it may fail with known rows left:** if the list goes on to change by nearly a page between the requests of
//! the search itself. A row that moves by up to `l - 1` places each time can keep out of the sight of a page of `l`
//! rows for ever, so no bounded search finds all. Nor can any once all the known rows are removed, which takes two
//! requests after the first page and three later on. And `l - 1` newcomers before the place, each time anew, hold the
//! walk where it is: it can't tell them from a server that ignores the offset. Each of these ends in an error, with
//! nothing lost or doubled.

use super::{known::Known, search::Search};
use std::{collections::HashSet, hash::Hash};

/// Where a walk is, without I/O: it says what to ask, and is fed the keys of the answer.
pub(super) struct Walk<K> {
    next: u64,
    limit: u64,
    known: Known<K>,
    phase: Phase,
    /// The largest page seen: how many rows the server gives at a time, as far as that is known.
    largest: u64,
    /// Whether the last page with known rows had room left, and nothing said that the list goes on.
    had_room: bool,
    /// Whether the walk began with the list's first row.
    knows_all: bool,
    /// How many pages in a row brought nothing.
    stalls: u32,
}

enum Phase {
    First,
    Following,
    /// Looks behind the last row read, without overlap: all pages had one row.
    Behind,
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
        let (known, phase, knows_all) = (Known::new(room), Phase::First, offset == 0);
        Self { next: offset, limit, known, phase, largest: 0, had_room: false, knows_all, stalls: 0 }
    }

    /// What to ask for next; `None` at the end of the list, and after an error.
    pub(super) fn ask(&self) -> Option<Ask> {
        let offset = match &self.phase {
            Phase::First => return Some(Ask { offset: self.next, limit: self.limit }),
            Phase::Following => self.next.saturating_sub(1),
            Phase::Behind => self.next,
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

    /// Whether the next request looks only whether the list goes on behind a page with room left.
    pub(super) fn checks_end(&self) -> bool {
        self.had_room && matches!(self.phase, Phase::Following | Phase::Behind)
    }

    /// Takes the keys of the page that was asked for, in the list's order, and how many rows the server says there are.
    /// A row that a page has twice is handed out once.
    pub(super) fn take(&mut self, ask: Ask, page: Vec<K>, total: Option<u64>) -> Result<Step, Lost> {
        let mut met = HashSet::with_capacity(page.len());
        let is_first: Vec<bool> = page.iter().map(|key| met.insert(key.clone())).collect();
        let mut step = self.take_rows(ask, page, total)?;
        step.fresh.iter_mut().zip(is_first).for_each(|(fresh, is_first)| *fresh &= is_first);
        Ok(step)
    }

    fn take_rows(&mut self, ask: Ask, page: Vec<K>, total: Option<u64>) -> Result<Step, Lost> {
        let rows = page.len();
        let end = ask.offset.saturating_add(rows as u64);
        self.largest = self.largest.max(rows as u64);
        let has_room = (rows as u64) < ask.limit;
        // A count that the walk has passed is wrong.
        let is_counted_out = has_room && total == Some(end);
        let phase = std::mem::replace(&mut self.phase, Phase::Over);
        if let Phase::First = phase {
            self.known.begin(page);
            return Ok(self.step(
                Step { fresh: vec![true; rows], shift: None },
                end,
                is_counted_out || rows == 0,
                has_room,
            ));
        }
        if let Phase::Behind = phase {
            return self.behind(rows);
        }
        let Some(found) = self.known.find(&page) else { return self.not_found(phase, ask, page) };
        let goes_on = total.is_some_and(|total| end < total);
        let is_short = has_room && !goes_on && (rows as u64) < self.largest;
        let in_place = found.overlaps && ask.offset.saturating_add(1) == self.next;
        let shift =
            (!in_place).then(|| self.known.moved(&found, self.next, ask.offset, rows, is_short || is_counted_out));
        // The last row read, and nothing behind it though there was room.
        let is_alone = in_place && has_room && rows == 1;
        let shows_end = (is_short || is_alone) && self.known.is_last(&found, rows);
        let is_last = is_counted_out || (shows_end && self.largest > 1);
        if found.fresh.contains(&true) {
            self.stalls = 0;
        } else if !is_last {
            self.stall()?;
        }
        self.known.merge(page, &found);
        let step = self.step(Step { fresh: found.fresh, shift }, end, is_last, has_room && !goes_on);
        if is_alone && !is_last {
            self.phase = Phase::Behind;
        }
        Ok(step)
    }

    /// Goes on behind a page, unless it is the last.
    fn step(&mut self, step: Step, end: u64, is_last: bool, has_room: bool) -> Step {
        (self.next, self.had_room) = (end, has_room);
        self.phase = if is_last { Phase::Over } else { Phase::Following };
        step
    }

    /// After a look behind the last row read: if there is a row, it may be new, or the server gives one at a time.
    fn behind(&mut self, rows: usize) -> Result<Step, Lost> {
        if rows > 0 {
            self.stall()?;
            self.phase = Phase::Following;
        }
        Ok(Step { fresh: vec![false; rows], shift: None })
    }

    fn stall(&mut self) -> Result<(), Lost> {
        self.stalls += 1;
        if self.stalls >= MOST_STALLS { Err(Lost::Stalled) } else { Ok(()) }
    }

    /// Searches after a page without known rows.
    fn not_found(&mut self, phase: Phase, ask: Ask, page: Vec<K>) -> Result<Step, Lost> {
        let rows = page.len();
        if ask.offset == 0 && self.had_room && (rows == 0 || self.knows_all && self.known.has_all()) {
            // Only the end was left to see when all that was read went: what is there now was not read.
            self.known.begin(page);
            return Ok(self.step(Step { fresh: vec![true; rows], shift: None }, rows as u64, rows == 0, true));
        }
        // A page that begins at 0 and has room left was the whole list.
        let is_whole = ask.offset == 0 && (rows as u64) < self.largest;
        let mut search = match phase {
            Phase::Searching(search) => search,
            _ => Search::new(ask.offset, self.largest),
        };
        if is_whole || !search.advance() {
            return Err(Lost::Unknown);
        }
        self.phase = Phase::Searching(search);
        Ok(Step { fresh: vec![false; rows], shift: None })
    }
}

/// After how many pages in a row that bring nothing the server is taken for one that ignores the offset.
const MOST_STALLS: u32 = 10;

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows of the list that were asked for.
    fn page(list: &[u64], ask: Ask) -> Vec<u64> {
        list.iter().copied().skip(ask.offset as usize).take(ask.limit as usize).collect()
    }

    /// What one request to the list comes to: the rows to hand out, and the shift.
    fn read(walk: &mut Walk<u64>, list: &[u64]) -> Result<(Vec<u64>, Option<i64>), Lost> {
        let ask = walk.ask().unwrap();
        let page = page(list, ask);
        let step = walk.take(ask, page.clone(), None)?;
        Ok((page.into_iter().zip(step.fresh).filter_map(|(row, fresh)| fresh.then_some(row)).collect(), step.shift))
    }

    /// A walk that has read `pages` pages of five rows of `list`.
    fn begun(list: &[u64], pages: usize) -> Walk<u64> {
        let mut walk = Walk::new(0, 5);
        for _ in 0..pages {
            read(&mut walk, list).unwrap();
        }
        walk
    }

    fn rows(range: std::ops::Range<u64>) -> Vec<u64> {
        range.collect()
    }

    #[test]
    fn each_request_after_the_first_begins_with_the_last_row_read() {
        let list = rows(0..12);
        let mut walk = Walk::new(2, 5);
        assert_eq!(walk.ask(), Some(Ask { offset: 2, limit: 5 }));
        assert_eq!(read(&mut walk, &list), Ok((vec![2, 3, 4, 5, 6], None)));
        assert_eq!(walk.ask(), Some(Ask { offset: 6, limit: 5 }));
        assert_eq!(read(&mut walk, &list), Ok((vec![7, 8, 9, 10], None)));
        assert_eq!(walk.rest(), Some(11));
        assert_eq!(read(&mut walk, &list), Ok((vec![11], None)));
        // It has room left, which isn't the end yet.
        assert_eq!((walk.ask(), walk.rest()), (Some(Ask { offset: 11, limit: 5 }), Some(12)));
        assert_eq!(read(&mut walk, &list), Ok((vec![], None)));
        assert_eq!((walk.ask(), walk.rest()), (None, None));
    }

    #[test]
    fn a_row_that_a_page_has_twice_is_handed_out_once() {
        let mut walk = Walk::new(0, 5);
        assert_eq!(read(&mut walk, &[1, 1, 2, 3, 2, 4, 4, 5]), Ok((vec![1, 2, 3], None)));
        assert_eq!(read(&mut walk, &[1, 1, 2, 3, 2, 4, 4, 5]), Ok((vec![4, 5], None)));
    }

    #[test]
    fn pages_of_one_row_are_asked_for_with_room_for_the_known_one() {
        let mut walk = Walk::new(0, 1);
        assert_eq!(read(&mut walk, &[1, 2]), Ok((vec![1], None)));
        assert_eq!(walk.ask(), Some(Ask { offset: 0, limit: 2 }));
        assert_eq!(read(&mut walk, &[1, 2]), Ok((vec![2], None)));
        assert_eq!(read(&mut walk, &[1, 2]), Ok((vec![], None)));
        assert_eq!(walk.ask(), None);
    }

    /// Each list is what two pages of `0..100`, the last row read being 8, have become when the third is asked for;
    /// then the rows handed out of the first page with known ones, the requests to find it, and the shift.
    #[test]
    fn a_page_continues_after_the_first_known_row_and_gives_the_shift() {
        let cases = [
            ("nothing moved", rows(0..100), 1, vec![9, 10, 11, 12], None),
            ("three gone at the front", rows(3..100), 2, vec![9, 10, 11], Some(-3)),
            ("the last row read gone", [rows(0..8), rows(9..100)].concat(), 2, vec![9], Some(-1)),
            ("the last rows read gone", [rows(0..5), rows(9..100)].concat(), 2, vec![9, 10, 11, 12], Some(-4)),
            ("two new at the front", [vec![900, 901], rows(0..100)].concat(), 1, vec![9, 10], Some(2)),
            ("four new at the front", [rows(900..904), rows(0..100)].concat(), 1, vec![], Some(4)),
            (
                "one new before the last row read",
                [rows(0..8), vec![900], rows(8..100)].concat(),
                1,
                vec![9, 10, 11],
                Some(1),
            ),
            ("the last row read replaced", [rows(0..8), vec![900], rows(9..100)].concat(), 2, vec![900], Some(-1)),
            ("one new behind it", [rows(0..9), vec![900], rows(9..100)].concat(), 1, vec![900, 9, 10, 11], None),
            ("more than a page gone, elsewhere", rows(7..100), 3, vec![9, 10, 11], Some(-7)),
        ];
        for (what, list, requests, handed_out, shift) in cases {
            let mut walk = begun(&rows(0..100), 2);
            for _ in 1..requests {
                assert_eq!(read(&mut walk, &list), Ok((vec![], None)), "{what}");
            }
            assert_eq!(read(&mut walk, &list), Ok((handed_out, shift)), "{what}");
        }
    }

    #[test]
    fn rows_before_the_first_known_one_are_never_handed_out_for_they_may_be_forgotten_ones() {
        // 20 rows read, of which 10 are known; then all but the first 11 are gone.
        let mut walk = begun(&rows(0..100), 5);
        let list = [rows(0..12), rows(21..100)].concat();
        let mut handed_out = Vec::new();
        while let Some(last) = handed_out.last().copied().or(Some(0)).filter(|row| *row < 99) {
            let (rows, _) = read(&mut walk, &list).unwrap();
            assert!(rows.iter().all(|row| *row > last && *row >= 21), "{rows:?}");
            handed_out.extend(rows);
        }
        assert_eq!(handed_out, rows(21..100));
    }

    #[test]
    fn rows_that_were_read_stay_known_when_the_walk_steps_back_before_them() {
        let mut walk = begun(&rows(0..100), 3);
        // The last row read is 12. Nine gone at the front, and when that is noticed, nine others are there.
        assert_eq!(read(&mut walk, &rows(9..100)), Ok((vec![], None)));
        let list = [rows(900..909), rows(9..10), rows(800..803), rows(10..100)].concat();
        let mut handed_out = Vec::new();
        while walk.ask().is_some() {
            handed_out.extend(read(&mut walk, &list).unwrap().0);
        }
        handed_out.retain(|row| *row < 100);
        assert_eq!(handed_out, rows(13..100));
    }

    #[test]
    fn a_list_without_known_rows_is_an_error_at_once_when_it_is_seen_whole() {
        for list in [vec![], rows(900..904)] {
            let mut walk = begun(&rows(0..100), 1);
            assert_eq!(read(&mut walk, &list), Ok((vec![], None)));
            assert_eq!((read(&mut walk, &list), walk.ask()), (Err(Lost::Unknown), None));
        }
    }

    #[test]
    fn a_search_ends_after_ten_looks() {
        let mut walk = begun(&rows(0..100), 10);
        let list = rows(900..1_000);
        for request in 0..10 {
            assert_eq!(read(&mut walk, &list), Ok((vec![], None)), "{request}");
        }
        assert_eq!(read(&mut walk, &list), Err(Lost::Unknown));
    }

    #[test]
    fn a_list_that_lost_or_got_several_pages_at_once_is_found_again_and_the_shift_is_right() {
        // From pages of five rows on, 15 pages end with row 60.
        let lost = (1..=24).map(|gone| (rows(gone..200), -(gone as i64)));
        let got = (1..=24).map(|come| ([rows(900..900 + come), rows(0..200)].concat(), come as i64));
        for (list, moved) in lost.chain(got) {
            let mut walk = begun(&rows(0..200), 15);
            let (mut handed_out, mut shifts) = (Vec::new(), Vec::new());
            while walk.ask().is_some() {
                let (rows, shift) =
                    read(&mut walk, &list).unwrap_or_else(|lost| panic!("{lost:?} after a shift by {moved}"));
                handed_out.extend(rows);
                shifts.extend(shift);
            }
            assert_eq!((handed_out, shifts), (rows(61..200), vec![moved]));
        }
    }

    #[test]
    fn what_is_known_are_the_rows_of_two_pages_however_long_the_list() {
        let mut walk = begun(&rows(0..1_000), 2);
        for _ in 0..100 {
            read(&mut walk, &rows(0..1_000)).unwrap();
            assert!(walk.known.len() <= 10, "{}", walk.known.len());
        }
    }

    #[test]
    fn pages_that_bring_nothing_now_and_then_are_no_error() {
        let mut list = rows(0..200);
        let mut walk = begun(&list, 1);
        let mut empty = 0;
        for newcomer in 1_000.. {
            if walk.ask().is_none() {
                break;
            }
            if newcomer % 3 == 0 {
                list.splice(0..0, [newcomer; 4]);
            }
            empty += usize::from(read(&mut walk, &list).unwrap().0.is_empty());
        }
        assert!(empty > 20, "{empty}");
    }

    #[test]
    fn the_same_page_again_and_again_is_an_error() {
        for (limit, patience) in [(1, 11), (2, 10), (5, 10), (100, 10)] {
            let first = rows(0..limit.max(2));
            let mut walk = Walk::new(0, limit);
            let mut requests = 0;
            let lost = loop {
                let ask = walk.ask().unwrap();
                match walk.take(ask, first[..ask.limit as usize].to_vec(), None) {
                    Ok(_) => requests += 1,
                    Err(lost) => break lost,
                }
            };
            assert_eq!((lost, requests), (Lost::Stalled, patience), "{limit}");
        }
    }

    #[test]
    fn when_all_that_was_read_goes_before_the_end_is_seen_the_rest_is_handed_out() {
        // Four of five rows that were asked for came, and were deleted; then the list has what was behind them, or new
        // rows, or none.
        for list in [rows(4..30), rows(900..903), vec![]] {
            let mut walk = begun(&rows(0..4), 1);
            let mut handed_out = Vec::new();
            while walk.ask().is_some() {
                handed_out.extend(read(&mut walk, &list).unwrap().0);
            }
            assert_eq!(handed_out, list);
        }
        // Not rows ahead of the place where the walk began.
        let mut walk = Walk::new(2, 5);
        read(&mut walk, &rows(0..5)).unwrap();
        for _ in 0..2 {
            assert_eq!(read(&mut walk, &rows(900..902)), Ok((vec![], None)));
        }
        assert_eq!(read(&mut walk, &rows(900..902)), Err(Lost::Unknown));
    }

    /// Up to nearly a page of rows comes or goes between any two requests, at random: far more than a search is sure
    /// to survive.
    #[test]
    fn a_busy_list_is_lost_only_when_no_known_row_is_left() {
        let mut random = fastrand::Rng::with_seed(7);
        let mut lost_in_sight = 0;
        for case in 0..2_000 {
            let limit = case % 9 + 2;
            let mut list = rows(0..random.u64(0..60));
            let mut newcomer = 1_000;
            let mut walk = Walk::new(0, limit);
            while let Some(ask) = walk.ask() {
                match walk.take(ask, page(&list, ask), None) {
                    Ok(_) => {}
                    Err(Lost::Unknown) if walk.known.has_any(&list) => lost_in_sight += 1,
                    Err(_) => {}
                }
                for _ in 0..random.u64(0..limit) {
                    let place = random.usize(0..=list.len());
                    if random.bool() {
                        list.insert(place, newcomer);
                        newcomer += 1;
                    } else if place < list.len() {
                        list.remove(place);
                    }
                }
            }
        }
        assert!(lost_in_sight <= 2, "{lost_in_sight} of 2,000");
    }
}
