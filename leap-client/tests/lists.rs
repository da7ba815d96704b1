//! Lists are walked whole, page by page and item by item, also while they move.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod common;

use common::*;
use futures_util::{StreamExt, TryStreamExt};
use leap_client::{Kind, ListRequests, Outcome, State};
use std::collections::BTreeSet;

const LIST: &str = "/requests/";

fn name(number: usize) -> String {
    format!("A{number:03}")
}

async fn scene_with(count: usize) -> Scene {
    let scene = scene().await;
    (0..count).for_each(|number| scene.portal.raise(&name(number)));
    scene
}

async fn items(scene: &Scene, list: ListRequests) -> Vec<String> {
    let items = scene.leap.requests().list(list).items();
    items.map_ok(|request| request.identifier.to_string()).try_collect().await.unwrap()
}

#[tokio::test(start_paused = true)]
async fn every_item_comes_once_however_many_pages_there_are() {
    for (count, limit) in [(0, 100), (1, 100), (99, 100), (100, 100), (101, 100), (250, 100), (7, 2), (8, 2), (5, 1)] {
        let scene = scene_with(count).await;
        let expected: Vec<_> = (0..count).map(name).collect();
        assert_eq!(items(&scene, ListRequests::new().limit(limit)).await, expected, "{count} by {limit}");
        let pages = scene.leap.requests().list(ListRequests::new().limit(limit)).pages();
        let pages: Vec<_> = pages.try_collect().await.unwrap();
        let ids = pages.iter().flat_map(|page| &page.items).map(|request| request.identifier.to_string());
        assert_eq!(ids.collect::<Vec<_>>(), expected, "{count} by {limit}");
    }
}

#[tokio::test(start_paused = true)]
async fn one_page_is_what_was_asked_for() {
    let scene = scene_with(10).await;
    let page = scene.leap.requests().list(ListRequests::new().limit(3).offset(4)).await.unwrap();
    let ids: Vec<_> = page.items.iter().map(|request| request.identifier.as_str()).collect();
    assert_eq!((ids, page.rows(), page.undecodable.len()), (vec!["A004", "A005", "A006"], 3, 0));
    assert!(page.items.iter().all(|request| request.updates.is_none()), "a list has no history");
    assert_eq!(items(&scene, ListRequests::new().limit(3).offset(7)).await, ["A007", "A008", "A009"]);
}

#[tokio::test(start_paused = true)]
async fn each_list_holds_what_it_is_kept_to() {
    let scene = scene().await;
    for number in 0..230 {
        scene.portal.clock.advance(secs(1));
        let topic = ["Parking", "Stolen Spot"][number % 2];
        scene.portal.room.raise(NewRequest::topic(topic).with_id(name(number))).unwrap();
    }
    (0..210).for_each(|number| scene.portal.state(&name(number), There::Problem));
    let acknowledged: Vec<_> = (0..120).map(name).collect();
    client(&scene.emulator).0.requests().acknowledge(&acknowledged).await.unwrap();

    assert_eq!(items(&scene, ListRequests::new().acked(true)).await, acknowledged);
    assert_eq!(items(&scene, ListRequests::new().acked(false)).await.len(), 110);
    let topic = scene.leap.requests().list(ListRequests::topic("Stolen Spot")).items();
    assert_eq!(topic.map(Result::unwrap).count().await, 115);
    let state = ListRequests::topic("Stolen Spot").in_state(State::Problem);
    let state = scene.leap.requests().list(state).items().map_ok(|request| request.state);
    assert_eq!(state.try_collect::<Vec<_>>().await.unwrap(), vec![State::Problem; 105]);
    let since = scene.portal.room.request("A150").unwrap().last_updated;
    let later = items(&scene, ListRequests::new().acked(false).updated_from(since)).await;
    assert!(later.len() == 59 && !later.contains(&"A150".to_owned()), "{later:?}");
}

#[tokio::test(start_paused = true)]
async fn what_stays_in_a_list_that_moves_comes_once() {
    for newest_first in [false, true] {
        let emulator = Emulator::builder();
        let scene = scene_of(if newest_first { emulator.newest_first() } else { emulator }).await;
        (0..330).for_each(|number| scene.portal.raise(&name(number)));
        let mut gone = BTreeSet::new();
        // Rows in front of the walk, behind it, and at its place go; others come.
        for step in 0..6 {
            let leave: Vec<_> = [step * 3, 95 + step, 150 + step * 20, 329 - step].map(name).to_vec();
            gone.extend(leave.clone());
            scene.portal.after("GET", LIST, move |portal| {
                leave.iter().for_each(|id| portal.vanish(id));
                portal.raise(&format!("B{step}"));
            });
        }
        let mut found = items(&scene, ListRequests::new()).await;
        let rows = found.len();
        found.sort();
        found.dedup();
        assert_eq!(found.len(), rows, "twice");
        let stayed: Vec<_> = (0..330).map(name).filter(|id| !gone.contains(id)).collect();
        assert!(stayed.iter().all(|id| found.contains(id)), "{newest_first}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_row_that_can_not_be_read_is_an_error_in_its_place_and_hides_no_other() {
    let scene = scene_with(5).await;
    let broken = Step::text(|body| {
        let at = body.find("identifier=\"A002\"").unwrap();
        let at = at + body[at..].find("<last-update-time>").unwrap() + "<last-update-time>".len();
        body.insert(at, 'x');
    });
    scene.transport.plan("GET", LIST, vec![broken; 2]);
    let page = scene.leap.requests().list(ListRequests::new()).await.unwrap();
    let row = &page.undecodable[0];
    assert_eq!((page.items.len(), page.rows(), row.index, &*row.id), (4, 5, 2, "A002"));
    assert!(row.error.at().contains("support-request[3]/last-update-time"), "{}", row.error);
    let all: Vec<_> = scene.leap.requests().list(ListRequests::new()).items().collect().await;
    let words = all.iter().map(|item| match item {
        Ok(request) => request.identifier.to_string(),
        Err(error) => format!("{} {}", error.kind(), error.to_string().contains("at offset 2 of the list")),
    });
    assert_eq!(words.collect::<Vec<_>>(), ["A000", "A001", "decode true", "A003", "A004"]);
}

#[tokio::test(start_paused = true)]
async fn an_error_ends_a_walk_with_what_came_before_it() {
    let scene = scene_with(150).await;
    scene.transport.plan("GET", LIST, [Step::Pass, Step::Answer(403, "")]);
    let mut items = scene.leap.requests().list(ListRequests::new()).items();
    let mut came = 0;
    let error = loop {
        match items.next().await.unwrap() {
            Ok(_) => came += 1,
            Err(error) => break error,
        }
    };
    assert_eq!(
        (came, error.kind(), error.outcome(), items.next().await.is_none()),
        (100, Kind::Api, Outcome::Refused, true)
    );
    // A page that is somebody else's is no empty list.
    scene.transport.plan("GET", LIST, [Step::Answer(200, "<!doctype html><html><body/></html>")]);
    let error = scene.leap.requests().list(ListRequests::new()).items().next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), Kind::Decode);
}
