//! Lists are read completely, page by page and item by item, also while they move.

use crate::support::{
    mock_server::{client_of, options},
    scene::*,
};
use care_emulators::leap::{Emulator, NewRequest};
use care_testkit::{Sent, SocketlessTransport, reply};
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use futures_util::{StreamExt, TryStreamExt};
use leap_client::{Kind, Leap, ListRequests, Options, Outcome, Page, State, SupportRequest};
use std::{collections::BTreeSet, time::Duration};

const LIST: &str = "/requests/";

fn name(number: usize) -> String {
    format!("A{number:03}")
}

async fn scene_with(count: usize) -> Scene {
    let scene = scene().await;
    (0..count).for_each(|number| scene.world.raise(&name(number)));
    scene
}

async fn items(scene: &Scene, list: ListRequests) -> Vec<String> {
    let items = scene.leap.requests().list(list).items();
    items.map_ok(|request| request.identifier.to_string()).try_collect().await.unwrap()
}

#[tokio::test(start_paused = true)]
async fn every_item_is_returned_once_for_any_number_of_pages() {
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
async fn one_page_has_the_requested_limit_and_offset() {
    let scene = scene_with(10).await;
    let page = scene.leap.requests().list(ListRequests::new().limit(3).offset(4)).await.unwrap();
    let ids: Vec<_> = page.items.iter().map(|request| request.identifier.as_str()).collect();
    assert_eq!((ids, page.rows(), page.undecodable.len()), (vec!["A004", "A005", "A006"], 3, 0));
    assert!(page.items.iter().all(|request| request.updates.is_none()), "a list has no history");
    assert_eq!(items(&scene, ListRequests::new().limit(3).offset(7)).await, ["A007", "A008", "A009"]);
}

#[tokio::test(start_paused = true)]
async fn each_list_has_only_the_requests_that_match_its_filters() {
    let scene = scene().await;
    for number in 0..230 {
        scene.world.clock.advance(secs(1));
        let topic = ["Parking", "Stolen Spot"][number % 2];
        scene.world.controller.raise(NewRequest::topic(topic).with_id(name(number))).unwrap();
    }
    (0..210).for_each(|number| scene.world.state(&name(number), EmulatorState::Problem));
    let acknowledged: Vec<_> = (0..120).map(name).collect();
    client(&scene.emulator).0.requests().acknowledge(&acknowledged).await.unwrap();

    assert_eq!(items(&scene, ListRequests::new().acked(true)).await, acknowledged);
    assert_eq!(items(&scene, ListRequests::new().acked(false)).await.len(), 110);
    let topic = scene.leap.requests().list(ListRequests::topic("Stolen Spot")).items();
    assert_eq!(topic.map(Result::unwrap).count().await, 115);
    let state = ListRequests::topic("Stolen Spot").in_state(State::Problem);
    let state = scene.leap.requests().list(state).items().map_ok(|request| request.state);
    assert_eq!(state.try_collect::<Vec<_>>().await.unwrap(), vec![State::Problem; 105]);
    let since = scene.world.controller.request("A150").unwrap().last_updated;
    let later = items(&scene, ListRequests::new().acked(false).updated_from(since)).await;
    assert!(later.len() == 59 && !later.contains(&"A150".to_owned()), "{later:?}");
}

#[tokio::test(start_paused = true)]
async fn requests_that_stay_in_a_moving_list_are_returned_once() {
    for newest_first in [false, true] {
        let emulator = Emulator::builder();
        let scene = scene_of(if newest_first { emulator.newest_first() } else { emulator }).await;
        (0..330).for_each(|number| scene.world.raise(&name(number)));
        let mut gone = BTreeSet::new();
        // Rows in front of the walk, behind it, and at its place go; others come.
        for step in 0..6 {
            let leave: Vec<_> = [step * 3, 95 + step, 150 + step * 20, 329 - step].map(name).to_vec();
            gone.extend(leave.clone());
            scene.world.after("GET", LIST, move |world| {
                leave.iter().for_each(|id| world.remove(id));
                world.raise(&format!("B{step}"));
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
async fn an_unreadable_row_is_an_error_in_its_place_and_hides_no_other() {
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
async fn an_error_ends_a_walk_after_the_items_before_it() {
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
    // A foreign page is not an empty list.
    scene.transport.plan("GET", LIST, [Step::Answer(200, "<!doctype html><html><body/></html>")]);
    let error = scene.leap.requests().list(ListRequests::new()).items().next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), Kind::Decode);
}

async fn emulator_with(count: u32) -> (Emulator, Leap, Vec<String>) {
    let emulator = Emulator::start().await.unwrap();
    emulator.clock().freeze();
    let mut ids = Vec::new();
    for _ in 0..count {
        ids.push(emulator.controller().raise(NewRequest::topic("Parking")).unwrap());
        emulator.clock().advance(Duration::from_secs(1));
    }
    let leap = client_of(&emulator).build().unwrap();
    (emulator, leap, ids)
}

fn names(page: &Page<SupportRequest>) -> Vec<String> {
    page.items.iter().map(|request| request.identifier.to_string()).collect()
}

#[tokio::test]
async fn a_list_that_shrinks_while_it_is_read_loses_no_request_that_stays() {
    // LEAP-41: each page is acknowledged while `acked=false` is walked, so all that follows moves up.
    let (_emulator, leap, ids) = emulator_with(45).await;
    let list = ListRequests::new().acked(false).limit(10);
    let mut pages = leap.requests().list(list).pages();
    let mut seen = Vec::new();
    while let Some(page) = pages.next().await {
        let page = names(&page.unwrap());
        // Fewer than a page, so that a known row remains.
        leap.requests().acknowledge(page.iter().take(4).map(String::as_str)).await.unwrap();
        seen.extend(page);
    }
    assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), seen.len(), "none comes twice");
    assert_eq!(seen.into_iter().collect::<BTreeSet<_>>(), ids.into_iter().collect::<BTreeSet<_>>(), "none is missed");
}

#[tokio::test]
async fn each_offset_overlaps_the_page_before() {
    // LEAP-41, LEAP-30: the short page is no end; one more request shows that nothing comes behind it.
    let (emulator, leap, ids) = emulator_with(25).await;
    let items: Vec<_> = leap.requests().list(ListRequests::new().limit(10)).items().try_collect().await.unwrap();
    assert_eq!(items.iter().map(|item| item.identifier.as_str()).collect::<Vec<_>>(), ids);
    let asked: Vec<_> = emulator.journal().requests().iter().map(|asked| asked.query.clone().unwrap()).collect();
    let offsets: Vec<u64> =
        asked.iter().map(|query| query.rsplit_once("offset=").unwrap().1.parse().unwrap()).collect();
    assert_eq!(offsets, [0, 9, 18, 24], "{asked:?}");
}

#[tokio::test]
async fn a_window_that_does_not_fit_a_page_is_split_and_not_read_by_offsets() {
    // LEAP-41
    let (emulator, leap, ids) = emulator_with(250).await;
    let end = emulator.clock().now() + TimeDelta::seconds(1);
    let synced = leap.requests().sync_window(end - TimeDelta::hours(1), end).await.unwrap();
    assert_eq!(synced.requests.iter().map(|request| request.identifier.as_str()).collect::<Vec<_>>(), ids);
    assert_eq!(synced.checkpoint, end);
    let journal = emulator.journal().requests();
    // But for the look behind the first short page.
    let offsets =
        journal.iter().filter(|asked| !asked.query.as_ref().unwrap().ends_with("&limit=100&offset=0")).count();
    assert!(journal.len() > 3 && offsets <= 2, "{offsets}");
}

/// How a server may understand the two ends of a window.
type Fits = fn(DateTime<Utc>, DateTime<Utc>, DateTime<Utc>) -> bool;

/// A server with requests that were last updated at these times.
fn server(times: &'static [&'static str], fits: Fits) -> Leap {
    let answer = move |sent: &Sent| {
        let query: Vec<(String, String)> = url::form_urlencoded::parse(sent.query().as_bytes()).into_owned().collect();
        let end = |name: &str| at(&query.iter().find(|(key, _)| key == name).unwrap().1);
        let (from, to) = (end("last-update-from"), end("last-update-to"));
        let offset = query.iter().find(|(key, _)| key == "offset").unwrap().1.parse().unwrap();
        let rows = times.iter().filter(|time| fits(at(time), from, to)).skip(offset).map(|time| {
            let time = at(time).to_rfc3339_opts(SecondsFormat::Millis, true);
            format!(
                "<support-request identifier=\"{time}\"><state>NEW</state><creation-time>{time}</creation-time>\
                 <last-update-time>{time}</last-update-time></support-request>"
            )
        });
        reply(200, "application/xml", format!("<support-requests>{}</support-requests>", rows.collect::<String>()))
    };
    let options: Options = options().transport(SocketlessTransport::script(answer));
    Leap::builder().company("acme").basic_auth("crm", "hush").options(options).build().unwrap()
}

fn at(time: &str) -> DateTime<Utc> {
    time.parse().unwrap()
}

#[tokio::test]
async fn inclusive_and_exclusive_ends_give_the_same_window() {
    // LEAP-35: "after" and "before" for the list of all, "greater than or equal" and "less than" for the others.
    const TIMES: &[&str] = &[
        "2011-02-08T21:59:59.999Z",
        "2011-02-08T22:00:00.000Z",
        "2011-02-08T22:00:00.001Z",
        "2011-02-08T22:59:59.999Z",
        "2011-02-08T23:00:00.000Z",
        "2011-02-08T23:00:00.001Z",
    ];
    let readings: [(&str, Fits); 4] = [
        ("after, before", |time, from, to| from < time && time < to),
        ("from, before", |time, from, to| from <= time && time < to),
        ("after, to", |time, from, to| from < time && time <= to),
        ("from, to", |time, from, to| from <= time && time <= to),
    ];
    for (reading, fits) in readings {
        let leap = server(TIMES, fits);
        let (from, to) = (at("2011-02-08T22:00:00Z"), at("2011-02-08T23:00:00Z"));
        let window = || leap.requests().sync_window(from, to).with_overlap(Duration::ZERO);
        let all = window().await.unwrap();
        let topic = window().with_list(ListRequests::topic("Parking")).await.unwrap();
        for synced in [all, topic] {
            let found: Vec<_> = synced.requests.iter().map(|request| request.identifier.as_str()).collect();
            assert_eq!(found, TIMES[1..4], "{reading}");
        }
        let next =
            leap.requests().sync_window(to, to + TimeDelta::hours(1)).with_overlap(Duration::ZERO).await.unwrap();
        let found: Vec<_> = next.requests.iter().map(|request| request.identifier.as_str()).collect();
        assert_eq!(found, TIMES[4..], "{reading}");
    }
}
