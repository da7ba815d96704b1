//! A cancel is sent once, and reported only if the intervention existed before and is gone afterwards.

use crate::support::*;
use engagement_client::{Cancelled, Error, Kind, Outcome, Proof, WorkflowFailure};
use tokio::time::{Instant, sleep};

const CANCEL: &str = "/cancel";

async fn cancel(setup: &Setup, id: &str) -> Result<Cancelled, Error> {
    let cancelled = setup.interventions().cancel_confirmed(id).await;
    assert!(setup.transport.count("DELETE", CANCEL) <= 1, "it is sent once, whatever happens");
    assert!(cancelled.as_ref().is_ok_and(|one| one.intervention.id.as_str() == id) || cancelled.is_err());
    cancelled
}

fn proof(cancelled: Result<Cancelled, Error>) -> Proof {
    cancelled.unwrap().proof
}

#[tokio::test(start_paused = true)]
async fn an_answer_confirms_the_cancel_with_or_without_a_body() {
    // ENG-02
    for builder in [Emulator::builder(), Emulator::builder().empty_cancel()] {
        let setup = setup_of(builder).await;
        let id = setup.controller.open_new();
        setup.controller.categorize(&id, ["c1"]).unwrap();
        let cancelled = cancel(&setup, &id).await.unwrap();
        assert_eq!((cancelled.proof, cancelled.intervention.category_ids), (Proof::Answered, Some(vec!["c1".into()])));
        assert_eq!((setup.writes(), setup.reads(), setup.is_there(&id)), (1, 1, false));
    }
}

#[tokio::test(start_paused = true)]
async fn an_intervention_that_did_not_exist_was_not_cancelled() {
    // ENG-17
    let setup = setup().await;
    let id = setup.controller.open_new();
    setup.controller.cancel(&id).unwrap();
    for id in [&*id, "64b0c3a1f2d94e0007a1b2c3"] {
        let error = cancel(&setup, id).await.unwrap_err();
        assert_eq!((error.is_not_found(), error.operation()), (true, "engagement.interventions.get"));
    }
    assert_eq!(cancel(&setup, "").await.unwrap_err().kind(), Kind::Request);
    let id = setup.controller.open_new();
    setup.controller.deny_read(AGENT_ID, SOURCE_ID).unwrap();
    assert!(cancel(&setup, &id).await.unwrap_err().is_not_found());
    assert_eq!((setup.writes(), setup.is_there(&id)), (0, true));
}

