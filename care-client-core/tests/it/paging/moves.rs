//! A list may change while it is walked: no row that stays is left out or comes twice, or else the walk ends in an
//! error.

use super::*;
use care_client_core::{Error, Kind, Outcome};
use futures_util::StreamExt;
use proptest::{collection::vec, prelude::*};
use std::{collections::HashSet, sync::Arc, sync::Mutex};

/// One row that comes or goes.
#[derive(Debug, Clone, Copy)]
struct Change {
    comes: bool,
    place: Place,
}

#[derive(Debug, Clone, Copy)]
enum Place {
    /// Anywhere in the list.
    Anywhere(prop::sample::Index),
    /// So many rows from where the server is asked to read.
    Near(i16),
}

impl Change {
    fn apply(self, list: &mut Vec<u64>, offset: u64, newcomer: u64) {
        let place = match self.place {
            Place::Anywhere(index) => index.index(list.len() + 1),
            Place::Near(way) => offset.saturating_add_signed(way.into()) as usize,
        };
        if self.comes {
            list.insert(place.min(list.len()), newcomer);
        } else if place < list.len() {
            list.remove(place);
        }
    }
}

/// What came of a walk.
#[derive(Debug)]
struct Walked {
    handed_out: Vec<u64>,
    end: Option<Error>,
    /// The rows that were in the list all the time.
    stayed: Vec<u64>,
    changes: usize,
}

impl Walked {
    /// Whether each row that stayed came once and in order, up to the end or to the error.
    fn assert_sound(&self) {
        let unique: HashSet<_> = self.handed_out.iter().collect();
        assert_eq!(unique.len(), self.handed_out.len(), "a row came twice: {self:?}");
        let seen: Vec<u64> = self.handed_out.iter().copied().filter(|row| self.stayed.contains(row)).collect();
        match &self.end {
            None => assert_eq!(seen, self.stayed, "a row was left out: {self:?}"),
            Some(error) => {
                assert_eq!(error.kind(), Kind::Paging, "{self:?}");
                // Those of rows that were in the list up to the error, too.
                assert!(self.stayed.starts_with(&seen), "a row was left out: {self:?}");
            }
        }
    }
}

/// Walks a list that is changed before each request but the first, as the rounds say, one after the other.
fn walk(rows: u64, limit: u64, rounds: Vec<Vec<Change>>) -> Walked {
    let stayed: Arc<Mutex<Vec<u64>>> = Arc::new(Mutex::new((0..rows).collect()));
    let left = Arc::clone(&stayed);
    let mut rounds = rounds.into_iter();
    let mut newcomer = 1_000_000;
    let changes = Arc::new(Mutex::new(0));
    let counted = Arc::clone(&changes);
    let server = Server::scripted(0..rows, move |asked, list| {
        let round = if asked.number == 1 { None } else { rounds.next() };
        for change in round.unwrap_or_default() {
            newcomer += 1;
            *counted.lock().unwrap() += 1;
            change.apply(list, asked.offset, newcomer);
        }
        left.lock().unwrap().retain(|row| list.contains(row));
        Act::Serve
    })
    .unreadable(|row| row % 7 == 3);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    let (handed_out, end) = runtime.block_on(async {
        let (mut handed_out, mut end) = (Vec::new(), None);
        let mut pages = server.list(limit).pages();
        while let Some(page) = pages.next().await {
            match page {
                Ok(page) => {
                    handed_out.extend(page.into_iter().map(|row| row.unwrap_or_else(|row| row.id.parse().unwrap())))
                }
                Err(error) => end = Some(error),
            }
        }
        (handed_out, end)
    });
    let changes = *changes.lock().unwrap();
    let stayed = stayed.lock().unwrap().clone();
    Walked { handed_out, end, stayed, changes }
}

fn change() -> impl Strategy<Value = Change> {
    let place =
        prop_oneof![any::<prop::sample::Index>().prop_map(Place::Anywhere), (-20_i16..10).prop_map(Place::Near)];
    (any::<bool>(), place).prop_map(|(comes, place)| Change { comes, place })
}

/// Rounds of fewer than `most` changes each.
fn rounds(most: usize) -> impl Strategy<Value = Vec<Vec<Change>>> {
    vec(vec(change(), 0..most), 0..80)
}

/// A limit, and rounds of which two that follow each other have fewer changes than a page has rows.
fn calm() -> impl Strategy<Value = (u64, Vec<Vec<Change>>)> {
    (1..=7_usize).prop_flat_map(|limit| {
        rounds(limit).prop_map(move |mut rounds| {
            let mut before = 0;
            for round in &mut rounds {
                round.truncate(limit - 1 - before);
                before = round.len();
            }
            (limit as u64, rounds)
        })
    })
}

/// A limit, and rounds of fewer changes than a page has rows.
fn busy() -> impl Strategy<Value = (u64, Vec<Vec<Change>>)> {
    (1..=7_usize).prop_flat_map(|limit| rounds(limit).prop_map(move |rounds| (limit as u64, rounds)))
}

