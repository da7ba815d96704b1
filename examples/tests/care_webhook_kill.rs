//! `care_webhook` is killed, and started again: no call for help is lost.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod support;

use care_emulators::caremessenger::DeliveryStatus;
use caremessenger_client::webhook::Duplicate;
use std::{collections::HashSet, time::Duration};
use support::{CareWebhook, Program, SECRET, directory};

/// While this is set, the program stores and never answers.
const HOLD: &str = "CARE_WEBHOOK_HOLD_ANSWERS";

#[tokio::test(flavor = "multi_thread")]
async fn killed_between_storing_and_answering_it_has_the_call_and_marks_the_repetition() {
    let mut hook = CareWebhook::new(directory("care_webhook_kill/held"));
    let mut program = hook.start(hook.command(&[]).env(HOLD, "1"));
    let sending = tokio::spawn(hook.delivery(SECRET, "help").run());
    for kills in 1..=2 {
        program.until("stored  ");
        program.kill();
        // It is on the disk, and the sender knows nothing of it.
        assert_eq!(hook.calls().len(), kills);
        assert!(!sending.is_finished());
        program = hook.start(hook.command(&[]).env(HOLD, if kills == 1 { "1" } else { "" }));
    }
    let transcript = sending.await.unwrap();
    assert_eq!((transcript.end, transcript.accepted()), (DeliveryStatus::Delivered, 1));
    let marks: Vec<_> = hook.calls().iter().map(|call| call.duplicate).collect();
    assert_eq!(marks, [Duplicate::No, Duplicate::Probable, Duplicate::Probable]);
    assert!(hook.calls().iter().all(|call| call.body == "help"));
    program.until("probably a repetition");
    program.kill();

    let shown = Program::run(&mut hook.shows(&["--show"]));
    assert!(shown.stdout.contains("calls for help: 3, of which 2 are marked as repetitions"), "{}", shown.stdout);
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_among_many_calls_it_has_all_in_the_end() {
    const CALLS: u32 = 40;
    let mut hook = CareWebhook::new(directory("care_webhook_kill/many"));
    let mut program = hook.start(&mut hook.command(&[]));
    let send = |call: u32| {
        let delivery = hook.delivery(SECRET, &format!("call {call}"));
        // One after the other: those that come at once are stored at once, and none would be left after the first kill.
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_millis(50) * call).await;
            delivery.run().await
        })
    };
    let sending: Vec<_> = (0..CALLS).map(send).collect();
    for _ in 0..3 {
        program.until("stored  ");
        program.kill();
        program = hook.start(&mut hook.command(&[]));
    }
    for sent in sending {
        assert_eq!(sent.await.unwrap().end, DeliveryStatus::Delivered);
    }
    let stored: HashSet<_> = hook.calls().into_iter().map(|call| call.body).collect();
    assert_eq!(stored.len(), CALLS as usize);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_a_crash_has_torn_is_told_and_hides_no_other() {
    let mut hook = CareWebhook::new(directory("care_webhook_kill/torn"));
    let program = hook.start(&mut hook.command(&["--calls", "1"]));
    assert_eq!(hook.delivery(SECRET, "first").run().await.end, DeliveryStatus::Delivered);
    program.end();
    let file = hook.directory.join("care-webhook.jsonl");
    let line = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, format!("{line}{}", &line[..line.len() / 2])).unwrap();

    let program = hook.start(&mut hook.command(&["--calls", "1"]));
    assert_eq!(hook.delivery(SECRET, "second").run().await.end, DeliveryStatus::Delivered);
    let end = program.end();
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    assert!(end.stdout.contains("lines that can't be read, 1 of them"), "{}", end.stdout);
    assert_eq!(hook.calls().into_iter().map(|call| call.body).collect::<Vec<_>>(), ["first", "second"]);
    let shown = Program::run(&mut hook.shows(&["--show"]));
    assert!(shown.stdout.contains("line 2 can't be read"), "{}", shown.stdout);
}
