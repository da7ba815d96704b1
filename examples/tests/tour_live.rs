//! The tour on a server that the environment names.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says what is wrong by panicking")]

mod support;

use std::process::Command;
use support::{Emulator, Program, Server, StandingLeap, example};

fn tour(url: &str) -> Command {
    let mut tour = example(env!("CARGO_BIN_EXE_tour"));
    tour.env("AURA_BASE_URL", url).env("AURA_POLL_MS", "10");
    tour
}

fn leap_tour(leap: &StandingLeap) -> Command {
    let mut tour = example(env!("CARGO_BIN_EXE_tour"));
    leap.name_to(&mut tour);
    tour
}

#[test]
fn with_the_servers_credentials_it_follows_a_test_callout_to_its_end() {
    let emulator = Emulator::start_playing();
    let mut tour = tour(&emulator.url);
    tour.env("AURA_CLIENT_ID", &emulator.client_id).env("AURA_CLIENT_SECRET", &emulator.client_secret);
    let end = Program::run(&mut tour);
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    let says = format!("AURA_BASE_URL is set, so this talks to {} and not to an emulator", emulator.url);
    for part in [&*says, "closed", "nothing is left open"] {
        assert!(end.stdout.contains(part), "{part} is not in {}", end.stdout);
    }
    for secret in ["@", "eyJ", &emulator.client_id, &emulator.client_secret, "-26.", "28.05"] {
        assert!(!end.stdout.contains(secret), "{secret} is in {}", end.stdout);
    }
    let callouts = emulator.callouts();
    assert_eq!((callouts.len(), &callouts[0]["status"]), (1, &"closed".into()));
}

#[tokio::test]
async fn when_its_time_is_over_it_dismisses_the_callout_and_says_what_is_left_open() {
    let emulator = Emulator::start();
    let token = emulator.user_token().await;
    let end = Program::run(tour(&emulator.url).env("AURA_USER_TOKEN", &token).env("AURA_WATCH_SECONDS", "0"));
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    assert!(end.stdout.contains("Callout 570 (TEST) is left open, with the status `created`"), "{}", end.stdout);
    assert!(!end.stdout.contains(&token));
    let callouts = emulator.callouts();
    assert_eq!((callouts.len(), &callouts[0]["dismissed"]), (1, &true.into()));
}

#[test]
fn without_credentials_nothing_is_sent() {
    let server = Server::start("[]");
    for set in [None, Some("AURA_CLIENT_ID"), Some("AURA_CLIENT_SECRET")] {
        let end = Program::run(tour(&server.url).envs(set.map(|name| (name, "canary"))));
        assert_eq!(end.code, Some(2), "{set:?}");
        assert!(end.stderr.contains("AURA_CLIENT_") && end.stderr.contains("Nothing was sent"), "{}", end.stderr);
        assert!(!end.stderr.contains("canary"), "{}", end.stderr);
    }
    assert_eq!(server.requests(), [""; 0]);
}

#[test]
fn without_a_classification_for_tests_nothing_is_raised() {
    let server = Server::start(r#"[{"id":1,"value":"REAL"}]"#);
    let end = Program::run(tour(&server.url).env("AURA_USER_TOKEN", "canary-token"));
    assert_eq!(end.code, Some(1), "{}", end.stdout);
    assert!(end.stderr.contains("no classification TEST") && !end.stderr.contains("canary"), "{}", end.stderr);
    assert_eq!(server.requests(), ["GET /panic-api/callout-classifications"]);
}

#[test]
fn a_server_of_leaps_is_only_read() {
    let emulator = Emulator::start();
    let id = emulator.leap.raise();
    let before = emulator.leap.requests();
    let end = Program::run(&mut leap_tour(&emulator.leap));
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    let says = format!("LEAP_ROOT is set, so this talks to {} and not to an emulator", emulator.leap.root);
    let (shown, ends) = (format!("request {id} is NEW"), "LEAP was the server that the environment names");
    for part in [&*says, &*shown, "Requests that wait to be acknowledged: 1. Nothing was written.", ends] {
        assert!(end.stdout.contains(part), "{part} is not in {}", end.stdout);
    }
    for secret in ["@", &emulator.leap.user, &emulator.leap.password, "Example"] {
        assert!(!end.stdout.contains(secret), "{secret} is in {}", end.stdout);
    }
    assert_eq!(emulator.leap.requests(), before);
}

#[test]
fn only_the_request_that_is_named_for_it_is_dealt_with() {
    let emulator = Emulator::start();
    let [other, named] = [emulator.leap.raise(), emulator.leap.raise()];
    let end = Program::run(leap_tour(&emulator.leap).env("LEAP_TEST_REQUEST", &named));
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    assert!(end.stdout.contains(&format!("Request {named} is SUCCESSFUL and acknowledged.")), "{}", end.stdout);
    assert!(!end.stdout.contains(&format!("request {other} ")), "{}", end.stdout);
    let seen =
        emulator.leap.requests().into_iter().map(|request| (request["state"].clone(), request["unacked"].clone()));
    assert_eq!(seen.collect::<Vec<_>>(), [("NEW".into(), true.into()), ("SUCCESSFUL".into(), false.into())]);

    // A second time it has ended.
    let end = Program::run(leap_tour(&emulator.leap).env("LEAP_TEST_REQUEST", &named));
    assert_eq!(end.code, Some(1), "{}", end.stdout);
    assert!(end.stderr.contains("has ended") && end.stderr.contains("Nothing was written"), "{}", end.stderr);
}

#[test]
fn when_no_change_comes_in_time_nothing_is_written() {
    let emulator = Emulator::start();
    let id = emulator.leap.raise();
    let mut tour = leap_tour(&emulator.leap);
    let end = Program::run(tour.env("LEAP_TEST_REQUEST", &id).env("LEAP_WATCH_SECONDS", "0"));
    assert_eq!((end.code, &*end.stderr), (Some(0), ""), "{}", end.stdout);
    assert!(end.stdout.contains("within 0 s. Nothing was written."), "{}", end.stdout);
    assert_eq!(emulator.leap.requests()[0]["state"], "NEW");
}

#[test]
fn without_leaps_credentials_nothing_is_played_at_all() {
    let server = Server::start("[]");
    for (set, missing) in [("LEAP_USER", "LEAP_PASSWORD"), ("LEAP_PASSWORD", "LEAP_USER")] {
        let mut tour = example(env!("CARGO_BIN_EXE_tour"));
        let end = Program::run(tour.env("LEAP_ROOT", &server.url).env(set, "canary"));
        assert_eq!((end.code, &*end.stdout), (Some(2), ""));
        assert!(end.stderr.contains(&format!("{missing} is missing. Nothing was sent.")), "{}", end.stderr);
        assert!(!end.stderr.contains("canary"), "{}", end.stderr);
    }
    assert_eq!(server.requests(), [""; 0]);
}
