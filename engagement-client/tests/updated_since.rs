//! Readings in a row hold every change at least once, in whatever order the service lists them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod common;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use common::*;
use engagement_client::{Engagement, Error, Kind, ListInterventions, Options, Outcome, Sort, StatusFilter, Synced};
use serde_json::json;
use std::time::Duration;

const LIST: &str = "/interventions";

fn ids(synced: &Synced) -> Vec<&str> {
    synced.interventions.iter().map(|one| one.id.as_str()).collect()
}

/// A scene with so many interventions, each opened a second after the one before; the oldest first.
async fn scene(rows: usize, oldest_first: bool) -> (Scene, Vec<String>) {
    let builder = Emulator::builder().rate_limit(None);
    let scene = scene_of(if oldest_first { builder.oldest_update_first() } else { builder }).await;
    scene.clock.freeze();
    let ids = (0..rows).map(|_| scene.opened()).collect();
    (scene, ids)
}

impl Scene {
    fn opened(&self) -> String {
        self.clock.advance(secs(1));
        self.room.open_new()
    }

    fn touch(&self, id: &str) {
        self.clock.advance(secs(1));
        self.room.touch(id).unwrap();
    }

    /// The service's time, in whole seconds as it shows them.
    fn now(&self) -> DateTime<Utc> {
        self.clock.now().trunc_subsecs(0)
    }

    fn updated(&self, id: &str) -> DateTime<Utc> {
        self.room.intervention(id).unwrap().updated_at
    }

    /// A reading without overlap, in pages of so many rows.
    async fn since(&self, since: Option<DateTime<Utc>>, limit: u32) -> Result<Synced, Error> {
        let list = ListInterventions::new().limit(limit);
        self.interventions().updated_since(since).with_overlap(Duration::ZERO).within(list).await
    }
}

#[tokio::test(start_paused = true)]
async fn the_first_reading_has_all_and_the_next_ones_what_has_changed() {
    // ENG-20
    for oldest_first in [false, true] {
        let (scene, all) = scene(25, oldest_first).await;
        let first = scene.since(None, 10).await.unwrap();
        assert_eq!(ids(&first), all);
        let newest = scene.updated(&all[24]);
        assert!(first.checkpoint == Some(newest) || oldest_first && first.checkpoint >= Some(newest - SECOND));

        let [a, b, c] = [3, 20, 11].map(|at: usize| all[at].clone());
        scene.clock.advance(secs(10));
        scene.touch(&a);
        scene.clock.advance(secs(1));
        scene.room.reply(&b).and_then(|()| scene.room.close(&b)).unwrap();
        scene.clock.advance(secs(1));
        scene.room.categorize(&c, ["x"]).unwrap();
        let news = scene.since(Some(newest + SECOND), 10).await.unwrap();
        assert_eq!(ids(&news), [&*a, &*b, &*c], "what changed first comes first");
        assert!(news.interventions[1].is_closed() && news.interventions[2].category_ids == Some(vec!["x".into()]));
        let checkpoint = scene.updated(&c);
        assert!(news.checkpoint == Some(checkpoint) || oldest_first && news.checkpoint == Some(checkpoint - SECOND));
    }
}

const SECOND: TimeDelta = TimeDelta::seconds(1);

#[tokio::test(start_paused = true)]
async fn the_time_itself_is_included_and_a_little_before_it_unless_told_otherwise() {
    for oldest_first in [false, true] {
        let (scene, all) = scene(20, oldest_first).await;
        let since = scene.updated(&all[12]);
        let news = async |overlap: Option<Duration>| {
            let reading = scene.interventions().updated_since(since);
            let reading = match overlap {
                Some(overlap) => reading.with_overlap(overlap),
                None => reading,
            };
            reading.await.unwrap().interventions.len()
        };
        assert_eq!(news(Some(Duration::ZERO)).await, 8);
        assert_eq!(news(Some(secs(2))).await, 10);
        assert_eq!(news(None).await, 13, "five seconds");
        assert_eq!(news(Some(Duration::MAX)).await, 20);
    }
}

