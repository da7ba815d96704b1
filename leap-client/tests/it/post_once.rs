//! A post that the customer sees is sent once. If its outcome is unknown, the history decides.

use crate::support::scene::*;
use leap_client::{ChangeState, Error, Kind, Outcome, Posted, RequestKey, RequestUpdate, State, WorkflowFailure};
use tokio::time::Instant;

const POST: &str = "/A/updates";
const TEXT: &str = "a part is  on order\n\n for <tomorrow>";

fn comment() -> RequestUpdate {
    RequestUpdate::new().comment(TEXT)
}

/// What can be posted.
fn updates() -> [RequestUpdate; 3] {
    let state = RequestUpdate::new().state(State::Problem);
    [comment(), state.clone(), state.comment(TEXT)]
}

async fn scene() -> Scene {
    let scene = crate::support::scene::scene().await;
    scene.world.raise("A");
    scene
}

async fn post(scene: &Scene, update: RequestUpdate) -> Result<Posted, Error> {
    let posted = scene.leap.requests().post_update_once(key("A"), update).await;
    assert_eq!(scene.transport.count("POST", ""), 1, "it is posted once, whatever happens");
    posted
}

fn is_not_posted(posted: &Result<Posted, Error>) -> bool {
    let error = posted.as_ref().unwrap_err();
    assert_eq!(error.outcome(), Outcome::Unknown, "{error}");
    assert!(WorkflowFailure::of(error).is_none_or(|refusal| *refusal == WorkflowFailure::NotPosted));
    WorkflowFailure::of(error).is_some()
}

fn history(scene: &Scene) -> usize {
    scene.world.controller.request("A").unwrap().updates.len()
}

#[tokio::test(start_paused = true)]
async fn an_answer_needs_no_readback() {
    for update in updates() {
        let scene = scene().await;
        assert_eq!(post(&scene, update.clone()).await.unwrap(), Posted::Answered, "{update:?}");
        assert_eq!((scene.reads("A"), history(&scene)), (1, 1));
    }
}

