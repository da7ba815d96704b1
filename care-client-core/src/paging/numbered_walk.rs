//! How a list of numbered pages is read whole though no two pages overlap.
//!
//! Such a server cuts its list into pages of one size and gives them by their numbers, so a page can't begin with the
//! last row read, and no single page proves that it follows the one before. Only the server's count, which comes with
//! each page, shows whether rows are missing.
//!
//! - **Every key is remembered**, so no row is handed out twice, whatever the list does.
//! - **One round reads all pages, first to last.** It is whole if the count never fell and as many rows were met as
//!   it names: a row that goes makes the count fall, and one that changes places with another leaves a row too few.
//! - Ten pages in a row whose rows this round has met already end the walk in an error: such a server ignores the
//!   number.
//! - After a round that isn't whole the list is read again from its beginning, and what is new is handed out. A round
//!   that brings nothing new while the count stands still ends the walk, too: such a server counts rows twice, or
//!   some that it doesn't give.
//!
//! **What this can't see:** between two requests rows go, and as many or more come in, so that the count doesn't
//! fall. Each row that went before the walk's place can hide one row that stays.

use super::walk::{Ask, Lost, Step};
use std::{collections::HashSet, hash::Hash};

/// After how many rounds a list is taken for one that changes faster than it can be read.
const MOST_ROUNDS: u32 = 5;

/// After how many pages in a row that a round has met already the server is taken for one that ignores the number.
const MOST_STALLS: u32 = 10;

/// Where a walk over numbered pages is, without I/O.
pub(super) struct NumberedWalk<K> {
    first: u64,
    next: u64,
    limit: u64,
    handed_out: HashSet<K>,
    round: Round<K>,
    rounds: u32,
    over: bool,
}

/// What one reading from the first page on has met.
struct Round<K> {
    met: HashSet<K>,
    /// The count that came last, and the first of the round.
    total: Option<u64>,
    began_with: Option<u64>,
    fell: bool,
    brought: bool,
    /// How many pages in a row showed only rows that this round has met.
    stalls: u32,
}

impl<K> Round<K> {
    fn new() -> Self {
        Self { met: HashSet::new(), total: None, began_with: None, fell: false, brought: false, stalls: 0 }
    }

    fn count(&mut self, total: Option<u64>) {
        self.fell |= matches!((self.total, total), (Some(before), Some(now)) if now < before);
        self.total = total.or(self.total);
        self.began_with = self.began_with.or(total);
    }
}

impl<K: Eq + Hash + Clone> NumberedWalk<K> {
    /// Begins at an offset, which is that of a page.
    pub(super) fn new(offset: u64, limit: u64) -> Self {
        let limit = limit.max(1);
        let first = offset - offset % limit;
        Self { first, next: first, limit, handed_out: HashSet::new(), round: Round::new(), rounds: 1, over: false }
    }

    pub(super) fn ask(&self) -> Option<Ask> {
        (!self.over).then_some(Ask { offset: self.next, limit: self.limit })
    }

    pub(super) fn rest(&self) -> Option<u64> {
        (!self.over).then_some(self.next)
    }

    /// Takes the keys of the page that was asked for; none if there is no such page.
    pub(super) fn take(&mut self, page: Vec<K>, total: Option<u64>) -> Result<Step, Lost> {
        self.round.count(total);
        let rows = page.len() as u64;
        let mut fresh = Vec::with_capacity(page.len());
        let mut is_new = false;
        for key in page {
            is_new |= self.round.met.insert(key.clone());
            fresh.push(self.handed_out.insert(key));
        }
        self.round.brought |= fresh.contains(&true);
        self.round.stalls = if is_new { 0 } else { self.round.stalls + 1 };
        self.next = self.next.saturating_add(self.limit);
        let met = self.first.saturating_add(self.round.met.len() as u64);
        let is_last = match self.round.total {
            Some(total) => rows == 0 || met >= total,
            // Some servers give smaller pages than they say, and others their last page for every number beyond it.
            None => rows == 0 || (rows < self.limit && !is_new),
        };
        if is_last {
            self.end_round(met)?;
        } else if self.round.stalls >= MOST_STALLS {
            self.over = true;
            return Err(Lost::Stalled);
        }
        Ok(Step { fresh, shift: None })
    }

