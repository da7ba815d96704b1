//! `leap_sync`: what it shows, what it survives, and how it ends.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod support;

use care_emulators::leap::{Emulator, NewRequest};
use std::time::Duration;
use std::{fs, io};
use support::{LeapSync, Program, directory, example, until};

async fn set_up(test: &str) -> (Emulator, LeapSync) {
    let emulator = Emulator::start().await.unwrap();
    let sync = LeapSync::of(&emulator, directory(&format!("leap_sync/{test}")));
    (emulator, sync)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_it_shows_is_nothing_personal_and_what_it_writes_is_everything() {
    let (emulator, sync) = set_up("shown").await;
    let portal = emulator.controller();
    let request = NewRequest::topic("Lighting").summary("canary").description("canary").creator("canary");
    let id = portal.raise(request.email("canary@example.com")).unwrap();
    portal.assign(&id, "canary").unwrap();
    portal.comment(&id, "canary", "canary").unwrap();
    let end = sync.start(&["--out", "out.jsonl", "--changes", "1"]).end();
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    let shown = format!("LEAP_BASE_URL is set: this talks to {}", emulator.base_url());
    for part in [&*shown, "request 10000001 is IN_PROGRESS, topic Lighting: a comment", "handled and acknowledged: 1."]
    {
        assert!(end.stdout.contains(part), "{part} is not in {}", end.stdout);
    }
    for secret in ["canary", "@", emulator.username(), emulator.password()] {
        assert!(!end.stdout.contains(secret), "{secret} is in {}", end.stdout);
    }
    let [line] = sync.lines().try_into().unwrap();
    assert_eq!(
        (&line["request"]["email"], &line["updates"][0]["comment"]),
        (&"canary@example.com".into(), &"canary".into())
    );
    #[cfg(unix)]
    {
        let written = fs::metadata(sync.directory.join("out.jsonl")).unwrap();
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&written.permissions()) & 0o777, 0o600);
    }
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_ends_it_after_the_change_in_hand() {
    let (emulator, sync) = set_up("ctrl_c").await;
    let portal = emulator.controller();
    let ids = [(); 2].map(|()| portal.raise(NewRequest::topic("Lighting")).unwrap());
    let (acknowledging, heard) = std::sync::mpsc::channel();
    let (interrupted, go_on) = std::sync::mpsc::channel();
    portal.before_next("POST", "/requests/acked", move |_| {
        acknowledging.send(()).unwrap();
        go_on.recv().unwrap();
    });
    let program = sync.start(&["--out", "out.jsonl"]);
    heard.recv().unwrap();
    program.interrupt();
    // The program is to hear of it before it can go on to the other request.
    std::thread::sleep(Duration::from_millis(200));
    interrupted.send(()).unwrap();
    let end = program.end();
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    assert!(end.stdout.contains("handled and acknowledged: 1."), "{}", end.stdout);
    assert_eq!((sync.lines().len(), sync.store()), (1, vec![]));
    assert_eq!(ids.map(|id| portal.request(&id).unwrap().unacked_since.is_some()), [false, true]);
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_second_ctrl_c_ends_it_at_once_and_the_change_comes_again() {
    let (emulator, sync) = set_up("insisted").await;
    let id = emulator.controller().raise(NewRequest::topic("Lighting")).unwrap();
    emulator.faults().on("POST", "/requests/acked").delay(Duration::from_secs(3600));
    let mut program = sync.start(&["--out", "out.jsonl"]);
    until("an acknowledgement on its way", || emulator.journal().count("POST", "/requests/acked") == 1);
    // Two that come too fast are one to the system.
    while program.is_running() {
        program.interrupt();
        std::thread::sleep(Duration::from_millis(20));
    }
    let end = program.end();
    assert_eq!(end.code, Some(130), "{}", end.stderr);
    assert!(end.stdout.contains("it comes again"), "{}", end.stdout);
    assert_eq!(sync.store(), [id]);
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_are_shown_and_it_goes_on() {
    let (emulator, sync) = set_up("errors").await;
    emulator.controller().raise(NewRequest::topic("Lighting")).unwrap();
    emulator.faults().on("GET", "/requests/").html();
    let mut program = sync.start(&["--changes", "1"]);
    program.until("no news");
    let end = program.end();
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    assert!(end.stdout.contains("request 10000001 is NEW"), "{}", end.stdout);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_acknowledged_that_nobody_reads() {
    let (emulator, sync) = set_up("unread").await;
    let id = emulator.controller().raise(NewRequest::topic("Lighting")).unwrap();
    let (reader, writer) = io::pipe().unwrap();
    drop(reader);
    let status = sync.command(&[]).stdout(writer).stderr(std::process::Stdio::null()).status().unwrap();
    assert_eq!(status.code(), Some(1));
    assert!(emulator.controller().request(&id).unwrap().unacked_since.is_some());
    assert_eq!(emulator.journal().count("POST", ""), 0);
}

#[test]
fn without_a_server_an_emulator_plays_and_no_file_is_left() {
    let directory = directory("leap_sync/demo");
    let run = |arguments: &[&str]| {
        let mut program = example(env!("CARGO_BIN_EXE_leap_sync"));
        let end = Program::run(program.current_dir(&directory).args(arguments));
        assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
        assert!(end.stdout.contains("No LEAP_BASE_URL is set, so an emulator"), "{}", end.stdout);
        end.stdout
    };
    assert!(run(&["--changes", "4"]).contains("handled and acknowledged: 4."));
    assert!(run(&["--for", "0.1"]).contains("Stopped."));
    assert_eq!(fs::read_dir(&directory).unwrap().count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_emulator_never_takes_what_was_kept_of_a_real_server() {
    let (emulator, sync) = set_up("kept").await;
    emulator.controller().raise(NewRequest::topic("Lighting")).unwrap();
    emulator.faults().on("POST", "/requests/acked").delay(Duration::from_secs(3600));
    let live = sync.start(&[]);
    until("an acknowledgement on its way", || emulator.journal().count("POST", "/requests/acked") == 1);
    live.kill();
    let kept = fs::read(sync.directory.join("leap-changes.json")).unwrap();
    let mut demo = sync.command(&["--store", "leap-changes.json", "--changes", "1"]);
    let end = Program::run(demo.env_remove("LEAP_BASE_URL"));
    assert_eq!(end.code, Some(1), "{}", end.stdout);
    assert!(end.stderr.contains("set LEAP_BASE_URL") && end.stderr.contains("remove the file"), "{}", end.stderr);
    assert_eq!(fs::read(sync.directory.join("leap-changes.json")).unwrap(), kept);
}

#[test]
fn it_follows_the_standing_emulator() {
    let (directory, standing) = (directory("leap_sync/standing"), support::Emulator::start());
    let ids = [standing.leap.raise(), standing.leap.raise()];
    let mut program = example(env!("CARGO_BIN_EXE_leap_sync"));
    standing.leap.name_to(program.current_dir(&directory));
    let end = Program::run(program.args(["--interval", "0.05", "--changes", "2", "--store", "place.json"]));
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    for id in ids {
        assert!(end.stdout.contains(&format!("request {id} is NEW, topic Lighting: it is new")), "{}", end.stdout);
    }
    assert!(standing.leap.requests().iter().all(|request| request["unacked"] == false));
    assert!(leap_client::FileChangeStore::read(directory.join("place.json")).unwrap().is_empty());
}