#[tokio::test(start_paused = true)]
async fn no_more_pages_are_read_than_are_needed() {
    // ENG-20
    let (scene, all) = scene(200, false).await;
    for (changed, pages) in [(0, 1), (4, 1), (9, 1), (10, 2), (15, 2)] {
        let since = scene.now() + SECOND;
        scene.clock.advance(secs(1));
        all[..changed].iter().for_each(|id| scene.room.touch(id).unwrap());
        let before = scene.reads();
        let news = scene.since(Some(since), 10).await.unwrap();
        assert_eq!((news.interventions.len(), scene.reads() - before), (changed, pages));
    }
    // In the other order there is no way round it.
    let (scene, _) = self::scene(30, true).await;
    let since = scene.now() + SECOND;
    assert!(scene.since(Some(since), 10).await.unwrap().interventions.is_empty());
    assert_eq!(scene.reads(), 4);
}

#[tokio::test(start_paused = true)]
async fn the_checkpoint_never_goes_back() {
    for oldest_first in [false, true] {
        let (scene, all) = scene(3, oldest_first).await;
        let later = scene.now() + TimeDelta::days(1);
        let news = scene.since(Some(later), 10).await.unwrap();
        assert_eq!((news.interventions.len(), news.checkpoint), (0, Some(later)));
        all.iter().for_each(|id| scene.room.cancel(id).unwrap());
        assert_eq!(scene.since(Some(later), 10).await.unwrap().checkpoint, Some(later));
        assert_eq!(scene.since(None, 10).await.unwrap().checkpoint, None);
    }
}

#[tokio::test(start_paused = true)]
async fn many_changes_at_the_same_time_are_read_whole() {
    // ENG-06: times are in seconds.
    for oldest_first in [false, true] {
        let (scene, _) = scene(5, oldest_first).await;
        let mut all: Vec<_> = (0..40).map(|_| scene.room.open_new()).collect();
        let at = scene.now();
        all.sort();
        let news = scene.since(Some(scene.updated(&all[0])), 7).await.unwrap();
        assert_eq!(news.interventions.len(), 41);
        // The next reading has them again: some may have come in the same second.
        let again = scene.since(news.checkpoint, 7).await.unwrap();
        assert!(all.iter().all(|id| ids(&again).contains(&&**id)) && again.checkpoint <= Some(at));
    }
}

