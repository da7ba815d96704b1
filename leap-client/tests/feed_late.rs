//! An acknowledgement names no version of a request. Whatever it swallows unseen is delivered all the same.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod common;

use common::*;
use leap_client::{ChangeStore, Settled};
use std::time::Duration;
use tokio::time::{Instant, sleep};

const ACK: &str = "/requests/acked";

type Act = fn(&Portal);

/// What happens to A, and how a late change tells it.
const ACTS: [(Act, &str); 5] = [
    (|portal| portal.comment("A", "wait"), "A: late, new, wait"),
    (|portal| portal.state("A", There::Problem), "A: late, to PROBLEM"),
    (|portal| portal.room.assign("A", "Kim Example").unwrap(), "A: late, to IN_PROGRESS, ASSIGNED"),
    (|portal| portal.edit("A", "It is dark"), "A: late, new"),
    // In the same millisecond and with the same words as something that was seen.
    (|portal| portal.room.comment("A", "Jo Example", "hello").unwrap(), "A: late, new, hello"),
];

/// A, with a comment, delivered and not settled.
async fn scene() -> (Scene, leap_client::Changes, leap_client::Change) {
    let scene = common::scene().await;
    scene.portal.raise("A");
    scene.portal.comment("A", "hello");
    let mut changes = scene.changes();
    let first = change(&mut changes).await;
    assert_eq!((line(&first).as_str(), first.is_late()), ("A: new, hello", false));
    (scene, changes, first)
}

/// Everything is acknowledged and nothing kept.
async fn at_rest(scene: &Scene) -> bool {
    !scene.portal.has_flags("A") && scene.store.load().await.unwrap().is_empty()
}

#[tokio::test(start_paused = true)]
async fn what_comes_before_the_acknowledgement_is_seen_and_nothing_acknowledged_for_it() {
    for (act, late) in ACTS {
        let (scene, mut changes, first) = scene().await;
        act(&scene.portal);
        assert_eq!((first.done().await.unwrap(), scene.acks()), (Settled::ChangedSince, 0), "{late}");
        // Nothing was acknowledged, so all of it is told again.
        assert_eq!((handled(&mut changes).await, scene.acks()), (format!("{late}, hello"), 1));
        quiet(&mut changes).await;
        assert!(at_rest(&scene).await, "{late}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_an_acknowledgement_swallows_is_delivered_though_no_flag_tells_of_it() {
    for (act, late) in ACTS {
        let (scene, mut changes, first) = scene().await;
        scene.portal.before("POST", ACK, act);
        assert_eq!(first.done().await.unwrap(), Settled::ChangedSince, "{late}");
        assert!(!scene.portal.has_flags("A"));
        let change = change(&mut changes).await;
        assert_eq!((line(&change).as_str(), change.is_late()), (late, true));
        // It is acknowledged already.
        assert_eq!((change.done().await.unwrap(), scene.acks()), (Settled::Acknowledged, 1), "{late}");
        quiet(&mut changes).await;
        assert!(at_rest(&scene).await, "{late}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_comes_after_the_acknowledgement_is_delivered_and_acknowledged_by_itself() {
    for (act, late) in ACTS {
        let (scene, mut changes, first) = scene().await;
        scene.portal.after("POST", ACK, act);
        assert_eq!((first.done().await.unwrap(), scene.acks()), (Settled::ChangedSince, 1), "{late}");
        assert_eq!((handled(&mut changes).await.as_str(), scene.acks()), (late, 2));
        quiet(&mut changes).await;
        assert!(at_rest(&scene).await, "{late}");
    }
}

#[tokio::test(start_paused = true)]
async fn late_changes_can_follow_each_other() {
    let (scene, mut changes, first) = scene().await;
    scene.portal.before("POST", ACK, |portal| portal.comment("A", "1"));
    first.done().await.unwrap();
    let second = change(&mut changes).await;
    assert_eq!(line(&second), "A: late, new, 1");
    scene.portal.comment("A", "2");
    scene.portal.before("POST", ACK, |portal| portal.comment("A", "3"));
    assert_eq!(second.done().await.unwrap(), Settled::ChangedSince);
    let third = settled(&mut changes).await;
    assert_eq!(third, ("A: late, new, 2".to_owned(), Settled::ChangedSince));
    assert_eq!(handled(&mut changes).await, "A: late, new, 3");
    assert!(at_rest(&scene).await);
}

#[tokio::test(start_paused = true)]
async fn a_late_change_does_not_wait_for_the_next_pass() {
    let (scene, mut changes, first) = scene().await;
    scene.portal.before("POST", ACK, |portal| portal.comment("A", "wait"));
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
async fn a_late_change_that_is_left_comes_again_even_after_a_restart() {
    for restart in [false, true] {
        let (scene, mut changes, first) = scene().await;
        scene.portal.before("POST", ACK, |portal| portal.comment("A", "wait"));
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
async fn a_server_that_takes_an_acknowledgement_for_an_update_costs_one_delivery_and_no_more() {
    let scene = scene_of(Emulator::builder().acknowledge_touches()).await;
    let mut changes = scene.changes();
    for text in ["hello", "again"] {
        if text == "hello" {
            scene.portal.raise("A");
        }
        scene.portal.comment("A", text);
        scene.portal.clock.advance(secs(1));
        assert_eq!(settled(&mut changes).await, (format!("A: new, {text}"), Settled::ChangedSince));
        assert_eq!(settled(&mut changes).await, ("A: late, new".to_owned(), Settled::Acknowledged));
        quiet(&mut changes).await;
    }
    assert!(scene.acks() == 2 && at_rest(&scene).await);
}

#[tokio::test(start_paused = true)]
async fn a_feed_that_is_gone_leaves_a_late_change_to_the_next_one() {
    let (scene, changes, first) = scene().await;
    drop(changes);
    scene.portal.before("POST", ACK, |portal| portal.comment("A", "wait"));
    assert_eq!(first.done().await.unwrap(), Settled::ChangedSince);
    assert_eq!(handled(&mut scene.changes()).await, "A: late, new, wait");
    assert!(at_rest(&scene).await);
}
