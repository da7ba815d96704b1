//! Where nobody knows whether an acknowledgement was done, the request itself is asked, and nothing is repeated blindly.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod common;

use common::*;
use leap_client::{Change, ChangeStore, Changes, Kind, Outcome, Settled};
use std::time::Duration;

const ACK: &str = "/requests/acked";

/// Failures that leave the caller in the dark, and whether the server has done it.
fn dark() -> [(Step, bool); 9] {
    [
        (Step::AnswerLost, true),
        (Step::Cut, true),
        (Step::After(secs(20)), true),
        (Step::edited(|answer| answer.body = "<!doctype html><html>sign in</html>".into()), true),
        (Step::edited(|answer| answer.status = 502.try_into().unwrap()), true),
        (Step::Lost, false),
        (Step::Silence, false),
        (Step::Answer(503, "{}"), false),
        (Step::Answer(500, ""), false),
    ]
}

async fn delivered() -> (Scene, Changes, Change) {
    let scene = scene().await;
    scene.portal.raise("A");
    let mut changes = scene.changes();
    let first = change(&mut changes).await;
    (scene, changes, first)
}

/// Between two acknowledgements, and after the last, the request was read.
fn each_is_followed_by_a_reading(scene: &Scene) -> bool {
    let lines: Vec<_> = scene.transport.all().iter().map(|sent| sent.line()).collect();
    lines.split(|line| line.starts_with("POST")).skip(1).all(|between| between.iter().any(|line| line.ends_with("/A")))
}

