//! A request is read until it is where it was waited for.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod common;

use common::*;
use leap_client::{Kind, Refusal, RequestKey, State};
use std::time::Duration;
use tokio::time::{Instant, sleep};

async fn scene() -> Scene {
    let scene = common::scene().await;
    scene.portal.raise("A");
    scene
}

/// Moves A to a state after a while.
fn later(scene: &Scene, after: Duration, state: There) {
    let portal = scene.portal.clone();
    tokio::spawn(async move {
        sleep(after).await;
        portal.state("A", state);
    });
}

#[tokio::test(start_paused = true)]
async fn it_returns_the_request_as_soon_as_a_reading_shows_a_wanted_state() {
    let scene = scene().await;
    let begin = Instant::now();
    let wait = |states: &[State]| scene.leap.requests().wait_for_state(key("A"), states.to_vec());
    let request = wait(&[State::Problem, State::New]).await.unwrap();
    assert_eq!((request.state, begin.elapsed(), scene.reads("A")), (State::New, Duration::ZERO, 1));

    later(&scene, secs(31), There::Successful);
    let request = wait(&[State::Successful, State::Cancelled]).await.unwrap();
    assert_eq!((request.state, begin.elapsed(), scene.reads("A")), (State::Successful, secs(45), 5));
    assert_eq!(request.updates.unwrap().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn it_reads_every_fifteen_seconds_or_as_told_and_no_faster_than_every_five() {
    for (told, expected) in
        [(None, secs(15)), (Some(secs(60)), secs(60)), (Some(secs(1)), secs(5)), (Some(Duration::ZERO), secs(5))]
    {
        let scene = scene().await;
        later(&scene, secs(599), There::Problem);
        let mut wait = scene.leap.requests().wait_for_state(key("A"), [State::Problem]);
        if let Some(interval) = told {
            wait = wait.with_interval(interval);
        }
        wait.await.unwrap();
        let gaps = scene.transport.gaps("GET", "/A");
        assert!(gaps.len() as u64 == 600 / expected.as_secs() && gaps.iter().all(|gap| *gap == expected), "{gaps:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_end_that_was_not_waited_for_ends_the_waiting() {
    for (end, current) in [(There::Successful, State::Successful), (There::Cancelled, State::Cancelled)] {
        let scene = scene().await;
        later(&scene, secs(40), end);
        let wait = scene.leap.requests().wait_for_state(key("A"), [State::Problem]).with_timeout(secs(600));
        let error = wait.await.unwrap_err();
        assert_eq!(Refusal::of(&error), Some(&Refusal::TerminalState { current }));
        assert_eq!((error.kind(), error.operation(), scene.reads("A")), (Kind::Request, "leap.requests.get", 4));
    }
}

#[tokio::test(start_paused = true)]
async fn it_waits_no_longer_than_told() {
    let scene = scene().await;
    let begin = Instant::now();
    let wait = || scene.leap.requests().wait_for_state(key("A"), [State::Problem]);
    let error = wait().with_timeout(secs(100)).await.unwrap_err();
    assert_eq!((error.kind(), begin.elapsed(), error.operation()), (Kind::Timeout, secs(100), "leap.requests.get"));
    // Also in the middle of a reading.
    scene.transport.plan("GET", "/A", [Step::Silence]);
    assert!(wait().with_timeout(secs(3)).await.unwrap_err().is_timeout());
    assert_eq!(begin.elapsed(), secs(103));
    later(&scene, secs(1), There::Problem);
    wait().with_timeout(Duration::MAX).with_interval(Duration::MAX / 2).await.unwrap_or_else(|error| panic!("{error}"));
}

#[tokio::test(start_paused = true)]
async fn an_outage_is_waited_out() {
    for step in [
        Step::Answer(503, "{}"),
        Step::Answer(500, ""),
        Step::Refused,
        Step::Lost,
        Step::Silence,
        Step::RetryAfter(429, 1),
    ] {
        let scene = scene().await;
        scene.transport.plan("GET", "/A", vec![step; 30]);
        scene.portal.state("A", There::Problem);
        let request = scene.leap.requests().wait_for_state(key("A"), [State::Problem]).await.unwrap();
        assert_eq!((request.state, scene.reads("A")), (State::Problem, 31));
    }
}

#[tokio::test(start_paused = true)]
async fn what_does_not_pass_is_an_error_at_once() {
    let scene = scene().await;
    let requests = scene.leap.requests();
    assert!(requests.wait_for_state(key("Z"), [State::Problem]).await.unwrap_err().is_not_found());
    for step in [Step::Answer(401, ""), Step::Answer(403, ""), Step::Answer(200, "<!doctype html><html/>")] {
        scene.transport.plan("GET", "/A", [step]);
        requests.wait_for_state(key("A"), [State::Problem]).await.unwrap_err();
    }
    let total = scene.transport.total();
    for wait in [requests.wait_for_state(key("A"), []), requests.wait_for_state(key(""), [State::Problem])] {
        assert_eq!(wait.await.unwrap_err().kind(), Kind::Request);
    }
    assert_eq!((scene.transport.total(), total), (4, 4));
}

#[tokio::test(start_paused = true)]
async fn it_takes_either_name_and_states_that_no_document_lists() {
    let scene = scene().await;
    scene.portal.room.set_external_id("A", "MAX-1").unwrap();
    let on_hold = Step::text(|body| *body = body.replace("<state>NEW<", "<state>ON_HOLD<"));
    scene.transport.plan("GET", "/extid/MAX-1", [Step::Pass, on_hold]);
    let wait = scene.leap.requests().wait_for_state(RequestKey::external("MAX-1"), [State::from("ON_HOLD")]);
    assert_eq!(wait.await.unwrap().state.as_str(), "ON_HOLD");
}

#[tokio::test(start_paused = true)]
async fn a_timeout_tells_why_the_last_look_failed() {
    for (steps, cause) in [(vec![Step::Refused; 600], Some("connect")), (Vec::new(), None)] {
        let scene = scene().await;
        scene.transport.plan("GET", "/A", steps);
        let wait = scene.leap.requests().wait_for_state(key("A"), [State::Problem]).with_timeout(secs(100));
        let error = wait.await.unwrap_err();
        assert!(error.is_timeout(), "{error}");
        assert_eq!(error.cause().map(|cause| cause.kind().to_string()).as_deref(), cause);
    }
}
