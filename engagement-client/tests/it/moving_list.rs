//! Reading a list that grows at its head and shrinks anywhere skips no row that stays and repeats none.

use crate::support::*;
use engagement_client::{Error, Intervention, Kind, ListInterventions, Observe, Options, ShiftEvent};
use futures_util::{Stream, StreamExt, TryStreamExt};
use proptest::prelude::*;
use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
};
use tokio::runtime::Builder;

const LIST: &str = "/interventions";

/// Records by how many rows the list has shifted.
#[derive(Clone, Default)]
struct Shifts(Arc<Mutex<Vec<i64>>>);

impl Observe for Shifts {
    fn shift(&self, event: &ShiftEvent<'_>) {
        assert_eq!(event.operation.name(), "engagement.interventions.list");
        self.0.lock().unwrap().push(event.moved);
    }
}

/// A list of `rows` rows, newest first, in pages of at most `largest`.
async fn setup(rows: usize, largest: u32) -> (Setup, Vec<String>, Shifts) {
    let shifts = Shifts::default();
    let builder = Emulator::builder().rate_limit(None).largest_page(largest);
    let setup = setup_with(builder, Options::new().observer(shifts.clone())).await;
    let mut ids: Vec<_> = (0..rows).map(|_| setup.controller.open_new()).collect();
    ids.reverse();
    (setup, ids, shifts)
}

impl Setup {
    /// The rows that reading the list returns, and how it ends.
    async fn walk(&self, list: ListInterventions) -> (Vec<String>, Result<(), Error>) {
        drain(self.interventions().list(list).items()).await
    }

    /// The offset and limit of each request for a page.
    fn asked(&self) -> Vec<(u64, u64)> {
        let number = |query: &str, key: &str| {
            let rest = &query[query.find(key).unwrap() + key.len()..];
            rest.split('&').next().unwrap().parse().unwrap()
        };
        let sent = self.transport.sent("GET", LIST);
        sent.iter().map(|sent| (number(sent.query(), "offset="), number(sent.query(), "limit="))).collect()
    }
}

async fn drain(items: impl Stream<Item = Result<Intervention, Error>>) -> (Vec<String>, Result<(), Error>) {
    let mut rows = Vec::new();
    let mut items = std::pin::pin!(items);
    while let Some(item) = items.next().await {
        match item {
            Ok(one) => rows.push(one.id.to_string()),
            Err(error) => return (rows, Err(error)),
        }
    }
    (rows, Ok(()))
}

fn limit(rows: u32) -> ListInterventions {
    ListInterventions::new().limit(rows)
}

