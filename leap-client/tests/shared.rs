//! Beside other systems that read and acknowledge the same requests, nobody takes anything from anybody unasked.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod mocked;

use care_emulators::leap::{Emulator, EmulatorBuilder, NewRequest};
use care_testkit::{SocketlessTransport, Step};
use chrono::{TimeDelta, Utc};
use futures_util::StreamExt;
use leap_client::{Change, Leap, ListRequests, MemoryChangeStore, Settled};
use mocked::options;
use std::time::Duration;

async fn three(builder: EmulatorBuilder) -> (Emulator, Leap, SocketlessTransport, Vec<String>) {
    let emulator = builder.start().await.unwrap();
    let ids = (0..3).map(|_| emulator.controller().raise(NewRequest::topic("Parking")).unwrap()).collect();
    let transport = SocketlessTransport::to(emulator.router());
    let builder = Leap::builder().root(emulator.root()).basic_auth(emulator.username(), emulator.password());
    let leap = builder.options(options().transport(transport.clone())).build().unwrap();
    (emulator, leap, transport, ids)
}

fn is_flagged(emulator: &Emulator, id: &str) -> bool {
    emulator.controller().request(id).unwrap().unacked_since.is_some()
}

#[tokio::test]
async fn a_window_is_read_without_a_single_acknowledgement() {
    // LEAP-32: a second system sees by it what the first has acknowledged, and the other way round.
    let (emulator, leap, transport, ids) = three(Emulator::builder()).await;
    leap.requests().acknowledge([&*ids[0]]).await.unwrap();
    let soon = Utc::now() + TimeDelta::minutes(1);
    for sync in
        [leap.requests().sync_window(None, soon), leap.requests().sync_window(Utc::now() - TimeDelta::hours(1), soon)]
    {
        assert_eq!(sync.await.unwrap().requests.len(), 3);
    }
    assert_eq!(transport.count("POST", ""), 1);
    assert_eq!([0, 1, 2].map(|n| is_flagged(&emulator, &ids[n])), [false, true, true]);
}

#[tokio::test(start_paused = true)]
async fn what_somebody_else_has_acknowledged_meanwhile_is_passed_over() {
    // LEAP-32: between the list and the look at the request.
    let (emulator, leap, transport, ids) = three(Emulator::builder()).await;
    let unflagged = Step::text(|body| {
        let from = body.find(" unacked-since=\"").unwrap();
        let to = from + body[from..].find('>').unwrap();
        body.replace_range(from..to, "");
    });
    transport.plan("GET", &ids[1], [unflagged]);
    let mut changes = leap.requests().changes(MemoryChangeStore::new());
    let mut came = Vec::new();
    for _ in 0..2 {
        let change = changes.next().await.unwrap().unwrap();
        came.push(change.request().identifier.to_string());
        change.done().await.unwrap();
    }
    assert_eq!(came, [&*ids[0], &*ids[2]]);
    assert!(is_flagged(&emulator, &ids[1]), "the feed leaves it alone");
}

#[tokio::test(start_paused = true)]
async fn what_somebody_else_acknowledges_while_it_is_handled_is_settled_all_the_same() {
    // LEAP-32
    let (emulator, leap, _, ids) = three(Emulator::builder()).await;
    let mut changes = leap.requests().changes(MemoryChangeStore::new());
    let first = changes.next().await.unwrap().unwrap();
    leap.requests().acknowledge([&*ids[0]]).await.unwrap();
    assert_eq!(first.done().await.unwrap(), Settled::Acknowledged);
    assert!(is_flagged(&emulator, &ids[1]) && !is_flagged(&emulator, &ids[0]));
}

#[tokio::test(start_paused = true)]
async fn one_unknown_request_of_many_keeps_none_of_the_others_unacknowledged() {
    // LEAP-36: whether the server acknowledges the others, or none, they are in the end.
    for builder in [Emulator::builder(), Emulator::builder().acknowledge_partially()] {
        let (emulator, leap, transport, ids) = three(builder).await;
        let mut changes = leap.requests().changes(MemoryChangeStore::new());
        let mut all = Vec::new();
        for _ in &ids {
            all.push(changes.next().await.unwrap().unwrap());
        }
        let gone = ids[1].clone();
        emulator.controller().before_next("POST", "/requests/acked", move |portal| portal.vanish(&gone).unwrap());
        let ends: Vec<_> = Change::done_all(all).await.into_iter().map(Result::unwrap).collect();
        assert_eq!(ends, [Settled::Acknowledged, Settled::Vanished, Settled::Acknowledged]);
        assert!(!is_flagged(&emulator, &ids[0]) && !is_flagged(&emulator, &ids[2]));
        let sent = transport.sent("POST", "/acked");
        let sizes: Vec<_> = sent.iter().map(|sent| sent.text().matches("<acknowledgement>").count()).collect();
        assert_eq!(sizes, [3, 1, 2, 1, 1], "in halves, down to single ones");
        let left = leap.requests().list(ListRequests::new().acked(false)).await.unwrap();
        assert!(left.items.is_empty(), "{left:?}");
        assert!(tokio::time::timeout(Duration::from_secs(300), changes.next()).await.is_err(), "nothing else comes");
    }
}
