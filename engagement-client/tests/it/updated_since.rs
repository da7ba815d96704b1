//! Consecutive readings return every change at least once, in whatever order the service lists them.

use crate::support::*;
use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use engagement_client::{
    ChangedInterventions, Engagement, Error, Kind, ListInterventions, Options, Outcome, Sort, StatusFilter,
};
use serde_json::json;
use std::time::Duration;

const LIST: &str = "/interventions";

fn ids(synced: &ChangedInterventions) -> Vec<&str> {
    synced.interventions.iter().map(|one| one.id.as_str()).collect()
}

/// A setup with `rows` interventions, opened one second apart; returns their ids, oldest first.
async fn setup(rows: usize, oldest_first: bool) -> (Setup, Vec<String>) {
    let builder = Emulator::builder().rate_limit(None);
    let setup = setup_of(if oldest_first { builder.oldest_update_first() } else { builder }).await;
    setup.clock.freeze();
    let ids = (0..rows).map(|_| setup.opened()).collect();
    (setup, ids)
}

impl Setup {
    fn opened(&self) -> String {
        self.clock.advance(secs(1));
        self.controller.open_new()
    }

    fn touch(&self, id: &str) {
        self.clock.advance(secs(1));
        self.controller.touch(id).unwrap();
    }

    /// The service's time in whole seconds, as it shows times.
    fn now(&self) -> DateTime<Utc> {
        self.clock.now().trunc_subsecs(0)
    }

    fn updated(&self, id: &str) -> DateTime<Utc> {
        self.controller.intervention(id).unwrap().updated_at
    }

    /// A reading without overlap, in pages of `limit` rows.
    async fn since(&self, since: Option<DateTime<Utc>>, limit: u32) -> Result<ChangedInterventions, Error> {
        let list = ListInterventions::new().limit(limit);
        self.interventions().updated_since(since).with_overlap(Duration::ZERO).with_filter(list).await
    }
}

#[tokio::test(start_paused = true)]
async fn the_first_reading_returns_all_and_later_ones_only_changes() {
    // ENG-20
    for oldest_first in [false, true] {
        let (setup, all) = setup(25, oldest_first).await;
        let first = setup.since(None, 10).await.unwrap();
        assert_eq!(ids(&first), all);
        let newest = setup.updated(&all[24]);
        assert!(first.checkpoint == Some(newest) || oldest_first && first.checkpoint >= Some(newest - SECOND));

        let [a, b, c] = [3, 20, 11].map(|at: usize| all[at].clone());
        setup.clock.advance(secs(10));
        setup.touch(&a);
        setup.clock.advance(secs(1));
        setup.controller.reply(&b).and_then(|()| setup.controller.close(&b)).unwrap();
        setup.clock.advance(secs(1));
        setup.controller.categorize(&c, ["x"]).unwrap();
        let changes = setup.since(Some(newest + SECOND), 10).await.unwrap();
        assert_eq!(ids(&changes), [&*a, &*b, &*c], "what changed first comes first");
        assert!(
            changes.interventions[1].is_closed() && changes.interventions[2].category_ids == Some(vec!["x".into()])
        );
        let checkpoint = setup.updated(&c);
        assert!(
            changes.checkpoint == Some(checkpoint) || oldest_first && changes.checkpoint == Some(checkpoint - SECOND)
        );
    }
}

const SECOND: TimeDelta = TimeDelta::seconds(1);

#[tokio::test(start_paused = true)]
async fn the_start_time_is_inclusive_and_overlaps_by_five_seconds_by_default() {
    for oldest_first in [false, true] {
        let (setup, all) = setup(20, oldest_first).await;
        let since = setup.updated(&all[12]);
        let changes = async |overlap: Option<Duration>| {
            let reading = setup.interventions().updated_since(since);
            let reading = match overlap {
                Some(overlap) => reading.with_overlap(overlap),
                None => reading,
            };
            reading.await.unwrap().interventions.len()
        };
        assert_eq!(changes(Some(Duration::ZERO)).await, 8);
        assert_eq!(changes(Some(secs(2))).await, 10);
        assert_eq!(changes(None).await, 13, "five seconds");
        assert_eq!(changes(Some(Duration::MAX)).await, 20);
    }
}

