//! If the outcome of an acknowledgement is unknown, the request is read back, and nothing is repeated blindly; a batch
//! is as safe as single acknowledgements.

use crate::support::scene::*;
use leap_client::{Change, ChangeStore, Changes, Error, Kind, Outcome, Settled};
use std::time::Duration;

const ACK: &str = "/requests/acked";

/// Failures after which the outcome is unknown, and whether the server has done it.
fn unknown_outcomes() -> [(Step, bool); 9] {
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
    scene.world.raise("A");
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
async fn it_is_repeated_only_if_the_server_did_not_carry_it_out() {
    for (step, done) in unknown_outcomes() {
        let (scene, mut changes, first) = delivered().await;
        let name = format!("{step:?}");
        scene.transport.plan("POST", ACK, [step]);
        assert_eq!(first.done().await.unwrap(), Settled::Acknowledged, "{name}");
        assert_eq!(scene.acks(), if done { 1 } else { 2 }, "{name}");
        assert!(each_is_followed_by_a_reading(&scene), "{name}");
        quiet(&mut changes).await;
        assert!(!scene.world.has_flags("A") && scene.store.load().await.unwrap().is_empty(), "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn it_is_not_repeated_if_the_request_has_changed() {
    for (step, done) in unknown_outcomes() {
        for before in [true, false] {
            let (scene, mut changes, first) = delivered().await;
            let name = format!("{step:?}, before {before}");
            if done && before {
                scene.world.before("POST", ACK, |world| world.comment("A", "wait"));
            } else if done {
                scene.world.after("POST", ACK, |world| world.comment("A", "wait"));
            } else {
                // The server never hears of the acknowledgement. The comment comes right after the reading before it.
                scene.world.after("GET", "/A", |world| world.comment("A", "wait"));
            }
            scene.transport.plan("POST", ACK, [step.clone()]);
            assert_eq!(first.done().await.unwrap(), Settled::ChangedSince, "{name}");
            assert_eq!(scene.acks(), 1, "{name}");
            let wanted = scene.acks() + usize::from(scene.world.has_flags("A"));
            assert_eq!(handled(&mut changes).await, "A: late, new, wait", "{name}");
            assert_eq!(scene.acks(), wanted, "{name}");
            quiet(&mut changes).await;
            assert!(each_is_followed_by_a_reading(&scene) && !scene.world.has_flags("A"), "{name}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn one_that_arrives_late_hides_no_change() {
    for (step, restart) in [(Step::Lost, false), (Step::Silence, false), (Step::Lost, true)] {
        let (scene, mut changes, first) = delivered().await;
        scene.transport.plan("POST", ACK, [step]);
        assert_eq!((first.done().await.unwrap(), scene.acks()), (Settled::Acknowledged, 2));
        // The first of the two was under way all the time, and arrives when something else has come.
        scene.world.comment("A", "wait");
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
async fn an_acknowledgement_that_could_not_be_read_back_is_verified_by_a_later_poll() {
    for swallowed in [false, true] {
        let (scene, mut changes, first) = delivered().await;
        if swallowed {
            scene.world.before("POST", ACK, |world| world.comment("A", "wait"));
        }
        // One reading before the acknowledgement, and then an outage.
        let mut readings = vec![Step::Answer(503, "{}"); 10];
        readings[0] = Step::Pass;
        scene.transport.plan("GET", "/A", readings);
        let error = first.done().await.unwrap_err();
        assert_eq!((error.status().unwrap().as_u16(), scene.acks()), (503, 1));
        assert_eq!(scene.store.load().await.unwrap().len(), 1);
        let mut reported = Vec::new();
        loop {
            match next(&mut changes).await.as_str() {
                "nothing" => break,
                news => reported.push(news.to_owned()),
            }
        }
        reported.dedup();
        let mut wanted = vec!["error api"];
        wanted.extend(swallowed.then_some("A: late, new, wait"));
        assert_eq!((reported, scene.acks()), (wanted.into_iter().map(str::to_owned).collect(), 1));
    }
}

#[tokio::test(start_paused = true)]
async fn a_refusal_is_an_error_and_the_change_is_delivered_again() {
    for status in [400, 401, 403, 409, 429] {
        let (scene, mut changes, first) = delivered().await;
        scene.transport.plan("POST", ACK, vec![Step::Answer(status, ""); 3]);
        let error = first.done().await.unwrap_err();
        assert_eq!(
            (error.kind(), error.outcome(), error.status().unwrap().as_u16()),
            (Kind::Api, Outcome::Refused, status)
        );
        let refused = if status == 429 { 3 } else { 1 };
        assert_eq!((scene.acks(), scene.world.has_flags("A")), (refused, true));
        scene.transport.plan("POST", ACK, [Step::Pass]);
        let mut again = change(&mut changes).await;
        while again.done().await.is_err() {
            again = change(&mut changes).await;
        }
        assert!(!scene.world.has_flags("A"));
        quiet(&mut changes).await;
        assert!(scene.store.load().await.unwrap().is_empty());
    }
}

#[tokio::test(start_paused = true)]
async fn an_acknowledgement_that_has_no_effect_is_reported_and_not_repeated_forever() {
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
            scene.world.comment("A", "wait");
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
    scene.world.raise("A");
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
        scene.world.raise("A");
        for _ in 1..readings {
            scene.world.before("GET", "/A", |_| ());
        }
        scene.world.before("GET", "/A", |world| world.remove("A"));
        let mut changes = scene.changes();
        if delivered {
            assert_eq!(settled(&mut changes).await, ("A: new".to_owned(), Settled::Vanished));
        }
        quiet(&mut changes).await;
        assert!(scene.acks() == posts && scene.store.load().await.unwrap().is_empty());
    }
    // Before its acknowledgement, which is answered by 404.
    let (scene, mut changes, first) = self::delivered().await;
    scene.world.before("POST", ACK, |world| world.remove("A"));
    assert_eq!((first.done().await.unwrap(), scene.acks()), (Settled::Vanished, 1));
    quiet(&mut changes).await;
    assert!(scene.store.load().await.unwrap().is_empty());
}

/// Requests A000, A001 …, delivered and not settled.
async fn delivered_many(scene: &Scene, count: usize) -> (Changes, Vec<Change>) {
    for number in 0..count {
        scene.world.raise(&name(number));
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

fn words(results: Vec<Result<Settled, Error>>) -> Vec<String> {
    let word = |result: Result<Settled, Error>| match result {
        Ok(settled) => format!("{settled:?}"),
        Err(error) => format!("error {}", error.status().map_or(0, |status| status.as_u16())),
    };
    results.into_iter().map(word).collect()
}

#[tokio::test(start_paused = true)]
async fn fifty_go_into_one_request() {
    for (count, expected) in [(0, vec![]), (1, vec![1]), (50, vec![50]), (51, vec![50, 1]), (120, vec![50, 50, 20])] {
        let scene = scene().await;
        let (mut changes, out) = delivered_many(&scene, count).await;
        assert_eq!(words(Change::done_all(out).await), vec!["Acknowledged"; count]);
        assert_eq!(sizes(&scene), expected);
        assert!((0..count).all(|number| !scene.world.has_flags(&name(number))));
        quiet(&mut changes).await;
        assert!(scene.store.load().await.unwrap().is_empty());
    }
}

#[tokio::test(start_paused = true)]
async fn one_vanished_request_does_not_block_the_rest_of_its_batch() {
    for (partially, count, expected) in [
        (false, 8, vec![8, 4, 4, 2, 1, 1, 2]),
        (true, 8, vec![8, 4, 4, 2, 1, 1, 2]),
        (false, 7, vec![7, 3, 4, 2, 2, 1, 1]),
    ] {
        let emulator = Emulator::builder();
        let scene = scene_of(if partially { emulator.acknowledge_partially() } else { emulator }).await;
        let (mut changes, out) = delivered_many(&scene, count).await;
        // It vanishes after the last look at it.
        scene.world.before("POST", ACK, |world| world.remove("A005"));
        let mut wanted = vec!["Acknowledged"; count];
        wanted[5] = "Vanished";
        assert_eq!(words(Change::done_all(out).await), wanted);
        assert_eq!(sizes(&scene), expected);
        quiet(&mut changes).await;
        assert!((0..count).all(|number| number == 5 || !scene.world.has_flags(&name(number))));
        assert!(scene.store.load().await.unwrap().is_empty());
    }
}

#[tokio::test(start_paused = true)]
async fn each_change_has_its_own_result_in_the_order_given() {
    let scene = scene().await;
    let (mut changes, mut out) = delivered_many(&scene, 6).await;
    // Since they were delivered, and while they are acknowledged.
    scene.world.comment("A000", "before");
    scene.world.remove("A001");
    client(&scene.emulator).0.requests().acknowledge(["A002"]).await.unwrap();
    scene.world.before("POST", ACK, |world| world.comment("A003", "swallowed"));
    scene.world.after("POST", ACK, |world| world.comment("A004", "after"));
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
async fn after_an_unknown_batch_each_request_is_read_back_by_itself() {
    for (step, done) in [(Step::AnswerLost, true), (Step::Lost, false), (Step::Answer(503, "{}"), false)] {
        let scene = scene().await;
        let (mut changes, out) = delivered_many(&scene, 3).await;
        scene.transport.plan("POST", ACK, [step]);
        scene.world.after("GET", "/A001", |world| world.comment("A001", "wait"));
        let results = words(Change::done_all(out).await);
        assert_eq!(results, ["Acknowledged", "ChangedSince", "Acknowledged"]);
        assert_eq!(sizes(&scene), if done { vec![3] } else { vec![3, 1, 1] });
        assert!(handled(&mut changes).await.ends_with("A001: late, new, wait".split_at(1).1));
        quiet(&mut changes).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_refused_batch_is_an_error_of_each_and_all_are_delivered_again() {
    let scene = scene().await;
    let (mut changes, out) = delivered_many(&scene, 3).await;
    scene.transport.plan("POST", ACK, [Step::Answer(403, "")]);
    assert_eq!(words(Change::done_all(out).await), ["error 403"; 3]);
    assert_eq!(sizes(&scene), [3]);
    for number in 0..3 {
        assert_eq!(handled(&mut changes).await, format!("{}: new", name(number)));
    }
    quiet(&mut changes).await;
    assert!(scene.store.load().await.unwrap().is_empty());
}
