//! Answers that go astray: a gateway that finds nothing, a cache that mixes requests up, a request that nobody may read. They lose
//! no change and hold up no other.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod common;

use common::*;
use leap_client::{ChangeStore, Settled};
use tokio::time::Instant;

const ACK: &str = "/requests/acked";

/// A 404 that the emulator doesn't stand behind.
fn nothing_here() -> Step {
    Step::Answer(404, "no route")
}

#[tokio::test(start_paused = true)]
async fn a_gateway_that_finds_nothing_after_the_acknowledgement_swallows_no_change() {
    for restart in [false, true] {
        let scene = scene().await;
        scene.portal.raise("A");
        let mut changes = scene.changes();
        let first = change(&mut changes).await;
        scene.portal.before("POST", ACK, |portal| portal.comment("A", "wait"));
        // The look before the acknowledgement passes, the one after it goes astray.
        scene.transport.plan("GET", "/A", [Step::Pass, nothing_here()]);
        assert_eq!(first.done().await.unwrap(), Settled::Vanished);
        assert_eq!(scene.store.load().await.unwrap().len(), 1, "the entry stays until the next pass");
        if restart {
            changes = scene.changes();
        }
        assert_eq!(handled(&mut changes).await, "A: late, new, wait");
        quiet(&mut changes).await;
        assert!(scene.store.load().await.unwrap().is_empty());
    }
}

#[tokio::test(start_paused = true)]
async fn an_entry_outlives_a_pass_whose_list_is_not_found_either() {
    let scene = scene().await;
    scene.portal.raise("A");
    let mut changes = scene.changes();
    let first = change(&mut changes).await;
    scene.portal.before("POST", ACK, |portal| portal.comment("A", "wait"));
    scene.transport.plan("GET", "/A", [Step::Pass, nothing_here()]);
    assert_eq!(first.done().await.unwrap(), Settled::Vanished);
    scene.transport.plan("GET", "/requests/", [nothing_here()]);
    let mut changes = scene.changes();
    let (begin, reads) = (Instant::now(), scene.reads("A"));
    assert_eq!(next(&mut changes).await, "error api");
    let late = change(&mut changes).await;
    // Not looked for before the next pass: it wouldn't have been found.
    assert_eq!((line(&late).as_str(), scene.reads("A") - reads), ("A: late, new, wait", 1));
    assert!(begin.elapsed() >= secs(30));
}

#[tokio::test(start_paused = true)]
async fn a_request_that_is_listed_and_not_found_is_told_once_and_hides_no_other() {
    let scene = scene().await;
    for id in ["A", "B"] {
        scene.portal.raise(id);
    }
    scene.transport.plan("GET", "/A", vec![nothing_here(); 4]);
    let mut changes = scene.changes();
    // Once is no wonder: it may have vanished since it was listed.
    assert_eq!(handled(&mut changes).await, "B: new");
    assert_eq!(next(&mut changes).await, "error decode");
    // Told, and tried again until it is found.
    assert_eq!((handled(&mut changes).await.as_str(), scene.reads("A")), ("A: new", 7));
    quiet(&mut changes).await;
}

#[tokio::test(start_paused = true)]
async fn an_answer_with_another_request_is_not_taken_for_the_one_that_was_asked_for() {
    let scene = scene().await;
    for id in ["A", "B"] {
        scene.portal.raise(id);
    }
    let mut changes = scene.changes();
    let first = change(&mut changes).await;
    let mixed_up = Step::text(|body| *body = body.replace("identifier=\"A\"", "identifier=\"B\""));
    scene.transport.plan("GET", "/A", [Step::Pass, mixed_up]);
    let error = first.done().await.unwrap_err();
    assert!(error.to_string().contains("another request"), "{error}");
    assert_eq!(handled(&mut changes).await, "B: new");
    quiet(&mut changes).await;
    assert!(!scene.portal.has_flags("A") && scene.store.load().await.unwrap().is_empty());
}

#[tokio::test(start_paused = true)]
async fn what_is_refused_of_one_request_is_told_once_and_holds_up_no_other() {
    // The first name can't be asked for, since it is an address of the service's own; the second is refused by the server.
    for (id, refused) in [("acked", None), ("A", Some(Step::Answer(400, "")))] {
        let scene = scene().await;
        for id in [id, "B"] {
            scene.portal.raise(id);
        }
        if let Some(step) = refused {
            scene.transport.plan("GET", "/A", vec![step; 40]);
        }
        let mut changes = scene.changes();
        assert!(next(&mut changes).await.starts_with("error "), "{id}");
        assert_eq!(handled(&mut changes).await, "B: new", "{id}");
        quiet(&mut changes).await;
    }
}
