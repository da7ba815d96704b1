//! Every change is delivered, in order, and acknowledged only when it was handled, also beside other systems.

use crate::support::scene::*;
use care_emulators::leap::{Emulator, EmulatorBuilder, NewRequest};
use care_testkit::{SocketlessTransport, Step};
use chrono::{TimeDelta, Utc};
use futures_util::StreamExt;
use leap_client::{Change, Changes, Kind, Leap, ListRequests, MemoryChangeStore, Settled};
use std::{collections::BTreeSet, time::Duration};
use tokio::time::{Instant, sleep, timeout};

#[tokio::test(start_paused = true)]
async fn every_kind_of_change_is_delivered_and_acknowledged_once() {
    let scene = scene().await;
    let mut changes = scene.changes();
    scene.world.raise("A");
    assert_eq!(handled(&mut changes).await, "A: new");
    scene.world.comment("A", "hello");
    assert_eq!(handled(&mut changes).await, "A: new, hello");
    scene.world.controller.assign("A", "Kim Example").unwrap();
    assert_eq!(handled(&mut changes).await, "A: to IN_PROGRESS, ASSIGNED");
    scene.world.state("A", EmulatorState::Problem);
    scene.world.comment("A", "again");
    assert_eq!(handled(&mut changes).await, "A: again, to PROBLEM");
    // Neither new nor in the history: the request itself was changed.
    scene.world.edit("A", "It is dark");
    let edited = change(&mut changes).await;
    assert_eq!(
        (line(&edited).as_str(), edited.request().summary.as_deref().unwrap().as_str()),
        ("A: new", "It is dark")
    );
    assert_eq!(edited.request().updates.as_ref().unwrap().len(), 5);
    assert_eq!(edited.done().await.unwrap(), Settled::Acknowledged);
    quiet(&mut changes).await;

    let acks = scene.transport.sent("POST", "/requests/acked");
    let wanted =
        r#"<acknowledgements acknowlegdeUpdates="true"><acknowledgement>A</acknowledgement></acknowledgements>"#;
    assert!(acks.len() == 5 && acks.iter().all(|ack| ack.text().ends_with(wanted)), "{:?}", acks[0].text());
    assert!(!scene.world.has_flags("A"));
    let lists = scene.transport.sent("GET", "/requests/");
    assert!(lists.iter().all(|list| list.query().starts_with("acked=false&limit=100&offset=")));
}

#[tokio::test(start_paused = true)]
async fn an_unsettled_change_is_not_acknowledged() {
    let scene = scene().await;
    let mut changes = scene.changes();
    scene.world.raise("A");
    let held = change(&mut changes).await;
    quiet(&mut changes).await;
    assert!(scene.acks() == 0 && scene.world.has_flags("A"));
    assert_eq!(held.done().await.unwrap(), Settled::Acknowledged);
    assert_eq!((scene.acks(), scene.world.has_flags("A")), (1, false));
}

#[tokio::test(start_paused = true)]
async fn changes_are_delivered_by_time_and_then_by_identifier() {
    let scene = scene_of(Emulator::builder().newest_first()).await;
    for id in ["D", "C", "B", "A"] {
        scene.world.raise(id);
    }
    scene.world.comment("D", "me, too");
    for id in ["Z", "Y"] {
        scene.world.controller.raise(NewRequest::topic("Parking").with_id(id)).unwrap();
    }
    let mut changes = scene.changes();
    let mut order = Vec::new();
    for _ in 0..6 {
        let change = change(&mut changes).await;
        order.push(change.request().identifier.to_string());
        change.done().await.unwrap();
    }
    // Y and Z were raised at the time of D's comment.
    assert_eq!(order, ["C", "B", "A", "D", "Y", "Z"]);
}