#[tokio::test(start_paused = true)]
async fn no_more_pages_are_read_than_needed() {
    // ENG-20
    let (setup, all) = setup(200, false).await;
    for (changed, pages) in [(0, 1), (4, 1), (9, 1), (10, 2), (15, 2)] {
        let since = setup.now() + SECOND;
        setup.clock.advance(secs(1));
        all[..changed].iter().for_each(|id| setup.controller.touch(id).unwrap());
        let before = setup.reads();
        let changes = setup.since(Some(since), 10).await.unwrap();
        assert_eq!((changes.interventions.len(), setup.reads() - before), (changed, pages));
    }
    // In the other order, all pages must be read.
    let (setup, _) = self::setup(30, true).await;
    let since = setup.now() + SECOND;
    assert!(setup.since(Some(since), 10).await.unwrap().interventions.is_empty());
    assert_eq!(setup.reads(), 4);
}

#[tokio::test(start_paused = true)]
async fn the_checkpoint_never_goes_back() {
    for oldest_first in [false, true] {
        let (setup, all) = setup(3, oldest_first).await;
        let later = setup.now() + TimeDelta::days(1);
        let changes = setup.since(Some(later), 10).await.unwrap();
        assert_eq!((changes.interventions.len(), changes.checkpoint), (0, Some(later)));
        all.iter().for_each(|id| setup.controller.cancel(id).unwrap());
        assert_eq!(setup.since(Some(later), 10).await.unwrap().checkpoint, Some(later));
        assert_eq!(setup.since(None, 10).await.unwrap().checkpoint, None);
    }
}

#[tokio::test(start_paused = true)]
async fn many_changes_within_one_second_are_all_read() {
    // ENG-06: times are in whole seconds.
    for oldest_first in [false, true] {
        let (setup, _) = setup(5, oldest_first).await;
        let mut all: Vec<_> = (0..40).map(|_| setup.controller.open_new()).collect();
        let at = setup.now();
        all.sort();
        let changes = setup.since(Some(setup.updated(&all[0])), 7).await.unwrap();
        assert_eq!(changes.interventions.len(), 41);
        // The next reading returns them again: others may have changed in the same second.
        let again = setup.since(changes.checkpoint, 7).await.unwrap();
        assert!(all.iter().all(|id| ids(&again).contains(&&**id)) && again.checkpoint <= Some(at));
    }
}