#[tokio::test(start_paused = true)]
async fn after_a_lost_answer_only_a_missing_intervention_counts_as_cancelled() {
    // ENG-28
    for (step, done) in lost_answers() {
        for has_replies in [false, true] {
            let setup = setup().await;
            let id = if has_replies { setup.answered() } else { setup.controller.open_new() };
            let name = format!("{step:?} {has_replies}");
            setup.transport.plan("DELETE", CANCEL, [step.clone()]);
            let cancelled = cancel(&setup, &id).await;
            assert_eq!(setup.is_there(&id), !done || has_replies, "{name}");
            if done && !has_replies {
                assert_eq!(proof(cancelled), Proof::ReadBack, "{name}");
            } else {
                let error = cancelled.unwrap_err();
                assert_eq!(error.operation(), "engagement.interventions.cancel", "{name}");
                assert_eq!(error.outcome() >= Outcome::Unknown, !error.is_forbidden(), "{name}: {error}");
                // Whatever happened to the request: an intervention with replies isn't cancelled and won't be.
                assert_eq!(WorkflowFailure::of(&error), has_replies.then_some(&WorkflowFailure::HasReplies), "{name}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_request_that_was_never_received_is_retried() {
    for step in [Step::Refused, Step::Answer(429, "{}")] {
        let setup = setup().await;
        let id = setup.controller.open_new();
        setup.transport.plan("DELETE", CANCEL, [step.clone(), step]);
        let cancelled = setup.interventions().cancel_confirmed(&id).await;
        assert_eq!((proof(cancelled), setup.writes()), (Proof::Answered, 3));
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_about_another_intervention_triggers_a_readback() {
    for done in [true, false] {
        let setup = setup().await;
        let id = setup.controller.open_new();
        let edited = Step::json(|body| body["id"] = "64b0c3a1f2d94e0007a1b2c3".into());
        let answer = Step::Answer(200, r#"{"id":"64b0c3a1f2d94e0007a1b2c3"}"#);
        setup.transport.plan("DELETE", CANCEL, [if done { edited } else { answer }]);
        let cancelled = cancel(&setup, &id).await;
        assert_eq!(cancelled.as_ref().ok().map(|one| one.proof), done.then_some(Proof::ReadBack));
        assert!(done || cancelled.unwrap_err().kind() == Kind::Decode);
    }
}

#[tokio::test(start_paused = true)]
async fn a_cancel_by_another_agent_is_detected_by_readback() {
    // ENG-28
    let setup = setup().await;
    let id = setup.controller.open_new();
    setup.before("DELETE", CANCEL, &id, |controller, id| controller.cancel(id).unwrap());
    let begin = Instant::now();
    assert_eq!((proof(cancel(&setup, &id).await), begin.elapsed()), (Proof::ReadBack, secs(0)));
}

#[tokio::test(start_paused = true)]
async fn a_refusal_does_not_prove_the_state() {
    // ENG-17, ENG-28: a 403 is tested separately below.
    for (status, looks) in [(403, 1), (404, 1), (409, 2), (422, 1)] {
        for cancels in [true, false] {
            let setup = setup().await;
            let id = setup.controller.open_new();
            setup.transport.plan("DELETE", CANCEL, [Step::Answer(status, "{}")]);
            if cancels {
                setup.after("GET", &id, &id, |controller, id| controller.cancel(id).unwrap());
            }
            let cancelled = cancel(&setup, &id).await;
            if cancels && status != 403 {
                assert_eq!(proof(cancelled), Proof::ReadBack, "{status}");
            } else {
                let error = cancelled.unwrap_err();
                assert_eq!((error.status().unwrap().as_u16(), error.outcome()), (status, Outcome::Refused));
                assert_eq!((setup.reads(), WorkflowFailure::of(&error)), (1 + looks, None), "{status}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_cancel_in_flight_by_another_agent_is_awaited_for_three_seconds() {
    // ENG-28
    for ends in [Some(true), Some(false), None] {
        let setup = setup().await;
        let id = setup.controller.open_new();
        setup.before("DELETE", CANCEL, &id, |controller, id| controller.begin_cancel(id).unwrap());
        let (controller, name) = (setup.controller.clone(), id.clone());
        tokio::spawn(async move {
            sleep(secs(2)).await;
            match ends {
                Some(true) => controller.finish(&name).unwrap(),
                Some(false) => controller.abandon(&name).unwrap(),
                None => {}
            }
        });
        let begin = Instant::now();
        let cancelled = cancel(&setup, &id).await;
        assert_eq!((begin.elapsed(), setup.writes(), setup.reads()), (secs(3), 1, 3));
        if ends == Some(true) {
            assert_eq!(proof(cancelled), Proof::ReadBack);
        } else {
            let error = cancelled.unwrap_err();
            assert!(error.is_conflict() && WorkflowFailure::of(&error).is_none() && setup.is_there(&id), "{error}");
            assert_eq!(error.outcome(), Outcome::Refused);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_error_says_if_it_was_answered_or_closed() {
    // ENG-15, ENG-18
    for (action, refusal) in [("reply", WorkflowFailure::HasReplies), ("reply and close", WorkflowFailure::Closed)] {
        for early in [true, false] {
            let setup = setup().await;
            let id = setup.controller.open_new();
            let (_, act) = *ACTIONS.iter().find(|(name, _)| *name == action).unwrap();
            if early {
                act(&setup.controller, &id)
            } else {
                setup.before("DELETE", CANCEL, &id, act)
            };
            let error = cancel(&setup, &id).await.unwrap_err();
            assert_eq!((error.is_forbidden(), WorkflowFailure::of(&error)), (true, Some(&refusal)), "{action}");
        }
    }
    // Also if another agent is closing it at that time; the 409 itself doesn't say so.
    let setup = setup().await;
    let id = setup.controller.open_new();
    setup.before("DELETE", CANCEL, &id, |controller, id| {
        controller.reply(id).and_then(|()| controller.begin_close(id)).unwrap()
    });
    let error = cancel(&setup, &id).await.unwrap_err();
    assert_eq!((error.is_conflict(), WorkflowFailure::of(&error)), (true, Some(&WorkflowFailure::HasReplies)));
}

#[tokio::test(start_paused = true)]
async fn the_last_read_gives_the_reason() {
    // ENG-18
    let setup = setup().await;
    let id = setup.controller.open_new();
    setup.transport.plan("DELETE", CANCEL, [Step::Lost]);
    setup.after("GET", &id, &id, |_, _| ());
    setup.after("GET", &id, &id, |controller, id| controller.reply(id).unwrap());
    let error = cancel(&setup, &id).await.unwrap_err();
    assert_eq!((error.outcome(), WorkflowFailure::of(&error)), (Outcome::Unknown, Some(&WorkflowFailure::HasReplies)));
    assert_eq!(setup.reads(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_403_never_counts_as_a_cancel_even_if_the_intervention_is_missing() {
    // ENG-17: one of the two contradicting sentences answers 403 to a missing read permission.
    let setup = setup().await;
    let id = setup.controller.open_new();
    setup.transport.plan("DELETE", CANCEL, [Step::Answer(403, "{}")]);
    setup.after("GET", &id, &id, |controller, _| controller.deny_read(AGENT_ID, SOURCE_ID).unwrap());
    let error = cancel(&setup, &id).await.unwrap_err();
    assert!(error.is_forbidden() && WorkflowFailure::of(&error).is_none() && setup.is_there(&id), "{error}");
    assert_eq!(error.outcome(), Outcome::Refused);
}

#[tokio::test(start_paused = true)]
async fn a_token_revoked_in_between_cancels_nothing() {
    for status in [401, 403] {
        let setup = setup_of(Emulator::builder().bad_token_status(status)).await;
        let id = setup.controller.open_new();
        let token = setup.emulator.access_token().to_owned();
        setup.after("GET", &id, &id, move |controller, _| controller.revoke_token(&token).unwrap());
        let error = cancel(&setup, &id).await.unwrap_err();
        assert_eq!((error.status().unwrap().as_u16(), error.outcome()), (status, Outcome::Refused));
        assert!(setup.is_there(&id));
    }
}

#[tokio::test(start_paused = true)]
async fn a_failed_read_proves_nothing_and_one_successful_read_is_enough() {
    for look in failed_reads() {
        for done in [true, false] {
            for looks in [1, 2] {
                let setup = setup().await;
                let id = setup.controller.open_new();
                setup.transport.plan("DELETE", CANCEL, [if done { Step::AnswerLost } else { Step::Lost }]);
                setup.transport.plan("GET", &id, [vec![Step::Pass], vec![look.clone(); looks]].concat());
                let cancelled = cancel(&setup, &id).await;
                if done && looks == 1 {
                    assert_eq!(proof(cancelled), Proof::ReadBack, "{look:?}");
                } else {
                    let error = cancelled.unwrap_err();
                    let reported = (error.outcome(), error.operation());
                    assert_eq!(reported, (Outcome::Unknown, "engagement.interventions.cancel"), "{look:?}");
                    assert!(WorkflowFailure::of(&error).is_none());
                }
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_result_is_true_whatever_others_do_meanwhile() {
    // ENG-17, ENG-28
    for begins in [State::Open, State::Closed] {
        for (actions, step) in interferences() {
            let setup = setup().await;
            let id = if begins == State::Closed { setup.answered() } else { setup.controller.open_new() };
            if begins == State::Closed {
                setup.controller.close(&id).unwrap();
            }
            let names: Vec<_> = actions.iter().map(|((name, _), timing)| (*name, *timing)).collect();
            let name = format!("{begins:?} {names:?} {step:?}");
            let history = interfere(&setup, &id, "DELETE", &actions);
            setup.transport.plan("DELETE", CANCEL, [step]);
            let cancelled = cancel(&setup, &id).await;
            let history = history.lock().unwrap().clone();
            assert!(history.shown.first() != Some(&State::Gone) || setup.writes() == 0, "{name}");
            match cancelled {
                Ok(cancelled) => {
                    // A lost read permission looks the same, as the documentation says.
                    let is_denied = names.iter().any(|(name, _)| *name == "deny read");
                    assert!(history.was(State::Gone) || is_denied, "{name}");
                    assert!(cancelled.proof != Proof::Answered || history.is_ours(), "{name}");
                }
                Err(error) => {
                    assert!(error.outcome() >= Outcome::Unknown || !history.is_ours(), "{name}: {error}");
                    assert!(WorkflowFailure::of(&error).is_none() || !history.was(State::Gone), "{name}: {error}");
                    assert!(!history.showed(State::Gone) || error.is_forbidden(), "{name}: {error}");
                }
            }
        }
    }
}