#[tokio::test(start_paused = true)]
async fn a_feed_polls_at_once_and_then_at_every_interval() {
    for (interval, expected) in [(None, 30), (Some(secs(7)), 7)] {
        let scene = scene().await;
        let mut changes = scene.changes();
        if let Some(interval) = interval {
            changes = changes.with_interval(interval);
        }
        let begin = Instant::now();
        scene.world.raise("A");
        let change = change(&mut changes).await;
        assert_eq!(begin.elapsed(), Duration::ZERO);
        sleep(secs(3)).await;
        change.done().await.unwrap();
        quiet(&mut changes).await;
        let gaps = scene.polls();
        assert!(gaps.len() >= 19 && gaps.iter().all(|gap| *gap == secs(expected)), "{gaps:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_interval_of_any_length_can_be_set() {
    let scene = scene().await;
    let mut changes = scene.changes().with_interval(Duration::MAX);
    scene.world.raise("A");
    change(&mut changes).await.retry();
    quiet(&mut changes).await;
    assert_eq!(scene.lists(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_list_of_any_length_is_read_whole() {
    for count in [0, 1, 99, 100, 101, 200, 250] {
        let scene = scene().await;
        for number in 0..count {
            scene.world.raise(&format!("A{number:03}"));
        }
        let mut changes = scene.changes();
        for number in 0..count {
            assert_eq!(handled(&mut changes).await, format!("A{number:03}: new"));
        }
        quiet(&mut changes).await;
        assert_eq!(scene.acks(), count);
    }
}

#[tokio::test(start_paused = true)]
async fn nothing_is_missed_in_a_list_that_moves_while_it_is_read() {
    for newest_first in [false, true] {
        let emulator = Emulator::builder();
        let scene = scene_of(if newest_first { emulator.newest_first() } else { emulator }).await;
        let mut made: BTreeSet<String> = (0..230).map(|number| format!("A{number:03}")).collect();
        made.iter().for_each(|id| scene.world.raise(id));
        // Each time that a page was read, something comes and something changes, while others are being acknowledged.
        scene.transport.plan("GET", "/requests/", vec![Step::After(secs(2)); 60]);
        for page in 0..30 {
            let (raised, text, changed) = (format!("B{page}"), format!("c{page}"), format!("A{:03}", page * 7));
            made.extend([raised.clone(), text.clone()]);
            scene.world.after("GET", "/requests/", move |world| {
                world.raise(&raised);
                world.comment(&changed, &text);
            });
        }
        let (mut changes, mut seen, mut settling) = (scene.changes(), BTreeSet::new(), Vec::new());
        while let Ok(Some(change)) = timeout(secs(600), changes.next()).await {
            let change = match change {
                Ok(change) => change,
                // So many leave the list at once that its walk loses its place: the next poll goes on.
                Err(error) => {
                    assert_eq!(error.kind(), Kind::Paging, "{error}");
                    continue;
                }
            };
            seen.insert(change.request().identifier.to_string());
            seen.extend(change.updates().iter().map(said));
            let pause = Duration::from_millis(settling.len() as u64 * 37 % 5_000);
            settling.push(tokio::spawn(async move {
                sleep(pause).await;
                change.done().await.unwrap()
            }));
        }
        assert_eq!(seen, made);
        assert!(settling.iter().all(|task| task.is_finished()) && scene.lists() > 10);
        assert!(scene.world.controller.requests().iter().all(|id| !scene.world.has_flags(id)));
    }
}

#[tokio::test(start_paused = true)]
async fn a_feed_is_an_endless_stream_that_outlives_its_client_and_can_be_sent() {
    fn sent<T: Send + 'static>(feed: T) -> T {
        feed
    }
    let scene = scene().await;
    let mut changes: Changes = sent(scene.changes());
    scene.world.raise("A");
    drop(scene.leap);
    let task = tokio::spawn(async move { (handled(&mut changes).await, next(&mut changes).await) });
    assert_eq!(task.await.unwrap(), ("A: new".to_owned(), "nothing".to_owned()));
}

async fn three(builder: EmulatorBuilder) -> (Emulator, Leap, SocketlessTransport, Vec<String>) {
    let emulator = builder.start().await.unwrap();
    let ids = (0..3).map(|_| emulator.controller().raise(NewRequest::topic("Parking")).unwrap()).collect();
    let (leap, transport) = client(&emulator);
    (emulator, leap, transport, ids)
}

fn is_flagged(emulator: &Emulator, id: &str) -> bool {
    emulator.controller().request(id).unwrap().unacked_since.is_some()
}

#[tokio::test]
async fn a_window_acknowledges_nothing() {
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
async fn a_request_that_another_system_has_acknowledged_is_skipped() {
    // LEAP-32: between reading the list and reading the request.
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
async fn a_change_that_another_system_acknowledges_meanwhile_is_settled() {
    // LEAP-32
    let (emulator, leap, _, ids) = three(Emulator::builder()).await;
    let mut changes = leap.requests().changes(MemoryChangeStore::new());
    let first = changes.next().await.unwrap().unwrap();
    leap.requests().acknowledge([&*ids[0]]).await.unwrap();
    assert_eq!(first.done().await.unwrap(), Settled::Acknowledged);
    assert!(is_flagged(&emulator, &ids[1]) && !is_flagged(&emulator, &ids[0]));
}

#[tokio::test(start_paused = true)]
async fn one_unknown_request_in_a_batch_does_not_block_the_others() {
    // LEAP-36: whether the server acknowledges the others, or none, they are in the end.
    for builder in [Emulator::builder(), Emulator::builder().acknowledge_partially()] {
        let (emulator, leap, transport, ids) = three(builder).await;
        let mut changes = leap.requests().changes(MemoryChangeStore::new());
        let mut all = Vec::new();
        for _ in &ids {
            all.push(changes.next().await.unwrap().unwrap());
        }
        let gone = ids[1].clone();
        emulator
            .controller()
            .before_next("POST", "/requests/acked", move |controller| controller.remove(&gone).unwrap());
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
