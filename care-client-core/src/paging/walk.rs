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

use super::known::Known;
use std::hash::Hash;

/// Where a walk is, without I/O: it says what to ask, and is fed the keys of the answer.
pub(super) struct Walk<K> {
    next: u64,
    limit: u64,
    known: Known<K>,
    phase: Phase,
    /// How many rows the server gives at a time: as many as it is asked for, unless a page that isn't the last had
    /// fewer.
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
        // A page with room left shows the end of the list, unless the server says that more follows: some give fewer
        // rows than they are asked for.
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

/// After how many pages in a row that bring nothing the server is taken for one that ignores the offset. Small pages
/// get more, for few newcomers are enough to hold them up.
fn most_stalls(limit: u64) -> u64 {
    8.max(48 / limit)
}

/// Where a search looks, one after the other, seen from the place where the walk was: in steps of a page less one row.
///
/// To the left first, for rows pushed to the right show on the page that the search begins with. The steps get
/// longer, for a list that loses rows runs away from short ones, and come back, for by then it may have moved the
/// other way.
const LOOKS: [i64; 10] = [-1, -2, -4, -2, 0, -3, -6, -1, 1, 3];

/// A search for known rows around the place where a walk was.
struct Search {
    place: u64,
    step: u64,
    looks: usize,
    offset: u64,
}

impl Search {
    /// Begins a search with pages of `limit` rows, the walk having looked at `place` already.
    fn new(place: u64, limit: u64) -> Self {
        Self { place, step: limit.saturating_sub(1).max(1), looks: 0, offset: place }
    }

    /// Where to look now.
    fn offset(&self) -> u64 {
        self.offset
    }

    /// Goes on to the next place to look at; `false` if there is none left.
    fn advance(&mut self) -> bool {
        let before = self.offset;
        while let Some(look) = LOOKS.get(self.looks) {
            self.looks += 1;
            let way = self.step.saturating_mul(look.unsigned_abs());
            self.offset = if *look < 0 { self.place.saturating_sub(way) } else { self.place.saturating_add(way) };
            // Near the list's beginning, several looks to the left are the same.
            if self.offset != before {
                return true;
            }
        }
        false
    }
}

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
        assert_eq!((walk.ask(), walk.rest()), (None, None));
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
        for (limit, patience) in [(1, 25), (2, 24), (5, 9), (100, 8)] {
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

    fn looks(place: u64, limit: u64) -> Vec<u64> {
        let mut search = Search::new(place, limit);
        let mut looks = Vec::new();
        while search.advance() {
            looks.push(search.offset());
        }
        looks
    }

    #[test]
    fn it_looks_back_by_a_page_less_one_row_first_and_ends_after_ten_looks() {
        assert_eq!(looks(99, 11), [89, 79, 59, 79, 99, 69, 39, 89, 109, 129]);
    }

    #[test]
    fn at_the_beginning_it_does_not_look_twice_at_the_same_place_in_a_row() {
        assert_eq!(looks(10, 11), [0, 10, 0, 20, 40]);
        assert_eq!(looks(0, 2), [1, 3]);
    }
}
