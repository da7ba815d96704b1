//! An intervention is cancelled once, and said to be cancelled only if what was there before is found no more.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod common;

use common::*;
use engagement_client::{Cancelled, Error, Kind, Outcome, Proof, Refusal};
use tokio::time::{Instant, sleep};

const CANCEL: &str = "/cancel";

async fn cancel(scene: &Scene, id: &str) -> Result<Cancelled, Error> {
    let cancelled = scene.interventions().cancel_confirmed(id).await;
    assert!(scene.transport.count("DELETE", CANCEL) <= 1, "it is sent once, whatever happens");
    assert!(cancelled.as_ref().is_ok_and(|one| one.intervention.id.as_str() == id) || cancelled.is_err());
    cancelled
}

fn proof(cancelled: Result<Cancelled, Error>) -> Proof {
    cancelled.unwrap().proof
}

#[tokio::test(start_paused = true)]
async fn an_answer_is_believed_with_a_body_or_without() {
    // ENG-02
    for builder in [Emulator::builder(), Emulator::builder().empty_cancel()] {
        let scene = scene_of(builder).await;
        let id = scene.room.open_new();
        scene.room.categorize(&id, ["c1"]).unwrap();
        let cancelled = cancel(&scene, &id).await.unwrap();
        assert_eq!((cancelled.proof, cancelled.intervention.category_ids), (Proof::Answered, Some(vec!["c1".into()])));
        assert_eq!((scene.writes(), scene.reads(), scene.is_there(&id)), (1, 1, false));
    }
}

#[tokio::test(start_paused = true)]
async fn what_was_not_there_was_not_cancelled() {
    // ENG-17
    let scene = scene().await;
    let id = scene.room.open_new();
    scene.room.cancel(&id).unwrap();
    for id in [&*id, "64b0c3a1f2d94e0007a1b2c3"] {
        let error = cancel(&scene, id).await.unwrap_err();
        assert_eq!((error.is_not_found(), error.operation()), (true, "engagement.interventions.get"));
    }
    assert_eq!(cancel(&scene, "").await.unwrap_err().kind(), Kind::Request);
    let id = scene.room.open_new();
    scene.room.deny_read(AGENT_ID, SOURCE_ID).unwrap();
    assert!(cancel(&scene, &id).await.unwrap_err().is_not_found());
    assert_eq!((scene.writes(), scene.is_there(&id)), (0, true));
}

