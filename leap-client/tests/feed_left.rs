//! A change that nobody has dealt with comes again, ever more seldom, and holds up no other.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod common;

use common::*;
use leap_client::{Change, Settled};
use tokio::time::{Instant, sleep};

type Leave = fn(Change);

/// Ways not to deal with a change.
const WAYS: [(&str, Leave); 4] = [
    ("retry", Change::retry),
    ("drop", drop),
    ("done that is never awaited", |change| drop(change.done())),
    ("panic", |change| {
        let handler = tokio::spawn(async move {
            let _change = change;
            panic!("the handler panics, as this test wants it to");
        });
        drop(handler);
    }),
];

#[tokio::test(start_paused = true)]
async fn it_comes_again_after_waits_that_double_up_to_an_hour() {
    for (way, leave) in WAYS {
        let scene = scene().await;
        scene.portal.raise("A");
        let mut changes = scene.changes();
        let (begin, mut waits) = (Instant::now(), Vec::new());
        for attempt in 1..=12 {
            let change = change(&mut changes).await;
            assert_eq!((change.attempt(), change.is_stuck()), (attempt, attempt > 5), "{way}");
            waits.push(begin.elapsed().as_secs() - waits.iter().sum::<u64>());
            leave(change);
            // A spawned handler gets its turn.
            tokio::task::yield_now().await;
        }
        assert_eq!(waits, [0, 30, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600, 3_600, 3_600], "{way}");
        assert!(scene.acks() == 0 && scene.portal.has_flags("A"), "{way}");
        assert_eq!(handled(&mut changes).await, "A: new", "{way}");
    }
}

#[tokio::test(start_paused = true)]
async fn one_that_is_stuck_holds_up_no_other() {
    let scene = scene().await;
    scene.portal.raise("A");
    let mut changes = scene.changes();
    for _ in 0..6 {
        let change = change(&mut changes).await;
        assert_eq!(line(&change), "A: new");
        change.retry();
    }
    for id in ["B", "C"] {
        scene.portal.raise(id);
        let before = Instant::now();
        assert_eq!(handled(&mut changes).await, format!("{id}: new"));
        assert!(before.elapsed() <= secs(30));
    }
}

#[tokio::test(start_paused = true)]
async fn a_new_update_of_it_brings_it_at_once() {
    let scene = scene().await;
    scene.portal.raise("A");
    let mut changes = scene.changes();
    for _ in 0..10 {
        change(&mut changes).await.retry();
    }
    sleep(secs(30)).await;
    scene.portal.comment("A", "hello?");
    let before = Instant::now();
    let change = change(&mut changes).await;
    assert_eq!((line(&change).as_str(), change.attempt()), ("A: new, hello?", 11));
    assert!(before.elapsed() <= secs(30));
    // It is the same request, so it goes on waiting as long if it is left again.
    change.retry();
    assert_eq!(next(&mut changes).await, "nothing");
}

#[tokio::test(start_paused = true)]
async fn what_was_settled_begins_anew_whoever_acknowledged_it() {
    for by_another in [false, true] {
        let scene = scene().await;
        scene.portal.raise("A");
        let mut changes = scene.changes();
        change(&mut changes).await.retry();
        let again = change(&mut changes).await;
        assert_eq!(again.attempt(), 2);
        if by_another {
            again.retry();
            client(&scene.emulator).0.requests().acknowledge(["A"]).await.unwrap();
        } else {
            assert_eq!(again.done().await.unwrap(), Settled::Acknowledged);
        }
        quiet(&mut changes).await;
        scene.portal.comment("A", "one more thing");
        let change = change(&mut changes).await;
        assert_eq!((line(&change).as_str(), change.attempt()), ("A: new, one more thing", 1));
    }
}

#[tokio::test(start_paused = true)]
async fn a_store_that_can_not_keep_an_entry_keeps_the_change_from_being_acknowledged() {
    let scene = scene().await;
    let mut store = Troubled::new(scene.store.clone());
    store.save = FaultyStore::failing();
    let mut changes = scene.leap.requests().changes(store.clone());
    scene.portal.raise("A");
    let error = change(&mut changes).await.done().await.unwrap_err();
    let said = (error.kind().to_string(), error.operation(), error.report().contains("the disk is full"));
    assert_eq!(said, ("config".to_owned(), "leap.requests.changes", true), "{error}");
    assert!(scene.acks() == 0 && scene.portal.has_flags("A"));
    let again = change(&mut changes).await;
    assert_eq!(again.attempt(), 2);
    store.save.repair();
    assert_eq!(again.done().await.unwrap(), Settled::Acknowledged);
    quiet(&mut changes).await;
}

#[tokio::test(start_paused = true)]
async fn a_store_that_can_not_forget_an_entry_delivers_nothing_twice() {
    let scene = scene().await;
    let mut store = Troubled::new(scene.store.clone());
    store.remove = FaultyStore::failing();
    scene.portal.raise("A");
    let mut changes = scene.leap.requests().changes(store.clone());
    assert_eq!(handled(&mut changes).await, "A: new");
    quiet(&mut changes).await;
    scene.portal.comment("A", "more");
    assert_eq!(handled(&mut changes).await, "A: new, more");
    let mut restarted = scene.leap.requests().changes(store);
    quiet(&mut restarted).await;
}
