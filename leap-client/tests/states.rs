//! A state is changed where that makes sense; where it makes none, the customer gets no mail.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod common;

use common::*;
use leap_client::{Kind, Outcome, Refusal, RequestKey, State, StateChange};

const POST: &str = "/A/updates";
const STATES: [(There, State); 5] = [
    (There::New, State::New),
    (There::InProgress, State::InProgress),
    (There::Problem, State::Problem),
    (There::Successful, State::Successful),
    (There::Cancelled, State::Cancelled),
];

/// A, which is in a state.
async fn scene_in(state: There) -> Scene {
    let scene = scene().await;
    scene.portal.raise("A");
    if state != There::New {
        scene.portal.state("A", state);
    }
    scene
}

fn state(scene: &Scene) -> There {
    scene.portal.room.request("A").unwrap().state
}

fn posts(scene: &Scene) -> usize {
    scene.transport.count("POST", "")
}

#[tokio::test(start_paused = true)]
async fn every_move_is_the_servers_to_allow_but_from_an_end_and_to_where_it_is() {
    for (from, from_here) in STATES {
        for (to, to_here) in STATES {
            for comment in [None, Some("on it")] {
                let scene = scene_in(from).await;
                let mails = scene.portal.room.request("A").unwrap().mails.len();
                let mut change = scene.leap.requests().change_state_checked(key("A"), to_here.clone());
                if let Some(text) = comment {
                    change = change.comment(text);
                }
                let done = change.await.map_err(|error| Refusal::of(&error).unwrap().clone());
                let (expected, posted, mailed) = match (from == to, from.is_terminal(), comment) {
                    (true, true, _) | (true, false, None) => (Ok(StateChange::Unchanged), 0, 0),
                    (true, false, Some(_)) => (Ok(StateChange::Commented), 1, 0),
                    (false, true, _) => (Err(Refusal::TerminalState { current: from_here.clone() }), 0, 0),
                    (false, false, _) => (Ok(StateChange::Changed), 1, 1),
                };
                assert_eq!((&done, posts(&scene)), (&expected, posted), "{from} to {to}, {comment:?}");
                assert_eq!(scene.portal.room.request("A").unwrap().mails.len() - mails, mailed, "{from} to {to}");
                assert_eq!(state(&scene), if done == Ok(StateChange::Changed) { to } else { from });
                let said = if posted == 1 { comment.map(str::to_owned) } else { None };
                assert_eq!(scene.portal.said("A"), Vec::from_iter(said), "{from} to {to}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_end_is_told_as_a_request_that_was_not_sent() {
    let scene = scene_in(There::Successful).await;
    let error = scene.leap.requests().change_state_checked(key("A"), State::Problem).await.unwrap_err();
    let told = (error.kind(), error.outcome(), error.operation(), error.is_retryable());
    assert_eq!(told, (Kind::Request, Outcome::NotSent, "leap.requests.change_state", false));
    assert!(error.report().contains("nothing leaves the state SUCCESSFUL"), "{}", error.report());
}

#[tokio::test(start_paused = true)]
async fn a_refusal_of_the_server_tells_the_state_that_the_request_is_in() {
    let scene = scene_in(There::InProgress).await;
    // An agent is faster.
    scene.portal.before("POST", POST, |portal| portal.state("A", There::Cancelled));
    let error = scene.leap.requests().change_state_checked(key("A"), State::Problem).comment("late").await.unwrap_err();
    assert!(error.is_conflict() && error.outcome() == Outcome::Refused && posts(&scene) == 1);
    assert_eq!(Refusal::of(&error), Some(&Refusal::InvalidTransition { from: State::Cancelled, to: State::Problem }));
    assert!(error.report().contains("can't go from CANCELLED to PROBLEM"), "{}", error.report());

    // If that can't be read, it is the state from before.
    let scene = scene_in(There::InProgress).await;
    scene.transport.plan("POST", POST, [Step::Answer(409, "")]);
    scene.transport.plan("GET", "/A", [Step::Pass, Step::Answer(403, "")]);
    let error = scene.leap.requests().change_state_checked(key("A"), State::New).await.unwrap_err();
    assert_eq!(Refusal::of(&error), Some(&Refusal::InvalidTransition { from: State::InProgress, to: State::New }));
}

#[tokio::test(start_paused = true)]
async fn the_conflict_of_a_state_and_that_of_an_external_id_are_told_apart() {
    let scene = scene_in(There::New).await;
    scene.portal.raise("B");
    scene.portal.room.set_external_id("B", "MAX-1").unwrap();
    scene.portal.state("A", There::Successful);
    let requests = scene.leap.requests();
    let moved = requests.change_state(key("A"), State::Problem).await.unwrap_err();
    let named = requests.set_external_id("A", "MAX-1").await.unwrap_err();
    assert!(moved.is_conflict() && named.is_conflict());
    assert_eq!((moved.operation(), named.operation()), ("leap.requests.change_state", "leap.requests.set_external_id"));
    assert!(named.to_string().contains("another support request has this external id"), "{named}");
    assert!(!moved.to_string().contains("external id"), "{moved}");
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_is_looked_for_in_the_history_and_nothing_is_posted_twice() {
    for (step, done) in [
        (Step::AnswerLost, true),
        (Step::Cut, true),
        (Step::edited(|answer| answer.status = 504.try_into().unwrap()), true),
        (Step::Lost, false),
        (Step::Silence, false),
        (Step::Answer(503, "{}"), false),
    ] {
        for comment in [None, Some("on it")] {
            let scene = scene_in(There::New).await;
            let name = format!("{step:?} {comment:?}");
            scene.transport.plan("POST", POST, [step.clone()]);
            let mut change = scene.leap.requests().change_state_checked(key("A"), State::Problem);
            if let Some(text) = comment {
                change = change.comment(text);
            }
            match change.await {
                Ok(change) => {
                    assert_eq!((change, done, state(&scene)), (StateChange::Changed, true, There::Problem), "{name}")
                }
                Err(error) => {
                    assert_eq!((Refusal::of(&error), done), (Some(&Refusal::NotPosted), false), "{name}");
                    assert_eq!((error.outcome(), state(&scene)), (Outcome::Unknown, There::New), "{name}");
                }
            }
            assert_eq!(
                (posts(&scene), scene.portal.room.request("A").unwrap().mails.len()),
                (1, usize::from(done)),
                "{name}"
            );
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_request_is_named_by_either_of_its_names_and_stays_the_one_that_was_looked_at() {
    let scene = scene_in(There::New).await;
    scene.portal.raise("B");
    scene.portal.room.set_external_id("A", "MAX-1").unwrap();
    // The external id goes to another request between the look and the post.
    scene.portal.after("GET", "/extid/MAX-1", |portal| {
        portal.room.set_external_id("A", "MAX-0").unwrap();
        portal.room.set_external_id("B", "MAX-1").unwrap();
    });
    let key = RequestKey::external("MAX-1");
    let changed = scene.leap.requests().change_state_checked(key, State::Problem).await.unwrap();
    assert_eq!((changed, state(&scene)), (StateChange::Changed, There::Problem));
    assert_eq!(scene.portal.room.request("B").unwrap().state, There::New);
}

#[tokio::test(start_paused = true)]
async fn what_can_not_be_sent_shows_before_anything_is_read() {
    let scene = scene_in(There::New).await;
    let requests = scene.leap.requests();
    for change in [
        requests.change_state_checked(key("A"), State::from("CLOSED")),
        requests.change_state_checked(key("acked"), State::Problem),
        requests.change_state_checked(key("A"), State::Problem).comment("\u{1}"),
    ] {
        assert_eq!(change.await.unwrap_err().kind(), Kind::Request);
    }
    assert_eq!(scene.transport.total(), 0);
    assert!(requests.change_state_checked(key("Z"), State::Problem).await.unwrap_err().is_not_found());
    assert_eq!(posts(&scene), 0);
}
