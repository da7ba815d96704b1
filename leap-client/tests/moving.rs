//! Lists without an order that move while they are read, and windows whose ends count or not, lose nothing.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod mocked;

use care_emulators::leap::{Emulator, NewRequest};
use care_testkit::{Sent, SocketlessTransport, reply};
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use futures_util::{StreamExt, TryStreamExt};
use leap_client::{Leap, ListRequests, Options, Page, SupportRequest};
use mocked::{client_of, options};
use std::{collections::BTreeSet, time::Duration};

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
async fn a_list_that_shrinks_under_its_reader_loses_nothing_that_stays() {
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
    // LEAP-41, LEAP-30: the short page is the last.
    let (emulator, leap, ids) = emulator_with(25).await;
    let items: Vec<_> = leap.requests().list(ListRequests::new().limit(10)).items().try_collect().await.unwrap();
    assert_eq!(items.iter().map(|item| item.identifier.as_str()).collect::<Vec<_>>(), ids);
    let asked: Vec<_> = emulator.journal().requests().iter().map(|asked| asked.query.clone().unwrap()).collect();
    let offsets: Vec<u64> =
        asked.iter().map(|query| query.rsplit_once("offset=").unwrap().1.parse().unwrap()).collect();
    assert_eq!(offsets, [0, 9, 18], "{asked:?}");
}

#[tokio::test]
async fn a_window_that_does_not_fit_a_page_is_cut_and_no_offset_is_used() {
    // LEAP-41
    let (emulator, leap, ids) = emulator_with(250).await;
    let end = emulator.clock().now() + TimeDelta::seconds(1);
    let synced = leap.requests().sync_window(end - TimeDelta::hours(1), end).await.unwrap();
    assert_eq!(synced.requests.iter().map(|request| request.identifier.as_str()).collect::<Vec<_>>(), ids);
    assert_eq!(synced.checkpoint, end);
    let journal = emulator.journal().requests();
    assert!(
        journal.len() > 3 && journal.iter().all(|asked| asked.query.as_ref().unwrap().ends_with("&limit=100&offset=0"))
    );
}

/// How a server may understand the two ends of a window.
type Fits = fn(DateTime<Utc>, DateTime<Utc>, DateTime<Utc>) -> bool;

/// A server with requests that were last updated at these times.
fn server(times: &'static [&'static str], fits: Fits) -> Leap {
    let answer = move |sent: &Sent| {
        let query: Vec<(String, String)> = url::form_urlencoded::parse(sent.query().as_bytes()).into_owned().collect();
        let end = |name: &str| at(&query.iter().find(|(key, _)| key == name).unwrap().1);
        let (from, to) = (end("last-update-from"), end("last-update-to"));
        let rows = times.iter().filter(|time| fits(at(time), from, to)).map(|time| {
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
async fn both_readings_of_the_ends_give_the_same_window() {
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
        let topic = window().within(ListRequests::topic("Parking")).await.unwrap();
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
