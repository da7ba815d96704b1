//! An intervention is closed once, and said to be closed only if the service shows it as closed.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on fails")]

mod common;

use common::*;
use engagement_client::{ApiFault, Closed, Error, Kind, Outcome, Proof, Refusal};
use tokio::time::{Instant, sleep};

const CLOSE: &str = "/close";

async fn close(scene: &Scene, id: &str) -> Result<Closed, Error> {
    let closed = scene.interventions().close_confirmed(id).await;
    assert!(scene.transport.count("PUT", CLOSE) <= 1, "it is sent once, whatever happens");
    if let Ok(Closed { intervention, .. }) = &closed {
        assert!(intervention.is_closed() && intervention.id.as_str() == id);
    }
    closed
}

fn proof(closed: Result<Closed, Error>) -> Proof {
    closed.unwrap().proof
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_shows_it_closed_is_believed() {
    let scene = scene().await;
    let id = scene.answered();
    assert_eq!(proof(close(&scene, &id).await), Proof::Answered);
    assert_eq!((scene.writes(), scene.reads(), scene.is_closed(&id)), (1, 1, true));
}

#[tokio::test(start_paused = true)]
async fn what_is_closed_already_is_not_closed_again() {
    let scene = scene().await;
    let id = scene.answered();
    scene.room.close(&id).unwrap();
    assert_eq!(proof(close(&scene, &id).await), Proof::Before);
    assert_eq!((scene.writes(), scene.reads()), (0, 1));
}

#[tokio::test(start_paused = true)]
async fn without_an_answer_it_is_closed_only_if_reading_shows_it_as_closed() {
    // ENG-28
    for (step, done) in astray() {
        for has_replies in [true, false] {
            let scene = scene().await;
            let id = if has_replies { scene.answered() } else { scene.room.open_new() };
            let name = format!("{step:?} {has_replies}");
            scene.transport.plan("PUT", CLOSE, [step.clone()]);
            let closed = close(&scene, &id).await;
            assert_eq!(scene.is_closed(&id), done && has_replies, "{name}");
            if done && has_replies {
                assert_eq!(proof(closed), Proof::ReadBack, "{name}");
            } else {
                let error = closed.unwrap_err();
                assert_eq!(error.operation(), "engagement.interventions.close", "{name}");
                // Where the service had refused, and a part of that was lost, the refusal still shows.
                let is_told = error.is_forbidden();
                assert_eq!(error.outcome() >= Outcome::Unknown, !is_told, "{name}: {error}");
                assert!(!error.is_retryable(), "{name}");
                assert_eq!(Refusal::of(&error), is_told.then_some(&Refusal::NoReplies), "{name}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn what_was_never_received_is_sent_again() {
    for step in [Step::Refused, Step::Answer(429, "{}"), Step::RetryAfter(429, 2)] {
        let scene = scene().await;
        let id = scene.answered();
        scene.transport.plan("PUT", CLOSE, [step.clone(), step]);
        let closed = scene.interventions().close_confirmed(&id).await;
        assert_eq!((proof(closed), scene.writes(), scene.reads()), (Proof::Answered, 3, 1));
    }
    let scene = scene().await;
    let id = scene.answered();
    scene.transport.plan("PUT", CLOSE, vec![Step::Answer(429, "{}"); 3]);
    let error = scene.interventions().close_confirmed(&id).await.unwrap_err();
    assert_eq!((error.is_throttled(), error.outcome(), scene.is_closed(&id)), (true, Outcome::Refused, false));
    assert_eq!(scene.reads(), 1, "nothing is open that reading could tell");
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_does_not_show_it_closed_proves_nothing() {
    for (value, done) in [("false", true), ("null", true), ("false", false), ("null", false)] {
        let scene = scene().await;
        let id = scene.answered();
        let body = format!(r#"{{"id":"{id}","closed":{value}}}"#);
        let (answer, edited) = (reply(200, "application/json", body.clone()), body);
        scene.transport.plan(
            "PUT",
            CLOSE,
            [if done { Step::text(move |text| text.clone_from(&edited)) } else { Step::Reply(answer) }],
        );
        let begin = Instant::now();
        match close(&scene, &id).await {
            Ok(closed) => assert_eq!((closed.proof, done), (Proof::ReadBack, true)),
            Err(error) => {
                assert!(!done && error.to_string().contains("doesn't show it as closed"), "{error}");
                assert_eq!((error.kind(), error.outcome()), (Kind::Decode, Outcome::Completed));
                assert_eq!(error.operation(), "engagement.interventions.close");
                assert_eq!((begin.elapsed(), scene.reads()), (secs(3), 3));
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_about_another_intervention_is_none() {
    for done in [true, false] {
        let scene = scene().await;
        let (id, other) = (scene.answered(), scene.answered());
        let body = format!(r#"{{"id":"{other}","closed":true}}"#);
        let answer = Step::Reply(reply(200, "application/json", body));
        let edited = Step::json(move |body| body["id"] = other.clone().into());
        scene.transport.plan("PUT", CLOSE, [if done { edited } else { answer }]);
        let closed = close(&scene, &id).await;
        assert_eq!(closed.as_ref().ok().map(|closed| closed.proof), done.then_some(Proof::ReadBack));
        assert!(done || closed.unwrap_err().kind() == Kind::Decode);
    }
}

#[tokio::test(start_paused = true)]
async fn another_agent_who_closes_it_first_is_told_by_reading() {
    // ENG-28: the service refuses with 403, as for much else.
    let scene = scene().await;
    let id = scene.answered();
    scene.before("PUT", CLOSE, &id, |room, id| room.close(id).unwrap());
    let begin = Instant::now();
    assert_eq!(proof(close(&scene, &id).await), Proof::ReadBack);
    assert_eq!((scene.writes(), begin.elapsed()), (1, secs(0)));
}

#[tokio::test(start_paused = true)]
async fn no_refusal_says_how_it_stands() {
    // ENG-17, ENG-28
    for (status, looks) in [(403, 1), (404, 1), (409, 2), (422, 1)] {
        for closes in [true, false] {
            let scene = scene().await;
            let id = scene.answered();
            scene.transport.plan("PUT", CLOSE, [Step::Answer(status, "{}")]);
            if closes {
                scene.after("GET", &id, &id, |room, id| room.close(id).unwrap());
                assert_eq!(proof(close(&scene, &id).await), Proof::ReadBack, "{status}");
            } else {
                let error = close(&scene, &id).await.unwrap_err();
                assert_eq!((error.status().unwrap().as_u16(), error.outcome()), (status, Outcome::Refused));
                assert_eq!((scene.reads(), Refusal::of(&error)), (1 + looks, None), "{status}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn another_agent_who_is_closing_it_is_waited_for_three_seconds() {
    // ENG-28: 409 says that somebody is at it, and not how that ends.
    for ends in [Some(true), Some(false), None] {
        let scene = scene().await;
        let id = scene.answered();
        scene.before("PUT", CLOSE, &id, |room, id| room.begin_close(id).unwrap());
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
        let closed = close(&scene, &id).await;
        assert_eq!((begin.elapsed(), scene.writes(), scene.reads()), (secs(3), 1, 3));
        if ends == Some(true) {
            assert_eq!(proof(closed), Proof::ReadBack);
        } else {
            let error = closed.unwrap_err();
            assert!(error.is_conflict() && Refusal::of(&error).is_none() && !scene.is_closed(&id), "{error}");
            assert_eq!((error.outcome(), error.kind()), (Outcome::Refused, Kind::Api));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn one_that_another_agent_cancels_is_not_closed() {
    for (deed, not_found) in [("cancel", true), ("begin and finish", false)] {
        let scene = scene().await;
        let id = scene.room.open_new();
        match not_found {
            true => scene.before("PUT", CLOSE, &id, |room, id| room.cancel(id).unwrap()),
            false => {
                scene.before("PUT", CLOSE, &id, |room, id| room.begin_cancel(id).unwrap());
                scene.after("PUT", CLOSE, &id, |room, id| room.finish(id).unwrap());
            }
        }
        let error = close(&scene, &id).await.unwrap_err();
        assert_eq!((error.is_not_found(), error.is_conflict()), (not_found, !not_found), "{deed}: {error}");
        assert_eq!(error.outcome(), Outcome::Refused, "{deed}");
    }
}

#[tokio::test(start_paused = true)]
async fn one_that_was_reopened_meanwhile_is_not_closed() {
    let scene = scene().await;
    let id = scene.answered();
    scene.transport.plan("PUT", CLOSE, [Step::AnswerLost]);
    scene.after("PUT", CLOSE, &id, |room, id| room.reopen(id).unwrap());
    let error = close(&scene, &id).await.unwrap_err();
    assert_eq!((error.outcome(), error.kind(), scene.is_closed(&id)), (Outcome::Unknown, Kind::Interrupted, false));
    // As its documentation warns: one that was reopened looks like one that was never closed.
    let again = scene.interventions().close_confirmed(&id).await;
    assert_eq!((proof(again), scene.writes()), (Proof::Answered, 2));
}

#[tokio::test(start_paused = true)]
async fn a_missing_permission_is_never_taken_for_a_close() {
    // ENG-16, ENG-28
    for closes in [false, true] {
        let scene = scene().await;
        let id = scene.answered();
        let other = scene.room.add_agent(NewAgent::new().update_own_intervention());
        scene.room.allow_read(&other, SOURCE_ID).unwrap();
        let scene = scene.with_agent(&other);
        if closes {
            // 403 for this and no other reason, and then it is closed nevertheless.
            scene.after("PUT", CLOSE, &id, |room, id| room.close(id).unwrap());
            assert_eq!(proof(close(&scene, &id).await), Proof::ReadBack);
            continue;
        }
        let error = close(&scene, &id).await.unwrap_err();
        assert!(error.is_forbidden() && Refusal::of(&error).is_none() && !scene.is_closed(&id), "{error}");
        assert_eq!(error.fault::<ApiFault>().unwrap().error.as_deref(), Some("forbidden"));
        // With the intervention of its own it may.
        scene.room.reassign(&id, &other).unwrap();
        let closed = scene.interventions().close_confirmed(&id).await;
        assert_eq!(proof(closed), Proof::Answered);
    }
}

#[tokio::test(start_paused = true)]
async fn without_an_agents_reply_it_says_so() {
    // ENG-18
    let scene = scene().await;
    let id = scene.room.open_new();
    let error = close(&scene, &id).await.unwrap_err();
    assert_eq!((error.is_forbidden(), Refusal::of(&error)), (true, Some(&Refusal::NoReplies)));
    assert!(error.report().contains("can only be cancelled"), "{}", error.report());
}

#[tokio::test(start_paused = true)]
async fn what_can_not_be_read_first_is_not_closed() {
    // ENG-17
    let scene = scene().await;
    let id = scene.answered();
    assert!(close(&scene, "64b0c3a1f2d94e0007a1b2c3").await.unwrap_err().is_not_found());
    scene.room.deny_read(AGENT_ID, SOURCE_ID).unwrap();
    let error = close(&scene, &id).await.unwrap_err();
    assert_eq!((error.is_not_found(), error.operation()), (true, "engagement.interventions.get"));
    assert_eq!(close(&scene, "").await.unwrap_err().kind(), Kind::Request);
    scene.transport.plan("GET", &id, vec![Step::Lost; 3]);
    assert_eq!(close(&scene, &id).await.unwrap_err().kind(), Kind::Interrupted);
    assert_eq!(scene.writes(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_right_that_is_lost_in_between_proves_nothing() {
    // ENG-17: 404 may be that.
    for (lost, outcome) in [(false, Outcome::Refused), (true, Outcome::Unknown)] {
        let scene = scene().await;
        let id = scene.answered();
        let deny = |room: &Controller, _: &str| room.deny_read(AGENT_ID, SOURCE_ID).unwrap();
        if lost {
            scene.transport.plan("PUT", CLOSE, [Step::AnswerLost]);
            scene.after("PUT", CLOSE, &id, deny);
        } else {
            scene.before("PUT", CLOSE, &id, deny);
        }
        let error = close(&scene, &id).await.unwrap_err();
        assert_eq!((error.outcome(), error.operation()), (outcome, "engagement.interventions.close"));
        assert_eq!(scene.is_closed(&id), lost);
    }
}

#[tokio::test(start_paused = true)]
async fn a_look_that_shows_nothing_proves_nothing_and_one_of_two_is_enough() {
    for look in blind() {
        for done in [true, false] {
            for looks in [1, 2] {
                let scene = scene().await;
                let id = scene.answered();
                scene.transport.plan("PUT", CLOSE, [if done { Step::AnswerLost } else { Step::Lost }]);
                scene.transport.plan("GET", &id, [vec![Step::Pass], vec![look.clone(); looks]].concat());
                let closed = close(&scene, &id).await;
                if done && looks == 1 {
                    assert_eq!(proof(closed), Proof::ReadBack, "{look:?}");
                } else {
                    let error = closed.unwrap_err();
                    let told = (error.outcome(), error.operation());
                    assert_eq!(told, (Outcome::Unknown, "engagement.interventions.close"), "{look:?}");
                }
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn it_may_show_a_little_later() {
    let scene = scene().await;
    let id = scene.answered();
    scene.transport.plan("PUT", CLOSE, [Step::AnswerLost]);
    scene.transport.plan("GET", &id, [Step::Pass, Step::json(|body| body["closed"] = false.into())]);
    let begin = Instant::now();
    assert_eq!((proof(close(&scene, &id).await), begin.elapsed()), (Proof::ReadBack, secs(3)));
}

#[tokio::test(start_paused = true)]
async fn whatever_others_do_meanwhile_what_is_told_is_true() {
    // ENG-17, ENG-28
    for begins in [Stand::Open, Stand::Closed, Stand::Gone] {
        for (deeds, step) in worlds() {
            let scene = scene().await;
            // `Gone` stands for one without a reply here, which others may cancel.
            let id = if begins == Stand::Gone { scene.room.open_new() } else { scene.answered() };
            if begins == Stand::Closed {
                scene.room.close(&id).unwrap();
            }
            let names: Vec<_> = deeds.iter().map(|((name, _), moment)| (name, moment)).collect();
            let name = format!("{begins:?} {names:?} {step:?}");
            let story = tell(&scene, &id, "PUT", &deeds);
            scene.transport.plan("PUT", CLOSE, [step]);
            let closed = close(&scene, &id).await;
            let story = story.lock().unwrap().clone();
            match closed {
                Ok(closed) => {
                    assert!(story.was(Stand::Closed), "{name}");
                    match closed.proof {
                        Proof::Before => assert_eq!(scene.writes(), 0, "{name}"),
                        Proof::Answered => assert!(story.is_ours(), "{name}"),
                        _ => assert_eq!(scene.writes(), 1, "{name}"),
                    }
                }
                Err(error) => {
                    assert!(error.outcome() >= Outcome::Unknown || !story.is_ours(), "{name}: {error}");
                    assert!(!story.shown.contains(&Stand::Closed), "{name}: {error}");
                }
            }
        }
    }
}