#[tokio::test(start_paused = true)]
async fn a_static_list_is_read_once_by_record_index() {
    // ENG-14, ENG-20
    let (setup, ids, shifts) = setup(25, 150).await;
    let (rows, end) = setup.walk(limit(10)).await;
    assert!(end.is_ok() && rows == ids);
    assert_eq!(setup.asked(), [(0, 10), (9, 10), (18, 10)]);
    let (rows, _) = setup.walk(limit(10).offset(7)).await;
    assert_eq!(rows, ids[7..]);
    assert_eq!(setup.asked()[3..], [(7, 10), (16, 10)]);
    assert!(shifts.0.lock().unwrap().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_server_with_smaller_pages_than_requested_is_read_completely() {
    // ENG-29, ENG-14
    let (setup, ids, shifts) = setup(25, 7).await;
    let (rows, end) = setup.walk(limit(150)).await;
    assert!(end.is_ok() && rows == ids, "{rows:?}");
    assert_eq!(setup.asked(), [(0, 150), (6, 150), (12, 150), (18, 150)]);
    assert!(shifts.0.lock().unwrap().is_empty());
}

#[tokio::test(start_paused = true)]
async fn smaller_pages_than_requested_follow_insertions_at_the_head() {
    // ENG-29, ENG-20
    let (setup, ids, shifts) = setup(25, 7).await;
    for _ in 0..3 {
        setup.after("GET", LIST, "", |controller, _| (0..2).for_each(|_| drop(controller.open_new())));
    }
    let (rows, end) = setup.walk(limit(150)).await;
    assert!(end.is_ok() && rows == ids, "{rows:?}");
    assert_eq!(*shifts.0.lock().unwrap(), [2, 2, 2]);
}

#[tokio::test(start_paused = true)]
async fn insertions_at_the_head_hide_no_row_and_are_reported() {
    // ENG-20
    let (setup, ids, shifts) = setup(25, 150).await;
    setup.after("GET", LIST, "", |controller, _| (0..3).for_each(|_| drop(controller.open_new())));
    let (rows, end) = setup.walk(limit(10)).await;
    assert!(end.is_ok() && rows == ids, "{rows:?}");
    assert_eq!(*shifts.0.lock().unwrap(), [3]);
}

#[tokio::test(start_paused = true)]
async fn removals_leave_no_gap_and_are_reported() {
    // ENG-20
    let (setup, ids, shifts) = setup(25, 150).await;
    // The last rows of the first page, and two of the second.
    let gone: Vec<_> = [0, 7, 8, 9, 12, 13].map(|at: usize| ids[at].clone()).to_vec();
    let cancelled = gone.clone();
    setup.after("GET", LIST, "", move |controller, _| cancelled.iter().for_each(|id| controller.cancel(id).unwrap()));
    let (rows, end) = setup.walk(limit(10)).await;
    assert!(end.is_ok(), "{end:?}");
    let mut expected = ids.clone();
    expected.retain(|id| !gone[4..].contains(id));
    assert_eq!(rows, expected);
    assert_eq!(*shifts.0.lock().unwrap(), [-4]);
}

#[tokio::test(start_paused = true)]
async fn interventions_that_leave_a_status_filter_while_it_is_read_hide_no_other() {
    // ENG-20: a closed intervention leaves the list of open ones.
    let (setup, ids, _) = setup(60, 150).await;
    ids.iter().step_by(2).for_each(|id| setup.controller.reply(id).unwrap());
    let open = limit(10).status(engagement_client::StatusFilter::Opened);
    let mut pages = setup.interventions().list(open).pages();
    let mut seen = Vec::new();
    while let Some(page) = pages.try_next().await.unwrap() {
        // Fewer than a page, so that a known row remains.
        for one in page.items.iter().take(4) {
            setup.interventions().close_or_cancel(&one.id).await.unwrap();
        }
        seen.extend(page.items.into_iter().map(|one| one.id.to_string()));
    }
    assert_eq!(seen, ids);
}

#[tokio::test(start_paused = true)]
async fn a_list_that_changes_too_fast_ends_in_an_error_without_a_gap() {
    // ENG-20: all known rows are removed at once.
    let (setup, ids, _) = setup(60, 150).await;
    setup.after("GET", LIST, "", |_, _| ());
    let gone = ids[..30].to_vec();
    setup.after("GET", LIST, "", move |controller, _| gone.iter().for_each(|id| controller.cancel(id).unwrap()));
    let (rows, end) = setup.walk(limit(10)).await;
    let error = end.unwrap_err();
    assert_eq!((error.kind(), error.operation()), (Kind::Paging, "engagement.interventions.list"));
    assert_eq!(rows, ids[..rows.len()]);
    assert!(error.to_string().contains("list again"), "{error}");
}

/// Changes between two requests: how many are opened, and which existing ones are cancelled.
#[derive(Debug, Clone)]
struct Burst {
    opened: usize,
    cancelled: Vec<usize>,
}

/// Inserts and removes at most `most` rows.
fn burst(most: usize) -> impl Strategy<Value = Burst> {
    (0..=most).prop_flat_map(move |opened| {
        let cancelled = prop::collection::vec(any::<usize>(), 0..=most - opened);
        cancelled.prop_map(move |cancelled| Burst { opened, cancelled })
    })
}

/// The page size, the number of rows, and the changes after each request.
fn world(part: u32) -> impl Strategy<Value = (u32, usize, Vec<Burst>)> {
    (2..12_u32).prop_flat_map(move |limit| {
        let most = usize::try_from((limit - 1) / part).unwrap();
        (Just(limit), 0..90_usize, prop::collection::vec(burst(most), 0..60))
    })
}

fn happen(controller: &Controller, burst: &Burst) {
    for at in &burst.cancelled {
        let ids = controller.interventions();
        if !ids.is_empty() {
            controller.cancel(&ids[at % ids.len()]).unwrap();
        }
    }
    (0..burst.opened).for_each(|_| drop(controller.open_new()));
}

async fn walk(length: u32, rows: usize, bursts: Vec<Burst>, smaller: bool, must_end: bool) {
    let (setup, ids, shifts) = setup(rows, if smaller { length } else { 150 }).await;
    let moves = bursts.iter().any(|burst| burst.opened > 0 || !burst.cancelled.is_empty());
    for burst in bursts {
        setup.after("GET", LIST, "", move |controller, _| happen(controller, &burst));
    }
    let (rows, end) = setup.walk(limit(if smaller { 150 } else { length })).await;
    assert_eq!(rows.iter().collect::<BTreeSet<_>>().len(), rows.len(), "none comes twice");
    match end {
        Ok(()) => {
            let stayed = ids.iter().filter(|id| setup.is_there(id));
            let missing: Vec<_> = stayed.filter(|id| !rows.contains(id)).collect();
            assert!(missing.is_empty(), "{missing:?} stayed, and were not handed out");
            assert!(moves || shifts.0.lock().unwrap().is_empty(), "a shift of a list that stands still");
        }
        Err(error) => {
            assert!(error.kind() == Kind::Paging && !must_end, "{error}");
            // No gap: the rows that stayed were returned up to some row, and none after it.
            let stayed: Vec<_> = ids.iter().filter(|id| setup.is_there(id)).collect();
            let came = stayed.iter().take_while(|id| rows.contains(id)).count();
            assert!(stayed[came..].iter().all(|id| !rows.contains(id)), "{rows:?}");
        }
    }
}

fn run(test: impl Future<Output = ()>) {
    Builder::new_current_thread().enable_all().start_paused(true).build().unwrap().block_on(test);
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 96,
        max_shrink_iters: 400,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_row_that_stays_is_skipped_or_repeated((length, rows, bursts) in world(1), smaller: bool) {
        // ENG-20, ENG-29: fewer rows than a page are inserted or removed between two requests.
        run(walk(length, rows, bursts, smaller, false));
    }

    #[test]
    fn a_list_that_changes_half_as_fast_is_read_completely((length, rows, bursts) in world(2)) {
        // ENG-20
        run(walk(length, rows, bursts, false, true));
    }
}