#[tokio::test(start_paused = true)]
async fn a_change_during_a_reading_is_in_this_reading_or_the_next() {
    // ENG-20: it moves ahead of the current page, or behind rows that were not read yet.
    for oldest_first in [false, true] {
        for at in [0, 3, 9, 15, 24] {
            for number in 1..3 {
                let (setup, all) = setup(25, oldest_first).await;
                let (clock, id) = (setup.clock.clone(), all[at].clone());
                (1..number).for_each(|_| setup.after("GET", LIST, "", |_, _| ()));
                setup.after("GET", LIST, &id, move |controller, id| {
                    clock.advance(secs(7));
                    controller.categorize(id, ["x"]).unwrap();
                    clock.advance(secs(7));
                    let _ = controller.open_new();
                });
                let first = setup.since(None, 10).await.unwrap();
                let second = setup.since(first.checkpoint, 10).await.unwrap();
                let name = format!("{oldest_first} {at} {number}");
                let found = || first.interventions.iter().chain(&second.interventions);
                assert!(all.iter().all(|id| found().any(|one| one.id.as_str() == id)), "{name}");
                let newest = found().rfind(|one| one.id.as_str() == all[at]).unwrap();
                assert_eq!(newest.category_ids, Some(vec!["x".into()]), "{name}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn two_changes_within_one_second_during_a_reading_are_not_missed() {
    // ENG-06, ENG-20: the time of the second change equals that of the first.
    for oldest_first in [false, true] {
        let (setup, all) = setup(28, oldest_first).await;
        let last = all[27].clone();
        let clock = setup.clock.clone();
        for _ in 0..2 {
            setup.after("GET", LIST, &last, |_, _| ());
        }
        setup.after("GET", LIST, &last, move |controller, id| {
            controller.categorize(id, ["x"]).unwrap();
            clock.advance(secs(3));
            let _ = controller.open_new();
        });
        setup.transport.plan("GET", LIST, [Step::Pass, Step::Pass, Step::After(secs(3))]);
        let first = setup.since(None, 10).await.unwrap();
        let second = setup.since(first.checkpoint, 10).await.unwrap();
        let mut found = first.interventions.iter().chain(&second.interventions);
        let newest = found.rfind(|one| one.id.as_str() == last).unwrap();
        assert_eq!(newest.category_ids, Some(vec!["x".into()]), "{oldest_first}");
    }
}

fn unreadable(numbers: &'static [usize]) -> Step {
    Step::json(move |body| {
        for row in body["records"].as_array_mut().unwrap() {
            let id = row["id"].as_str().unwrap().to_owned();
            let number = usize::from_str_radix(&id[4..], 16).unwrap();
            if numbers.contains(&number) {
                row["closed"] = "CANARY".into();
            }
        }
    })
}

#[tokio::test(start_paused = true)]
async fn an_undecodable_row_is_reported_once_and_hides_no_other() {
    for oldest_first in [false, true] {
        let (setup, all) = setup(25, oldest_first).await;
        let number = |id: &str| usize::from_str_radix(&id[4..], 16).unwrap();
        let broken: &'static [usize] = Vec::leak([0, 9, 10, 24].map(|at: usize| number(&all[at])).to_vec());
        setup.transport.plan("GET", LIST, vec![unreadable(broken); 100]);
        let first = setup.since(None, 10).await.unwrap();
        let mut reported: Vec<_> = first.undecodable.iter().map(|row| row.id.to_string()).collect();
        reported.sort();
        assert_eq!(reported, [0, 9, 10, 24].map(|at: usize| all[at].clone()));
        assert_eq!(first.interventions.len(), 21);
        assert!(!format!("{first:?}").contains("CANARY"));
        // A row that changes while the list is read hides no other, whether ahead of the current page or behind it.
        let (clock, id) = (setup.clock.clone(), all[0].clone());
        setup.after("GET", LIST, &id, move |controller, id| {
            clock.advance(secs(1));
            controller.touch(id).unwrap();
        });
        let again = setup.since(None, 15).await.unwrap();
        assert_eq!((again.interventions.len(), again.undecodable.len()), (21, if oldest_first { 4 } else { 3 }));
    }
}

#[tokio::test(start_paused = true)]
async fn a_filter_restricts_the_reading() {
    let (setup, all) = setup(9, false).await;
    setup.clock.advance(secs(1));
    setup.controller.reply(&all[2]).and_then(|()| setup.controller.close(&all[2])).unwrap();
    let thread = setup.controller.intervention(&all[4]).unwrap().thread_id;
    let within =
        async |list: ListInterventions| setup.interventions().updated_since(None).with_filter(list).await.unwrap();
    assert_eq!(ids(&within(ListInterventions::new().thread(thread)).await), [&*all[4]]);
    assert_eq!(ids(&within(ListInterventions::new().status(StatusFilter::Closed)).await), [&*all[2]]);
    // The filter's order and offset are ignored, its page size counts.
    let list = ListInterventions::new().sort(Sort::CreatedAt).offset(5).limit(4);
    let all_of_them = within(list).await;
    assert_eq!((all_of_them.interventions.len(), ids(&all_of_them)[8]), (9, &*all[2]));
    let queries: Vec<_> = setup.transport.sent("GET", LIST).iter().map(|sent| sent.query().to_owned()).collect();
    assert!(queries.iter().all(|query| query.contains("sort=updated_at")), "{queries:?}");
    assert!(queries[2].contains("offset=0") && queries[2].contains("limit=4"), "{queries:?}");
    let error = setup.since(None, 0).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (Kind::Request, Outcome::NotSent));
    assert_eq!(error.operation(), "engagement.interventions.list");
}

/// A server with interventions 0, 1, 2 … that changed at these times, in seconds, in this order.
fn server(times: Vec<Option<i64>>) -> (Engagement, SocketlessTransport) {
    server_of(times.into_iter().enumerate().collect())
}

/// A server with these rows: ids and times of change in seconds.
fn server_of(rows: Vec<(usize, Option<i64>)>) -> (Engagement, SocketlessTransport) {
    let transport = SocketlessTransport::script(move |sent: &Sent| {
        let number = |key: &str| {
            let pair = sent.query().split('&').find_map(|pair| pair.strip_prefix(key)).unwrap();
            pair.trim_start_matches('=').parse::<usize>().unwrap()
        };
        let count = rows.len();
        let rows = rows.iter().map(|(id, at)| {
            let at = at.map(|at| DateTime::from_timestamp(at, 0).unwrap().to_rfc3339());
            json!({ "id": id.to_string(), "updated_at": at })
        });
        let records: Vec<_> = rows.skip(number("offset")).take(number("limit")).collect();
        (200, json!({ "count": count, "records": records }))
    });
    let options = Options::new().transport(transport.clone());
    let builder = Engagement::builder().base_url("http://localhost/1.0").access_token("t").options(options);
    (builder.build().unwrap(), transport)
}

async fn found(times: &[i64], since: i64, limit: u32) -> (usize, Option<i64>, usize) {
    let (engagement, transport) = server(times.iter().copied().map(Some).collect());
    let reading = engagement.interventions().updated_since(DateTime::from_timestamp(since, 0).unwrap());
    let list = ListInterventions::new().limit(limit);
    let changes = reading.with_overlap(Duration::ZERO).with_filter(list).await.unwrap();
    (changes.interventions.len(), changes.checkpoint.map(|at| at.timestamp()), transport.total())
}

#[tokio::test(start_paused = true)]
async fn a_reading_stops_at_its_page_limit() {
    let (setup, _) = setup(9, false).await;
    let reading = |pages| {
        let list = ListInterventions::new().limit(3);
        setup.interventions().updated_since(None).with_filter(list).with_max_pages(pages)
    };
    let error = reading(2).await.unwrap_err();
    assert_eq!((error.kind(), setup.reads()), (Kind::Paging, 2));
    assert_eq!(reading(9).await.unwrap().interventions.len(), 9);
}

#[tokio::test(start_paused = true)]
async fn an_unsorted_list_is_read_completely() {
    // ENG-20, ENG-31
    assert_eq!(found(&[50, 10, 60, 20, 70, 30], 55, 3).await, (2, Some(69), 3));
    // A few rows may happen to be sorted in a list that isn't.
    assert_eq!(found(&[90, 80, 70, 60, 95, 20, 30, 99], 55, 3).await.0, 6);
    assert_eq!(found(&[10, 20, 30, 25, 90, 5], 55, 3).await, (1, Some(89), 3));
}

#[tokio::test(start_paused = true)]
async fn both_orders_are_detected_from_the_pages() {
    // ENG-20
    assert_eq!(found(&[90, 80, 70, 60, 50, 40, 30, 20, 10], 65, 3).await, (3, Some(90), 2));
    assert_eq!(found(&[10, 20, 30, 40, 50, 60, 70, 80, 90], 65, 3).await, (3, Some(89), 5));
    // All times on the first page are equal.
    assert_eq!(found(&[90, 90, 90, 80, 20, 20, 10, 10, 10], 65, 3).await, (4, Some(90), 2));
    assert_eq!(found(&[90, 90, 90, 90, 95, 99], 65, 3).await, (6, Some(98), 3));
    assert_eq!(found(&[90, 90, 90, 70, 70, 50, 50, 50, 50], 85, 3).await, (3, Some(90), 2));
    assert_eq!(found(&[90; 9], 65, 3).await, (9, Some(90), 5));
    // Pages with one new row each.
    assert_eq!(found(&[90, 80, 70, 60, 50, 40], 65, 2).await.0, 3);
    assert_eq!(found(&[90], 65, 2).await, (1, Some(90), 1));
}

#[tokio::test(start_paused = true)]
async fn rows_without_a_time_of_change_are_always_included() {
    let times = vec![Some(90), None, Some(80), None, Some(20), None, Some(10)];
    let (engagement, _) = server(times);
    let reading = engagement.interventions().updated_since(DateTime::from_timestamp(85, 0).unwrap());
    let changes = reading.with_overlap(Duration::ZERO).with_filter(ListInterventions::new().limit(5)).await.unwrap();
    assert_eq!((ids(&changes), changes.checkpoint.unwrap().timestamp()), (vec!["1", "3", "0"], 90));
    let (engagement, _) = server(vec![None; 4]);
    let changes = engagement.interventions().updated_since(None).await.unwrap();
    assert_eq!((changes.interventions.len(), changes.checkpoint), (4, None));
}

#[tokio::test(start_paused = true)]
async fn an_older_copy_of_a_row_does_not_replace_a_newer_one() {
    let (engagement, _) = server_of(vec![(1, Some(90)), (2, Some(80)), (1, Some(70)), (3, Some(60))]);
    let changes =
        engagement.interventions().updated_since(None).with_filter(ListInterventions::new().limit(2)).await.unwrap();
    assert_eq!((ids(&changes), changes.checkpoint.unwrap().timestamp()), (vec!["3", "2", "1"], 90));
}

#[tokio::test(start_paused = true)]
async fn a_failed_page_fails_the_reading() {
    let (setup, _) = setup(25, false).await;
    setup.transport.plan("GET", LIST, [Step::Pass, Step::Answer(403, "{}")]);
    let error = setup.since(None, 10).await.unwrap_err();
    assert!(error.is_forbidden() && error.operation() == "engagement.interventions.list", "{error}");
    // Transient failures are retried.
    setup.transport.plan("GET", LIST, [Step::Lost, Step::Answer(503, "{}"), Step::Pass, Step::Answer(429, "{}")]);
    assert_eq!(setup.since(None, 10).await.unwrap().interventions.len(), 25);
}
