//! `newfies_reminder` is stopped in the midst, and started again: nothing is there twice.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says what is wrong by panicking")]

mod support;

use care_emulators::newfies::{Controller, Emulator, Generation};
use std::time::Duration;
use support::{Program, Reminders, rows, until};

/// Longer than any test.
const FOR_EVER: Duration = Duration::from_secs(3600);
/// What is made, in its order.
const STEPS: [&str; 5] = ["/calendar-setting/", "/calendar-user/", "/calendar/", "/event/", "/alarm/"];
/// With an SMS, so that there are two alarms.
const SMS: [&str; 5] = ["--no-wait", "--sms-before", "1h", "--sms-template", "1"];

async fn set_up() -> (Emulator, Controller, Reminders) {
    let emulator = Emulator::builder().generation(Generation::G1).start().await.unwrap();
    let (dialer, reminders) = (emulator.controller(), Reminders::of(&emulator));
    assert_eq!(dialer.add_sms_template("Soon", "Soon"), 1);
    (emulator, dialer, reminders)
}

/// Runs it again to its end, and then once more.
fn goes_on(dialer: &Controller, reminders: &Reminders, step: &str) {
    for is_whole in [false, true] {
        let end = reminders.run(&mut reminders.call(&SMS));
        assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{step}: {}", end.stdout);
        assert!(!is_whole || end.stdout.contains("This run made nothing"), "{step}: {}", end.stdout);
        assert_eq!(rows(dialer), [1, 1, 1, 1, 2], "{step}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_step_it_goes_on_and_makes_nothing_twice() {
    for (n, step) in STEPS.into_iter().enumerate() {
        for is_done in [false, true] {
            let (emulator, dialer, reminders) = set_up().await;
            let faults = emulator.faults().on("POST", step);
            if is_done {
                faults.delay_after_commit(FOR_EVER);
            } else {
                faults.delay(FOR_EVER);
            }
            let program = Program::start(&mut reminders.call(&SMS));
            let there = n + usize::from(is_done);
            until(step, || emulator.journal().count("POST", step) == 1 && rows(&dialer).iter().sum::<usize>() == there);
            program.kill();
            goes_on(&dialer, &reminders, step);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_between_two_alarms_it_makes_the_second_one_alone() {
    let (emulator, dialer, reminders) = set_up().await;
    let faults = emulator.faults().on("POST", "/alarm/");
    dialer.after_next("POST", "/alarm/", move |_| faults.delay(FOR_EVER));
    let program = Program::start(&mut reminders.call(&SMS));
    until("the second alarm", || emulator.journal().count("POST", "/alarm/") == 2);
    program.kill();
    assert_eq!(rows(&dialer), [1; 5]);
    let end = reminders.run(&mut reminders.call(&SMS));
    assert!(end.code == Some(0) && end.stdout.contains("This run made alarm 2."), "{end:?}");
    goes_on(&dialer, &reminders, "the second alarm");
}

#[tokio::test(flavor = "multi_thread")]
async fn when_nobody_knows_whether_something_was_made_it_says_so_and_the_next_run_finds_out() {
    for is_done in [false, true] {
        let (emulator, dialer, reminders) = set_up().await;
        let (faults, looks) = (emulator.faults().on("POST", "/event/"), emulator.faults().on("GET", "/event/"));
        if is_done {
            faults.drop_after_commit();
        } else {
            faults.drop_before_commit();
        }
        // When it was tried it can't be looked for.
        dialer.after_next("GET", "/event/", move |_| looks.times(3).status_before_commit(503, None));
        let end = reminders.run(&mut reminders.call(&SMS));
        assert_eq!(end.code, Some(3), "{}", end.stderr);
        for part in ["newfies.events.create", "It may have been made, or not", "run the same command line again"] {
            assert!(end.stderr.contains(part), "{part} is not in {}", end.stderr);
        }
        assert_eq!(emulator.faults().left(), 0);
        assert_eq!(rows(&dialer), [1, 1, 1, usize::from(is_done), 0]);
        goes_on(&dialer, &reminders, "the event");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_failed_before_anything_was_made_is_a_plain_failure() {
    let (emulator, dialer, reminders) = set_up().await;
    emulator.faults().go_down();
    let end = reminders.run(&mut reminders.call(&SMS));
    assert_eq!(end.code, Some(1), "{}", end.stdout);
    assert!(end.stderr.contains("nothing was sent") && end.stderr.contains("goes on from there"), "{}", end.stderr);
    emulator.faults().come_up();
    // A look of which nobody knows the end has made nothing either.
    emulator.faults().on("GET", "/calendar-setting/").times(3).drop_before_commit();
    let end = reminders.run(&mut reminders.call(&SMS));
    assert_eq!(end.code, Some(1), "{}", end.stdout);
    assert_eq!(rows(&dialer), [0; 5]);
    goes_on(&dialer, &reminders, "nothing");
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_stops_the_program_and_not_the_reminder() {
    let (emulator, dialer, reminders) = set_up().await;
    let mut program = Program::start(&mut reminders.call(&[]));
    program.until("Event 1 is scheduled");
    until("a look at the alarm", || emulator.journal().count("GET", "/alarm/1/") == 1);
    program.interrupt();
    let end = program.end();
    assert_eq!((end.code, &*end.stderr), (Some(130), ""), "{}", end.stdout);
    assert!(end.stdout.contains("What was scheduled by then stays"), "{}", end.stdout);

    // The same again waits for it on.
    dialer.ring(1).unwrap();
    dialer.confirm(1).unwrap();
    let end = reminders.run(&mut reminders.call(&[]));
    assert_eq!((end.code, rows(&dialer)), (Some(0), [1; 5]), "{}", end.stderr);
    assert!(end.stdout.contains("This run made nothing") && end.stdout.contains("confirmed"), "{}", end.stdout);
}
