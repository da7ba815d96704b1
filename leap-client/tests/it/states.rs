//! A state is changed only where that has an effect, and waited for until it shows.

use crate::support::scene::*;
use leap_client::{ChangeState, Kind, Outcome, RequestKey, RequestUpdate, State, StateChange, WorkflowFailure};
use std::time::Duration;
use tokio::time::{Instant, sleep};

const POST: &str = "/A/updates";
const STATES: [(EmulatorState, State); 5] = [
    (EmulatorState::New, State::New),
    (EmulatorState::InProgress, State::InProgress),
    (EmulatorState::Problem, State::Problem),
    (EmulatorState::Successful, State::Successful),
    (EmulatorState::Cancelled, State::Cancelled),
];

/// A, which is in a state.
async fn scene_in(state: EmulatorState) -> Scene {
    let scene = scene().await;
    scene.world.raise("A");
    if state != EmulatorState::New {
        scene.world.state("A", state);
    }
    scene
}

fn state(scene: &Scene) -> EmulatorState {
    scene.world.controller.request("A").unwrap().state
}

fn posts(scene: &Scene) -> usize {
    scene.transport.count("POST", "")
}

#[tokio::test(start_paused = true)]
async fn the_server_decides_about_every_transition_except_from_terminal_states() {
    for (from, from_here) in STATES {
        for (to, to_here) in STATES {
            for comment in [None, Some("on it")] {
                let scene = scene_in(from).await;
                let mails = scene.world.controller.request("A").unwrap().mails.len();
                let mut change = scene.leap.requests().change_state_checked(key("A"), to_here.clone());
                if let Some(text) = comment {
                    change = change.with_comment(text);
                }
                let done = change.await.map_err(|error| WorkflowFailure::of(&error).unwrap().clone());
                let (expected, posted, mailed) = match (from == to, from.is_terminal(), comment) {
                    (true, true, _) | (true, false, None) => (Ok(StateChange::Unchanged), 0, 0),
                    (true, false, Some(_)) => (Ok(StateChange::Commented), 1, 0),
                    (false, true, _) => (Err(WorkflowFailure::TerminalState { current: from_here.clone() }), 0, 0),
                    (false, false, _) => (Ok(StateChange::Changed), 1, 1),
                };
                assert_eq!((&done, posts(&scene)), (&expected, posted), "{from} to {to}, {comment:?}");
                assert_eq!(scene.world.controller.request("A").unwrap().mails.len() - mails, mailed, "{from} to {to}");
                assert_eq!(state(&scene), if done == Ok(StateChange::Changed) { to } else { from });
                let said = if posted == 1 { comment.map(str::to_owned) } else { None };
                assert_eq!(scene.world.said("A"), Vec::from_iter(said), "{from} to {to}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_terminal_state_is_an_error_with_nothing_sent() {
    let scene = scene_in(EmulatorState::Successful).await;
    let error = scene.leap.requests().change_state_checked(key("A"), State::Problem).await.unwrap_err();
    let reported = (error.kind(), error.outcome(), error.operation(), error.is_retryable());
    assert_eq!(reported, (Kind::Request, Outcome::NotSent, "leap.requests.change_state", false));
    assert!(error.report().contains("in the terminal state SUCCESSFUL"), "{}", error.report());
}

#[tokio::test(start_paused = true)]
async fn a_refused_transition_names_the_current_state() {
    let scene = scene_in(EmulatorState::InProgress).await;
    // An agent is faster.
    scene.world.before("POST", POST, |world| world.state("A", EmulatorState::Cancelled));
    let error =
        scene.leap.requests().change_state_checked(key("A"), State::Problem).with_comment("late").await.unwrap_err();
    assert!(error.is_conflict() && error.outcome() == Outcome::Refused && posts(&scene) == 1);
    assert_eq!(
        WorkflowFailure::of(&error),
        Some(&WorkflowFailure::InvalidTransition { from: State::Cancelled, to: State::Problem })
    );
    assert!(error.report().contains("transition from CANCELLED to PROBLEM not allowed"), "{}", error.report());

    // If that can't be read, it is the state from before.
    let scene = scene_in(EmulatorState::InProgress).await;
    scene.transport.plan("POST", POST, [Step::Answer(409, "")]);
    scene.transport.plan("GET", "/A", [Step::Pass, Step::Answer(403, "")]);
    let error = scene.leap.requests().change_state_checked(key("A"), State::New).await.unwrap_err();
    assert_eq!(
        WorkflowFailure::of(&error),
        Some(&WorkflowFailure::InvalidTransition { from: State::InProgress, to: State::New })
    );
}

#[tokio::test(start_paused = true)]
async fn a_conflict_of_a_state_differs_from_one_of_an_external_id() {
    let scene = scene_in(EmulatorState::New).await;
    scene.world.raise("B");
    scene.world.controller.set_external_id("B", "MAX-1").unwrap();
    scene.world.state("A", EmulatorState::Successful);
    let requests = scene.leap.requests();
    let moved = requests.change_state(ChangeState::new(key("A"), State::Problem)).await.unwrap_err();
    let named = requests.set_external_id("A", "MAX-1").await.unwrap_err();
    assert!(moved.is_conflict() && named.is_conflict());
    assert_eq!((moved.operation(), named.operation()), ("leap.requests.change_state", "leap.requests.set_external_id"));
    assert!(named.to_string().contains("another support request already has this external id"), "{named}");
    assert!(!moved.to_string().contains("external id"), "{moved}");
}

#[tokio::test(start_paused = true)]
async fn after_a_lost_answer_the_history_is_read_and_nothing_posted_twice() {
    for (step, done) in [
        (Step::AnswerLost, true),
        (Step::Cut, true),
        (Step::edited(|answer| answer.status = 504.try_into().unwrap()), true),
        (Step::Lost, false),
        (Step::Silence, false),
        (Step::Answer(503, "{}"), false),
    ] {
        for comment in [None, Some("on it")] {
            let scene = scene_in(EmulatorState::New).await;
            let name = format!("{step:?} {comment:?}");
            scene.transport.plan("POST", POST, [step.clone()]);
            let mut change = scene.leap.requests().change_state_checked(key("A"), State::Problem);
            if let Some(text) = comment {
                change = change.with_comment(text);
            }
            match change.await {
                Ok(change) => {
                    assert_eq!(
                        (change, done, state(&scene)),
                        (StateChange::Changed, true, EmulatorState::Problem),
                        "{name}"
                    )
                }
                Err(error) => {
                    assert_eq!(
                        (WorkflowFailure::of(&error), done),
                        (Some(&WorkflowFailure::NotPosted), false),
                        "{name}"
                    );
                    assert_eq!((error.outcome(), state(&scene)), (Outcome::Unknown, EmulatorState::New), "{name}");
                }
            }
            assert_eq!(
                (posts(&scene), scene.world.controller.request("A").unwrap().mails.len()),
                (1, usize::from(done)),
                "{name}"
            );
        }
    }
}

#[tokio::test(start_paused = true)]
async fn either_identifier_works_and_the_post_goes_to_the_request_that_was_read() {
    let scene = scene_in(EmulatorState::New).await;
    scene.world.raise("B");
    scene.world.controller.set_external_id("A", "MAX-1").unwrap();
    // The external id goes to another request between the read and the post.
    scene.world.after("GET", "/extid/MAX-1", |world| {
        world.controller.set_external_id("A", "MAX-0").unwrap();
        world.controller.set_external_id("B", "MAX-1").unwrap();
    });
    let key = RequestKey::external("MAX-1");
    let changed = scene.leap.requests().change_state_checked(key, State::Problem).await.unwrap();
    assert_eq!((changed, state(&scene)), (StateChange::Changed, EmulatorState::Problem));
    assert_eq!(scene.world.controller.request("B").unwrap().state, EmulatorState::New);
}

#[tokio::test(start_paused = true)]
async fn an_invalid_update_is_rejected_before_anything_is_read() {
    let scene = scene_in(EmulatorState::New).await;
    let requests = scene.leap.requests();
    for change in [
        requests.change_state_checked(key("A"), State::from("CLOSED")),
        requests.change_state_checked(key("acked"), State::Problem),
        requests.change_state_checked(key("A"), State::Problem).with_comment("\u{1}"),
    ] {
        assert_eq!(change.await.unwrap_err().kind(), Kind::Request);
    }
    assert_eq!(scene.transport.total(), 0);
    assert!(requests.change_state_checked(key("Z"), State::Problem).await.unwrap_err().is_not_found());
    assert_eq!(posts(&scene), 0);
}

async fn raised() -> Scene {
    let scene = crate::support::scene::scene().await;
    scene.world.raise("A");
    scene
}

/// Moves A to a state after a while.
fn later(scene: &Scene, after: Duration, state: EmulatorState) {
    let world = scene.world.clone();
    tokio::spawn(async move {
        sleep(after).await;
        world.state("A", state);
    });
}

#[tokio::test(start_paused = true)]
async fn a_wait_ends_as_soon_as_a_wanted_state_shows() {
    let scene = raised().await;
    let begin = Instant::now();
    let wait = |states: &[State]| scene.leap.requests().wait_for_state(key("A"), states.to_vec());
    let request = wait(&[State::Problem, State::New]).await.unwrap();
    assert_eq!((request.state, begin.elapsed(), scene.reads("A")), (State::New, Duration::ZERO, 1));

    later(&scene, secs(31), EmulatorState::Successful);
    let request = wait(&[State::Successful, State::Cancelled]).await.unwrap();
    assert_eq!((request.state, begin.elapsed(), scene.reads("A")), (State::Successful, secs(45), 5));
    assert_eq!(request.updates.unwrap().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_wait_reads_every_15_s_by_default_and_every_5_s_at_most() {
    for (interval, expected) in
        [(None, secs(15)), (Some(secs(60)), secs(60)), (Some(secs(1)), secs(5)), (Some(Duration::ZERO), secs(5))]
    {
        let scene = raised().await;
        later(&scene, secs(599), EmulatorState::Problem);
        let mut wait = scene.leap.requests().wait_for_state(key("A"), [State::Problem]);
        if let Some(interval) = interval {
            wait = wait.with_interval(interval);
        }
        wait.await.unwrap();
        let gaps = scene.transport.gaps("GET", "/A");
        assert!(gaps.len() as u64 == 600 / expected.as_secs() && gaps.iter().all(|gap| *gap == expected), "{gaps:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn another_terminal_state_ends_the_wait() {
    for (end, current) in [(EmulatorState::Successful, State::Successful), (EmulatorState::Cancelled, State::Cancelled)]
    {
        let scene = raised().await;
        later(&scene, secs(40), end);
        let wait = scene.leap.requests().wait_for_state(key("A"), [State::Problem]).with_timeout(secs(600));
        let error = wait.await.unwrap_err();
        assert_eq!(WorkflowFailure::of(&error), Some(&WorkflowFailure::TerminalState { current }));
        assert_eq!((error.kind(), error.operation(), scene.reads("A")), (Kind::Request, "leap.requests.get", 4));
    }
}

#[tokio::test(start_paused = true)]
async fn a_wait_ends_at_its_timeout() {
    let scene = raised().await;
    let begin = Instant::now();
    let wait = || scene.leap.requests().wait_for_state(key("A"), [State::Problem]);
    let error = wait().with_timeout(secs(100)).await.unwrap_err();
    assert_eq!((error.kind(), begin.elapsed(), error.operation()), (Kind::Timeout, secs(100), "leap.requests.get"));
    // Also in the middle of a reading.
    scene.transport.plan("GET", "/A", [Step::Silence]);
    assert!(wait().with_timeout(secs(3)).await.unwrap_err().is_timeout());
    assert_eq!(begin.elapsed(), secs(103));
    later(&scene, secs(1), EmulatorState::Problem);
    wait().with_timeout(Duration::MAX).with_interval(Duration::MAX / 2).await.unwrap_or_else(|error| panic!("{error}"));
}

#[tokio::test(start_paused = true)]
async fn a_wait_survives_an_outage() {
    for step in [
        Step::Answer(503, "{}"),
        Step::Answer(500, ""),
        Step::Refused,
        Step::Lost,
        Step::Silence,
        Step::RetryAfter(429, 1),
    ] {
        let scene = raised().await;
        scene.transport.plan("GET", "/A", vec![step; 30]);
        scene.world.state("A", EmulatorState::Problem);
        let request = scene.leap.requests().wait_for_state(key("A"), [State::Problem]).await.unwrap();
        assert_eq!((request.state, scene.reads("A")), (State::Problem, 31));
    }
}

#[tokio::test(start_paused = true)]
async fn a_permanent_failure_ends_the_wait_at_once() {
    let scene = raised().await;
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
async fn a_wait_takes_either_identifier_and_undocumented_states() {
    let scene = raised().await;
    scene.world.controller.set_external_id("A", "MAX-1").unwrap();
    let on_hold = Step::text(|body| *body = body.replace("<state>NEW<", "<state>ON_HOLD<"));
    scene.transport.plan("GET", "/extid/MAX-1", [Step::Pass, on_hold]);
    let wait = scene.leap.requests().wait_for_state(RequestKey::external("MAX-1"), [State::from("ON_HOLD")]);
    assert_eq!(wait.await.unwrap().state.as_str(), "ON_HOLD");
}

#[tokio::test(start_paused = true)]
async fn a_timeout_has_the_last_failure_as_its_cause() {
    for (steps, cause) in [(vec![Step::Refused; 600], Some("connect")), (Vec::new(), None)] {
        let scene = raised().await;
        scene.transport.plan("GET", "/A", steps);
        let wait = scene.leap.requests().wait_for_state(key("A"), [State::Problem]).with_timeout(secs(100));
        let error = wait.await.unwrap_err();
        assert!(error.is_timeout(), "{error}");
        assert_eq!(error.cause().map(|cause| cause.kind().to_string()).as_deref(), cause);
    }
}

#[tokio::test(start_paused = true)]
async fn a_workflow_that_has_only_read_says_that_nothing_was_changed() {
    for step in [Step::Answer(404, ""), Step::Answer(403, ""), Step::Answer(501, ""), Step::Answer(200, "<html>")] {
        let scene = scene_in(EmulatorState::New).await;
        let requests = scene.leap.requests();
        scene.transport.plan("GET", "", vec![step; 20]);
        let errors = [
            requests.change_state_checked(key("A"), State::InProgress).await.map(drop).unwrap_err(),
            requests.post_update_once(key("A"), RequestUpdate::new().comment("on it")).await.map(drop).unwrap_err(),
            requests.wait_for_state(key("A"), [State::Successful]).await.map(drop).unwrap_err(),
        ];
        for error in errors {
            let texts = [error.to_string(), error.report()];
            assert!(texts.iter().all(|text| text.contains("nothing was changed")), "{texts:?}");
            assert!(
                !texts.iter().any(|text| text.contains("did it") || text.contains("nothing was sent")),
                "{texts:?}"
            );
        }
        assert_eq!(posts(&scene), 0);
    }
    let scene = scene_in(EmulatorState::Successful).await;
    let requests = scene.leap.requests();
    for error in [
        requests.change_state_checked(key("A"), State::InProgress).await.map(drop).unwrap_err(),
        requests.wait_for_state(key("A"), [State::Problem]).await.map(drop).unwrap_err(),
    ] {
        assert!(error.to_string().contains("nothing was changed") && error.outcome() == Outcome::NotSent, "{error}");
    }
    let scene = scene_in(EmulatorState::New).await;
    let wait = scene.leap.requests().wait_for_state(key("A"), [State::Problem]).with_timeout(Duration::from_secs(60));
    assert!(wait.await.unwrap_err().to_string().contains("nothing was changed"));
}
