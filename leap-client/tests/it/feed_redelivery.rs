//! What is delivered again: changes that an acknowledgement hid, since it names no version, and changes that were
//! deferred.

use crate::support::scene::*;
use leap_client::{Change, ChangeStore, Settled};
use std::time::Duration;
use tokio::time::{Instant, sleep};

const ACK: &str = "/requests/acked";

type Act = fn(&World);

/// What happens to A, and the late change that it causes.
const ACTS: [(Act, &str); 5] = [
    (|world| world.comment("A", "wait"), "A: late, new, wait"),
    (|world| world.state("A", EmulatorState::Problem), "A: late, to PROBLEM"),
    (|world| world.controller.assign("A", "Kim Example").unwrap(), "A: late, to IN_PROGRESS, ASSIGNED"),
    (|world| world.edit("A", "It is dark"), "A: late, new"),
    // In the same millisecond and with the same words as something that was seen.
    (|world| world.controller.comment("A", "Jo Example", "hello").unwrap(), "A: late, new, hello"),
];

/// A, with a comment, delivered and not settled.
async fn delivered() -> (Scene, leap_client::Changes, leap_client::Change) {
    let scene = crate::support::scene::scene().await;
    scene.world.raise("A");
    scene.world.comment("A", "hello");
    let mut changes = scene.changes();
    let first = change(&mut changes).await;
    assert_eq!((line(&first).as_str(), first.is_late()), ("A: new, hello", false));
    (scene, changes, first)
}

/// Everything is acknowledged and nothing kept.
async fn at_rest(scene: &Scene) -> bool {
    !scene.world.has_flags("A") && scene.store.load().await.unwrap().is_empty()
}

