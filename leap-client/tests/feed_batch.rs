//! Many changes are acknowledged with few requests, and each of them as safely as one alone.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod common;

use common::*;
use leap_client::{Change, ChangeStore, Changes, Error, Settled};

const ACK: &str = "/requests/acked";

/// Requests A000, A001 …, delivered and not settled.
async fn delivered(scene: &Scene, count: usize) -> (Changes, Vec<Change>) {
    for number in 0..count {
        scene.portal.raise(&name(number));
    }
    let (mut changes, mut out) = (scene.changes(), Vec::new());
    for _ in 0..count {
        out.push(change(&mut changes).await);
    }
    (changes, out)
}

fn name(number: usize) -> String {
    format!("A{number:03}")
}

/// How many requests each acknowledgement named.
fn sizes(scene: &Scene) -> Vec<usize> {
    scene.transport.sent("POST", ACK).iter().map(|ack| ack.text().matches("<acknowledgement>").count()).collect()
}

fn words(verdicts: Vec<Result<Settled, Error>>) -> Vec<String> {
    let word = |verdict: Result<Settled, Error>| match verdict {
        Ok(settled) => format!("{settled:?}"),
        Err(error) => format!("error {}", error.status().map_or(0, |status| status.as_u16())),
    };
    verdicts.into_iter().map(word).collect()
}

#[tokio::test(start_paused = true)]
async fn fifty_go_into_one_request() {
    for (count, expected) in [(0, vec![]), (1, vec![1]), (50, vec![50]), (51, vec![50, 1]), (120, vec![50, 50, 20])] {
        let scene = scene().await;
        let (mut changes, out) = delivered(&scene, count).await;
        assert_eq!(words(Change::done_all(out).await), vec!["Acknowledged"; count]);
        assert_eq!(sizes(&scene), expected);
        assert!((0..count).all(|number| !scene.portal.has_flags(&name(number))));
        quiet(&mut changes).await;
        assert!(scene.store.load().await.unwrap().is_empty());
    }
}

#[tokio::test(start_paused = true)]
async fn one_that_is_gone_does_not_keep_the_others_from_being_acknowledged() {
    for (partially, count, expected) in [
        (false, 8, vec![8, 4, 4, 2, 1, 1, 2]),
        (true, 8, vec![8, 4, 4, 2, 1, 1, 2]),
        (false, 7, vec![7, 3, 4, 2, 2, 1, 1]),
    ] {
        let emulator = Emulator::builder();
        let scene = scene_of(if partially { emulator.acknowledge_partially() } else { emulator }).await;
        let (mut changes, out) = delivered(&scene, count).await;
        // It vanishes after the last look at it.
        scene.portal.before("POST", ACK, |portal| portal.vanish("A005"));
        let mut wanted = vec!["Acknowledged"; count];
        wanted[5] = "Vanished";
        assert_eq!(words(Change::done_all(out).await), wanted);
        assert_eq!(sizes(&scene), expected);
        quiet(&mut changes).await;
        assert!((0..count).all(|number| number == 5 || !scene.portal.has_flags(&name(number))));
        assert!(scene.store.load().await.unwrap().is_empty());
    }
}

#[tokio::test(start_paused = true)]
async fn each_has_its_own_end_in_the_order_given() {
    let scene = scene().await;
    let (mut changes, mut out) = delivered(&scene, 6).await;
    // Since they were delivered, and while they are acknowledged.
    scene.portal.comment("A000", "before");
    scene.portal.vanish("A001");
    client(&scene.emulator).0.requests().acknowledge(["A002"]).await.unwrap();
    scene.portal.before("POST", ACK, |portal| portal.comment("A003", "swallowed"));
    scene.portal.after("POST", ACK, |portal| portal.comment("A004", "after"));
    out.reverse();
    let mut wanted = ["ChangedSince", "Vanished", "Acknowledged", "ChangedSince", "ChangedSince", "Acknowledged"];
    wanted.reverse();
    assert_eq!(words(Change::done_all(out).await), wanted);
    assert_eq!(sizes(&scene), [3]);
    let mut late = Vec::new();
    for _ in 0..3 {
        late.push(handled(&mut changes).await);
    }
    late.sort();
    assert_eq!(late, ["A000: late, new, before", "A003: late, new, swallowed", "A004: late, new, after"]);
    quiet(&mut changes).await;
    // Nothing of A003's was left to acknowledge.
    assert_eq!(sizes(&scene), [3, 1, 1]);
}

#[tokio::test(start_paused = true)]
async fn where_nobody_knows_each_is_asked_after_and_repeated_by_itself() {
    for (step, done) in [(Step::AnswerLost, true), (Step::Lost, false), (Step::Answer(503, "{}"), false)] {
        let scene = scene().await;
        let (mut changes, out) = delivered(&scene, 3).await;
        scene.transport.plan("POST", ACK, [step]);
        scene.portal.after("GET", "/A001", |portal| portal.comment("A001", "wait"));
        let verdicts = words(Change::done_all(out).await);
        assert_eq!(verdicts, ["Acknowledged", "ChangedSince", "Acknowledged"]);
        assert_eq!(sizes(&scene), if done { vec![3] } else { vec![3, 1, 1] });
        assert!(handled(&mut changes).await.ends_with("A001: late, new, wait".split_at(1).1));
        quiet(&mut changes).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_refused_batch_is_an_error_of_each_and_all_come_again() {
    let scene = scene().await;
    let (mut changes, out) = delivered(&scene, 3).await;
    scene.transport.plan("POST", ACK, [Step::Answer(403, "")]);
    assert_eq!(words(Change::done_all(out).await), ["error 403"; 3]);
    assert_eq!(sizes(&scene), [3]);
    for number in 0..3 {
        assert_eq!(handled(&mut changes).await, format!("{}: new", name(number)));
    }
    quiet(&mut changes).await;
    assert!(scene.store.load().await.unwrap().is_empty());
}
