//! `leap_sync` is killed, and started again: nothing is lost.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod support;

use care_emulators::leap::{Emulator, NewRequest};
use std::time::Duration;
use support::{LeapSync, directory, until};

const ACKNOWLEDGE: (&str, &str) = ("POST", "/requests/acked");
/// Longer than any test.
const FOR_EVER: Duration = Duration::from_secs(3600);

#[tokio::test(flavor = "multi_thread")]
async fn killed_between_handling_and_acknowledging_it_delivers_the_change_again() {
    let emulator = Emulator::start().await.unwrap();
    let (portal, sync) = (emulator.controller(), LeapSync::of(&emulator, directory("leap_sync_kill/before")));
    let id = portal.raise(NewRequest::topic("Lighting")).unwrap();
    emulator.faults().on(ACKNOWLEDGE.0, ACKNOWLEDGE.1).delay(FOR_EVER);
    let first = sync.start(&["--out", "out.jsonl"]);
    until("an acknowledgement on its way", || emulator.journal().count(ACKNOWLEDGE.0, ACKNOWLEDGE.1) == 1);
    // What was handled is on the disk before the server hears of it.
    assert_eq!((sync.lines().len(), sync.store()), (1, vec![id.clone()]));
    first.kill();
    assert!(portal.request(&id).unwrap().unacked_since.is_some());

    let end = sync.start(&["--out", "out.jsonl", "--changes", "1"]).end();
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    let delivered: Vec<_> = sync.lines().into_iter().map(|line| line["request"]["identifier"].clone()).collect();
    assert_eq!(delivered, [&*id, &*id]);
    assert!(portal.request(&id).unwrap().unacked_since.is_none());
    assert_eq!(sync.store(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_after_an_acknowledgement_swallowed_a_comment_it_delivers_the_comment() {
    let emulator = Emulator::start().await.unwrap();
    let (portal, sync) = (emulator.controller(), LeapSync::of(&emulator, directory("leap_sync_kill/after")));
    let id = portal.raise(NewRequest::topic("Lighting")).unwrap();
    let commented = id.clone();
    portal.before_next(ACKNOWLEDGE.0, ACKNOWLEDGE.1, move |portal| {
        portal.comment(&commented, "Robin Example", "It came in between").unwrap();
    });
    emulator.faults().on(ACKNOWLEDGE.0, ACKNOWLEDGE.1).delay_after_commit(FOR_EVER);
    let first = sync.start(&["--out", "out.jsonl"]);
    until("an acknowledgement that is done", || portal.request(&id).unwrap().unacked_since.is_none());
    first.kill();
    // By the flags nobody can tell any more that there was a comment.
    let request = portal.request(&id).unwrap();
    assert!(request.updates.len() == 1 && request.updates[0].unacked_since.is_none());
    assert_eq!(sync.store(), [&*id]);

    let mut second = sync.start(&["--out", "out.jsonl", "--changes", "1"]);
    second.until("leap-changes.json has 1 acknowledgements");
    let end = second.end();
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    let lines = sync.lines();
    assert_eq!(lines.len(), 2);
    assert_eq!((&lines[1]["late"], &lines[1]["updates"][0]["comment"]), (&true.into(), &"It came in between".into()));
    assert_eq!(sync.store(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_a_kill_has_torn_stays_alone() {
    let emulator = Emulator::start().await.unwrap();
    let sync = LeapSync::of(&emulator, directory("leap_sync_kill/torn"));
    emulator.controller().raise(NewRequest::topic("Lighting")).unwrap();
    std::fs::write(sync.directory.join("out.jsonl"), "{\"whole\":1}\n{\"torn").unwrap();
    let end = sync.start(&["--out", "out.jsonl", "--changes", "1"]).end();
    assert_eq!(end.code, Some(0), "{}", end.stderr);
    let text = std::fs::read_to_string(sync.directory.join("out.jsonl")).unwrap();
    let (kept, added) = text.split_at("{\"whole\":1}\n{\"torn\n".len());
    assert_eq!(kept, "{\"whole\":1}\n{\"torn\n");
    let added: serde_json::Value = serde_json::from_str(added.strip_suffix('\n').unwrap()).unwrap();
    assert_eq!(added["new"], true);
}
