//! An intervention ends in the way that its replies allow, also when they come in between.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod common;

use common::*;
use engagement_client::{Ended, Error, Kind, Outcome, Proof, Refusal};

async fn end(scene: &Scene, id: &str) -> Result<Ended, Error> {
    scene.interventions().close_or_cancel(id).await
}

/// `closed` or `cancelled`, and how it is known.
fn told(ended: Result<Ended, Error>) -> (&'static str, Proof) {
    match ended.unwrap() {
        Ended::Closed(closed) => {
            assert!(closed.intervention.is_closed());
            ("closed", closed.proof)
        }
        Ended::Cancelled(cancelled) => ("cancelled", cancelled.proof),
        other => panic!("{other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn the_number_of_replies_decides() {
    // ENG-18
    let scene = scene().await;
    let (answered, unanswered) = (scene.answered(), scene.room.open_new());
    assert_eq!(told(end(&scene, &answered).await), ("closed", Proof::Answered));
    assert_eq!(told(end(&scene, &unanswered).await), ("cancelled", Proof::Answered));
    assert_eq!((scene.transport.count("PUT", "/close"), scene.transport.count("DELETE", "/cancel")), (1, 1));
    assert!(scene.is_closed(&answered) && !scene.is_there(&unanswered));
}

#[tokio::test(start_paused = true)]
async fn what_is_closed_already_is_left_as_it_is() {
    let scene = scene().await;
    let id = scene.answered();
    scene.room.close(&id).unwrap();
    for replies in [Step::Pass, Step::json(|body| body["user_replies_count"] = 0.into()), no_count()] {
        scene.transport.plan("GET", &id, [replies]);
        assert_eq!(told(end(&scene, &id).await), ("closed", Proof::Before));
    }
    assert_eq!(scene.writes(), 0);
}

fn no_count() -> Step {
    Step::json(|body| drop(body.as_object_mut().unwrap().remove("user_replies_count")))
}

#[tokio::test(start_paused = true)]
async fn without_a_number_nothing_is_sent() {
    let scene = scene().await;
    for id in [scene.answered(), scene.room.open_new()] {
        for look in [no_count(), Step::json(|body| body["user_replies_count"] = serde_json::Value::Null)] {
            scene.transport.plan("GET", &id, [look]);
            let error = end(&scene, &id).await.unwrap_err();
            assert_eq!((error.kind(), error.operation()), (Kind::Decode, "engagement.interventions.get"));
            assert!(error.to_string().contains("how many replies"), "{error}");
        }
        assert!(!scene.is_closed(&id) && scene.is_there(&id));
    }
    assert_eq!(scene.writes(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_reply_that_comes_in_between_makes_it_a_close() {
    // ENG-18: an answered intervention is never destroyed.
    for step in [Step::Pass, Step::AnswerLost, Step::Lost, Step::Answer(503, "{}")] {
        let scene = scene().await;
        let id = scene.room.open_new();
        scene.transport.plan("DELETE", "/cancel", [step.clone()]);
        scene.after("GET", &id, &id, |room, id| room.reply(id).unwrap());
        assert_eq!(told(end(&scene, &id).await), ("closed", Proof::Answered), "{step:?}");
        assert_eq!((scene.transport.count("PUT", "/close"), scene.transport.count("DELETE", "/cancel")), (1, 1));
    }
}

#[tokio::test(start_paused = true)]
async fn one_that_somebody_else_closes_in_between_has_ended() {
    let scene = scene().await;
    let id = scene.room.open_new();
    scene.before("DELETE", "/cancel", &id, |room, id| room.reply(id).and_then(|()| room.close(id)).unwrap());
    assert_eq!(told(end(&scene, &id).await), ("closed", Proof::ReadBack));

    // While they are at it, it is refused with 409.
    let id = scene.room.open_new();
    scene.before("DELETE", "/cancel", &id, |room, id| room.reply(id).and_then(|()| room.begin_close(id)).unwrap());
    scene.after("DELETE", "/cancel", &id, |room, id| room.finish(id).unwrap());
    assert_eq!(told(end(&scene, &id).await), ("closed", Proof::ReadBack));
    assert_eq!(scene.transport.count("PUT", "/close"), 0);

    let id = scene.answered();
    scene.before("PUT", "/close", &id, |room, id| room.close(id).unwrap());
    assert_eq!(told(end(&scene, &id).await), ("closed", Proof::ReadBack));
}

#[tokio::test(start_paused = true)]
async fn one_that_somebody_else_cancels_in_between_has_ended() {
    let scene = scene().await;
    let id = scene.room.open_new();
    scene.before("DELETE", "/cancel", &id, |room, id| room.cancel(id).unwrap());
    assert_eq!(told(end(&scene, &id).await), ("cancelled", Proof::ReadBack));
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_is_looked_after() {
    let scene = scene().await;
    let (answered, unanswered) = (scene.answered(), scene.room.open_new());
    scene.transport.plan("PUT", "/close", [Step::AnswerLost]);
    scene.transport.plan("DELETE", "/cancel", [Step::AnswerLost]);
    assert_eq!(told(end(&scene, &answered).await), ("closed", Proof::ReadBack));
    assert_eq!(told(end(&scene, &unanswered).await), ("cancelled", Proof::ReadBack));
    assert_eq!(scene.writes(), 2);
    let (answered, unanswered) = (scene.answered(), scene.room.open_new());
    scene.transport.plan("PUT", "/close", [Step::Lost]);
    scene.transport.plan("DELETE", "/cancel", [Step::Lost]);
    for id in [&answered, &unanswered] {
        let error = end(&scene, id).await.unwrap_err();
        assert_eq!((error.outcome(), Refusal::of(&error)), (Outcome::Unknown, None));
    }
}

#[tokio::test(start_paused = true)]
async fn it_decides_twice_at_most() {
    let scene = scene().await;
    let id = scene.room.open_new();
    // The service shows no reply again and again, and refuses for one.
    scene.room.reply(&id).unwrap();
    scene.transport.plan("GET", &id, vec![Step::json(|body| body["user_replies_count"] = 0.into()); 10]);
    let error = end(&scene, &id).await.unwrap_err();
    assert!(error.is_forbidden() && scene.is_there(&id), "{error}");
    assert!(scene.writes() <= 2);
    // And the other way round.
    let id = scene.room.open_new();
    let shows = |replies: u64| Step::json(move |body| body["user_replies_count"] = replies.into());
    scene.transport.plan("GET", &id, [shows(1), Step::Pass, shows(1), shows(1), shows(1)]);
    let before = scene.writes();
    let error = end(&scene, &id).await.unwrap_err();
    assert!(error.is_forbidden() && scene.writes() - before == 2, "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_second_look_that_fails_leaves_the_first_failure() {
    let scene = scene().await;
    let id = scene.room.open_new();
    scene.before("DELETE", "/cancel", &id, |room, id| room.reply(id).unwrap());
    scene.transport.plan("GET", &id, [Step::Pass, Step::Pass, Step::Answer(400, "{}")]);
    let error = end(&scene, &id).await.unwrap_err();
    assert_eq!(
        (error.operation(), Refusal::of(&error)),
        ("engagement.interventions.cancel", Some(&Refusal::HasReplies))
    );
    assert!(!scene.is_closed(&id));
}

#[tokio::test(start_paused = true)]
async fn a_missing_permission_ends_nothing() {
    // ENG-16
    let scene = scene().await;
    let id = scene.answered();
    let other = scene.room.add_agent(NewAgent::new());
    scene.room.allow_read(&other, SOURCE_ID).unwrap();
    let scene = scene.with_agent(&other);
    let error = end(&scene, &id).await.unwrap_err();
    assert!(error.is_forbidden() && Refusal::of(&error).is_none() && !scene.is_closed(&id), "{error}");
    assert_eq!(scene.writes(), 1);
    assert!(end(&scene, "64b0c3a1f2d94e0007a1b2c3").await.unwrap_err().is_not_found());
}

#[tokio::test(start_paused = true)]
async fn whatever_others_do_meanwhile_what_is_told_is_true() {
    // ENG-18, ENG-28
    for (deeds, step) in worlds() {
        let scene = scene().await;
        let id = scene.room.open_new();
        let names: Vec<_> = deeds.iter().map(|((name, _), moment)| (*name, *moment)).collect();
        let name = format!("{names:?} {step:?}");
        let story = tell(&scene, &id, "DELETE", &deeds);
        scene.transport.plan("DELETE", "/cancel", [step]);
        let ended = end(&scene, &id).await;
        let sent = [scene.transport.count("PUT", "/close"), scene.transport.count("DELETE", "/cancel")];
        let story = story.lock().unwrap().clone();
        assert!(sent.iter().all(|sent| *sent <= 1), "{name}: {sent:?}");
        match ended {
            Ok(Ended::Closed(_)) => assert!(story.was(Stand::Closed) || sent[0] == 1 && scene.is_closed(&id), "{name}"),
            Ok(_) => assert!(story.was(Stand::Gone) || names.iter().any(|(name, _)| *name == "deny read"), "{name}"),
            Err(error) => assert!(error.outcome() >= Outcome::Unknown || !story.is_ours(), "{name}: {error}"),
        }
    }
}