#[tokio::test(start_paused = true)]
async fn without_an_answer_the_history_shows_whether_it_was_posted() {
    for apart in [false, true] {
        for update in updates() {
            for (step, done) in [
                (Step::AnswerLost, true),
                (Step::Cut, true),
                (Step::After(secs(20)), true),
                (Step::edited(|answer| answer.body = "<!doctype html><html/>".into()), true),
                (Step::edited(|answer| answer.status = 502.try_into().unwrap()), true),
                (Step::Lost, false),
                (Step::Silence, false),
                (Step::Answer(503, "{}"), false),
            ] {
                let emulator = Emulator::builder();
                let scene = scene_of(if apart { emulator.comments_apart() } else { emulator }).await;
                scene.world.raise("A");
                let name = format!("{step:?} {update:?} {apart}");
                scene.transport.plan("POST", POST, [step]);
                let posted = post(&scene, update.clone()).await;
                if done {
                    assert_eq!(posted.unwrap(), Posted::ReadBack, "{name}");
                } else {
                    assert!(is_not_posted(&posted) && history(&scene) == 0, "{name}");
                }
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn reformatted_whitespace_compares_as_equal() {
    let scene = scene().await;
    scene.transport.plan("POST", POST, [Step::AnswerLost]);
    let laid_out =
        Step::text(|body| *body = body.replace("a part is  on order\n\n for", "\n  a part is on\torder for"));
    scene.transport.plan("GET", "/A", [Step::Pass, laid_out.clone(), laid_out]);
    assert_eq!(post(&scene, comment()).await.unwrap(), Posted::ReadBack);
}

#[tokio::test(start_paused = true)]
async fn a_post_may_show_in_the_history_later() {
    let scene = scene().await;
    scene.transport.plan("POST", POST, [Step::AnswerLost]);
    let not_yet = Step::text(|body| {
        let updates = body.find("<update ").unwrap()..body.find("</updates>").unwrap();
        body.replace_range(updates, "");
    });
    scene.transport.plan("GET", "/A", [Step::Pass, not_yet]);
    let begin = Instant::now();
    assert_eq!(post(&scene, comment()).await.unwrap(), Posted::ReadBack);
    assert_eq!(begin.elapsed(), secs(3));
}

#[tokio::test(start_paused = true)]
async fn another_comment_is_no_proof() {
    type Act = fn(&World);
    let others: [Act; 4] = [
        |world| world.comment("A", "a part is on order"),
        |world| world.comment("A", "a part is on order for <tomorrow> or so"),
        |world| world.state("A", EmulatorState::InProgress),
        |world| world.edit("A", TEXT),
    ];
    for update in updates() {
        for other in others {
            let scene = scene().await;
            // The same was said before.
            scene.world.comment("A", TEXT);
            scene.world.state("A", EmulatorState::Problem);
            scene.world.controller.change_state("A", EmulatorState::Problem, "Kim Example", TEXT).unwrap();
            scene.transport.plan("POST", POST, [Step::Lost]);
            let world = scene.world.clone();
            scene.world.after("GET", "/A", move |_| other(&world));
            assert!(is_not_posted(&post(&scene, update.clone()).await), "{update:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_part_of_the_post_proves_nothing() {
    type Act = fn(&World);
    let parts: [Act; 2] = [|world| world.comment("A", TEXT), |world| world.state("A", EmulatorState::Problem)];
    for part in parts {
        let scene = scene().await;
        let world = scene.world.clone();
        scene.world.after("GET", "/A", move |_| part(&world));
        scene.transport.plan("POST", POST, [Step::Lost]);
        let [_, _, both] = updates();
        assert!(!is_not_posted(&post(&scene, both).await));
    }
}

#[tokio::test(start_paused = true)]
async fn an_unreadable_history_proves_nothing() {
    let no_history = || {
        Step::text(|body| {
            let updates = body.find("<updates>").unwrap()..body.find("</updates>").unwrap() + "</updates>".len();
            body.replace_range(updates, "");
        })
    };
    for step in [Step::Answer(403, ""), Step::Answer(200, "<!doctype html><html/>"), no_history()] {
        for done in [true, false] {
            let scene = scene().await;
            scene.transport.plan("POST", POST, [if done { Step::AnswerLost } else { Step::Lost }]);
            scene.transport.plan("GET", "/A", [Step::Pass, step.clone(), step.clone()]);
            assert!(!is_not_posted(&post(&scene, comment()).await), "{step:?}");
            // One of two readings is enough.
            let scene = self::scene().await;
            scene.transport.plan("POST", POST, [if done { Step::AnswerLost } else { Step::Lost }]);
            scene.transport.plan("GET", "/A", [Step::Pass, step.clone()]);
            let posted = post(&scene, comment()).await;
            assert!(if done { posted.is_ok() } else { is_not_posted(&posted) }, "{step:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_refusal_is_an_error_without_readback() {
    for status in [400, 401, 403, 404, 409] {
        let scene = scene().await;
        scene.transport.plan("POST", POST, [Step::Answer(status, "")]);
        let error = post(&scene, comment()).await.unwrap_err();
        assert_eq!((error.outcome(), error.status().unwrap().as_u16()), (Outcome::Refused, status));
        assert!(WorkflowFailure::of(&error).is_none() && scene.reads("A") == 1);
    }
}

#[tokio::test(start_paused = true)]
async fn nothing_is_posted_if_the_history_can_not_be_read_first() {
    let scene = scene().await;
    scene.transport.plan("GET", "/A", [Step::Answer(403, "")]);
    let requests = scene.leap.requests();
    assert!(requests.post_update_once(key("A"), comment()).await.unwrap_err().is_forbidden());
    assert!(requests.post_update_once(key("Z"), comment()).await.unwrap_err().is_not_found());
    let total = scene.transport.total();
    for update in [RequestUpdate::new(), RequestUpdate::new().comment(""), RequestUpdate::new().comment("\u{1}")] {
        let error = requests.post_update_once(key("A"), update).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (Kind::Request, Outcome::NotSent));
    }
    assert_eq!((scene.transport.total(), scene.transport.count("POST", "")), (total, 0));
}

#[tokio::test(start_paused = true)]
async fn the_post_goes_to_the_request_that_was_read() {
    let scene = scene().await;
    scene.world.raise("B");
    scene.world.controller.set_external_id("A", "MAX-1").unwrap();
    scene.world.after("GET", "/extid/MAX-1", |world| {
        world.controller.set_external_id("A", "MAX-0").unwrap();
        world.controller.set_external_id("B", "MAX-1").unwrap();
    });
    let posting = scene.leap.requests().post_update_once(RequestKey::external("MAX-1"), comment());
    assert_eq!(posting.await.unwrap(), Posted::Answered);
    assert_eq!((scene.world.said("A"), scene.world.said("B")), (vec![TEXT.to_owned()], vec![]));
}

#[tokio::test(start_paused = true)]
async fn a_post_that_the_server_confirmed_is_never_not_posted() {
    let scene = scene().await;
    // The head says 200, the body is cut, and the history shows nothing of it yet.
    let old = scene.leap.requests().get(key("A")).response().await.unwrap().body().clone();
    let old = || {
        Step::edited({
            let old = old.clone();
            move |answer| answer.body = old.clone()
        })
    };
    scene.transport.plan("GET", "/A", [Step::Pass, old(), old()]);
    scene.transport.plan("POST", POST, [Step::Cut]);
    let error = post(&scene, comment()).await.unwrap_err();
    assert_eq!((error.outcome(), WorkflowFailure::of(&error)), (Outcome::Completed, None));
}

#[test]
fn a_blank_comment_is_none() {
    let blank = RequestUpdate::new().state(State::Problem).comment(" \n");
    assert_eq!(blank, RequestUpdate::new().state(State::Problem));
    let change = ChangeState::new(key("A"), State::Problem);
    assert_eq!(change.clone().comment(" \n"), change);
}