proptest! {
    #[test]
    fn a_list_that_changes_by_less_than_a_page_in_two_requests_is_walked_whole(
        (limit, rounds) in calm(), rows in 0..60_u64
    ) {
        let walked = walk(rows, limit, rounds);
        walked.assert_sound();
        prop_assert!(walked.end.is_none(), "{:?}", walked);
    }

    #[test]
    fn a_list_that_changes_by_less_than_a_page_in_each_request_is_walked_whole_or_an_error(
        (limit, rounds) in busy(), rows in 0..60_u64
    ) {
        let walked = walk(rows, limit, rounds);
        walked.assert_sound();
        prop_assert!(walked.end.is_none() || walked.changes as u64 >= limit, "{:?}", walked);
    }

    #[test]
    fn a_list_that_changes_wildly_is_walked_whole_or_an_error(
        limit in 1..=7_u64, rounds in rounds(25), rows in 0..60_u64
    ) {
        walk(rows, limit, rounds).assert_sound();
    }
}

type Becoming = fn(&[u64]) -> Vec<u64>;

/// A walk of a list that becomes another one before the third request.
async fn becoming(rows: u64, limit: u64, other: Becoming) -> (Server, Vec<u64>, Option<Error>) {
    let server = Server::scripted(0..rows, move |asked, list| {
        if asked.number == 3 {
            *list = other(list);
        }
        Act::Serve
    });
    let mut items = server.list(limit).items();
    let mut seen = Vec::new();
    while let Some(item) = items.next().await {
        match item {
            Ok(item) => seen.push(item),
            Err(error) => return (server, seen, Some(error)),
        }
    }
    (server, seen, None)
}

#[tokio::test(start_paused = true)]
async fn a_list_in_which_nothing_is_known_any_more_is_an_error_that_says_what_to_do() {
    let cases: [(&str, u64, Becoming); 5] = [
        ("all replaced", 40, |_| (1000..1040).collect()),
        ("all removed", 40, |_| Vec::new()),
        ("all removed but rows that were not read", 40, |list| list[9..].to_vec()),
        ("a hundred pages removed before the place", 1000, |list| list[500..].to_vec()),
        ("a hundred pages come in before it", 40, |list| (1000..1500).chain(list.iter().copied()).collect()),
    ];
    for (what, rows, other) in cases {
        let (_, seen, error) = becoming(rows, 5, other).await;
        assert_eq!(seen, (0..9).collect::<Vec<_>>(), "{what}");
        let error = error.unwrap_or_else(|| panic!("{what}: no error"));
        assert_eq!((error.kind(), error.outcome()), (Kind::Paging, Outcome::Completed), "{what}");
        let text = error.to_string();
        for part in ["test.list", "9 rows were handed out", "list again"] {
            assert!(text.contains(part), "{what}: {text}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_search_is_bounded_and_counts_as_pages() {
    let replaced = |_: &[u64]| (1000..2000).collect::<Vec<_>>();
    let (server, _, error) = becoming(1000, 5, replaced).await;
    assert!(server.count() <= 2 + 11 && error.is_some_and(|error| error.kind() == Kind::Paging));

    let server = Server::scripted(0..1000, |asked, list| {
        if asked.number == 30 {
            *list = (1000..2000).collect();
        }
        Act::Serve
    });
    let mut pages = server.list(5).pages().with_max_pages(33);
    let error = loop {
        if let Err(error) = pages.next().await.unwrap() {
            break error;
        }
    };
    assert!(server.count() == 33 && error.to_string().contains("33 pages"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_list_that_has_moved_is_followed_and_the_shift_is_reported() {
    let cases: [(&str, Becoming, u64, &[i64]); 4] = [
        ("nothing moved", |list| list.to_vec(), 0, &[]),
        ("three rows at the front gone", |list| list[3..].to_vec(), 0, &[-3]),
        ("two rows in at the front", |list| [&[100, 101], list].concat(), 0, &[2]),
        ("a row in behind the place", |list| [&list[..20], &[100], &list[20..]].concat(), 1, &[]),
    ];
    for (what, other, newcomers, shifts) in cases {
        let (server, seen, error) = becoming(40, 5, other).await;
        assert!(error.is_none(), "{what}: {error:?}");
        let stayed: Vec<u64> = seen.iter().copied().filter(|row| *row < 40).collect();
        assert_eq!((stayed, seen.len() as u64), ((0..40).collect(), 40 + newcomers), "{what}");
        assert_eq!(server.shifts(), shifts.iter().map(|moved| ("test.list", *moved)).collect::<Vec<_>>(), "{what}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_row_that_cant_be_read_is_as_good_to_find_the_place_by() {
    let server = Server::scripted(0..20, |asked, list| {
        if asked.number > 1 {
            list.remove(0);
        }
        Act::Serve
    })
    .unreadable(|_| true);
    let errors: Vec<_> = server.list(5).items().collect().await;
    assert_eq!(errors.len(), 20);
    assert!(errors.iter().all(|row| row.as_ref().is_err_and(|error| error.kind() == Kind::Decode)));
}