#[tokio::test(start_paused = true)]
async fn one_that_was_done_is_not_sent_again_and_one_that_was_not_is() {
    for (step, done) in dark() {
        let (scene, mut changes, first) = delivered().await;
        let name = format!("{step:?}");
        scene.transport.plan("POST", ACK, [step]);
        assert_eq!(first.done().await.unwrap(), Settled::Acknowledged, "{name}");
        assert_eq!(scene.acks(), if done { 1 } else { 2 }, "{name}");
        assert!(each_is_followed_by_a_reading(&scene), "{name}");
        quiet(&mut changes).await;
        assert!(!scene.portal.has_flags("A") && scene.store.load().await.unwrap().is_empty(), "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn one_that_was_not_done_is_not_sent_again_if_something_has_changed() {
    for (step, done) in dark() {
        for before in [true, false] {
            let (scene, mut changes, first) = delivered().await;
            let name = format!("{step:?}, before {before}");
            if done && before {
                scene.portal.before("POST", ACK, |portal| portal.comment("A", "wait"));
            } else if done {
                scene.portal.after("POST", ACK, |portal| portal.comment("A", "wait"));
            } else {
                // The server never hears of the acknowledgement. The comment comes right after the reading before it.
                scene.portal.after("GET", "/A", |portal| portal.comment("A", "wait"));
            }
            scene.transport.plan("POST", ACK, [step.clone()]);
            assert_eq!(first.done().await.unwrap(), Settled::ChangedSince, "{name}");
            assert_eq!(scene.acks(), 1, "{name}");
            let wanted = scene.acks() + usize::from(scene.portal.has_flags("A"));
            assert_eq!(handled(&mut changes).await, "A: late, new, wait", "{name}");
            assert_eq!(scene.acks(), wanted, "{name}");
            quiet(&mut changes).await;
            assert!(each_is_followed_by_a_reading(&scene) && !scene.portal.has_flags("A"), "{name}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn one_that_arrives_after_all_swallows_nothing_unseen() {
    for (step, restart) in [(Step::Lost, false), (Step::Silence, false), (Step::Lost, true)] {
        let (scene, mut changes, first) = delivered().await;
        scene.transport.plan("POST", ACK, [step]);
        assert_eq!((first.done().await.unwrap(), scene.acks()), (Settled::Acknowledged, 2));
        // The first of the two was under way all the time, and arrives when something else has come.
        scene.portal.comment("A", "wait");
        client(&scene.emulator).0.requests().acknowledge(["A"]).await.unwrap();
        if restart {
            changes = scene.changes();
        }
        assert_eq!(handled(&mut changes).await, "A: late, new, wait");
        quiet(&mut changes).await;
        assert!(scene.acks() == 2 && scene.store.load().await.unwrap().is_empty());
    }
}

#[tokio::test(start_paused = true)]
async fn where_the_server_can_not_be_asked_afterwards_a_later_pass_asks() {
    for swallowed in [false, true] {
        let (scene, mut changes, first) = delivered().await;
        if swallowed {
            scene.portal.before("POST", ACK, |portal| portal.comment("A", "wait"));
        }
        // One reading before the acknowledgement, and then an outage.
        let mut readings = vec![Step::Answer(503, "{}"); 10];
        readings[0] = Step::Pass;
        scene.transport.plan("GET", "/A", readings);
        let error = first.done().await.unwrap_err();
        assert_eq!((error.status().unwrap().as_u16(), scene.acks()), (503, 1));
        assert_eq!(scene.store.load().await.unwrap().len(), 1);
        let mut told = Vec::new();
        loop {
            match next(&mut changes).await.as_str() {
                "nothing" => break,
                news => told.push(news.to_owned()),
            }
        }
        told.dedup();
        let mut wanted = vec!["error api"];
        wanted.extend(swallowed.then_some("A: late, new, wait"));
        assert_eq!((told, scene.acks()), (wanted.into_iter().map(str::to_owned).collect(), 1));
    }
}

#[tokio::test(start_paused = true)]
async fn a_refusal_is_an_error_and_the_change_comes_again() {
    for status in [400, 401, 403, 409, 429] {
        let (scene, mut changes, first) = delivered().await;
        scene.transport.plan("POST", ACK, vec![Step::Answer(status, ""); 3]);
        let error = first.done().await.unwrap_err();
        assert_eq!(
            (error.kind(), error.outcome(), error.status().unwrap().as_u16()),
            (Kind::Api, Outcome::Refused, status)
        );
        let refused = if status == 429 { 3 } else { 1 };
        assert_eq!((scene.acks(), scene.portal.has_flags("A")), (refused, true));
        scene.transport.plan("POST", ACK, [Step::Pass]);
        let mut again = change(&mut changes).await;
        while again.done().await.is_err() {
            again = change(&mut changes).await;
        }
        assert!(!scene.portal.has_flags("A"));
        quiet(&mut changes).await;
        assert!(scene.store.load().await.unwrap().is_empty());
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_that_hears_and_does_nothing_is_told_of_and_not_asked_for_ever() {
    let (scene, mut changes, first) = delivered().await;
    scene.transport.plan("POST", ACK, [Step::Answer(200, ""), Step::Answer(200, "")]);
    let error = first.done().await.unwrap_err();
    assert_eq!((error.outcome(), error.operation(), scene.acks()), (Outcome::Unknown, "leap.requests.changes", 2));
    assert!(error.to_string().contains("still shows"), "{error}");
    assert_eq!((handled(&mut changes).await.as_str(), scene.acks()), ("A: new", 3));
    quiet(&mut changes).await;
}

#[tokio::test(start_paused = true)]
async fn what_another_system_acknowledges_meanwhile_is_not_acknowledged_again() {
    for (comment, settled, late) in
        [(false, Settled::Acknowledged, None), (true, Settled::ChangedSince, Some("A: late, new, wait"))]
    {
        let (scene, mut changes, first) = delivered().await;
        let other = client(&scene.emulator).0;
        if comment {
            scene.portal.comment("A", "wait");
        }
        other.requests().acknowledge(["A"]).await.unwrap();
        assert_eq!((first.done().await.unwrap(), scene.acks()), (settled, 0));
        // The other system may have seen it or not: this one has not.
        if let Some(late) = late {
            assert_eq!(handled(&mut changes).await, late);
        }
        quiet(&mut changes).await;
        assert!(scene.acks() == 0 && scene.store.load().await.unwrap().is_empty());
    }
    // Between the list and the reading: there is nothing left to deliver.
    let scene = scene().await;
    scene.portal.raise("A");
    scene.transport.plan("GET", "/requests/", [Step::After(secs(1))]);
    let other = client(&scene.emulator).0;
    let mut changes = scene.changes();
    let acknowledging = async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        other.requests().acknowledge(["A"]).await.unwrap();
    };
    tokio::join!(acknowledging, quiet(&mut changes));
    assert_eq!((scene.reads("A"), scene.acks()), (1, 0));
}

#[tokio::test(start_paused = true)]
async fn a_request_that_vanishes_at_any_step_ends_quietly() {
    // Before its first, second and third reading.
    for (readings, posts, delivered) in [(1, 0, false), (2, 0, true), (3, 1, true)] {
        let scene = scene().await;
        scene.portal.raise("A");
        for _ in 1..readings {
            scene.portal.before("GET", "/A", |_| ());
        }
        scene.portal.before("GET", "/A", |portal| portal.vanish("A"));
        let mut changes = scene.changes();
        if delivered {
            assert_eq!(settled(&mut changes).await, ("A: new".to_owned(), Settled::Vanished));
        }
        quiet(&mut changes).await;
        assert!(scene.acks() == posts && scene.store.load().await.unwrap().is_empty());
    }
    // Before its acknowledgement, which is answered by 404.
    let (scene, mut changes, first) = self::delivered().await;
    scene.portal.before("POST", ACK, |portal| portal.vanish("A"));
    assert_eq!((first.done().await.unwrap(), scene.acks()), (Settled::Vanished, 1));
    quiet(&mut changes).await;
    assert!(scene.store.load().await.unwrap().is_empty());
}