#[tokio::test(start_paused = true)]
async fn without_an_answer_it_is_cancelled_only_if_it_is_found_no_more() {
    // ENG-28
    for (step, done) in astray() {
        for has_replies in [false, true] {
            let scene = scene().await;
            let id = if has_replies { scene.answered() } else { scene.room.open_new() };
            let name = format!("{step:?} {has_replies}");
            scene.transport.plan("DELETE", CANCEL, [step.clone()]);
            let cancelled = cancel(&scene, &id).await;
            assert_eq!(scene.is_there(&id), !done || has_replies, "{name}");
            if done && !has_replies {
                assert_eq!(proof(cancelled), Proof::ReadBack, "{name}");
            } else {
                let error = cancelled.unwrap_err();
                assert_eq!(error.operation(), "engagement.interventions.cancel", "{name}");
                assert_eq!(error.outcome() >= Outcome::Unknown, !error.is_forbidden(), "{name}: {error}");
                // Whatever became of what was sent: one with replies isn't cancelled, and won't be.
                assert_eq!(Refusal::of(&error), has_replies.then_some(&Refusal::HasReplies), "{name}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn what_was_never_received_is_sent_again() {
    for step in [Step::Refused, Step::Answer(429, "{}")] {
        let scene = scene().await;
        let id = scene.room.open_new();
        scene.transport.plan("DELETE", CANCEL, [step.clone(), step]);
        let cancelled = scene.interventions().cancel_confirmed(&id).await;
        assert_eq!((proof(cancelled), scene.writes()), (Proof::Answered, 3));
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_shows_another_intervention_is_looked_after() {
    for done in [true, false] {
        let scene = scene().await;
        let id = scene.room.open_new();
        let edited = Step::json(|body| body["id"] = "64b0c3a1f2d94e0007a1b2c3".into());
        let answer = Step::Answer(200, r#"{"id":"64b0c3a1f2d94e0007a1b2c3"}"#);
        scene.transport.plan("DELETE", CANCEL, [if done { edited } else { answer }]);
        let cancelled = cancel(&scene, &id).await;
        assert_eq!(cancelled.as_ref().ok().map(|one| one.proof), done.then_some(Proof::ReadBack));
        assert!(done || cancelled.unwrap_err().kind() == Kind::Decode);
    }
}

#[tokio::test(start_paused = true)]
async fn another_agent_who_cancels_it_first_is_told_by_reading() {
    // ENG-28
    let scene = scene().await;
    let id = scene.room.open_new();
    scene.before("DELETE", CANCEL, &id, |room, id| room.cancel(id).unwrap());
    let begin = Instant::now();
    assert_eq!((proof(cancel(&scene, &id).await), begin.elapsed()), (Proof::ReadBack, secs(0)));
}

#[tokio::test(start_paused = true)]
async fn no_refusal_says_how_it_stands() {
    // ENG-17, ENG-28: but for 403, see below.
    for (status, looks) in [(403, 1), (404, 1), (409, 2), (422, 1)] {
        for cancels in [true, false] {
            let scene = scene().await;
            let id = scene.room.open_new();
            scene.transport.plan("DELETE", CANCEL, [Step::Answer(status, "{}")]);
            if cancels {
                scene.after("GET", &id, &id, |room, id| room.cancel(id).unwrap());
            }
            let cancelled = cancel(&scene, &id).await;
            if cancels && status != 403 {
                assert_eq!(proof(cancelled), Proof::ReadBack, "{status}");
            } else {
                let error = cancelled.unwrap_err();
                assert_eq!((error.status().unwrap().as_u16(), error.outcome()), (status, Outcome::Refused));
                assert_eq!((scene.reads(), Refusal::of(&error)), (1 + looks, None), "{status}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn another_agent_who_is_cancelling_it_is_waited_for_three_seconds() {
    // ENG-28
    for ends in [Some(true), Some(false), None] {
        let scene = scene().await;
        let id = scene.room.open_new();
        scene.before("DELETE", CANCEL, &id, |room, id| room.begin_cancel(id).unwrap());
        let (room, name) = (scene.room.clone(), id.clone());
        tokio::spawn(async move {
            sleep(secs(2)).await;
            match ends {
                Some(true) => room.finish(&name).unwrap(),
                Some(false) => room.abandon(&name).unwrap(),
                None => {}
            }
        });
        let begin = Instant::now();
        let cancelled = cancel(&scene, &id).await;
        assert_eq!((begin.elapsed(), scene.writes(), scene.reads()), (secs(3), 1, 3));
        if ends == Some(true) {
            assert_eq!(proof(cancelled), Proof::ReadBack);
        } else {
            let error = cancelled.unwrap_err();
            assert!(error.is_conflict() && Refusal::of(&error).is_none() && scene.is_there(&id), "{error}");
            assert_eq!(error.outcome(), Outcome::Refused);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn one_that_was_answered_or_closed_says_so() {
    // ENG-15, ENG-18
    for (deed, refusal) in [("reply", Refusal::HasReplies), ("reply and close", Refusal::Closed)] {
        for early in [true, false] {
            let scene = scene().await;
            let id = scene.room.open_new();
            let (_, act) = *DEEDS.iter().find(|(name, _)| *name == deed).unwrap();
            if early {
                act(&scene.room, &id)
            } else {
                scene.before("DELETE", CANCEL, &id, act)
            };
            let error = cancel(&scene, &id).await.unwrap_err();
            assert_eq!((error.is_forbidden(), Refusal::of(&error)), (true, Some(&refusal)), "{deed}");
        }
    }
    // Also where another agent is closing it at that moment, and 409 says nothing of that.
    let scene = scene().await;
    let id = scene.room.open_new();
    scene.before("DELETE", CANCEL, &id, |room, id| room.reply(id).and_then(|()| room.begin_close(id)).unwrap());
    let error = cancel(&scene, &id).await.unwrap_err();
    assert_eq!((error.is_conflict(), Refusal::of(&error)), (true, Some(&Refusal::HasReplies)));
}

#[tokio::test(start_paused = true)]
async fn the_last_look_says_why() {
    // ENG-18
    let scene = scene().await;
    let id = scene.room.open_new();
    scene.transport.plan("DELETE", CANCEL, [Step::Lost]);
    scene.after("GET", &id, &id, |_, _| ());
    scene.after("GET", &id, &id, |room, id| room.reply(id).unwrap());
    let error = cancel(&scene, &id).await.unwrap_err();
    assert_eq!((error.outcome(), Refusal::of(&error)), (Outcome::Unknown, Some(&Refusal::HasReplies)));
    assert_eq!(scene.reads(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_403_is_never_taken_for_a_cancel_even_if_it_is_found_no_more() {
    // ENG-17: by one of the two sentences, that is how a lost right to read the source shows.
    let scene = scene().await;
    let id = scene.room.open_new();
    scene.transport.plan("DELETE", CANCEL, [Step::Answer(403, "{}")]);
    scene.after("GET", &id, &id, |room, _| room.deny_read(AGENT_ID, SOURCE_ID).unwrap());
    let error = cancel(&scene, &id).await.unwrap_err();
    assert!(error.is_forbidden() && Refusal::of(&error).is_none() && scene.is_there(&id), "{error}");
    assert_eq!(error.outcome(), Outcome::Refused);
}

#[tokio::test(start_paused = true)]
async fn a_token_that_is_refused_in_between_cancels_nothing() {
    for status in [401, 403] {
        let scene = scene_of(Emulator::builder().bad_token_status(status)).await;
        let id = scene.room.open_new();
        let token = scene.emulator.access_token().to_owned();
        scene.after("GET", &id, &id, move |room, _| room.revoke_token(&token).unwrap());
        let error = cancel(&scene, &id).await.unwrap_err();
        assert_eq!((error.status().unwrap().as_u16(), error.outcome()), (status, Outcome::Refused));
        assert!(scene.is_there(&id));
    }
}

#[tokio::test(start_paused = true)]
async fn a_look_that_shows_nothing_proves_nothing_and_one_of_two_is_enough() {
    for look in blind() {
        for done in [true, false] {
            for looks in [1, 2] {
                let scene = scene().await;
                let id = scene.room.open_new();
                scene.transport.plan("DELETE", CANCEL, [if done { Step::AnswerLost } else { Step::Lost }]);
                scene.transport.plan("GET", &id, [vec![Step::Pass], vec![look.clone(); looks]].concat());
                let cancelled = cancel(&scene, &id).await;
                if done && looks == 1 {
                    assert_eq!(proof(cancelled), Proof::ReadBack, "{look:?}");
                } else {
                    let error = cancelled.unwrap_err();
                    let told = (error.outcome(), error.operation());
                    assert_eq!(told, (Outcome::Unknown, "engagement.interventions.cancel"), "{look:?}");
                    assert!(Refusal::of(&error).is_none());
                }
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn whatever_others_do_meanwhile_what_is_told_is_true() {
    // ENG-17, ENG-28
    for begins in [Stand::Open, Stand::Closed] {
        for (deeds, step) in worlds() {
            let scene = scene().await;
            let id = if begins == Stand::Closed { scene.answered() } else { scene.room.open_new() };
            if begins == Stand::Closed {
                scene.room.close(&id).unwrap();
            }
            let names: Vec<_> = deeds.iter().map(|((name, _), moment)| (*name, *moment)).collect();
            let name = format!("{begins:?} {names:?} {step:?}");
            let story = tell(&scene, &id, "DELETE", &deeds);
            scene.transport.plan("DELETE", CANCEL, [step]);
            let cancelled = cancel(&scene, &id).await;
            let story = story.lock().unwrap().clone();
            assert!(story.shown.first() != Some(&Stand::Gone) || scene.writes() == 0, "{name}");
            match cancelled {
                Ok(cancelled) => {
                    // The one thing that can't be told from it, as the docs say.
                    let is_denied = names.iter().any(|(name, _)| *name == "deny read");
                    assert!(story.was(Stand::Gone) || is_denied, "{name}");
                    assert!(cancelled.proof != Proof::Answered || story.is_ours(), "{name}");
                }
                Err(error) => {
                    assert!(error.outcome() >= Outcome::Unknown || !story.is_ours(), "{name}: {error}");
                    assert!(Refusal::of(&error).is_none() || !story.was(Stand::Gone), "{name}: {error}");
                    assert!(!story.showed(Stand::Gone) || error.is_forbidden(), "{name}: {error}");
                }
            }
        }
    }
}
