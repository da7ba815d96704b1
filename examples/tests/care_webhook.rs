//! `care_webhook`: what it shows, what it keeps, and how it ends.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod support;

use care_emulators::caremessenger::{AttemptOutcome, DeliveryStatus, OtherStatus, Schedule};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Stdio;
use std::time::Duration;
use support::{CareWebhook, Program, SECRET, directory, until};

fn set_up(test: &str) -> CareWebhook {
    CareWebhook::new(directory(&format!("care_webhook/{test}")))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_it_shows_is_nothing_personal_and_what_it_keeps_is_everything() {
    let mut hook = set_up("shown");
    let program = hook.start(&mut hook.command(&["--calls", "2"]));
    for _ in 0..2 {
        let transcript = hook.delivery(SECRET, r#"{"resident":"canary"}"#).run().await;
        assert_eq!((transcript.end, transcript.attempts.len()), (DeliveryStatus::Delivered, 1));
    }
    let end = program.end();
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    for part in ["for calls to: duty desk.", "21 bytes\n", "21 bytes, probably a repetition\n", "Calls stored: 2."] {
        assert!(end.stdout.contains(part), "{part} is not in {}", end.stdout);
    }
    let shown = Program::run(&mut hook.shows(&["--show"]));
    assert_eq!((shown.code, &*shown.stderr), (Some(0), ""), "{}", shown.stdout);
    assert!(shown.stdout.contains("calls for help: 2, of which 1 are marked"), "{}", shown.stdout);
    for said in [&end.stdout, &shown.stdout] {
        assert!(!said.contains("canary"), "{said}");
    }
    let calls = hook.calls();
    assert!(calls.iter().all(|call| call.json().unwrap()["resident"] == "canary" && call.headers.len() > 2));
    let file = hook.directory.join("care-webhook.jsonl");
    assert!(!fs::read_to_string(&file).unwrap().contains(SECRET));
    #[cfg(unix)]
    assert_eq!(std::os::unix::fs::PermissionsExt::mode(&fs::metadata(file).unwrap().permissions()) & 0o777, 0o600);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_no_secret_is_refused_and_nothing_is_kept() {
    let mut hook = set_up("refused");
    let program = hook.start(&mut hook.command(&[]));
    let give_up = Schedule::default().other_status(OtherStatus::GiveUp);
    let transcript = hook.delivery("another-secret-0123456789", "canary").schedule(give_up).run().await;
    assert!(
        matches!(transcript.outcomes()[..], [AttemptOutcome::NotAcknowledged(status)] if status == 404),
        "{transcript:?}"
    );
    program.kill();
    assert_eq!(hook.calls(), []);
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_cant_be_stored_is_told_and_comes_again() {
    let mut hook = set_up("full");
    let (place, aside) = (hook.directory.join("disk"), hook.directory.join("aside"));
    fs::create_dir(&place).unwrap();
    let mut program = hook.start(&mut hook.command(&["--journal", "disk/calls.jsonl", "--calls", "1"]));
    fs::rename(&place, &aside).unwrap();
    let sending = tokio::spawn(hook.delivery(SECRET, "canary").run());
    program.until("NOT STORED");
    fs::rename(&aside, &place).unwrap();
    let transcript = sending.await.unwrap();
    let outcomes = transcript.outcomes();
    assert!(matches!(outcomes[0], AttemptOutcome::NotAcknowledged(status) if status == 503), "{outcomes:?}");
    assert_eq!((transcript.end, transcript.accepted()), (DeliveryStatus::Delivered, 1));
    let end = program.end();
    assert!(end.code == Some(0) && end.stdout.contains("Calls stored: 1."), "{}", end.stdout);
    assert!(!end.stdout.contains("canary"), "{}", end.stdout);
}

/// A post that is in hand: the program has begun to read the body, and waits for the rest.
#[cfg(unix)]
fn begin(hook: &CareWebhook) -> TcpStream {
    let mut line = TcpStream::connect(&hook.address).unwrap();
    let head = format!("POST /care/{SECRET} HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 4\r\n\r\n");
    line.write_all(head.as_bytes()).unwrap();
    let mut told = String::new();
    BufReader::new(&line).read_line(&mut told).unwrap();
    assert!(told.starts_with("HTTP/1.1 100 "), "{told}");
    line
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_when_the_post_in_hand_is_answered() {
    let mut hook = set_up("ctrl_c");
    let program = hook.start(&mut hook.command(&[]));
    let mut line = begin(&hook);
    program.interrupt();
    until("it listens no more", || TcpStream::connect(&hook.address).is_err());
    line.write_all(b"help").unwrap();
    let mut answer = String::new();
    line.read_to_string(&mut answer).unwrap();
    assert!(answer.trim_start().starts_with("HTTP/1.1 200 OK"), "{answer}");
    let end = program.end();
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    assert!(end.stdout.contains("Stopped. Calls stored: 1."), "{}", end.stdout);
    assert_eq!(hook.calls().len(), 1);
}

#[cfg(unix)]
#[test]
fn sigterm_ends_it_as_ctrl_c_does() {
    let mut hook = set_up("sigterm");
    let program = hook.start(&mut hook.command(&[]));
    let mut line = begin(&hook);
    program.terminate();
    until("it listens no more", || TcpStream::connect(&hook.address).is_err());
    line.write_all(b"help").unwrap();
    let mut answer = String::new();
    line.read_to_string(&mut answer).unwrap();
    assert!(answer.trim_start().starts_with("HTTP/1.1 200 OK"), "{answer}");
    let end = program.end();
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    assert_eq!(hook.calls().len(), 1);
}

#[cfg(unix)]
#[test]
fn a_second_ctrl_c_ends_it_at_once() {
    let mut hook = set_up("insisted");
    let mut program = hook.start(&mut hook.command(&[]));
    let line = begin(&hook);
    // Two that come too fast are one to the system.
    while program.is_running() {
        program.interrupt();
        std::thread::sleep(Duration::from_millis(20));
    }
    drop(line);
    let end = program.end();
    assert_eq!(end.code, Some(130), "{}", end.stderr);
    assert!(end.stdout.contains("Stopped at once."), "{}", end.stdout);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_nobody_is_told_of_is_stored_and_answered_all_the_same() {
    let mut hook = set_up("unread");
    let mut child = hook.command(&["--calls", "1"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    // The end of reading is dropped here.
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    hook.address = line.split("http://").nth(1).unwrap().split(' ').next().unwrap().to_owned();
    let delivered = hook.delivery(SECRET, "help").run().await.end;
    if delivered != DeliveryStatus::Delivered {
        child.kill().unwrap();
    }
    let end = child.wait_with_output().unwrap();
    assert_eq!(delivered, DeliveryStatus::Delivered);
    assert_eq!((end.status.code(), end.stderr.len()), (Some(0), 0));
    assert_eq!(hook.calls().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_terminal_that_stands_still_keeps_no_call_back() {
    let mut hook = set_up("still");
    // A pipe that nobody reads is full after a few lines as long as these.
    let name = "x".repeat(20_000);
    let mut command = hook.command(&[]);
    let piped = command.env("CARE_WEBHOOK_SECRETS", format!("{name}={SECRET}")).stdout(Stdio::piped());
    let mut child = piped.spawn().unwrap();
    let (mut out, mut line) = (child.stdout.take().unwrap(), [0; 64]);
    out.read_exact(&mut line).unwrap();
    let line = std::str::from_utf8(&line).unwrap();
    hook.address = line.split("http://").nth(1).unwrap().split(' ').next().unwrap().to_owned();
    let mut ends = Vec::new();
    for call in 0..12 {
        let once = Schedule::default().window(Duration::ZERO);
        ends.push(hook.delivery(SECRET, &format!("call {call}")).schedule(once).run().await.end);
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(ends, [DeliveryStatus::Delivered; 12]);
    assert_eq!(hook.calls().len(), 12);
}

#[test]
fn without_anything_named_an_emulator_plays_and_no_file_is_left() {
    let hook = set_up("demo");
    let end = Program::run(&mut hook.shows(&["--calls", "3"]));
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    for part in [
        "No secret is named, so this makes one up, and an emulator",
        "The URL to register for the duty desk is http://127.0.0.1:",
        "presses the button on the television",
        "the network loses the answer",
        "probably a repetition",
        "Calls stored: 3.",
    ] {
        assert!(end.stdout.contains(part), "{part} is not in {}", end.stdout);
    }
    assert_eq!(fs::read_dir(&hook.directory).unwrap().count(), 0);
}

#[test]
fn what_was_told_wrongly_is_named_and_nothing_is_received() {
    let hook = set_up("usage");
    fs::write(hook.directory.join("other.txt"), "no calls").unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    for (arguments, code, tells) in [
        (&["--listen", "127.0.0.1:0", "--calls", "1"][..], 2, "nobody can be called"),
        (&["--journal", "calls.jsonl", "--calls", "1"], 2, "nobody can be called"),
        (&["--secret", "canary"], 2, "NAME=SECRET"),
        (&["--secret", "desk=canary"], 2, "16 characters"),
        (&["--secret", "desk=canary-0123456789", "--listen", "canary"], 2, "--listen"),
        (&["--secret", "desk=canary-0123456789", "--calls", "0"], 2, "--calls"),
        (&["--secret", "desk=canary-0123456789", "--show"], 2, "--show"),
        (&["--secret", "desk=canary-0123456789", "--journal", "other.txt"], 1, "holds no notifications"),
        (&["--secret", "desk=canary-0123456789", "--journal", "missing/calls.jsonl"], 1, "can't be used"),
        (&["--secret", "desk=canary-0123456789", "--listen", &address], 1, "can't be listened at"),
        (&["--show"], 1, "care-webhook.jsonl can't be read"),
    ] {
        let end = Program::run(&mut hook.shows(arguments));
        assert_eq!((end.code, &*end.stdout), (Some(code), ""), "{arguments:?}: {}", end.stderr);
        assert!(end.stderr.contains(tells), "{tells} is not in {}", end.stderr);
        assert!(!end.stderr.contains("canary-") && !end.stderr.contains("=canary"), "{}", end.stderr);
    }
    assert_eq!(fs::read_dir(&hook.directory).unwrap().count(), 1);
}
