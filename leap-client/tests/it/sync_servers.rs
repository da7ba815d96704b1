//! A window is complete, or an error, on servers that give fewer rows than asked for, or ignore what they are asked.

use crate::support::mock_server::options;
use care_testkit::{Sent, SocketlessTransport, reply};
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use futures_util::TryStreamExt;
use leap_client::{Error, Kind, Leap, ListRequests, Options, Synced};
use std::{collections::BTreeSet, time::Duration};

/// The most rows of a page, by the number of the request.
type Most = fn(usize) -> usize;

/// How a server reads a list.
#[derive(Clone, Copy)]
struct Reading {
    times: bool,
    limit: bool,
    offset: bool,
    most: Most,
    newest_first: bool,
    /// What it shows of a time is cut to whole seconds.
    seconds: bool,
}

const RIGHT: Reading =
    Reading { times: true, limit: true, offset: true, most: |_| usize::MAX, newest_first: false, seconds: false };

fn begin() -> DateTime<Utc> {
    "2024-02-08T00:00:00Z".parse().unwrap()
}

/// Requests that were updated at these milliseconds after [`begin`], and a client of a server that has them.
fn server(rows: Vec<i64>, reading: Reading) -> (Leap, SocketlessTransport) {
    let count = std::sync::atomic::AtomicUsize::new(0);
    let answer = move |sent: &Sent| {
        let query: Vec<(String, String)> = url::form_urlencoded::parse(sent.query().as_bytes()).into_owned().collect();
        let said = |name: &str| query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let end =
            |name: &str| said(name).map(|text| (text.parse::<DateTime<Utc>>().unwrap() - begin()).num_milliseconds());
        let (from, to) = (end("last-update-from").unwrap_or(i64::MIN), end("last-update-to").unwrap_or(i64::MAX));
        let number = |name: &str| said(name).unwrap().parse::<usize>().unwrap();
        let fits = |at: &&(usize, i64)| !reading.times || (from <= at.1 && at.1 <= to);
        let rows: Vec<_> = rows.iter().copied().enumerate().collect();
        let mut rows: Vec<_> = rows.iter().filter(fits).collect();
        if reading.newest_first {
            rows.reverse();
        }
        let skipped = if reading.offset { number("offset") } else { 0 };
        let most = if reading.limit { number("limit") } else { usize::MAX };
        let most = most.min((reading.most)(count.fetch_add(1, std::sync::atomic::Ordering::SeqCst)));
        let rows = rows.into_iter().skip(skipped).take(most).map(|(id, at)| {
            let time = begin() + TimeDelta::milliseconds(*at);
            let form = if reading.seconds { SecondsFormat::Secs } else { SecondsFormat::Millis };
            let time = time.to_rfc3339_opts(form, true);
            format!(
                "<support-request identifier=\"{id}\"><state>NEW</state><creation-time>{time}</creation-time>\
                 <last-update-time>{time}</last-update-time></support-request>"
            )
        });
        reply(200, "application/xml", format!("<support-requests>{}</support-requests>", rows.collect::<String>()))
    };
    let transport = SocketlessTransport::script(answer);
    let options: Options = options().transport(transport.clone());
    (Leap::builder().company("acme").basic_auth("crm", "hush").options(options).build().unwrap(), transport)
}

async fn sync(leap: &Leap, days: i64) -> Result<Synced, Error> {
    let to = begin() + TimeDelta::days(days);
    leap.requests().sync_window(begin(), to).with_overlap(Duration::ZERO).await
}

/// How many different requests it has, and how many in all.
fn counted(synced: &Synced) -> (usize, usize) {
    let ids: BTreeSet<_> = synced.requests.iter().map(|request| &request.identifier).collect();
    (ids.len(), synced.requests.len())
}

const MINUTE: i64 = 60_000;

#[tokio::test]
async fn a_server_that_gives_fewer_rows_than_asked_for_loses_none() {
    let caps: [(&str, Most); 5] = [
        ("50", |_| 50),
        ("7", |_| 7),
        ("99", |_| 99),
        ("50, then 30", |request| if request < 3 { 50 } else { 30 }),
        ("from 20 to 50", |request| 20 + request * 7 % 31),
    ];
    for (cap, most) in caps {
        for newest_first in [false, true] {
            let rows: Vec<_> = (0..150).map(|row| row * 3 * MINUTE).collect();
            let (leap, transport) = server(rows, Reading { most, newest_first, ..RIGHT });
            let synced = sync(&leap, 1).await.unwrap();
            assert_eq!(counted(&synced), (150, 150), "{cap} {newest_first}");
            let items: Vec<_> = leap.requests().list(ListRequests::new()).items().try_collect().await.unwrap();
            assert_eq!(items.len(), 150, "{cap} {newest_first}");
            assert!(transport.total() < 2_000, "{cap} {newest_first}: {}", transport.total());
        }
    }
}

#[tokio::test]
async fn a_server_that_ignores_the_times_is_an_error_soon() {
    for rows in [100, 150, 3_000] {
        for spacing in [1, 1_000, MINUTE, 60 * MINUTE] {
            for newest_first in [false, true] {
                for offset in [false, true] {
                    let rows = (0..rows).map(|row| row * spacing).collect();
                    let (leap, transport) = server(rows, Reading { times: false, offset, newest_first, ..RIGHT });
                    for days in [1, 3_000] {
                        let error = sync(&leap, days).await.map(|synced| counted(&synced)).unwrap_err();
                        assert_eq!(error.kind(), Kind::Paging, "{error}");
                    }
                    let error = leap.requests().sync_window(None, None).await.unwrap_err();
                    assert_eq!(error.kind(), Kind::Paging, "{error}");
                    assert!(transport.total() < 300, "{spacing} {newest_first} {offset}: {}", transport.total());
                }
            }
        }
    }
}

