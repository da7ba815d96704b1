//! Every change is delivered, in its order, and acknowledged when it was dealt with and not before.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod common;

use common::*;
use futures_util::StreamExt;
use leap_client::{Changes, Settled};
use std::{collections::BTreeSet, time::Duration};
use tokio::time::{Instant, sleep, timeout};

#[tokio::test(start_paused = true)]
async fn every_kind_of_change_is_delivered_and_acknowledged_once() {
    let scene = scene().await;
    let mut changes = scene.changes();
    scene.portal.raise("A");
    assert_eq!(handled(&mut changes).await, "A: new");
    scene.portal.comment("A", "hello");
    assert_eq!(handled(&mut changes).await, "A: new, hello");
    scene.portal.room.assign("A", "Kim Example").unwrap();
    assert_eq!(handled(&mut changes).await, "A: to IN_PROGRESS, ASSIGNED");
    scene.portal.state("A", There::Problem);
    scene.portal.comment("A", "again");
    assert_eq!(handled(&mut changes).await, "A: again, to PROBLEM");
    // Neither new nor in the history: the request itself was changed.
    scene.portal.edit("A", "It is dark");
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
    assert!(!scene.portal.has_flags("A"));
    let lists = scene.transport.sent("GET", "/requests/");
    assert!(lists.iter().all(|list| list.query() == "acked=false&limit=100&offset=0"));
}

#[tokio::test(start_paused = true)]
async fn what_nobody_has_settled_is_not_acknowledged() {
    let scene = scene().await;
    let mut changes = scene.changes();
    scene.portal.raise("A");
    let held = change(&mut changes).await;
    quiet(&mut changes).await;
    assert!(scene.acks() == 0 && scene.portal.has_flags("A"));
    assert_eq!(held.done().await.unwrap(), Settled::Acknowledged);
    assert_eq!((scene.acks(), scene.portal.has_flags("A")), (1, false));
}

#[tokio::test(start_paused = true)]
async fn what_waits_longest_comes_first_and_what_is_of_one_time_by_id() {
    let scene = scene_of(Emulator::builder().newest_first()).await;
    for id in ["D", "C", "B", "A"] {
        scene.portal.raise(id);
    }
    scene.portal.comment("D", "me, too");
    for id in ["Z", "Y"] {
        scene.portal.room.raise(NewRequest::topic("Parking").with_id(id)).unwrap();
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
async fn it_looks_at_once_and_then_at_every_interval_however_long_handlers_take() {
    for (interval, expected) in [(None, 30), (Some(secs(7)), 7)] {
        let scene = scene().await;
        let mut changes = scene.changes();
        if let Some(interval) = interval {
            changes = changes.with_interval(interval);
        }
        let begin = Instant::now();
        scene.portal.raise("A");
        let change = change(&mut changes).await;
        assert_eq!(begin.elapsed(), Duration::ZERO);
        sleep(secs(3)).await;
        change.done().await.unwrap();
        quiet(&mut changes).await;
        let gaps = scene.transport.gaps("GET", "/requests/");
        assert!(gaps.len() >= 19 && gaps.iter().all(|gap| *gap == secs(expected)), "{gaps:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_interval_of_any_length_can_be_set() {
    let scene = scene().await;
    let mut changes = scene.changes().with_interval(Duration::MAX);
    scene.portal.raise("A");
    change(&mut changes).await.retry();
    quiet(&mut changes).await;
    assert_eq!(scene.lists(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_list_of_any_length_is_read_whole() {
    for count in [0, 1, 99, 100, 101, 200, 250] {
        let scene = scene().await;
        for number in 0..count {
            scene.portal.raise(&format!("A{number:03}"));
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
        made.iter().for_each(|id| scene.portal.raise(id));
        // Each time that a page was read, something comes and something changes, while others are being acknowledged.
        scene.transport.plan("GET", "/requests/", vec![Step::After(secs(2)); 60]);
        for page in 0..30 {
            let (raised, text, changed) = (format!("B{page}"), format!("c{page}"), format!("A{:03}", page * 7));
            made.extend([raised.clone(), text.clone()]);
            scene.portal.after("GET", "/requests/", move |portal| {
                portal.raise(&raised);
                portal.comment(&changed, &text);
            });
        }
        let (mut changes, mut seen, mut settling) = (scene.changes(), BTreeSet::new(), Vec::new());
        while let Ok(Some(change)) = timeout(secs(600), changes.next()).await {
            let change = change.unwrap();
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
        assert!(scene.portal.room.requests().iter().all(|id| !scene.portal.has_flags(id)));
    }
}

#[tokio::test(start_paused = true)]
async fn a_feed_is_a_stream_without_end_that_outlives_its_client_and_can_be_sent() {
    fn sent<T: Send + 'static>(feed: T) -> T {
        feed
    }
    let scene = scene().await;
    let mut changes: Changes = sent(scene.changes());
    scene.portal.raise("A");
    drop(scene.leap);
    let task = tokio::spawn(async move { (handled(&mut changes).await, next(&mut changes).await) });
    assert_eq!(task.await.unwrap(), ("A: new".to_owned(), "nothing".to_owned()));
}
