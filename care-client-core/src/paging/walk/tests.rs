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

/// Each list is what two pages of `0..100`, the last row read being 8, have become when the third is asked for; then the
/// rows handed out of the first page with known ones, the requests to find it, and the shift.
#[test]
fn a_page_goes_on_behind_the_first_known_row_and_tells_the_shift() {
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

/// Up to nearly a page of rows comes or goes between any two requests, at random: far more than a search is sure to survive.
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