#[tokio::test(start_paused = true)]
async fn a_change_before_the_acknowledgement_prevents_it() {
    for (act, late) in ACTS {
        let (scene, mut changes, first) = delivered().await;
        act(&scene.world);
        assert_eq!((first.done().await.unwrap(), scene.acks()), (Settled::ChangedSince, 0), "{late}");
        // Nothing was acknowledged, so all of it is delivered again.
        assert_eq!((handled(&mut changes).await, scene.acks()), (format!("{late}, hello"), 1));
        quiet(&mut changes).await;
        assert!(at_rest(&scene).await, "{late}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_change_that_was_acknowledged_unseen_is_delivered() {
    for (act, late) in ACTS {
        let (scene, mut changes, first) = delivered().await;
        scene.world.before("POST", ACK, act);
        assert_eq!(first.done().await.unwrap(), Settled::ChangedSince, "{late}");
        assert!(!scene.world.has_flags("A"));
        let change = change(&mut changes).await;
        assert_eq!((line(&change).as_str(), change.is_late()), (late, true));
        // It is acknowledged already.
        assert_eq!((change.done().await.unwrap(), scene.acks()), (Settled::Acknowledged, 1), "{late}");
        quiet(&mut changes).await;
        assert!(at_rest(&scene).await, "{late}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_change_after_the_acknowledgement_is_delivered_by_itself() {
    for (act, late) in ACTS {
        let (scene, mut changes, first) = delivered().await;
        scene.world.after("POST", ACK, act);
        assert_eq!((first.done().await.unwrap(), scene.acks()), (Settled::ChangedSince, 1), "{late}");
        assert_eq!((handled(&mut changes).await.as_str(), scene.acks()), (late, 2));
        quiet(&mut changes).await;
        assert!(at_rest(&scene).await, "{late}");
    }
}

#[tokio::test(start_paused = true)]
async fn late_changes_can_follow_each_other() {
    let (scene, mut changes, first) = delivered().await;
    scene.world.before("POST", ACK, |world| world.comment("A", "1"));
    first.done().await.unwrap();
    let second = change(&mut changes).await;
    assert_eq!(line(&second), "A: late, new, 1");
    scene.world.comment("A", "2");
    scene.world.before("POST", ACK, |world| world.comment("A", "3"));
    assert_eq!(second.done().await.unwrap(), Settled::ChangedSince);
    let third = settled(&mut changes).await;
    assert_eq!(third, ("A: late, new, 2".to_owned(), Settled::ChangedSince));
    assert_eq!(handled(&mut changes).await, "A: late, new, 3");
    assert!(at_rest(&scene).await);
}

#[tokio::test(start_paused = true)]
async fn a_late_change_does_not_wait_for_the_next_poll() {
    let (scene, mut changes, first) = delivered().await;
    scene.world.before("POST", ACK, |world| world.comment("A", "wait"));
    let begin = Instant::now();
    let settling = tokio::spawn(async move {
        sleep(Duration::from_millis(12_345)).await;
        first.done().await.unwrap()
    });
    assert_eq!(
        (handled(&mut changes).await.as_str(), begin.elapsed()),
        ("A: late, new, wait", Duration::from_millis(12_345))
    );
    assert_eq!((settling.await.unwrap(), scene.lists()), (Settled::ChangedSince, 1));
}

#[tokio::test(start_paused = true)]
async fn a_deferred_late_change_is_delivered_again_even_after_a_restart() {
    for restart in [false, true] {
        let (scene, mut changes, first) = delivered().await;
        scene.world.before("POST", ACK, |world| world.comment("A", "wait"));
        first.done().await.unwrap();
        let late = change(&mut changes).await;
        assert_eq!(scene.store.load().await.unwrap().len(), 1);
        late.retry();
        if restart {
            changes = scene.changes();
        }
        let again = change(&mut changes).await;
        assert_eq!((line(&again).as_str(), again.attempt()), ("A: late, new, wait", if restart { 1 } else { 2 }));
        again.retry();
        let third = change(&mut changes).await;
        assert_eq!(line(&third), "A: late, new, wait");
        assert_eq!(third.done().await.unwrap(), Settled::Acknowledged);
        quiet(&mut changes).await;
        assert!(at_rest(&scene).await && scene.acks() == 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_that_counts_an_acknowledgement_as_an_update_costs_one_delivery() {
    let scene = scene_of(Emulator::builder().acknowledge_touches()).await;
    let mut changes = scene.changes();
    for text in ["hello", "again"] {
        if text == "hello" {
            scene.world.raise("A");
        }
        scene.world.comment("A", text);
        scene.world.clock.advance(secs(1));
        assert_eq!(settled(&mut changes).await, (format!("A: new, {text}"), Settled::ChangedSince));
        assert_eq!(settled(&mut changes).await, ("A: late, new".to_owned(), Settled::Acknowledged));
        quiet(&mut changes).await;
    }
    assert!(scene.acks() == 2 && at_rest(&scene).await);
}

#[tokio::test(start_paused = true)]
async fn a_dropped_feed_leaves_a_late_change_to_the_next_one() {
    let (scene, changes, first) = delivered().await;
    drop(changes);
    scene.world.before("POST", ACK, |world| world.comment("A", "wait"));
    assert_eq!(first.done().await.unwrap(), Settled::ChangedSince);
    assert_eq!(handled(&mut scene.changes()).await, "A: late, new, wait");
    assert!(at_rest(&scene).await);
}

type Leave = fn(Change);

/// Ways not to settle a change.
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
async fn a_deferred_change_is_delivered_again_with_a_backoff_of_up_to_an_hour() {
    for (way, leave) in WAYS {
        let scene = scene().await;
        scene.world.raise("A");
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
        assert!(scene.acks() == 0 && scene.world.has_flags("A"), "{way}");
        assert_eq!(handled(&mut changes).await, "A: new", "{way}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_stuck_change_blocks_no_other() {
    let scene = scene().await;
    scene.world.raise("A");
    let mut changes = scene.changes();
    for _ in 0..6 {
        let change = change(&mut changes).await;
        assert_eq!(line(&change), "A: new");
        change.retry();
    }
    for id in ["B", "C"] {
        scene.world.raise(id);
        let before = Instant::now();
        assert_eq!(handled(&mut changes).await, format!("{id}: new"));
        assert!(before.elapsed() <= secs(30));
    }
}

#[tokio::test(start_paused = true)]
async fn a_new_update_ends_the_backoff() {
    let scene = scene().await;
    scene.world.raise("A");
    let mut changes = scene.changes();
    for _ in 0..10 {
        change(&mut changes).await.retry();
    }
    sleep(secs(30)).await;
    scene.world.comment("A", "hello?");
    let before = Instant::now();
    let change = change(&mut changes).await;
    assert_eq!((line(&change).as_str(), change.attempt()), ("A: new, hello?", 11));
    assert!(before.elapsed() <= secs(30));
    // It is the same request, so it goes on waiting as long if it is left again.
    change.retry();
    assert_eq!(next(&mut changes).await, "nothing");
}

#[tokio::test(start_paused = true)]
async fn the_count_of_deliveries_starts_again_after_an_acknowledgement() {
    for by_another in [false, true] {
        let scene = scene().await;
        scene.world.raise("A");
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
        scene.world.comment("A", "one more thing");
        let change = change(&mut changes).await;
        assert_eq!((line(&change).as_str(), change.attempt()), ("A: new, one more thing", 1));
    }
}

#[tokio::test(start_paused = true)]
async fn a_failed_save_prevents_the_acknowledgement() {
    let scene = scene().await;
    let mut store = FaultyChangeStore::new(scene.store.clone());
    store.save = FaultyStore::failing();
    let mut changes = scene.leap.requests().changes(store.clone());
    scene.world.raise("A");
    let error = change(&mut changes).await.done().await.unwrap_err();
    let said = (error.kind().to_string(), error.operation(), error.report().contains("the disk is full"));
    assert_eq!(said, ("config".to_owned(), "leap.requests.changes", true), "{error}");
    assert!(scene.acks() == 0 && scene.world.has_flags("A"));
    let again = change(&mut changes).await;
    assert_eq!(again.attempt(), 2);
    store.save.repair();
    assert_eq!(again.done().await.unwrap(), Settled::Acknowledged);
    quiet(&mut changes).await;
}

#[tokio::test(start_paused = true)]
async fn a_failed_remove_delivers_nothing_twice() {
    let scene = scene().await;
    let mut store = FaultyChangeStore::new(scene.store.clone());
    store.remove = FaultyStore::failing();
    scene.world.raise("A");
    let mut changes = scene.leap.requests().changes(store.clone());
    assert_eq!(handled(&mut changes).await, "A: new");
    quiet(&mut changes).await;
    scene.world.comment("A", "more");
    assert_eq!(handled(&mut changes).await, "A: new, more");
    let mut restarted = scene.leap.requests().changes(store);
    quiet(&mut restarted).await;
}