#[tokio::test(start_paused = true)]
async fn what_changes_while_it_is_read_is_in_this_reading_or_the_next() {
    // ENG-20: it moves ahead of the walk, or behind rows that were not read yet.
    for oldest_first in [false, true] {
        for at in [0, 3, 9, 15, 24] {
            for number in 1..3 {
                let (scene, all) = scene(25, oldest_first).await;
                let (clock, id) = (scene.clock.clone(), all[at].clone());
                (1..number).for_each(|_| scene.after("GET", LIST, "", |_, _| ()));
                scene.after("GET", LIST, &id, move |room, id| {
                    clock.advance(secs(7));
                    room.categorize(id, ["x"]).unwrap();
                    clock.advance(secs(7));
                    let _ = room.open_new();
                });
                let first = scene.since(None, 10).await.unwrap();
                let second = scene.since(first.checkpoint, 10).await.unwrap();
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
async fn what_changes_twice_in_one_second_while_it_is_read_is_not_missed() {
    // ENG-06, ENG-20: its time doesn't tell the second change from the first.
    for oldest_first in [false, true] {
        let (scene, all) = scene(28, oldest_first).await;
        let last = all[27].clone();
        let clock = scene.clock.clone();
        for _ in 0..2 {
            scene.after("GET", LIST, &last, |_, _| ());
        }
        scene.after("GET", LIST, &last, move |room, id| {
            room.categorize(id, ["x"]).unwrap();
            clock.advance(secs(3));
            let _ = room.open_new();
        });
        scene.transport.plan("GET", LIST, [Step::Pass, Step::Pass, Step::After(secs(3))]);
        let first = scene.since(None, 10).await.unwrap();
        let second = scene.since(first.checkpoint, 10).await.unwrap();
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
async fn a_row_that_can_not_be_read_is_told_once_and_hides_no_other() {
    for oldest_first in [false, true] {
        let (scene, all) = scene(25, oldest_first).await;
        let number = |id: &str| usize::from_str_radix(&id[4..], 16).unwrap();
        let broken: &'static [usize] = Vec::leak([0, 9, 10, 24].map(|at: usize| number(&all[at])).to_vec());
        scene.transport.plan("GET", LIST, vec![unreadable(broken); 100]);
        let first = scene.since(None, 10).await.unwrap();
        let mut told: Vec<_> = first.undecodable.iter().map(|row| row.id.to_string()).collect();
        told.sort();
        assert_eq!(told, [0, 9, 10, 24].map(|at: usize| all[at].clone()));
        assert_eq!(first.interventions.len(), 21);
        assert!(!format!("{first:?}").contains("CANARY"));
        // One that changes while the list is walked takes no other with it, be it ahead of the walk or behind it.
        let (clock, id) = (scene.clock.clone(), all[0].clone());
        scene.after("GET", LIST, &id, move |room, id| {
            clock.advance(secs(1));
            room.touch(id).unwrap();
        });
        let again = scene.since(None, 15).await.unwrap();
        assert_eq!((again.interventions.len(), again.undecodable.len()), (21, if oldest_first { 4 } else { 3 }));
    }
}

#[tokio::test(start_paused = true)]
async fn it_can_be_kept_to_what_a_list_holds() {
    let (scene, all) = scene(9, false).await;
    scene.clock.advance(secs(1));
    scene.room.reply(&all[2]).and_then(|()| scene.room.close(&all[2])).unwrap();
    let thread = scene.room.intervention(&all[4]).unwrap().thread_id;
    let within = async |list: ListInterventions| scene.interventions().updated_since(None).within(list).await.unwrap();
    assert_eq!(ids(&within(ListInterventions::new().thread(thread)).await), [&*all[4]]);
    assert_eq!(ids(&within(ListInterventions::new().status(StatusFilter::Closed)).await), [&*all[2]]);
    // Its own order and offset don't count, its limit does.
    let list = ListInterventions::new().sort(Sort::CreatedAt).offset(5).limit(4);
    let all_of_them = within(list).await;
    assert_eq!((all_of_them.interventions.len(), ids(&all_of_them)[8]), (9, &*all[2]));
    let queries: Vec<_> = scene.transport.sent("GET", LIST).iter().map(|sent| sent.query().to_owned()).collect();
    assert!(queries.iter().all(|query| query.contains("sort=updated_at")), "{queries:?}");
    assert!(queries[2].contains("offset=0") && queries[2].contains("limit=4"), "{queries:?}");
    let error = scene.since(None, 0).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (Kind::Request, Outcome::NotSent));
    assert_eq!(error.operation(), "engagement.interventions.list");
}

/// A server with interventions that changed at these seconds, in this order, under the ids 0, 1, 2 and so on.
fn server(times: Vec<Option<i64>>) -> (Engagement, SocketlessTransport) {
    server_of(times.into_iter().enumerate().collect())
}

/// A server with these rows: ids and seconds.
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
    let news = reading.with_overlap(Duration::ZERO).within(list).await.unwrap();
    (news.interventions.len(), news.checkpoint.map(|at| at.timestamp()), transport.total())
}

#[tokio::test(start_paused = true)]
async fn a_reading_has_no_more_pages_than_allowed() {
    let (scene, _) = scene(9, false).await;
    let reading = |pages| {
        let list = ListInterventions::new().limit(3);
        scene.interventions().updated_since(None).within(list).with_max_pages(pages)
    };
    let error = reading(2).await.unwrap_err();
    assert_eq!((error.kind(), scene.reads()), (Kind::Paging, 2));
    assert_eq!(reading(9).await.unwrap().interventions.len(), 9);
}

#[tokio::test(start_paused = true)]
async fn an_order_that_is_none_is_read_whole() {
    // ENG-20, ENG-31
    assert_eq!(found(&[50, 10, 60, 20, 70, 30], 55, 3).await, (2, Some(69), 3));
    // Some rows may stand in an order that the list doesn't have.
    assert_eq!(found(&[90, 80, 70, 60, 95, 20, 30, 99], 55, 3).await.0, 6);
    assert_eq!(found(&[10, 20, 30, 25, 90, 5], 55, 3).await, (1, Some(89), 3));
}

#[tokio::test(start_paused = true)]
async fn both_orders_are_known_from_the_pages() {
    // ENG-20
    assert_eq!(found(&[90, 80, 70, 60, 50, 40, 30, 20, 10], 65, 3).await, (3, Some(90), 2));
    assert_eq!(found(&[10, 20, 30, 40, 50, 60, 70, 80, 90], 65, 3).await, (3, Some(89), 5));
    // All times are the same on the first page.
    assert_eq!(found(&[90, 90, 90, 80, 20, 20, 10, 10, 10], 65, 3).await, (4, Some(90), 2));
    assert_eq!(found(&[90, 90, 90, 90, 95, 99], 65, 3).await, (6, Some(98), 3));
    assert_eq!(found(&[90, 90, 90, 70, 70, 50, 50, 50, 50], 85, 3).await, (3, Some(90), 2));
    assert_eq!(found(&[90; 9], 65, 3).await, (9, Some(90), 5));
    // Pages that bring one row each.
    assert_eq!(found(&[90, 80, 70, 60, 50, 40], 65, 2).await.0, 3);
    assert_eq!(found(&[90], 65, 2).await, (1, Some(90), 1));
}

#[tokio::test(start_paused = true)]
async fn rows_that_do_not_tell_when_they_changed_are_always_there() {
    let times = vec![Some(90), None, Some(80), None, Some(20), None, Some(10)];
    let (engagement, _) = server(times);
    let reading = engagement.interventions().updated_since(DateTime::from_timestamp(85, 0).unwrap());
    let news = reading.with_overlap(Duration::ZERO).within(ListInterventions::new().limit(5)).await.unwrap();
    assert_eq!((ids(&news), news.checkpoint.unwrap().timestamp()), (vec!["1", "3", "0"], 90));
    let (engagement, _) = server(vec![None; 4]);
    let news = engagement.interventions().updated_since(None).await.unwrap();
    assert_eq!((news.interventions.len(), news.checkpoint), (4, None));
}

#[tokio::test(start_paused = true)]
async fn an_older_copy_of_a_row_does_not_take_the_place_of_a_newer_one() {
    let (engagement, _) = server_of(vec![(1, Some(90)), (2, Some(80)), (1, Some(70)), (3, Some(60))]);
    let news = engagement.interventions().updated_since(None).within(ListInterventions::new().limit(2)).await.unwrap();
    assert_eq!((ids(&news), news.checkpoint.unwrap().timestamp()), (vec!["3", "2", "1"], 90));
}

#[tokio::test(start_paused = true)]
async fn a_page_that_fails_fails_the_reading() {
    let (scene, _) = scene(25, false).await;
    scene.transport.plan("GET", LIST, [Step::Pass, Step::Answer(403, "{}")]);
    let error = scene.since(None, 10).await.unwrap_err();
    assert!(error.is_forbidden() && error.operation() == "engagement.interventions.list", "{error}");
    // What passes is waited out.
    scene.transport.plan("GET", LIST, [Step::Lost, Step::Answer(503, "{}"), Step::Pass, Step::Answer(429, "{}")]);
    assert_eq!(scene.since(None, 10).await.unwrap().interventions.len(), 25);
}