#[tokio::test]
async fn a_server_that_ignores_all_parameters_or_the_offset_is_an_error_soon() {
    for (times, limit, rows) in [(false, false, 150), (false, false, 5_000), (true, true, 50), (true, false, 99)] {
        let rows = (0..rows).map(|row| row * MINUTE).collect();
        let (leap, transport) = server(rows, Reading { times, limit, offset: false, ..RIGHT });
        assert_eq!(sync(&leap, 30).await.unwrap_err().kind(), Kind::Paging);
        assert!(transport.total() < 100, "{}", transport.total());
    }
}

#[tokio::test]
async fn rows_of_other_times_alone_give_no_checkpoint() {
    let (leap, _) = server(vec![0, MINUTE], Reading { times: false, ..RIGHT });
    let from = begin() + TimeDelta::days(5);
    let error = leap.requests().sync_window(from, from + TimeDelta::days(1)).await.unwrap_err();
    assert_eq!(error.kind(), Kind::Paging, "{error}");
}

/// Updates that come in bursts: whole weeks are empty, and some minutes have hundreds.
fn bursts(count: usize) -> Vec<i64> {
    let mut at = 0_i64;
    let mut random = 7_u64;
    let mut next = |most: u64| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((random >> 33) % most).unwrap()
    };
    let mut rows = Vec::new();
    while rows.len() < count {
        at += next(7 * 24 * 60 * 60_000);
        let pause = 1 + next(3_000);
        for _ in 0..=next(400) {
            at += next(u64::try_from(pause).unwrap());
            rows.push(at);
        }
    }
    rows.truncate(count);
    rows
}

#[tokio::test]
async fn windows_are_sized_by_density_and_none_is_lost() {
    let evenly = |spacing: i64| (0..20_000).map(|row| row * spacing).collect::<Vec<_>>();
    for (what, rows, most) in [
        ("evenly", evenly(4_321), [310, 310]),
        ("three in a millisecond", (0..20_000).map(|row| row / 3).collect(), [450, 450]),
        ("in bursts", bursts(20_000), [600, 4_000]),
    ] {
        for (newest_first, seconds) in [(false, false), (true, false), (false, true)] {
            let until = begin() + TimeDelta::milliseconds(rows.last().unwrap() + 1);
            let (leap, transport) = server(rows.clone(), Reading { newest_first, seconds, ..RIGHT });
            for from in [None, Some(begin())] {
                let before = transport.total();
                let synced = leap.requests().sync_window(from, until).with_overlap(Duration::ZERO).await.unwrap();
                assert_eq!(counted(&synced), (20_000, 20_000), "{what} {newest_first} {seconds}");
                let requests = transport.total() - before;
                println!("{what}, newest first {newest_first}, seconds {seconds}: {requests} requests");
                assert!(requests <= most[usize::from(newest_first)], "{what} {newest_first} {seconds}: {requests}");
            }
        }
    }
}

#[tokio::test]
async fn parts_come_in_the_order_of_time_and_each_is_a_checkpoint() {
    let rows = bursts(2_000);
    let until = begin() + TimeDelta::milliseconds(rows.last().unwrap() + 1);
    let (leap, _) = server(rows, RIGHT);
    let parts: Vec<_> = leap.requests().sync_window(None, until).parts().try_collect().await.unwrap();
    let mut complete = DateTime::UNIX_EPOCH;
    let mut ids = BTreeSet::new();
    for part in &parts {
        assert!(part.requests.len() <= 100 && part.checkpoint > complete);
        assert!(part.requests.iter().all(|request| request.last_update_time >= complete));
        complete = part.checkpoint;
        ids.extend(part.requests.iter().map(|request| request.identifier.clone()));
    }
    assert_eq!((ids.len(), complete), (2_000, until));
    // After a crash, it goes on at any of them.
    let seen: usize = parts[..7].iter().map(|part| part.requests.len()).sum();
    let rest = leap.requests().sync_window(parts[6].checkpoint, until).with_overlap(Duration::ZERO).await.unwrap();
    assert!(rest.requests.len() >= 2_000 - seen);
    assert!(
        parts[..7]
            .iter()
            .flat_map(|part| &part.requests)
            .chain(&rest.requests)
            .map(|one| &one.identifier)
            .collect::<BTreeSet<_>>()
            .len()
            == 2_000
    );
}

#[tokio::test]
async fn parts_end_after_an_error() {
    let (leap, _) = server((0..1_000).map(|row| row * MINUTE).collect(), Reading { times: false, ..RIGHT });
    let mut parts = leap.requests().sync_window(begin(), None).parts();
    assert_eq!(parts.try_next().await.unwrap_err().kind(), Kind::Paging);
    assert_eq!(parts.try_next().await.unwrap(), None);
    let mut empty = leap.requests().sync_window(begin(), begin()).parts();
    assert_eq!(empty.try_next().await.unwrap_err().kind(), Kind::Request);
    assert_eq!(empty.try_next().await.unwrap(), None);
}