    fn end_round(&mut self, met: u64) -> Result<(), Lost> {
        let round = std::mem::replace(&mut self.round, Round::new());
        let is_whole = !round.fell && round.total.is_none_or(|total| met >= total);
        let stands_still = !round.brought && round.began_with == round.total && !round.fell;
        if is_whole || stands_still {
            self.over = true;
        } else if self.rounds >= MOST_ROUNDS {
            self.over = true;
            return Err(Lost::Restless);
        } else {
            self.rounds += 1;
            self.next = self.first;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a list that `change` changes before each request, and gives what is handed out and how many requests it
    /// took.
    fn read(mut list: Vec<u64>, mut change: impl FnMut(usize, &mut Vec<u64>)) -> Result<(Vec<u64>, usize), Lost> {
        let (mut walk, mut out, mut asked) = (NumberedWalk::new(0, 10), Vec::new(), 0);
        while let Some(ask) = walk.ask() {
            asked += 1;
            change(asked, &mut list);
            let page: Vec<u64> = list.iter().copied().skip(ask.offset as usize).take(10).collect();
            // A page beyond the end isn't there, and has no count.
            let total = (!page.is_empty() || ask.offset == 0).then_some(list.len() as u64);
            let step = walk.take(page.clone(), total)?;
            out.extend(page.into_iter().zip(step.fresh).filter_map(|(row, fresh)| fresh.then_some(row)));
        }
        Ok((out, asked))
    }

    fn rows(range: std::ops::Range<u64>) -> Vec<u64> {
        range.collect()
    }

    #[test]
    fn a_list_that_stands_still_is_read_once_and_no_page_beyond_its_end_is_asked_for() {
        for (count, requests) in [(0, 1), (1, 1), (9, 1), (10, 1), (11, 2), (20, 2), (35, 4)] {
            assert_eq!(read(rows(0..count), |_, _| {}), Ok((rows(0..count), requests)), "{count}");
        }
    }

    #[test]
    fn a_row_that_slips_before_the_place_when_another_goes_is_found_in_a_second_round() {
        for count in [20, 21, 22, 35] {
            let read = read(rows(0..count), |asked, list| {
                if asked == 2 {
                    list.remove(0);
                }
            });
            let (mut out, _) = read.unwrap();
            out.sort_unstable();
            assert_eq!(out, rows(0..count), "{count}");
        }
    }

    #[test]
    fn rows_that_change_places_are_all_handed_out_once() {
        let read = read(rows(0..35), |asked, list| {
            if asked == 2 {
                list.swap(3, 23);
            }
        });
        let (mut out, requests) = read.unwrap();
        out.sort_unstable();
        assert_eq!(out, rows(0..35));
        assert!(requests > 4, "{requests}");
    }

    #[test]
    fn newcomers_at_the_end_and_at_the_beginning_cost_no_row() {
        for at_the_end in [true, false] {
            let (out, _) = read(rows(0..35), |asked, list| {
                if asked <= 4 {
                    let place = if at_the_end { list.len() } else { 0 };
                    list.insert(place, 100 + asked as u64);
                }
            })
            .unwrap();
            let stayed: Vec<_> = out.iter().copied().filter(|row| *row < 100).collect();
            assert_eq!(stayed, rows(0..35), "{at_the_end}");
            assert_eq!(out.iter().collect::<HashSet<_>>().len(), out.len());
        }
    }

    #[test]
    fn a_list_that_shrinks_while_it_is_read_to_a_page_that_is_gone_is_read_again() {
        // The third page is gone when it is asked for, and its row stands on the second.
        let (mut out, requests) = read(rows(0..21), |asked, list| {
            if asked == 3 {
                list.remove(5);
            }
        })
        .unwrap();
        out.sort_unstable();
        assert_eq!((out, requests), (rows(0..21), 5));
    }

    #[test]
    fn a_server_that_counts_what_it_does_not_give_is_read_twice_and_no_more() {
        let mut walk = NumberedWalk::new(0, 10);
        let mut requests = 0;
        while let Some(ask) = walk.ask() {
            requests += 1;
            let page: Vec<u64> = rows(0..14).into_iter().skip(ask.offset as usize).take(10).collect();
            let total = (!page.is_empty()).then_some(16);
            walk.take(page, total).unwrap();
        }
        assert_eq!(requests, 6);
    }

    #[test]
    fn ten_pages_with_nothing_new_are_an_error_and_a_round_that_finds_nothing_new_is_none() {
        let mut walk = NumberedWalk::new(0, 10);
        let mut requests = 0;
        let lost = loop {
            requests += 1;
            if let Err(lost) = walk.take(rows(0..10), Some(10_000)) {
                break lost;
            }
        };
        assert_eq!((lost, requests, walk.ask()), (Lost::Stalled, 11, None));
        // Rows change places on the last page, so all 40 pages are read again.
        let (out, requests) = read(rows(0..400), |asked, list| {
            if asked == 40 {
                list.swap(3, 395);
            }
        })
        .unwrap();
        assert_eq!((out.len(), requests), (400, 81));
    }

    #[test]
    fn without_a_count_a_short_page_is_no_end() {
        for (size, requests) in [(4, 10), (10, 5)] {
            let (mut walk, mut out, mut asked) = (NumberedWalk::new(0, 10), Vec::new(), 0);
            while let Some(ask) = walk.ask() {
                asked += 1;
                let page: Vec<u64> =
                    rows(0..33).into_iter().skip((ask.offset / 10 * size) as usize).take(size as usize).collect();
                let step = walk.take(page.clone(), None).unwrap();
                out.extend(page.into_iter().zip(step.fresh).filter_map(|(row, fresh)| fresh.then_some(row)));
            }
            assert_eq!((out, asked), (rows(0..33), requests), "{size}");
        }
    }

    #[test]
    fn a_list_that_never_stops_shrinking_ends_in_an_error() {
        let lost = read(rows(0..200), |_, list| {
            list.remove(0);
        });
        assert_eq!(lost, Err(Lost::Restless));
    }

    #[test]
    fn a_walk_can_begin_at_any_page() {
        let mut walk = NumberedWalk::new(20, 10);
        assert_eq!(walk.ask(), Some(Ask { offset: 20, limit: 10 }));
        walk.take(rows(20..25), Some(25)).unwrap();
        assert_eq!((walk.ask(), walk.rest()), (None, None));
    }

    #[test]
    fn pages_of_another_size_than_expected_are_all_read() {
        for size in [4, 20] {
            let (mut walk, mut out) = (NumberedWalk::new(0, 10), Vec::new());
            while let Some(ask) = walk.ask() {
                let number = ask.offset / 10;
                let page: Vec<u64> =
                    rows(0..33).into_iter().skip((number * size) as usize).take(size as usize).collect();
                let step = walk.take(page.clone(), Some(33)).unwrap();
                out.extend(page.into_iter().zip(step.fresh).filter_map(|(row, fresh)| fresh.then_some(row)));
            }
            assert_eq!(out, rows(0..33), "{size}");
        }
    }
}
